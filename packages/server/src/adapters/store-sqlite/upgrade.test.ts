import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DAY, HOUR, NOON, aVisit, ended, expectRecount, later } from '../../ports/history-store.testkit.ts';
import { newDataDir, openStores, removeDataDir } from './sqlite.testkit.ts';

let [old, fresh]: [string, string] = ['', ''];
beforeEach(() => {
  [old, fresh] = [newDataDir(), newDataDir()];
});
afterEach(() => {
  removeDataDir(old);
  removeDataDir(fresh);
});

const MIGRATIONS = new URL('./migrations/events/', import.meta.url);
/** The schema before there was analytics. */
const OLD_SCHEMA = 3;

it('[AN16] a file of an older version is counted anew at its first start, once: every figure and list is as if it had always been there', async () => {
  const visits = Array.from({ length: 200 }, (_, i) =>
    ended(
      later(
        aVisit({
          ...{
            workspace: 'w',
            visitor: `v${i % 70}`,
            site: i % 3 ? 'shop' : 'blog',
            startedAt: NOON + i * 7 * HOUR,
            lang: i % 2 ? 'de' : 'fr',
          },
          ...{ filtered: i % 9 ? '' : 'bot', goals: i % 5 ? [] : [{ goal: 'checkout', at: NOON, value: 2.5, currency: 'EUR' }] },
        }),
        i * 1_000,
        i % 4 ? ['/more'] : [],
      ),
    ),
  );
  const now = await openStores(fresh);
  await now.history.setZone({ workspace: 'w', timeZone: 'Europe/Prague' });
  await now.history.saveVisits(visits);
  const expected = (await now.history.people({ workspace: 'w', limit: 200 })).rows;
  await now.close();

  // What the older version had: its columns, its dimensions, its steps.
  const db = new DatabaseSync(join(old, 'events.db'));
  for (const file of readdirSync(MIGRATIONS).sort().slice(0, OLD_SCHEMA)) db.exec(readFileSync(new URL(file, MIGRATIONS), 'utf8'));
  db.exec(`PRAGMA user_version = ${OLD_SCHEMA}`);
  db.exec(`ATTACH '${join(fresh, 'events.db')}' AS made`);
  const columns = (table: string): string =>
    db
      .prepare(`SELECT name FROM main.pragma_table_info('${table}')`)
      .all()
      .map((row) => String(row['name']))
      .join(', ');
  for (const table of ['workspace', 'visit', 'last_counted'])
    db.exec(`INSERT INTO main.${table} (${columns(table)}) SELECT ${columns(table)} FROM made.${table}`);
  db.exec(`
    INSERT INTO main.rollup SELECT ${columns('rollup')} FROM made.rollup WHERE
      (step = 'quarter' AND dimension IN ('total', 'filtered', 'browser', 'os', 'device', 'country')) OR
      (step = 'day' AND dimension IN ('total', 'filtered', 'browser', 'os', 'device', 'country', 'page', 'referrer', 'city', 'campaign')) OR
      (step IN ('week', 'month') AND dimension = 'total')`);
  db.close();

  for (let start = 0; start < 2; start++) {
    const stores = await openStores(old);
    await expectRecount(stores.history, { workspace: 'w', timeZone: 'Europe/Prague', visits });
    expect((await stores.history.people({ workspace: 'w', limit: 200 })).rows).toEqual(expected);
    expect((await stores.history.pastVisits({ workspace: 'w', text: 'praha more', limit: 5 })).rows).toHaveLength(5);
    const range = { workspace: 'w', from: NOON + 10 * DAY, to: NOON + 30 * DAY };
    expect((await stores.history.distinct(range)).visitors).toBeGreaterThan(40);
    await stores.close();
  }
});
