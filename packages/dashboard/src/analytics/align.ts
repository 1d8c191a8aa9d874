import type { AnalyticsPoint, AnalyticsStep } from '@foyer/protocol';
import { clockAt, isoDay } from './moments.ts';

/** A period of the range beside that of the range before which its calendar and clock call the same. Of one the other may be missing. */
export interface Pair {
  /** Epoch ms of the one, or of the earlier one where that stands alone. */
  readonly at: number;
  readonly point: AnalyticsPoint | null;
  readonly earlier: AnalyticsPoint | null;
  /** Clocks went back: its day had this time before. */
  readonly isAgain: boolean;
}
export const isByClock = (step: AnalyticsStep): boolean => step === 'hour' || step === 'quarter';

/**
 * Periods side by side: days and longer ones in order, hours and quarter-hours by the clock of their day, counted from the beginning of
 * each range. Where clocks change, a day has an hour that the other has not, or has it twice: that one stands alone, and all others stay
 * beside their own. Each period of both is there once. Cost: one local time a point.
 */
export function aligned(
  points: readonly AnalyticsPoint[],
  before: readonly AnalyticsPoint[],
  step: AnalyticsStep,
  timeZone: string,
): Pair[] {
  if (!isByClock(step)) return points.map((point, i) => ({ at: point.at, point, earlier: before[i] ?? null, isAgain: false }));
  const [names, earlierNames] = [namesOf(points, timeZone), namesOf(before, timeZone)];
  const known = new Set(names);
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  while (i < points.length || j < before.length) {
    const [point, earlier] = [points[i], before[j]];
    const [name, earlierName] = [names[i] ?? '', earlierNames[j] ?? ''];
    const isAgain = !name.endsWith(' 0');
    if (point && earlier && name === earlierName) {
      pairs.push({ at: point.at, point, earlier, isAgain });
      i += 1;
      j += 1;
    } else if (earlier && (!point || !known.has(earlierName))) {
      pairs.push({ at: earlier.at, point: null, earlier, isAgain: !earlierName.endsWith(' 0') });
      j += 1;
    } else if (point) {
      // What both have comes in the same order in both, so the other one has nothing by this name.
      pairs.push({ at: point.at, point, earlier: null, isAgain });
      i += 1;
    }
  }
  return pairs;
}

/** `day of the range, time, which of those that are called so`. */
function namesOf(points: readonly AnalyticsPoint[], timeZone: string): string[] {
  const seen = new Map<string, number>();
  let [day, date] = [-1, ''];
  return points.map(({ at }) => {
    const its = isoDay(at, timeZone);
    if (its !== date) [day, date] = [day + 1, its];
    const name = `${day} ${clockAt(at, timeZone)}`;
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    return `${name} ${nth}`;
  });
}
