import type { DatabaseSync } from 'node:sqlite';
import type { ReplayedVisit } from '../../ports/history-store.ts';

interface ReplayQuery {
  readonly workspace: string;
  readonly site?: string;
  readonly from: number;
  readonly to: number;
  readonly after?: { readonly startedAt: number; readonly visit: string };
  readonly limit: number;
}
const DAY_MS = 86_400_000;

/** The verb that reads a span of time for its replay. Cost: the visits of the span and of the day before it. */
export function replayReads(db: DatabaseSync) {
  const visits = db.prepare(`
    SELECT v.visit, v.started_at, v.pages, v.place, v.country, v.region, v.city, v.lat, v.lon, v.approximate,
      CASE WHEN v.ended_at IS NOT NULL THEN max(v.last_activity_at, v.left_at, v.started_at) ELSE v.left_at END AS gone_at,
      coalesce((SELECT number FROM visitor w WHERE w.workspace = v.workspace AND w.visitor = v.visitor), 0) AS number
    FROM visit v INDEXED BY visit_by_start
    WHERE v.workspace = :workspace AND v.started_at < :to AND (v.started_at, v.visit) > (:at, :visit) AND v.filtered = ''
      AND (:site = '' OR v.site = :site)
      AND (v.started_at >= :from OR v.last_activity_at >= :from OR v.left_at >= :from OR (v.ended_at IS NULL AND v.left_at = 0))
    ORDER BY v.started_at, v.visit LIMIT :limit`);
  return {
    replay: ({ workspace, site = '', from, to, after, limit }: ReplayQuery): ReplayedVisit[] =>
      visits.all({ workspace, site, from, to, at: after?.startedAt ?? from - DAY_MS, visit: after?.visit ?? '', limit }).map((r) => ({
        visit: String(r['visit']),
        startedAt: Number(r['started_at']),
        leftAt: Number(r['gone_at']),
        number: Number(r['number']),
        pages: Number(r['pages']),
        place: String(r['place']),
        country: String(r['country']),
        region: String(r['region']),
        city: String(r['city']),
        lat: Number(r['lat']),
        lon: Number(r['lon']),
        approximate: Number(r['approximate']) === 1,
      })),
  };
}
