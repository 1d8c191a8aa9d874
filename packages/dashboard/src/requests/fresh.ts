import type { RequestEntry } from '@foyer/protocol';

/** How many of the newest came after the first that is shown. */
export function freshSince(shown: readonly RequestEntry[], newest: readonly RequestEntry[]): number {
  const [top] = shown;
  if (!top) return newest.length;
  return newest.filter(({ at, id }) => at > top.at || (at === top.at && Number(id) > Number(top.id))).length;
}
