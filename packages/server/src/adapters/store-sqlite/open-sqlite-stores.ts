import { join } from 'node:path';
import type { Logger } from 'pino';
import type { ChatStore } from '../../ports/chat-store.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HistoryStore } from '../../ports/history-store.ts';
import type { NoticeStore } from '../../ports/notice-store.ts';
import type { TeamStore } from '../../ports/team-store.ts';
import { sqliteChat } from './chat-adapter.ts';
import type { CoreReadVerbs } from './core-reads.worker.ts';
import type { CoreVerbs } from './core.worker.ts';
import { lockDataDir } from './data-dir.ts';
import { DbThread } from './db-thread.ts';
import type { EventsVerbs } from './events.worker.ts';
import { sqliteHistory } from './history-adapter.ts';
import type { ReportsVerbs } from './reports.worker.ts';
import { sqliteNotices } from './notice-adapter.ts';
import { sqliteTeam } from './team-adapter.ts';
import { ZoneMover } from './zone-mover.ts';

export interface SqliteStores {
  readonly history: HistoryStore;
  readonly team: TeamStore;
  readonly chat: ChatStore;
  readonly notices: NoticeStore;
  /** Finishes what was asked, ends the threads and gives the folder's lock back. */
  close(): Promise<void>;
}

/** Arrivals in one batch each, for some seconds; the writers above keep what is refused. */
const MAX_WAITING = 512;

/**
 * Opens the embedded store: `core.db` (FULL: what is acknowledged survives a power cut) and `events.db` (NORMAL), each with its own
 * writer thread and a reader's: reports, and lists and searches of chat.
 *
 * Throws `DataDirInUse` when another process has the folder, and an Error that says what to do when a file is of a newer version.
 * Cost: about 100 ms on an existing folder.
 */
export async function openSqliteStores(options: {
  dataDir: string;
  clock: Clock;
  log: Pick<Logger, 'info' | 'warn' | 'error'>;
}): Promise<SqliteStores> {
  const { dataDir, clock, log } = options;
  const unlock = lockDataDir(dataDir, clock.now());
  const [corePath, eventsPath] = [join(dataDir, 'core.db'), join(dataDir, 'events.db')];
  const thread = { clock, log, maxWaiting: MAX_WAITING };
  const core = new DbThread<CoreVerbs>({
    ...thread,
    name: 'core.db',
    url: new URL('./core.worker.ts', import.meta.url),
    data: { path: corePath },
  });
  const events = new DbThread<EventsVerbs>({
    ...thread,
    name: 'events.db',
    url: new URL('./events.worker.ts', import.meta.url),
    data: { path: eventsPath },
  });
  const opened: { close(): Promise<void> }[] = [];
  const closeAll = async (): Promise<void> => {
    await Promise.all(opened.map((o) => o.close()));
    unlock();
  };
  const firstTwo = await Promise.allSettled([core.ready, events.ready]);
  opened.push(core, events);
  const failed = firstTwo.find((r) => r.status === 'rejected');
  if (failed) {
    await closeAll();
    throw failed.reason;
  }
  // After the writers: a database is made and migrated by one thread only.
  const reports = new DbThread<ReportsVerbs>({
    ...thread,
    name: 'events.db reports',
    url: new URL('./reports.worker.ts', import.meta.url),
    data: { path: eventsPath },
  });
  const reads = new DbThread<CoreReadVerbs>({
    ...thread,
    name: 'core.db reads',
    url: new URL('./core-reads.worker.ts', import.meta.url),
    data: { path: corePath },
  });
  opened.push(reports, reads);
  const readers = await Promise.allSettled([reports.ready, reads.ready]);
  const unread = readers.find((r) => r.status === 'rejected');
  if (unread) {
    await closeAll();
    throw unread.reason;
  }
  const zones = new ZoneMover({ events, clock, log });
  zones.resume();
  const history = sqliteHistory({ events, reports, zones });
  const team = sqliteTeam(core);
  const chat = sqliteChat({ core, reads });
  return {
    history,
    team,
    chat,
    notices: sqliteNotices(core),
    close: async () => {
      await Promise.all([history.close(), chat.close(), team.close()]);
      unlock();
    },
  };
}
