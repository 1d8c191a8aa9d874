import type { AnalyticsPoint } from '@foyer/protocol';
import { describe, expect, test } from 'vitest';
import { aligned, type Pair } from './align.ts';
import { clockAt } from './moments.ts';

type Step = 'quarter' | 'hour' | 'day';
const QUARTER_MS = 900_000;
const DAY_MS = 86_400_000;
const dateIn = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  return (at: number): string => format.format(at);
};

/** The periods of so many days from a date on, as the server tells them. */
function periods(timeZone: string, first: string, days: number, step: Step): AnalyticsPoint[] {
  const date = dateIn(timeZone);
  const noon = Date.parse(`${first}T12:00Z`);
  const dates = new Set(Array.from({ length: days }, (_, i) => new Date(noon + i * DAY_MS).toISOString().slice(0, 10)));
  const quarters = Array.from({ length: (days + 3) * 96 }, (_, i) => noon - 2 * DAY_MS + i * QUARTER_MS).filter((at) =>
    dates.has(date(at)),
  );
  const begins = (at: number, i: number): boolean =>
    step === 'quarter' || (step === 'hour' ? at % (4 * QUARTER_MS) === 0 : i === 0 || date(at) !== date(at - QUARTER_MS));
  return quarters.filter(begins).map((at, i) => ({ at, visits: i + 1, visitors: null, pages: 0, chats: 0, messages: 0 }));
}
const clocks = (pairs: readonly Pair[], timeZone: string): string[] =>
  pairs.map(({ point, earlier }) => [point, earlier].map((one) => (one ? clockAt(one.at, timeZone) : '–')).join(' '));

describe.each([
  // A day of 23 hours (the second number: its hours) and one of 25, each beside the day before it and the day after beside it.
  ['Europe/Berlin', '2026-03-28', '2026-03-29', '2026-03-30', 23, '02:00'],
  ['Europe/Berlin', '2026-10-24', '2026-10-25', '2026-10-26', 25, '02:00'],
  ['America/New_York', '2026-03-07', '2026-03-08', '2026-03-09', 23, '02:00'],
  ['America/New_York', '2026-10-31', '2026-11-01', '2026-11-02', 25, '01:00'],
])('%s, %s to %s', (timeZone, eve, changed, next, hours, hour) => {
  const of = (day: string, step: Step = 'hour') => periods(timeZone, day, 1, step);

  test('[AV18] each hour stands beside the same hour of the day before; the one that only one day has stands alone', () => {
    expect(of(changed)).toHaveLength(hours);
    for (const [day, before] of [
      [changed, eve],
      [next, changed],
    ] as const) {
      const pairs = aligned(of(day), of(before), 'hour', timeZone);
      const said = clocks(pairs, timeZone);
      const alone = said.filter((words) => words.includes('–'));
      const isLonger = (hours === 25) === (day === changed);
      expect(alone).toEqual([isLonger ? `${hour} –` : `– ${hour}`]);
      expect(pairs.filter(({ isAgain }) => isAgain)).toHaveLength(hours === 25 ? 1 : 0);
      for (const words of said.filter((one) => !alone.includes(one))) expect(new Set(words.split(' ')).size).toBe(1);
      expect(pairs.flatMap(({ point }) => (point ? [point.at] : []))).toEqual(of(day).map(({ at }) => at));
      expect(pairs.flatMap(({ earlier }) => (earlier ? [earlier.at] : []))).toEqual(of(before).map(({ at }) => at));
      expect(said.at(-1)).toBe('23:00 23:00');
    }
  });

  test('[AV18] quarter-hours too, and no period of either is lost or there twice', () => {
    const pairs = aligned(of(changed, 'quarter'), of(eve, 'quarter'), 'quarter', timeZone);
    expect(pairs.filter(({ point, earlier }) => !point || !earlier)).toHaveLength(4);
    expect(pairs.filter(({ point }) => point)).toHaveLength(hours * 4);
    expect(pairs.filter(({ earlier }) => earlier)).toHaveLength(96);
    const paired = clocks(pairs, timeZone).filter((words) => !words.includes('–'));
    for (const words of paired) expect(new Set(words.split(' ')).size).toBe(1);
  });

  test('[AV18] over several days the hours of the first stand beside those of the first', () => {
    const date = dateIn(timeZone);
    const pairs = aligned(periods(timeZone, changed, 2, 'hour'), periods(timeZone, eve, 2, 'hour'), 'hour', timeZone);
    const days = new Set(pairs.flatMap(({ point, earlier }) => (point && earlier ? [`${date(earlier.at)} ${date(point.at)}`] : [])));
    expect([...days]).toEqual([`${eve} ${changed}`, `${changed} ${next}`]);
  });
});

test('[AV18] days are beside one another in their order, whatever their length', () => {
  const [points, before] = [periods('Europe/Berlin', '2026-03-26', 7, 'day'), periods('Europe/Berlin', '2026-03-19', 7, 'day')];
  expect(aligned(points, before, 'day', 'Europe/Berlin')).toEqual(
    points.map((point, i) => ({ at: point.at, point, earlier: before[i], isAgain: false })),
  );
  expect(aligned(points, [], 'day', 'Europe/Berlin').every(({ earlier }) => earlier === null)).toBe(true);
  const hours = periods('Europe/Berlin', '2026-03-29', 1, 'hour');
  expect(aligned(hours, [], 'hour', 'Europe/Berlin').map(({ point }) => point)).toEqual(hours);
});
