import type { DatabaseSync } from 'node:sqlite';
import {
  type BookedVisit,
  type Booking,
  type Counters,
  type Ledger,
  RollupDelta,
  bookChange,
  bookNew,
  mergeCounters,
  supersedes,
} from '@foyer/domain/analytics';
import { BOOKED_COLUMNS, BOOKED_COUNT, bookedOf, countedOf, number, text } from './booked-visit.ts';
import type { HistoryIndex } from './history-index.ts';
import type { PersonBooks } from './person-books.ts';
import { rollupWriter } from './rollup-writer.ts';
import { AT, VISIT_COLUMNS, type VisitRow, decodeGoals, decodeTabs, encodeGoals, trailUrls } from './visit-row.ts';
import { type WorkspaceZone, calendarFor, workspaceReader } from './zones.ts';

/** Fixed once a visit is stored: what it is filed under. */
const FIXED = new Set(['visit', 'workspace', 'site', 'visitor', 'started_at']);
const CHANGEABLE = VISIT_COLUMNS.filter((c) => !FIXED.has(c));

/** The verb that writes visits and the rollup changes they cause. Runs inside the transaction of its thread. */
export function saveVisits(db: DatabaseSync, index: HistoryIndex, people: PersonBooks): (rows: readonly VisitRow[]) => void {
  const marks = VISIT_COLUMNS.map(() => '?').join(', ');
  const insert = db.prepare(`
    INSERT INTO visit (${VISIT_COLUMNS.join(', ')}, firsts, previous_at, previous_on_site_at, serial)
    VALUES (${marks}, ?, ?, ?, (SELECT coalesce(max(serial), 0) + 1 FROM visit)) RETURNING serial`);
  const update = db.prepare(`
    UPDATE visit SET ${CHANGEABLE.map((c) => `${c} = ?`).join(', ')}, firsts = ?, previous_at = ?, previous_on_site_at = ? WHERE visit = ? RETURNING serial`);
  const namePlace = db.prepare('INSERT OR IGNORE INTO place VALUES (?, ?, ?, ?)');
  const raise = db.prepare('UPDATE visit SET last_activity_at = ?, ended_at = ?, tabs = ?, goals = ? WHERE visit = ?');
  const stored = db.prepare(`SELECT ${BOOKED_COLUMNS}, ended_at, tabs, trail, name, identity, goals FROM visit WHERE visit = ?`);
  stored.setReturnArrays(true);
  const rename = db.prepare(`
    INSERT INTO visitor (workspace, visitor, number, visits, first_visit_at, last_visit_at, name, identity, named_at)
    VALUES (?, ?, 0, 0, 0, 0, ?, ?, ?)
    ON CONFLICT DO UPDATE SET name = excluded.name, identity = excluded.identity, named_at = excluded.named_at
    WHERE excluded.named_at >= named_at`);
  const recounted = db.prepare(
    'INSERT INTO workspace (workspace, recounts) VALUES (?, 1) ON CONFLICT DO UPDATE SET recounts = recounts + 1',
  );
  const rollups = rollupWriter(db);
  const readWorkspace = workspaceReader(db);

  return (rows) => {
    const delta = new RollupDelta();
    const workspaces = new Map<string, WorkspaceZone>();
    const workspaceOf = (id: string): WorkspaceZone => {
      let w = workspaces.get(id);
      if (!w) workspaces.set(id, (w = readWorkspace(id)));
      return w;
    };
    const ledger = sqliteLedger(db, workspaceOf);

    for (const row of rows) {
      const known = stored.get(text(row, AT.visit)) as unknown as unknown[] | undefined;
      if (known) change(row, known);
      else if (!add(row)) continue;
      if (text(row, AT.name) !== '' || text(row, AT.identity) !== '') keepName(row, known);
    }
    rollups.apply(delta);
    index.runIfDue();

    function add(row: VisitRow): boolean {
      const visit = countedOf(row);
      // Its visit was purged: writing it again would count it again.
      if (visit.startedAt < workspaceOf(visit.workspace).purgedBefore) return false;
      const booking = bookNew(ledger, delta, visit, { pages: visit.pages, urls: trailUrls(text(row, AT.trail)) });
      const stored = insert.get(...row, booking.firsts, booking.previousAt, booking.previousOnSiteAt);
      people.visit(null, visit, row);
      if (visit.filtered === '') index.queue('visit', Number(stored?.['serial']));
      keepPlace(row);
      return true;
    }

    function change(row: VisitRow, known: unknown[]): void {
      const before = bookedOf(known);
      const [endedAt, tabs, trail, name, identity, goals] = known.slice(BOOKED_COUNT) as [
        number | null,
        string,
        string,
        string,
        string,
        string,
      ];
      const was: Counters = { ...before, endedAt, tabs: decodeTabs(tabs) };
      const is: Counters = {
        pages: number(row, AT.pages),
        lastActivityAt: number(row, AT.last_activity_at),
        endedAt: row[AT.ended_at] as number | null,
        tabs: decodeTabs(text(row, AT.tabs)),
        goals: decodeGoals(text(row, AT.goals)),
      };
      const merged = mergeCounters(was, is);
      const mergedTabs = JSON.stringify(merged.tabs);
      const mergedGoals = encodeGoals(merged.goals);
      if (!supersedes(was, is)) {
        if (merged.endedAt === endedAt && mergedTabs === tabs && mergedGoals === goals && merged.lastActivityAt === before.lastActivityAt)
          return;
        const same = { pages: before.pages, urls: trailUrls(trail) };
        const { lastActivityAt } = merged;
        const after = { ...before, lastActivityAt, goals: decodeGoals(mergedGoals) };
        bookChange(ledger, delta, before, after, same, same);
        people.visit(before, after, null);
        raise.run(lastActivityAt, merged.endedAt, mergedTabs, mergedGoals, before.visit);
        return;
      }
      row[AT.last_activity_at] = merged.lastActivityAt;
      row[AT.ended_at] = merged.endedAt;
      row[AT.tabs] = mergedTabs;
      row[AT.goals] = mergedGoals;
      const { firsts, previousAt, previousOnSiteAt } = book(before, row, trail);
      const stored = update.get(...CHANGEABLE.map((c) => row[AT[c]] ?? null), firsts, previousAt, previousOnSiteAt, before.visit);
      const { workspace, site, visitor, startedAt } = before;
      const isSame = text(row, AT.trail) === trail && text(row, AT.name) === name && text(row, AT.identity) === identity && sameFacts(before, row); // prettier-ignore
      const after = { ...countedOf(row), workspace, site, visitor, startedAt };
      if ((before.filtered === '') !== (after.filtered === '')) recounted.run(workspace);
      people.visit(before, after, isSame && before.filtered === after.filtered ? null : row);
      if (!isSame && after.filtered === '') index.queue('visit', Number(stored?.['serial']));
      if (before.place !== text(row, AT.place)) keepPlace(row);
    }

    function keepPlace(row: VisitRow): void {
      const place = text(row, AT.place);
      if (place !== '') namePlace.run(place, text(row, AT.country), text(row, AT.region), text(row, AT.city));
    }

    function book(before: BookedVisit, row: VisitRow, trail: string): Booking {
      const { workspace, site, visitor, startedAt } = before;
      const after = { ...countedOf(row), workspace, site, visitor, startedAt };
      const now = text(row, AT.trail);
      const urls = trailUrls(trail);
      return bookChange(
        ledger,
        delta,
        before,
        after,
        { pages: before.pages, urls },
        { pages: after.pages, urls: now === trail ? urls : trailUrls(now) },
      );
    }

    function keepName(row: VisitRow, known: unknown[] | undefined): void {
      const name = text(row, AT.name);
      const identity = text(row, AT.identity);
      if (known && known[BOOKED_COUNT + 3] === name && known[BOOKED_COUNT + 4] === identity) return;
      rename.run(text(row, AT.workspace), text(row, AT.visitor), name, identity, number(row, AT.last_activity_at));
    }
  };
}

/** What people and the search know of a visit beside its pages and names. */
const sameFacts = (before: BookedVisit, row: VisitRow): boolean => {
  const after = countedOf(row);
  return (['place', 'country', 'browser', 'os', 'device', 'referrerHost', 'campaign', 'source'] as const).every(
    (f) => before[f] === after[f],
  );
};

function sqliteLedger(db: DatabaseSync, workspaceOf: (id: string) => WorkspaceZone): Ledger {
  const statements = ledgerStatements(db);
  return {
    calendar: (workspace, visitor) => calendarFor(workspaceOf(workspace), visitor),
    lastCounted: (workspace, visitor) => statements.last.all(workspace, visitor) as unknown as { site: string; at: number }[],
    setLastCounted: (workspace, visitor, site, at) => void statements.setLast.run(workspace, visitor, site, at),
    dropLastCounted: (workspace, visitor, site) => void statements.dropLast.run(workspace, visitor, site),
    visitsBetween: (workspace, visitor, from, to) =>
      (statements.between.all(workspace, visitor, from, to) as unknown as unknown[][]).map(bookedOf),
    setBooking: (visit, b) => void statements.setBooking.run(b.firsts, b.previousAt, b.previousOnSiteAt, visit),
  };
}

const prepared = new WeakMap<DatabaseSync, ReturnType<typeof prepareLedger>>();
function ledgerStatements(db: DatabaseSync): ReturnType<typeof prepareLedger> {
  let statements = prepared.get(db);
  if (!statements) prepared.set(db, (statements = prepareLedger(db)));
  return statements;
}
function prepareLedger(db: DatabaseSync) {
  const between = db.prepare(
    `SELECT ${BOOKED_COLUMNS} FROM visit WHERE workspace = ? AND visitor = ? AND started_at >= ? AND started_at < ? AND filtered = ''`,
  );
  between.setReturnArrays(true);
  return {
    last: db.prepare('SELECT site, at FROM last_counted WHERE workspace = ? AND visitor = ?'),
    setLast: db.prepare('INSERT INTO last_counted VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET at = excluded.at'),
    dropLast: db.prepare('DELETE FROM last_counted WHERE workspace = ? AND visitor = ? AND site = ?'),
    between,
    setBooking: db.prepare('UPDATE visit SET firsts = ?, previous_at = ?, previous_on_site_at = ? WHERE visit = ?'),
  };
}
