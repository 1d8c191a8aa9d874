import type { RowKey } from '@foyer/protocol';
import type { ListOrder } from './row-order.ts';
import type { RowsState } from './view-store.ts';

/** A row's place in the list as once seen: how many rows stood above it, and its sort key. */
export interface Mark {
  readonly index: number;
  readonly key: RowKey;
  readonly id: string;
}

/** `round` counts the requests of one search, from 1. */
export type Seek = (
  target: number,
  marks: readonly Mark[],
  round: number,
  list: { readonly order: ListOrder; readonly rows: RowsState },
) => Pick<Mark, 'key' | 'id'> | null;

/**
 * Which anchor to ask for in order to see the row at `target`, when no row near it is known.
 *
 * The wire has no "row number n": nodes merge their windows by sort key, so only a key can be asked for. Between two known
 * rows the key is interpolated; each answer says the true index of what it found and becomes the next mark. `round` counts
 * the requests of this search: interpolation stalls on lopsided keys, so every other request past the second halves the range.
 * Where keys are texts, or equal (thousands arrive in the one moment tracking is turned on), it steps from the nearer row.
 */
export function seekAnchor(target: number, marks: readonly Mark[], round: number): { readonly key: RowKey; readonly id: string } | null {
  const { a, b, bracketed } = surrounding(target, marks);
  if (!a) return null;
  const nearest = !b || Math.abs(a.index - target) <= Math.abs(b.index - target) ? a : b;
  if (!b || typeof a.key !== 'number' || typeof b.key !== 'number' || a.index === b.index) return nearest;
  const share = shareOf(target, a, b, { bracketed, round });
  const key = a.key + share * (b.key - a.key);
  if (!Number.isFinite(key) || key === a.key || key === b.key) return nearest;
  return { key, id: '' };
}

/** The known rows on both sides of the target, or the two that say most about it. */
export function surrounding(
  target: number,
  marks: readonly Mark[],
): { readonly a: Mark | undefined; readonly b: Mark | undefined; readonly bracketed: boolean } {
  let below: Mark | null = null;
  let above: Mark | null = null;
  for (const mark of marks) {
    if (mark.index <= target && (!below || mark.index > below.index)) below = mark;
    if (mark.index >= target && (!above || mark.index < above.index)) above = mark;
  }
  if (below && above) return { a: below, b: above, bracketed: true };
  const [a, b] = nearestTwo(target, marks);
  return { a, b, bracketed: false };
}

/** How far from `a` towards `b` to look. */
export function shareOf(target: number, a: Mark, b: Mark, q: { readonly bracketed: boolean; readonly round: number }): number {
  if (q.bracketed && q.round > 2 && q.round % 2 === 0) return 0.5;
  // Beyond what is known the slope there may be another: overshooting costs one request, creeping costs ten.
  const reach = q.bracketed ? 1 : 4 ** Math.min(q.round - 1, 20);
  return ((target - a.index) / (b.index - a.index)) * reach;
}

function nearestTwo(target: number, marks: readonly Mark[]): readonly Mark[] {
  const sorted = [...marks].sort((a, b) => Math.abs(a.index - target) - Math.abs(b.index - target));
  const [first] = sorted;
  // The far end of the known rows gives the slope; two neighbours would give the slope of chance.
  const last = sorted.at(-1);
  return first && last && first !== last ? [first, last] : sorted.slice(0, 1);
}
