import { describe, expect, test } from 'vitest';
import { createWorld, FERNHILL, shopMap, type WorldEvent, type WorldOptions } from './index.ts';

const take = (count: number, options: Partial<WorldOptions> = {}): WorldEvent[] => {
  const world = createWorld({ seed: 1, visitors: 300, shop: FERNHILL, ...options });
  return Array.from({ length: count }, () => world.next());
};

describe('a world of visitors', () => {
  test('[SI1] the same seed gives the same events; another seed gives others', () => {
    expect(take(5_000, { seed: 42 })).toEqual(take(5_000, { seed: 42 }));
    expect(take(100, { seed: 42 })).not.toEqual(take(100, { seed: 43 }));
  });

  test.each([1, 2, 3])('[SI2] times never go back, a tab opens first and closes last (seed %i)', (seed) => {
    const open = new Map<number, number>();
    const closed = new Set<number>();
    const wrong: string[] = [];
    let lastMs = 0;
    for (const { atMs, tab, person, action } of take(40_000, { seed })) {
      if (atMs < lastMs) wrong.push(`${atMs} comes after ${lastMs}`);
      lastMs = atMs;
      if (action.kind === 'open') {
        if (open.has(tab) || closed.has(tab)) wrong.push(`tab ${tab} opens twice`);
        open.set(tab, person.id);
      } else if (open.get(tab) !== person.id) wrong.push(`${action.kind} in tab ${tab}, which is not open`);
      if (action.kind === 'close') {
        open.delete(tab);
        closed.add(tab);
      }
    }
    expect(wrong).toEqual([]);
    expect(closed.size).toBeGreaterThan(100);
  });

  test.each([
    [300, 1],
    [300, 10],
    [2_000, 1],
  ])('[SI3] once filled, the number online stays within 15 percent of %i (pace %i)', (visitors, pace) => {
    const world = createWorld({ seed: 5, visitors, shop: FERNHILL, pace });
    let least = Number.POSITIVE_INFINITY;
    let most = 0;
    for (let at = 0; at < 3_600_000 / pace; at = world.next().atMs) {
      if (at < 10_000) continue;
      least = Math.min(least, world.online);
      most = Math.max(most, world.online);
    }
    expect(least).toBeGreaterThan(visitors * 0.85);
    expect(most).toBeLessThan(visitors * 1.15);
  });

  test('[SI3] `online` counts people with an open tab', () => {
    const world = createWorld({ seed: 9, visitors: 40, shop: FERNHILL });
    const tabsOf = new Map<number, number>();
    for (let i = 0; i < 20_000; i++) {
      const { person, action } = world.next();
      if (action.kind === 'open') tabsOf.set(person.id, (tabsOf.get(person.id) ?? 0) + 1);
      if (action.kind === 'close') tabsOf.set(person.id, (tabsOf.get(person.id) ?? 0) - 1);
      expect(world.online).toBe([...tabsOf.values()].filter((tabs) => tabs > 0).length);
      if (i > 2_000) break;
    }
  });

  test('[SI4] who comes back is the same browser at the same address', () => {
    const seen = new Map<number, WorldEvent['person']>();
    const changed: WorldEvent['person'][] = [];
    let returns = 0;
    const gone = new Set<number>();
    for (const { person, action } of take(60_000)) {
      const before = seen.get(person.id);
      if (before !== undefined && before !== person) changed.push(person);
      seen.set(person.id, person);
      if (action.kind === 'close') gone.add(person.id);
      if (action.kind === 'open' && gone.delete(person.id)) returns++;
    }
    expect(changed).toEqual([]);
    expect(returns).toBeGreaterThan(200);
  });

  test('[SI6] an hour of three hundred people has everything a screen must show', () => {
    const world = createWorld({ seed: 11, visitors: 300, shop: FERNHILL });
    const kinds = new Set<string>();
    const contexts = new Set<string>();
    const people = new Map<number, WorldEvent['person']>();
    const tabsOf = new Map<number, number>();
    const lastInputMs = new Map<number, number>();
    let twoTabs = 0;
    let idle = 0;
    for (let event = world.next(); event.atMs < 3_600_000; event = world.next()) {
      const { atMs, person, tab, action } = event;
      kinds.add(action.kind);
      people.set(person.id, person);
      if ('page' in action) contexts.add(action.page.kind);
      if (action.kind === 'open') {
        const tabs = (tabsOf.get(person.id) ?? 0) + 1;
        tabsOf.set(person.id, tabs);
        if (tabs === 2) twoTabs++;
      } else if (atMs - (lastInputMs.get(tab) ?? atMs) > 5 * 60_000) idle++;
      if (action.kind === 'close') tabsOf.set(person.id, (tabsOf.get(person.id) ?? 0) - 1);
      lastInputMs.set(tab, atMs);
    }
    const all = [...people.values()];
    const share = (holds: (person: WorldEvent['person']) => boolean) => all.filter(holds).length / all.length;
    expect([...kinds].sort()).toEqual(['act', 'close', 'hide', 'load', 'navigate', 'open', 'reload', 'show']);
    expect([...contexts].sort()).toEqual(['cart', 'checkout', 'collection', 'none', 'product', 'search']);
    expect(twoTabs).toBeGreaterThan(20);
    expect(idle).toBeGreaterThan(20);
    expect(share((person) => person.device.mobile)).toBeGreaterThan(0.35);
    expect(share((person) => person.device.mobile)).toBeLessThan(0.65);
    expect(share((person) => person.device.bot || person.device.automated)).toBeLessThan(0.05);
    expect(all.some((person) => person.device.bot)).toBe(true);
    expect(all.some((person) => person.device.automated)).toBe(true);
    expect(new Set(all.map((person) => person.country)).size).toBeGreaterThan(70);
  });

  test('[SI7] only pages of the shop are visited, and nobody checks out an empty basket', () => {
    const known = new Map(shopMap(FERNHILL).all.map((page) => [page.path, page]));
    const baskets: number[] = [];
    for (const { action } of take(60_000)) {
      if (!('page' in action)) continue;
      expect(known.get(action.page.path)).toEqual(action.page);
      if (action.page.kind === 'checkout') baskets.push(action.items);
    }
    expect(baskets.length).toBeGreaterThan(100);
    expect(Math.min(...baskets)).toBeGreaterThan(0);
  });

  test('[SI7] a document changes by loading; only the journal navigates within one', () => {
    const pageOf = new Map<number, string>();
    const within: string[] = [];
    for (const { tab, action } of take(40_000)) {
      if (action.kind === 'navigate') within.push(`${pageOf.get(tab)} → ${action.page.path}`);
      if ('page' in action) pageOf.set(tab, action.page.path);
    }
    expect(within.length).toBeGreaterThan(100);
    expect(within.filter((step) => !/^journal\/.* → journal\//.test(step))).toEqual([]);
  });
});
