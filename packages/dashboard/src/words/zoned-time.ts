import { currentLocale } from '../messages/catalogue.ts';

/** Times of the past, in the workspace's zone: two of a team who read one list read the same. */

const STYLES = {
  seconds: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  minutes: { hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  dayYear: { day: 'numeric', month: 'short', year: 'numeric' },
  exact: { dateStyle: 'full', timeStyle: 'medium' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Making one costs 50 µs, using it 1. */
const made = new Map<string, Intl.DateTimeFormat>();
function formatter(style: keyof typeof STYLES, timeZone: string): Intl.DateTimeFormat {
  const locale = currentLocale();
  const key = `${locale} ${timeZone} ${style}`;
  let found = made.get(key);
  if (!found) {
    try {
      found = new Intl.DateTimeFormat(locale, { ...STYLES[style], timeZone });
    } catch {
      // A zone that this browser does not know: its own is better than no time.
      found = new Intl.DateTimeFormat(locale, STYLES[style]);
    }
    made.set(key, found);
  }
  return found;
}

/** `14:32:07` */
export const zonedSeconds = (at: number, timeZone: string): string => formatter('seconds', timeZone).format(at);
/** `14:32` */
export const zonedMinutes = (at: number, timeZone: string): string => formatter('minutes', timeZone).format(at);
/** `12 Sep`, with the year when it is another one. */
export const zonedDay = (at: number, now: number, timeZone: string): string =>
  formatter(dayIn(at, timeZone).slice(0, 4) === dayIn(now, timeZone).slice(0, 4) ? 'day' : 'dayYear', timeZone).format(at);
/** The hour of today, else the day. */
export const zonedShort = (at: number, now: number, timeZone: string): string =>
  dayIn(at, timeZone) === dayIn(now, timeZone) ? zonedMinutes(at, timeZone) : zonedDay(at, now, timeZone);
/** `Saturday 21 November 2026 at 17:03:02, Europe/Vienna` */
export const zonedExact = (at: number, timeZone: string): string => `${formatter('exact', timeZone).format(at)}, ${timeZone}`;

const dates = new Map<string, Intl.DateTimeFormat>();
/** `2026-11-21` */
export function dayIn(at: number, timeZone: string): string {
  let found = dates.get(timeZone);
  if (!found) {
    // Sweden writes dates as ISO 8601 does.
    const options = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    try {
      found = new Intl.DateTimeFormat('sv-SE', { ...options, timeZone });
    } catch {
      found = new Intl.DateTimeFormat('sv-SE', options);
    }
    dates.set(timeZone, found);
  }
  return found.format(at);
}
/** Whole days later, of calendar dates: no clock is in it. */
export function addDays(day: string, days: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, date + days)).toISOString().slice(0, 10);
}
const spans = new Map<string, Intl.DateTimeFormat>();
/** `1 – 12 Nov 2026` of two dates. */
export function daySpan(first: string, last: string): string {
  const locale = currentLocale();
  let found = spans.get(locale);
  if (!found) spans.set(locale, (found = new Intl.DateTimeFormat(locale, { ...STYLES.dayYear, timeZone: 'UTC' })));
  const [from, to] = [Date.parse(first), Date.parse(last)];
  return Number.isFinite(from) && Number.isFinite(to) && from <= to ? found.formatRange(from, to) : `${first} – ${last}`;
}
