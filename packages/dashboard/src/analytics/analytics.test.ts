import type { AnalyticsBreakdown, AnalyticsOverview } from '@foyer/protocol';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { ApiFailure } from '../api/request.ts';
import type { TableData } from '../charts/table-data.ts';
import { loadCatalogue, loadTexts, t } from '../messages/catalogue.ts';
import { breakdownTable } from './breakdown-panel.tsx';
import { valueText } from './breakdown-words.tsx';
import { changeOf } from './change.tsx';
import { allFigures, allFiguresName } from './figure-panel.tsx';
import { axisWord, cardWord, meanStars } from './figures.ts';
import { hourOf, isoDay, rangeWord, slotsOf } from './moments.ts';
import { askedBy, rangeProblems, refusedDays } from './own-range.ts';
import { timeClasses } from './time-classes.ts';

afterEach(async () => {
  await loadCatalogue('en');
  await loadTexts(['analytics']);
});

describe('what an address asks for', () => {
  test('[AV1] it says period, days, site and comparison; what it does not say, or says wrongly, is the usual', () => {
    expect(askedBy({})).toEqual({ scope: { period: '30d' }, compare: true });
    expect(askedBy({ period: '7d', site: 's', compare: '0' })).toEqual({ scope: { period: '7d', site: 's' }, compare: false });
    expect(askedBy({ period: 'forever', compare: 'maybe' })).toEqual({ scope: { period: '30d' }, compare: true });
    expect(askedBy({ period: 'own', from: '2026-10-01', to: '2026-10-31' }).scope).toEqual({
      ...{ period: 'own', from: '2026-10-01', to: '2026-10-31' },
    });
    // Days from another page of analytics are own ones; a period beats them.
    expect(askedBy({ from: '2026-10-01', to: '2026-10-31' }).scope.period).toBe('own');
    expect(askedBy({ period: 'today', from: '2026-10-01' }).scope).toEqual({ period: 'today' });
  });

  test.each([
    [{}, { from: 'needed', to: 'needed' }],
    [{ from: '2026-11-01' }, { to: 'needed' }],
    [{ from: '2026-02-31', to: '2026-03-01' }, { from: 'noDay' }],
    [
      { from: '2026-13-01', to: 'x' },
      { from: 'noDay', to: 'noDay' },
    ],
    [{ from: '2026-11-02', to: '2026-11-01' }, { to: 'order' }],
    [{ from: '2026-11-22', to: '2026-11-23' }, { from: 'future' }],
    [{ from: '2020-01-01', to: '2026-01-01' }, { to: 'tooMany' }],
    [{ from: '2026-11-21', to: '2026-12-31' }, {}],
    [{ from: '2021-11-17', to: '2026-11-20' }, {}],
  ] as const)('[AV2] days %j', (days, wrong) => {
    const said = Object.fromEntries(Object.entries(wrong).map(([field, key]) => [field, t.analytics.problems[key as 'needed']]));
    expect(rangeProblems(days, '2026-11-21')).toEqual(said);
  });

  test('[AV2] what the server says against days is said in the reader’s words; another refusal is not about them', () => {
    const refused = (fields: Record<string, string>) => new ApiFailure({ status: 422, code: 'invalid', message: 'no', fields });
    const { problems } = t.analytics;
    expect(refusedDays(refused({ from: '2011-12-30 is no day in Pacific/Apia' }), 'Pacific/Apia')).toEqual({
      from: problems.noDayThere('Pacific/Apia'),
    });
    expect(refusedDays(refused({ to: 'must not be before `from`' }), 'UTC')).toEqual({ to: problems.order });
    expect(refusedDays(refused({ from: 'is in the future' }), 'UTC')).toEqual({ from: problems.future });
    expect(refusedDays(refused({ to: 'at most 1830 days at once' }), 'UTC')).toEqual({ to: problems.tooMany });
    expect(refusedDays(refused({ from: 'brand new' }), 'UTC')).toEqual({ from: 'brand new' });
    expect(refusedDays(refused({ step: 'is too fine for this range' }), 'UTC')).toBeNull();
    expect(refusedDays(new Error('x'), 'UTC')).toBeNull();
  });
});

describe('changes', () => {
  test.each([
    ['count', 'more', 110, 100, '+10%', 'good'],
    ['count', 'more', 90, 100, '-10%', 'bad'],
    ['count', 'more', 103, 100, '+3%', 'good'],
    ['count', 'more', 1_034, 1_000, '+3.4%', 'good'],
    ['count', null, 50, 100, '-50%', 'even'],
    ['count', 'more', 5, 0, 'new', 'good'],
    ['count', 'more', 0, 0, 'no change', 'even'],
    ['count', 'more', 100, 100, 'no change', 'even'],
    ['count', 'less', 9_996, 10_000, 'no change', 'even'],
    ['count', 'less', 9_994, 10_000, '-0.1%', 'good'],
    ['count', 'more', 1_090, 100, '+990%', 'good'],
    ['count', 'more', 1_099, 100, '+999%', 'good'],
    ['count', 'more', 1_100, 100, '>+999%', 'good'],
    ['count', 'more', 200_000, 100, '>+999%', 'good'],
    ['time', 'less', 38_000, 52_000, '14s faster', 'good'],
    ['time', 'less', 134_000, 60_000, '1m 14s slower', 'bad'],
    ['time', 'less', 60_200, 60_000, 'no change', 'even'],
    ['stars', 'more', 4.7, 4.8, '-0.1', 'bad'],
    ['stars', 'more', 4.71, 4.7, 'no change', 'even'],
  ] as const)('[AV3] %s, %s is better: %d after %d is %s', (kind, better, now, before, word, tone) => {
    expect(changeOf(kind, better, now, before)).toMatchObject({ word, tone });
  });

  test('[AV3] against what is not known there is no change', () => {
    expect(changeOf('time', 'less', null, 5)).toBeNull();
    expect(changeOf('time', 'less', 5, null)).toBeNull();
  });

  test('[AV3] in German it is German', async () => {
    await loadCatalogue('de');
    await loadTexts(['analytics']);
    expect(changeOf('count', 'more', 1_034, 1_000)?.word).toBe('+3,4\u00a0%');
    expect(changeOf('time', 'less', 1_000, 3_000)?.word).toBe('2 s schneller');
    expect(cardWord('stars', 4.66)).toBe('4,7');
  });
});

describe('breakdowns', () => {
  const range = { from: 0, to: 1, firstDay: '2026-11-21', lastDay: '2026-11-21', timeZone: 'UTC' };

  test('[AV19] rows and the last line are the total, in every table, with and without the range before', () => {
    const values = fc.array(fc.tuple(fc.nat(900), fc.nat(900), fc.option(fc.nat(900))), { maxLength: 20 });
    const rests = fc.option(fc.tuple(fc.nat(900), fc.nat(900), fc.nat(900)));
    fc.assert(
      fc.property(
        values,
        rests,
        fc.constantFrom('page' as const, 'country' as const, 'chat_source' as const),
        fc.boolean(),
        (all, rest, dimension, compare) => {
          const sum = (of: 0 | 1 | 2): number => all.reduce((n, one) => n + (one[of] ?? 0), rest?.[of] ?? 0);
          const data: AnalyticsBreakdown = {
            ...{ range, dimension, more: false, other: null },
            rows: all.map(([visits, pages, before], i) => ({
              value: `${i}`,
              label: '',
              country: '',
              visits,
              pages,
              before: compare ? before : null,
            })),
            rest: rest && { visits: dimension === 'page' ? null : rest[0], pages: rest[1], before: compare ? rest[2] : null },
            total: { visits: sum(0), pages: sum(1), before: compare ? sum(2) : null },
          };
          const { head, rows } = breakdownTable(data);
          const column = (title: string): number => {
            const at = head.findIndex((one) => one.title === title);
            expect(at).toBeGreaterThan(0);
            return rows.reduce((n, { cells }) => n + Number(cells[at]!.value ?? 0), 0);
          };
          const { figures, columns } = t.analytics;
          const [counted, before] = {
            page: [figures.pages, columns.viewsBefore],
            country: [figures.visits, columns.changeCount],
            chat_source: [figures.chats, columns.chatsBefore],
          }[dimension];
          expect(column(counted!)).toBe(dimension === 'page' ? sum(1) : sum(0));
          if (compare) expect(column(before!)).toBe(sum(2));
          else expect(head.map(({ title }) => title)).not.toContain(before);
        },
      ),
    );
  });

  test('[AV25] a place without a city is somewhere in its country; without a country it is unknown', () => {
    expect(valueText('city', { value: 'CZ||', label: '', country: 'CZ' })).toBe('Somewhere in Czechia');
    expect(valueText('city', { value: 'CZ|Prague|', label: 'Prague', country: 'CZ' })).toBe('Prague');
    expect(valueText('city', { value: '', label: '', country: '' })).toBe('Unknown');
  });

  test('[AV26] the file of all figures says which range a row is of, and is named for both', () => {
    const point = (at: number) => ({ at, visits: 1, visitors: 1, pages: 1, chats: 0, messages: 0 });
    const figures = {
      ...{ visits: 1, visitors: 1, pages: 1, bounces: 0, sessionMs: 0, chats: 0, messages: 0, firstReplies: 0, firstReplyMs: null },
      ...{ resolutions: 0, resolutionMs: null, ratings: [0, 0, 0, 0, 0], botChats: 0, botMs: 0 },
    };
    const day = (from: number) => ({
      from,
      to: from + 864e5,
      firstDay: isoDay(from, 'UTC'),
      lastDay: isoDay(from, 'UTC'),
      timeZone: 'UTC',
    });
    const [at, was] = [Date.UTC(2026, 10, 21), Date.UTC(2026, 10, 20)];
    const alone: AnalyticsOverview = { at, range: day(at), step: 'day', figures, points: [point(at)], before: null };
    const both: AnalyticsOverview = { ...alone, before: { range: day(was), figures, points: [point(was)] } };
    const start = ({ head, rows }: TableData) => [
      head.slice(0, 2).map(({ title }) => title),
      ...rows.map(({ cells }) => cells.slice(0, 2).map(({ value }) => value)),
    ];
    expect(start(allFigures(both, at))).toEqual([
      ['Period', 'Time'],
      ['The day before', '2026-11-20'],
      ['This period', '2026-11-21'],
    ]);
    expect(start(allFigures(alone, at))[0]).toEqual(['Time', 'Visits']);
    expect([allFiguresName(alone), allFiguresName(both)]).toEqual([
      'foyer-2026-11-21-2026-11-21',
      'foyer-2026-11-21-2026-11-21-and-2026-11-20-2026-11-20',
    ]);
  });
});

describe('figures', () => {
  test('[AV3] stars have a mean, none when nobody gave any; large counts are short', () => {
    expect(meanStars([0, 0, 0, 1, 3])).toBe(4.75);
    expect(meanStars([0, 0, 0, 0, 0])).toBeNull();
    expect([cardWord('count', 18_217), cardWord('count', 1_250_000), axisWord('count', 25_000)]).toEqual(['18,217', '1.3m', '25k']);
    expect([axisWord('time', 30_000), axisWord('time', 300_000), axisWord('time', 7_200_000)]).toEqual(['30s', '5m', '2h']);
  });

  test('[AV12] stored steps go to the class of their middle, and none is lost', () => {
    const step = fc.tuple(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 1, max: 1e7 }), fc.integer({ min: 1, max: 50 }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.constantFrom('firstReply' as const, 'resolution' as const), (steps, kind) => {
        const histogram = steps.map(([fromMs, wide, count]) => ({ fromMs, toMs: fromMs + wide, count }));
        const bins = timeClasses(kind, histogram);
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(histogram.reduce((sum, { count }) => sum + count, 0));
      }),
    );
    const counts = timeClasses('firstReply', [
      { fromMs: 0, toMs: 1_000, count: 1 },
      { fromMs: 38_000, toMs: 41_000, count: 4 },
      { fromMs: 9e8, toMs: 1e9, count: 2 },
    ]).map(({ word, count }) => [word, count]);
    expect(counts.filter(([, count]) => count !== 0)).toEqual([
      ['under 15s', 1],
      ['30s to 1m', 4],
      ['over 4h', 2],
    ]);
  });
});

describe('days and hours', () => {
  test('[AV10] hours are those of the workspace’s clock; a day of 23 hours has 92 quarters', () => {
    const at = Date.UTC(2026, 10, 21, 22, 30);
    expect([hourOf(at, 'UTC'), hourOf(at, 'Europe/Vienna'), hourOf(at, 'Asia/Kolkata')]).toEqual([22, 23, 4]);
    expect([isoDay(at, 'UTC'), isoDay(at, 'Asia/Kolkata')]).toEqual(['2026-11-21', '2026-11-22']);
    const spring = { from: Date.UTC(2026, 2, 28, 23), to: Date.UTC(2026, 2, 29, 22) };
    expect(slotsOf(spring, 'quarter')).toHaveLength(92);
    expect(slotsOf(spring, 'hour')).toHaveLength(23);
  });

  test('[AV1] a range is said with its year when that is another one; a zone that the browser does not know is no fault', () => {
    const range = (from: number, to: number, timeZone = 'UTC') => ({ from, to, timeZone, firstDay: '', lastDay: '' });
    const now = Date.UTC(2026, 10, 21);
    const plain = (text: string): string => text.replace(/[\u2009\u00a0]/g, ' ');
    expect(plain(rangeWord(range(Date.UTC(2026, 9, 22), Date.UTC(2026, 10, 21)), now))).toBe('22 Oct – 20 Nov');
    expect(plain(rangeWord(range(Date.UTC(2025, 11, 30), Date.UTC(2026, 0, 2)), now))).toBe('30 Dec 2025 – 1 Jan 2026');
    expect(plain(rangeWord(range(Date.UTC(2026, 9, 22), Date.UTC(2026, 9, 23), 'Mars/Olympus'), now))).toBe('22 Oct');
  });
});
