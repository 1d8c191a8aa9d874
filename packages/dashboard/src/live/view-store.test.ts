import fc from 'fast-check';
import type { Row, ViewFrame } from '@foyer/protocol';
import { describe, expect, test } from 'vitest';
import { FakeView, newestFirst, windowOf } from '../../test/fake-views.ts';
import { totalsOf } from '../../test/fake-visits.ts';
import { aRow } from '../../test/scripted.ts';
import { ViewStore } from './view-store.ts';

const window = { sort: 'arrived', dir: 'desc', before: 0, after: 4 } as const;
const open = { t: 'open', view: 'v', scope: {}, filter: '', streams: ['totals', 'rows'], window } as const;

/** What somebody does to the visits between two frames. */
type Step = { kind: 'arrive' | 'leave' | 'change' | 'move'; pick: number; at: number };
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('arrive', 'leave', 'change', 'move'),
  pick: fc.nat(30),
  at: fc.nat(50),
});

function play(steps: readonly Step[], each: (frame: ViewFrame | null, rows: readonly Row[], view: FakeView) => void): void {
  const view = new FakeView({ ...open, streams: [...open.streams] });
  const rows = new Map<string, Row>();
  let next = 0;
  const sorted = (): Row[] => [...rows.values()].sort(newestFirst);
  each(view.frame(sorted(), 1), sorted(), view);
  for (const { kind, pick, at } of steps) {
    const ids = [...rows.keys()];
    const id = ids[pick % Math.max(1, ids.length)];
    if (kind === 'arrive') rows.set(`r${next}`, aRow({ id: `r${next++}`, startedAt: at }));
    else if (kind === 'move') view.window = pick % 3 === 0 ? window : { ...window, anchor: { key: at, id: `r${pick}` }, before: 2 };
    else if (id !== undefined && kind === 'leave') rows.delete(id);
    else if (id !== undefined) rows.set(id, { ...rows.get(id)!, title: `page ${at}`, pages: at, status: at % 2 ? 'active' : 'inactive' });
    each(view.frame(sorted(), 1), sorted(), view);
  }
}
function expectSame(store: ViewStore, rows: readonly Row[], view: FakeView): void {
  const truth = windowOf(rows, view.window!);
  expect(store.rows).toEqual({ before: truth.before, total: truth.total, order: truth.order.map(({ row }) => row.id), groups: [] });
  for (const { row } of truth.order) {
    expect(store.row(row.id)).toEqual(row);
    expect(store.key(row.id)).toBe(row.startedAt);
  }
  expect(store.totals).toEqual(totalsOf(rows));
}

describe('view store', () => {
  test('[DA1] any sequence of arrivals, changes, departures and moved windows leaves the store equal to the view', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const store = new ViewStore(['totals', 'rows']);
        play(steps, (frame, rows, view) => {
          if (frame) expect(store.apply(frame)).toBe('ok');
          expectSame(store, rows, view);
        });
      }),
      { numRuns: 150 },
    );
  });

  test('[DA1] a row that left the window is forgotten', () => {
    const store = new ViewStore(['rows']);
    store.apply({
      t: 'view',
      view: 'v',
      now: 1,
      rows: { seq: 1, full: true, before: 0, total: 1, order: ['a'], keys: { a: 1 }, set: { a: aRow({ id: 'a' }) } },
    });
    store.apply({ t: 'view', view: 'v', now: 1, rows: { seq: 2, before: 0, total: 0, order: [] } });
    expect(store.row('a')).toBeUndefined();
    expect(store.key('a')).toBeUndefined();
  });

  test('[DA1] patches merged for a slow reader follow the frame they name', () => {
    const store = new ViewStore(['totals']);
    store.apply({ t: 'view', view: 'v', now: 1, totals: { seq: 4, full: true, set: totalsOf([]) } });
    expect(store.apply({ t: 'view', view: 'v', now: 1, totals: { seq: 9, prev: 4, set: { live: 3 } } })).toBe('ok');
    expect(store.totals?.live).toBe(3);
  });

  test('[DA2] with frames lost anywhere it asks again once a gap, and is equal again after the full frame', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 50 }),
        fc.array(fc.boolean(), { minLength: 51, maxLength: 51 }),
        (steps, lost) => {
          const store = new ViewStore(['totals', 'rows']);
          let i = 0;
          play(steps, (frame, rows, view) => {
            const isLost = i > 0 && lost[i % lost.length] === true;
            i += 1;
            if (!frame || isLost) return;
            if (store.apply(frame) !== 'gap') return;
            view.again();
            const full = view.frame(rows, 1)!;
            expect(store.apply(full)).toBe('ok');
            expectSame(store, rows, view);
          });
        },
      ),
      { numRuns: 150 },
    );
  });

  test('[DA2] patches of a stream with a gap are passed over in silence until its full frame', () => {
    const store = new ViewStore(['totals']);
    const patch = (seq: number, live: number): ViewFrame => ({ t: 'view', view: 'v', now: 1, totals: { seq, set: { live } } });
    store.apply({ t: 'view', view: 'v', now: 1, totals: { seq: 1, full: true, set: totalsOf([]) } });
    expect(store.apply(patch(3, 5))).toBe('gap');
    expect(store.apply(patch(4, 6))).toBe('ok');
    expect(store.totals?.live).toBe(0);
    store.apply({ t: 'view', view: 'v', now: 1, totals: { seq: 9, full: true, set: { ...totalsOf([]), live: 8 } } });
    expect(store.apply(patch(10, 9))).toBe('ok');
    expect(store.totals?.live).toBe(9);
  });

  test('[DA2] an order that names an unknown row is a gap, and the rows shown stay', () => {
    const store = new ViewStore(['rows']);
    store.apply({
      t: 'view',
      view: 'v',
      now: 1,
      rows: { seq: 1, full: true, before: 0, total: 1, order: ['a'], keys: { a: 1 }, set: { a: aRow({ id: 'a' }) } },
    });
    expect(store.apply({ t: 'view', view: 'v', now: 1, rows: { seq: 2, before: 0, total: 2, order: ['b', 'a'] } })).toBe('gap');
    expect(store.rows.order).toEqual(['a']);
  });

  test('[DA3] one frame calls a subscriber once, and a row only when it changed', () => {
    const store = new ViewStore(['totals', 'rows']);
    const rows = ['a', 'b', 'c'].map((id, i) => aRow({ id, startedAt: 10 - i }));
    const calls: string[] = [];
    const full: ViewFrame = {
      t: 'view',
      view: 'v',
      now: 1,
      rows: {
        seq: 1,
        full: true,
        before: 0,
        total: 3,
        order: ['a', 'b', 'c'],
        keys: { a: 10, b: 9, c: 8 },
        set: Object.fromEntries(rows.map((row) => [row.id, row])),
      },
    };
    store.apply(full);
    for (const id of ['a', 'b', 'c']) store.subscribeRow(id, () => calls.push(id));
    store.subscribeRows(() => calls.push('rows'));
    store.apply({
      t: 'view',
      view: 'v',
      now: 2,
      rows: { seq: 2, before: 0, total: 3, set: { b: { pages: 2, title: 'Cart' }, c: { pages: 1 } } },
    });
    expect(calls).toEqual(['b']);
    calls.length = 0;
    store.apply({
      t: 'view',
      view: 'v',
      now: 3,
      rows: { ...full.rows!, seq: 7, set: { ...full.rows!.set, b: { ...rows[1], pages: 2, title: 'Cart' } as Row } },
    });
    expect(calls).toEqual([]);
  });
});

test('[BD12] listeners are told which cities a frame changed, and the counts are one map that is not copied', () => {
  const store = new ViewStore(['cities']);
  const cities = store.cities;
  const told: unknown[] = [];
  store.subscribeCities(() => told.push(store.changedCities === 'all' ? 'all' : [...store.changedCities].sort((a, b) => a - b)));
  const frame = (seq: number, set: readonly (readonly number[])[], full = false): ViewFrame => ({
    t: 'view',
    view: 'v',
    now: 1,
    cities: { seq, set, ...(full ? { full } : {}) },
  });
  store.apply(
    frame(
      1,
      [
        [1, 2],
        [2, 1],
        [3, 4],
      ],
      true,
    ),
  );
  store.apply(frame(2, [[2], [3, 5]]));
  store.apply(frame(3, []));
  store.apply(frame(9, [[7, 1]]));
  const version = store.citiesVersion;
  store.expectFull({ newEpoch: true });
  expect(told).toEqual(['all', [2, 3], 'all']);
  expect([store.cities === cities, cities.size, store.citiesVersion, store.changedCities]).toEqual([true, 0, version + 1, new Set()]);
});
