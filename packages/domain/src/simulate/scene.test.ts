import { describe, expect, test } from 'vitest';
import {
  casting,
  createRandom,
  createRegulars,
  createWorld,
  FERNHILL,
  ORIGINS,
  SIDE_SITES,
  sidePages,
  type TalkState,
  type WorldEvent,
  type WorldOptions,
} from './index.ts';

const cast = casting({ origins: ORIGINS, shares: SIDE_SITES.map(({ share }) => share) });
const WARM_MS = 25 * 60_000;
const FILL_MS = 8_000;
function aScene(over: Partial<WorldOptions> = {}) {
  const seed = over.seed ?? 1;
  const regulars = createRegulars(600, cast, createRandom(seed));
  return createWorld({
    seed,
    visitors: 400,
    shop: FERNHILL,
    sides: SIDE_SITES,
    cast,
    regulars,
    warmMs: WARM_MS,
    fillMs: FILL_MS,
    talks: true,
    ...over,
  });
}
const until = (endMs: number, over: Partial<WorldOptions> = {}): WorldEvent[] => {
  const world = aScene(over);
  const events: WorldEvent[] = [];
  for (let event = world.next(); event.atMs < endMs; event = world.next()) events.push(event);
  return events;
};
const opens = (events: readonly WorldEvent[]) =>
  events.flatMap((event) => (event.action.kind === 'open' ? [{ ...event, ...event.action }] : []));

describe('a world that has been going on', () => {
  test('[SI1] the same seed gives the same people, pasts and conversations', () => {
    expect(until(60_000)).toEqual(until(60_000));
    expect(until(20_000, { seed: 2 })).not.toEqual(until(20_000, { seed: 3 }));
  });

  test('[SI2][SI8] opens full: everybody comes in with what they did so far, and times never go back', () => {
    const events = until(60_000);
    const come = opens(events).filter(({ past }) => past);
    const left = new Set(events.filter(({ atMs, action }) => action.kind === 'close' && atMs < FILL_MS + 3_100).map(({ tab }) => tab));
    const there = come.filter(({ tab }) => !left.has(tab));
    expect(new Set(there.map(({ person }) => person.id)).size).toBeGreaterThan(400 * 0.85);
    expect(Math.max(...come.map(({ atMs }) => atMs))).toBeLessThanOrEqual(FILL_MS);
    expect(come.filter(({ past }) => past!.idleMs > 5 * 60_000).length, 'idle').toBeGreaterThan(5);
    expect(come.filter(({ past }) => past!.pages.length > 4).length, 'with a history').toBeGreaterThan(50);
    expect([...left].length, 'just left').toBeGreaterThan(50);
    for (const { past } of come) {
      const ages = [...past!.pages.map(({ agoMs }) => agoMs), past!.agoMs];
      expect(ages).toEqual([...ages].sort((a, b) => b - a));
      expect(Math.min(...ages, past!.idleMs)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...ages)).toBeLessThanOrEqual(WARM_MS);
      expect(past!.idleMs).toBeLessThanOrEqual(past!.agoMs);
    }
    const open = new Set<number>();
    let lastMs = 0;
    for (const { atMs, tab, action } of events) {
      expect(atMs).toBeGreaterThanOrEqual(lastMs);
      lastMs = atMs;
      if (action.kind === 'talk') continue;
      if (action.kind === 'open') open.add(tab);
      expect(open.has(tab), `${action.kind} in tab ${tab}`).toBe(true);
      if (action.kind === 'close') open.delete(tab);
    }
  });

  test('[SI3] the number online stays within 15 percent while it goes on', () => {
    const world = aScene();
    let [least, most] = [Number.POSITIVE_INFINITY, 0];
    for (let atMs = 0; atMs < 1_800_000; atMs = world.next().atMs) {
      if (atMs < FILL_MS + 5_000) continue;
      least = Math.min(least, world.online);
      most = Math.max(most, world.online);
    }
    expect(least).toBeGreaterThan(400 * 0.85);
    expect(most).toBeLessThan(400 * 1.15);
  });

  test('[SI8] some were here before, some have a name, some places nobody knows; each keeps to its site', () => {
    const come = opens(until(600_000));
    const people = [...new Map(come.map(({ person }) => [person.id, person])).values()];
    const share = (holds: (person: (typeof people)[number]) => boolean) => people.filter(holds).length / people.length;
    const returning = share(({ cookie }) => cookie !== '');
    expect(returning).toBeGreaterThan(0.15);
    expect(returning).toBeLessThan(0.5);
    expect(share(({ identity }) => identity !== null)).toBeGreaterThan(0.05);
    expect(share(({ country, timeZone }) => country === '' && timeZone === 'UTC')).toBeGreaterThan(0.003);
    expect(share(({ country, address }) => country !== '' && /^(192\.0\.2|198\.51\.100|203\.0\.113)\./.test(address))).toBeGreaterThan(
      0.015,
    );
    for (const { cookie, past } of people) expect(past.length > 0).toBe(cookie !== '');
    const titles = [undefined, ...SIDE_SITES.map((site) => new Set(sidePages(site).map(({ title }) => title)))];
    for (const { person, page } of come) if (person.site > 0) expect(titles[person.site]!.has(page.title)).toBe(true);
    expect([0, 1, 2].map((site) => share((person) => person.site === site) > 0.05)).toEqual([true, true, true]);
  });

  test('[SI8] names and titles run in both directions and in several scripts', () => {
    const people = createRegulars(4_000, cast, createRandom(5));
    const texts = [
      ...people.flatMap(({ identity }) => identity?.name ?? []),
      ...SIDE_SITES.flatMap(({ articles }) => articles.map(({ title }) => title)),
    ];
    for (const script of [
      /\p{Script=Arabic}/u,
      /\p{Script=Hebrew}/u,
      /\p{Script=Han}/u,
      /\p{Script=Hangul}/u,
      /\p{Script=Devanagari}/u,
      /\p{Extended_Pictographic}/u,
    ])
      expect(
        texts.some((text) => script.test(text)),
        String(script),
      ).toBe(true);
  });
});

describe('conversations of a world', () => {
  const NEXT: Readonly<Record<TalkState, readonly TalkState[]>> = {
    chatting: ['unassigned', 'ai', 'none'],
    unassigned: ['assigned', 'ai'],
    ai: ['resolved', 'unassigned'],
    assigned: ['resolved'],
    resolved: ['none', 'unassigned'],
    none: [],
  };

  test('[SI9] every state is there at the first moment and later, each follows one that it may follow, and bots do not talk', () => {
    const events = until(600_000, { visitors: 1_500 });
    const states = new Map<string, TalkState>();
    const atFirst = new Set<TalkState>();
    for (const { atMs, person, tab, action } of events) {
      if (action.kind !== 'talk') continue;
      const { id, state } = action.talk;
      expect([tab, person.device.bot, person.device.automated]).toEqual([0, false, false]);
      const before = states.get(id);
      if (before !== undefined) expect(NEXT[before], `${before} → ${state}`).toContain(state);
      else if (atMs > FILL_MS + 3_000) expect(state).toBe('chatting');
      if (atMs <= FILL_MS + 3_000) atFirst.add(state);
      states.set(id, state);
    }
    expect([...atFirst].sort()).toEqual(['ai', 'assigned', 'chatting', 'resolved', 'unassigned']);
    expect(new Set(states.values()).size).toBe(6);
  });

  test('[SI9] who has been waiting when the world opens has waited for some time', () => {
    const waits = until(FILL_MS + 3_000, { visitors: 1_500 }).flatMap(({ action }) =>
      action.kind === 'talk' && action.talk.state === 'unassigned' ? [action.forMs] : [],
    );
    expect(waits.length).toBeGreaterThan(3);
    expect(new Set(waits).size).toBeGreaterThan(3);
    expect(Math.max(...waits)).toBeGreaterThan(30_000);
  });
});
