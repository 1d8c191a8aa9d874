import type { BookedVisit, CountedVisit } from '@foyer/domain/analytics';
import { AT, type VisitRow, decodeGoals } from './visit-row.ts';

/** Columns of what the rollups know of a visit, in the order `bookedOf` reads them. */
const COLUMNS = [
  'workspace',
  'site',
  'visit',
  'visitor',
  'started_at',
  'pages',
  'country',
  'place',
  'browser',
  'os',
  'device',
  'referrer_host',
  'campaign',
  'lang',
  'source',
  'last_activity_at',
  'goals',
  'filtered',
  'firsts',
  'previous_at',
  'previous_on_site_at',
] as const;
export const BOOKED_COLUMNS = COLUMNS.join(', ');
/** Where a statement's own columns begin that stand behind these. */
export const BOOKED_COUNT = COLUMNS.length;

export function bookedOf(row: readonly unknown[]): BookedVisit {
  const text = (at: number): string => row[at] as string;
  const number = (at: number): number => row[at] as number;
  return {
    workspace: text(0),
    site: text(1),
    visit: text(2),
    visitor: text(3),
    startedAt: number(4),
    pages: number(5),
    country: text(6),
    place: text(7),
    browser: text(8),
    os: text(9),
    device: text(10),
    referrerHost: text(11),
    campaign: text(12),
    lang: text(13),
    source: text(14),
    lastActivityAt: number(15),
    goals: decodeGoals(text(16)),
    filtered: text(17),
    firsts: number(18),
    previousAt: number(19),
    previousOnSiteAt: number(20),
  };
}

export const countedOf = (row: VisitRow): CountedVisit => ({
  workspace: text(row, AT.workspace),
  site: text(row, AT.site),
  visit: text(row, AT.visit),
  visitor: text(row, AT.visitor),
  startedAt: number(row, AT.started_at),
  pages: number(row, AT.pages),
  country: text(row, AT.country),
  place: text(row, AT.place),
  browser: text(row, AT.browser),
  os: text(row, AT.os),
  device: text(row, AT.device),
  referrerHost: text(row, AT.referrer_host),
  campaign: text(row, AT.campaign),
  lang: text(row, AT.lang),
  source: text(row, AT.source),
  lastActivityAt: number(row, AT.last_activity_at),
  goals: decodeGoals(text(row, AT.goals)),
  filtered: text(row, AT.filtered),
});

export const text = (row: VisitRow, at: number): string => row[at] as string;
export const number = (row: VisitRow, at: number): number => row[at] as number;
