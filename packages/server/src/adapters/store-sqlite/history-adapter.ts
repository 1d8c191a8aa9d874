import type { HistoryStore, VisitRecord } from '../../ports/history-store.ts';
import type { DbThread } from './db-thread.ts';
import type { EventsVerbs } from './events.worker.ts';
import type { ReportsVerbs } from './reports.worker.ts';
import { decodeVisit, encodeVisit } from './visit-row.ts';
import type { ZoneMover } from './zone-mover.ts';

/** Visits ended in one transaction of the sweeper: about 20 ms of the writer. */
const ENDED_PER_CALL = 2_000;

export interface HistoryThreads {
  readonly events: DbThread<EventsVerbs>;
  readonly reports: DbThread<ReportsVerbs>;
  readonly zones: ZoneMover;
}

/** The history port over the writer's and the readers' threads. */
export function sqliteHistory({ events, reports, zones }: HistoryThreads): HistoryStore {
  const visits = async (rows: Promise<ReturnType<typeof encodeVisit>[]>): Promise<VisitRecord[]> => (await rows).map(decodeVisit);
  /** What was stored before the question is found by it. */
  const indexAll = async (): Promise<void> => {
    while (await events.call('indexHistory'));
  };
  return {
    saveVisits: async (batch) => {
      if (batch.length > 0) await events.call('saveVisits', batch.map(encodeVisit));
    },
    meetVisitors: async (batch) => (batch.length > 0 ? events.call('meetVisitors', batch) : []),
    recentVisits: (q) => visits(reports.call('recentVisits', q)),
    visitsById: (ids) => visits(reports.call('visitsById', ids)),
    endStale: async (q) => {
      let ended = 0;
      for (;;) {
        const now = await events.call('endStale', { ...q, limit: ENDED_PER_CALL });
        ended += now;
        if (now < ENDED_PER_CALL) return ended;
      }
    },
    bookConversations: (q) => events.call('bookConversations', q),
    chatMarks: () => reports.call('chatMarks'),
    sampleOnline: async (samples, lookedAt) => {
      if (samples.length > 0 || lookedAt !== undefined) await events.call('sampleOnline', { samples, lookedAt });
    },
    onlineSamples: (q) => reports.call('onlineSamples', q),
    rollup: (q) => reports.call('rollup', q),
    sums: (q) => reports.call('sums', q),
    onlineQuarters: (q) => reports.call('onlineQuarters', q),
    places: (ids) => reports.call('places', ids),
    async pastVisits(q) {
      if (q.text !== undefined) await indexAll();
      const { rows, next, previous } = await reports.call('pastVisits', q);
      return { rows: rows.map(({ row, ...said }) => ({ visit: decodeVisit(row), ...said })), next, previous };
    },
    async people(q) {
      if (q.text !== undefined) await indexAll();
      return reports.call('people', q);
    },
    logRequests: async (batch) => {
      if (batch.length > 0) await events.call('logRequests', batch);
    },
    requests: (q) => reports.call('requests', q),
    requestTops: (q) => reports.call('requestTops', q),
    purgeRequests: (q) => events.call('purgeRequests', q),
    replay: (q) => reports.call('replay', q),
    distinct: (q) => reports.call('distinct', q),
    visitsOf: (q) => visits(reports.call('visitsOf', q)),
    lastMet: (q) => reports.call('lastMet', q),
    leftOutReasons: (q) => reports.call('leftOutReasons', q),
    leftOutVisits: (q) => visits(reports.call('leftOutVisits', q)),
    setZone: (q) => zones.move(q),
    purge: (q) => events.call('purge', { ...q, before: Math.round(q.before) }),
    close: async () => {
      zones.stop();
      await Promise.all([events.close(), reports.close()]);
    },
  };
}
