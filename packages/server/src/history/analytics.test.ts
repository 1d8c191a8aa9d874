import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createRandom } from '@foyer/domain/simulate';
import { describe, expect, it } from 'vitest';
import { memoryHistory } from '../adapters/store-memory/index.ts';
import { freshStores, newDataDir, openStores, removeDataDir } from '../adapters/store-sqlite/sqlite.testkit.ts';
import { MINUTE, NOON, aVisit, nextId } from '../ports/history-store.testkit.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import { Analytics, type AnalyticsQuery } from './analytics.ts';
import { dateOf, expectFigures } from './analytics.testkit.ts';
import { WORLD_DAYS, WORLD_FROM, type WorldLog, inWorkspace, worldLog } from './world-log.testkit.ts';

const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Chatham'];
/** All of it in `npm run soak`, which sets how many random cases are tried. */
const VISITS = process.env['FOYER_FUZZ_SEEDS'] === undefined ? 5_000 : 50_000;
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
  for (const [i, [firstDay, lastDay]] of ranges.entries())
    await expectFigures(history, {
      ...{ workspace: 'world', timeZone, firstDay, lastDay, now: NOW, visits, paths },
      ...(i % 3 === 1 ? { site: i % 2 === 0 ? 'shop' : 'blog' } : {}),
    });
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
      } finally {
        await made.dispose();
      }
    },
    VISITS * 24,
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
        await stores.history.setZone({ workspace: 'world', timeZone: 'America/New_York' });
        await expectWorld(stores.history, short, 'America/New_York');
        await stores.close();
      } finally {
        removeDataDir(dir);
      }
    },
    VISITS * 24,
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

describe('figures', () => {
  const asked = (given: Partial<AnalyticsQuery> = {}): AnalyticsQuery => ({
    ...{ workspace: 'w', timeZone: 'UTC', period: 'own', firstDay: '2026-03-10', lastDay: '2026-03-10', now: NOON + DAY_MS },
    ...given,
  });

  it.each([
    ['memory', 2_000, async () => ({ history: memoryHistory(), dispose: async (): Promise<void> => undefined })],
    ['sqlite', 100_000, freshStores],
  ] as const)(
    '[AN10] of many thousand paths the largest stay, the rest is put together and said so, and no sum changes (%s, %i)',
    async (_, paths, make) => {
      const { history, dispose } = await make();
      const analytics = new Analytics(history);
      const visits = paths / 40;
      for (let from = 0; from < visits; from += 100)
        await history.saveVisits(
          Array.from({ length: Math.min(100, visits - from) }, (__, i) =>
            aVisit({ paths: ['/home', ...Array.from({ length: 40 }, (___, k) => `/<script>${(from + i) * 40 + k}`)] }),
          ),
        );
      const found = await analytics.breakdown({ ...asked(), dimension: 'page', limit: 100, compare: true });
      if (!found.ok) throw new Error('refused');
      const { rows, other, total, more } = found.value;
      expect(rows).toHaveLength(100);
      expect(rows[0]).toMatchObject({ value: '/home', pages: visits, before: 0 });
      expect(more).toBe(true);
      expect(other!.pages).toBeGreaterThanOrEqual(paths - 1_250);
      expect(total.pages).toBe(visits * 41);
      const spans = [{ step: 'week', from: 0, to: 8e15 }] as const;
      const all = await history.sums({ workspace: 'w', dimensions: ['page'], spans, limit: 1e6, by: 'pages' });
      expect(all.reduce((sum, row) => sum + row.pages, 0)).toBe(total.pages);
      expect(all.length).toBeLessThan(1_300);
      await dispose();
    },
    60_000,
  );

  it('[AN11] who was online at once: the most and the mean of each period, of the workspace and of a site, without the periods nobody looked', async () => {
    for (const make of [async () => ({ history: memoryHistory(), dispose: async () => undefined }), freshStores]) {
      const { history, dispose } = await make();
      const analytics = new Analytics(history);
      const sample = (minute: number, site: string, online: number) => ({ workspace: 'w', site, at: NOON + minute * MINUTE, online });
      for (const batch of [
        [sample(0, 'a', 3), sample(0, 'b', 4)],
        [sample(1, 'a', 5)],
        [sample(1, 'a', 5), sample(1, 'b', 1)],
        [sample(20, 'b', 2)],
      ])
        await history.sampleOnline(batch);
      const all = await analytics.online(asked());
      expect(all).toMatchObject({
        value: {
          step: 'quarter',
          points: [
            { at: NOON, max: 7, average: 6.5 },
            { at: NOON + 15 * MINUTE, max: 2, average: 2 },
          ],
          peak: { at: NOON, online: 7 },
        },
      });
      expect(await analytics.online({ ...asked({ site: 'b' }), step: 'day' })).toMatchObject({
        value: { points: [{ at: NOON - 12 * 60 * MINUTE, max: 4, average: 2.33 }] },
      });
      // What is counted stays when the samples go.
      await history.purge({ workspace: 'w', before: NOON + DAY_MS, limit: 100 });
      if (make === freshStores) expect(await analytics.online(asked())).toEqual(all);
      await dispose();
    }
  });

  it('[AN12] the range before is told beside it, value by value', async () => {
    const history = memoryHistory();
    await history.saveVisits([
      aVisit({ visitor: 'x', country: 'DE' }),
      aVisit({ visitor: 'x', country: 'DE', startedAt: NOON - DAY_MS }),
      aVisit({ visitor: 'y', country: 'FR', startedAt: NOON - DAY_MS }),
    ]);
    const analytics = new Analytics(history);
    expect(await analytics.overview({ ...asked(), compare: true })).toMatchObject({
      value: {
        figures: { visits: 1, visitors: 1 },
        before: { figures: { visits: 2, visitors: 2 }, range: { firstDay: '2026-03-09', lastDay: '2026-03-09' } },
      },
    });
    expect(await analytics.breakdown({ ...asked(), dimension: 'country', limit: 10, compare: true })).toMatchObject({
      value: { rows: [{ value: 'DE', visits: 1, before: 1 }] },
    });
  });

  it('[AN13] goals: visits that reached them, times, values by currency, and by country', async () => {
    const history = memoryHistory();
    const goal = (at: number, value = 0, currency = '') => ({ goal: 'checkout', at: NOON + at, value, currency });
    await history.saveVisits([
      aVisit({ country: 'DE', goals: [goal(1, 19.99, 'EUR'), goal(2, 5, 'EUR'), goal(3, 7, 'USD')] }),
      aVisit({ country: 'DE' }),
      aVisit({ country: 'FR', goals: [goal(1)] }),
    ]);
    expect(await new Analytics(history).goals({ ...asked(), limit: 10 })).toMatchObject({
      value: {
        visits: 3,
        goals: [
          {
            goal: 'checkout',
            visits: 2,
            times: 4,
            values: [
              { currency: 'EUR', sum: 24.99, times: 2 },
              { currency: 'USD', sum: 7, times: 1 },
            ],
          },
        ],
        countries: [
          { country: 'DE', visits: 2, goals: { checkout: 1 } },
          { country: 'FR', visits: 1, goals: { checkout: 1 } },
        ],
      },
    });
  });
});
