import type { DatabaseSync } from 'node:sqlite';
import { VISIT_COLUMNS, type VisitRow } from './visit-row.ts';

interface ReasonsQuery {
  readonly workspace: string;
  readonly site?: string;
  readonly since: number;
  readonly limit: number;
}
interface VisitsQuery extends ReasonsQuery {
  readonly reason?: string;
  readonly before?: { readonly startedAt: number; readonly visit: string };
}

/** Verbs that read what is in no count. The conditions are written as in the partial indexes (migration 002), or they would not be used. */
export function leftOutVisits(db: DatabaseSync) {
  const perSite = (make: (site: string) => string) => ({ all: db.prepare(make('')), one: db.prepare(make('AND site = :site')) });

  const reasons = perSite(
    (site) => `
    SELECT min(value) AS reason, sum(visits) AS visits FROM rollup
    WHERE workspace = :workspace AND step = 'quarter' AND dimension = 'filtered' AND from_at >= :since ${site}
    GROUP BY value COLLATE NOCASE HAVING sum(visits) > 0 ORDER BY sum(visits) DESC, reason LIMIT :limit`,
  );
  const newest = perSite(
    (site) => `
    SELECT started_at AS at FROM visit INDEXED BY visit_left_out_by_reason
    WHERE workspace = :workspace AND filtered = :reason COLLATE NOCASE AND filtered <> '' AND started_at >= :since ${site}
    ORDER BY started_at DESC LIMIT 1`,
  );

  /** One statement for each shape of question: a condition that may be absent would keep the index from being read in order. */
  const visits = (index: string, ...conditions: string[]) => {
    const statement = db.prepare(`
      SELECT ${VISIT_COLUMNS.join(', ')} FROM visit INDEXED BY ${index}
      WHERE workspace = :workspace AND filtered <> '' AND started_at >= :since ${conditions.map((c) => `AND ${c}`).join(' ')}
      ORDER BY started_at DESC, visit DESC LIMIT :limit`);
    statement.setReturnArrays(true);
    return statement;
  };
  const REASON = 'filtered = :reason COLLATE NOCASE';
  const SITE = 'site = :site';
  const BEFORE = '(started_at, visit) < (:startedAt, :visit)';
  const shapes = [false, true].flatMap((ofReason) =>
    [false, true].flatMap((ofSite) =>
      [false, true].map((isNext) => {
        const conditions = [...(ofReason ? [REASON] : []), ...(ofSite ? [SITE] : []), ...(isNext ? [BEFORE] : [])];
        return visits(ofReason ? 'visit_left_out_by_reason' : 'visit_left_out', ...conditions);
      }),
    ),
  );

  return {
    leftOutReasons({ workspace, site, since, limit }: ReasonsQuery): { reason: string; visits: number; lastAt: number }[] {
      const of = site === undefined ? 'all' : 'one';
      const scope = { workspace, since, ...(site === undefined ? {} : { site }) };
      return reasons[of].all({ ...scope, limit }).map((row) => {
        const reason = String(row['reason']);
        return { reason, visits: Number(row['visits']), lastAt: Number(newest[of].get({ ...scope, reason })?.['at'] ?? 0) };
      });
    },

    leftOutVisits({ workspace, site, reason, since, before, limit }: VisitsQuery): VisitRow[] {
      const shape = (reason === undefined ? 0 : 4) + (site === undefined ? 0 : 2) + (before === undefined ? 0 : 1);
      const values = {
        workspace,
        since,
        limit,
        ...before,
        ...(site === undefined ? {} : { site }),
        ...(reason === undefined ? {} : { reason }),
      };
      return shapes[shape]!.all(values) as unknown as VisitRow[];
    },
  };
}
