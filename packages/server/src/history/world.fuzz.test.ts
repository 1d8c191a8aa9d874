import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createRandom } from '@foyer/domain/simulate';
import { describe, it } from 'vitest';
import { memoryHistory } from '../adapters/store-memory/index.ts';
import { freshStores, newDataDir, openStores, removeDataDir } from '../adapters/store-sqlite/sqlite.testkit.ts';
import { MINUTE, nextId } from '../ports/history-store.testkit.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import { dateOf, expectFigures } from './analytics.testkit.ts';
import { expectGoals, expectLists, expectOnline, expectPast, expectReplays, expectSeries, samplesOf } from './world-figures.testkit.ts';
import { WORLD_DAYS, WORLD_FROM, type WorldLog, inWorkspace, worldLog } from './world-log.testkit.ts';

const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Chatham'];
/** All of it in `npm run soak`, which says how many random cases are tried. */
const VISITS = process.env['FOYER_FUZZ_SEEDS'] === undefined ? 5_000 : 50_000;
/** In the soak it takes as long as it takes. */
const LIMIT_MS = VISITS > 5_000 ? 0 : 240_000;
const DAY_MS = 86_400_000;
const NOW = WORLD_FROM + (WORLD_DAYS + 1) * DAY_MS;
const log = worldLog({ seed: 3, visits: VISITS });

async function expectWorld(history: HistoryStore, { visits, paths }: WorldLog, timeZone: string): Promise<void> {
  const random = createRandom(timeZone.length);
  const day = (at: number): string => dateOf(at, timeZone);
  const last = day(NOW - DAY_MS);
  const ranges: [string, string][] = [
    [day(WORLD_FROM - DAY_MS), last],
    // A clock change each, a single week, a single month.
    ['2026-10-25', '2026-10-25'],
    ['2026-11-01', '2026-11-01'],
    ['2026-09-27', '2026-09-27'],
    ['2026-10-12', '2026-10-18'],
    ['2026-10-01', '2026-10-31'],
  ];
  for (let i = 0; i < 3; i++) {
    const from = WORLD_FROM + random.int(0, 38) * DAY_MS;
    ranges.push([day(from), day(Math.min(NOW - DAY_MS, from + random.int(0, 30) * DAY_MS))]);
  }
  for (const [i, [firstDay, lastDay]] of ranges.entries()) {
    const asked = {
      ...{ workspace: 'world', timeZone, firstDay, lastDay, now: NOW, visits },
      ...(i % 3 === 1 ? { site: i % 2 === 0 ? 'shop' : 'blog' } : {}),
    };
    await expectFigures(history, { ...asked, paths });
    await expectSeries(history, asked);
    await expectGoals(history, asked);
    await expectPast(history, asked, [WORLD_FROM + random.int(0, 40 * 24) * 3_600_000]);
  }
}

describe('figures of a world', () => {
  it.each(ZONES)(
    '[AN8] over forty days in %s every figure equals a count over the log of the world itself, whatever jumps its clock made',
    async (timeZone) => {
      const made = await freshStores();
      try {
        await made.history.setZone({ workspace: 'world', timeZone });
        for (const batch of log.batches) await made.history.saveVisits(batch);
        await expectWorld(made.history, log, timeZone);
        await expectLists(made.history, 'world', log.visits, timeZone.length);
        const span = { workspace: 'world', visits: log.visits, from: WORLD_FROM, to: NOW, now: NOW };
        await expectReplays(made.history, span, createRandom(timeZone.length));
      } finally {
        await made.dispose();
      }
    },
    LIMIT_MS,
  );

  it(
    '[AN9] the same after kill -9 at random moments, and a change of zone between them',
    async () => {
      const dir = newDataDir();
      const short = worldLog({ seed: 3, visits: VISITS, mostPages: 50 });
      const random = createRandom(11);
      const program = fileURLToPath(new URL('./testdata/world-until-killed.ts', import.meta.url));
      try {
        let acked = -1;
        for (; acked < short.batches.length - 1;) {
          const until = acked + random.int(1, Math.ceil(short.batches.length / 3));
          // Some is told again: an acknowledgement may have been lost with the process.
          const writer = spawn(process.execPath, [program, dir, String(VISITS), String(Math.max(0, acked - random.int(0, 4)))], {
            stdio: ['ignore', 'pipe', 'inherit'],
          });
          for await (const line of createInterface({ input: writer.stdout })) {
            acked = Math.max(acked, Number(line));
            if (acked >= until) writer.kill('SIGKILL');
          }
        }
        const stores = await openStores(dir);
        for (const timeZone of VISITS > 5_000 ? ZONES : ['America/New_York']) {
          await stores.history.setZone({ workspace: 'world', timeZone });
          await expectWorld(stores.history, short, timeZone);
        }
        await expectLists(stores.history, 'world', short.visits, 5);
        await stores.close();
      } finally {
        removeDataDir(dir);
      }
    },
    LIMIT_MS,
  );

  it(
    '[AN11] who was online at once over forty days, at every quarter-hour, hour and day of each zone, though the server was away for a while',
    async () => {
      const made = await freshStores();
      const random = createRandom(9);
      const samples = samplesOf('world', log.visits);
      const looked: number[] = [];
      for (let at = Math.ceil(WORLD_FROM / MINUTE) * MINUTE; at < NOW; at += MINUTE) {
        // Away for seven hours; and its clock went back once, so that some minutes came twice.
        const hours = (at - WORLD_FROM) / (60 * MINUTE);
        if (hours < 500 || hours > 507) looked.push(at);
      }
      const told = [...looked.slice(0, 9_000), ...looked.slice(8_880)];
      for (let from = 0; from < told.length; from += 500)
        await Promise.all(told.slice(from, from + 500).map((at) => made.history.sampleOnline(samples.get(at) ?? [], at)));
      for (const timeZone of ZONES) {
        const asked = { workspace: 'world', timeZone, now: NOW, visits: log.visits, samples, looked };
        const first = dateOf(WORLD_FROM + random.int(0, 30) * DAY_MS, timeZone);
        await expectOnline(made.history, { ...asked, firstDay: '2026-10-25', lastDay: '2026-10-25' });
        await expectOnline(made.history, { ...asked, firstDay: '2026-10-31', lastDay: '2026-11-02', site: 'blog' });
        await expectOnline(made.history, { ...asked, firstDay: first, lastDay: dateOf(NOW - DAY_MS, timeZone) });
      }
      await made.dispose();
    },
    LIMIT_MS,
  );

  it('[AN8] a world in memory comes to the same figures', async () => {
    const history = memoryHistory();
    const workspace = nextId('workspace');
    await history.setZone({ workspace, timeZone: 'Pacific/Chatham' });
    for (const batch of log.batches.slice(0, 40)) await history.saveVisits(inWorkspace(workspace, batch));
    const ids = new Set(log.batches.slice(0, 40).flatMap((batch) => batch.map((r) => `${workspace}/${r.visit}`)));
    const visits = await history.visitsById([...ids]);
    await expectFigures(history, {
      workspace,
      timeZone: 'Pacific/Chatham',
      firstDay: '2026-09-25',
      lastDay: '2026-11-05',
      now: NOW,
      visits,
    });
  });
});
