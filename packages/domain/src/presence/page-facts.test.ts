import type { ContextKind, ReachedGoal } from '@foyer/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { Board, PlaceTable, VisitTable } from '../board/index.ts';
import { compileContexts, compileGoals, defaultEntries, fold, PageRules, shippedGoals } from '../rules/index.ts';
import { Presence } from './presence.ts';
import { hello, key, page, stored } from './presence.testkit.ts';

const T0 = 1_700_000_000_000;
const contexts = compileContexts(defaultEntries());
const goals = compileGoals([
  ...shippedGoals(),
  { id: 'demo', name: 'Demo', enabled: true, pages: [{ path: '/demo/thanks', host: '', query: '', hash: '' }], form: '' },
]);
if (!contexts.ok || !goals.ok) throw new Error('the rules of this test do not compile');
const rules = new PageRules(contexts.value, goals.value);

let table: VisitTable;
let presence: Presence;
let now: number;
let soon: number;
beforeEach(() => {
  table = new VisitTable(new PlaceTable(), fold);
  soon = 0;
  presence = new Presence({
    board: new Board(table),
    newVisitId: () => 'visit-1',
    judge: (site, url) => (site === 'shop' ? rules.judge(url) : { context: 'none', goals: [] }),
    sink: { started() {}, changed: (_, isSoon) => void (soon += isSoon ? 1 : 0), ended() {} },
  });
  now = T0;
});

let n = 0;
const slot = (): number => table.slotOfVisitor('v1')!;
const badge = (): string => table.getText(slot(), 'context');
const reached = (): readonly ReachedGoal[] => table.rare.get(slot())?.goals ?? [];
function arrive(path: string, tab = 'tab-1', over: Parameters<typeof hello>[1] = {}): void {
  presence.announce(hello('v1', { ...key('v1', tab), pages: [page((n = 1), path)], ...over }), (now += 1_000));
}
const go = (path: string, tab = 'tab-1') => presence.page(key('v1', tab), page(++n, path), (now += 1_000));
const say = (kind: ContextKind, items: number | null = null, tab = 'tab-1') =>
  presence.context(key('v1', tab), { kind, items }, '', (now += 1_000));

describe('the badge of a visit', () => {
  it('[PC11] is that of its current page, by the rules of its site', () => {
    arrive('/products/boot');
    expect(badge()).toBe('product');
    go('/collections/boots');
    expect(badge()).toBe('collection');
    go('/about');
    expect(badge()).toBe('');
    go('/search');
    expect(badge()).toBe('search');
  });

  it('[PC11] is that of the tab last focused', () => {
    arrive('/products/boot');
    arrive('/collections/boots', 'tab-2');
    expect(badge()).toBe('collection');
    presence.state(key('v1'), { hidden: false, focused: true }, (now += 1_000));
    presence.state(key('v1', 'tab-2'), { hidden: true, focused: false }, (now += 1_000));
    expect(badge()).toBe('product');
  });

  it('[PC10] Cart holds from a cart that was seen until the checkout is done', () => {
    arrive('/cart');
    go('/products/boot');
    expect(badge()).toBe('cart');
    go('/checkout');
    expect(badge()).toBe('checkout');
    go('/about');
    expect(badge()).toBe('cart');
    go('/checkout/order-received/7');
    expect(badge()).toBe('');
    go('/products/boot');
    expect(badge()).toBe('product');
  });

  it('[PC10] what is done in one tab empties the cart of all', () => {
    arrive('/cart');
    arrive('/checkout/order-received/7', 'tab-2');
    expect(badge()).toBe('');
    presence.gone(key('v1', 'tab-2'), (now += 1_000));
    expect(badge()).toBe('');
  });

  it('[PC12] what the page declares outweighs rules until it declares something else', () => {
    arrive('/search');
    say('product');
    expect(badge()).toBe('product');
    say('none');
    expect(badge()).toBe('search');
    say('cart', 2);
    expect(badge()).toBe('cart');
    say('cart', 0);
    expect(badge()).toBe('');
    say('product', 1);
    expect(badge()).toBe('cart');
  });

  it.each<[ContextKind, number | null, string, string]>([
    ['cart', 2, '/checkout', 'checkout'],
    ['cart', 2, '/', 'cart'],
    ['product', null, '/checkout', 'checkout'],
    ['product', null, '/', ''],
    ['checkout', null, '/products/boot', 'cart'],
    ['search', null, '/collections/boots', 'collection'],
  ])('[PC12] a declaration ends with its page, what it did to the cart does not: %s %j, then %s', (kind, items, path, shown) => {
    arrive('/about');
    say(kind, items);
    go(path);
    expect(badge()).toBe(shown);
  });

  it('[PC12] a page view of the same address is the same page: one that comes back from the cache', () => {
    arrive('/about');
    say('product');
    go('/about');
    expect(badge()).toBe('product');
  });

  it('[PC12] a tab that was away and comes back on another page has not declared anything', () => {
    arrive('/about');
    arrive('/about', 'tab-2');
    say('product', null, 'tab-1');
    presence.gone(key('v1'), (now += 1_000));
    now += 120_000;
    arrive('/about', 'tab-3');
    presence.announce(hello('v1', { ...key('v1'), pages: [page(2, '/search')] }), (now += 1_000));
    expect(badge()).toBe('search');
  });

  it('[PC12] a declaration is its tab’s: another tab has its own', () => {
    arrive('/about');
    say('product');
    arrive('/collections/boots', 'tab-2');
    expect(badge()).toBe('collection');
  });

  it('[PC12] a declaration that is repeated does not fill again a cart that was emptied elsewhere; a done page ends it', () => {
    arrive('/about');
    say('cart', 2);
    arrive('/checkout/order-received/7', 'tab-2');
    say('cart', 2);
    expect(table.cart[slot()]).toBe(0);
    presence.gone(key('v1', 'tab-2'), (now += 1_000));
    go('/checkout/order-received/7');
    go('/products/boot');
    expect([badge(), table.cart[slot()]]).toEqual(['product', 0]);
  });

  it('[PC12] a new home of the visit hears what was declared', () => {
    arrive('/about', 'tab-1', { declared: { kind: 'cart', items: 2 } });
    expect([badge(), table.cart[slot()]]).toEqual(['cart', 1]);
    expect(presence.context(key('v1', 'unknown'), { kind: 'cart', items: 2 }, '', now)).toBeNull();
  });

  it('[PC10] the cart comes back from the store with its badge', () => {
    presence.restore(stored('v1', { startedAt: T0, lastActivityAt: T0, context: 'checkout' }), T0, T0 + 60_000);
    expect(badge()).toBe('checkout');
    arrive('/about');
    expect(badge()).toBe('cart');
  });

  it('[PC10] what the store knows of a visit that goes on here is merged, unless its checkout is done here', () => {
    const before = stored('v1', {
      visit: 'visit-1',
      startedAt: T0,
      lastActivityAt: T0,
      tabs: { 'tab-1': 1 },
      context: 'cart',
      goals: [goal('demo', T0, 5)],
    });
    arrive('/products/boot');
    presence.restore(before, now, now);
    expect([badge(), reached()]).toEqual(['cart', [goal('demo', T0, 5)]]);
    go('/checkout/order-received/7');
    presence.restore(before, now, now);
    expect([badge(), table.cart[slot()]]).toEqual(['', 0]);
  });
});

const goal = (id: string, at: number, value = 0): ReachedGoal => ({ goal: id, at, value, currency: value > 0 ? 'EUR' : '' });

describe('the goals of a visit', () => {
  it('[GO2] a page reaches them, at its own time, also when it is told late', () => {
    arrive('/');
    presence.page(key('v1'), page(++n, '/demo/thanks', 400), (now += 1_000));
    expect(reached()).toEqual([goal('demo', now - 400)]);
    expect(table.getText(slot(), 'goals')).toBe('demo');
  });

  it('[GO6] once a visit; the value that is said later is taken', () => {
    arrive('/checkout/order-received/7');
    const at = now;
    go('/checkout/order-received/7');
    expect(reached()).toEqual([goal('checkout', at)]);
    presence.goal('v1', goal('checkout', now + 5, 60), now + 5);
    presence.goal('v1', goal('checkout', now + 6, 70), now + 6);
    expect(reached()).toEqual([goal('checkout', at, 60)]);
    presence.goal('v1', goal('lead-captured', now + 7), now + 7);
    expect(table.getText(slot(), 'goals')).toBe('checkout lead-captured');
  });

  it('[GO6] its time lies within the visit, however late it is said', () => {
    arrive('/');
    presence.goal('v1', goal('demo', now - 86_400_000), now);
    presence.goal('v1', goal('checkout', now + 5_000), now);
    expect(reached().map(({ at }) => at)).toEqual([table.startedAt[slot()], now]);
  });

  it('[GO8] one that is reached is written at once, a repeat is not', () => {
    arrive('/');
    const before = soon;
    presence.goal('v1', goal('demo', now), now);
    expect(soon).toBe(before + 1);
    presence.goal('v1', goal('demo', now), now);
    expect(soon).toBe(before + 1);
  });

  it('[PC10] Checkout, by whatever it is reached, empties the cart', () => {
    arrive('/cart');
    presence.goal('v1', goal('checkout', now), now);
    expect(table.cart[slot()]).toBe(0);
  });

  it('[GO8] they come back from the store, and go with the visit', () => {
    presence.restore(stored('v1', { startedAt: T0, lastActivityAt: T0, goals: [goal('demo', T0)] }), T0, T0);
    expect([table.getText(slot(), 'goals'), reached()]).toEqual(['demo', [goal('demo', T0)]]);
    presence.goal('v1', goal('demo', T0 + 5), T0 + 5);
    expect(reached()).toHaveLength(1);
    expect(presence.goal('nobody', goal('demo', T0), T0)).toBeNull();
  });
});
