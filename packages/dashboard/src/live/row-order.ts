import type { RowKey, Window } from '@foyer/protocol';
import type { Mark } from './seek.ts';

/** How a list is ordered; `group`: rows of one kind together, kinds in an order of their own. */
export type ListOrder = Pick<Window, 'sort' | 'dir' | 'group'>;
export const NEWEST_FIRST: ListOrder = { sort: 'arrived', dir: 'desc' };

/** Rows of a calm order come and go, and never change places among themselves. */
export const isCalm = ({ sort, group }: ListOrder): boolean => sort === 'arrived' && group === undefined;

type Key = string | number;
const compare = (a: Key, b: Key): number => (a < b ? -1 : a > b ? 1 : 0);

/** Keys of a window with groups are pairs, made anew with each frame: they are compared by what they say. */
export const sameKey = (a: RowKey | undefined, b: RowKey | undefined): boolean =>
  a === b || (typeof a === 'object' && typeof b === 'object' && a[0] === b[0] && a[1] === b[1]);

/** Negative: `a` stands above `b`. As the server orders rows: by group, then key, then id; `dir` is not of the groups. */
export function comparePlaces({ dir }: ListOrder, a: Pick<Mark, 'key' | 'id'>, b: Pick<Mark, 'key' | 'id'>): number {
  const [aGroup, aOwn] = typeof a.key === 'object' ? a.key : ['', a.key];
  const [bGroup, bOwn] = typeof b.key === 'object' ? b.key : ['', b.key];
  return compare(aGroup, bGroup) || (dir === 'asc' ? 1 : -1) * (compare(aOwn, bOwn) || compare(a.id, b.id));
}
