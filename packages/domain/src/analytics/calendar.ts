const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const QUARTER_MS = 900_000;
/** Entries of one calendar's caches before they start anew: 40 years of days, half a year of quarter-hours. */
const MAX_CACHED = 16_384;

/**
 * Where days, ISO weeks (from Monday) and months begin in one IANA zone.
 *
 * Shape: each function answers the epoch ms of the first instant of the period that contains `at`. Where a clock change swallows
 * midnight (Beirut, Santiago), the day begins at the first instant that exists.
 * Cost: O(1) after the first question about a quarter-hour (one `Intl` call, about 3 µs).
 */
export interface Calendar {
  readonly timeZone: string;
  /** Local hours; the one that a clock change repeats is two, and one that it cuts is shorter. */
  hourStart(at: number): number;
  dayStart(at: number): number;
  weekStart(at: number): number;
  monthStart(at: number): number;
  /** Local date, YYYY-MM-DD. */
  dateOf(at: number): string;
  /** Start of the local day; null: there is no such date, or not that one here. */
  dayOf(date: string): number | null;
}

/** Start of the quarter-hour (UTC) that contains `at`. Every zone's days begin on one, so quarters add up to days. */
export const quarterStart = (at: number): number => at - modulo(at, QUARTER_MS);

/** True when this runtime knows the zone by name. A bare offset (+02:00) has no summer time, so its days would begin at the wrong hour. */
export function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone });
    return /^[A-Za-z]/.test(timeZone);
  } catch {
    return false;
  }
}

/** The calendar of `timeZone`. Throws RangeError for a zone that is unknown here (see `isTimeZone`). */
export function calendarOf(timeZone: string): Calendar {
  const offsetAt = offsetsOf(timeZone);
  const starts = new Map<number, number>();
  const localDay = (at: number): number => Math.floor((at + offsetAt(at)) / DAY_MS);

  function startOfLocalDay(day: number): number {
    const known = starts.get(day);
    if (known !== undefined) return known;
    const start = firstInstantOf(day, offsetAt, localDay);
    if (starts.size >= MAX_CACHED) starts.clear();
    starts.set(day, start);
    return start;
  }

  return {
    timeZone,
    hourStart: (at) => {
      const offset = offsetAt(at);
      let start = Math.floor((at + offset) / HOUR_MS) * HOUR_MS - offset;
      // Where clocks change within an hour (Chatham at a quarter to three, Lord Howe by half an hour) what comes after begins there.
      while (start < at && offsetAt(start) !== offset) start += QUARTER_MS;
      return start;
    },
    dayStart: (at) => startOfLocalDay(localDay(at)),
    weekStart: (at) => {
      const day = localDay(at);
      // Day 0, 1 January 1970, was a Thursday.
      return startOfLocalDay(day - modulo(day + 3, 7));
    },
    monthStart: (at) => startOfLocalDay(firstOfMonth(localDay(at))),
    dateOf: (at) => nameOf(localDay(at)),
    dayOf: (date) => {
      const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
      if (!parts) return null;
      const day = dayNumber(Number(parts[1]), Number(parts[2]), Number(parts[3]));
      // 30 February is 2 March; a day that a zone skipped (Apia, 30 December 2011) begins where the next one does.
      if (nameOf(day) !== date) return null;
      const start = startOfLocalDay(day);
      return localDay(start) === day ? start : null;
    },
  };
}

function firstInstantOf(day: number, offsetAt: (at: number) => number, localDay: (at: number) => number): number {
  const asUtc = day * DAY_MS;
  const guess = asUtc - offsetAt(asUtc - offsetAt(asUtc));
  if (localDay(guess) === day && localDay(guess - 1) < day) return guess;
  // A clock change lies between: it is at most 3 h off, and always on a quarter-hour.
  const from = quarterStart(guess - 3 * 3_600_000);
  for (let at = from; at <= from + 7 * 3_600_000; at += QUARTER_MS) if (localDay(at) >= day) return at;
  return guess;
}

/** Offset from UTC in ms at an instant, of one zone. Cost: O(1) after the first question about a quarter-hour. */
export function offsetsOf(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  // Zones change their offset on quarter-hours only (Lord Howe's half hour included), so one answer holds for the whole of it.
  const known = new Map<number, number>();
  return (at) => {
    const quarter = Math.floor(at / QUARTER_MS);
    const offset = known.get(quarter);
    if (offset !== undefined) return offset;
    const fresh = readOffset(format, quarter * QUARTER_MS);
    if (known.size >= MAX_CACHED) known.clear();
    known.set(quarter, fresh);
    return fresh;
  };
}

function readOffset(format: Intl.DateTimeFormat, at: number): number {
  let year = 0;
  let month = 0;
  let day = 0;
  let ms = 0;
  for (const { type, value } of format.formatToParts(at)) {
    if (type === 'year') year = Number(value);
    else if (type === 'month') month = Number(value);
    else if (type === 'day') day = Number(value);
    else if (type === 'hour') ms += Number(value) * 3_600_000;
    else if (type === 'minute') ms += Number(value) * 60_000;
    else if (type === 'second') ms += Number(value) * 1_000;
  }
  return dayNumber(year, month, day) * DAY_MS + ms - at;
}

/** Days since 1 January 1970 of a Gregorian date (Hinnant, chrono-compatible low-level date algorithms). */
function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

/** The Gregorian date of a day number: the inverse. */
function dateOfDay(day: number): { year: number; month: number; day: number } {
  const shifted = day + 719_468;
  const dayOfEra = modulo(shifted, 146_097);
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + 400 * Math.floor(shifted / 146_097) + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1 };
}

const firstOfMonth = (day: number): number => day - dateOfDay(day).day + 1;

function nameOf(day: number): string {
  const date = dateOfDay(day);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${String(date.year).padStart(4, '0')}-${two(date.month)}-${two(date.day)}`;
}

const modulo = (n: number, by: number): number => ((n % by) + by) % by;
