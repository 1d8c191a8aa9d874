import type { ContextKind, RuleOutcome } from '@foyer/protocol';
import { describe, expect, it } from 'vitest';
import { badgeContext, type CartEvent, cartAfter, itemsOf, pageContext, urgencyOf } from './context-cart.ts';

const after = (...events: CartEvent[]): boolean => events.reduce(cartAfter, false);
const declared = (kind: ContextKind, items: number | null = null): CartEvent => ({ declared: kind, items });

describe('the cart of a visit', () => {
  it.each<[string, boolean, CartEvent[]]>([
    ['nothing seen', false, []],
    ['a product seen', false, [{ saw: 'product' }]],
    ['a cart seen', true, [{ saw: 'cart' }]],
    ['a checkout seen', true, [{ saw: 'checkout' }]],
    ['a cart seen, then products', true, [{ saw: 'cart' }, { saw: 'product' }, { saw: 'none' }]],
    ['done', false, [{ saw: 'cart' }, { saw: 'checkout' }, { saw: 'done' }]],
    ['the goal reached', false, [{ saw: 'cart' }, { reached: 'checkout' }]],
    ['a cart declared', true, [declared('cart')]],
    ['items declared anywhere', true, [declared('product', 2)]],
    ['emptied', false, [{ saw: 'cart' }, declared('cart', 0)]],
    ['emptied by a page that is no cart', false, [declared('cart', 2), declared('none', 0)]],
    ['declared to be a product', true, [{ saw: 'cart' }, declared('product')]],
    ['filled again', true, [declared('cart', 2), { saw: 'done' }, declared('product', 1)]],
  ])('[PC10] %s: %s', (_, holds, events) => {
    expect(after(...events)).toBe(holds);
  });

  it.each<[page: RuleOutcome, holds: boolean, badge: ContextKind]>([
    ['checkout', false, 'checkout'],
    ['checkout', true, 'checkout'],
    ['cart', true, 'cart'],
    ['cart', false, 'none'],
    ['product', true, 'cart'],
    ['product', false, 'product'],
    ['search', true, 'cart'],
    ['none', true, 'cart'],
    ['none', false, 'none'],
    ['done', false, 'none'],
  ])('[PC11] on a page that is %s with a cart that holds %s the badge is %s', (page, holds, badge) => {
    expect(badgeContext(page, holds)).toBe(badge);
  });

  it('[PC12] what a page declares outweighs rules, and none takes it back', () => {
    expect(pageContext('product', 'cart')).toBe('product');
    expect(pageContext('none', 'cart')).toBe('cart');
  });

  it.each<[unknown, number | null]>([
    [2, 2],
    ['3', 3],
    [0, 0],
    [-1, 0],
    ['', null],
    ['many', null],
    [null, null],
    [true, null],
    [Number.NaN, null],
    [undefined, null],
  ])('[PC12] items %j are %j', (items, read) => {
    expect(itemsOf({ items })).toBe(read);
  });

  it('[PC13] Checkout is the most urgent, then Cart, Product, Collection, Search, none', () => {
    const contexts = ['search', '', 'cart', 'collection', 'checkout', 'product'];
    expect(contexts.toSorted((a, b) => urgencyOf(a) - urgencyOf(b))).toEqual(['checkout', 'cart', 'product', 'collection', 'search', '']);
  });
});
