import type { DatabaseSync } from 'node:sqlite';
import { READS } from '@foyer/protocol';
import type { RequestRecord, RequestSum, RequestTopsQuery } from '../../ports/history-store.ts';

const HOUR_MS = 3_600_000;
/** What dashboards read is counted apart: there is so much of it that nothing else would be among the top. */
const READS_OF = { endpoint: 'endpoint of reads', country: 'country of reads' } as const;

/** Verbs that write the request log. */
export function requestWrites(db: DatabaseSync) {
  const insert = db.prepare(`
    INSERT INTO request (workspace, at, source, endpoint, method, status, latency_ms, ip, country, city, browser, error)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const count = db.prepare(`
    INSERT INTO request_rollup (workspace, dimension, hour, value, requests, errors, latency_ms) VALUES (?, ?, ?, ?, 1, ?, ?)
    ON CONFLICT DO UPDATE SET requests = requests + 1, errors = errors + excluded.errors, latency_ms = latency_ms + excluded.latency_ms`);
  const purge = db.prepare('DELETE FROM request WHERE id IN (SELECT id FROM request WHERE at < ? ORDER BY at LIMIT ?)');
  const forget = db.prepare('DELETE FROM request_rollup WHERE hour < ?');
  return {
    logRequests(batch: readonly RequestRecord[]): void {
      for (const r of batch) {
        const at = Math.round(r.at);
        const latencyMs = Math.max(0, Math.round(r.latencyMs));
        insert.run(r.workspace, at, r.source, r.endpoint, r.method, r.status, latencyMs, r.ip, r.country, r.city, r.browser, r.error);
        for (const by of ['endpoint', 'country'] as const) {
          const dimension = r.source === READS ? READS_OF[by] : by;
          count.run(r.workspace, dimension, at - (at % HOUR_MS), r[by], r.status >= 400 ? 1 : 0, latencyMs);
        }
      }
    },
    purgeRequests({ before, limit }: { before: number; limit: number }): number {
      forget.run(before - HOUR_MS);
      return Number(purge.run(Math.round(before), limit).changes);
    },
  };
}

/** A statement for what requests are narrowed to by an index: an address by its beginning, else the time. */
export function requestTopsOf(db: DatabaseSync) {
  const tops = db.prepare(`
    SELECT value, sum(requests) AS requests, sum(errors) AS errors, sum(latency_ms) AS latency_ms FROM request_rollup
    WHERE workspace = ? AND dimension IN (?, ?) AND hour >= ? AND hour < ? GROUP BY value ORDER BY sum(requests) DESC, value LIMIT ?`);
  return {
    requestTops: (q: RequestTopsQuery): RequestSum[] =>
      tops.all(q.workspace, q.by, q.reads ? READS_OF[q.by] : q.by, q.from, q.to, q.limit).map((r) => ({
        value: String(r['value']),
        requests: Number(r['requests']),
        errors: Number(r['errors']),
        latencyMs: Number(r['latency_ms']),
      })),
  };
}
