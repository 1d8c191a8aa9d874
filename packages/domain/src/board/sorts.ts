import { CONTEXT_KINDS, type Group, type RowKey, type Sort, type SortKey, STATUSES, type Window } from '@foyer/protocol';
import { urgencyOf } from '../rules/index.ts';
import type { VisitTable } from './visit-table.ts';

/** Left visits sort after everybody who is there: a running timer and a stopped one cannot share one fixed order. */
const HERE = 1e14;
/** After every country and every city, in whatever script: the place is unknown. */
const LAST = '\uffff';

interface SortRule {
  /** A number, or the id of a text that `text` resolves. Two visits with equal keys are ordered by visit id. */
  key(table: VisitTable, slot: number): number;
  text?(table: VisitTable, key: number): string;
}

const byText = (column: 'browser' | 'url' | 'referrerHost' | 'site'): SortRule => ({
  key: (table, slot) => table.text[column][slot]!,
  text: (table, key) => table.dictionaries[column].sortKey(key),
});

/** How each sort orders visits (rules BD10–BD13). */
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
    text: (table, key) => (key > 0 ? table.dictionaries.name.sortKey(key) : `\uffff${String(-1 - key).padStart(12, '0')}`),
  },
  country: { key: (table, slot) => table.place[slot]!, text: (table, key) => table.places.at(key).country.toLowerCase() || LAST },
  city: { key: (table, slot) => table.place[slot]!, text: (table, key) => cityKey(table.places.at(key).id) },
  browser: byText('browser'),
  page: byText('url'),
  referrer: byText('referrerHost'),
  // By urgency, as status is: Checkout first.
  context: { key: (table, slot) => urgencyOf(table.getText(slot, 'context')) },
  site: byText('site'),
};

/** Place ids are `CC|region|city`, folded: city first, then where it is. */
function cityKey(place: string): string {
  return `${place.slice(place.lastIndexOf('|') + 1) || LAST}|${place}`.slice(0, 64);
}

export function keyOnWire(table: VisitTable, sort: Sort, key: number): SortKey {
  const rule = SORT_RULES[sort];
  return rule.text ? rule.text(table, key) : key;
}

/** An order of rows: that of a sort; within groups that also depends on the direction, because groups keep theirs. */
export type OrderSpec = Pick<Window, 'sort' | 'group' | 'dir'>;
export const orderName = ({ sort, group, dir }: OrderSpec): string => (group ? `${group} ${dir} ${sort}` : sort);

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
