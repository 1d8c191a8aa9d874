import type { RowKey, Window } from '@foyer/protocol';

type Key = string | number;
const compare = (a: Key, b: Key): number => (a < b ? -1 : a > b ? 1 : 0);

/** The server's order, written down once more: a mistake in the page's own would not be found by itself. */
export function compareRows({ dir }: Pick<Window, 'dir'>, aKey: RowKey, aId: string, bKey: RowKey, bId: string): number {
  const [aGroup, aOwn] = typeof aKey === 'object' ? aKey : [0, aKey];
  const [bGroup, bOwn] = typeof bKey === 'object' ? bKey : [0, bKey];
  const within = compare(aOwn, bOwn) || compare(aId, bId);
  return compare(aGroup, bGroup) || (dir === 'asc' ? within : -within);
}
