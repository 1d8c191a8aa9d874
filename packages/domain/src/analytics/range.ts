import { type Result, fail, ok } from '../result.ts';
import type { Calendar } from './calendar.ts';
import type { Step } from './rollup-delta.ts';

export const SERIES_STEPS = ['quarter', 'hour', 'day', 'week', 'month'] as const;
export type SeriesStep = (typeof SERIES_STEPS)[number];
export const PERIODS = { today: 1, '7d': 7, '30d': 30, '90d': 90 } as const;
export type Period = keyof typeof PERIODS | 'own';

/** Local days: `from` is the first instant of the first, `to` that after the last. */
export interface DayRange {
  readonly from: number;
  readonly to: number;
  readonly days: number;
}
export interface Span {
  readonly step: Step;
  readonly from: number;
  readonly to: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Five years and some days. */
const MAX_DAYS = 1_830;
const MAX_POINTS = 1_500;

const dayAfter = (calendar: Calendar, start: number): number => calendar.dayStart(start + 25.5 * HOUR_MS);
/** The start of the local day so many days later (or before): by noons, which no clock change reaches. */
const shift = (calendar: Calendar, start: number, days: number): number => calendar.dayStart(start + 12 * HOUR_MS + days * DAY_MS);

/** What a period means now. Refused: dates that are none, an end before its beginning, a beginning in the future, more than five years. */
export function rangeOf(
  calendar: Calendar,
  asked: { readonly period: Period; readonly firstDay?: string | undefined; readonly lastDay?: string | undefined },
  now: number,
): Result<DayRange, Readonly<Record<string, string>>> {
  const today = calendar.dayStart(now);
  const tomorrow = dayAfter(calendar, today);
  if (asked.period !== 'own') {
    const days = PERIODS[asked.period];
    return ok({ from: shift(calendar, today, 1 - days), to: tomorrow, days });
  }
  if (asked.firstDay === undefined || asked.lastDay === undefined)
    return fail({ [asked.firstDay === undefined ? 'from' : 'to']: 'an own range needs its first and last day' });
  const from = calendar.dayOf(asked.firstDay);
  const last = calendar.dayOf(asked.lastDay);
  if (from === null) return fail({ from: `${asked.firstDay} is no day in ${calendar.timeZone}` });
  if (last === null) return fail({ to: `${asked.lastDay} is no day in ${calendar.timeZone}` });
  if (last < from) return fail({ to: 'must not be before `from`' });
  if (from >= tomorrow) return fail({ from: 'is in the future' });
  const days = Math.round((last - from) / DAY_MS) + 1;
  if (days > MAX_DAYS) return fail({ to: `at most ${MAX_DAYS} days at once` });
  return ok({ from, to: dayAfter(calendar, last), days });
}

/** As many days just before. */
export const rangeBefore = (calendar: Calendar, { from, days }: DayRange): DayRange => ({
  from: shift(calendar, from, -days),
  to: from,
  days,
});

/** The finest step at which a chart of the range can still be read. */
export function stepFor({ days }: DayRange): SeriesStep {
  return days <= 2 ? 'hour' : days <= 92 ? 'day' : days <= 731 ? 'week' : 'month';
}

/** Starts of the periods that the range touches, the first one cut to the range; null: too many for a chart. */
export function pointsOf(calendar: Calendar, { from, to }: DayRange, step: SeriesStep): number[] | null {
  const starts: number[] = [];
  for (let at = from; at < to; at = nextOf(calendar, at, step)) {
    if (starts.length >= MAX_POINTS) return null;
    starts.push(at);
  }
  return starts;
}

/** Start of the period after the one that `at` lies in. */
export function nextOf(calendar: Calendar, at: number, step: SeriesStep): number {
  switch (step) {
    case 'quarter':
      return at + HOUR_MS / 4;
    case 'hour': {
      let next = at + HOUR_MS / 4;
      while (calendar.hourStart(next) === calendar.hourStart(at)) next += HOUR_MS / 4;
      return next;
    }
    case 'day':
      return dayAfter(calendar, calendar.dayStart(at));
    case 'week':
      return calendar.weekStart(calendar.weekStart(at) + 7.5 * DAY_MS);
    case 'month':
      return calendar.monthStart(calendar.monthStart(at) + 31.5 * DAY_MS);
  }
}

/** The range in as few stored periods as there are: whole months, then whole weeks beside them, then days. Adds up to it exactly. */
export function spansOf(calendar: Calendar, { from, to }: Pick<DayRange, 'from' | 'to'>): Span[] {
  const months = wholeOnes(calendar, from, to, 'month');
  if (months === null) return weeksAndDays(calendar, from, to);
  return [...weeksAndDays(calendar, from, months.from), { step: 'month', ...months }, ...weeksAndDays(calendar, months.to, to)];
}

function weeksAndDays(calendar: Calendar, from: number, to: number): Span[] {
  if (from >= to) return [];
  const weeks = wholeOnes(calendar, from, to, 'week');
  if (weeks === null) return [{ step: 'day', from, to }];
  const days = (a: number, b: number): Span[] => (a < b ? [{ step: 'day', from: a, to: b }] : []);
  return [...days(from, weeks.from), { step: 'week', ...weeks }, ...days(weeks.to, to)];
}

function wholeOnes(calendar: Calendar, from: number, to: number, step: 'week' | 'month'): { from: number; to: number } | null {
  const startOf = step === 'week' ? calendar.weekStart : calendar.monthStart;
  const first = startOf(from) === from ? from : nextOf(calendar, from, step);
  const end = startOf(to);
  return first < end ? { from: first, to: end } : null;
}
