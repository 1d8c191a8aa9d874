import { type Calendar } from './calendar.ts';
import { type CountedVisit, FIRST, type Touch, type Trail, count, countPages, uncountPages } from './contribution.ts';
import type { RollupDelta } from './rollup-delta.ts';

/** A visit as it was counted: what a later change is measured against. */
export interface BookedVisit extends CountedVisit {
  readonly firsts: number;
}
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
  setFirsts(visit: string, firsts: number): void;
}

/** Counts a visit that is not stored yet. Answers the `firsts` to store with it. Cost: O(1), or the visitor's month when it comes late. */
export function bookNew(ledger: Ledger, delta: RollupDelta, visit: CountedVisit, trail: Trail): number {
  const calendar = ledger.calendar(visit.workspace, visit.visitor);
  const firsts = visit.filtered === '' ? claimFirsts(ledger, delta, calendar, visit) : 0;
  count(delta, calendar, visit, { visits: 1, pages: visit.pages, firsts, firstsSign: 1 });
  countPages(delta, calendar, visit, trail);
  return firsts;
}

/** Counts the change from the stored state to the merged one (see `merge`). Answers the `firsts` to store. */
export function bookChange(ledger: Ledger, delta: RollupDelta, before: BookedVisit, after: CountedVisit, was: Trail, is: Trail): number {
  const calendar = ledger.calendar(before.workspace, before.visitor);
  if (sameCounters(before, after)) {
    const pages = after.pages - before.pages;
    if (pages !== 0) count(delta, calendar, after, { visits: 0, pages, firsts: 0, firstsSign: 1 });
    countPages(delta, calendar, after, is, was);
    return before.firsts;
  }
  count(delta, calendar, before, { visits: -1, pages: -before.pages, firsts: before.firsts, firstsSign: -1 });
  let firsts = before.firsts;
  if (before.filtered === after.filtered) countPages(delta, calendar, after, is, was);
  else {
    uncountPages(delta, calendar, before, was);
    countPages(delta, calendar, after, is);
    if (after.filtered !== '') {
      if (before.filtered === '') releaseFirsts(ledger, delta, calendar, before);
      firsts = 0;
    } else firsts = claimFirsts(ledger, delta, calendar, after);
  }
  count(delta, calendar, after, { visits: 1, pages: after.pages, firsts, firstsSign: 1 });
  return firsts;
}

/**
 * Moves all of one visitor's visits from the days of one zone to those of another. Answers nothing; new `firsts` go to the ledger.
 * Moving a whole visitor at a time keeps every sum right while a rebuild is under way.
 */
export function rezone(
  ledger: Pick<Ledger, 'setFirsts'>,
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
    count(delta, zones.from, v, { visits: -1, pages: -v.pages, firsts: v.firsts, firstsSign: -1 }, touch);
    count(delta, zones.to, v, { visits: 1, pages: v.pages, firsts: next, firstsSign: 1 }, touch);
    if (zones.from.dayStart(v.startedAt) !== zones.to.dayStart(v.startedAt)) {
      // Only what the trail still names can move; older views of a very long visit stay in the day they were counted in.
      const named = { pages: v.trail.urls.length, urls: v.trail.urls };
      uncountPages(delta, zones.from, v, named);
      countPages(delta, zones.to, v, named);
    }
    if (next !== v.firsts) ledger.setFirsts(v.visit, next);
  }
}

function claimFirsts(ledger: Ledger, delta: RollupDelta, calendar: Calendar, visit: CountedVisit): number {
  const { workspace, site, visitor, startedAt } = visit;
  let onSite = -1;
  let anywhere = -1;
  for (const last of ledger.lastCounted(workspace, visitor)) {
    if (last.site === site) onSite = last.at;
    if (last.at > anywhere) anywhere = last.at;
  }
  if (startedAt > onSite) ledger.setLastCounted(workspace, visitor, site, startedAt);
  // The usual case: the visitor's latest visit, so the one before it decides.
  if (startedAt > anywhere) return firstsAfter(calendar, startedAt, onSite, anywhere);
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
    .reduce((latest, v) => Math.max(latest, v.startedAt), -1);
  if (left < 0) ledger.dropLastCounted(workspace, visitor, site);
  else ledger.setLastCounted(workspace, visitor, site, left);
}

/** Gives the firsts of the day, week and month around `about` to whom they belong, `joining` included. Answers those of `joining`. */
function settlePeriods(ledger: Ledger, delta: RollupDelta, calendar: Calendar, about: CountedVisit, joining: CountedVisit | null): number {
  const { workspace, visitor, startedAt } = about;
  const month = calendar.monthStart(startedAt);
  const week = calendar.weekStart(startedAt);
  // 32 days reach past the end of any month; what lies beyond the three periods is left as it is.
  const nearby = ledger
    .visitsBetween(workspace, visitor, Math.min(month, week), Math.max(month, week) + 32 * 86_400_000)
    .filter((v) => v.visit !== about.visit);
  const periods = [
    { mask: FIRST.siteDay | FIRST.workspaceDay, start: calendar.dayStart },
    { mask: FIRST.siteWeek | FIRST.workspaceWeek, start: calendar.weekStart },
    { mask: FIRST.siteMonth | FIRST.workspaceMonth, start: calendar.monthStart },
  ];
  const due = assign(calendar, joining ? [...nearby, joining] : nearby);
  let joined = 0;
  if (joining) joined = due.get(joining.visit) ?? 0;
  for (const v of nearby) {
    let mask = 0;
    for (const p of periods) if (p.start(v.startedAt) === p.start(startedAt)) mask |= p.mask;
    const next = (v.firsts & ~mask) | ((due.get(v.visit) ?? 0) & mask);
    if (next === v.firsts) continue;
    count(delta, calendar, v, { visits: 0, pages: 0, firsts: v.firsts & ~next, firstsSign: -1 });
    count(delta, calendar, v, { visits: 0, pages: 0, firsts: next & ~v.firsts, firstsSign: 1 });
    ledger.setFirsts(v.visit, next);
  }
  return joined;
}

/** Whose the firsts are, for one visitor's unfiltered visits: the earliest of each period, on its site and in the workspace. */
function assign(calendar: Calendar, visits: readonly CountedVisit[]): Map<string, number> {
  const inOrder = [...visits].sort((a, b) => a.startedAt - b.startedAt || (a.visit < b.visit ? -1 : 1));
  const lastOnSite = new Map<string, number>();
  const firsts = new Map<string, number>();
  let anywhere = -1;
  for (const v of inOrder) {
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
  a.browser === b.browser &&
  a.os === b.os &&
  a.device === b.device &&
  a.country === b.country &&
  a.place === b.place &&
  a.referrerHost === b.referrerHost &&
  a.campaign === b.campaign;
