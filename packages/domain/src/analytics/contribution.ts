import { type Calendar, quarterStart } from './calendar.ts';
import type { ReachedGoal } from './merge.ts';
import { type Dimension, type RollupBucket, type RollupDelta, OTHER } from './rollup-delta.ts';
import { trafficOf } from './traffic.ts';

/** What the rollups know of a visit. `urls` is its trail, oldest first; it may hold fewer entries than `pages`. */
export interface CountedVisit {
  readonly workspace: string;
  readonly site: string;
  readonly visit: string;
  readonly visitor: string;
  readonly startedAt: number;
  readonly pages: number;
  readonly country: string;
  readonly place: string;
  readonly browser: string;
  readonly os: string;
  readonly device: string;
  readonly referrerHost: string;
  readonly campaign: string;
  readonly lang: string;
  readonly source: string;
  readonly lastActivityAt: number;
  readonly goals: readonly ReachedGoal[];
  /** '' or why it is in no count. */
  readonly filtered: string;
}

/** Bits of a visit's `firsts`: it is its visitor's first of that period, on its site or in the whole workspace. */
export const FIRST = { siteDay: 1, workspaceDay: 2, siteWeek: 4, workspaceWeek: 8, siteMonth: 16, workspaceMonth: 32 } as const;

const MAX_VALUE_CHARS = 300;
const bit = (firsts: number, mask: number): 0 | 1 => (firsts & mask ? 1 : 0);

export interface Amount {
  /** Visits to add: 1, 0 or −1. */
  readonly visits: number;
  readonly pages: number;
  readonly firsts: number;
  /** 1 adds the visitors that `firsts` says, −1 takes them away. */
  readonly firstsSign: 1 | -1;
  /** Visits of one page. */
  readonly bounces?: number;
  readonly timeMs?: number;
}

/** Which periods to touch: a change of zone moves days, weeks and months, and leaves the quarter-hours alone. */
export type Touch = 'all' | 'zoned';

/** Visits say 'Widget' and conversations 'widget' of the same source: one name for both, as the API has it. */
export const sourceName = (source: string): string => source.toLowerCase().replaceAll(' ', '_');

export const isBounce = ({ pages }: Pick<CountedVisit, 'pages'>): 0 | 1 => (pages === 1 ? 1 : 0);
/** From its first page to its last activity, ms. */
export const timeOn = (v: Pick<CountedVisit, 'startedAt' | 'lastActivityAt'>): number =>
  Math.max(0, Math.round(v.lastActivityAt) - Math.round(v.startedAt));
/** All that a visit has in the counts, its pages and goals aside. */
export const whole = (v: CountedVisit, firsts: number, sign: 1 | -1): Amount => ({
  visits: sign,
  pages: sign * v.pages,
  firsts,
  firstsSign: sign,
  bounces: sign * isBounce(v),
  timeMs: sign * timeOn(v),
});

/** The buckets of a visit or conversation that began at `at`, with which `firsts` belong to each. */
export function bucketsOf(delta: RollupDelta, calendar: Calendar, workspace: string, site: string, at: number, touch: Touch): Placed[] {
  const zoned: Placed[] = [
    { bucket: delta.bucket(workspace, site, 'day', calendar.dayStart(at)), site: FIRST.siteDay, workspace: FIRST.workspaceDay },
    { bucket: delta.bucket(workspace, site, 'week', calendar.weekStart(at)), site: FIRST.siteWeek, workspace: FIRST.workspaceWeek },
    { bucket: delta.bucket(workspace, site, 'month', calendar.monthStart(at)), site: FIRST.siteMonth, workspace: FIRST.workspaceMonth },
  ];
  if (touch === 'zoned') return zoned;
  return [{ bucket: delta.bucket(workspace, site, 'quarter', quarterStart(at)), site: 0, workspace: 0 }, ...zoned];
}
interface Placed {
  readonly bucket: RollupBucket;
  readonly site: number;
  readonly workspace: number;
}

/**
 * Adds a visit's share to every dimension but `page` and the goals (see `countPages`, `countGoals`). All of a visit counts in the periods
 * in which it *started*, so a recount from the stored visits gives the same rows. A filtered visit counts in `filtered` alone.
 */
export function count(delta: RollupDelta, calendar: Calendar, v: CountedVisit, amount: Amount, touch: Touch = 'all'): void {
  const { visits, pages, firsts, firstsSign, bounces = 0, timeMs = 0 } = amount;
  for (const placed of bucketsOf(delta, calendar, v.workspace, v.site, v.startedAt, touch)) {
    const { bucket } = placed;
    if (v.filtered !== '') {
      if (bucket.step === 'quarter' || bucket.step === 'day') bucket.add('filtered', capped(v.filtered), visits, pages);
      continue;
    }
    const visitors = bit(firsts, placed.site) * firstsSign;
    const inWorkspace = bit(firsts, placed.workspace) * firstsSign;
    bucket.add('total', '', visits, pages, visitors, inWorkspace, timeMs);
    if (bounces !== 0) bucket.add('bounce', '', bounces, 0);
    if (visits !== 0 || pages !== 0 || visitors !== 0 || inWorkspace !== 0) addDimensions(bucket, v, visits, pages, visitors, inWorkspace);
  }
}

/** What a day's 96 quarters would hold of these is not worth its rows. */
function addDimensions(b: RollupBucket, v: CountedVisit, visits: number, pages: number, visitors: number, inWorkspace: number): void {
  const add = (dimension: Dimension, value: string): void => b.add(dimension, capped(value), visits, pages, visitors, inWorkspace);
  add('browser', v.browser);
  add('os', v.os);
  add('device', v.device);
  add('country', v.country);
  add('source', sourceName(v.source));
  if (b.step === 'quarter') return;
  add('language', v.lang);
  add('referrer', v.referrerHost);
  add('city', v.place);
  add('campaign', v.campaign);
  add('traffic', trafficOf(v));
}

/** Goals by what they are counted under: visits that reached them once, times, and values by currency in thousandths. */
function goalShares(v: CountedVisit): Map<string, { dimension: Dimension; value: string; times: number; amount: number }> {
  const shares = new Map<string, { dimension: Dimension; value: string; times: number; amount: number }>();
  if (v.filtered !== '') return shares;
  const add = (dimension: Dimension, value: string, amount: number): void => {
    const key = `${dimension} ${value}`;
    const share = shares.get(key);
    if (share) {
      share.times++;
      share.amount += amount;
    } else shares.set(key, { dimension, value, times: 1, amount });
  };
  for (const { goal, value, currency } of v.goals) {
    add('goal', capped(goal), 0);
    add('goal_country', `${capped(goal)}\t${capped(v.country)}`, 0);
    if (value > 0) add('goal_value', `${capped(goal)}\t${capped(currency)}`, Math.round(value * 1_000));
  }
  return shares;
}

/** Adds the goals that turn `before` into `after`; null: nothing was counted, or nothing is to stay. */
export function countGoals(
  delta: RollupDelta,
  calendar: Calendar,
  after: CountedVisit | null,
  before: CountedVisit | null,
  touch: Touch = 'all',
): void {
  for (const [v, sign] of [
    [before, -1],
    [after, 1],
  ] as const) {
    if (v === null || v.goals.length === 0) continue;
    const shares = goalShares(v);
    for (const { bucket } of bucketsOf(delta, calendar, v.workspace, v.site, v.startedAt, touch))
      for (const { dimension, value, times, amount } of shares.values())
        bucket.add(dimension, value, sign, sign * times, 0, 0, sign * amount);
  }
}

export interface Trail {
  readonly pages: number;
  /** The last page views, oldest first. */
  readonly urls: readonly string[];
}
const NO_TRAIL: Trail = { pages: 0, urls: [] };

/**
 * Adds the page views that turn `before` into `after` to the `page` rows of the day, week and month: `pages` = views, `visits` = visits that saw the path.
 * The trail is a window on the last views, so what is new are its last `after.pages − before.pages` entries; where the rest differs
 * (a late page that was put in its place) the difference is moved. Views beyond the window count under `(other)`.
 */
export function countPages(delta: RollupDelta, calendar: Calendar, v: CountedVisit, after: Trail, before: Trail = NO_TRAIL): void {
  if (v.filtered !== '' || (after.pages === before.pages && sameUrls(after.urls, before.urls))) return;
  const periods = bucketsOf(delta, calendar, v.workspace, v.site, v.startedAt, 'zoned');
  const add = (path: string, visits: number, views: number): void => {
    for (const { bucket } of periods) bucket.add('page', path, visits, views);
  };
  const was = before.urls.map(pathOf);
  const is = after.urls.map(pathOf);
  const grown = after.pages - before.pages;
  const fresh = Math.min(Math.max(grown, 0), is.length);
  for (let i = is.length - fresh; i < is.length; i++) add(is[i] ?? '', 0, 1);
  if (grown > fresh) add(OTHER, 0, grown - fresh);
  for (let i = is.length - fresh - 1, j = was.length - 1; i >= 0 && j >= 0 && grown === fresh; i--, j--) {
    const now = is[i] ?? '';
    const then = was[j] ?? '';
    if (now === then) continue;
    add(then, 0, -1);
    add(now, 0, 1);
  }
  const saw = new Set(was);
  const sees = new Set(is);
  for (const path of sees) if (!saw.has(path)) add(path, 1, 0);
  // What has left a full window was still seen.
  if (after.pages <= is.length) for (const path of saw) if (!sees.has(path)) add(path, -1, 0);
}

/** Takes a visit's page views away again (it became filtered, or its day moves). */
export function uncountPages(delta: RollupDelta, calendar: Calendar, v: CountedVisit, trail: Trail): void {
  if (v.filtered !== '') return;
  const periods = bucketsOf(delta, calendar, v.workspace, v.site, v.startedAt, 'zoned');
  const add = (path: string, visits: number, views: number): void => {
    for (const { bucket } of periods) bucket.add('page', path, visits, views);
  };
  const paths = trail.urls.map(pathOf);
  for (const path of paths) add(path, 0, -1);
  for (const path of new Set(paths)) add(path, -1, 0);
}

/** The path of a page URL as it is counted: without host and query; a hash router's route stays. Longest 300 characters. */
export function pathOf(url: string): string {
  const scheme = url.indexOf('://');
  const slash = scheme < 0 ? 0 : url.indexOf('/', scheme + 3);
  if (slash < 0) return '/';
  const query = url.indexOf('?', slash);
  const hash = url.indexOf('#', slash);
  const end = query < 0 ? hash : hash < 0 ? query : Math.min(query, hash);
  const path = end < 0 ? url.slice(slash) : url.slice(slash, end);
  const route = hash >= 0 && (url[hash + 1] === '/' || url[hash + 1] === '!') ? withoutQuery(url.slice(hash)) : '';
  return capped((path === '' ? '/' : path) + route);
}

function withoutQuery(route: string): string {
  const query = route.indexOf('?');
  return query < 0 ? route : route.slice(0, query);
}

const sameUrls = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((url, i) => url === b[i]);

/** As it is counted. Whoever names a campaign `(other)` gets a row beside what is put together there. */
export const capped = (value: string): string =>
  value === OTHER ? `${OTHER} ` : value.length <= MAX_VALUE_CHARS ? value : value.slice(0, MAX_VALUE_CHARS);
