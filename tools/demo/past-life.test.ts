import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { casting, createRandom, createRegulars, createWorld, FERNHILL, ORIGINS, SIDE_SITES } from '@foyer/domain/simulate';
import { createLog, openSqliteStores, systemClock, type VisitRecord } from '@foyer/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writePast } from './past.ts';
import { writePastLife } from './past-life.ts';

type Asked = Parameters<typeof writePastLife>[0];
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** At noon, wherever the test runs: nights lie where they are looked for. */
const NOW = new Date(2026, 10, 21, 12, 7, 23).getTime();
const VISITORS = 40;
const SITES = ['shop', ...SIDE_SITES.map(({ key }) => key)];
const cast = casting({ origins: ORIGINS, shares: SIDE_SITES.map(({ share }) => share) });
const place = { country: 'DE', region: 'Berlin', city: 'Berlin', place: 'DE|Berlin|Berlin', lat: 52, lon: 13 };
const places: Pick<Asked['archive'], 'lookup' | 'visitorOf'> = {
  lookup: () => ({ ...place, approximate: false, organisation: '', by: 'database' }),
  visitorOf: (site, of) => `v ${site} ${of}`,
};
const plan = (seed: number) => ({
  ...{ workspace: 'w', agents: ['mia', 'jonas'], ai: 'fern', cast, sides: SIDE_SITES, visitors: VISITORS, seed, now: NOW },
  sites: SITES.map((id) => ({ id, address: `https://${id}.example/demo/` })),
});

/** What is written, with a store that only remembers. */
async function visitsOf(seed: number, isOver: () => boolean = () => false): Promise<VisitRecord[]> {
  const visits: VisitRecord[] = [];
  const archive: Asked['archive'] = {
    ...places,
    history: {
      meetVisitors: () => Promise.resolve([]),
      saveVisits: async (batch) => void visits.push(...batch),
      sampleOnline: () => Promise.resolve(),
      replay: () => Promise.resolve([]),
    },
    chats: {
      request: async (q) => ({ ok: true, receipt: { conversation: '', seq: 0, at: q.now }, changes: [] }),
      putProfile: () => Promise.resolve(true),
    },
  };
  await writePastLife({ ...plan(seed), archive, stays: [], isOver });
  return visits;
}

test('[AV17] the same seed has the same past, and one that is over writes no more', async () => {
  const whole = await visitsOf(5);
  expect(await visitsOf(5)).toEqual(whole);
  let asked = 0;
  const cut = await visitsOf(5, () => ++asked > 40);
  expect(cut.length).toBeGreaterThan(0);
  expect(cut.length).toBeLessThan(whole.length);
});

describe('in the store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-past-life-'));
  let stores: Awaited<ReturnType<typeof openSqliteStores>>;
  const visits: VisitRecord[] = [];
  beforeAll(async () => {
    stores = await openSqliteStores({ dataDir: folder, clock: systemClock, log: createLog({ level: 'error' }) });
    const { history, chat: chats } = stores;
    const archive: Asked['archive'] = {
      ...places,
      history: {
        meetVisitors: (batch) => history.meetVisitors(batch),
        saveVisits: (batch) => {
          visits.push(...batch);
          return history.saveVisits(batch);
        },
        sampleOnline: (samples) => history.sampleOnline(samples),
        replay: (q) => history.replay(q),
      },
      chats,
    };
    const regulars = createRegulars(90, cast, createRandom(7));
    const stays = await writePast({ ...plan(7), archive, regulars });
    await writePastLife({ ...plan(7), archive, stays, isOver: () => false });
  }, 60_000);
  afterAll(async () => {
    await stores.close();
    rmSync(folder, { recursive: true });
  });

  const thereAt = (at: number): number => visits.filter(({ startedAt, leftAt }) => startedAt <= at && leftAt > at).length;

  test('[AV17] two months of visits, days and nights, with orders and leads, all of them over', () => {
    const days = new Set(visits.map(({ startedAt }) => Math.floor(startedAt / DAY_MS)));
    expect(days.size).toBeGreaterThanOrEqual(61);
    for (const { startedAt, lastActivityAt, endedAt, leftAt, pages, trail } of visits) {
      expect(endedAt).toBe(lastActivityAt);
      expect(lastActivityAt).toBeGreaterThanOrEqual(startedAt);
      expect(leftAt).toBeGreaterThanOrEqual(lastActivityAt);
      // Nobody is listed longer after their last activity.
      expect(leftAt - lastActivityAt).toBeLessThan(30 * MINUTE_MS);
      expect(leftAt).toBeLessThan(NOW);
      expect(trail.length).toBe(pages);
      for (const { url } of trail) expect(url).not.toContain('?');
    }
    expect(new Set(visits.map(({ visit }) => visit)).size).toBe(visits.length);
    expect(new Set(visits.map(({ site }) => site)).size).toBe(SITES.length);
    expect(visits.some(({ campaign }) => campaign === 'autumn-tents · google · cpc')).toBe(true);
    const goals = visits.flatMap((visit) => visit.goals);
    expect(goals.filter(({ goal, value }) => goal === 'checkout' && value > 0).length).toBeGreaterThan(50);
    expect(goals.filter(({ goal }) => goal === 'lead-captured').length).toBeGreaterThan(10);
    expect(goals.some(({ goal }) => goal === 'read-a-story')).toBe(true);
    expect(new Set(visits.map(({ context }) => context))).toEqual(new Set(['', 'collection', 'product', 'search', 'cart', 'checkout']));
    // Some come again, and never twice at once.
    const byVisitor = Map.groupBy(visits, ({ visitor }) => visitor);
    expect(byVisitor.size / visits.length).toBeLessThan(0.9);
    for (const all of byVisitor.values()) {
      all.sort((a, b) => a.startedAt - b.startedAt);
      for (const [i, { startedAt }] of all.entries()) if (i > 0) expect(startedAt - all[i - 1]!.leftAt).toBeGreaterThan(30 * MINUTE_MS);
    }
    // Nights are quiet.
    const hour = (h: number): number => visits.filter(({ startedAt }) => new Date(startedAt).getHours() === h).length;
    expect(hour(20)).toBeGreaterThan(4 * hour(3));
  });

  test('[AV22] how many were online at a time is the number of visits that are stored as there at that time, each minute of the last day and each quarter-hour before', async () => {
    const read = (from: number, to: number) => stores.history.onlineSamples({ workspace: 'w', from, to, limit: 100_000 });
    const lastDay = await read(NOW - DAY_MS, NOW);
    expect(lastDay.length).toBe(1_440);
    for (const { at, online } of lastDay) expect(online).toBe(thereAt(at));
    const before = await read(NOW - 9 * DAY_MS, NOW - 2 * DAY_MS);
    expect(before.length).toBeGreaterThanOrEqual(7 * 96 - 1);
    for (const { at, online } of before) expect(online).toBe(thereAt(at));
    const shop = await stores.history.onlineSamples({ workspace: 'w', site: 'shop', from: NOW - 8 * HOUR_MS, to: NOW, limit: 1_000 });
    const inShop = visits.filter(({ site }) => site === 'shop');
    for (const { at, online } of shop) expect(online).toBe(inShop.filter(({ startedAt, leftAt }) => startedAt <= at && leftAt > at).length);
    // What a replay shows is the same.
    const noon = NOW - DAY_MS / 2;
    const played = await stores.history.replay({ workspace: 'w', from: noon, to: noon + 1, limit: 10_000 });
    expect(played.filter(({ startedAt, leftAt }) => startedAt <= noon && leftAt > noon).length).toBe(thereAt(noon));
  });

  test('[AV22] the last day has its busy hour with as many as the demo, and a quiet night', () => {
    const mean = (from: number, to: number): number => {
      let sum = 0;
      for (let at = from; at < to; at += MINUTE_MS) sum += thereAt(at);
      return sum / ((to - from) / MINUTE_MS);
    };
    const evening = new Date(NOW - DAY_MS / 2).setHours(20, 0, 0, 0) - (new Date(NOW - DAY_MS / 2).getHours() < 20 ? DAY_MS : 0);
    const busy = mean(evening, evening + HOUR_MS);
    expect(busy).toBeGreaterThan(0.8 * VISITORS);
    expect(busy).toBeLessThan(1.2 * VISITORS);
    const night = new Date(NOW).setHours(3, 0, 0, 0);
    expect(mean(night, night + HOUR_MS)).toBeLessThan(0.25 * VISITORS);
  });

  test('[AV22] the past goes over into the present without a gap: what it has and what the simulated world opens with are together as many as the demo', () => {
    const warmMs = 25 * MINUTE_MS;
    const regulars = createRegulars(90, cast, createRandom(7));
    const world = createWorld({
      ...{ seed: 7, visitors: VISITORS, shop: FERNHILL, sides: SIDE_SITES, cast, regulars, warmMs, fillMs: 2_000, talks: true },
    });
    const since = new Map<number, number>();
    for (let event = world.next(); event.atMs < 2_000; event = world.next()) {
      const { person, action } = event;
      if (action.kind !== 'open' || !action.past || person.device.bot || person.device.automated) continue;
      since.set(person.id, Math.max(since.get(person.id) ?? 0, action.past.pages[0]?.agoMs ?? action.past.agoMs));
    }
    // Ten minutes together: so few people come and go in waves.
    const online = Array.from({ length: 60 }, (_, i) => {
      const agoMs = (i + 1) * MINUTE_MS;
      return thereAt(NOW - agoMs) + [...since.values()].filter((ms) => ms >= agoMs).length;
    });
    for (let first = 0; first < 60; first += 10) {
      const mean = online.slice(first, first + 10).reduce((sum, there) => sum + there, 0) / 10;
      expect(mean, `${first} to ${first + 10} minutes before: ${online.join(' ')}`).toBeGreaterThan(0.75 * VISITORS);
      expect(mean, `${first} to ${first + 10} minutes before: ${online.join(' ')}`).toBeLessThan(1.3 * VISITORS);
    }
  });

  test('[AV23] every conversation of the past can be read, and is over, but for two by the API; the others were held in a visit, by whoever it is of', async () => {
    const { entries } = await stores.chat.inbox({ workspace: 'w', agent: 'mia', filter: {}, sort: 'newest', limit: 10_000 });
    expect(entries.length).toBeGreaterThan(80);

    const open: string[] = [];
    for (const { state, last, country, unread } of entries) {
      const messages = await stores.chat.messagesBefore({ workspace: 'w', conversation: state.id, seq: state.seq + 1, limit: 200 });
      expect(messages.length).toBe(state.seq);
      expect(messages.filter(({ from }) => from.kind === 'visitor').length).toBeGreaterThan(0);
      expect(messages.map(({ at }) => at)).toEqual(messages.map(({ at }) => at).sort((a, b) => a - b));
      expect(country).toBe('DE');
      expect(last).not.toBeNull();
      expect(state.lastMessageAt).toBeLessThan(NOW);
      if (state.phase.status !== 'resolved') {
        open.push(`${state.source} ${state.phase.status}`);
        continue;
      }
      expect(messages.some(({ from, body }) => (from.kind === 'agent' || from.kind === 'ai') && body.kind !== 'event')).toBe(true);
      expect(unread).toBe(0);
      if (state.source !== 'widget') continue;
      const visit = visits.find(
        (one) => one.visitor === state.visitor && one.startedAt <= state.startedAt && one.leftAt >= state.startedAt,
      )!;
      expect(state.startedAt).toBeGreaterThanOrEqual(visit.startedAt);
      expect(state.startedAt).toBeLessThanOrEqual(visit.lastActivityAt);
      expect(visit.leftAt).toBeGreaterThanOrEqual(Math.max(...messages.filter(({ from }) => from.kind === 'visitor').map(({ at }) => at)));
      for (const { goal } of state.goals) expect(visit.goals.map((reached) => reached.goal)).toContain(goal);
    }
    expect(open.sort()).toEqual(['api assigned', 'api unassigned']);
    const states = entries.map(({ state }) => state);
    for (const source of ['widget', 'api', 'playground']) expect(states.some((state) => state.source === source)).toBe(true);
    expect(states.some(({ rating }) => rating?.stars === 5)).toBe(true);
    expect(states.some(({ goals }) => goals.some(({ goal }) => goal === 'lead-captured'))).toBe(true);
    expect(new Set(states.flatMap(({ tags }) => tags)).size).toBeGreaterThan(3);
    const share = states.filter(({ source }) => source === 'widget').length / visits.length;
    expect(share).toBeGreaterThan(0.012);
    expect(share).toBeLessThan(0.03);
  });
});
