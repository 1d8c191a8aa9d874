import { fold } from '@foyer/domain/rules';

/** Scores of the ways in which a word can be found; the best one counts. */
const WHOLE = 100;
const BEGIN = 80;
const WORD_BEGIN = 60;
const WITHIN = 30;
/** Letters in order with gaps, such as `vmon` for Visitor Monitor. Shorter words would find everything. */
const SCATTERED = 10;
const SCATTERED_FROM = 3;

function scoreOf(word: string, text: string): number {
  const at = text.indexOf(word);
  if (at === 0) return word.length === text.length ? WHOLE : BEGIN;
  if (at > 0) {
    for (let i = at; i > 0; i = text.indexOf(word, i + 1)) if (/[^\p{L}\p{N}]/u.test(text[i - 1] ?? '')) return WORD_BEGIN;
    return WITHIN;
  }
  if (word.length < SCATTERED_FROM || word[0] !== text[0]) return 0;
  let i = 0;
  for (const c of word) {
    i = text.indexOf(c, i) + 1;
    if (i === 0) return 0;
  }
  return SCATTERED;
}

/**
 * How well a query finds something, from its label and further words for it; 0 when it does not. Every word of the query has to be found;
 * the label counts more than the further words. Cost: linear in the texts.
 */
export function match(query: string, label: string, more: readonly string[] = []): number {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const texts = [fold(label), ...more.map(fold)];
  let sum = 0;
  for (const word of words) {
    const best = Math.max(...texts.map((text, i) => (i === 0 ? scoreOf(word, text) * 2 : scoreOf(word, text))));
    if (best === 0) return 0;
    sum += best;
  }
  return words.length === 0 ? 0 : sum / words.length;
}
