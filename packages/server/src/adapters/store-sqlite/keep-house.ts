import type { DatabaseSync } from 'node:sqlite';
import { RollupDelta, isTimeZone, rezone } from '@foyer/domain/analytics';
import { BOOKED_COLUMNS, BOOKED_COUNT, bookedOf } from './booked-visit.ts';
import { conversationBooks } from './conversation-books.ts';
import type { HistoryIndex } from './history-index.ts';
import type { PersonBooks } from './person-books.ts';
import { sampleOnline } from './sample-online.ts';
import { rollupWriter } from './rollup-writer.ts';
import { trailUrls } from './visit-row.ts';
import { calendar, workspaceReader } from './zones.ts';

/** Visits moved in one slice: about 25 ms, after which waiting arrivals go first. */
const VISITS_PER_SLICE = 500;

/** Verbs that end, delete and move what is stored. All run inside the transaction of their thread. */
export function keepHouse(db: DatabaseSync, index: HistoryIndex, people: PersonBooks) {
  const stale = db.prepare(`
    UPDATE visit SET ended_at = last_activity_at
    WHERE visit IN (
      SELECT visit FROM visit INDEXED BY visit_running
      WHERE ended_at IS NULL AND last_activity_at < ? AND visit NOT IN (SELECT value FROM json_each(?)) LIMIT ?)`);

  const purgeable = db.prepare('SELECT visit, serial FROM visit WHERE workspace = ? AND started_at < ? ORDER BY started_at LIMIT ?');
  const deleteVisit = db.prepare('DELETE FROM visit WHERE visit = ?');
  const deleteMet = db.prepare('DELETE FROM met WHERE visit = ?');
  const deleteSamples = db.prepare(`
    DELETE FROM online_sample WHERE (workspace, at, site) IN
      (SELECT workspace, at, site FROM online_sample WHERE workspace = ? AND at < ? LIMIT ?)`);
  const forgetNames = db.prepare(`
    UPDATE visitor SET name = '', identity = '' WHERE (workspace, visitor) IN
      (SELECT workspace, visitor FROM visitor WHERE workspace = ? AND last_visit_at < ? AND (name <> '' OR identity <> '') LIMIT ?)`);
  const unseen = db.prepare('SELECT id FROM person WHERE workspace = ? AND last_seen_at < ? LIMIT ?');
  const deletePerson = db.prepare('DELETE FROM person WHERE id = ?');
  const purgedBefore = db.prepare(`
    INSERT INTO workspace (workspace, purged_before) VALUES (?, ?)
    ON CONFLICT DO UPDATE SET purged_before = max(purged_before, excluded.purged_before)`);

  const setZone = db.prepare(`
    INSERT INTO workspace (workspace, next_zone, zone_cursor) VALUES (?, ?, '')
    ON CONFLICT DO UPDATE SET next_zone = excluded.next_zone, zone_cursor = ''`);
  const pending = db.prepare("SELECT workspace FROM workspace WHERE next_zone <> ''");
  const moved = db.prepare('UPDATE workspace SET zone_cursor = ? WHERE workspace = ?');
  const arrived = db.prepare("UPDATE workspace SET time_zone = next_zone, next_zone = '', zone_cursor = '' WHERE workspace = ?");
  const nextVisitors = db.prepare('SELECT visitor FROM visit WHERE workspace = ? AND visitor > ? ORDER BY visitor LIMIT ?');
  nextVisitors.setReturnArrays(true);
  const visitsOf = db.prepare(`SELECT ${BOOKED_COLUMNS}, trail FROM visit WHERE workspace = ? AND visitor = ?`);
  visitsOf.setReturnArrays(true);
  const setBooking = db.prepare('UPDATE visit SET firsts = ?, previous_at = ?, previous_on_site_at = ? WHERE visit = ?');
  const rollups = rollupWriter(db);
  const conversations = conversationBooks(db, rollups, people);
  const readWorkspace = workspaceReader(db);

  return {
    /** Ends at most `limit`; answers how many. */
    endStale: (q: { before: number; except: readonly string[]; limit: number }): number =>
      Number(stale.run(Math.round(q.before), JSON.stringify(q.except), q.limit).changes),

    sampleOnline: sampleOnline(db),

    purge(q: { workspace: string; before: number; limit: number }): number {
      purgedBefore.run(q.workspace, q.before);
      const visits = purgeable.all(q.workspace, q.before, q.limit);
      for (const { visit, serial } of visits) {
        index.removeVisit(Number(serial));
        deleteVisit.run(visit as string);
        deleteMet.run(visit as string);
      }
      deleteSamples.run(q.workspace, q.before, q.limit);
      forgetNames.run(q.workspace, q.before, q.limit);
      conversations.forget(q.workspace, q.before, q.limit);
      for (const { id } of unseen.all(q.workspace, q.before, q.limit)) {
        deletePerson.run(Number(id));
        index.queue('person', Number(id));
      }
      return visits.length;
    },

    bookConversations: conversations.book,
    /** Makes what was stored findable; true: there is more. */
    indexHistory: (): boolean => index.run(),

    /** Notes that the workspace's days are to be moved. False: they are in this zone already. */
    beginZone({ workspace, timeZone }: { workspace: string; timeZone: string }): boolean {
      if (!isTimeZone(timeZone)) throw new RangeError(`unknown time zone ${timeZone}`);
      const w = readWorkspace(workspace);
      if (w.next !== '') throw new Error(`${workspace} is still being moved to ${w.next}`);
      if (w.zone === timeZone) return false;
      setZone.run(workspace, timeZone);
      return true;
    },

    pendingZones: (): string[] => pending.all().map((row) => String(row['workspace'])),

    /** Moves the next slice of visitors to the new zone. True: done. */
    moveZone({ workspace }: { workspace: string }): boolean {
      const w = readWorkspace(workspace);
      if (w.next === '') return true;
      const zones = { from: calendar(w.zone), to: calendar(w.next) };
      const visitors = new Set(
        (nextVisitors.all(workspace, w.cursor, VISITS_PER_SLICE) as unknown as [string][]).map(([visitor]) => visitor),
      );
      if (visitors.size === 0) {
        if (conversations.moveSlice(workspace, w.next, VISITS_PER_SLICE)) return false;
        arrived.run(workspace);
        return true;
      }
      const delta = new RollupDelta();
      let cursor = w.cursor;
      for (const visitor of visitors) {
        const visits = (visitsOf.all(workspace, visitor) as unknown as unknown[][]).map((row) => {
          const booked = bookedOf(row);
          return { ...booked, trail: { pages: booked.pages, urls: trailUrls(String(row[BOOKED_COUNT])) } };
        });
        rezone({ setBooking: (visit, b) => void setBooking.run(b.firsts, b.previousAt, b.previousOnSiteAt, visit) }, delta, zones, visits);
        cursor = visitor;
      }
      rollups.apply(delta);
      moved.run(cursor, workspace);
      return false;
    },
  };
}
