import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, vi } from 'vitest';
import { newDataDir, removeDataDir } from './sqlite.testkit.ts';
import { openDatabase } from './open-database.ts';
import { leftOutVisits } from './left-out-visits.ts';

it('[HI30] each question about left-out visits is answered from its index, in its order, without sorting', () => {
  const dir = newDataDir();
  const db = openDatabase({
    path: join(dir, 'events.db'),
    synchronous: 'NORMAL',
    cacheKiB: 1_024,
    migrations: new URL('./migrations/events/', import.meta.url),
  });
  const asked = vi.spyOn(DatabaseSync.prototype, 'prepare');
  leftOutVisits(db);
  const statements = asked.mock.calls.map(([sql]) => sql).filter((sql) => sql.includes('FROM visit'));
  asked.mockRestore();
  expect(statements).toHaveLength(10);
  for (const sql of statements) {
    const plan = db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all(Object.fromEntries(/:\w+/.test(sql) ? [...new Set(sql.match(/:\w+/g))].map((name) => [name, 0]) : []))
      .map((row) => String(row['detail']));
    expect(plan).toEqual([expect.stringMatching(/^SEARCH visit USING (COVERING )?INDEX visit_left_out\w* \(workspace=\? AND /)]);
    if (sql.includes(':reason')) expect(plan[0]).toContain('filtered=?');
    expect(plan[0]).toContain(sql.includes(':startedAt') ? '(started_at,visit)<(?,?)' : 'started_at>?');
  }
  db.close();
  removeDataDir(dir);
});
