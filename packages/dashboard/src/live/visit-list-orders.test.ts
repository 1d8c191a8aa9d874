import type { Row } from '@foyer/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ordered } from '../../test/fake-monitor.ts';
import { newestFirst } from '../../test/fake-views.ts';
import { seeded } from '../../test/fake-visits.ts';
import { aRow, servedBy } from '../../test/scripted.ts';
import { comparePlaces, type ListOrder } from './row-order.ts';
import { between, seekAnywhere } from './seek-anywhere.ts';
import { VisitList } from './visit-list.ts';

const screen = 15;
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const PATHS = ['/', '/cart', '/checkout/delivery', '/gear/tents/ridge-2', '/gear/backpacks', '/Ünterwegs', '/搜索'];
const HOSTS = ['', 'https://a.example/', 'https://search.example.net/', 'https://www.z.example/x'];
const CONTEXTS = ['', 'checkout', 'cart', 'product', 'product', 'collection', 'search'];
const COUNTRIES = ['', 'AT', 'BR', 'DE', 'DE', 'DE', 'US'];

/** Rows in which many are equal by most of what they can be sorted by. */
function crowd(count: number, seed = 1): Map<string, Row> {
  const random = seeded(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const rows = new Map<string, Row>();
  for (let i = 0; i < count; i += 1) {
    const id = `v_${Math.floor(random() * 2 ** 40).toString(36)}${i.toString(36)}`;
    const row = aRow({
      id,
      startedAt: 10_000_000 - Math.floor(i / 150) * 30_000,
      lastActivityAt: 10_000_000 + Math.floor(random() * 900_000),
      url: `https://shop.example.com${pick(PATHS)}${random() < 0.3 ? `?page=${Math.floor(random() * 99)}` : ''}`,
      referrer: pick(HOSTS),
      context: pick(CONTEXTS),
      country: pick(COUNTRIES),
      pages: 1 + Math.floor(random() ** 3 * 12),
      name: random() < 0.1 ? pick(['Elif', 'Oscar', 'Åsa']) : '',
      n: i + 1,
    });
    rows.set(id, row);
  }
  return rows;
}

function setUp(rows: Map<string, Row>, order: ListOrder) {
  const served = servedBy(() => [...rows.values()]);
  const list = new VisitList(served.client, served.clock, { seek: seekAnywhere, everyMs: 500 });
  /** Lets requests go out and their answers come in, until nothing moves. */
  const rest = async (): Promise<void> => {
    for (let i = 0; i < 16; i += 1) {
      await settled();
      served.clock.advance(60);
    }
    await settled();
  };
  const ids = (): string[] => ordered([...rows.values()].sort(newestFirst), { ...order, before: 0, after: 0 }).map(({ row }) => row.id);
  const show = async (): Promise<void> => {
    list.show({ scope: {}, filter: '', order }, { soon: true });
    list.setViewport(0, screen);
    await rest();
  };
  return { ...served, list, rest, ids, show, moves: () => served.requests.filter((up) => up.t === 'window') };
}
const shown = (list: VisitList, first: number): (string | undefined)[] => Array.from({ length: screen }, (_, i) => list.idAt(first + i));

describe('a list in any order', () => {
  const orders: readonly [string, ListOrder][] = [
    ['the path', { sort: 'page', dir: 'asc' }],
    ['the path, Z first', { sort: 'page', dir: 'desc' }],
    ['the referrer', { sort: 'referrer', dir: 'asc' }],
    ['the country', { sort: 'country', dir: 'desc' }],
    ['the number of pages', { sort: 'pages', dir: 'desc' }],
    ['the context', { sort: 'context', dir: 'asc' }],
    ['the last activity', { sort: 'activity', dir: 'desc' }],
    ['the name', { sort: 'name', dir: 'asc' }],
    ['arrival, oldest first', { sort: 'arrived', dir: 'asc' }],
    ['newest first by context', { sort: 'arrived', dir: 'desc', group: 'context' }],
    ['the path by country', { sort: 'page', dir: 'asc', group: 'country' }],
    ['the pages by country', { sort: 'pages', dir: 'desc', group: 'country' }],
  ];
  test.each(orders)('[VM13] any row of 10,000 by %s is reached within 12 windows', async (_, order) => {
    const { list, rest, ids, show, moves } = setUp(crowd(10_000), order);
    await show();
    const all = ids();
    expect(shown(list, 0)).toEqual(all.slice(0, screen));
    for (const target of [5_000, 9_985, 40, 7_777, 1_234]) {
      const before = moves().length;
      list.setViewport(target, screen);
      await rest();
      await rest();
      expect(shown(list, target), `at ${target}`).toEqual(all.slice(target, target + screen));
      expect(moves().length - before, `windows to ${target}`).toBeLessThanOrEqual(12);
    }
    for (const { window } of moves()) expect(Math.max(window.before, window.after)).toBeLessThanOrEqual(200);
  });

  test.each(orders)('[VM27] a jump in 5,000 by %s shows its rows with the first window that is asked for', async (_, order) => {
    const { list, ids, show, moves, tick, clock } = setUp(crowd(5_000), order);
    await show();
    const all = ids();
    for (const target of [4_985, 0, 2_500, 4_500, 1_000, 4_985, 3_333]) {
      const before = moves().length;
      list.setViewport(target, screen);
      clock.advance(60);
      await settled();
      tick();
      expect(shown(list, target), `at ${target}`).toEqual(all.slice(target, target + screen));
      expect(moves().length - before, `windows to ${target}`).toBeLessThanOrEqual(2);
      clock.advance(60);
      await settled();
    }
    const total = moves().length;
    clock.advance(5_000);
    await settled();
    expect(moves().length).toBe(total);
  });

  test('[VM27] where the share of a list is not answered with its rows, they are searched', async () => {
    const rows = crowd(5_000);
    const { list, rest, ids, show, requests, clock } = setUp(rows, { sort: 'page', dir: 'asc' });
    await show();
    const all = ids();
    clock.advance(60);
    list.setViewport(2_500, screen);
    // Before the answer: by then the list is another one.
    for (const id of all.slice(0, 2_000)) rows.delete(id);
    await settled();
    const asked = requests.findLast((up) => up.t === 'window');
    expect(asked?.t === 'window' && asked.window).toMatchObject({ share: 0.5, before: 80, after: 95 });
    expect(list.idAt(2_500)).toBeUndefined();
    await rest();
    await rest();
    const at = 2_500 + list.get().base;
    expect(shown(list, 2_500)).toEqual(ids().slice(at, at + screen));
  });

  test('[VM13] places are compared as the server does, groups and equal keys too', () => {
    const key = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom('a', 'b'));
    fc.assert(
      fc.property(fc.constantFrom('asc' as const, 'desc' as const), fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.string())), (dir, all) => {
        const rows = all.map(([country, pages, id]) => aRow({ id, country: ['', 'AT', 'DE', 'US'][country]!, pages }));
        const window = { sort: 'pages', dir, group: 'country', before: 0, after: 0 } as const;
        const sorted = ordered(rows, window).map(({ row, key: its }) => ({ key: its, id: row.id }));
        for (let i = 1; i < sorted.length; i += 1) expect(comparePlaces(window, sorted[i - 1]!, sorted[i]!)).toBeLessThanOrEqual(0);
      }),
    );
    fc.assert(
      fc.property(key, fc.string(), (one, id) => {
        expect(comparePlaces({ sort: 'pages', dir: 'asc' }, { key: one, id }, { key: one, id })).toBe(0);
      }),
    );
  });

  test('[VM13] a text between two others lies between them', () => {
    const text = fc.string({ unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)), maxLength: 12 });
    fc.assert(
      fc.property(text, text, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, share) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        const found = between(a, b, share);
        // It counts with so many characters after the common ones; what lies closer together is one place.
        const cut = (s: string): string => s.slice(0, found.length);
        expect(found >= cut(low) && cut(found) <= high).toBe(true);
      }),
    );
  });

  test('[VM13] a wrong anchor of the list before is never asked for: another order begins at its first row', async () => {
    const rows = crowd(2_000);
    const { list, rest, show, requests, ids } = setUp(rows, { sort: 'page', dir: 'asc' });
    await show();
    list.setViewport(900, screen);
    await rest();
    list.show({ scope: {}, filter: '', order: { sort: 'pages', dir: 'desc', group: 'context' } }, { soon: true });
    await rest();
    const open = requests.findLast((up) => up.t === 'open');
    expect(open).toMatchObject({ window: { sort: 'pages', dir: 'desc', group: 'context', before: 0 } });
    expect(open?.t === 'open' && open.window?.anchor).toBeUndefined();
    const grouped = ordered([...rows.values()].sort(newestFirst), { sort: 'pages', dir: 'desc', group: 'context', before: 0, after: 0 });
    expect(shown(list, 0)).toEqual(grouped.slice(0, screen).map(({ row }) => row.id));
    expect(list.get().rows.groups.map(({ key }) => key)).toEqual(['checkout', 'cart', 'product', 'collection', 'search', '']);
    expect(list.get().rows.groups.reduce((sum, { count }) => sum + count, 0)).toBe(ids().length);
  });
});

test('[VM21] the first rows are shown when they come, however seldom others are', async () => {
  const { list, show, clock } = setUp(crowd(30), { sort: 'activity', dir: 'desc' });
  const states: (readonly [count: number, pending: boolean])[] = [];
  list.subscribe(() => states.push([list.get().count, list.get().pending]));
  const from = clock.now();
  list.show({ scope: {}, filter: '', order: { sort: 'activity', dir: 'desc' } }, { soon: true });
  await settled();
  expect([list.get().count, clock.now() - from]).toEqual([30, 0]);
  await show();
  expect(states.filter(([count, pending]) => count === 0 && !pending)).toEqual([]);
});

describe('rows that change places', () => {
  const byActivity: ListOrder = { sort: 'activity', dir: 'desc' };
  const stir = (rows: Map<string, Row>, which: readonly string[], at: number): void => {
    for (const [i, id] of which.entries()) rows.set(id, { ...rows.get(id)!, lastActivityAt: at + i });
  };

  test('[VM15] under the pointer nothing moves, whoever jumps to the top, also the one pointed at; then all of it is shown', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.nat(299), { maxLength: 8 }), { minLength: 1, maxLength: 10 }), async (rounds) => {
        const rows = crowd(300);
        const { list, rest, tick, ids, show } = setUp(rows, byActivity);
        await show();
        list.setPointer(true, list.idAt(4)!);
        await rest();
        const before = shown(list, 0);
        for (const [round, picks] of rounds.entries()) {
          stir(rows, [...new Set([before[4]!, ...picks.map((i) => [...rows.keys()][i]!)])], 20_000_000 + round * 1_000);
          tick();
          await rest();
          expect(shown(list, 0)).toEqual(before);
          for (const id of before) expect(list.row(id!)).toBeDefined();
        }
        expect(list.get().fresh).toBeGreaterThanOrEqual(0);
        list.setPointer(false, null);
        await rest();
        expect(shown(list, 0)).toEqual(ids().slice(0, screen));
      }),
      { numRuns: 20 },
    );
  });

  test('[VM15] a visit that is gone stays under the pointer as last known, and is gone when it leaves', async () => {
    const rows = crowd(60);
    const { list, rest, tick, ids, show } = setUp(rows, byActivity);
    await show();
    const gone = list.idAt(6)!;
    list.setPointer(true, gone);
    await rest();
    const last = rows.get(gone);
    rows.delete(gone);
    tick();
    await rest();
    expect([list.idAt(6), list.row(gone)]).toEqual([gone, last]);
    list.setPointer(false, null);
    await rest();
    expect(ids()).not.toContain(gone);
    expect(shown(list, 0)).toEqual(ids().slice(0, screen));
    expect(list.row(gone)).toBeUndefined();
  });

  test('[VM15] scrolled, the rows on screen keep their places when others jump above them, and one that jumps takes nobody along', async () => {
    const rows = crowd(400);
    const { list, rest, tick, show } = setUp(rows, byActivity);
    await show();
    list.setViewport(100, screen);
    await rest();
    let before = shown(list, 100);
    for (let round = 0; round < 12; round += 1) {
      // Three from far below, and the first one on screen.
      const jumping = [
        before[0]!,
        ...shown(list, 160)
          .slice(0, 3)
          .map((id) => id!),
      ];
      stir(rows, jumping, 20_000_000 + round * 1_000);
      tick();
      await rest();
      expect(shown(list, 100).slice(1)).toEqual(before.slice(1));
      before = shown(list, 100);
      expect(before.every((id) => id !== undefined)).toBe(true);
    }
    expect(list.get().fresh).toBeGreaterThan(0);
  });

  test('[VM15] a scroll under the pointer shows the rows as they are now', async () => {
    const rows = crowd(400);
    const { list, rest, tick, ids, show } = setUp(rows, byActivity);
    await show();
    list.setPointer(true, list.idAt(0)!);
    await rest();
    const below = ids().slice(200, 240);
    stir(rows, below, 20_000_000);
    tick();
    await rest();
    list.setViewport(60, screen);
    await rest();
    for (const first of [60, 380, 250]) {
      list.setViewport(first, screen);
      await rest();
      const at = first + list.get().base;
      expect(shown(list, first)).toEqual(Array.from({ length: screen }, (_, i) => ids()[at + i]));
      for (const id of shown(list, first)) if (id !== undefined) expect(list.row(id)).toEqual(rows.get(id));
    }
  });
});
