import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Row } from '@foyer/protocol';
import { afterAll, describe, expect, test } from 'vitest';
import { openStores } from '../packages/server/src/adapters/store-sqlite/sqlite.testkit.ts';
import { expectRecount } from '../packages/server/src/ports/history-store.testkit.ts';
import { startSwarm, type Swarm } from '../tools/swarm/swarm.ts';
import { Account } from './account.ts';
import { FoyerProcess } from './foyer-process.ts';

const SOCKETS = 300;
/** Begins after a start takes, so that "within the window" asks of every tab what it can do. */
const RETRY = { minMs: 2_500, maxMs: 4_500 };
/** What the last tab's handshake may take on top, on a machine that also runs the swarm. */
const HANDSHAKE_MS = 2_000;
const BEFORE = 2;
const DURING = 5;
const AFTER = 1;

const data = mkdtempSync(join(tmpdir(), 'foyer-e2e-kill-'));
const env = {
  FOYER_TRUST_PROXY: 'loopback',
  FOYER_RETRY_MIN_MS: String(RETRY.minMs),
  FOYER_RETRY_MAX_MS: String(RETRY.maxMs),
  FOYER_LOG_LEVEL: 'warn',
};
afterAll(() => rmSync(data, { recursive: true, force: true }));

type Listed = Map<string, Pick<Row, 'startedAt' | 'pages' | 'visitor' | 'n'>>;

/** Every listed visit, counted or not: an answer has at most 200 rows, so from both ends. */
async function listed(owner: Account): Promise<Listed> {
  const found: Listed = new Map();
  for (const filtered of [false, true]) {
    for (const dir of ['asc', 'desc']) {
      const { rows } = await owner.get<{ rows: Row[] }>(`/visitors?limit=200&dir=${dir}&filtered=${filtered}`);
      for (const { id, startedAt, pages, visitor, n } of rows) found.set(id, { startedAt, pages, visitor, n });
    }
  }
  return found;
}

describe('kill -9 under load', () => {
  test('[EE12][EE13] every tab is back in its window with all it was, and the store has counted each thing once', async () => {
    let foyer = await FoyerProcess.start({ data, env });
    const swarms: Swarm[] = [];
    try {
      const owner = await Account.setUp(foyer);
      const { key, id: siteId } = await owner.site();
      await owner.patch(`/sites/${siteId}`, { countAutomated: true });
      const { port } = foyer;
      const swarm = await startSwarm({ url: `http://127.0.0.1:${port}`, siteKey: key, seed: 7 });
      swarms.push(swarm);
      await swarm.connect({ count: SOCKETS });
      await swarm.browse({ pagesPerTab: BEFORE, seconds: 1, untilStored: true });
      const before = await listed(owner);
      expect(before.size).toBe(SOCKETS);
      const visits = await swarm.visits();

      // In the middle of page views that the store has not said it has.
      const sentBefore = (await swarm.stats()).sent;
      const browsed = swarm.browse({ pagesPerTab: DURING, seconds: 3, untilStored: true }).then(
        () => 'stored',
        (cause: unknown) => cause,
      );
      await expect.poll(async () => (await swarm.stats()).sent, { interval: 20, timeout: 10_000 }).toBeGreaterThan(sentBefore + SOCKETS);
      const killedMs = performance.now();
      await foyer.kill();
      await expect.poll(async () => (await swarm.stats()).in).toBe(0);
      foyer = await FoyerProcess.start({ data, port, env });
      const downMs = performance.now() - killedMs;
      expect(await swarm.allIn({ withinMs: 30_000 })).toEqual({ in: SOCKETS, tabs: SOCKETS });
      expect(await browsed).toBe('stored');
      const back = await swarm.stats();
      const [down, median, last] = [downMs, back.backMsP50, back.backMsMax].map(Math.round);
      process.stdout.write(
        `kill -9: down ${down} ms; back median ${median} ms, last ${last} ms; window ${RETRY.minMs}–${RETRY.maxMs} ms\n`,
      );
      expect(back).toMatchObject({ back: SOCKETS, changed: 0, unstored: 0 });
      // On a machine so busy that the start outlasts the window's beginning, tabs knock too early, and then wait up to as long again.
      const latestMs = downMs <= RETRY.minMs ? RETRY.maxMs : RETRY.minMs + 2 * downMs;
      expect(back.backMsMax).toBeLessThanOrEqual(latestMs + HANDSHAKE_MS);
      expect(await swarm.visits()).toEqual(visits);

      await swarm.browse({ pagesPerTab: AFTER, seconds: 1, untilStored: true });
      const pages = 1 + BEFORE + DURING + AFTER;
      const whole = (rows: Listed) => [...rows].map(([id, row]) => ({ id, ...row, pages })).sort((a, b) => (a.id < b.id ? -1 : 1));
      const now = await listed(owner);
      expect([...now].map(([id, row]) => ({ id, ...row })).sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(whole(before));

      const counted = [
        ...(await owner.get<{ rows: { visits: number; pages: number }[] }>(`/reports/visits?from=0&to=${Date.now() + 86_400_000}`)).rows,
      ];
      const leftOut = await owner.get<{ total: number }>('/visitors?filtered=true&limit=0');
      // The last page view of each tab is stored by the stop at the latest; visits are counted when they begin.
      expect(counted.reduce((sum, row) => sum + row.visits, 0)).toBe(SOCKETS - leftOut.total);
    } finally {
      for (const swarm of swarms) await swarm.stop();
      await foyer.stop();
      await foyer.dispose();
    }
    await expectStored();
  });
});

/** What is on disk when nobody runs: by plain SQL, and by a recount of every visit against every rollup row. */
async function expectStored(): Promise<void> {
  const events = new DatabaseSync(join(data, 'events.db'), { readOnly: true });
  const stored = events.prepare('SELECT visit, workspace, visitor, pages FROM visit').all() as {
    visit: string;
    workspace: string;
    visitor: string;
    pages: number;
  }[];
  events.close();
  expect(stored.length).toBe(SOCKETS);
  expect(new Set(stored.map(({ visitor }) => visitor)).size).toBe(SOCKETS);
  expect(stored.filter(({ pages }) => pages !== 1 + BEFORE + DURING + AFTER)).toEqual([]);
  const { history, close } = await openStores(data);
  try {
    const visits = await history.visitsById(stored.map(({ visit }) => visit));
    await expectRecount(history, { workspace: stored[0]?.workspace ?? '', timeZone: 'Europe/Prague', visits });
  } finally {
    await close();
  }
}
