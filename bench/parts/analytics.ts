import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calendarOf } from '@foyer/domain/analytics';
import { createRandom, type Random } from '@foyer/domain/simulate';
import { openSqliteStores } from '../../packages/server/src/adapters/store-sqlite/index.ts';
import { systemClock } from '../../packages/server/src/adapters/system-clock.ts';
import { Analytics, type AnalyticsQuery } from '../../packages/server/src/history/analytics.ts';
import { pastFigures } from '../../packages/server/src/history/past-figures.ts';
import { Replay } from '../../packages/server/src/history/replay.ts';
import type { PastQuery, VisitRecord } from '../../packages/server/src/ports/history-store.ts';
import { percentile } from '../../tools/swarm/marker.ts';
import type { BenchPart } from '../part.ts';

const PATHS = 20_000;
const PAGES_A_VISIT = 4;
const DAYS = 90;
const DAY_MS = 86_400_000;
/** Summer time ends in between. */
const TIME_ZONE = 'Europe/Berlin';
const NOW = Date.UTC(2026, 10, 20, 20);
const BATCH = 2_000;
type Stores = Awaited<ReturnType<typeof openSqliteStores>>;
const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };
const COUNTRIES = ['DE', 'FR', 'US', 'GB', 'IN', 'BR', 'CZ', 'JP', 'PL', 'NL', 'ES', 'IT', 'SE', 'AU', 'CA'];

/** Few paths have most views, as everywhere. */
const aPath = (random: Random): string => `/page-${Math.floor(PATHS * random.next() ** 3)}`;

function aVisit(n: number, startedAt: number, people: number, random: Random): VisitRecord {
  const person = random.int(0, people);
  const trail = Array.from({ length: PAGES_A_VISIT }, (_, i) => ({
    at: startedAt + i * 20_000,
    url: `https://shop.example${aPath(random)}`,
    title: 'A page of the shop',
  }));
  return {
    ...{
      workspace: 'w',
      site: person % 5 === 0 ? 'blog' : 'shop',
      visit: `visit-${String(n).padStart(9, '0')}`,
      visitor: `visitor-${person}`,
    },
    ...{ startedAt, lastActivityAt: startedAt + 90_000, endedAt: startedAt + 90_000, leftAt: startedAt + 90_000, pages: PAGES_A_VISIT },
    ...{ trail, tabs: {}, country: COUNTRIES[person % 15]!, region: '', city: `City ${person % 3_000}`, place: `place-${person % 3_000}` },
    ...{ lat: 1, lon: 2, approximate: false, browser: ['Chrome', 'Safari', 'Firefox'][person % 3]!, browserVersion: '1', os: 'Linux' },
    ...{
      osVersion: '',
      device: 'desktop',
      lang: 'de',
      timeZone: '',
      screen: '',
      referrer: '',
      referrerHost: `ref-${person % 900}.example`,
    },
    ...{ campaign: '', ip: '', organisation: '', source: 'widget', context: '', filtered: '', name: '', identity: '' },
    goals: person % 40 === 0 ? [{ goal: 'checkout', at: startedAt, value: 20, currency: 'EUR' }] : [],
  };
}

async function fill({ history }: Stores, visits: number, say: (line: string) => void): Promise<void> {
  const random = createRandom(1);
  const people = Math.ceil(visits / 2);
  await history.setZone({ workspace: 'w', timeZone: TIME_ZONE });
  const from = NOW - DAYS * DAY_MS;
  const beganMs = performance.now();
  for (let n = 0; n < visits; n += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, visits - n) }, (_, i) =>
      aVisit(n + i, from + Math.floor(((n + i) / visits) * DAYS * DAY_MS), people, random),
    );
    await history.saveVisits(batch);
    if (n > 0 && n % (BATCH * 100) === 0) say(`${n} of ${visits} visits, ${Math.round(n / ((performance.now() - beganMs) / 1_000))}/s`);
  }
}

/** The middle one of some, after one that warms the cache: a neighbour on the machine makes some of them slow. */
async function median(times: number, work: () => Promise<unknown>): Promise<number> {
  await work();
  const took: number[] = [];
  for (let i = 0; i < times; i++) {
    const beganMs = performance.now();
    await work();
    took.push(performance.now() - beganMs);
  }
  return percentile(took, 0.5);
}

/** Values that all have, some have, and nobody has: the last is what a page that may read 5,000 rows costs. */
const FILTERS: readonly Omit<PastQuery, 'workspace' | 'limit'>[] = [
  {},
  { country: 'CZ', site: 'blog' },
  { country: 'NZ' },
  { goal: 'checkout' },
  { goal: 'nothing' },
  { withConversation: true },
  { from: NOW - 60 * DAY_MS, to: NOW - 59 * DAY_MS },
  { text: 'city 17' },
  { text: 'page' },
  { text: '1' },
  { text: 'shop page-19999', country: 'CZ' },
  { text: 'nothing like it' },
];

async function slowestPage({ history }: Stores, say: (line: string) => void): Promise<number> {
  const beganMs = performance.now();
  await history.people({ workspace: 'w', text: 'x', limit: 1 });
  say(`what is stored is in the index ${Math.round((performance.now() - beganMs) / 1_000)} s later`);
  let slowest = 0;
  for (const list of ['pastVisits', 'people'] as const)
    for (const filter of FILTERS) {
      const ms = await median(5, () => history[list]({ workspace: 'w', limit: 50, ...filter }));
      say(`a page of ${list} by ${JSON.stringify(filter)}: ${ms.toFixed(1)} ms`);
      slowest = Math.max(slowest, ms);
    }
  return slowest;
}

/** Of a workspace that had them all yesterday. */
async function replayOfADay({ history }: Stores, visits: number, say: (line: string) => void): Promise<number> {
  const random = createRandom(2);
  for (let n = 0; n < visits; n += BATCH)
    await history.saveVisits(
      Array.from({ length: BATCH }, (_, i) => ({
        ...aVisit(n + i, NOW - DAY_MS + Math.floor(((n + i) / visits) * DAY_MS), visits, random),
        ...{ workspace: 'day', visit: `day-${n + i}` },
      })),
    );
  let bytes = 0;
  const ms = await median(3, async () => {
    const replay = new Replay(history);
    bytes = 0;
    for (let after: string | undefined; ;) {
      const page = await replay.read({ workspace: 'day', from: NOW - DAY_MS, to: NOW, after, now: NOW });
      bytes += JSON.stringify(page).length;
      if (page.next === null) return;
      after = page.next;
    }
  });
  say(`a day of ${visits} visits for its replay: ${ms.toFixed(0)} ms, ${Math.round(bytes / 1_000)} kB`);
  return ms;
}

export const analytics: BenchPart = {
  name: 'analytics',
  about: 'reports over 10,000,000 page views on 20,000 paths in 90 days (--quick: 400,000)',
  isOnlyByName: true,
  async run({ quick, say }) {
    const pages = quick ? 400_000 : 10_000_000;
    const dataDir = mkdtempSync(join(tmpdir(), 'foyer-bench-'));
    const stores = await openSqliteStores({ dataDir, clock: systemClock, log: QUIET });
    try {
      const beganMs = performance.now();
      await fill(stores, pages / PAGES_A_VISIT, say);
      const megabytes = Math.round(statSync(join(dataDir, 'events.db')).size / 1e6);
      say(`${pages} page views stored in ${Math.round((performance.now() - beganMs) / 1_000)} s, ${megabytes} MB`);
      const reports = new Analytics(stores.history);
      const q: AnalyticsQuery = { workspace: 'w', timeZone: TIME_ZONE, period: '90d', now: NOW };
      const odd = { ...q, period: 'own', firstDay: '2026-08-27', lastDay: '2026-11-12' } as const;
      let report = 0;
      for (const dimension of ['page', 'city', 'referrer', 'country'] as const)
        for (const asked of [q, odd]) {
          const ms = await median(9, () => reports.breakdown({ ...asked, dimension, limit: 100, compare: false }));
          say(`${dimension} over ${asked.period === 'own' ? '78 odd days' : '90 days'}: ${ms.toFixed(1)} ms`);
          report = Math.max(report, ms);
        }
      for (const period of ['7d', '90d'] as const) {
        const askedMs = performance.now();
        const overview = () => reports.overview({ ...q, period, compare: true });
        await overview();
        const firstMs = performance.now() - askedMs;
        const ms = await median(9, overview);
        say(
          `overview of ${period} beside that before: ${ms.toFixed(1)} ms; the first time ${firstMs.toFixed(0)} ms, its visitors being counted`,
        );
        report = Math.max(report, ms);
      }
      const rows = await median(9, () =>
        stores.history.rollup({ workspace: 'w', dimension: 'total', step: 'day', from: NOW - DAYS * DAY_MS, to: NOW, limit: 1_000 }),
      );
      say(`visits by day: ${rows.toFixed(1)} ms`);
      // What was counted is kept: each range is another one.
      let hours = 0;
      const unique = await median(5, () =>
        stores.history.distinct({ workspace: 'w', from: NOW - 77 * DAY_MS - ++hours * 3_600_000, to: NOW - 8 * DAY_MS }),
      );
      say(`unique visitors of 69 days, the first time: ${unique.toFixed(0)} ms`);
      const calendar = calendarOf(TIME_ZONE);
      const beside = await median(9, () => pastFigures(stores.history, { workspace: 'w', calendar, now: NOW }));
      say(`what a monitor shows of the past: ${beside.toFixed(1)} ms`);
      const listPageMs = await slowestPage(stores, say);
      const replayDayMs = await replayOfADay(stores, quick ? 10_000 : 100_000, say);
      return { reportMs: Math.max(report, rows), uniqueVisitorsMs: unique, listPageMs, replayDayMs };
    } finally {
      await stores.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};
