import { type Field, fold, IS_WORDS } from '@foyer/domain/rules';
import { type Count, type Place, type Row, STATUSES, type Site, type Totals } from '@foyer/protocol';
import { termFor } from '../words/filter-text.ts';

/** What the suggestions are made from: what is known here right now, no question to the server. */
export interface Known {
  readonly totals: Totals | null;
  /** Places with the number of visits there. */
  readonly places: readonly { readonly place: Place; readonly count: number }[];
  readonly sites: readonly Site[];
  /** Goals that are on, of all sites; absent while they are on their way. */
  readonly goals?: readonly { readonly id: string }[];
  /** Rows at hand, for fields that no count exists of. */
  readonly rows: readonly Row[];
  /** What the screen calls a value. */
  readonly nameOf: (field: Field, value: string) => string;
}
export interface Suggestion {
  /** Field for “what may stand before the colon”, value for a whole term. */
  readonly kind: 'field' | 'value';
  readonly field: Field;
  /** What takes the place of the draft. */
  readonly insert: string;
  readonly text: string;
  /** Visits it finds; null: not counted here. */
  readonly count: number | null;
}

/** In the order in which they are offered. */
const OFFERED: readonly Field[] = [
  'country',
  'city',
  'region',
  'page',
  'referrer',
  'status',
  'is',
  'lang',
  'browser',
  'os',
  'device',
  'site',
  'campaign',
  'context',
  'goal',
  'name',
  'title',
  'url',
  'visitor',
  'ip',
];
/** A list longer than this is not read. */
const SHOWN = 8;
const FIELDS_SHOWN = 12;

interface Value {
  readonly field: Field;
  readonly value: string;
  readonly count: number | null;
}

/**
 * What the draft may become. `draft` is the last, unfinished word: `ger`, `country:`, `-browser:fi`, `country:de,a`.
 * Cost: linear in the places known (5,000: about 2 ms).
 */
export function suggest(draft: string, known: Known): readonly Suggestion[] {
  const not = draft.startsWith('-') ? '-' : '';
  const bare = draft.slice(not.length);
  const prefix = /^(\p{L}+)[:：](.*)$/u.exec(bare);
  const field = prefix ? OFFERED.find((name) => name === fold(prefix[1] ?? '')) : undefined;
  if (field) {
    const rest = prefix?.[2] ?? '';
    const cut = rest.lastIndexOf(',') + 1;
    const done = rest.slice(0, cut);
    return best(valuesOf(field, known), rest.slice(cut).replace(/^["“”]/, ''), known).map((found) => ({
      ...found,
      insert: `${not}${field}:${done}${termFor(field, found.insert).slice(field.length + 1)}`,
    }));
  }
  const typed = fold(bare);
  const fields = OFFERED.filter((name) => (name !== 'site' || known.sites.length > 1) && (typed === '' || name.startsWith(typed))).map(
    (name): Suggestion => ({ kind: 'field', field: name, insert: `${not}${name}:`, text: `${name}:`, count: null }),
  );
  if (typed.length < 2) return fields.slice(0, FIELDS_SHOWN);
  const values = best(
    OFFERED.flatMap((name) => valuesOf(name, known)),
    bare,
    known,
  ).map((found) => ({ ...found, insert: `${not}${termFor(found.field, found.insert)}` }));
  return [...fields.slice(0, 2), ...values].slice(0, SHOWN);
}

/** Those that begin with what was typed, or have a word that does; commonest first. `insert` is the bare value. */
function best(values: readonly Value[], typed: string, known: Known): Suggestion[] {
  const sought = fold(typed);
  const found: { readonly value: Value; readonly text: string; readonly rank: number }[] = [];
  for (const value of values) {
    const text = known.nameOf(value.field, value.value);
    const rank = sought === '' ? 1 : Math.max(rankOf(foldedOnce(text), sought), rankOf(foldedOnce(value.value), sought));
    if (rank > 0) found.push({ value, text, rank });
  }
  // Once a value is typed to its end, those that merely contain it are not meant.
  const isWhole = found.some(({ rank }) => rank === WHOLE);
  return found
    .filter(({ rank }) => !isWhole || rank >= BEGINS)
    .sort((a, b) => b.rank - a.rank || (b.value.count ?? 0) - (a.value.count ?? 0))
    .slice(0, SHOWN)
    .map(({ value, text }) => ({ kind: 'value', field: value.field, insert: value.value, text, count: value.count }));
}

const WHOLE = 4;
const BEGINS = 3;
const rankOf = (text: string, sought: string): number =>
  text === sought
    ? WHOLE
    : text.startsWith(sought)
      ? BEGINS
      : text.includes(` ${sought}`) || text.includes(`/${sought}`)
        ? 2
        : text.includes(sought)
          ? 1
          : 0;

/** Places are folded again with each key otherwise. */
const folded = new Map<string, string>();
const FOLDED_KEPT = 20_000;
function foldedOnce(text: string): string {
  const known = folded.get(text);
  if (known !== undefined) return known;
  if (folded.size > FOLDED_KEPT) folded.clear();
  const made = fold(text);
  folded.set(text, made);
  return made;
}

function valuesOf(field: Field, { totals, places, sites, goals = [], rows }: Known): readonly Value[] {
  const counted = (counts: readonly Count[] | undefined): Value[] =>
    (counts ?? []).filter(({ key }) => key !== '').map(({ key, count }) => ({ field, value: key, count }));
  const named = (nameOf: (place: Place) => string): Value[] => {
    const sums = new Map<string, number>();
    for (const { place, count } of places) {
      const name = nameOf(place);
      if (name !== '') sums.set(name, (sums.get(name) ?? 0) + count);
    }
    return [...sums].map(([value, count]) => ({ field, value, count }));
  };
  const seen = (of: (row: Row) => string): Value[] =>
    [...new Set(rows.map(of))].filter((value) => value !== '').map((value) => ({ field, value, count: null }));
  switch (field) {
    case 'country':
      return counted(totals?.countries).map((value) => ({ ...value, value: value.value.toLowerCase() }));
    case 'city':
      return named((place) => place.city);
    case 'region':
      return named((place) => place.region);
    case 'page':
      return counted(totals?.pages).map((value) => ({ ...value, value: pathIn(value.value) }));
    case 'url':
      return counted(totals?.pages);
    case 'referrer':
      return counted(totals?.referrers);
    case 'browser':
      return counted(totals?.browsers);
    case 'os':
      return counted(totals?.systems);
    case 'device':
      return counted(totals?.devices);
    case 'status':
      return STATUSES.map((status) => ({ field, value: status, count: totals?.byStatus[status] ?? null }));
    case 'is':
      return IS_WORDS.map((word) => ({ field, value: word, count: null }));
    case 'site':
      return sites.map((site) => ({ field, value: site.domain, count: null }));
    case 'lang':
      return seen((row) => row.lang);
    case 'campaign':
      return seen((row) => row.campaign);
    case 'context':
      return seen((row) => row.context);
    case 'goal':
      return [...new Set([...goals.map(({ id }) => id), ...rows.flatMap((row) => row.goals.split(' '))])]
        .filter((value) => value !== '')
        .map((value) => ({ field, value, count: null }));
    case 'name':
      return seen((row) => row.name);
    case 'title':
      return seen((row) => row.title);
    default:
      return [];
  }
}

const pathIn = (url: string): string => {
  const path = url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '');
  return path === '' ? '/' : path;
};
