import type { Row } from '@foyer/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newestFirst } from '../../test/fake-views.ts';
import { aRow, servedBy } from '../../test/scripted.ts';
import { VisitList } from './visit-list.ts';

const everybody = { scope: {}, filter: '' };
const screen = 15;
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function setUp(count: number, startedAt: (i: number) => number = (i) => 10_000_000 - i * 1_000) {
  const rows = new Map<string, Row>();
  for (let i = 0; i < count; i += 1) {
    const id = `r${String(i).padStart(6, '0')}`;
    rows.set(id, aRow({ id, startedAt: startedAt(i) }));
  }
  const served = servedBy(() => [...rows.values()]);
  const list = new VisitList(served.client, served.clock);
  let next = 0;
  const arrive = (): string => {
    const id = `n${String(next++).padStart(6, '0')}`;
    rows.set(id, aRow({ id, startedAt: 20_000_000 + next }));
    return id;
  };
  /** Lets requests go out and their answers come in, until nothing moves. */
  const rest = async (): Promise<void> => {
    for (let i = 0; i < 12; i += 1) {
      await settled();
      served.clock.advance(60);
    }
    await settled();
  };
  const ids = (): string[] => [...rows.values()].sort(newestFirst).map((row) => row.id);
  const moves = () => served.requests.filter((up) => up.t === 'window');
  return { ...served, list, rows, arrive, rest, ids, moves };
}
const shown = (list: VisitList, first: number): (string | undefined)[] => Array.from({ length: screen }, (_, i) => list.idAt(first + i));

describe('visit list', () => {
  test('[DA9] not held, the newest visits are on top', async () => {
    const { list, rest, arrive, tick, ids } = setUp(100);
    list.show(everybody, { soon: true });
    list.setViewport(0, screen);
    await rest();
    arrive();
    tick();
    expect(shown(list, 0)).toEqual(ids().slice(0, screen));
    expect(list.get().fresh).toBe(0);
  });

  test('[DA9] scrolled, nothing on screen moves whatever arrives and leaves above, and arrivals are counted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('arrive', 'arrive', 'leaveAbove', 'leaveBelow', 'change'), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 20, max: 300 }),
        async (steps, first) => {
          const { list, rest, arrive, tick, rows, ids } = setUp(400);
          list.show(everybody, { soon: true });
          list.setViewport(0, screen);
          await rest();
          list.setViewport(first, screen);
          await rest();
          let before = shown(list, first);
          expect(before.every((id) => id !== undefined)).toBe(true);
          let arrived = 0;
          for (const step of steps) {
            const above = ids()
              .slice(0, ids().indexOf(before[0]!))
              .filter((id) => id.startsWith('r'));
            const below = ids().slice(ids().indexOf(before[screen - 1]!) + 1);
            if (step === 'arrive') {
              arrive();
              arrived += 1;
            }
            if (step === 'leaveAbove' && above.length > 0) rows.delete(above[arrived % above.length]!);
            if (step === 'leaveBelow' && below.length > 0) rows.delete(below[0]!);
            if (step === 'change') rows.set(before[3]!, { ...rows.get(before[3]!)!, pages: arrived + 2 });
            tick();
            await rest();
            // What left above it shows as a gap at the start of the display, which the screen closes by scrolling with it.
            const closed = list.closeGap(first - 1);
            expect(shown(list, first - closed)).toEqual(before);
            first -= closed;
            before = shown(list, first);
            expect(list.get().fresh).toBe(arrived);
          }
          list.toTop();
          await rest();
          expect(shown(list, 0)).toEqual(ids().slice(0, screen));
        },
      ),
      { numRuns: 25 },
    );
  });

  test('[DA9] under the pointer the row pointed at keeps its place when the one above it leaves', async () => {
    const { list, rest, rows, tick } = setUp(60);
    list.show(everybody, { soon: true });
    list.setViewport(0, screen);
    await rest();
    const pointed = list.idAt(6)!;
    list.setPointer(true, pointed);
    await rest();
    rows.delete(list.idAt(2)!);
    tick();
    expect(list.idAt(6)).toBe(pointed);
    list.setPointer(false, null);
    expect(list.idAt(5)).toBe(pointed);
  });

  test('[DA9] under the pointer at the top arrivals wait for the pointer to go', async () => {
    const { list, rest, arrive, tick, ids } = setUp(60);
    list.show(everybody, { soon: true });
    list.setViewport(0, screen);
    await rest();
    list.setPointer(true, list.idAt(1)!);
    await rest();
    const before = shown(list, 0);
    for (let i = 0; i < 12; i += 1) arrive();
    tick();
    await rest();
    expect(shown(list, 0)).toEqual(before);
    expect(list.get().fresh).toBe(12);
    list.setPointer(false, null);
    await rest();
    expect(shown(list, 0)).toEqual(ids().slice(0, screen));
    expect(list.get().fresh).toBe(0);
  });

  const spreads: readonly [string, (i: number) => number][] = [
    ['evenly', (i) => 10_000_000 - i * 180],
    ['in a rush at the end', (i) => 10_000_000 - Math.round((i / 10_000) ** 4 * 1_800_000)],
    ['in a rush at the start', (i) => 8_200_000 + Math.round(((10_000 - i) / 10_000) ** 4 * 1_800_000)],
    ['mostly in bursts', (i) => 10_000_000 - Math.floor(i / 150) * 30_000],
  ];
  test.each(spreads)('[DA10] any position of 10,000 rows that arrived %s is reached within 8 requests', async (_, startedAt) => {
    const { list, rest, ids, moves, requests } = setUp(10_000, startedAt);
    list.show(everybody, { soon: true });
    list.setViewport(0, screen);
    await rest();
    for (const target of [5_000, 9_985, 40, 7_777, 1_234, 9_000, 2, 6_500]) {
      const before = moves().length;
      list.setViewport(target, screen);
      await rest();
      expect(shown(list, target)).toEqual(ids().slice(target, target + screen));
      expect(moves().length - before).toBeLessThanOrEqual(8);
    }
    for (const up of requests)
      if (up.t === 'window' || up.t === 'open') {
        expect(up.window?.before ?? 0).toBeLessThanOrEqual(200);
        expect(up.window?.after ?? 0).toBeLessThanOrEqual(200);
      }
  });

  test('[DA10] thousands that arrived in one and the same moment are reached step by step', async () => {
    const { list, rest, ids } = setUp(3_000, () => 5_000_000);
    list.show(everybody, { soon: true });
    list.setViewport(0, screen);
    await rest();
    list.setViewport(1_500, screen);
    await rest();
    await rest();
    expect(shown(list, 1_500)).toEqual(ids().slice(1_500, 1_500 + screen));
  });

  test('[DA10] scrolling row by row asks seldom', async () => {
    const { list, rest, ids, moves } = setUp(2_000);
    list.show(everybody, { soon: true });
    list.setViewport(0, screen);
    await rest();
    const before = moves().length;
    for (let first = 1; first <= 400; first += 1) {
      list.setViewport(first, screen);
      if (first % 8 === 0) await rest();
    }
    await rest();
    expect(shown(list, 400)).toEqual(ids().slice(400, 400 + screen));
    expect(moves().length - before).toBeLessThan(20);
  });

  test('[DA27] a list longer than can be drawn is walked to its last row and back to its first', async () => {
    const limit = 400;
    const { list, rest, ids } = setUp(1_900);
    list.show(everybody, { soon: true });
    list.setViewport(0, screen);
    await rest();
    let first = 0;
    const walk = async (by: number): Promise<void> => {
      const end = Math.min(limit, list.get().count) - screen;
      first = Math.min(end, Math.max(0, first + by));
      list.setViewport(first, screen);
      first += list.stretch(limit);
      await rest();
      const at = first + list.get().base;
      expect(shown(list, first)).toEqual(ids().slice(at, at + screen));
    };
    for (let i = 0; i < 40; i += 1) await walk(60);
    expect(first + list.get().base).toBe(1_900 - screen);
    for (let i = 0; i < 60; i += 1) await walk(-60);
    expect(first + list.get().base).toBe(0);
  });

  test('[DA14] typing opens one view, at most 100 ms after the last key', async () => {
    const { list, rest, clock, requests } = setUp(50);
    list.show(everybody, { soon: true });
    await rest();
    const opens = () => requests.filter((up) => up.t === 'open').length;
    const before = opens();
    for (const filter of ['h', 'ho', 'hom', 'home']) {
      list.show({ scope: {}, filter }, { soon: false });
      clock.advance(40);
    }
    expect(opens()).toBe(before);
    clock.advance(60);
    expect(opens()).toBe(before + 1);
    expect(requests.at(-1)).toMatchObject({ t: 'open', filter: 'home' });
  });

  test('[DA14] the next filter closes the one still counting, and the rows shown stay until the new ones are there', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => aRow({ id: `r${i + 10}`, startedAt: i, title: i % 2 ? 'Home' : 'Cart' }));
    const served = servedBy(() => rows, { answerLate: true });
    const list = new VisitList(served.client, served.clock);
    list.show(everybody, { soon: true });
    served.answer();
    const first = list.idAt(0);
    list.show({ scope: {}, filter: 'home' }, { soon: true });
    expect(list.get()).toMatchObject({ pending: true, query: everybody });
    list.show({ scope: {}, filter: 'cart' }, { soon: true });
    expect(served.requests.filter((up) => up.t === 'close').map((up) => up.view)).toEqual(['v2']);
    expect(list.idAt(0)).toBe(first);
    served.answer();
    expect(list.get()).toMatchObject({ pending: false, query: { filter: 'cart' }, count: 15 });
    expect(served.requests.filter((up) => up.t === 'close').map((up) => up.view)).toEqual(['v2', 'v1']);
  });

  test('[DA14] a refused filter says why and keeps the rows', async () => {
    const { list, rest, last, requests } = setUp(20);
    list.show(everybody, { soon: true });
    await rest();
    list.show({ scope: {}, filter: '((' }, { soon: true });
    last().say({ t: 'refused', view: requests.at(-1)!.view, code: 'bad_filter', message: 'Unreadable.' });
    expect(list.get()).toMatchObject({
      refused: { code: 'bad_filter', message: 'Unreadable.' },
      pending: false,
      query: everybody,
      count: 20,
    });
  });
});

describe('a visit chosen elsewhere', () => {
  test('[VP9] its place in the list is drawn, however far down, with one window', async () => {
    const { list, rest, ids, moves } = setUp(10_000);
    list.show(everybody, { soon: true });
    list.setViewport(0, screen);
    await rest();
    for (const index of [7_777, 9_999, 4, 5_000]) {
      const id = ids()[index]!;
      const before = moves().length;
      const d = list.reach({ index, key: 10_000_000 - index * 1_000, id }, 240_000);
      list.setViewport(Math.max(0, d - 7), screen);
      await rest();
      expect(list.idAt(d)).toBe(id);
      expect(list.indexOf(id)).toBe(d);
      expect(moves().length - before).toBeLessThanOrEqual(2);
    }
  });

  test('[VP9] one that arrived above a held list is reached as well', async () => {
    const { list, rest, arrive, tick, ids } = setUp(400);
    list.show(everybody, { soon: true });
    list.setViewport(0, screen);
    await rest();
    list.setViewport(200, screen);
    await rest();
    const id = arrive();
    tick();
    await rest();
    expect(list.get().base).toBe(1);
    const d = list.reach({ index: 0, key: 20_000_001, id }, 240_000);
    list.setViewport(d, screen);
    await rest();
    expect(list.idAt(d)).toBe(id);
    expect(ids()[0]).toBe(id);
  });

  test('[VP9] in a list longer than can be drawn the display moves there first', async () => {
    const { list, rest, ids } = setUp(3_000);
    list.show(everybody, { soon: true });
    list.setViewport(0, screen);
    await rest();
    const id = ids()[2_500]!;
    const d = list.reach({ index: 2_500, key: 10_000_000 - 2_500_000, id }, 1_000);
    expect(d).toBeLessThan(1_000);
    list.setViewport(d, screen);
    await rest();
    expect(list.idAt(d)).toBe(id);
  });
});
