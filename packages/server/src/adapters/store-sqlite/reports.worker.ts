import type { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { Met, OnlineSample, RollupDimension, RollupRow } from '../../ports/history-store.ts';
import { analyticsReads } from './analytics-reads.ts';
import { distinctVisitors } from './distinct-visitors.ts';
import { pastReads } from './past-reads.ts';
import { openReader } from './open-database.ts';
import { requestTopsOf } from './request-verbs.ts';
import { replayReads } from './replay-reads.ts';
import { openAndServe } from './serve.ts';
import { leftOutVisits } from './left-out-visits.ts';
import { VISIT_COLUMNS, type VisitRow } from './visit-row.ts';

type Range = { workspace: string; site?: string; from: number; to: number };
type Step = 'quarter' | 'day' | 'week' | 'month';

function verbsOf(db: DatabaseSync) {
  const rows = (sql: string) => {
    const statement = db.prepare(`SELECT ${VISIT_COLUMNS.join(', ')} FROM visit ${sql}`);
    statement.setReturnArrays(true);
    return (...values: (string | number)[]): VisitRow[] => statement.all(...values) as unknown as VisitRow[];
  };
  const running = rows('INDEXED BY visit_running WHERE ended_at IS NULL AND last_activity_at >= ? AND visit > ? ORDER BY visit LIMIT ?');
  const named = rows('WHERE visit IN (SELECT value FROM json_each(?))');
  const ofVisitor = rows('WHERE workspace = ? AND visitor = ? ORDER BY started_at DESC, visit DESC LIMIT ?');

  const met = db.prepare(`
    SELECT visitor, number, visits, first_visit_at, last_visit_at FROM visitor
    WHERE workspace = ? AND visitor IN (SELECT value FROM json_each(?)) AND number > 0`);

  const range = 'workspace = ? AND step = ? AND dimension = ? AND from_at >= ? AND from_at < ?';
  const order = 'ORDER BY from_at, visits DESC, pages DESC, value LIMIT ?';
  const oneSite = db.prepare(
    `SELECT site, from_at, value, visits, pages, visitors, amount FROM rollup WHERE ${range} AND site = ? ${order}`,
  );
  const allSites = db.prepare(`
    SELECT '' AS site, from_at, value, sum(visits) AS visits, sum(pages) AS pages, sum(workspace_visitors) AS visitors, sum(amount) AS amount
    FROM rollup WHERE ${range} GROUP BY from_at, value ${order}`);

  const samples = 'FROM online_sample WHERE workspace = ? AND at >= ? AND at < ?';
  const samplesAll = db.prepare(`SELECT '' AS site, at, sum(online) AS online ${samples} GROUP BY at ORDER BY at LIMIT ?`);
  const samplesSite = db.prepare(`SELECT site, at, online ${samples} AND site = ? ORDER BY at LIMIT ?`);

  const marks = db.prepare('SELECT workspace, chat_seq FROM chat_mark');

  return {
    ...leftOutVisits(db),
    ...analyticsReads(db),
    ...pastReads(db),
    ...replayReads(db),
    ...requestTopsOf(db),
    chatMarks: (): Map<string, number> => new Map(marks.all().map((r) => [String(r['workspace']), Number(r['chat_seq'])])),
    lastMet: (q: { workspace: string; visitors: readonly string[] }): Met[] =>
      met.all(q.workspace, JSON.stringify(q.visitors)).map((r) => ({
        visitor: String(r['visitor']),
        number: Number(r['number']),
        visits: Number(r['visits']),
        firstVisitAt: Number(r['first_visit_at']),
        lastVisitAt: Number(r['last_visit_at']),
      })),
    recentVisits: (q: { since: number; after: string; limit: number }): VisitRow[] => running(q.since, q.after, q.limit),
    visitsById: (ids: readonly string[]): VisitRow[] => named(JSON.stringify(ids)),
    visitsOf: (q: { workspace: string; visitor: string; limit: number }): VisitRow[] => ofVisitor(q.workspace, q.visitor, q.limit),

    rollup(q: Range & { dimension: RollupDimension; step: Step; limit: number }): RollupRow[] {
      const { workspace, site, dimension, step, from, to, limit } = q;
      const found =
        site === undefined
          ? allSites.all(workspace, step, dimension, from, to, limit)
          : oneSite.all(workspace, step, dimension, from, to, site, limit);
      return found.map((r) => ({
        site: String(r['site']),
        from: Number(r['from_at']),
        dimension,
        value: String(r['value']),
        visits: Number(r['visits']),
        pages: Number(r['pages']),
        visitors: Number(r['visitors']),
        amount: Number(r['amount']),
      }));
    },

    distinct: distinctVisitors(db),

    onlineSamples({ workspace, site, from, to, limit }: Range & { limit: number }): OnlineSample[] {
      const found = site === undefined ? samplesAll.all(workspace, from, to, limit) : samplesSite.all(workspace, from, to, site, limit);
      return found.map((r) => ({ workspace, site: String(r['site']), at: Number(r['at']), online: Number(r['online']) }));
    },
  };
}
export type ReportsVerbs = ReturnType<typeof verbsOf>;

if (parentPort)
  openAndServe(parentPort, () => {
    const { path } = workerData as { path: string };
    const db = openReader(path, 4_096);
    return { db, verbs: verbsOf(db), together: 1, mode: 'read' };
  });
