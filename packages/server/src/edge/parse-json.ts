/** How JSON writes half of a character (a lone surrogate, U+D800 to U+DFFF), and a whole one that it has no need to escape. */
const SURROGATE = /\\u[dD][89a-fA-F]/;

/**
 * JSON as somebody else wrote it. Half of a character, which no UTF-8 has, becomes U+FFFD here, so that what is told to others is what the
 * store keeps, and no `encodeURIComponent` of it throws. Throws what is no JSON. Cost: a look through the text; more only where it has such.
 */
export function parseJson(text: string): unknown {
  if (!SURROGATE.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value));
}
