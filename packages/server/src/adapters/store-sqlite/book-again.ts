import type { DatabaseSync } from 'node:sqlite';
import { type Dimension, RollupDelta, type Step, count, countGoals, countPages, whole } from '@foyer/domain/analytics';
import { BOOKED_COLUMNS, BOOKED_COUNT, bookedOf } from './booked-visit.ts';
import { rollupWriter } from './rollup-writer.ts';
import { trailUrls } from './visit-row.ts';
import { calendarFor, workspaceReader } from './zones.ts';

/** What was counted before there was more to count: of these only `amount` is new. */
const OLD: Readonly<Record<Step, readonly Dimension[]>> = {
  quarter: ['total', 'filtered', 'browser', 'os', 'device', 'country'],
  day: ['total', 'filtered', 'browser', 'os', 'device', 'country', 'page', 'referrer', 'city', 'campaign'],
  week: ['total'],
  month: ['total'],
};
const TOGETHER = 5_000;

/**
 * Counts what older versions did not: once, when their file is opened, in one transaction, so a stop in between leaves it to be done.
 * Cost: about 60 µs a stored visit.
 */
export function bookAgain(db: DatabaseSync): void {
  if (!db.prepare("SELECT 1 FROM todo WHERE name = 'book_again'").get()) return;
  const rollups = rollupWriter(db);
  const readWorkspace = workspaceReader(db);
  const visits = db.prepare(`SELECT ${BOOKED_COLUMNS}, trail FROM visit WHERE visit > ? ORDER BY visit LIMIT ${TOGETHER}`);
  visits.setReturnArrays(true);
  db.exec('BEGIN IMMEDIATE');
  try {
    db.exec(`
      UPDATE visit SET
        previous_at = coalesce((SELECT max(p.started_at) FROM visit p WHERE p.workspace = visit.workspace AND p.visitor = visit.visitor
          AND (p.started_at, p.visit) < (visit.started_at, visit.visit) AND p.filtered = ''), -1),
        previous_on_site_at = coalesce((SELECT max(p.started_at) FROM visit p WHERE p.workspace = visit.workspace
          AND p.visitor = visit.visitor AND p.site = visit.site
          AND (p.started_at, p.visit) < (visit.started_at, visit.visit) AND p.filtered = ''), -1)
      WHERE filtered = ''`);
    for (let after = ''; ;) {
      const rows = visits.all(after) as unknown as unknown[][];
      const all = new RollupDelta();
      for (const row of rows) {
        const visit = bookedOf(row);
        const calendar = calendarFor(readWorkspace(visit.workspace), visit.visitor);
        count(all, calendar, visit, whole(visit, visit.firsts, 1));
        countPages(all, calendar, visit, { pages: visit.pages, urls: trailUrls(String(row[BOOKED_COUNT])) });
        countGoals(all, calendar, visit, null);
        after = visit.visit;
      }
      rollups.apply(whatIsNew(all));
      if (rows.length < TOGETHER) break;
    }
    db.exec("DELETE FROM todo WHERE name = 'book_again'");
    db.exec('COMMIT');
  } catch (cause) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw new Error('stored visits could not be counted anew', { cause });
  }
}

function whatIsNew(all: RollupDelta): RollupDelta {
  const added = new RollupDelta();
  for (const c of all.changes()) {
    const isOld = OLD[c.step].includes(c.dimension);
    const bucket = added.bucket(c.workspace, c.site, c.step, c.from);
    if (isOld) bucket.add(c.dimension, c.value, 0, 0, 0, 0, c.amount);
    else bucket.add(c.dimension, c.value, c.visits, c.pages, c.visitors, c.workspaceVisitors, c.amount);
  }
  return added;
}
