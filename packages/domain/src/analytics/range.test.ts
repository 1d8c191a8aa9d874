import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarOf } from './calendar.ts';
import { type DayRange, nextOf, pointsOf, rangeBefore, rangeOf, spansOf } from './range.ts';

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Chatham', 'America/Santiago', 'Australia/Lord_Howe'];
const NOW = Date.parse('2026-11-21T12:00:00Z');
const own = (timeZone: string, firstDay: string, lastDay: string): DayRange => {
  const range = rangeOf(calendarOf(timeZone), { period: 'own', firstDay, lastDay }, NOW);
  if (!range.ok) throw new Error(JSON.stringify(range.error));
  return range.value;
};

describe('ranges of days', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29', 23, 23],
    ['Europe/Berlin', '2026-10-25', 25, 25],
    ['America/New_York', '2026-03-08', 23, 23],
    ['Asia/Kolkata', '2026-03-29', 24, 24],
    // At a quarter to four it is a quarter to three: a quarter of an hour of two, and all of three once more.
    ['Pacific/Chatham', '2026-04-05', 25, 26],
    // At a quarter to three it is a quarter to four: three quarters of two, a quarter of three.
    ['Pacific/Chatham', '2026-09-27', 23, 24],
    ['Australia/Lord_Howe', '2026-04-05', 24.5, 25],
    ['Australia/Lord_Howe', '2026-10-04', 23.5, 24],
  ])('[AN6] the day of a clock change in %s, %s, has %d hours, each local one of the %i once', (timeZone, day, hours, points) => {
    const range = own(timeZone, day, day);
    expect((range.to - range.from) / 3_600_000).toBe(hours);
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'long', hourCycle: 'h23' });
    const hourOf = (at: number): string => format.format(at).replace(/:\d\d:\d\d/, '');
    const starts = pointsOf(calendarOf(timeZone), range, 'hour')!;
    const quarters = Array.from({ length: hours * 4 }, (_, i) => range.from + i * 900_000);
    expect(starts.map(hourOf)).toEqual([...new Set(quarters.map(hourOf))]);
    expect(starts).toHaveLength(points);
    expect(pointsOf(calendarOf(timeZone), range, 'quarter')).toHaveLength(hours * 4);
  });

  it('[AN6] named periods end with today and have their days; the range before has as many and ends where it begins', () => {
    for (const zone of ZONES)
      for (const [period, days] of [
        ['today', 1],
        ['7d', 7],
        ['30d', 30],
        ['90d', 90],
      ] as const) {
        const calendar = calendarOf(zone);
        const range = rangeOf(calendar, { period }, NOW);
        if (!range.ok) throw new Error('refused');
        expect(pointsOf(calendar, range.value, 'day')).toHaveLength(days);
        expect(range.value.from <= NOW && NOW < range.value.to).toBe(true);
        const before = rangeBefore(calendar, range.value);
        expect(before.to).toBe(range.value.from);
        expect(pointsOf(calendar, before, 'day')).toHaveLength(days);
      }
  });

  it.each([
    [{ firstDay: '2026-03-02', lastDay: '2026-03-01' }, { to: 'must not be before `from`' }],
    [{ firstDay: '2026-02-30', lastDay: '2026-03-01' }, { from: '2026-02-30 is no day in Europe/Berlin' }],
    [{ firstDay: '2026-03-01', lastDay: '2026-13-01' }, { to: '2026-13-01 is no day in Europe/Berlin' }],
    [{ firstDay: '2026-11-22', lastDay: '2026-11-23' }, { from: 'is in the future' }],
    [{ firstDay: '1999-01-01', lastDay: '2026-01-01' }, { to: 'at most 1830 days at once' }],
    [{ firstDay: '2026-03-01' }, { to: 'an own range needs its first and last day' }],
    [{ firstDay: "1' OR 1", lastDay: '2026-03-01' }, { from: "1' OR 1 is no day in Europe/Berlin" }],
  ])('[AN7] %j is refused, and it is said why', (asked, error) => {
    expect(rangeOf(calendarOf('Europe/Berlin'), { period: 'own', ...asked }, NOW)).toEqual({ ok: false, error });
  });

  it('[AN7] a day that a zone left out is refused there alone', () => {
    const asked = { period: 'own', firstDay: '2011-12-30', lastDay: '2011-12-30' } as const;
    expect(rangeOf(calendarOf('Pacific/Apia'), asked, NOW).ok).toBe(false);
    expect(rangeOf(calendarOf('UTC'), asked, NOW).ok).toBe(true);
  });

  it('[AN6] stored periods that a range is added up from cover each of its days once, and are few', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: -1_200, max: -1 }),
        fc.integer({ min: 0, max: 800 }),
        (timeZone, start, length) => {
          const calendar = calendarOf(timeZone);
          const from = calendar.dayStart(NOW + start * 86_400_000);
          const range = own(timeZone, calendar.dateOf(from), calendar.dateOf(from + Math.min(length, -start) * 86_400_000));
          const spans = spansOf(calendar, range);
          expect(spans[0]?.from).toBe(range.from);
          expect(spans.at(-1)?.to).toBe(range.to);
          let periods = 0;
          for (const [i, { step, from: a, to }] of spans.entries()) {
            expect(spans[i + 1]?.from ?? range.to).toBe(to);
            const startOf = step === 'month' ? calendar.monthStart : step === 'week' ? calendar.weekStart : calendar.dayStart;
            expect([startOf(a), startOf(to)]).toEqual([a, to]);
            for (let at = a; at < to; at = nextOf(calendar, at, step as 'day')) periods++;
          }
          expect(periods).toBeLessThanOrEqual(range.days / 28 + 34);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('[AN6] a local date is found again by its name', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.integer({ min: -4e12, max: 4e12 }), (timeZone, at) => {
        const calendar = calendarOf(timeZone);
        const date = calendar.dateOf(at);
        expect(date).toBe(new Date(at + 0).toLocaleDateString('sv-SE', { timeZone }).padStart(10, '0'));
        expect(calendar.dayOf(date)).toBe(calendar.dayStart(at));
      }),
      { numRuns: 300 },
    );
  });
});
