import { readFileSync, readdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { makePrivate } from './private-file.ts';

export interface DatabaseSettings {
  readonly path: string;
  /** FULL survives a power cut; NORMAL survives a dead process, cannot corrupt, and may lose the last moments at a power cut. */
  readonly synchronous: 'FULL' | 'NORMAL';
  readonly cacheKiB: number;
  /** Folder of numbered `.sql` files. */
  readonly migrations: URL;
}

/** A foreign lock (a backup, a curious sqlite3 shell) is waited for this long; then it is an outage and the caller tries again. */
const BUSY_MS = 500;

/** Opens a writable database, only this user can read it, with its schema brought up to date. */
export function openDatabase(settings: DatabaseSettings): DatabaseSync {
  // The log and shared-memory files take the mode of the database file.
  makePrivate(settings.path);
  const db = new DatabaseSync(settings.path, { timeout: BUSY_MS, enableForeignKeyConstraints: true });
  try {
    db.exec('PRAGMA journal_mode = WAL');
    db.exec(`PRAGMA synchronous = ${settings.synchronous}`);
    db.exec(`PRAGMA cache_size = -${settings.cacheKiB}`);
    db.exec('PRAGMA temp_store = MEMORY');
    // 16 MB of log: a page that changes often is written back once, not for every few hundred visits.
    db.exec('PRAGMA wal_autocheckpoint = 4000');
    // After a burst the log shrinks again instead of staying at its largest.
    db.exec('PRAGMA journal_size_limit = 67108864');
    migrate(db, settings);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A second connection that can only read, beside the writer. */
export function openReader(path: string, cacheKiB: number): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: BUSY_MS, readOnly: true });
  db.exec(`PRAGMA cache_size = -${cacheKiB}`);
  return db;
}

function migrate(db: DatabaseSync, { path, migrations }: DatabaseSettings): void {
  const files = readdirSync(migrations)
    .filter((f) => f.endsWith('.sql'))
    .sort();
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version > files.length)
    throw new Error(
      `${path} was written by a newer Foyer (schema ${version}; this one knows ${files.length}). Start that version, or restore a backup made by this one.`,
    );
  for (const [i, file] of files.entries()) {
    if (i < version) continue;
    if (Number.parseInt(file, 10) !== i + 1) throw new Error(`migration ${file} stands at place ${i + 1}: a number is missing or doubled`);
    db.exec('BEGIN IMMEDIATE');
    try {
      db.exec(readFileSync(new URL(file, migrations), 'utf8'));
      db.exec(`PRAGMA user_version = ${i + 1}`);
      db.exec('COMMIT');
    } catch (cause) {
      db.exec('ROLLBACK');
      throw new Error(`${path}: migration ${file} failed`, { cause });
    }
  }
}
