import type { Sort } from '@foyer/protocol';
import { type ListOrder, NEWEST_FIRST } from '../../live/row-order.ts';

/** A column is named as the order it is sorted by. */
export interface Column {
  readonly id: Sort;
  /** Which way a first click sorts: what one looks for is on top. */
  readonly first: ListOrder['dir'];
  /** What is shown grows while the key falls: an age. */
  readonly isAge?: true;
  readonly isNumber?: true;
  /** Its share of the table's width, in px at 1,290. */
  readonly width: number;
}
/** All there are, in the order in which they are offered. */
export const COLUMNS: readonly Column[] = [
  { id: 'status', first: 'asc', width: 122 },
  { id: 'page', first: 'asc', width: 330 },
  { id: 'context', first: 'asc', width: 126 },
  { id: 'referrer', first: 'asc', width: 160 },
  { id: 'browser', first: 'asc', width: 132 },
  { id: 'country', first: 'asc', width: 84 },
  { id: 'pages', first: 'desc', isNumber: true, width: 76 },
  { id: 'time', first: 'desc', isNumber: true, width: 112 },
  { id: 'activity', first: 'desc', isAge: true, width: 110 },
  { id: 'name', first: 'asc', width: 150 },
  { id: 'city', first: 'asc', width: 140 },
  { id: 'site', first: 'asc', width: 120 },
  { id: 'arrived', first: 'desc', width: 96 },
];
export const columnOf = (id: string): Column | undefined => COLUMNS.find((column) => column.id === id);

const SHOWN: readonly Sort[] = ['status', 'page', 'context', 'referrer', 'browser', 'country', 'pages', 'time', 'activity'];
export const SHOWN_AT_FIRST: readonly Column[] = COLUMNS.filter(({ id }) => SHOWN.includes(id));

/** `?columns=page,status`: those named, in that order; unknown and repeated ones are passed over. */
export function columnsFrom(param: string | undefined): readonly Column[] {
  const named = [...new Set(param?.split(',') ?? [])].flatMap((id) => columnOf(id) ?? []);
  return named.length > 0 ? named : SHOWN_AT_FIRST;
}

/** undefined: as at first. */
export function columnsParam(columns: readonly Column[]): string | undefined {
  const ids = columns.map(({ id }) => id).join(',');
  return ids === SHOWN.join(',') ? undefined : ids;
}

const other = (dir: ListOrder['dir']): ListOrder['dir'] => (dir === 'asc' ? 'desc' : 'asc');

/** `?sort=pages`: by that column, what one looks for on top; `-pages`: the other way round. Absent or unknown: newest first. */
export function orderFrom(q: { readonly sort?: string | undefined; readonly group?: ListOrder['group'] | undefined }): ListOrder {
  const isBack = q.sort?.startsWith('-') ?? false;
  const column = q.sort === undefined ? undefined : columnOf(isBack ? q.sort.slice(1) : q.sort);
  const { sort, dir } = column ? { sort: column.id, dir: isBack ? other(column.first) : column.first } : NEWEST_FIRST;
  return q.group ? { sort, dir, group: q.group } : { sort, dir };
}

/** The address after a click on a column's head: its way, then the other, then as at first. */
export function sortAfter(column: Column, sort: string | undefined): string | undefined {
  if (sort === column.id) return `-${column.id}`;
  return sort === `-${column.id}` ? undefined : column.id;
}

/** What a screen reader hears of a head: by what is shown, not by its key. */
export function ariaSort(column: Column, sort: string | undefined): 'ascending' | 'descending' | undefined {
  const isBack = sort === `-${column.id}`;
  if (sort !== column.id && !isBack) return undefined;
  const dir = isBack ? other(column.first) : column.first;
  return (dir === 'asc') === (column.isAge !== true) ? 'ascending' : 'descending';
}

/** Columns give way together: none has a least width, what does not fit is cut. */
export const gridOf = (columns: readonly Column[]): string => columns.map(({ width }) => `minmax(0, ${width}fr)`).join(' ');

/** The column moved by so many places, as far as there are any. */
export function moved(columns: readonly Column[], id: Sort, by: number): readonly Column[] {
  const from = columns.findIndex((column) => column.id === id);
  const to = Math.max(0, Math.min(columns.length - 1, from + by));
  const column = columns[from];
  return column ? columns.toSpliced(from, 1).toSpliced(to, 0, column) : columns;
}
