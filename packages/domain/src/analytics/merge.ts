/** The part of a visit that several writers may each know differently. */
export interface Counters {
  readonly pages: number;
  readonly lastActivityAt: number;
  readonly endedAt: number | null;
  readonly tabs: Readonly<Record<string, number>>;
  readonly goals: readonly ReachedGoal[];
}

export interface ReachedGoal {
  readonly goal: string;
  readonly at: number;
  readonly value: number;
  readonly currency: string;
}

/**
 * What two states of one visit add up to: counters by maximum, so order and repeats do not matter. A visit that has ended stays
 * ended, and no earlier than its last activity.
 */
export function mergeCounters(stored: Counters, incoming: Counters): Counters {
  const lastActivityAt = Math.max(stored.lastActivityAt, incoming.lastActivityAt);
  const ended = stored.endedAt !== null || incoming.endedAt !== null;
  return {
    pages: Math.max(stored.pages, incoming.pages),
    lastActivityAt,
    endedAt: ended ? Math.max(stored.endedAt ?? 0, incoming.endedAt ?? 0, lastActivityAt) : null,
    tabs: mergeTabs(stored.tabs, incoming.tabs),
    goals: mergeGoals(stored.goals, incoming.goals),
  };
}

/** True when `incoming` knows at least as much, so that its page, place and name are the ones to keep. */
export const supersedes = (stored: Counters, incoming: Counters): boolean =>
  incoming.pages > stored.pages || (incoming.pages === stored.pages && incoming.lastActivityAt >= stored.lastActivityAt);

/** Every page load is a tab of its own; the oldest can have nothing left to resend long before this many others. */
const MAX_TABS = 100;

function mergeTabs(stored: Readonly<Record<string, number>>, incoming: Readonly<Record<string, number>>): Record<string, number> {
  const merged: Record<string, number> = { ...stored };
  for (const [tab, n] of Object.entries(incoming)) merged[tab] = Math.max(merged[tab] ?? 0, n);
  const tabs = Object.keys(merged);
  for (const tab of tabs.slice(0, Math.max(0, tabs.length - MAX_TABS))) delete merged[tab];
  return merged;
}

/** Entries of one visit; a page that declares goals without end fills no store. */
export const MAX_GOALS = 50;

/**
 * All that either state knows, oldest first: an entry is named by its goal and time; of two that say different values the larger stays,
 * so order and repeats do not matter.
 */
export function mergeGoals(stored: readonly ReachedGoal[], incoming: readonly ReachedGoal[]): readonly ReachedGoal[] {
  if (incoming.length === 0) return stored;
  const named = new Map<string, ReachedGoal>();
  for (const entry of [...stored, ...incoming]) {
    const key = `${entry.at} ${entry.goal}`;
    const known = named.get(key);
    if (!known || compareValues(entry, known) > 0) named.set(key, entry);
  }
  return [...named.values()].sort((a, b) => a.at - b.at || (a.goal < b.goal ? -1 : 1)).slice(0, MAX_GOALS);
}

const compareValues = (a: ReachedGoal, b: ReachedGoal): number =>
  a.value - b.value || (a.currency < b.currency ? -1 : a.currency > b.currency ? 1 : 0);
