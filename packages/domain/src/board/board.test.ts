import { type Status, STATUSES } from '@foyer/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hello, key, makePresence, page } from '../presence/presence.testkit.ts';
import { parseFilter } from '../rules/index.ts';
import { MergedRows } from './merge.ts';
import { rowOf } from './row.ts';
import { comparePairs, keyOnWire, SORT_RULES } from './sorts.ts';
import { ViewStream, WindowStream } from './streams.ts';

const T0 = 1_700_000_000_000;
const SORTS = ['arrived', 'activity', 'time', 'pages', 'status', 'name', 'city', 'page'] as const;
const FILTERS = ['', 'status:active', 'status:unassigned', 'is:chatting', 'page:/a', '-page:/a', 'is:online', 'visitor 3'];
const filterOf = (text: string) => {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
};
const all = (): boolean => true;
const CHATTING: ReadonlySet<Status> = new Set(['unassigned', 'assigned', 'ai', 'chatting']);

type Made = ReturnType<typeof makePresence>;
type Step = { do: 'hello' | 'page' | 'act' | 'gone' | 'talk' | 'pass' | 'commit' | 'open'; who: number; what: number };
const STATES = ['unassigned', 'assigned', 'ai', 'chatting', 'resolved', 'none'] as const;

const step = fc.record<Step>({
  do: fc.constantFrom('hello', 'hello', 'page', 'act', 'gone', 'talk', 'pass', 'commit', 'open'),
  who: fc.integer({ min: 1, max: 12 }),
  what: fc.integer({ min: 0, max: 40 }),
});

/** Runs steps; `open` opens the next view in the list in the middle of them. Answers the views with what their streams said, put together. */
function run(made: Made, steps: readonly Step[]): { now: number; views: ReturnType<typeof openView>[] } {
  const { presence, board } = made;
  let now = T0;
  let n = 1;
  const views: ReturnType<typeof openView>[] = [];
  for (const { do: what, who, what: amount } of steps) {
    const visitor = `v${who}`;
    now += 10;
    if (what === 'hello') presence.announce(hello(visitor, { pages: [page(1, `/${'abc'[amount % 3]}`)] }), now);
    else if (what === 'page') presence.page(key(visitor), page(++n, `/${'abc'[amount % 3]}${amount % 5}`), now);
    else if (what === 'act') presence.act(key(visitor), now);
    else if (what === 'gone') presence.gone(key(visitor), now);
    else if (what === 'talk') presence.converse(visitor, { state: STATES[amount % STATES.length]!, id: 'chat', waitingSince: now }, now);
    else if (what === 'open' && views.length < 5) views.push(openView(made, views.length, amount));
    else if (what === 'commit') for (const view of views) view.take(now);
    else {
      now += amount * 30_000;
      presence.advance(now);
    }
    if (amount % 7 === 0) board.read(all);
  }
  board.read(all);
  for (const view of views) view.take(now + 2_000);
  return { now, views };
}

function openView({ board }: Made, index: number, seed: number) {
  const text = FILTERS[(index + seed) % FILTERS.length]!;
  const sort = SORTS[(index * 3 + seed) % SORTS.length]!;
  const dir = seed % 2 === 0 ? ('asc' as const) : ('desc' as const);
  const view = board.open(`view-${index}`, { scope: {}, filter: filterOf(text) });
  const stream = new ViewStream(board, view);
  const rows = new WindowStream(board, view, { sort, dir, before: 0, after: 200 });
  const merged = new MergedRows(rows.window);
  merged.apply('n1', rows.full());
  return {
    view,
    text,
    sort,
    dir,
    stream,
    merged,
    take: (now: number) => {
      board.commit();
      stream.take(now);
      const part = rows.take(now);
      if (part) merged.apply('n1', part);
      merged.take();
    },
  };
}

test('[BD3][BD4] after any events, every view counts and lists exactly the visits it should, whenever it was opened', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 120 }), (steps) => {
      const made = makePresence();
      const { table } = made;
      for (let i = 0; i < 3; i++)
        made.presence.met(`visit-${i}`, { number: i, visits: 1, firstVisitAt: 0, previousVisitAt: 0, name: '', identity: '' });
      const { views } = run(made, steps);
      const slots = Array.from({ length: table.end }, (_, slot) => slot).filter((slot) => table.used[slot] === 1);
      for (const { view, stream, sort, dir, merged } of views) {
        const members = slots.filter((slot) => view.accepts(slot));
        const { totals, cities } = stream.full();
        expect(totals?.listed).toBe(members.length);
        const online = members.filter((slot) => table.online[slot]);
        expect(totals?.live).toBe(online.length);
        expect(totals?.chatting).toBe(online.filter((slot) => CHATTING.has(STATUSES[table.status[slot]!]!)).length);
        expect(totals?.byStatus).toEqual(STATUSES.map((_, status) => members.filter((slot) => table.status[slot] === status).length));
        const urls = new Map<string, number>();
        for (const slot of members)
          if (table.online[slot]) urls.set(table.getText(slot, 'url'), (urls.get(table.getText(slot, 'url')) ?? 0) + 1);
        expect(new Map(totals?.pages?.map(({ key: url, count }) => [url, count]))).toEqual(urls);
        expect((cities ?? []).reduce((sum, [, ...counts]) => sum + counts.reduce((a, b) => a + b, 0), 0)).toBe(members.length);

        const sign = dir === 'asc' ? 1 : -1;
        const keyed = members.map((slot) => ({
          slot,
          id: table.ids[slot]!,
          key: keyOnWire(table, { sort, dir }, SORT_RULES[sort].key(table, slot)),
        }));
        keyed.sort((a, b) => sign * comparePairs(a.key, a.id, b.key, b.id));
        const shown = merged.full();
        expect(shown.order).toEqual(keyed.map(({ id }) => id));
        expect(shown.total).toBe(members.length);
        for (const { slot, id } of keyed) expect(shown.set?.[id]).toEqual(rowOf(table, slot));
      }
    }),
    { numRuns: 150 },
  );
});

test('[BD4] by status those who left come after everybody who is there, whatever their conversation', () => {
  const made = makePresence();
  for (const visitor of ['quiet', 'gone', 'waits']) made.presence.announce(hello(visitor), T0);
  for (const visitor of ['gone', 'waits'])
    made.presence.converse(visitor, { state: 'unassigned', id: `chat-${visitor}`, waitingSince: T0 }, T0);
  const view = made.board.open('all', { scope: {}, filter: filterOf('') });
  const rows = new WindowStream(made.board, view, { sort: 'status', dir: 'asc', before: 0, after: 10 });
  const merged = new MergedRows(rows.window);
  made.board.read(all);
  merged.apply('n1', rows.full());
  const order = () => {
    made.board.commit();
    const part = rows.take(T0);
    if (part) merged.apply('n1', part);
    merged.take();
    const { order: ids, set } = merged.full();
    return ids!.map((id) => set![id]!.visitor);
  };
  expect(order().at(-1)).toBe('quiet');
  made.presence.gone(key('gone'), T0 + 1_000);
  made.presence.advance(T0 + 10_000);
  expect(order()).toEqual(['waits', 'quiet', 'gone']);
});

test('[BD5] a window lies around its anchor, says how many rows are above it, and needs no row at the anchor', () => {
  const made = makePresence();
  for (let i = 0; i < 30; i++) made.presence.announce(hello(`v${i}`), T0 + i * 1_000);
  const view = made.board.open('all', { scope: {}, filter: filterOf('') });
  const around = (dir: 'asc' | 'desc', keyAt: number) => {
    const stream = new WindowStream(made.board, view, { sort: 'arrived', dir, anchor: { key: keyAt, id: '' }, before: 3, after: 4 });
    made.board.read(all);
    stream.take(T0);
    return stream.full();
  };
  const times = (part: ReturnType<typeof around>): number[] => part.order!.map((id) => (Number(part.keys![id]) - T0) / 1_000);
  const asc = around('asc', T0 + 10_500);
  expect(times(asc)).toEqual([8, 9, 10, 11, 12, 13, 14]);
  expect(asc).toMatchObject({ before: 8, total: 30 });
  const desc = around('desc', T0 + 10_500);
  expect(times(desc)).toEqual([13, 12, 11, 10, 9, 8, 7]);
  expect(desc).toMatchObject({ before: 16, total: 30 });
  expect(times(around('desc', T0 + 99_000))).toEqual([29, 28, 27, 26]);
  expect(times(around('asc', T0 + 99_000))).toEqual([27, 28, 29]);
});

test('[BD6] a patch carries the fields that changed and nothing else; a navigation moves nothing on the map', () => {
  const made = makePresence();
  made.presence.announce(hello('v1'), T0);
  const view = made.board.open('all', { scope: {}, filter: filterOf('') });
  const rows = new WindowStream(made.board, view, { sort: 'arrived', dir: 'desc', before: 0, after: 10 });
  const totals = new ViewStream(made.board, view);
  made.board.read(all);
  rows.take(T0);
  totals.take(T0);
  made.presence.page(key('v1'), page(2, '/a'), T0 + 500);
  made.board.commit();
  expect(rows.take(T0)).toEqual({
    before: 0,
    total: 1,
    set: { 'visit-1': { url: 'https://shop.test/a', title: '/a', pages: 2, lastActivityAt: T0 + 500 } },
  });
  expect(totals.take(T0 + 500)?.cities).toBeUndefined();
  expect(rows.take(T0)).toBeNull();
});

test('[BD17] a window that wants it is told at most so often, of the latest; it owes what waits, and what is being read does not wait', () => {
  const made = makePresence();
  made.presence.announce(hello('v1'), T0);
  const view = made.board.open('all', { scope: {}, filter: filterOf('') });
  const rows = new WindowStream(made.board, view, { sort: 'activity', dir: 'desc', before: 0, after: 10, everyMs: 250 });
  rows.take(0);
  made.board.read(all);
  expect(rows.take(1)).toMatchObject({ total: 1 });
  const say = (n: number): void => {
    made.presence.page(key('v1'), page(n, `/${n}`), T0 + n * 100);
    made.board.commit();
  };
  for (const [n, at] of [
    [2, 100],
    [3, 200],
  ] as const) {
    say(n);
    expect([rows.take(at), rows.owes]).toEqual([null, true]);
  }
  expect(rows.take(251)).toMatchObject({ set: { 'visit-1': { url: 'https://shop.test/3', pages: 3 } } });
  expect(rows.owes).toBe(false);
  say(4);
  expect(rows.take(600)).not.toBeNull();
});

test('[BD7] a new view is read in slices: counting until it is done, exact when it is', () => {
  const made = makePresence();
  for (let i = 0; i < 2_000; i++) made.presence.announce(hello(`v${i}`, { pages: [page(1, i % 2 ? '/odd' : '/even')] }), T0 + i);
  made.board.commit();
  const view = made.board.open('odd', { scope: {}, filter: filterOf('page:/odd') });
  const stream = new ViewStream(made.board, view);
  let slices = 3;
  expect(made.board.read(() => slices-- > 0)).toBe(false);
  expect(stream.take(T0)).toMatchObject({ counting: true });
  made.presence.endAll(T0 + 3_000, (slot) => slot % 4 === 1);
  expect(made.board.read(all)).toBe(true);
  expect(stream.take(T0 + 3_000)).toMatchObject({ counting: false, totals: { listed: 500 } });
});

test('[BD8] visits left out are in no view but the one that asks for them', () => {
  const made = makePresence();
  made.presence.announce(hello('v1'), T0);
  made.presence.announce(hello('v2', { facts: { ...hello('v2').facts, filtered: 'Bot: Googlebot' } }), T0);
  const counted = made.board.open('all', { scope: {}, filter: filterOf('') });
  const filtered = made.board.open('filtered', { scope: { filtered: true }, filter: filterOf('') });
  made.board.read(all);
  expect([counted.listed, filtered.listed]).toEqual([1, 1]);
});

test('[BD9] pages of several nodes add up; the cut is said when it could matter', async () => {
  const { MergedView } = await import('./merge.ts');
  const merged = new MergedView();
  const part = (count: number, cut: boolean) => ({
    full: true as const,
    counting: false,
    totals: { listed: count, live: count, pages: [{ key: '/a', count }], pagesCut: cut, byStatus: [0, 0, 0, 0, count, 0, 0] },
    cities: [[1, 0, 0, 0, 0, count, 0, 0]],
  });
  merged.apply('n1', part(2, false), (i) => i);
  merged.apply('n2', part(3, true), (i) => i + 1);
  expect(merged.fullTotals()).toMatchObject({ listed: 5, live: 5, browsing: 5, pages: [{ key: '/a', count: 5 }], exact: false });
  expect(merged.fullCities()).toEqual([
    [1, 2],
    [2, 3],
  ]);
  merged.drop('n2');
  expect(merged.takeTotals()).toMatchObject({ listed: 2, exact: true });
  expect(merged.takeCities()).toEqual([[1, 2], [2]]);
});
