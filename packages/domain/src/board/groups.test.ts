import type { Group, Sort, Window } from '@foyer/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hello, key, makePresence, page } from '../presence/presence.testkit.ts';
import { urgencyOf } from '../rules/index.ts';
import { MergedRows } from './merge.ts';
import { compareRows, orderName } from './sorts.ts';
import { WindowStream } from './streams.ts';

const T0 = 1_700_000_000_000;
const CONTEXTS = ['none', 'checkout', 'cart', 'product', 'collection', 'search'] as const;
const COUNTRIES = ['', 'DE', 'BR', 'JP'] as const;
type Made = ReturnType<typeof makePresence>;

function arrive({ presence }: Made, i: number, context: number, country: number): void {
  const code = COUNTRIES[country % COUNTRIES.length]!;
  const place = { id: code && `${code}||`, city: '', region: '', country: code, lat: 0, lon: 0, approximate: false };
  const { facts } = hello('x');
  presence.announce(hello(`v${i}`, { facts: { ...facts, place }, pages: [page(1, `/${i % 3}`)] }), T0 + i * 1_000);
  presence.context(key(`v${i}`), { kind: CONTEXTS[context % CONTEXTS.length]!, items: null }, '', T0 + i * 1_000);
}
const open = ({ board }: Made, window: Omit<Window, 'before' | 'after'> & Partial<Window>) =>
  new WindowStream(board, board.open('all', { scope: {}, filter: { terms: [] } }), { before: 0, after: 200, ...window });
const groupOf = (group: Group, row: { context?: string; country?: string }): string => (group === 'context' ? row.context! : row.country!);
const rankOf = (group: Group, value: string): string => (group === 'context' ? String(urgencyOf(value)) : value || '~');

const visits = fc.array(fc.record({ context: fc.nat(5), country: fc.nat(3) }), { minLength: 1, maxLength: 40 });
const asked = fc.record({
  sort: fc.constantFrom<Sort>('arrived', 'page', 'context', 'country', 'status'),
  dir: fc.constantFrom('asc' as const, 'desc' as const),
  group: fc.constantFrom<Group>('context', 'country'),
});

it('[BD13] rows of a group stand together, groups in their own order whichever way is sorted, and each says how many it has', () => {
  fc.assert(
    fc.property(visits, visits, asked, (first, second, window) => {
      // Two nodes, whose visits are disjoint; their rows change after the window is open.
      const nodes = [makePresence(), makePresence()];
      const merged = new MergedRows({ before: 0, after: 200, ...window });
      const streams = nodes.map((made) => open(made, window));
      for (const [n, made] of nodes.entries()) {
        const list = n === 0 ? first : second;
        list.forEach(({ context, country }, i) => arrive(made, i * 2 + n, context, country));
        // Ids are each node's own.
        for (let slot = 0; slot < made.table.end; slot++) made.table.ids[slot] = `${n}-${made.table.ids[slot]}`;
        made.board.read(() => true);
        streams[n]!.take(0);
        merged.apply(`n${n}`, streams[n]!.full());
        list.forEach(({ context }, i) => {
          if (i % 3 === 0)
            made.presence.context(key(`v${i * 2 + n}`), { kind: CONTEXTS[(context + 1) % 6]!, items: null }, '', T0 + 90_000);
        });
        made.board.commit();
        const part = streams[n]!.take(0);
        if (part) merged.apply(`n${n}`, part);
      }
      merged.take();
      const { order = [], groups = [], keys, set } = merged.full();
      expect(order).toHaveLength(first.length + second.length);
      const shown = order.map((id) => groupOf(window.group, set![id]!));
      expect(groups.map((one) => one.key)).toEqual([...new Set(shown)]);
      expect(groups.map((one) => one.count)).toEqual(groups.map((one) => shown.filter((value) => value === one.key).length));
      const ranks = groups.map((one) => rankOf(window.group, one.key));
      expect(ranks).toEqual(ranks.toSorted());
      for (let i = 1; i < order.length; i++) {
        expect(compareRows(window, keys![order[i - 1]!]!, order[i - 1]!, keys![order[i]!]!, order[i]!)).toBeLessThan(0);
      }
    }),
    { numRuns: 150 },
  );
});

it('[BD13] a window with groups lies around its anchor, group and key together', () => {
  const made = makePresence();
  for (let i = 0; i < 30; i++) arrive(made, i, i % 3, 1);
  for (const dir of ['asc', 'desc'] as const) {
    const whole = open(made, { sort: 'arrived', dir, group: 'context' });
    made.board.read(() => true);
    whole.take(0);
    const { order = [], keys = {} } = whole.full();
    for (const [at, id] of order.entries()) {
      const part = open(made, { sort: 'arrived', dir, group: 'context', anchor: { key: keys[id]!, id }, before: 2, after: 3 });
      part.take(0);
      const from = Math.max(0, at - 2);
      expect(part.full()).toMatchObject({ before: from, total: 30, order: order.slice(from, at + 3) });
      part.dispose();
    }
    const stray = open(made, { sort: 'arrived', dir, group: 'context', anchor: { key: 5, id: '' } });
    stray.take(0);
    expect(stray.full().before).toBe(0);
  }
});

it('[BD13] an unchanged window says nothing; orders are shared where only the direction without groups differs', () => {
  const made = makePresence();
  for (let i = 0; i < 5; i++) arrive(made, i, i, i);
  const stream = open(made, { sort: 'arrived', dir: 'desc', group: 'country' });
  made.board.read(() => true);
  expect(stream.take(0)).toMatchObject({
    groups: [
      { key: 'BR', count: 1 },
      { key: 'DE', count: 1 },
      { key: 'JP', count: 1 },
      { key: '', count: 2 },
    ],
  });
  made.presence.act(key('v1'), T0 + 60_000);
  made.board.commit();
  expect(Object.keys(stream.take(0)!).sort()).toEqual(['before', 'set', 'total']);
  expect(stream.take(0)).toBeNull();
  expect(orderName({ sort: 'pages', dir: 'asc' })).toBe(orderName({ sort: 'pages', dir: 'desc' }));
});

it('[BD18] at a share of the list, one node answers that row; of several, all rows between the first and the last, and how many are above', () => {
  const order = fc.record({
    sort: fc.constantFrom<Sort>('arrived', 'page', 'context', 'country'),
    dir: fc.constantFrom('asc' as const, 'desc' as const),
    group: fc.constantFrom<Group | undefined>(undefined, 'context', 'country'),
  });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(visits, visits, order, share, fc.nat(6), fc.nat(6), (first, second, { group, ...by }, at, before, after) => {
      const window = { ...by, ...(group ? { group } : {}), share: at, before, after: after + 1 };
      const everything = { ...by, ...(group ? { group } : {}), before: 0, after: 200 };
      const [whole, part, one] = [everything, window, window].map((asked) => new MergedRows(asked)) as [MergedRows, MergedRows, MergedRows];
      for (const [n, list] of [first, second].entries()) {
        const made = makePresence();
        list.forEach(({ context, country }, i) => arrive(made, i * 2 + n, context, country));
        for (let slot = 0; slot < made.table.end; slot++) made.table.ids[slot] = `${n}-${made.table.ids[slot]}`;
        const streams = [open(made, everything), open(made, window)] as const;
        made.board.read(() => true);
        for (const stream of streams) stream.take(0);
        whole.apply(`n${n}`, streams[0].full());
        part.apply(`n${n}`, streams[1].full());
        if (n === 0) one.apply('n0', streams[1].full());
      }
      for (const merged of [whole, part, one]) merged.take();
      const all = whole.full().order!;
      const shown = part.full();
      expect(shown.total).toBe(all.length);
      expect(shown.groups).toEqual(whole.full().groups);
      expect(all.slice(shown.before, shown.before + shown.order!.length)).toEqual(shown.order);
      const alone = one.full();
      const row = Math.round(at * first.length);
      expect(alone.before).toBe(Math.max(0, row - before));
      expect(alone.order).toHaveLength(Math.min(first.length, row + after + 1) - alone.before);
    }),
    { numRuns: 200 },
  );
});
