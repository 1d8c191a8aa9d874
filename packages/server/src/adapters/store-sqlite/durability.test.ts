import { spawn, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE, NOON, aVisit, expectRecount, nextId } from '../../ports/history-store.testkit.ts';
import { Outage } from '../../ports/outage.ts';
import { DataDirInUse, lockDataDir } from './index.ts';
import { newDataDir, openStores, removeDataDir } from './sqlite.testkit.ts';

let dir: string;
beforeEach(() => {
  dir = newDataDir();
});
afterEach(() => removeDataDir(dir));

const testdata = (file: string): string => fileURLToPath(new URL(`./testdata/${file}`, import.meta.url));
const child = (file: string) => spawn(process.execPath, [testdata(file), dir], { stdio: ['ignore', 'pipe', 'inherit'] });
const gone = (process: ReturnType<typeof child>): Promise<void> => new Promise((resolve) => process.once('exit', () => resolve()));

describe('what is on disk', () => {
  it('[HI17][ST9] everything acknowledged is there after kill -9 in mid write, and every count is right', async () => {
    for (let round = 0; round < 3; round++) {
      const writer = child('write-until-killed.ts');
      const acked: string[] = [];
      let [batches, kept] = [0, 0];
      for await (const line of createInterface({ input: writer.stdout })) {
        acked.push(...line.split(' '));
        if (line.startsWith('visit')) batches++;
        if (line.startsWith('filter')) kept++;
        // In the middle of what comes after the acknowledgement; each file has its own pace.
        if (batches >= 8 + round * 5 && kept >= 2) writer.kill('SIGKILL');
      }
      const stores = await openStores(dir);
      const visits = acked.filter((id) => id.startsWith('visit'));
      expect(visits.length).toBeGreaterThan(500);
      const found = await stores.history.visitsById(visits);
      expect(found).toHaveLength(new Set(visits).size);
      for (const hash of acked.filter((id) => id.startsWith('session'))) expect(await stores.team.session(hash)).not.toBeNull();
      const stored = new Set([
        ...(await stores.team.filters({ workspace: 'killed', user: 'u' })).map(({ id }) => id),
        ...(await stores.team.notes({ workspace: 'killed', visitor: 'v' })).map(({ id }) => id),
      ]);
      const keeping = acked.filter((id) => /^(filter|note)-/.test(id));
      expect(keeping.length).toBeGreaterThan(2);
      expect(keeping.filter((id) => !stored.has(id))).toEqual([]);

      const db = new DatabaseSync(join(dir, 'events.db'), { readOnly: true });
      expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
      const all = db
        .prepare('SELECT visit FROM visit')
        .all()
        .map((r) => String(r['visit']));
      db.close();
      await expectRecount(stores.history, { workspace: 'killed', timeZone: 'UTC', visits: await stores.history.visitsById(all) });
      await stores.close();
    }
  }, 90_000);

  it('[HI21] a second start on the folder says who has it, and a killed owner leaves it free', async () => {
    const owner = child('hold-lock.ts');
    for await (const line of createInterface({ input: owner.stdout })) if (line === 'locked') break;
    expect(() => lockDataDir(dir, NOON)).toThrow(DataDirInUse);
    expect(() => lockDataDir(dir, NOON)).toThrow(new RegExp(`in use by another Foyer \\(process ${owner.pid}, since `));
    const ended = gone(owner);
    owner.kill('SIGKILL');
    await ended;
    lockDataDir(dir, NOON)();
  });

  it('[HI21] the folder is locked while the stores are open, in this process too, and free afterwards', async () => {
    const stores = await openStores(dir);
    await expect(openStores(dir)).rejects.toThrow(DataDirInUse);
    // A refused attempt must not have dropped the lock: POSIX does so when any descriptor of the file is closed.
    const other = spawnSync(process.execPath, [testdata('hold-lock.ts'), dir], { encoding: 'utf8', timeout: 10_000 });
    expect(other.stderr).toContain('in use by another Foyer');
    expect(other.status).toBe(1);
    await stores.close();
    await (await openStores(dir)).close();
  });

  it('[HI21] nobody else may read the folder or its files', async () => {
    const stores = await openStores(dir);
    await stores.history.saveVisits([aVisit()]);
    const mode = (file: string): string => (statSync(join(dir, file)).mode & 0o777).toString(8);
    expect(mode('.')).toBe('700');
    for (const file of ['core.db', 'events.db', 'events.db-wal', 'events.db-shm', 'foyer.lock'])
      expect(`${file} ${mode(file)}`).toBe(`${file} 600`);
    await stores.close();
  });

  it('[HI18] while a file is locked by somebody else calls are an outage and leave nothing, and go well afterwards', async () => {
    const stores = await openStores(dir);
    const visit = aVisit({ workspace: nextId('workspace') });
    const intruders = ['events.db', 'core.db'].map((file) => {
      const db = new DatabaseSync(join(dir, file));
      db.exec('BEGIN IMMEDIATE');
      return db;
    });
    const calls = [
      () => stores.history.saveVisits([visit]),
      () => stores.history.meetVisitors([visit]),
      () => stores.team.putSetupToken('h'),
    ];
    for (const outcome of await Promise.allSettled(calls.map((call) => call())))
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(Outage) });
    expect(await stores.history.visitsById([visit.visit])).toEqual([]);
    for (const db of intruders) db.close();
    for (const call of calls) await call();
    expect(await stores.history.visitsById([visit.visit])).toEqual([visit]);
    await stores.close();
  });

  it('[HI14] a change of zone that was cut off is finished at the next start', async () => {
    const first = await openStores(dir);
    const workspace = nextId('workspace');
    const visits = Array.from({ length: 3_000 }, (_, i) =>
      aVisit({ workspace, visitor: `v${i % 2_000}`, startedAt: NOON + i * 7 * MINUTE }),
    );
    await first.history.saveVisits(visits);
    const moving = first.history.setZone({ workspace, timeZone: 'Asia/Tokyo' });
    // Two answers later it has begun, and is far from its end: it gives way between slices.
    for (let i = 0; i < 2; i++) await first.history.meetVisitors([{ workspace, visitor: 'v', visit: nextId('visit'), startedAt: NOON }]);
    await Promise.all([first.close(), expect(moving).rejects.toThrow(Outage)]);
    const db = new DatabaseSync(join(dir, 'events.db'), { readOnly: true });
    expect(db.prepare('SELECT next_zone FROM workspace').get()).toEqual({ next_zone: 'Asia/Tokyo' });
    db.close();

    const second = await openStores(dir);
    // Changes of zone queue up, so this one ends after the one that is taken up again.
    await second.history.setZone({ workspace, timeZone: 'Asia/Tokyo' });
    await expectRecount(second.history, { workspace, timeZone: 'Asia/Tokyo', visits });
    await second.close();
  });

  it('[HI19] [HI22] a file of a newer schema is refused with what to do, and left as it is', async () => {
    await (await openStores(dir)).close();
    const path = join(dir, 'core.db');
    const db = new DatabaseSync(path);
    const known = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
    db.exec('PRAGMA user_version = 99');
    db.close();
    await expect(openStores(dir)).rejects.toThrow(
      /core\.db was written by a newer Foyer \(schema 99; this one knows \d+\)\. Start that version/,
    );
    const after = new DatabaseSync(path);
    expect(after.prepare('PRAGMA user_version').get()).toEqual({ user_version: 99 });
    after.exec(`PRAGMA user_version = ${known}`);
    after.close();
    // The failed start has given the folder back.
    await (await openStores(dir)).close();
  });
});
