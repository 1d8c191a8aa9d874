import type { DatabaseSync } from 'node:sqlite';
import { type Calendar, calendarOf } from '@foyer/domain/analytics';

export interface WorkspaceZone {
  readonly zone: string;
  /** '' unless the workspace's days are being moved to this zone. */
  readonly next: string;
  /** Visitors up to and including this one are counted by `next`. */
  readonly cursor: string;
  readonly purgedBefore: number;
}

const calendars = new Map<string, Calendar>();
/** One calendar per zone and thread: there are about 420 zones, and each is asked about few days. */
export function calendar(timeZone: string): Calendar {
  let known = calendars.get(timeZone);
  if (!known) calendars.set(timeZone, (known = calendarOf(timeZone)));
  return known;
}

export const calendarFor = (w: WorkspaceZone, visitor: string): Calendar =>
  calendar(w.next !== '' && visitor <= w.cursor ? w.next : w.zone);

export function workspaceReader(db: DatabaseSync): (workspace: string) => WorkspaceZone {
  const read = db.prepare('SELECT time_zone, next_zone, zone_cursor, purged_before FROM workspace WHERE workspace = ?');
  return (workspace) => {
    const row = read.get(workspace);
    if (!row) return { zone: 'UTC', next: '', cursor: '', purgedBefore: 0 };
    return {
      zone: String(row['time_zone']),
      next: String(row['next_zone']),
      cursor: String(row['zone_cursor']),
      purgedBefore: Number(row['purged_before']),
    };
  };
}
