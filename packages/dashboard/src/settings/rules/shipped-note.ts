import { t } from '../../messages/catalogue.ts';

/** Notes of rules that ship come with them, in English: known by how they begin. */
const NOTES: readonly (readonly [RegExp, keyof typeof t.rules.notes])[] = [
  [/^Checkout below the number/, 'belowShop'],
  [/^The page after the payment/, 'orderStatus'],
  [/^A domain of its own/, 'ownDomain'],
  [/^Payment of an order/, 'payment'],
  [/^Only if the site keeps the parameter controller$/, 'keepsController'],
  [/^Rewritten addresses/, 'rewritten'],
  [/^Posts and pages/, 'reading'],
  [/^Off at first/, 'offAtFirst'],
  [/^Labels of a blog/, 'labels'],
];

/** In the reader's language; as it came when this page does not know it yet. */
export function shippedNote(note: string): string {
  const known = NOTES.find(([pattern]) => pattern.test(note));
  return known ? t.rules.notes[known[1]] : note;
}
