/**
 * What a filter finds, said per column value, so that a board with dictionary-encoded columns decides once per distinct value:
 *
 *   for each term, for each column of `fieldsOf(term)`: `termMatches(term, column, fold(raw))` per dictionary entry;
 *   the term holds for a visit when one of its columns matches, turned round by `term.not`; the filter when all its terms hold.
 *
 * `filterMatches` is exactly that for one visit: the reference that tests hold boards to.
 */
import { findsAddress } from '../privacy/find-address.ts';
import type { Field, Filter, Term } from './filter.ts';
import { fold } from './fold.ts';
import { goalId } from './goal-id.ts';
import { countryNames, isCountryCode, languageNames } from './names.ts';

/** A field that has values of its own; `page` reads `title` and `url`. */
export type Column = Exclude<Field, 'page'>;

/** What product.md lists for the filter bar, and what else a row of the monitor shows in words: what is seen is found. */
const FREE: readonly Column[] = [
  ...(['name', 'city', 'region', 'country', 'title', 'url', 'referrer', 'lang', 'status'] as const),
  ...(['browser', 'os', 'context'] as const),
];
const PAGE: readonly Column[] = ['title', 'url'];
/** The monitor's states (Browsing, Chatting, Left) are words of `is`; people type them behind `status:`, and `is:active` too. */
const STATUS: readonly Column[] = ['status', 'is'];

/** The columns a term looks into. */
export function fieldsOf(term: Term): readonly Column[] {
  switch (term.field) {
    case null:
      return FREE;
    case 'page':
      return PAGE;
    case 'status':
    case 'is':
      return STATUS;
    default:
      return [term.field];
  }
}

/** Whether the filter looks into `field`, by its prefix or as one of the fields of free words. What a role may not see it may not filter by. */
export function usesField(filter: Filter, field: Field): boolean {
  return filter.terms.some((term) => term.field === field || (field !== 'page' && fieldsOf(term).includes(field)));
}

/** Words of the `is` column. A visit has several; those of the first list are the monitor's states, which `status:` finds as well. */
export const STATE_WORDS = ['online', 'left', 'browsing', 'chatting'] as const;
export const IS_WORDS = [...STATE_WORDS, 'new', 'returning', 'identified', 'reconnecting', 'approximate'] as const;
export type IsWord = (typeof IS_WORDS)[number];

/** What the screen calls a value, where that is not the value. */
const SHOWN: Readonly<Record<'status' | 'context' | 'is', Readonly<Record<string, readonly string[]>>>> = {
  status: { ai: ['ai chat'], inactive: ['idle'] },
  context: { checkout: ['in checkout'] },
  is: { left: ['offline'], identified: ['named'], online: ['live'] },
};

/**
 * Whether `term` finds `value` in `column`, `term.not` left aside.
 *
 * Values are `fold(raw)`, where raw is: `country` ISO code · `lang` language tag · `status`, `context` as on the wire · `name` as shown
 * (`Visitor 12` for want of another) · `site` the id (see `resolveSites`) · `visitor` the id, or the number alone · `ip` as masked ·
 * `is` one of the words that hold · else the text. '' is unknown and found by what the screen says then: `country:unknown`, `referrer:direct`.
 * Cost: a substring search per alternative; call once per distinct value.
 */
export function termMatches(term: Term, column: Field, value: string): boolean {
  return term.any.some((sought) => finds(sought, column, value, term.field));
}

function finds(sought: string, column: Field, value: string, field: Field | null): boolean {
  switch (column) {
    case 'country':
      if (value === '') return beginsAWord('unknown', sought);
      // `de` is Germany, not Denmark as well; `den` is Denmark.
      if (isCountryCode(sought) || sought === 'uk') return value === (sought === 'uk' ? 'gb' : sought);
      return countryNames(value).some((name, i) => (i === 0 ? name === sought : beginsAWord(name, sought)));
    case 'city':
      return value === '' ? field === 'city' && beginsAWord('unknown', sought) : value.includes(sought);
    case 'lang':
      if (value === sought || value.startsWith(`${sought}-`)) return true;
      // Two letters are a code and nothing else, or `lang:sl` (Slovenian) would find Slovak by its name.
      return sought.length !== 2 && languageNames(value).some((name, i) => i > 0 && beginsAWord(name, sought));
    case 'status':
    case 'context':
      return shown(column, value).some((name) => beginsAWord(name, sought));
    case 'is':
      if (field === 'status' && !STATE_WORDS.some((word) => word === value)) return false;
      return shown(column, value).some((name) => name.startsWith(sought));
    case 'goal':
      // Ids of goals, with blanks between: `lead-captured` is found by its beginning, and by `captured`.
      return beginsAWord(value, goalId(sought) || sought);
    case 'visitor':
      return value === sought || (value.startsWith(sought) && !/^\d+$/.test(value));
    case 'ip':
      return findsAddress(sought, value);
    case 'referrer':
      return value === '' ? beginsAWord('direct', sought) : spellings(value).some((url) => url.includes(sought));
    case 'url':
    case 'page':
      return field === 'page' ? pagesOf(value).some((page) => isPage(page, sought)) : spellings(value).some((url) => url.includes(sought));
    case 'title':
      return !(field === 'page' && sought.startsWith('/')) && value.includes(sought);
    default:
      return value.includes(sought);
  }
}

const shown = (column: 'status' | 'context' | 'is', value: string): readonly string[] => [value, ...(SHOWN[column][value] ?? [])];

/** `korea` begins a word of "south korea", `rea` does not; `active` begins none of "inactive". */
function beginsAWord(text: string, sought: string): boolean {
  for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1)) {
    if (at === 0 || /[\s'(.&-]/.test(text[at - 1] ?? '')) return true;
  }
  return false;
}

/** The address bar shows `/schön`, the wire has `/sch%C3%B6n`: both are found. */
function spellings(url: string): readonly string[] {
  if (!url.includes('%')) return [url];
  try {
    return [url, fold(decodeURI(url))];
  } catch {
    // The bytes behind the percent signs are not UTF-8: then the address bar shows the percent signs too.
    return [url];
  }
}

/** `/pricing` is the start of a path (`/pricing/teams` too); `pricing` is anywhere in it. */
const isPage = (page: string, sought: string): boolean => (sought.startsWith('/') ? page.startsWith(sought) : page.includes(sought));

/** Paths of a folded URL in each spelling; the path of a hash router counts as one. */
function pagesOf(value: string): string[] {
  return spellings(value).flatMap((url) => {
    const path = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/, '');
    const hash = path.indexOf('#/');
    return [path.startsWith('/') ? path : `/${path}`, ...(hash >= 0 ? [path.slice(hash + 1)] : [])];
  });
}

/**
 * Whether one visit is found. `valuesOf` gives its folded values of a column: several for `is` (one per word that holds) and `visitor`
 * (id and number), one for every other.
 */
export function filterMatches(filter: Filter, valuesOf: (column: Column) => readonly string[]): boolean {
  return filter.terms.every(
    (term) => fieldsOf(term).some((column) => valuesOf(column).some((value) => termMatches(term, column, value))) !== term.not,
  );
}

export interface SiteNames {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly domain: string;
  /** Of those that were renamed the name is not the id. */
  readonly goals?: readonly { readonly id: string; readonly name: string }[];
}

/**
 * The filter with what people call a site (part of its name, domain or key) replaced by the ids of the sites that are meant, because a
 * board knows sites by id only. A site nobody has becomes `?`, which is no id and finds nothing. Goals are found by the names they have now
 * beside their ids, which visits keep.
 */
export function resolveSites(filter: Filter, sites: readonly SiteNames[]): Filter {
  if (!filter.terms.some(({ field }) => field === 'site' || field === 'goal')) return filter;
  const terms = filter.terms.map((term) => {
    if (term.field === 'goal') return { ...term, any: [...new Set([...term.any, ...goalsMeant(term, sites)])].sort() };
    if (term.field !== 'site') return term;
    const meant = sites.filter((site) =>
      term.any.some((sought) => fold(site.id) === sought || [site.key, site.name, site.domain].some((text) => fold(text).includes(sought))),
    );
    return { ...term, any: meant.length > 0 ? meant.map((site) => fold(site.id)).sort() : ['?'] };
  });
  return { terms };
}

const goalsMeant = ({ any }: Term, sites: readonly SiteNames[]): string[] =>
  sites
    .flatMap(({ goals = [] }) => goals)
    .filter(({ name }) => any.some((sought) => beginsAWord(goalId(name), goalId(sought) || sought)))
    .map(({ id }) => id);
