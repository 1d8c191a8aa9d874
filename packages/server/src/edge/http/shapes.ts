/** Records of the stores as the API shows them. */
import { can, maskFor } from '@foyer/domain';
import {
  type Block,
  type FilteredVisit,
  leftOutRule,
  type Note,
  type PastVisit,
  type Role,
  type SavedFilter,
  type Settings,
  type Site,
} from '@foyer/protocol';
import type { VisitRecord } from '../../ports/history-store.ts';
import type { BlockRecord, By, FilterRecord, NoteRecord, SiteRecord } from '../../ports/team-store.ts';
import type { Actor } from '../../team/sessions.ts';

export function siteOf({ workspace: _of, ...site }: SiteRecord): Site {
  return site;
}

/** Excluded addresses are whole addresses, which only those see who may enter them. */
export function settingsFor(role: Role, settings: Settings): Settings {
  return can(role, 'settings.change') ? settings : { ...settings, excludedAddresses: [] };
}

export function blockOf(block: BlockRecord): Block {
  const { id, kind, what, label, until, note, createdAt, createdBy } = block;
  return { id, kind, what, label, until, note, createdAt, createdBy };
}

export function savedFilterOf(actor: Actor, { id, name, filter, shared, createdAt, createdBy, by }: By<FilterRecord>): SavedFilter {
  return { id, name, filter, shared, mine: createdBy === actor.user.id, by, createdAt };
}

export function noteOf(actor: Actor, { id, text, createdAt, createdBy, by }: By<NoteRecord>): Note {
  return { id, text, createdAt, by, mine: createdBy === actor.user.id };
}

export function filteredVisitOf(role: Role, r: VisitRecord): FilteredVisit {
  const { visit, visitor, site, startedAt, lastActivityAt, endedAt, pages, country, city, browser, os, filtered } = r;
  const { url = '', title = '' } = r.trail.at(-1) ?? {};
  const shown = { visit, visitor, site, startedAt, lastActivityAt, endedAt, pages, url, title, country, city, browser, os };
  const why = { rule: leftOutRule(filtered), text: filtered };
  return maskFor(role).includes('ip') ? { ...shown, ...why } : { ...shown, ...why, ip: r.ip };
}

export function pastVisitOf(role: Role, r: VisitRecord): PastVisit {
  const {
    visit,
    site,
    startedAt,
    lastActivityAt,
    endedAt,
    pages,
    country,
    region,
    city,
    browser,
    os,
    device,
    referrer,
    campaign,
    filtered,
  } = r;
  const shown = {
    visit,
    site,
    startedAt,
    lastActivityAt,
    endedAt,
    pages,
    trail: r.trail,
    country,
    region,
    city,
    browser,
    os,
    device,
    referrer,
    campaign,
    filtered,
  };
  return maskFor(role).includes('ip') ? shown : { ...shown, ip: r.ip };
}
