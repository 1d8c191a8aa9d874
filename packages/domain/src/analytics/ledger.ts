import { type Calendar } from './calendar.ts';
import {
  type CountedVisit,
  FIRST,
  type Touch,
  type Trail,
  count,
  countGoals,
  countPages,
  isBounce,
  timeOn,
  uncountPages,
  whole,
} from './contribution.ts';
import type { RollupDelta } from './rollup-delta.ts';

/** A visit as it was counted: what a later change is measured against. */
export interface BookedVisit extends CountedVisit {
  readonly firsts: number;
  /** Start of its visitor's counted visit before it, anywhere and on its site; −1: there was none. */
  readonly previousAt: number;
  readonly previousOnSiteAt: number;
}
/** What is stored beside a visit. */
export type Booking = Pick<BookedVisit, 'firsts' | 'previousAt' | 'previousOnSiteAt'>;
const UNBOOKED: Booking = { firsts: 0, previousAt: -1, previousOnSiteAt: -1 };
export interface LastCounted {
  readonly site: string;
  readonly at: number;
}

/**
 * What the arithmetic asks of a store, inside one transaction. All of it is about one visitor, so a store that cannot answer
 * synchronously reads the batch's visitors beforehand.
 */
export interface Ledger {
  /** The calendar by which this visitor's visits are counted (two may be in use while a workspace changes its zone). */
  calendar(workspace: string, visitor: string): Calendar;
  /** Start of the visitor's latest counted visit on each site; outlives the visits themselves. */
  lastCounted(workspace: string, visitor: string): readonly LastCounted[];
  setLastCounted(workspace: string, visitor: string, site: string, at: number): void;
  dropLastCounted(workspace: string, visitor: string, site: string): void;
  /** The visitor's stored, unfiltered visits that started in [from, to). */
  visitsBetween(workspace: string, visitor: string, from: number, to: number): BookedVisit[];
  setBooking(visit: string, booking: Booking): void;
}

/** Counts a visit that is not stored yet. Answers what to store with it. Cost: O(1), or the visitor's visits when it comes late. */
export function bookNew(ledger: Ledger, delta: RollupDelta, visit: CountedVisit, trail: Trail): Booking {
  const calendar = ledger.calendar(visit.workspace, visit.visitor);
  const booking = visit.filtered === '' ? claimFirsts(ledger, delta, calendar, visit) : UNBOOKED;
  count(delta, calendar, visit, whole(visit, booking.firsts, 1));
  countPages(delta, calendar, visit, trail);
  countGoals(delta, calendar, visit, null);
  return booking;
}

/** Counts the change from the stored state to the merged one (see `merge`). Answers what to store with it. */
export function bookChange(ledger: Ledger, delta: RollupDelta, before: BookedVisit, after: CountedVisit, was: Trail, is: Trail): Booking {
  const calendar = ledger.calendar(before.workspace, before.visitor);
  if (sameCounters(before, after)) {
    const bounces = isBounce(after) - isBounce(before);
    const timeMs = timeOn(after) - timeOn(before);
    const pages = after.pages - before.pages;
    if (pages !== 0 || timeMs !== 0) count(delta, calendar, after, { visits: 0, pages, firsts: 0, firstsSign: 1, bounces, timeMs });
    countPages(delta, calendar, after, is, was);
    if (after.goals !== before.goals) countGoals(delta, calendar, after, before);
    return before;
  }
  count(delta, calendar, before, whole(before, before.firsts, -1));
  countGoals(delta, calendar, after, before);
  let booking: Booking = before;
  if (before.filtered === after.filtered) countPages(delta, calendar, after, is, was);
  else {
    uncountPages(delta, calendar, before, was);
    countPages(delta, calendar, after, is);
    if (after.filtered !== '') {
      if (before.filtered === '') releaseFirsts(ledger, delta, calendar, before);
      booking = UNBOOKED;
    } else booking = claimFirsts(ledger, delta, calendar, after);
  }
  count(delta, calendar, after, whole(after, booking.firsts, 1));
  return booking;
}

/**
 * Moves all of one visitor's visits from the days of one zone to those of another. Answers nothing; new `firsts` go to the ledger.
 * Moving a whole visitor at a time keeps every sum right while a rebuild is under way.
 */
export function rezone(
  ledger: Pick<Ledger, 'setBooking'>,
  delta: RollupDelta,
  zones: { from: Calendar; to: Calendar },
  visits: readonly (BookedVisit & { readonly trail: Trail })[],
): void {
  const firsts = assign(
    zones.to,
    visits.filter((v) => v.filtered === ''),
  );
  const touch: Touch = 'zoned';
  for (const v of visits) {
    const next = firsts.get(v.visit) ?? 0;
    count(delta, zones.from, v, whole(v, v.firsts, -1), touch);
    count(delta, zones.to, v, whole(v, next, 1), touch);
    countGoals(delta, zones.from, null, v, touch);
    countGoals(delta, zones.to, v, null, touch);
    if (!samePeriods(zones.from, zones.to, v.startedAt)) {
      // Only what the trail still names can move; older views of a very long visit stay in the day they were counted in.
      const named = { pages: v.trail.urls.length, urls: v.trail.urls };
      uncountPages(delta, zones.from, v, named);
      countPages(delta, zones.to, v, named);
    }
    if (next !== v.firsts) ledger.setBooking(v.visit, { ...v, firsts: next });
  }
}

const samePeriods = (a: Calendar, b: Calendar, at: number): boolean =>
  a.dayStart(at) === b.dayStart(at) && a.weekStart(at) === b.weekStart(at) && a.monthStart(at) === b.monthStart(at);

function claimFirsts(ledger: Ledger, delta: RollupDelta, calendar: Calendar, visit: CountedVisit): Booking {
  const { workspace, site, visitor, startedAt } = visit;
  let onSite = -1;
  let anywhere = -1;
  for (const last of ledger.lastCounted(workspace, visitor)) {
    if (last.site === site) onSite = last.at;
    if (last.at > anywhere) anywhere = last.at;
  }
  if (startedAt > onSite) ledger.setLastCounted(workspace, visitor, site, startedAt);
  // The usual case: the visitor's latest visit, so the one before it decides.
  if (startedAt > anywhere)
    return { firsts: firstsAfter(calendar, startedAt, onSite, anywhere), previousAt: anywhere, previousOnSiteAt: onSite };
  // It began before one that is already counted, and may take a *first* over from it.
  return settlePeriods(ledger, delta, calendar, visit, visit);
}

/** After a visit has left the counts, the next of its periods becomes the first. */
function releaseFirsts(ledger: Ledger, delta: RollupDelta, calendar: Calendar, gone: BookedVisit): void {
  const { workspace, visitor, site } = gone;
  settlePeriods(ledger, delta, calendar, gone, null);
  const left = ledger
    .visitsBetween(workspace, visitor, 0, Number.MAX_SAFE_INTEGER)
    .filter((v) => v.visit !== gone.visit && v.site === site)
    .reduce((latest, v) => Math.max(latest, v.startedAt), gone.previousOnSiteAt);
  if (left < 0) ledger.dropLastCounted(workspace, visitor, site);
  else ledger.setLastCounted(workspace, visitor, site, left);
}

/**
 * Gives the firsts of the day, week and month around `about`, and what came before, to whom they belong, `joining` included. Answers those
 * of `joining`.
 */
function settlePeriods(ledger: Ledger, delta: RollupDelta, calendar: Calendar, about: CountedVisit, joining: CountedVisit | null): Booking {
  const { workspace, visitor, startedAt } = about;
  const all = ledger.visitsBetween(workspace, visitor, 0, Number.MAX_SAFE_INTEGER);
  const others = all.filter((v) => v.visit !== about.visit);
  const before = previousOf(joining ? [...others, joining] : others, all);
  const due = assign(calendar, joining ? [...others, joining] : others);
  const periods = [
    { mask: FIRST.siteDay | FIRST.workspaceDay, start: calendar.dayStart },
    { mask: FIRST.siteWeek | FIRST.workspaceWeek, start: calendar.weekStart },
    { mask: FIRST.siteMonth | FIRST.workspaceMonth, start: calendar.monthStart },
  ];
  const bookingOf = (v: CountedVisit, firsts: number): Booking => ({ firsts, ...(before.get(v.visit) ?? NONE_BEFORE) });
  for (const v of others) {
    // What lies beyond the three periods is left as it is: its first may be purged.
    let mask = 0;
    for (const p of periods) if (p.start(v.startedAt) === p.start(startedAt)) mask |= p.mask;
    const next = bookingOf(v, (v.firsts & ~mask) | ((due.get(v.visit) ?? 0) & mask));
    if (next.firsts !== v.firsts) {
      count(delta, calendar, v, { visits: 0, pages: 0, firsts: v.firsts & ~next.firsts, firstsSign: -1 });
      count(delta, calendar, v, { visits: 0, pages: 0, firsts: next.firsts & ~v.firsts, firstsSign: 1 });
    } else if (next.previousAt === v.previousAt && next.previousOnSiteAt === v.previousOnSiteAt) continue;
    ledger.setBooking(v.visit, next);
  }
  return joining ? bookingOf(joining, due.get(joining.visit) ?? 0) : UNBOOKED;
}

const NONE_BEFORE = { previousAt: -1, previousOnSiteAt: -1 } as const;

/** The visit before each. Before the first stored one that which was noted while earlier ones were still there (`stored`), if it is earlier. */
function previousOf(visits: readonly CountedVisit[], stored: readonly BookedVisit[]): Map<string, Omit<Booking, 'firsts'>> {
  const starts = new Set(stored.map((v) => v.startedAt));
  const latestBefore = (at: number, noted: readonly number[]): number =>
    noted.reduce((latest, before) => (before < at && before > latest && !starts.has(before) ? before : latest), -1);
  const lastOnSite = new Map<string, number>();
  const previous = new Map<string, Omit<Booking, 'firsts'>>();
  let anywhere: number | null = null;
  for (const v of inOrder(visits)) {
    previous.set(v.visit, {
      previousAt:
        anywhere ??
        latestBefore(
          v.startedAt,
          stored.map((s) => s.previousAt),
        ),
      previousOnSiteAt:
        lastOnSite.get(v.site) ??
        latestBefore(
          v.startedAt,
          stored.filter((s) => s.site === v.site).map((s) => s.previousOnSiteAt),
        ),
    });
    lastOnSite.set(v.site, v.startedAt);
    anywhere = v.startedAt;
  }
  return previous;
}

const inOrder = (visits: readonly CountedVisit[]): CountedVisit[] =>
  [...visits].sort((a, b) => a.startedAt - b.startedAt || (a.visit < b.visit ? -1 : 1));

/** Whose the firsts are, for one visitor's unfiltered visits: the earliest of each period, on its site and in the workspace. */
function assign(calendar: Calendar, visits: readonly CountedVisit[]): Map<string, number> {
  const lastOnSite = new Map<string, number>();
  const firsts = new Map<string, number>();
  let anywhere = -1;
  for (const v of inOrder(visits)) {
    firsts.set(v.visit, firstsAfter(calendar, v.startedAt, lastOnSite.get(v.site) ?? -1, anywhere));
    lastOnSite.set(v.site, v.startedAt);
    anywhere = v.startedAt;
  }
  return firsts;
}

/** `firsts` of a visit that began at `at`, after the visitor's last one on this site and anywhere (−1: none). */
function firstsAfter(calendar: Calendar, at: number, onSite: number, anywhere: number): number {
  return (
    (isNew(calendar.dayStart, at, onSite) ? FIRST.siteDay : 0) |
    (isNew(calendar.dayStart, at, anywhere) ? FIRST.workspaceDay : 0) |
    (isNew(calendar.weekStart, at, onSite) ? FIRST.siteWeek : 0) |
    (isNew(calendar.weekStart, at, anywhere) ? FIRST.workspaceWeek : 0) |
    (isNew(calendar.monthStart, at, onSite) ? FIRST.siteMonth : 0) |
    (isNew(calendar.monthStart, at, anywhere) ? FIRST.workspaceMonth : 0)
  );
}

const isNew = (start: (at: number) => number, at: number, last: number): boolean => last < 0 || last < start(at);

const sameCounters = (a: CountedVisit, b: CountedVisit): boolean =>
  a.filtered === b.filtered &&
  a.lang === b.lang &&
  a.source === b.source &&
  a.browser === b.browser &&
  a.os === b.os &&
  a.device === b.device &&
  a.country === b.country &&
  a.place === b.place &&
  a.referrerHost === b.referrerHost &&
  a.campaign === b.campaign;
