import { t } from '../messages/catalogue.ts';

/** What the server declined, in the reader's language by its code; its own words for a code that this page does not know yet. */
export function refusalText(refusal: { readonly code: string; readonly message: string }): string {
  const known: Readonly<Record<string, string>> = t.words.failures;
  return Object.hasOwn(known, refusal.code) ? (known[refusal.code] ?? refusal.message) : refusal.message;
}

/** Sentences about one field come without a code, so they are known by how they begin. */
const FIELD_SENTENCES: readonly (readonly [RegExp, keyof typeof t.words.fields])[] = [
  [/^a host name is needed/i, 'host'],
  [/^an origin/i, 'origin'],
  [/^is taken/i, 'taken'],
  [/^this invitation is for another/i, 'otherEmail'],
  [/^is no e-mail address/i, 'email'],
  [/^at most \d+ char/i, 'tooLong'],
  [/^at least \d+ char/i, 'tooShort'],
];

/** What is wrong with one field of a form, as a sentence. */
export function fieldText(sentence: string): string {
  const known = FIELD_SENTENCES.find(([pattern]) => pattern.test(sentence));
  return known ? t.words.fields[known[1]] : sentence;
}
