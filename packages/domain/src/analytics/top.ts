import { type Counts, type Dimension, OPEN_DIMENSIONS, OTHER } from './rollup-delta.ts';

/** Values of an open dimension that a day keeps, and how many may gather before the smallest are put together. */
export const TOP = { keep: 500, gather: 1_000 } as const;

export interface ValueCounts extends Counts {
  readonly value: string;
}

export const isOpen = (dimension: Dimension): boolean => (OPEN_DIMENSIONS as readonly Dimension[]).includes(dimension);

/** Largest first: the order of reports, and of what stays in the top. */
export const byCount = (a: ValueCounts, b: ValueCounts): number =>
  b.visits - a.visits || b.pages - a.pages || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0);

/**
 * Which values of one day and dimension to put together, and what they come to. Nothing to do: `fold` is empty.
 * Sums do not change. Cost: a sort of all values, once in five hundred new ones.
 */
export function foldSmallest(rows: readonly ValueCounts[], dimension: Dimension): { fold: readonly ValueCounts[]; sum: Counts } {
  const sum: Counts = { visits: 0, pages: 0, visitors: 0, workspaceVisitors: 0, amount: 0 };
  const named = rows.filter((r) => r.value !== OTHER);
  if (named.length <= TOP.gather) return { fold: [], sum };
  // A page is big by its views, all else by its visits.
  const order = dimension === 'page' ? (a: ValueCounts, b: ValueCounts) => b.pages - a.pages || byCount(a, b) : byCount;
  const fold = named.sort(order).slice(TOP.keep);
  for (const r of fold) {
    sum.visits += r.visits;
    sum.pages += r.pages;
    sum.visitors += r.visitors;
    sum.workspaceVisitors += r.workspaceVisitors;
    sum.amount += r.amount;
  }
  return { fold, sum };
}

/**
 * Splits a change into what the value's own row can bear and what has to come off `(other)`, because the value was put there before.
 * A row never goes below zero.
 */
export function bearable(row: Counts, change: Counts): { own: Counts; other: Counts } {
  const part = (has: number, by: number): number => Math.max(by, -has);
  const own: Counts = {
    visits: part(row.visits, change.visits),
    pages: part(row.pages, change.pages),
    visitors: part(row.visitors, change.visitors),
    workspaceVisitors: part(row.workspaceVisitors, change.workspaceVisitors),
    amount: part(row.amount, change.amount),
  };
  return {
    own,
    other: {
      visits: change.visits - own.visits,
      pages: change.pages - own.pages,
      visitors: change.visitors - own.visitors,
      workspaceVisitors: change.workspaceVisitors - own.workspaceVisitors,
      amount: change.amount - own.amount,
    },
  };
}
