import type { BookedVisit, CountedVisit } from '@foyer/domain/analytics';
import { AT, type VisitRow } from './visit-row.ts';

/** Columns of what the rollups know of a visit, in the order `bookedOf` reads them. */
export const BOOKED_COLUMNS =
  'workspace, site, visit, visitor, started_at, pages, country, place, browser, os, device, referrer_host, campaign, filtered, firsts';

export function bookedOf(row: readonly unknown[]): BookedVisit {
  const [workspace, site, visit, visitor, startedAt, pages, country, place, browser, os, device, referrerHost, campaign, filtered, firsts] =
    row as [string, string, string, string, number, number, string, string, string, string, string, string, string, string, number];
  return {
    workspace,
    site,
    visit,
    visitor,
    startedAt,
    pages,
    country,
    place,
    browser,
    os,
    device,
    referrerHost,
    campaign,
    filtered,
    firsts,
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
  filtered: text(row, AT.filtered),
});

export const text = (row: VisitRow, at: number): string => row[at] as string;
export const number = (row: VisitRow, at: number): number => row[at] as number;
