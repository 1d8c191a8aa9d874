import { chmodSync, closeSync, openSync } from 'node:fs';

/**
 * Makes `path` a file that only this user can read and write.
 *
 * A file that is there is not opened, not even to close it again: POSIX drops all locks that a process has on a file as soon as it closes
 * *any* descriptor of it, SQLite's included (sqlite.org/howtocorrupt.html, section 2.2).
 */
export function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    chmodSync(path, 0o600);
  }
}
