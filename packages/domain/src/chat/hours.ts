import type { WorkingHours } from '@foyer/protocol';
import { offsetsOf } from '../analytics/calendar.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Longer than any holiday; a week that is always closed is not searched for ever. */
const DAYS_AHEAD = 60;

const zones = new Map<string, (at: number) => number>();
/** Zones are few, and making a formatter costs 50 µs. */
function offsetIn(timeZone: string): (at: number) => number {
  let offset = zones.get(timeZone);
  if (!offset) zones.set(timeZone, (offset = offsetsOf(timeZone)));
  return offset;
}

/** True while the team works: minutes of the local day, the end excluded. `timeZone`: IANA. null hours: always. */
export function isWithin(hours: WorkingHours, timeZone: string, at: number): boolean {
  if (!hours) return true;
  const local = at + offsetIn(timeZone)(at);
  const day = Math.floor(local / DAY_MS);
  const minute = Math.floor((local - day * DAY_MS) / MINUTE_MS);
  return spansOf(hours, day).some(({ from, to }) => minute >= from && minute < to);
}

/** The first moment from `at` on when the team works; 0: not within 60 days. Where a clock change swallows an opening, the moment after it. */
export function nextOpening(hours: WorkingHours, timeZone: string, at: number): number {
  if (isWithin(hours, timeZone, at)) return at;
  if (!hours) return at;
  const offset = offsetIn(timeZone);
  const today = Math.floor((at + offset(at)) / DAY_MS);
  for (let day = today; day < today + DAYS_AHEAD; day++) {
    for (const { from } of spansOf(hours, day)) {
      const local = day * DAY_MS + from * MINUTE_MS;
      const guess = local - offset(local - offset(local));
      // In the hour that a change skips, one offset is before it and one after: the later moment is the one that exists.
      const moment = guess + offset(guess) < local ? local - offset(guess) : guess;
      if (moment >= at && isWithin(hours, timeZone, moment)) return moment;
    }
  }
  return 0;
}

function spansOf(hours: NonNullable<WorkingHours>, day: number): readonly { readonly from: number; readonly to: number }[] {
  if (hours.closedOn.includes(dateOf(day))) return [];
  // Day 0, 1 January 1970, was a Thursday; weeks begin on Monday.
  return hours.days[(((day + 3) % 7) + 7) % 7] ?? [];
}

/** `2026-12-25` of a day number (Hinnant, chrono-compatible low-level date algorithms). */
function dateOf(day: number): string {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const dayOfMonth = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  return `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
}
