/**
 * The cart of a visit, and what the visit's badge says with it.
 *
 * *Cart* holds from a cart or checkout that was seen, or items that were declared, until the checkout is done or the cart declared empty.
 * It outweighs Product, Collection and Search, and nothing outweighs Checkout: the badge says the most urgent thing that is true.
 */
import { CONTEXT_KINDS, type ContextKind, type RuleOutcome } from '@foyer/protocol';

/** `items`: as declared; null: nothing was said of them. */
export type CartEvent =
  { readonly saw: RuleOutcome } | { readonly declared: ContextKind; readonly items: number | null } | { readonly reached: 'checkout' };

/** Whether the cart holds after this. */
export function cartAfter(holds: boolean, event: CartEvent): boolean {
  if ('reached' in event) return false;
  if ('saw' in event) return event.saw === 'done' ? false : holds || event.saw === 'cart' || event.saw === 'checkout';
  if (event.items !== null) return event.items > 0;
  return holds || event.declared === 'cart' || event.declared === 'checkout';
}

/** What the badge says on a page of this kind; 'none': nothing. A cart page whose cart is empty is no *Cart*. */
export function badgeContext(page: RuleOutcome, holds: boolean): ContextKind {
  if (page === 'checkout') return 'checkout';
  if (holds) return 'cart';
  return page === 'cart' || page === 'done' ? 'none' : page;
}

/** What the page's own code says outweighs rules; `none` takes it back, so that a slip in it is no answer. */
export const pageContext = (declared: ContextKind, byRules: RuleOutcome): RuleOutcome => (declared === 'none' ? byRules : declared);

/** Most urgent first: 0 is Checkout. Of any other text, as of none, the last. */
export function urgencyOf(context: string): number {
  const i = (CONTEXT_KINDS as readonly string[]).indexOf(context);
  return i < 0 ? CONTEXT_KINDS.length - 1 : i;
}

/** Of `data.items` as a page said it: a number of things, or nothing. */
export function itemsOf(data: Readonly<Record<string, unknown>> | undefined): number | null {
  const said = data?.['items'];
  const items = typeof said === 'string' && said.trim() !== '' ? Number(said) : said;
  return typeof items === 'number' && Number.isFinite(items) ? Math.max(0, items) : null;
}
