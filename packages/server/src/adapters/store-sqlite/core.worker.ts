import type { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { chatKeepingVerbs } from './chat-keeping.ts';
import { chatProfileVerbs } from './chat-profile.ts';
import { chatWriteVerbs } from './chat-writes.ts';
import { noticeVerbs } from './notice-verbs.ts';
import { openDatabase } from './open-database.ts';
import { openAndServe } from './serve.ts';
import { entranceVerbs } from './team-entrance.ts';
import { identityVerbs } from './team-identity.ts';
import { memberVerbs } from './team-members.ts';
import { keepingVerbs } from './team-keeping.ts';
import { siteVerbs } from './team-sites.ts';

function verbsOf(db: DatabaseSync) {
  const sites = siteVerbs(db);
  return {
    ...sites,
    ...memberVerbs(db),
    ...entranceVerbs(db, sites.putSite),
    ...keepingVerbs(db),
    ...identityVerbs(db),
    ...chatWriteVerbs(db),
    ...chatKeepingVerbs(db),
    ...chatProfileVerbs(db),
    ...noticeVerbs(db),
  };
}
export type CoreVerbs = ReturnType<typeof verbsOf>;

if (parentPort)
  openAndServe(parentPort, () => {
    const { path } = workerData as { path: string };
    const db = openDatabase({ path, synchronous: 'FULL', cacheKiB: 2_048, migrations: new URL('./migrations/core/', import.meta.url) });
    // Each commit waits for the disk, so what queued meanwhile goes together.
    return { db, verbs: verbsOf(db), together: 256, mode: 'write' };
  });
