import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makePrivate } from './private-file.ts';

export class DataDirInUse extends Error {
  override readonly name = 'DataDirInUse';
}

/**
 * Makes the data folder (only this user can enter it) and takes its lock; answers a function that gives the lock back.
 *
 * The lock is an open SQLite transaction, so the kernel drops it with the process, kill -9 included; a pid file would outlive it.
 * Throws `DataDirInUse`, which names the owner.
 */
export function lockDataDir(dir: string, now: number): () => void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  chmodSync(dir, 0o700);
  const path = join(dir, 'foyer.lock');
  makePrivate(path);
  const db = new DatabaseSync(path, { timeout: 0 });
  try {
    db.exec('PRAGMA journal_mode = DELETE');
    db.exec('CREATE TABLE IF NOT EXISTS owner (only INTEGER PRIMARY KEY CHECK (only = 1), pid INTEGER, since INTEGER) STRICT');
    db.prepare('INSERT INTO owner VALUES (1, ?, ?) ON CONFLICT DO UPDATE SET pid = excluded.pid, since = excluded.since').run(
      process.pid,
      now,
    );
    // IMMEDIATE keeps other writers out and still lets a second start read who we are.
    db.exec('BEGIN IMMEDIATE');
  } catch (cause) {
    const owner = describeOwner(db);
    db.close();
    throw new DataDirInUse(
      `The data folder ${dir} is in use by another Foyer${owner}. Stop that one, or choose another folder with FOYER_DATA.`,
      { cause },
    );
  }
  return () => db.close();
}

function describeOwner(db: DatabaseSync): string {
  try {
    const owner = db.prepare('SELECT pid, since FROM owner').get();
    return owner ? ` (process ${String(owner['pid'])}, since ${new Date(Number(owner['since'])).toISOString()})` : '';
  } catch {
    // Its owner is just writing its name; that it is in use is all there is to say.
    return '';
  }
}
