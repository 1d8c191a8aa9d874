import type { AnalyticsRange, AnalyticsStep } from '@foyer/protocol';
import { t } from '../messages/catalogue.ts';
import { currentLocale } from '../messages/catalogue.ts';

const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
const TIME: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const SHAPES = {
  day: DAY,
  dayOfYear: { ...DAY, year: 'numeric' },
  weekday: { ...DAY, weekday: 'short' },
  month: { month: 'short', year: 'numeric' },
  monthOnly: { month: 'short' },
  time: TIME,
  moment: { ...DAY, weekday: 'short', ...TIME },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;
type Shape = keyof typeof SHAPES;

/** Making one costs 50 µs, using it 1; a page has a thousand dates in one zone and language. */
const made = new Map<string, Intl.DateTimeFormat>();
function formatter(shape: Shape, timeZone: string): Intl.DateTimeFormat {
  const key = `${shape} ${timeZone} ${currentLocale()}`;
  let known = made.get(key);
  if (!known) {
    try {
      known = new Intl.DateTimeFormat(currentLocale(), { ...SHAPES[shape], timeZone });
    } catch {
      // The server knows a zone that this browser does not.
      known = new Intl.DateTimeFormat(currentLocale(), { ...SHAPES[shape], timeZone: 'UTC' });
    }
    made.set(key, known);
  }
  return known;
}

/** In the workspace's zone, all of these: its days are what figures are counted by. */
export const moment = (at: number, timeZone: string): string => formatter('moment', timeZone).format(at);
export const clockAt = (at: number, timeZone: string): string => formatter('time', timeZone).format(at);

/** Below an axis. Of a range of several days in hours, midnight has the date. */
export function tickWord(at: number, step: AnalyticsStep, { timeZone }: Pick<AnalyticsRange, 'timeZone'>): string {
  if (step === 'quarter' || step === 'hour') return clockAt(at, timeZone);
  return formatter(step === 'month' ? 'month' : 'day', timeZone).format(at);
}

/** A period in full: `Thu 12 Nov`, `Week of 9 Nov`, `Nov 2026`, `Thu 12 Nov, 14:00`. */
export function periodWord(at: number, step: AnalyticsStep, { timeZone }: Pick<AnalyticsRange, 'timeZone'>): string {
  switch (step) {
    case 'quarter':
    case 'hour':
      return moment(at, timeZone);
    case 'day':
      return formatter('weekday', timeZone).format(at);
    case 'week':
      return t.analytics.weekOf(formatter('dayOfYear', timeZone).format(at));
    case 'month':
      return formatter('month', timeZone).format(at);
  }
}

/** `22 Oct – 20 Nov`, with years where it needs them. */
export function rangeWord({ from, to, timeZone }: AnalyticsRange, now: number): string {
  const last = to - 1;
  const year = (at: number): string => new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: 'UTC' }).format(at);
  const shape = year(from) === year(now) && year(last) === year(now) ? 'day' : 'dayOfYear';
  return formatter(shape, timeZone).formatRange(from, last);
}

const isoDays = new Map<string, Intl.DateTimeFormat>();
/** YYYY-MM-DD of a moment in a zone. */
export function isoDay(at: number, timeZone: string): string {
  let known = isoDays.get(timeZone);
  if (!known) {
    try {
      known = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
    } catch {
      known = new Intl.DateTimeFormat('en-CA', { timeZone: 'UTC', dateStyle: 'short' });
    }
    isoDays.set(timeZone, known);
  }
  return known.format(at);
}

const HOUR_MS = 3_600_000;
/** Hour of the day, 0 to 23. Quarter-hours of a half-hour zone belong to the hour their clock shows. */
export const hourOf = (at: number, timeZone: string): number => Number(clockAt(at, timeZone).slice(0, 2));
export const hourWord = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
/** For a CSV: local date, and time when the step has one, in a form that sorts. */
export const csvTime = (at: number, step: AnalyticsStep, timeZone: string): string =>
  step === 'quarter' || step === 'hour' ? `${isoDay(at, timeZone)} ${clockAt(at, timeZone)}` : isoDay(at, timeZone);

/** Starts of all quarter-hours or hours of a range: what has no figure is a gap and not left out. */
export function slotsOf({ from, to }: Pick<AnalyticsRange, 'from' | 'to'>, step: 'quarter' | 'hour'): number[] {
  const wide = step === 'quarter' ? HOUR_MS / 4 : HOUR_MS;
  return Array.from({ length: Math.ceil((to - from) / wide) }, (_, i) => from + i * wide);
}
