import type { DatabaseSync } from 'node:sqlite';
import { OTHER } from '@foyer/domain/analytics';
import type { OnlineQuarter, RollupSum, SumQuery } from '../../ports/history-store.ts';

type Range = { workspace: string; site?: string; from: number; to: number };

/** Verbs that add up what is counted. Rollups only: their cost is that of the rows of the range, whatever the traffic. */
export function analyticsReads(db: DatabaseSync) {
  // The spans come first (CROSS JOIN), so that each is one range of the primary key.
  const sums = (site: string) =>
    db.prepare(`
      SELECT r.value AS value, sum(visits) AS visits, sum(pages) AS pages, sum(amount) AS amount
      FROM json_each(:spans) AS span CROSS JOIN rollup AS r
      WHERE r.workspace = :workspace AND r.step = span.value ->> 'step' AND r.dimension = :dimension
        AND r.from_at >= span.value ->> 'from' AND r.from_at < span.value ->> 'to' ${site}
      GROUP BY r.value HAVING sum(visits) <> 0 OR sum(pages) <> 0 OR sum(amount) <> 0
      ORDER BY r.value = '${OTHER}' DESC, CASE :by WHEN 'pages' THEN sum(pages) ELSE sum(visits) END DESC, sum(pages) DESC, r.value LIMIT :limit`);
  const [sumAll, sumSite] = [sums(''), sums('AND r.site = :site')];
  const online = db.prepare(`
    SELECT at, most, sum, samples FROM online_quarter WHERE workspace = ? AND site = ? AND at >= ? AND at < ? ORDER BY at`);
  const firstOnline = db.prepare('SELECT min(at) AS at FROM online_quarter WHERE workspace = ? AND site = ?');
  const looked = db.prepare('SELECT at, minutes FROM looked_at WHERE at >= ? AND at < ? ORDER BY at');
  const places = db.prepare('SELECT place, country, region, city FROM place WHERE place IN (SELECT value FROM json_each(?))');

  return {
    sums({ workspace, site, dimensions, spans, limit, by }: SumQuery): RollupSum[] {
      const q = { workspace, spans: JSON.stringify(spans), limit, by };
      return dimensions.flatMap((dimension) =>
        (site === undefined ? sumAll.all({ ...q, dimension }) : sumSite.all({ ...q, dimension, site })).map((r) => ({
          dimension,
          value: String(r['value']),
          visits: Number(r['visits']),
          pages: Number(r['pages']),
          amount: Number(r['amount']),
        })),
      );
    },

    onlineQuarters({ workspace, site = '', from, to }: Range): OnlineQuarter[] {
      const first = firstOnline.get(workspace, site)?.['at'];
      if (typeof first !== 'number') return [];
      const quarters = new Map<number, OnlineQuarter>();
      for (const r of online.all(workspace, site, from, to))
        quarters.set(Number(r['at']), {
          at: Number(r['at']),
          max: Number(r['most']),
          sum: Number(r['sum']),
          samples: Number(r['samples']),
        });
      for (const r of looked.all(Math.max(from, first), to)) {
        const at = Number(r['at']);
        const known = quarters.get(at) ?? { at, max: 0, sum: 0, samples: 0 };
        // Samples of an older version did not say when it was looked.
        quarters.set(at, { ...known, samples: Math.max(known.samples, bitsOf(Number(r['minutes']))) });
      }
      return [...quarters.values()].sort((a, b) => a.at - b.at);
    },

    places: (ids: readonly string[]): { place: string; country: string; region: string; city: string }[] =>
      places.all(JSON.stringify(ids)).map((r) => ({
        place: String(r['place']),
        country: String(r['country']),
        region: String(r['region']),
        city: String(r['city']),
      })),
  };
}

function bitsOf(mask: number): number {
  let bits = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) bits++;
  return bits;
}
