import { type Counts, type RollupDelta, OTHER, TOP, bearable, byCount, foldSmallest, isOpen } from '@foyer/domain/analytics';
import type { RollupRow, RollupSum, SumQuery } from '../../ports/history-store.ts';
import type { HistoryStore } from '../../ports/history-store.ts';

type Query = Parameters<HistoryStore['rollup']>[0];
interface Period {
  readonly workspace: string;
  readonly step: string;
  readonly dimension: string;
  readonly from: number;
  readonly site: string;
  readonly values: Map<string, Counts>;
}
const FIELDS = ['visits', 'pages', 'visitors', 'workspaceVisitors', 'amount'] as const;

/** Rollup rows in memory, kept by the same arithmetic as on disk. Queries read every period: for tests and small histories. */
export class MemoryRollups {
  readonly #periods = new Map<string, Period>();

  apply(delta: RollupDelta): void {
    for (const { workspace, site, step, from, dimension, value, ...change } of delta.changes()) {
      const key = [workspace, step, dimension, from, site].join('\n');
      let period = this.#periods.get(key);
      if (!period) this.#periods.set(key, (period = { workspace, step, dimension, from, site, values: new Map() }));
      const { values } = period;
      if (isOpen(dimension)) {
        const { own, other } = bearable(values.get(value) ?? zero(), change);
        plus(values, value, own);
        plus(values, OTHER, bearable(values.get(OTHER) ?? zero(), other).own);
        if (values.size <= TOP.gather + 1) continue;
        const { fold, sum } = foldSmallest(
          [...values].map(([name, counts]) => ({ value: name, ...counts })),
          dimension,
        );
        for (const gone of fold) values.delete(gone.value);
        plus(values, OTHER, sum);
      } else plus(values, value, change);
    }
  }

  sums({ workspace, site, dimensions, spans, limit, by }: SumQuery): RollupSum[] {
    return dimensions.flatMap((dimension) => {
      const values = new Map<string, Counts>();
      for (const { step, from, to } of spans)
        for (const r of this.query({ workspace, dimension, step, from, to, limit: 1e9, ...(site === undefined ? {} : { site }) }))
          plus(values, r.value, { ...r, workspaceVisitors: 0, visitors: 0 });
      return [...values]
        .map(([value, { visits, pages, amount }]) => ({ dimension, value, visits, pages, amount }))
        .sort(
          (a, b) =>
            Number(b.value === OTHER) - Number(a.value === OTHER) || b[by] - a[by] || b.pages - a.pages || (a.value < b.value ? -1 : 1),
        )
        .slice(0, limit);
    });
  }

  query({ workspace, site, dimension, step, from, to, limit }: Query): RollupRow[] {
    const byPeriod = new Map<number, Map<string, Counts>>();
    for (const p of this.#periods.values()) {
      if (p.workspace !== workspace || p.dimension !== dimension || p.step !== step || p.from < from || p.from >= to) continue;
      if (site !== undefined && p.site !== site) continue;
      let values = byPeriod.get(p.from);
      if (!values) byPeriod.set(p.from, (values = new Map()));
      for (const [value, counts] of p.values) plus(values, value, counts);
    }
    return [...byPeriod]
      .sort(([a], [b]) => a - b)
      .flatMap(([start, values]) =>
        [...values]
          .map(([value, counts]) => ({ value, ...counts }))
          .sort(byCount)
          .map(({ value, visits, pages, visitors, workspaceVisitors, amount }) => ({
            site: site ?? '',
            from: start,
            dimension,
            value,
            visits,
            pages,
            visitors: site === undefined ? workspaceVisitors : visitors,
            amount,
          })),
      )
      .slice(0, limit);
  }
}

function plus(values: Map<string, Counts>, value: string, change: Counts): void {
  const sum = { ...(values.get(value) ?? zero()) };
  for (const field of FIELDS) sum[field] += change[field];
  if (FIELDS.every((field) => sum[field] === 0)) values.delete(value);
  else values.set(value, sum);
}

const zero = (): Counts => ({ visits: 0, pages: 0, visitors: 0, workspaceVisitors: 0, amount: 0 });
