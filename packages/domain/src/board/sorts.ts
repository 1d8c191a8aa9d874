import {
  CONTEXT_KINDS,
  type Group,
  type Place,
  type Row,
  type RowKey,
  type Sort,
  type SortKey,
  STATUSES,
  type Window,
} from '@foyer/protocol';
import { fold, urgencyOf } from '../rules/index.ts';
import { SORTED_CHARS } from './dictionary.ts';
import { hostOf, shownPath } from './shown-path.ts';
import type { VisitTable } from './visit-table.ts';

/** Left visits sort after everybody who is there: a running timer and a stopped one cannot share one fixed order. */
const HERE = 1e14;
/** Before and after every text, in whatever script: of whom it is not known comes last, whichever way is sorted. */
const FIRST = '\u0001';
const LAST = '\uffff';
/** After every name: those without one, by number. */
const UNNAMED = '\ufffe';
/** As the cell says it. */
const DIRECT = 'direct';
const CONTEXTLESS = urgencyOf('none');

interface SortRule {
  /** A number, or the id of a text that `text` resolves. Two visits with equal keys are ordered by visit id. */
  key(table: VisitTable, slot: number): number;
  /** Begins with LAST: unknown. */
  text?(table: VisitTable, key: number): string;
  /** The number that says that it is unknown. */
  unknown?: number;
}

const byText = (column: 'browser' | 'url' | 'referrerHost', unknown: string): SortRule => ({
  key: (table, slot) => table.text[column][slot]!,
  text: (table, key) => table.dictionaries[column].sortKey(key) || unknown,
});

/** How each sort orders visits: by what a row shows (rules BD4, BD14). */
export const SORT_RULES: Readonly<Record<Sort, SortRule>> = {
  arrived: { key: (table, slot) => table.startedAt[slot]! },
  activity: { key: (table, slot) => table.lastActivityAt[slot]! },
  time: {
    key: (table, slot) => (table.online[slot] ? 2 * HERE - table.startedAt[slot]! : table.lastActivityAt[slot]! - table.startedAt[slot]!),
  },
  pages: { key: (table, slot) => table.pages[slot]! },
  // Who left comes last, whatever their conversation: beside the others they are `Left`, and nobody to hurry for.
  status: { key: (table, slot) => (table.online[slot] ? 0 : STATUSES.length) + table.status[slot]! },
  name: {
    key: (table, slot) => table.text.name[slot]! || -1 - table.number[slot]!,
    // Named people first; then Visitor 9 before Visitor 10.
    text: (table, key) => (key > 0 ? table.dictionaries.name.sortKey(key) : unnamed(-1 - key)),
  },
  country: { key: (table, slot) => table.place[slot]!, text: (table, key) => table.places.at(key).country.toLowerCase() || LAST },
  city: { key: (table, slot) => table.place[slot]!, text: (table, key) => cityKey(table.places.at(key)) },
  browser: byText('browser', LAST),
  page: byText('url', LAST),
  referrer: byText('referrerHost', DIRECT),
  // By urgency, as status is: Checkout first.
  context: { key: (table, slot) => urgencyOf(table.getText(slot, 'context')), unknown: CONTEXTLESS },
  site: { key: (table, slot) => table.siteName(slot), text: (table, key) => table.siteNames.sortKey(key) || LAST },
};

const unnamed = (n: number): string => (n === 0 ? LAST : `${UNNAMED}${String(n).padStart(12, '0')}`);

/** Place ids are `CC|region|city`, folded: city first, then where it is. */
function cityKey({ id, approximate }: Pick<Place, 'id' | 'approximate'>): string {
  const city = approximate ? '' : id.slice(id.lastIndexOf('|') + 1);
  return `${city || LAST}|${id}`.slice(0, SORTED_CHARS);
}

export function keyOnWire(table: VisitTable, order: Pick<Window, 'sort' | 'dir'>, key: number): SortKey {
  const { text } = SORT_RULES[order.sort];
  return unknownLast(order, text ? text(table, key) : key);
}

function unknownLast({ sort, dir }: Pick<Window, 'sort' | 'dir'>, own: SortKey): SortKey {
  if (dir === 'asc') return own;
  if (typeof own === 'number') return own === SORT_RULES[sort].unknown ? -1 : own;
  return own.startsWith(LAST) ? FIRST + own.slice(1) : own;
}

/** An order of rows: that of a sort. Where some rows, or groups, keep their place whichever way is sorted, each direction has its own. */
export type OrderSpec = Pick<Window, 'sort' | 'group' | 'dir'>;
export function orderName({ sort, group, dir }: OrderSpec): string {
  if (group) return `${group} ${dir} ${sort}`;
  return dir === 'desc' && mayBeUnknown(sort) ? `${sort} desc` : sort;
}
/** Read backwards, an order with unknown ones is another: they are last in it too. */
const mayBeUnknown = (sort: Sort): boolean => SORT_RULES[sort].text !== undefined || SORT_RULES[sort].unknown !== undefined;

/**
 * The key that a row has in a window of this order, said from the row alone: where somebody stands in a list of which only their details
 * are known. `siteName`: what a site is called.
 */
export function rowKeyOf(row: Row, { sort, dir, group }: OrderSpec, siteName: (site: string) => string): RowKey {
  const own = unknownLast({ sort, dir }, ownKeyOf(row, sort, siteName));
  if (!group) return own;
  return [group === 'context' ? urgencyOf(row.context) : row.country.toLowerCase() || LAST, own];
}

function ownKeyOf(row: Row, sort: Sort, siteName: (site: string) => string): SortKey {
  const cut = (text: string): string => fold(text).slice(0, SORTED_CHARS);
  switch (sort) {
    case 'arrived':
      return row.startedAt;
    case 'activity':
      return row.lastActivityAt;
    case 'time':
      return row.online ? 2 * HERE - row.startedAt : row.lastActivityAt - row.startedAt;
    case 'pages':
      return row.pages;
    case 'status':
      return (row.online ? 0 : STATUSES.length) + STATUSES.indexOf(row.status);
    case 'context':
      return urgencyOf(row.context);
    case 'name':
      return row.name === '' ? unnamed(row.n) : cut(row.name);
    case 'country':
      return row.country.toLowerCase() || LAST;
    case 'city':
      return cityKey({ id: row.place, approximate: row.approximate });
    case 'browser':
      return cut(row.browser) || LAST;
    case 'page':
      return cut(shownPath(row.url)) || LAST;
    case 'referrer':
      return cut(hostOf(row.referrer)) || DIRECT;
    case 'site':
      return cut(siteName(row.site)) || LAST;
  }
}

/** What a group is ordered by, of the committed key of the sort of the same name. */
export function groupKeyOf(table: VisitTable, group: Group, key: number): SortKey {
  return group === 'context' ? key : SORT_RULES.country.text!(table, key);
}

/** What a group is called: a context or a country code; '' none, unknown. */
export function groupName(group: Group, key: SortKey): string {
  if (group === 'country') return key === LAST ? '' : String(key).toUpperCase();
  const context = CONTEXT_KINDS[Number(key)];
  return context === undefined || context === 'none' ? '' : context;
}

export const compareKeys = (a: SortKey, b: SortKey): number => (a < b ? -1 : a > b ? 1 : 0);

export const sameKey = (a: RowKey | undefined, b: RowKey): boolean =>
  a === b || (typeof a === 'object' && typeof b === 'object' && a[0] === b[0] && a[1] === b[1]);

/** Order of two rows as a window displays them. */
export function compareRows({ dir }: Pick<Window, 'dir'>, aKey: RowKey, aId: string, bKey: RowKey, bId: string): number {
  const sign = dir === 'asc' ? 1 : -1;
  if (typeof aKey !== 'object' && typeof bKey !== 'object') return sign * comparePairs(aKey, aId, bKey, bId);
  const [aGroup, aOwn] = typeof aKey === 'object' ? aKey : ['', aKey];
  const [bGroup, bOwn] = typeof bKey === 'object' ? bKey : ['', bKey];
  return compareKeys(aGroup, bGroup) || sign * comparePairs(aOwn, aId, bOwn, bId);
}

/** Ascending order of two (key, id) pairs: by key, then by id. */
export function comparePairs(aKey: SortKey, aId: string, bKey: SortKey, bId: string): number {
  if (aKey < bKey) return -1;
  if (aKey > bKey) return 1;
  return aId < bId ? -1 : aId > bId ? 1 : 0;
}

export const STATUS_INDEX = Object.fromEntries(STATUSES.map((status, i) => [status, i])) as Record<(typeof STATUSES)[number], number>;
