import type { RowKey } from '@foyer/protocol';

/** A row's place in the list as once seen: how many rows stood above it, and its sort key. */
export interface Mark {
  readonly index: number;
  readonly key: RowKey;
  readonly id: string;
}

/**
 * Which anchor to ask for in order to see the row at `target`, when no row near it is known.
 *
 * The wire has no "row number n": nodes merge their windows by sort key, so only a key can be asked for. Between two known
 * rows the key is interpolated; each answer says the true index of what it found and becomes the next mark. `round` counts
 * the requests of this search: interpolation stalls on lopsided keys, so every other request past the second halves the range.
 * Where keys are texts, or equal (thousands arrive in the one moment tracking is turned on), it steps from the nearer row.
 */
export function seekAnchor(target: number, marks: readonly Mark[], round: number): { readonly key: RowKey; readonly id: string } | null {
  let below: Mark | null = null;
  let above: Mark | null = null;
  for (const mark of marks) {
    if (mark.index <= target && (!below || mark.index > below.index)) below = mark;
    if (mark.index >= target && (!above || mark.index < above.index)) above = mark;
  }
  const known = below && above ? [below, above] : nearestTwo(target, marks);
  const [a, b] = known;
  if (!a) return null;
  const nearest = !b || Math.abs(a.index - target) <= Math.abs(b.index - target) ? a : b;
  if (!b || typeof a.key !== 'number' || typeof b.key !== 'number' || a.index === b.index) return nearest;
  const bracketed = below !== null && above !== null;
  const halve = bracketed && round > 2 && round % 2 === 0;
  // Beyond what is known the slope there may be another: overshooting costs one request, creeping costs ten.
  const reach = bracketed ? 1 : 4 ** Math.min(round - 1, 20);
  const share = halve ? 0.5 : ((target - a.index) / (b.index - a.index)) * reach;
  const key = a.key + share * (b.key - a.key);
  if (!Number.isFinite(key) || key === a.key || key === b.key) return nearest;
  return { key, id: '' };
}

function nearestTwo(target: number, marks: readonly Mark[]): readonly Mark[] {
  const sorted = [...marks].sort((a, b) => Math.abs(a.index - target) - Math.abs(b.index - target));
  const [first] = sorted;
  // The far end of the known rows gives the slope; two neighbours would give the slope of chance.
  const last = sorted.at(-1);
  return first && last && first !== last ? [first, last] : sorted.slice(0, 1);
}
