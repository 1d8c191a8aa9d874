import type { VisitTable } from '@foyer/domain/board';
import type { StoredVisit } from '@foyer/domain/presence';
import type { TrailRecord, VisitRecord } from '../ports/history-store.ts';

/** The absolute state of a listed visit as the store keeps it. Cost: its trail. */
export function recordOf(table: VisitTable, slot: number, workspace: string, endedAt: number | null): VisitRecord {
  const text = table.getText.bind(table, slot);
  const place = table.places.at(table.place[slot]!);
  const tabs: Record<string, number> = {};
  for (const tab of table.tabs[slot]!) tabs[tab.id] = tab.n;
  return {
    workspace,
    site: text('site'),
    visit: table.ids[slot]!,
    visitor: table.visitors[slot]!,
    startedAt: table.startedAt[slot]!,
    lastActivityAt: table.lastActivityAt[slot]!,
    endedAt,
    leftAt: table.leftAt[slot]!,
    pages: table.pages[slot]!,
    trail: trailOf(table, slot),
    tabs,
    country: place.country,
    region: place.region,
    city: place.city,
    place: place.id,
    lat: place.lat,
    lon: place.lon,
    approximate: place.approximate,
    browser: text('browser'),
    browserVersion: text('browserVersion'),
    os: text('os'),
    osVersion: text('osVersion'),
    device: text('device'),
    lang: text('lang'),
    timeZone: text('timeZone'),
    screen: text('screen'),
    referrer: text('referrer'),
    referrerHost: text('referrerHost'),
    campaign: text('campaign'),
    ip: text('ip'),
    organisation: text('organisation'),
    source: text('source'),
    context: text('context'),
    filtered: text('filtered'),
    name: text('name'),
    identity: table.rare.get(slot)?.identity ?? '',
    goals: table.rare.get(slot)?.goals ?? [],
  };
}

/** Oldest first, at most the last 50. */
export function trailOf(table: VisitTable, slot: number): TrailRecord[] {
  const flat = table.trails[slot]!;
  const startedAt = table.startedAt[slot]!;
  const trail: TrailRecord[] = [];
  for (let i = 0; i < flat.length; i += 3) {
    trail.push({
      at: startedAt + flat[i + 2]! * 1000,
      url: table.dictionaries.url.text(flat[i]!),
      title: table.dictionaries.title.text(flat[i + 1]!),
    });
  }
  return trail;
}

export function storedVisit(record: VisitRecord): StoredVisit {
  const { place, country, region, city, lat, lon, approximate, ...rest } = record;
  return { ...rest, place: { id: place, country, region, city, lat, lon, approximate } };
}
