import { existsSync, writeFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '../open-database.ts';
import { openAndServe } from '../serve.ts';

/** A database thread that dies when asked, and does not open again while its folder has a file `broken`. */
const { dir } = workerData as { dir: string };
const order: number[] = [];
const verbs = {
  die(): void {
    process.exit(3);
  },
  dieBroken(): void {
    writeFileSync(`${dir}/broken`, '');
    throw process.exit(3);
  },
  /** Holds the thread for a while, as a long report does. */
  hold({ ms }: { ms: number }): void {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  },
  note: ({ n }: { n: number }): number => order.push(n),
  urgent: ({ n }: { n: number }): number => order.push(n),
  order: (): number[] => order,
  refuse(): void {
    throw new RangeError('no');
  },
};
export type NaughtyVerbs = typeof verbs;

if (parentPort)
  openAndServe(parentPort, () => {
    if (existsSync(`${dir}/broken`)) throw new Error('the disk is broken');
    const db = openDatabase({
      path: `${dir}/naughty.db`,
      synchronous: 'NORMAL',
      cacheKiB: 64,
      migrations: new URL('./no-migrations/', import.meta.url),
    });
    return { db, verbs, urgent: ['urgent'], together: 2, mode: 'write' };
  });
