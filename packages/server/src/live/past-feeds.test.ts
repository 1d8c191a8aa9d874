import type { ConsoleDown, PastFigures, PastFrame } from '@foyer/protocol';
import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../adapters/fake-clock.ts';
import { memoryHistory } from '../adapters/store-memory/index.ts';
import { aNode, aWorld, SITE, OTHER_SITE, WORKSPACE } from '../edge/edge.testkit.ts';
import { aVisit, DAY, HOUR, MINUTE } from '../ports/history-store.testkit.ts';
import type { HistoryStore, VisitRecord } from '../ports/history-store.ts';
import { PastFeeds } from './past-feeds.ts';

/** A Sunday, in Berlin the day whose clock goes back: 25 hours. */
const NOW = Date.UTC(2026, 9, 25, 12);
const BERLIN = { timeZone: 'Europe/Berlin' };
const pasts = (frames: readonly ConsoleDown[]) => frames.filter((frame): frame is PastFrame => frame.t === 'past');

async function aMonitor(options: { history?: Partial<HistoryStore>; now?: number; trackingInPlan?: boolean } = {}) {
  const world = aWorld({ clock: new FakeClock(options.now ?? NOW), history: memoryHistory() });
  const history = { ...world.history, ...options.history };
  const rollup = vi.fn(history.rollup);
  const node = await aNode({
    world,
    settings: BERLIN,
    history: { ...history, rollup },
    ...(options.trackingInPlan === undefined ? {} : { trackingInPlan: options.trackingInPlan }),
  });
  await node.clock.advanceAsync(0);
  return { node, world, rollup, pass: (ms = 0) => node.clock.advanceAsync(ms) };
}
const save = (history: HistoryStore, ...given: Partial<VisitRecord>[]) =>
  history.saveVisits(given.map((over) => aVisit({ workspace: WORKSPACE, site: SITE.id, ...over })));

/** What counting the visits one by one gives, by the dates that Intl names. */
function counted(visits: readonly { startedAt: number }[], timeZone: string, now: number) {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  const [today, noon] = [format.format(now), Date.parse(`${format.format(now)}T12:00:00Z`)];
  const dates = visits.map(({ startedAt }) => format.format(startedAt));
  const on = (date: string): number => dates.filter((one) => one === date).length;
  return {
    timeZone,
    today: on(today),
    month: dates.filter((date) => date.startsWith(today.slice(0, 7)) && date <= today).length,
    days: [6, 5, 4, 3, 2, 1, 0].map((back) => {
      const date = new Date(noon - back * DAY).toISOString().slice(0, 10);
      return { date, visits: on(date) };
    }),
  };
}

describe('figures of the past beside the live ones', () => {
  it.each(['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Chatham'])(
    '[AN18] are those of the days of %s, at every hour of two weeks in which clocks change',
    async (timeZone) => {
      const startedAt = Array.from({ length: 400 }, (_, i) => Date.UTC(2026, 9, 1) + i * 2.3 * HOUR);
      const clock = new FakeClock(Date.UTC(2026, 9, 24));
      const store = memoryHistory();
      await store.setZone({ workspace: WORKSPACE, timeZone });
      await save(store, ...startedAt.map((at) => ({ startedAt: at })), { startedAt: NOW, filtered: 'bot' });
      const feeds = new PastFeeds({ store, clock, now: () => clock.now(), timeZoneOf: () => timeZone, onOutage: () => {} });
      let shown: Partial<PastFigures> = {};
      const stop = feeds.open({ past: (_, set) => (shown = { ...shown, ...set }) }, 'p', { workspace: WORKSPACE, site: undefined });
      while (clock.now() < Date.UTC(2026, 10, 5)) {
        await clock.advanceAsync(1_000);
        expect(shown).toMatchObject(
          counted(
            startedAt.map((at) => ({ startedAt: at })),
            timeZone,
            clock.now(),
          ),
        );
        clock.jump(HOUR - 1_000);
      }
      stop();
    },
  );

  it('[AN18] are told whole, then as far as they change, of the workspace or of one site, until closed', async () => {
    const { node, world, pass } = await aMonitor();
    await save(world.history, { startedAt: NOW - HOUR }, { startedAt: NOW - DAY, site: OTHER_SITE.id }, { startedAt: NOW - 30 * DAY });
    const sample = (at: number, site: string, online: number) => ({ workspace: WORKSPACE, site, at, online });
    await world.history.sampleOnline([
      sample(NOW - DAY, SITE.id, 9),
      sample(NOW - HOUR, SITE.id, 3),
      sample(NOW - HOUR, OTHER_SITE.id, 1),
      sample(NOW - HOUR + MINUTE, SITE.id, 2),
    ]);
    const console = node.console();
    console.say({ t: 'past', view: 'all' }, { t: 'past', view: 'one', site: OTHER_SITE.id });
    await pass();
    const day = { from: Date.UTC(2026, 9, 24, 22), to: Date.UTC(2026, 9, 25, 23) };
    expect(pasts(console.news())).toEqual([
      {
        t: 'past',
        view: 'all',
        now: NOW,
        set: {
          ...counted([{ startedAt: NOW - HOUR }, { startedAt: NOW - DAY }], 'Europe/Berlin', NOW),
          online: { ...day, points: [{ at: NOW - HOUR, max: 4, average: 3 }] },
        },
      },
      {
        t: 'past',
        view: 'one',
        now: NOW,
        set: {
          ...counted([{ startedAt: NOW - DAY }], 'Europe/Berlin', NOW),
          online: { ...day, points: [{ at: NOW - HOUR, max: 1, average: 1 }] },
        },
      },
    ]);
    await save(world.history, { startedAt: NOW });
    await pass(1_000);
    const news = pasts(console.news());
    expect(news).toMatchObject([{ view: 'all', set: { today: 2, month: 3 } }]);
    expect(Object.keys(news[0]!.set)).toEqual(['today', 'month', 'days']);
    // A visitor who comes is in it a moment later.
    node.arrive();
    await pass(2_000);
    expect(pasts(console.news()).at(-1)).toMatchObject({ set: { today: 3 } });
    console.say({ t: 'close', view: 'all' });
    node.arrive();
    await pass(3_000);
    expect(pasts(console.news())).toEqual([]);
  });

  it('[AN18] another zone of the workspace is another today', async () => {
    const { node, world, pass } = await aMonitor();
    await save(world.history, { startedAt: NOW - 10 * HOUR });
    const console = node.console();
    console.say({ t: 'past', view: 'p' });
    await pass();
    expect(pasts(console.news())).toMatchObject([{ set: { timeZone: 'Europe/Berlin', today: 1 } }]);
    await node.change({ timeZone: 'America/New_York' });
    await pass(2_000);
    const set = pasts(console.news()).reduce<Partial<PastFigures>>((all, frame) => ({ ...all, ...frame.set }), {});
    expect(set).toMatchObject({ timeZone: 'America/New_York', today: 0, online: { from: Date.UTC(2026, 9, 25, 4) } });
    expect(set.days?.at(-2)).toEqual({ date: '2026-10-24', visits: 1 });
  });

  it('[AN19] a hundred consoles are one reading a second; with the last one it ends, and coming back at once is no other', async () => {
    const { node, world, rollup, pass } = await aMonitor();
    const consoles = Array.from({ length: 100 }, (_, i) => node.console('agent', { user: `u${i}` }));
    for (const console of consoles) console.say({ t: 'past', view: 'p' });
    await pass();
    for (const console of consoles) expect(pasts(console.news())).toHaveLength(1);
    expect(rollup).toHaveBeenCalledTimes(1);
    await pass(10_000);
    expect(rollup).toHaveBeenCalledTimes(11);
    for (const console of consoles) expect(pasts(console.news())).toEqual([]);
    await save(world.history, { startedAt: NOW });
    await pass(1_000);
    expect(new Set(consoles.flatMap((console) => console.texts.slice(-1))).size).toBe(1);
    for (const console of consoles) console.session.closed();
    rollup.mockClear();
    const late = node.console();
    for (let i = 0; i < 20; i++) {
      late.say({ t: 'past', view: 'p' });
      late.say({ t: 'close', view: 'p' });
    }
    expect(pasts(late.heard).length + rollup.mock.calls.length).toBe(0);
    late.say({ t: 'past', view: 'p' });
    expect(late.texts.filter((text) => text.includes('"past"'))).toHaveLength(21);
    late.session.closed();
    await pass(1_000);
    rollup.mockClear();
    await pass(60_000);
    expect(rollup).not.toHaveBeenCalled();
  });

  it('[AN19] a reading that takes long is not joined by another', async () => {
    const free: (() => void)[] = [];
    const inner = memoryHistory();
    const { node, rollup, pass } = await aMonitor({
      history: { rollup: (q) => new Promise((resolve) => free.push(() => resolve(inner.rollup(q)))) },
    });
    node.console().say({ t: 'past', view: 'p' });
    await pass(30_000);
    expect(rollup).toHaveBeenCalledTimes(1);
    free.shift()!();
    await pass(1_000);
    expect(rollup).toHaveBeenCalledTimes(2);
  });

  it('[AN20] an outage is said once and leaves what was told', async () => {
    let isAway = false;
    const inner = memoryHistory();
    const { node, pass } = await aMonitor({
      history: { ...inner, rollup: (q) => (isAway ? Promise.reject(new Error('away')) : inner.rollup(q)) },
    });
    const console = node.console();
    console.say({ t: 'past', view: 'p' });
    await pass();
    isAway = true;
    await pass(5_000);
    expect(node.outages.map(({ what }) => what)).toEqual(['read the past for a monitor']);
    expect(pasts(console.news())).toHaveLength(1);
    isAway = false;
    await save(inner, { startedAt: NOW });
    await pass(1_000);
    expect(pasts(console.news())).toMatchObject([{ set: { today: 1 } }]);
  });

  it('[AN20] a site of elsewhere, a plan without tracking and one view too many are refused', async () => {
    const refusals = (frames: readonly ConsoleDown[]) => frames.flatMap((frame) => (frame.t === 'refused' ? [frame.code] : []));
    const { node, rollup } = await aMonitor();
    const console = node.console();
    expect(refusals(console.say({ t: 'past', view: 'p', site: 'elsewhere' }))).toEqual(['unknown_site']);
    for (let i = 0; i < 16; i++) console.say({ t: 'past', view: `p${i}` });
    expect(refusals(console.say({ t: 'past', view: 'more' }))).toEqual(['too_many_views']);
    expect(refusals(console.say({ t: 'past', view: 'p3' }))).toEqual([]);
    expect(rollup).toHaveBeenCalledTimes(1);
    const { node: poor } = await aMonitor({ trackingInPlan: false });
    expect(refusals(poor.console().say({ t: 'past', view: 'p' }))).toEqual(['not_allowed']);
  });

  it('[AN20] a console that reads slowly gets what has changed in one', async () => {
    const { node, world, pass } = await aMonitor();
    const console = node.console();
    console.isSlow = true;
    console.say({ t: 'past', view: 'p' }, { t: 'past', view: 'gone' });
    await pass();
    console.news();
    for (let i = 0; i < 5; i++) {
      await save(world.history, { startedAt: NOW });
      await pass(1_000);
    }
    console.say({ t: 'close', view: 'gone' });
    expect(pasts(console.news())).toEqual([]);
    console.isSlow = false;
    console.session.drained();
    expect(pasts(console.news())).toMatchObject([{ view: 'p', set: { today: 5, month: 5 } }]);
  });
});
