import { describe, expect, it } from 'vitest';
import { memoryHistory } from '../adapters/store-memory/index.ts';
import { freshStores } from '../adapters/store-sqlite/sqlite.testkit.ts';
import { HOUR, MINUTE, NOON, aVisit } from '../ports/history-store.testkit.ts';
import { Analytics, type AnalyticsQuery } from './analytics.ts';

const DAY_MS = 86_400_000;

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

  it('[AN11] a minute with nobody there counts; before the first visit, and while the server was away, there is nothing', async () => {
    for (const make of [async () => ({ history: memoryHistory(), dispose: async () => undefined }), freshStores]) {
      const { history, dispose } = await make();
      const online = (minute: number, n: number) => ({ workspace: 'w', site: 'a', at: NOON + minute * MINUTE, online: n });
      await history.sampleOnline([], NOON - HOUR);
      for (const minute of [3, 4, 5, 5]) await history.sampleOnline(minute === 4 ? [online(4, 6)] : [], NOON + minute * MINUTE);
      await history.sampleOnline([{ ...online(30, 1), workspace: 'other' }], NOON + 30 * MINUTE);
      expect(await new Analytics(history).online(asked())).toMatchObject({
        value: {
          points: [
            { at: NOON, max: 6, average: 2 },
            { at: NOON + 30 * MINUTE, max: 0, average: 0 },
          ],
        },
      });
      expect(await new Analytics(history).online(asked({ site: 'b' }))).toMatchObject({ value: { points: [], peak: null } });
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

  it.each([
    ['memory', async () => ({ history: memoryHistory(), dispose: async (): Promise<void> => undefined })],
    ['sqlite', freshStores],
  ] as const)(
    '[AN26] rows and rest are the total, however many rows, with what was put together and with the range before (%s)',
    async (_, make) => {
      const { history, dispose } = await make();
      const analytics = new Analytics(history);
      // The day before saw more paths than a day keeps, and some that the day has not.
      for (const [startedAt, paths] of [
        [NOON - DAY_MS, 1_900],
        [NOON, 1_400],
      ] as const)
        await history.saveVisits(
          Array.from({ length: 50 }, (__, i) =>
            aVisit({
              startedAt,
              country: ['DE', 'FR', 'GB', 'US', ''][i % 5]!,
              referrerHost: i % 2 === 0 ? '' : `host-${i % 12}.example`,
              paths: ['/home', ...Array.from({ length: paths / 50 }, (___, k) => `/${i * (paths / 50) + k}`)],
            }),
          ),
        );
      for (const [dimension, of] of [
        ['page', 'pages'],
        ['country', 'visits'],
        ['referrer', 'visits'],
        ['traffic', 'visits'],
      ] as const)
        for (const limit of [1, 3, 7, 500])
          for (const compare of [false, true])
            for (const period of ['today', '7d'] as const) {
              const found = await analytics.breakdown({ ...asked({ period, now: NOON + HOUR }), dimension, limit, compare });
              if (!found.ok) throw new Error('refused');
              const { rows, rest, total, more, other } = found.value;
              const where = { dimension, limit, compare, period };
              const sum = rows.reduce((all, row) => all + row[of], 0) + (rest?.[of] ?? 0);
              const before = rows.reduce((all, row) => all + (row.before ?? 0), 0) + (rest?.before ?? 0);
              expect({ ...where, sum, before: compare ? before : null }).toEqual({ ...where, sum: total[of], before: total.before });
              expect(rest === null || (rest[of] ?? 0) > 0 || (rest.before ?? 0) > 0).toBe(true);
              if (more || other) expect(rest?.[of]).toBeGreaterThanOrEqual(other?.[of] ?? 1);
              if (dimension === 'page' && limit === 500 && period === 'today' && compare)
                // A path of the day that the day before has put together, or never saw: nobody knows which.
                expect(rows.filter((row) => row.before === 0)).toEqual([]);
            }
      await dispose();
    },
    60_000,
  );

  it('[AN27] a place of which only the country is known has no label', async () => {
    const { history, dispose } = await freshStores();
    await history.saveVisits([aVisit({ place: 'CZ||', country: 'CZ', region: '', city: '' }), aVisit({ place: '', country: '' })]);
    expect(await new Analytics(history).breakdown({ ...asked(), dimension: 'city', limit: 9, compare: false })).toMatchObject({
      value: {
        rows: [
          { value: '', label: '', country: '' },
          { value: 'CZ||', label: '', country: 'CZ' },
        ],
      },
    });
    await dispose();
  });
});
