/** How busy the demo's shop was before the demo began. */
import type { Random } from '@foyer/domain/simulate';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const QUARTER_MS = 900_000;
const MINUTE_MS = 60_000;
/** Thirty days, and the thirty before them to compare with. */
const DAYS = 61;
/** Of the last day: how many were there at its best hour. More would keep the machine busy for longer than anybody looks. */
const MOST_THERE = 100;
/** A day's visits long before, for each visitor of the demo. */
const VISITS_A_DAY = 3;
const MOST_A_DAY = 900;
/** Each day further back, so many times fewer: the shop is in its best week. */
const GROWTH = 1.35;
/** Within this the day's curve becomes the number that the demo opens with, at night too; of a crowd sooner, as it is many visits. */
const RISE_MS = 3 * HOUR_MS;
const CROWD = 1_500;
const LEAST_RISE_MS = 30 * MINUTE_MS;
/** What a stay is by its pages: that of the simulated world (domain/simulate). */
const STAY_MS = 372_000;
/**
 * How long a tab is left open after the last page, as a mean: longer ago longer, so that as many are there by fewer than half of the visits that
 * the world's own short stays would need. Nothing in the last half hour, where the world's visits and these are there together.
 */
const LEFT_OPEN_MS = 9 * MINUTE_MS;
const SAME_STAYS_MS = 30 * MINUTE_MS;
/** Nobody is listed longer after their last activity. */
export const MOST_LEFT_OPEN_MS = 29 * MINUTE_MS;

/** How busy each hour is, in the time zone of whoever tries the demo: nights are quiet, evenings the best. */
const HOURS = [5, 3, 2, 2, 2, 3, 6, 11, 17, 23, 27, 29, 30, 28, 26, 26, 27, 29, 33, 39, 42, 36, 23, 11];
const MOST = Math.max(...HOURS);
const MEAN = HOURS.reduce((sum, share) => sum + share, 0) / HOURS.length / MOST;

/** 0 to 1, without steps: an hour's figure holds in its middle. */
function hourWeight(at: number): number {
  const date = new Date(at);
  const hour = date.getHours() + date.getMinutes() / 60 - 0.5;
  const before = Math.floor(hour);
  const share = hour - before;
  const of = (index: number): number => HOURS[(index + 24) % 24]! / MOST;
  return of(before) * (1 - share) + of(before + 1) * share;
}
/** Growing, calmer at weekends, and a newsletter ten days ago. */
const dayWeight = (daysAgo: number, at: number): number =>
  (1.3 - (0.35 * daysAgo) / DAYS) *
  ([0, 6].includes(new Date(at).getDay()) ? 0.76 : 1) *
  (Math.floor(daysAgo) === 10 ? 1.55 : Math.floor(daysAgo) === 9 ? 1.2 : 1);

export interface Crowd {
  /** Of the demo: how many are there at a time. */
  readonly visitors: number;
  readonly now: number;
}

/** How many are there at a time, on the average. */
function thereAt({ visitors, now }: Crowd, at: number): number {
  const most = Math.min(visitors, MOST_THERE);
  const daysAgo = (now - at) / DAY_MS;
  const curve = most * hourWeight(at) * dayShare(visitors, daysAgo, at);
  const riseMs = Math.max(LEAST_RISE_MS, RISE_MS * Math.min(1, CROWD / visitors));
  const near = Math.max(0, 1 - (now - at) / riseMs);
  const rise = near * near * (3 - 2 * near);
  return curve * (1 - rise) + visitors * rise;
}

/** Of what the last day had. */
function dayShare(visitors: number, daysAgo: number, at: number): number {
  if (daysAgo <= 1) return 1;
  const full = (Math.min(visitors, MOST_THERE) * MEAN * DAY_MS) / (STAY_MS + LEFT_OPEN_MS);
  const old = Math.min(1, (Math.min(MOST_A_DAY, visitors * VISITS_A_DAY) * dayWeight(daysAgo, at)) / full);
  return old + (1 - old) * GROWTH ** (1 - daysAgo);
}

/** How long tabs are left open, on the average, by visits that begin then. */
export const leftOpenMs = ({ now }: Crowd, at: number): number =>
  LEFT_OPEN_MS * Math.min(1, Math.max(0, (now - at - SAME_STAYS_MS) / (RISE_MS - SAME_STAYS_MS)));

/** When visits began, oldest first, so that about `thereAt` are there at each time. Cost: 0.5 µs a visit. */
export function startsOf(crowd: Crowd, random: Random): number[] {
  const starts: number[] = [];
  for (let at = crowd.now - DAYS * DAY_MS; ;) {
    const wait = random.wait((STAY_MS + leftOpenMs(crowd, at)) / thereAt(crowd, at));
    // The rate is another by then: nobody has come so far, and it is drawn anew.
    at += Math.min(wait, QUARTER_MS);
    if (at >= crowd.now) return starts;
    if (wait <= QUARTER_MS) starts.push(Math.round(at));
  }
}
