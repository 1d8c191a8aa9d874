import { type Calendar, quarterStart } from './calendar.ts';
import { type RollupBucket, type RollupDelta, OTHER } from './rollup-delta.ts';

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
}

/** Which periods to touch: a change of zone moves days, weeks and months, and leaves the quarter-hours alone. */
export type Touch = 'all' | 'zoned';

/**
 * Adds a visit's share to every dimension but `page` (see `countPages`). All of a visit counts in the periods in which it *started*,
 * so a recount from the stored visits gives the same rows. A filtered visit counts in `filtered` alone.
 */
export function count(delta: RollupDelta, calendar: Calendar, v: CountedVisit, amount: Amount, touch: Touch = 'all'): void {
  const { visits, pages, firsts, firstsSign } = amount;
  const { workspace, site, startedAt } = v;
  const day = delta.bucket(workspace, site, 'day', calendar.dayStart(startedAt));
  const quarter = touch === 'all' ? delta.bucket(workspace, site, 'quarter', quarterStart(startedAt)) : null;
  if (v.filtered !== '') {
    const why = capped(v.filtered);
    quarter?.add('filtered', why, visits, pages, 0, 0);
    day.add('filtered', why, visits, pages, 0, 0);
    return;
  }
  if (quarter) {
    quarter.add('total', '', visits, pages, 0, 0);
    addSmall(quarter, v, visits, pages, 0, 0);
  }
  const visitors = bit(firsts, FIRST.siteDay) * firstsSign;
  const inWorkspace = bit(firsts, FIRST.workspaceDay) * firstsSign;
  day.add('total', '', visits, pages, visitors, inWorkspace);
  addSmall(day, v, visits, pages, visitors, inWorkspace);
  day.add('referrer', capped(v.referrerHost), visits, pages, visitors, inWorkspace);
  day.add('city', capped(v.place), visits, pages, visitors, inWorkspace);
  day.add('campaign', capped(v.campaign), visits, pages, visitors, inWorkspace);
  delta
    .bucket(workspace, site, 'week', calendar.weekStart(startedAt))
    .add('total', '', visits, pages, bit(firsts, FIRST.siteWeek) * firstsSign, bit(firsts, FIRST.workspaceWeek) * firstsSign);
  delta
    .bucket(workspace, site, 'month', calendar.monthStart(startedAt))
    .add('total', '', visits, pages, bit(firsts, FIRST.siteMonth) * firstsSign, bit(firsts, FIRST.workspaceMonth) * firstsSign);
}

function addSmall(b: RollupBucket, v: CountedVisit, visits: number, pages: number, visitors: number, inWorkspace: number): void {
  b.add('browser', capped(v.browser), visits, pages, visitors, inWorkspace);
  b.add('os', capped(v.os), visits, pages, visitors, inWorkspace);
  b.add('device', capped(v.device), visits, pages, visitors, inWorkspace);
  b.add('country', capped(v.country), visits, pages, visitors, inWorkspace);
}

export interface Trail {
  readonly pages: number;
  /** The last page views, oldest first. */
  readonly urls: readonly string[];
}
const NO_TRAIL: Trail = { pages: 0, urls: [] };

/**
 * Adds the page views that turn `before` into `after` to the day's `page` rows: `pages` = views, `visits` = visits that saw the path.
 * The trail is a window on the last views, so what is new are its last `after.pages − before.pages` entries; where the rest differs
 * (a late page that was put in its place) the difference is moved. Views beyond the window count under `(other)`.
 */
export function countPages(delta: RollupDelta, calendar: Calendar, v: CountedVisit, after: Trail, before: Trail = NO_TRAIL): void {
  if (v.filtered !== '') return;
  const day = delta.bucket(v.workspace, v.site, 'day', calendar.dayStart(v.startedAt));
  const was = before.urls.map(pathOf);
  const is = after.urls.map(pathOf);
  const grown = after.pages - before.pages;
  const fresh = Math.min(Math.max(grown, 0), is.length);
  for (let i = is.length - fresh; i < is.length; i++) day.add('page', is[i] ?? '', 0, 1, 0, 0);
  if (grown > fresh) day.add('page', OTHER, 0, grown - fresh, 0, 0);
  for (let i = is.length - fresh - 1, j = was.length - 1; i >= 0 && j >= 0 && grown === fresh; i--, j--) {
    const now = is[i] ?? '';
    const then = was[j] ?? '';
    if (now === then) continue;
    day.add('page', then, 0, -1, 0, 0);
    day.add('page', now, 0, 1, 0, 0);
  }
  const saw = new Set(was);
  const sees = new Set(is);
  for (const path of sees) if (!saw.has(path)) day.add('page', path, 1, 0, 0, 0);
  // What has left a full window was still seen.
  if (after.pages <= is.length) for (const path of saw) if (!sees.has(path)) day.add('page', path, -1, 0, 0, 0);
}

/** Takes a visit's page views away again (it became filtered, or its day moves). */
export function uncountPages(delta: RollupDelta, calendar: Calendar, v: CountedVisit, trail: Trail): void {
  if (v.filtered !== '') return;
  const day = delta.bucket(v.workspace, v.site, 'day', calendar.dayStart(v.startedAt));
  const paths = trail.urls.map(pathOf);
  for (const path of paths) day.add('page', path, 0, -1, 0, 0);
  for (const path of new Set(paths)) day.add('page', path, -1, 0, 0, 0);
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

const capped = (value: string): string => (value.length <= MAX_VALUE_CHARS ? value : value.slice(0, MAX_VALUE_CHARS));
