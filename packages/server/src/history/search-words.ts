import { searchWords } from '../chat/search-text.ts';

/** Words of one visit or person beyond which nothing more is found: a trail of 50 long titles has about as many. */
const MOST_WORDS = 400;
const countries = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

export const countryName = (code: string): string => (/^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? '') : '');

/** What is found by search: words of these texts, folded, each once. */
export function indexText(workspace: string, texts: readonly string[]): string {
  const words = new Set<string>();
  for (const word of searchWords(texts.join(' '))) {
    if (words.size >= MOST_WORDS) break;
    words.add(word);
  }
  return [workspaceWord(workspace), ...words].join(' ');
}

/** The query of the index for what somebody typed: all of its words, the last may be a beginning. '' when there is none. */
export function matchText(workspace: string, typed: string): string {
  const words = searchWords(typed);
  if (words.length === 0) return '';
  // Only letters and digits are in words, so nothing of the query's own syntax can be.
  const quoted = words.map((word, i) => (i === words.length - 1 ? `"${word}"*` : `"${word}"`));
  return [`"${workspaceWord(workspace)}"`, ...quoted].join(' AND ');
}

/** True where an index would find it: for stores without one. */
export function isMatch(text: string, typed: string): boolean {
  const words = text.split(' ').slice(1);
  const wanted = searchWords(typed);
  return wanted.every((word, i) => (i === wanted.length - 1 ? words.some((w) => w.startsWith(word)) : words.includes(word)));
}

/** Page addresses are found by the words of their paths. */
export const pathWords = (url: string): string => url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/, '');

/** Text values of an identity (JSON): name, e-mail, id. */
export function identityWords(identity: string): string[] {
  if (identity === '') return [];
  try {
    return Object.values(JSON.parse(identity) as Record<string, unknown>).filter((value) => typeof value === 'string');
  } catch {
    return [];
  }
}
export function emailOf(identity: string): string {
  if (identity === '') return '';
  try {
    const { email } = JSON.parse(identity) as { email?: unknown };
    return typeof email === 'string' ? email : '';
  } catch {
    return '';
  }
}

const workspaceWord = (workspace: string): string => `ws${workspace.toLowerCase().replace(/[^a-z0-9]/g, '')}`;
