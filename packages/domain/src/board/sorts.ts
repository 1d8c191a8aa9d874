import { STATUSES, type RowKey, type Sort } from '@foyer/protocol';
import { urgencyOf } from '../rules/index.ts';
import type { VisitTable } from './visit-table.ts';

/** Left visits sort after everybody who is there: a running timer and a stopped one cannot share one fixed order. */
const HERE = 1e14;

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
  status: { key: (table, slot) => table.status[slot]! },
  name: {
    key: (table, slot) => table.text.name[slot]! || -1 - table.number[slot]!,
    // Named people first; then Visitor 9 before Visitor 10.
    text: (table, key) => (key > 0 ? table.dictionaries.name.sortKey(key) : `\uffff${String(-1 - key).padStart(12, '0')}`),
  },
  country: { key: (table, slot) => table.place[slot]!, text: (table, key) => table.places.at(key).country.toLowerCase() },
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
  return `${place.slice(place.lastIndexOf('|') + 1)}|${place}`.slice(0, 64);
}

export function keyOnWire(table: VisitTable, sort: Sort, key: number): RowKey {
  const rule = SORT_RULES[sort];
  return rule.text ? rule.text(table, key) : key;
}

/** Ascending order of two (key, id) pairs: by key, then by id. */
export function comparePairs(aKey: RowKey, aId: string, bKey: RowKey, bId: string): number {
  if (aKey < bKey) return -1;
  if (aKey > bKey) return 1;
  return aId < bId ? -1 : aId > bId ? 1 : 0;
}

export const STATUS_INDEX = Object.fromEntries(STATUSES.map((status, i) => [status, i])) as Record<(typeof STATUSES)[number], number>;
