import { STATUSES } from '@foyer/protocol';
import { expect, test } from 'vitest';
import { hello, key, makePresence, page, stored } from './presence.testkit.ts';
import { openTabs } from './tabs.ts';

const MIN = 60_000;
const T0 = 1_700_000_000_000;
const active = STATUSES.indexOf('active');
const inactive = STATUSES.indexOf('inactive');

test('[PR1] a hello starts a visit that is online and Active', () => {
  const { presence, is, log } = makePresence();
  presence.announce(hello('v1'), T0);
  expect(is('v1')).toMatchObject({ status: active, online: true, url: '/', pages: 1, visit: 'visit-1' });
  expect(log[0]).toBe('started visit-1');
});

test('[PR2] several tabs of one browser are one visit; its page is the tab last focused', () => {
  const { presence, is, table } = makePresence();
  presence.announce(hello('v1'), T0);
  presence.announce(hello('v1', { ...key('v1', 'tab-2', 2), pages: [page(1, '/b')] }), T0 + 1_000);
  expect(table.size).toBe(1);
  expect(is('v1')).toMatchObject({ url: '/b', pages: 2 });
  presence.state(key('v1', 'tab-2', 2), { hidden: true, focused: false }, T0 + 2_000);
  presence.state(key('v1'), { hidden: false, focused: true }, T0 + 2_000);
  expect(is('v1')).toMatchObject({ url: '/' });
});

test('[PR2] a tab opened in the background does not take over the current page', () => {
  const { presence, is } = makePresence();
  presence.announce(hello('v1'), T0);
  presence.announce(hello('v1', { ...key('v1', 'tab-2', 2), pages: [page(1, '/later')], hidden: true, focused: false }), T0 + 1_000);
  expect(is('v1')).toMatchObject({ url: '/', pages: 2 });
});

test.each([
  [4_999, true],
  [5_000, false],
])('[PR3] %i ms after its last tab closed a visit is online: %s', (afterMs, online) => {
  const { presence, is } = makePresence();
  presence.announce(hello('v1'), T0);
  presence.gone(key('v1'), T0 + 1_000);
  presence.advance(T0 + 1_000 + afterMs + (online ? 0 : 250));
  expect(is('v1')).toMatchObject({ online, status: online ? active : inactive, leftAt: online ? 0 : T0 + 1_000 });
});

test('[PR4] a reload within the grace neither leaves nor starts a second visit', () => {
  const { presence, is, log } = makePresence();
  presence.announce(hello('v1'), T0);
  presence.gone(key('v1'), T0 + 1_000);
  presence.announce(hello('v1', { ...key('v1', 'tab-2', 2) }), T0 + 1_400);
  presence.advance(T0 + 20_000);
  expect(is('v1')).toMatchObject({ online: true, visit: 'visit-1', pages: 2 });
  expect(log.filter((line) => line.startsWith('started'))).toHaveLength(1);
});

test('[PR23] between two pages, and while a lost node’s tabs are awaited, the tabs that went last count', () => {
  const { presence, table } = makePresence();
  const tabs = (): number => {
    const slot = table.slotOfVisitor('v1')!;
    return openTabs(table.tabs[slot]!, table.online[slot] === 1);
  };
  presence.announce(hello('v1'), T0);
  expect(tabs()).toBe(1);
  presence.gone(key('v1'), T0 + 1_000);
  expect(tabs()).toBe(1);
  presence.announce(hello('v1', { ...key('v1', 'tab-2', 2) }), T0 + 1_400);
  expect(tabs()).toBe(1);
  presence.announce(hello('v1', { ...key('v1', 'tab-3', 3) }), T0 + 2_000);
  expect(tabs()).toBe(2);
  presence.edgeLost('n1', T0 + 3_000, T0 + 30_000);
  expect(tabs()).toBe(2);
  presence.advance(T0 + 31_000);
  expect(tabs()).toBe(0);
  const back = makePresence();
  back.presence.restore(stored('v1', { tabs: { a: 1, b: 2 } }), 1_070_000, 1_090_000);
  const slot = back.table.slotOfVisitor('v1')!;
  expect(back.table.online[slot]).toBe(1);
  expect(openTabs(back.table.tabs[slot]!, true)).toBe(1);
});

test('[PR5] a late close of an earlier socket of the same tab changes nothing', () => {
  const { presence, is } = makePresence();
  presence.announce(hello('v1'), T0);
  presence.announce(hello('v1', { ...key('v1', 'tab-1', 2) }), T0 + 1_000);
  presence.gone(key('v1', 'tab-1', 1), T0 + 1_100);
  presence.advance(T0 + 10_000);
  expect(is('v1')).toMatchObject({ online: true, pages: 1 });
});

test.each([
  [5 * MIN - 1, active],
  [5 * MIN + 250, inactive],
])('[PR6] %i ms after the last activity the status is %i', (afterMs, status) => {
  const { presence, is } = makePresence();
  presence.announce(hello('v1'), T0);
  presence.advance(T0 + afterMs);
  expect(is('v1')).toMatchObject({ status, online: true });
});

test('[PR6] input makes an idle visit Active again', () => {
  const { presence, is } = makePresence();
  presence.announce(hello('v1'), T0);
  presence.advance(T0 + 6 * MIN);
  presence.act(key('v1'), T0 + 7 * MIN);
  expect(is('v1')).toMatchObject({ status: active, lastActivityAt: T0 + 7 * MIN });
  presence.advance(T0 + 12 * MIN - 1);
  expect(is('v1')).toMatchObject({ status: active });
});

test('[PR7] 30 min after its last activity a visit ends, even with an open tab; the next input has to announce a new one', () => {
  const { presence, is, log } = makePresence();
  presence.announce(hello('v1'), T0);
  presence.act(key('v1'), T0 + 10 * MIN);
  presence.advance(T0 + 40 * MIN - 1);
  expect(is('v1')).not.toBeNull();
  presence.advance(T0 + 40 * MIN + 250);
  expect(is('v1')).toBeNull();
  expect(log.at(-1)).toBe(`ended visit-1 ${T0 + 10 * MIN}`);
  expect(presence.act(key('v1'), T0 + 50 * MIN)).toBeNull();
  presence.announce(hello('v1'), T0 + 50 * MIN);
  expect(is('v1')).toMatchObject({ visit: 'visit-2' });
});

test('[PR8] a tab that is idle for longer than a visit is listed starts none by coming back', () => {
  const { presence, is } = makePresence();
  expect(presence.announce(hello('v1', { idleMs: 30 * MIN }), T0)).toBeNull();
  expect(is('v1')).toBeNull();
  expect(presence.announce(hello('v1', { idleMs: 30 * MIN - 1 }), T0)).not.toBeNull();
});

test('[PR9] a page view counts once however often it is told, and in the order of its numbers', () => {
  const { presence, is } = makePresence();
  presence.announce(hello('v1'), T0);
  presence.page(key('v1'), page(2, '/a'), T0 + 1_000);
  presence.page(key('v1'), page(2, '/a'), T0 + 2_000);
  presence.announce(hello('v1', { ...key('v1', 'tab-1', 2), pages: [page(1, '/'), page(2, '/a'), page(3, '/b')] }), T0 + 3_000);
  expect(is('v1')).toMatchObject({ pages: 3, url: '/b' });
});

test('[PR10] a page view told late keeps its time', () => {
  const { presence, table } = makePresence();
  presence.announce(hello('v1', { pages: [page(1, '/', 60_000), page(2, '/a', 20_000)], idleMs: 20_000 }), T0);
  const slot = table.slotOfVisitor('v1')!;
  expect(table.startedAt[slot]).toBe(T0 - 60_000);
  expect(table.trails[slot]!.filter((_, i) => i % 3 === 2)).toEqual([0, 40]);
  expect(table.lastActivityAt[slot]).toBe(T0 - 20_000);
});

test('[PR11] a title that comes after its page changes the row and the page history', () => {
  const { presence, table } = makePresence();
  presence.announce(hello('v1'), T0);
  presence.title(key('v1'), 1, 'Fernhill: home', T0 + 100);
  const slot = table.slotOfVisitor('v1')!;
  expect(table.getText(slot, 'title')).toBe('Fernhill: home');
  expect(table.dictionaries.title.text(table.trails[slot]![1]!)).toBe('Fernhill: home');
});

test('[PR12] after a restart a visit keeps its status until the retry window ends, then it is Inactive', () => {
  const { presence, is, table } = makePresence();
  const now = 1_060_000 + 10_000;
  presence.restore(stored('v1'), now, now + 10_000);
  expect(is('v1')).toMatchObject({ online: true, status: active, visit: 'stored-1', pages: 2, url: '/a' });
  expect(table.reconnecting[table.slotOfVisitor('v1')!]).toBe(1);
  presence.advance(now + 10_250);
  expect(is('v1')).toMatchObject({ online: false, status: inactive });
});

test('[PR12] a visit that was left before the restart does not light up again', () => {
  const { presence, is } = makePresence();
  presence.restore(stored('v1', { leftAt: 1_061_000 }), 1_070_000, 1_090_000);
  expect(is('v1')).toMatchObject({ online: false, leftAt: 1_061_000 });
});

test('[PR13] a tab that comes back after a restart goes on with its visit: arrival and pages kept, resent pages counted once', () => {
  const { presence, is, table, log } = makePresence();
  presence.restore(stored('v1'), 1_070_000, 1_090_000);
  presence.announce(
    hello('v1', {
      pages: [page(2, '/a', 15_000), page(3, '/b', 2_000)],
      resume: { visit: 'stored-1', startedAt: 1_000_000 },
      idleMs: 2_000,
    }),
    1_075_000,
  );
  expect(is('v1')).toMatchObject({ visit: 'stored-1', pages: 3, url: '/b', online: true });
  expect(table.startedAt[table.slotOfVisitor('v1')!]).toBe(1_000_000);
  expect(log).not.toContain('started stored-1');
});

test('[PR14] a visit taken up before the store has answered gets its stored pages afterwards, each once', () => {
  const { presence, is, table } = makePresence();
  presence.announce(
    hello('v1', { pages: [page(2, '/a', 15_000), page(3, '/b', 0)], resume: { visit: 'stored-1', startedAt: 1_000_000 } }),
    1_075_000,
  );
  expect(is('v1')).toMatchObject({ pages: 2 });
  presence.restore(stored('v1'), 1_075_100, 0);
  presence.restore(stored('v1'), 1_075_200, 0);
  expect(is('v1')).toMatchObject({ pages: 3, url: '/b' });
  const trail = table.trails[table.slotOfVisitor('v1')!]!;
  expect([0, 3, 6].map((i) => table.dictionaries.url.text(trail[i]!))).toEqual([
    'https://shop.test/',
    'https://shop.test/a',
    'https://shop.test/b',
  ]);
});

test('[PR15] when a node dies its tabs have the retry window to come back, then their visits are left', () => {
  const { presence, is } = makePresence();
  presence.announce(hello('v1'), T0);
  presence.announce(hello('v2', key('v2', 'tab-9', 1, 'n2')), T0);
  presence.edgeLost('n2', T0 + 1_000, T0 + 11_000);
  presence.advance(T0 + 10_000);
  expect(is('v2')).toMatchObject({ online: true });
  presence.advance(T0 + 11_250);
  expect(is('v2')).toMatchObject({ online: false, leftAt: T0 + 1_000 });
  expect(is('v1')).toMatchObject({ online: true });
});

test('[PR16] tracking turned off ends every visit at that moment', () => {
  const { presence, is, log, board, table } = makePresence();
  presence.announce(hello('v1'), T0);
  presence.endAll(T0 + 5_000, () => true);
  expect(is('v1')).toBeNull();
  expect(log.at(-1)).toBe(`ended visit-1 ${T0 + 5_000}`);
  board.commit();
  expect(table.size).toBe(0);
});

test('[PR17] the page history keeps the last 50 views, the count goes on', () => {
  const { presence, is, table } = makePresence();
  presence.announce(hello('v1'), T0);
  for (let n = 2; n <= 60; n++) presence.page(key('v1'), page(n, `/p${n}`), T0 + n * 1_000);
  expect(is('v1')).toMatchObject({ pages: 60 });
  const trail = table.trails[table.slotOfVisitor('v1')!]!;
  expect(trail.length / 3).toBe(50);
  expect(table.dictionaries.url.text(trail[0]!)).toBe('https://shop.test/p11');
});

test('[PR18] what a visit is over for is forgotten: no text, tab or deadline of it stays', () => {
  const { presence, board, table } = makePresence();
  for (let round = 0; round < 50; round++) {
    presence.announce(hello(`v${round}`, { pages: [page(1, `/only-${round}`)] }), T0 + round * 31 * MIN);
    board.commit();
    presence.advance(T0 + (round + 1) * 31 * MIN - 1);
    board.commit();
  }
  expect(table.size).toBe(0);
  expect(table.dictionaries.url.size).toBeLessThanOrEqual(3);
  expect(table.end).toBeLessThanOrEqual(2);
});

test('[PR5] when the socket that spoke for a tab goes, the other one’s word on focus counts', () => {
  const { presence, is } = makePresence();
  presence.announce(hello('v1', { pages: [page(1, '/a')], since: 9_000, ...key('v1', 'tab-a', 1, 'n1') }), T0);
  presence.announce(hello('v1', { pages: [page(1, '/b')], focused: true, ...key('v1', 'tab-b', 1, 'n2') }), T0 + 10);
  presence.state(key('v1', 'tab-a', 1, 'n1'), { hidden: false, focused: true }, T0 + 20);
  // Its clock is behind, so the first socket still speaks for the tab.
  presence.announce(hello('v1', { pages: [page(1, '/a')], since: 1_000, focused: true, ...key('v1', 'tab-a', 7, 'n3') }), T0 + 30);
  presence.state(key('v1', 'tab-a', 7, 'n3'), { hidden: true, focused: false }, T0 + 40);
  expect(is('v1')).toMatchObject({ url: '/a' });
  presence.gone(key('v1', 'tab-a', 1, 'n1'), T0 + 50);
  expect(is('v1')).toMatchObject({ url: '/b', online: true });
});

test('[PR13] a tab read back from the store gets its newest page, also when an older one comes before it', () => {
  const { presence, is } = makePresence();
  presence.restore(stored('v1'), 1_061_000, 1_070_000);
  presence.announce(hello('v1', { pages: [page(1, '/old')] }), 1_062_000);
  presence.announce(hello('v1', { pages: [page(1, '/old'), page(2, '/new')], ...key('v1', 'tab-1', 2) }), 1_063_000);
  expect(is('v1')).toMatchObject({ url: '/new', pages: 2 });
});

test('[PR24] a visit that begins in a tab left open begins with the input, and with its page or the new one; earlier pages are not counted again', () => {
  const { presence, is, table } = makePresence();
  const old = page(4, '/old', 50 * MIN);
  const at = (visitor: string) => table.startedAt[table.slotOfVisitor(visitor)!];
  presence.announce(hello('v1', { pages: [old], beganAgoMs: 0 }), T0);
  expect([is('v1'), at('v1')]).toMatchObject([{ pages: 1, url: '/old' }, T0]);
  presence.announce(hello('v2', { pages: [old, page(5, '/new')], beganAgoMs: 0 }), T0);
  expect([is('v2'), at('v2')]).toMatchObject([{ pages: 1, url: '/new' }, T0]);
  // Another tab that was open then shows its page, which the earlier visit has counted; what it opens next is new.
  presence.announce(hello('v2', { ...key('v2', 'tab-2', 2), pages: [page(7, '/other', 45 * MIN)], idleMs: 45 * MIN }), T0 + 1_000);
  expect(is('v2')).toMatchObject({ pages: 1 });
  presence.page(key('v2', 'tab-2', 2), page(8, '/next'), T0 + 2_000);
  expect(is('v2')).toMatchObject({ pages: 2 });
});

test('[PR24] what the store has of a visit that was over before is not taken up; where pages or a conversation bridge the time it is', () => {
  const { presence } = makePresence();
  const now = 1_060_000 + 40 * MIN;
  const resume = { visit: 'stored-1', startedAt: 1_000_000 };
  presence.announce(hello('v1', { pages: [page(3, '/b', 0)], resume }), now);
  expect(presence.goesOn(stored('v1'))).toBe(false);
  presence.page(key('v1'), page(4, '/c', 20 * MIN), now);
  expect(presence.goesOn(stored('v1'))).toBe(true);
});

test('[PR25] tabs that come back after the store has answered are known: their pages count once, also when they come minutes later', () => {
  const { presence, is } = makePresence();
  const resume = { visit: 'stored-1', startedAt: 1_000_000 };
  const other = hello('v1', { ...key('v1', 'tab-2', 2), pages: [page(5, '/tab-2', 30_000)], resume });
  const first = hello('v1', { pages: [page(2, '/a', 15_000)], resume });
  const known = stored('v1', { tabs: { 'tab-1': 2, 'tab-2': 5 }, pages: 7 });
  presence.announce(first, 1_075_000);
  presence.restore(known, 1_075_100, 0);
  presence.announce(other, 1_300_000);
  expect(is('v1')).toMatchObject({ pages: 7 });
  // The same when the store was read first.
  const again = makePresence();
  again.presence.restore(known, 1_200_000, 1_220_000);
  again.presence.announce(first, 1_201_000);
  again.presence.announce(other, 1_300_000);
  expect(again.is('v1')).toMatchObject({ pages: 7 });
});
