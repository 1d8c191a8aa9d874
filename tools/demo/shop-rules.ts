import { defaultEntries, shippedGoals } from '@foyer/domain/rules';
import type { ContextEntry, Goal, PagePattern, RuleOutcome } from '@foyer/protocol';

const at = (path: string): PagePattern => ({ host: '', path, query: '', hash: '' });
const rule = (id: string, context: RuleOutcome, path: string, note = ''): ContextEntry => ({
  ...{ kind: 'rule', enabled: true, id, context, note },
  ...at(path),
});

/** The shop lives below a folder, which no rule that ships knows of. Its pages say what they are as well. */
export const SHOP_CONTEXTS: readonly ContextEntry[] = [
  rule('demo-done', 'done', '/demo/checkout/thanks', 'The order is placed'),
  rule('demo-checkout', 'checkout', '/demo/checkout'),
  rule('demo-cart', 'cart', '/demo/cart'),
  rule('demo-product', 'product', '/demo/products/*'),
  rule('demo-collection', 'collection', '/demo/collections/*'),
  rule('demo-search', 'search', '/demo/search'),
  ...defaultEntries(),
];

/** Checkout with the order's value, said by the shop; a pair of boots set aside by a form in chat; a story read to find the shop. */
export const SHOP_GOALS: readonly Goal[] = [
  ...shippedGoals(),
  { id: 'reserved-in-store', name: 'Reserved in store', enabled: true, pages: [], form: 'With pleasure! Just fill this in' },
  { id: 'read-a-story', name: 'Read a story', enabled: true, pages: [at('/demo/journal/*')], form: '' },
];
