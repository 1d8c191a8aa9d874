/** Records of the stores as the API shows them. */
import { can, maskFor } from '@foyer/domain';
import type { Block, PastVisit, Role, Settings, Site } from '@foyer/protocol';
import type { VisitRecord } from '../../ports/history-store.ts';
import type { BlockRecord, SiteRecord } from '../../ports/team-store.ts';

export function siteOf({ workspace: _of, ...site }: SiteRecord): Site {
  return site;
}

/** Excluded addresses are whole addresses, which only those see who may enter them. */
export function settingsFor(role: Role, settings: Settings): Settings {
  return can(role, 'settings.change') ? settings : { ...settings, excludedAddresses: [] };
}

export function blockOf(block: BlockRecord): Block {
  return { id: block.id, note: block.note, createdAt: block.createdAt, createdBy: block.createdBy };
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
