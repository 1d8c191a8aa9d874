import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarOf, isTimeZone, quarterStart } from './calendar.ts';

const at = (text: string): number => Date.parse(text);

describe('calendar', () => {
  it.each([
    ['UTC', '2026-03-10T12:00:00Z', '2026-03-10T00:00:00Z'],
    ['Europe/Prague', '2026-03-29T22:30:00Z', '2026-03-29T22:00:00Z'], // after the clock went forward
    ['Europe/Prague', '2026-03-29T21:59:59.999Z', '2026-03-28T23:00:00Z'], // the 23-hour day itself
    ['Europe/Prague', '2026-10-25T22:59:59.999Z', '2026-10-24T22:00:00Z'], // the 25-hour day
    ['America/Santiago', '2026-09-06T12:00:00Z', '2026-09-06T04:00:00Z'], // midnight is skipped: the day begins at 01:00
    ['Asia/Beirut', '2026-03-29T12:00:00Z', '2026-03-28T22:00:00Z'],
    ['Australia/Lord_Howe', '2026-10-04T00:00:00Z', '2026-10-03T13:30:00Z'],
    ['Pacific/Apia', '2011-12-31T00:00:00Z', '2011-12-30T10:00:00Z'], // the day after the one that was left out
  ])('[HI9] in %s the day of %s begins at %s', (timeZone, moment, start) => {
    expect(new Date(calendarOf(timeZone).dayStart(at(moment))).toISOString()).toBe(new Date(at(start)).toISOString());
  });

  it.each([
    ['2026-03-09T00:00:00Z', '2026-03-09T00:00:00Z'], // a Monday
    ['2026-03-08T23:59:59.999Z', '2026-03-02T00:00:00Z'],
    ['2026-01-01T12:00:00Z', '2025-12-29T00:00:00Z'],
    ['1970-01-01T00:00:00Z', '1969-12-29T00:00:00Z'],
  ])('[HI9] the week of %s begins on Monday %s', (moment, start) => {
    expect(calendarOf('UTC').weekStart(at(moment))).toBe(at(start));
  });

  it.each([
    ['2028-02-29T12:00:00Z', '2028-02-01T00:00:00Z'],
    ['2028-03-01T00:00:00Z', '2028-03-01T00:00:00Z'],
    ['2027-03-01T00:00:00Z', '2027-03-01T00:00:00Z'],
    ['2026-12-31T23:59:59.999Z', '2026-12-01T00:00:00Z'],
    ['2100-03-01T00:00:00Z', '2100-03-01T00:00:00Z'],
  ])('[HI9] the month of %s begins at %s', (moment, start) => {
    expect(calendarOf('UTC').monthStart(at(moment))).toBe(at(start));
  });

  it('[HI9] every period begins at the first instant of its local date, in every zone', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    const moment = fc.integer({ min: at('2015-01-01T00:00:00Z'), max: at('2040-01-01T00:00:00Z') });
    fc.assert(
      fc.property(fc.constantFrom(...zones), moment, (timeZone, now) => {
        const calendar = calendarOf(timeZone);
        const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
        const date = (ms: number): string => format.format(ms);
        const [day, week, month] = [calendar.dayStart(now), calendar.weekStart(now), calendar.monthStart(now)];
        expect(date(day)).toBe(date(now));
        expect(date(month)).toBe(`${date(now).slice(0, 8)}01`);
        expect(new Date(`${date(week)}T00:00:00Z`).getUTCDay()).toBe(1);
        expect(at(`${date(day)}T00:00:00Z`) - at(`${date(week)}T00:00:00Z`)).toBeLessThan(7 * 86_400_000);
        for (const start of [day, week, month]) {
          expect(start).toBeLessThanOrEqual(now);
          expect(date(start - 1)).not.toBe(date(start));
          expect(quarterStart(start)).toBe(start);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('[HI9] an unknown zone is known to be unknown', () => {
    expect([isTimeZone('Europe/Prague'), isTimeZone('UTC'), isTimeZone('Mars/Olympus'), isTimeZone('')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(() => calendarOf('Mars/Olympus')).toThrow(RangeError);
  });
});
