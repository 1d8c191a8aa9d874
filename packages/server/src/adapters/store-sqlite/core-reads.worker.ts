import type { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { chatInboxVerbs } from './chat-inbox.ts';
import { chatReadVerbs } from './chat-reads.ts';
import { openReader } from './open-database.ts';
import { openAndServe } from './serve.ts';

const verbsOf = (db: DatabaseSync) => ({ ...chatReadVerbs(db), ...chatInboxVerbs(db) });
export type CoreReadVerbs = ReturnType<typeof verbsOf>;

/** Lists and searches over conversations: a slow one must not make a message wait for its receipt. */
if (parentPort)
  openAndServe(parentPort, () => {
    const { path } = workerData as { path: string };
    const db = openReader(path, 4_096);
    return { db, verbs: verbsOf(db), urgent: ['messagesAfter', 'conversation', 'conversationsOf'], together: 1, mode: 'read' };
  });
