import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from './open-database.ts';
import { newDataDir, removeDataDir } from './sqlite.testkit.ts';

describe('migrations', () => {
  let dir: string;
  beforeEach(() => {
    dir = newDataDir();
    mkdirSync(join(dir, 'sql'));
  });
  afterEach(() => removeDataDir(dir));

  const migration = (file: string, sql: string): void => writeFileSync(join(dir, 'sql', file), sql);
  const open = () =>
    openDatabase({ path: join(dir, 'x.db'), synchronous: 'NORMAL', cacheKiB: 64, migrations: pathToFileURL(join(dir, 'sql/')) });
  const state = (): { version: unknown; tables: unknown[] } => {
    const db = open();
    const version = db.prepare('PRAGMA user_version').get()?.['user_version'];
    const tables = db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .all()
      .map((r) => r['name']);
    db.close();
    return { version, tables };
  };

  it('[HI22] run once each, in order, also on a file that has the first ones', () => {
    migration('001-a.sql', 'CREATE TABLE a (n INTEGER) STRICT;');
    expect(state()).toEqual({ version: 1, tables: ['a'] });
    migration('002-b.sql', 'ALTER TABLE a RENAME TO b; CREATE TABLE c (n INTEGER) STRICT;');
    expect(state()).toEqual({ version: 2, tables: ['b', 'c'] });
    expect(state()).toEqual({ version: 2, tables: ['b', 'c'] });
  });

  it('[HI22] one that fails leaves the file as it was', () => {
    migration('001-a.sql', 'CREATE TABLE a (n INTEGER) STRICT;');
    migration('002-b.sql', 'CREATE TABLE b (n INTEGER) STRICT; CREATE TABLE b (n INTEGER) STRICT;');
    expect(open).toThrow(/migration 002-b\.sql failed/);
    migration('002-b.sql', 'CREATE TABLE b (n INTEGER) STRICT;');
    expect(state()).toEqual({ version: 2, tables: ['a', 'b'] });
  });

  it('[HI22] a number that is missing is noticed before anything runs wrong', () => {
    migration('001-a.sql', 'CREATE TABLE a (n INTEGER) STRICT;');
    migration('003-c.sql', 'CREATE TABLE c (n INTEGER) STRICT;');
    expect(open).toThrow(/003-c\.sql stands at place 2/);
  });
});
