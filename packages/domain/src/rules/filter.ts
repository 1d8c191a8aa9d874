/**
 * The filter bar: what people type, and its one canonical form. SPEC.md, Filters (FI), has the grammar.
 * `filter-match.ts` says what a filter finds.
 */
import { LIMITS } from '@foyer/protocol/link';
import { fail, ok, type Result } from '../result.ts';
import { fold } from './fold.ts';

export const FIELDS = [
  'name',
  'city',
  'region',
  'country',
  'title',
  'url',
  'page',
  'referrer',
  'lang',
  'status',
  'site',
  'browser',
  'os',
  'device',
  'context',
  'goal',
  'campaign',
  'visitor',
  'ip',
  'is',
] as const;
/** What may stand before a colon. `page` is title and path together; every other field is a column of its own. */
export type Field = (typeof FIELDS)[number];

/** Other words for the same prefix: what the screen calls it, or what people try first. */
const ALIASES: Readonly<Record<string, Field>> = {
  language: 'lang',
  chat: 'status',
  state: 'status',
  ref: 'referrer',
  from: 'referrer',
  system: 'os',
  utm: 'campaign',
  id: 'visitor',
};
const PREFIXES: ReadonlyMap<string, Field> = new Map([...FIELDS.map((f) => [f, f] as const), ...Object.entries(ALIASES)]);

/** Holds for a visit that has at least one of `any` in `field` (null: in one of the fields free words search); `not` turns it round. */
export interface Term {
  readonly field: Field | null;
  readonly not: boolean;
  /** Folded alternatives, at least one, sorted, each once. */
  readonly any: readonly string[];
}
/** All terms must hold; none means everybody. Terms are sorted and each is there once, so equal filters are equal values. */
export interface Filter {
  readonly terms: readonly Term[];
}
export interface FilterError {
  readonly message: string;
  /** Index into the text. */
  readonly at: number;
}
export const EVERYBODY: Filter = { terms: [] };

const PREFIX = /^(\p{L}+)[:：]/u;
const OPENING = /["“”„‟«»]/;

/**
 * Reads what somebody typed, also while it is being typed: an unfinished quote ends with the text, a prefix, dash or comma with nothing
 * to say is not there yet, and an unknown prefix (`http://…`, `10:30`) is plain text.
 * Refuses only text over `LIMITS.filterChars`. Cost: linear.
 */
export function parseFilter(text: string): Result<Filter, FilterError> {
  if (text.length > LIMITS.filterChars) {
    return fail({
      message: `A filter can have up to ${LIMITS.filterChars} characters; this one has ${text.length}.`,
      at: LIMITS.filterChars,
    });
  }
  return ok(readFilter(text));
}

/** Reads a canonical text, as one node sends it to another: with aliases and site names written out it can be longer than what may be typed. */
export function readFilter(text: string): Filter {
  const terms: Term[] = [];
  let at = 0;
  while (at < text.length) {
    if (isSpace(text, at)) {
      at++;
      continue;
    }
    const not = text[at] === '-';
    if (not) at++;
    const prefix = prefixAt(text, at);
    if (prefix) at += prefix.length;
    const list = alternatives(text, at);
    at = list.end;
    if (list.any.length > 0) terms.push({ field: prefix?.field ?? null, not, any: list.any });
  }
  return { terms: sortedOnce(terms, formatTerm) };
}

/** The canonical text of a filter: equal filters have equal texts, and parsing it gives the filter again. The key under which consoles share a view. */
export function formatFilter(filter: Filter): string {
  return sortedOnce(filter.terms, formatTerm).map(formatTerm).join(' ');
}

function formatTerm(term: Term): string {
  const any = sortedOnce(term.any, (x) => x).map(quoteIfNeeded);
  return `${term.not ? '-' : ''}${term.field ? `${term.field}:` : ''}${any.join(',')}`;
}

function quoteIfNeeded(alternative: string): string {
  const plain = !/[\s,"]/.test(alternative) && !alternative.startsWith('-') && prefixAt(alternative, 0) === null;
  return plain ? alternative : `"${alternative.replace(/["\\]/g, '\\$&')}"`;
}

function prefixAt(text: string, at: number): { field: Field; length: number } | null {
  const match = PREFIX.exec(text.slice(at, at + 20));
  const field = match && PREFIXES.get(fold(match[1] ?? ''));
  return match && field ? { field, length: match[0].length } : null;
}

/** `a,"b c",d` from `at` on, folded; ends before white space or behind a closing quote that no comma follows. */
function alternatives(text: string, at: number): { any: string[]; end: number } {
  const any: string[] = [];
  for (;;) {
    const one = OPENING.test(text[at] ?? '') ? phrase(text, at + 1) : word(text, at);
    const folded = fold(one.text);
    if (folded) any.push(folded);
    at = one.end;
    if (text[at] !== ',') return { any: sortedOnce(any, (x) => x), end: at };
    at++;
  }
}

function word(text: string, at: number): { text: string; end: number } {
  let end = at;
  while (end < text.length && text[end] !== ',' && !isSpace(text, end)) end++;
  return { text: text.slice(at, end), end };
}

function phrase(text: string, at: number): { text: string; end: number } {
  let out = '';
  for (; at < text.length; at++) {
    const c = text[at] ?? '';
    if (OPENING.test(c)) return { text: out, end: at + 1 };
    const next = text[at + 1];
    if (c === '\\' && (next === '"' || next === '\\')) {
      out += next;
      at++;
    } else out += c;
  }
  return { text: out, end: at };
}

const isSpace = (text: string, at: number): boolean => /[\s\p{Cc}]/u.test(text[at] ?? '');

function sortedOnce<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const byKey = new Map(items.map((item) => [keyOf(item), item]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, item]) => item);
}
