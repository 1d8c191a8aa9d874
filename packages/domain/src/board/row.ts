import { STATUSES, type Row } from '@foyer/protocol';
import type { VisitTable } from './visit-table.ts';

/** Fields of a row or detail that a role may be denied; a denied field is absent, and can be neither filtered nor sorted by. */
export type Hidden = readonly string[];

/** The row of a visit as the wire has it. Cost: about thirty look-ups. */
export function rowOf(table: VisitTable, slot: number): Row {
  const place = table.places.at(table.place[slot]!);
  return {
    id: table.ids[slot]!,
    visitor: table.visitors[slot]!,
    n: table.number[slot]!,
    name: table.getText(slot, 'name'),
    site: table.getText(slot, 'site'),
    status: STATUSES[table.status[slot]!]!,
    waitingSince: table.chat[slot] === 0 ? 0 : (table.rare.get(slot)?.conversation?.waitingSince ?? 0),
    online: table.online[slot] === 1,
    reconnecting: table.reconnecting[slot] === 1,
    country: place.country,
    region: place.region,
    city: place.city,
    place: place.id,
    approximate: place.approximate,
    title: table.getText(slot, 'title'),
    url: table.getText(slot, 'url'),
    referrer: table.getText(slot, 'referrer'),
    campaign: table.getText(slot, 'campaign'),
    lang: table.getText(slot, 'lang'),
    browser: table.getText(slot, 'browser'),
    os: table.getText(slot, 'os'),
    device: table.getText(slot, 'device'),
    context: table.getText(slot, 'context'),
    goals: table.getText(slot, 'goals'),
    pages: table.pages[slot]!,
    startedAt: table.startedAt[slot]!,
    lastActivityAt: table.lastActivityAt[slot]!,
    leftAt: table.leftAt[slot]!,
    visits: table.visits[slot]!,
    filtered: table.getText(slot, 'filtered'),
  };
}

/** The fields of `after` that differ from `before`; null when none do. */
export function rowPatch(before: Row, after: Row): Partial<Row> | null {
  let patch: Record<string, unknown> | null = null;
  for (const field in after) {
    const value = after[field as keyof Row];
    if (value !== before[field as keyof Row]) (patch ??= {})[field] = value;
  }
  return patch as Partial<Row> | null;
}

export function without<T extends object>(row: T, hidden: Hidden): T {
  if (hidden.length === 0) return row;
  const copy = { ...row } as Record<string, unknown>;
  for (const field of hidden) delete copy[field];
  return copy as T;
}
