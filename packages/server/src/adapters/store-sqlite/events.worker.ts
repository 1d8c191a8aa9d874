import { parentPort, workerData } from 'node:worker_threads';
import { bookAgain } from './book-again.ts';
import { historyIndex } from './history-index.ts';
import { keepHouse } from './keep-house.ts';
import { meetVisitors } from './meet-visitors.ts';
import { openDatabase } from './open-database.ts';
import { saveVisits } from './save-visits.ts';
import { listPeople, personBooks } from './person-books.ts';
import { requestWrites } from './request-verbs.ts';
import { openAndServe } from './serve.ts';
import type { DatabaseSync } from 'node:sqlite';

function verbsOf(db: DatabaseSync) {
  const index = historyIndex(db);
  const people = personBooks(db, index);
  listPeople(db, people);
  return {
    saveVisits: saveVisits(db, index, people),
    meetVisitors: meetVisitors(db),
    ...keepHouse(db, index, people),
    ...requestWrites(db),
  };
}
export type EventsVerbs = ReturnType<typeof verbsOf>;

if (parentPort)
  openAndServe(parentPort, () => {
    const { path } = workerData as { path: string };
    const db = openDatabase({ path, synchronous: 'NORMAL', cacheKiB: 8_192, migrations: new URL('./migrations/events/', import.meta.url) });
    bookAgain(db);
    // A commit costs 30 µs without a sync, so batches need not wait for each other; rows that wait for their number go first.
    return { db, verbs: verbsOf(db), urgent: ['meetVisitors'], together: 4, mode: 'write' };
  });
