/** What a view looks like to whoever applies its frames by the book (packages/protocol/README.md). For tests; the dashboard has its own. */
import type { CityCounts, Row, RowKey, Stream, Totals } from '@foyer/protocol';
import type { ViewPatch } from './view-patch.ts';

export class Shown {
  totals: Partial<Totals> = {};
  readonly cities = new Map<number, CityCounts>();
  rows: { before: number; total: number; order: readonly string[]; keys: Record<string, RowKey>; set: Record<string, Partial<Row>> } = {
    before: 0,
    total: 0,
    order: [],
    keys: {},
    set: {},
  };
  counting = false;
  readonly #seq = new Map<Stream, number>();

  /** Throws when a patch does not follow on what came before. */
  apply(patch: ViewPatch): this {
    this.counting = patch.counting ?? false;
    const { totals, cities, rows } = patch;
    if (totals) {
      this.#follow('totals', totals);
      this.totals = totals.full ? totals.set : { ...this.totals, ...totals.set };
    }
    if (cities) {
      this.#follow('cities', cities);
      if (cities.full) this.cities.clear();
      for (const counts of cities.set) {
        if (counts.length === 1) this.cities.delete(counts[0]!);
        else this.cities.set(counts[0]!, counts);
      }
    }
    if (rows) {
      this.#follow('rows', rows);
      const old = rows.full ? { order: [], keys: {}, set: {} } : this.rows;
      const order = rows.order ?? old.order;
      const pick = <T>(of: (id: string) => T): Record<string, T> => Object.fromEntries(order.map((id) => [id, of(id)]));
      this.rows = {
        before: rows.before,
        total: rows.total,
        order,
        keys: pick((id) => rows.keys?.[id] ?? (old.keys as Record<string, RowKey>)[id]!),
        set: pick((id) => ({ ...(old.set as Record<string, Partial<Row>>)[id], ...rows.set?.[id] })),
      };
    }
    return this;
  }

  #follow(stream: Stream, { seq, prev = seq - 1, full }: { seq: number; prev?: number; full?: true }): void {
    if (!full && this.#seq.get(stream) !== prev)
      throw new Error(`${stream}: ${seq} follows ${prev}, but ${this.#seq.get(stream)} was last`);
    this.#seq.set(stream, seq);
  }
}
