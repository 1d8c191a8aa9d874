import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { Account } from './account.ts';
import { FoyerProcess } from './foyer-process.ts';
import { pageOf, TabSocket } from './sockets.ts';

let foyer: FoyerProcess;
afterEach(() => foyer.dispose());

describe('the process', () => {
  test('[EE19] a second start on the same folder says who has it and ends; the first goes on', async () => {
    foyer = await FoyerProcess.start();
    const second = await FoyerProcess.fails({ data: foyer.data });
    expect(second.code).toBe(1);
    expect(second.output).toContain(`The data folder ${foyer.data} is in use by another Foyer (process ${foyer.pid}`);
    expect(second.output).not.toMatch(/^\s+at /m);
    expect((await fetch(`${foyer.origin}/readyz`)).status).toBe(200);
    const owner = await Account.setUp(foyer);
    expect(await owner.me()).toMatchObject({ role: 'owner' });
  });

  test('[EE19] a port that is taken is said, too', async () => {
    foyer = await FoyerProcess.start();
    const second = await FoyerProcess.fails({ port: foyer.port });
    expect(second.code).toBe(1);
    expect(second.output).toContain(String(foyer.port));
    expect(second.output).not.toMatch(/^\s+at /m);
  });

  test('[EE20] SIGTERM sends tabs away to come back, and stores what was said last', async () => {
    foyer = await FoyerProcess.start({ env: { FOYER_TRUST_PROXY: 'loopback', FOYER_RETRY_MIN_MS: '700', FOYER_RETRY_MAX_MS: '900' } });
    const owner = await Account.setUp(foyer);
    const { key } = await owner.site();
    const tabs = Array.from({ length: 5 }, (_, i) => new TabSocket({ origin: foyer.origin, key, from: `203.0.113.${i + 1}` }));
    const named = await Promise.all(tabs.map((tab) => tab.arrive('/1')));
    for (const tab of tabs) for (const n of [2, 3, 4]) tab.say({ t: 'page', ...pageOf(n, `/${n}`) });
    // They are with the server, and surely not all on disk.
    for (const { visit } of named) await expect.poll(() => owner.get(`/visitors/${visit}`), { interval: 10 }).toMatchObject({ pages: 4 });

    const closings = Promise.all(tabs.map((tab) => tab.closing()));
    const fromMs = performance.now();
    expect(await foyer.stop()).toBe(0);
    expect(performance.now() - fromMs).toBeLessThan(10_000);
    for (const closing of await closings)
      expect(closing).toMatchObject({ code: 1001, advice: { code: 'restart', minMs: 700, maxMs: 900 } });

    const events = new DatabaseSync(join(foyer.data, 'events.db'), { readOnly: true });
    const stored = events.prepare('SELECT visit, pages, trail FROM visit ORDER BY visit').all() as {
      visit: string;
      pages: number;
      trail: string;
    }[];
    const views = events.prepare("SELECT sum(pages) AS pages FROM rollup WHERE step = 'day' AND dimension = 'total' AND site <> ''").get();
    events.close();
    expect(stored.map(({ visit, pages }) => ({ visit, pages }))).toEqual(
      named.map(({ visit }) => ({ visit, pages: 4 })).sort((a, b) => (a.visit < b.visit ? -1 : 1)),
    );
    for (const { trail } of stored) for (const n of [1, 2, 3, 4]) expect(trail).toContain(`https://shop.test/${n}"`);
    expect(views).toEqual({ pages: 20 });

    // Started again, everything is as it was.
    const again = await FoyerProcess.start({ data: foyer.data });
    const back = await Account.signedIn(again, { email: 'olga@foyer.test', password: 'ten letters at least' });
    for (const { visit } of named) expect(await back.get(`/visitors/${visit}`)).toMatchObject({ pages: 4 });
    expect(await again.stop()).toBe(0);
  });
});
