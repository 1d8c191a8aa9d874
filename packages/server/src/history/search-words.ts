import { fold } from '@foyer/domain/rules';
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
  const parts = partsOf(typed);
  if (parts.length === 0) return '';
  // Only letters and digits are in words, so nothing of the query's own syntax can be.
  const quoted = parts.flatMap(({ words, isWhole }) => words.map((w, i) => (isWhole || i < words.length - 1 ? `"${w}"` : `"${w}"*`)));
  return [`"${workspaceWord(workspace)}"`, ...quoted].join(' AND ');
}

/** True where an index would find it: for stores without one. */
export function isMatch(workspace: string, texts: readonly string[], typed: string): boolean {
  const known = indexText(workspace, texts).split(' ').slice(1);
  const isKnown = (word: string, isWhole: boolean): boolean => (isWhole ? known.includes(word) : known.some((w) => w.startsWith(word)));
  return (
    partsOf(typed).every(({ words, isWhole }) => words.every((word, i) => isKnown(word, isWhole || i < words.length - 1))) &&
    joinedIn(typed).every((joined) => joined.isIn(texts))
  );
}

/** Words typed as one, `/c/3` or `order-received`: an index knows that each of them is there, not that they stand next to one another. */
export interface Joined {
  /** False: they are not in it. True: they may be. Costs little where they are not. */
  readonly mayBeIn: (raw: string) => boolean;
  readonly isIn: (texts: readonly string[]) => boolean;
}

/** What of a search was typed joined by `/` or `-`. */
export function joinedIn(typed: string): Joined[] {
  return partsOf(typed).flatMap(({ words, isJoined, isWhole }): Joined[] => {
    if (!isJoined) return [];
    const phrase = ` ${words.join(' ')}${isWhole ? ' ' : ''}`;
    // Words are letters, marks and digits: none of them is a sign of the expression.
    const near = new RegExp(words.join('[^\\p{L}\\p{N}\\p{M}]*'), 'u');
    const mayBeIn = (raw: string): boolean => near.test(fold(raw));
    return [{ mayBeIn, isIn: (texts) => texts.some((text) => mayBeIn(text) && ` ${searchWords(text).join(' ')} `.includes(phrase)) }];
  });
}

interface Part {
  readonly words: readonly string[];
  readonly isJoined: boolean;
  /** false: its last word may be a beginning. */
  readonly isWhole: boolean;
}
/** What stands between blanks. A number that ends joined words is that number: `/c/3` is no beginning of `/c/31`. */
function partsOf(typed: string): Part[] {
  const parts = typed.split(/\s+/).flatMap((text) => {
    const words = searchWords(text);
    const isJoined = words.length > 1 && /[/-]/.test(text);
    return words.length === 0 ? [] : [{ words, isJoined, isWhole: isJoined && !/[\p{L}\p{M}]$/u.test(text) }];
  });
  return parts.map((part, i) => (i < parts.length - 1 ? { ...part, isWhole: true } : part));
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
