import type { DatabaseSync } from 'node:sqlite';
import type { FirstSeen, VisitorFacts } from '../../ports/history-store.ts';

/** The verb that numbers visitors and counts each visit once. Runs inside the transaction of its thread. */
export function meetVisitors(db: DatabaseSync): (batch: readonly FirstSeen[]) => VisitorFacts[] {
  const metBefore = db.prepare('SELECT visits, previous_visit_at FROM met WHERE visit = ?');
  const remember = db.prepare('INSERT INTO met VALUES (?, ?, ?)');
  const read = db.prepare(
    'SELECT number, visits, first_visit_at, last_visit_at, name, identity FROM visitor WHERE workspace = ? AND visitor = ?',
  );
  const write = db.prepare(`
    INSERT INTO visitor (workspace, visitor, number, visits, first_visit_at, last_visit_at, name, identity, named_at)
    VALUES (?, ?, ?, ?, ?, ?, '', '', 0)
    ON CONFLICT DO UPDATE SET number = excluded.number, visits = excluded.visits, first_visit_at = excluded.first_visit_at,
      last_visit_at = excluded.last_visit_at`);
  const takeNumber = db.prepare(`
    INSERT INTO workspace (workspace, next_number) VALUES (?, 2)
    ON CONFLICT DO UPDATE SET next_number = next_number + 1 RETURNING next_number - 1 AS number`);
  const indexPerson = db.prepare("INSERT OR IGNORE INTO to_index SELECT 'person', id FROM person WHERE workspace = ? AND person = ?");
  const indexVisits = db.prepare("INSERT OR IGNORE INTO to_index SELECT 'visit', serial FROM visit WHERE workspace = ? AND visitor = ?");
  const previous = db.prepare(
    'SELECT max(started_at) AS at FROM visit WHERE workspace = ? AND visitor = ? AND started_at < ? AND visit <> ?',
  );

  return (batch) =>
    batch.map(({ workspace, visitor, visit, startedAt: exact }) => {
      const startedAt = Math.round(exact);
      const row = read.get(workspace, visitor);
      const before = metBefore.get(visit);
      const name = String(row?.['name'] ?? '');
      const identity = String(row?.['identity'] ?? '');
      if (before && row)
        return {
          workspace,
          visitor,
          number: Number(row['number']),
          visits: Number(before['visits']),
          firstVisitAt: Number(row['first_visit_at']),
          previousVisitAt: Number(before['previous_visit_at']),
          name,
          identity,
        };
      // A visitor may have been named by a saved visit before it was met; its number is 0 until now.
      const known = row && Number(row['number']) > 0 ? row : null;
      const number = known ? Number(known['number']) : Number(takeNumber.get(workspace)?.['number']);
      const visits = Number(known?.['visits'] ?? 0) + 1;
      const last = Number(known?.['last_visit_at'] ?? 0);
      const firstVisitAt = known ? Math.min(Number(known['first_visit_at']), startedAt) : startedAt;
      // Usually the latest; a visit that is met late looks for the one before it.
      const previousVisitAt = last <= startedAt ? last : Number(previous.get(workspace, visitor, startedAt, visit)?.['at'] ?? 0);
      write.run(workspace, visitor, number, visits, firstVisitAt, Math.max(last, startedAt));
      remember.run(visit, visits, previousVisitAt);
      // Its number is a word it is found by.
      if (!known) {
        indexPerson.run(workspace, visitor);
        indexVisits.run(workspace, visitor);
      }
      return { workspace, visitor, number, visits, firstVisitAt, previousVisitAt, name, identity };
    });
}
