import { trafficOf } from '@foyer/domain/analytics';
import { expect } from 'vitest';
import type { AnalyticsDimension } from '@foyer/protocol';
import type { HistoryStore, VisitRecord } from '../ports/history-store.ts';
import { Analytics, type AnalyticsQuery } from './analytics.ts';

/** Local dates and hours by Intl, with nothing of the code that is judged. */
const formats = new Map<string, Intl.DateTimeFormat>();
function local(at: number, timeZone: string): { date: string; hour: string } {
  let format = formats.get(timeZone);
  if (!format)
    formats.set(
      timeZone,
      (format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'long', hourCycle: 'h23' })),
    );
  const text = format.format(at);
  // The zone's name is in it, so an hour that comes twice is two.
  return { date: text.slice(0, 10), hour: `${text.slice(0, 13)}${text.slice(19)}` };
}
export const localHour = (at: number, timeZone: string): string => local(at, timeZone).hour;
const dates = new Map<string, string>();
export const dateOf = (at: number, timeZone: string): string => {
  const key = `${timeZone} ${Math.floor(at / 900_000)}`;
  let date = dates.get(key);
  if (date === undefined) dates.set(key, (date = local(at, timeZone).date));
  return date;
};

const VALUES: Readonly<Record<Exclude<AnalyticsDimension, 'page' | 'goal' | 'chat_source' | 'chat_country'>, (v: VisitRecord) => string>> =
  {
    country: (v) => v.country,
    city: (v) => v.place,
    referrer: (v) => v.referrerHost,
    campaign: (v) => v.campaign,
    browser: (v) => v.browser,
    os: (v) => v.os,
    device: (v) => v.device,
    language: (v) => v.lang,
    source: (v) => v.source,
    traffic: (v) => trafficOf(v),
  };

/** Every figure of a range equals what counting the visits one by one gives. */
export async function expectFigures(
  history: HistoryStore,
  q: {
    workspace: string;
    timeZone: string;
    site?: string;
    firstDay: string;
    lastDay: string;
    now: number;
    visits: readonly VisitRecord[];
    paths?: ReadonlyMap<string, readonly string[]>;
  },
): Promise<void> {
  const { timeZone, firstDay, lastDay, site } = q;
  const analytics = new Analytics(history);
  const within = q.visits.filter((v) => {
    const date = dateOf(v.startedAt, timeZone);
    return v.filtered === '' && date >= firstDay && date <= lastDay && (site === undefined || v.site === site);
  });
  const { visits: _, paths: _paths, ...asked } = q;
  const query: AnalyticsQuery = { ...asked, period: 'own' };
  const overview = await analytics.overview({ ...query, compare: false });
  if (!overview.ok) throw new Error(JSON.stringify(overview.error));
  const { figures, points, step, range } = overview.value;
  const where = `${timeZone} ${firstDay} to ${lastDay} ${site ?? ''}`;
  expect({ where, firstDay: range.firstDay, lastDay: range.lastDay, ...figures }).toMatchObject({
    where,
    firstDay,
    lastDay,
    visits: within.length,
    visitors: new Set(within.map((v) => v.visitor)).size,
    pages: within.reduce((sum, v) => sum + v.pages, 0),
    bounces: within.filter((v) => v.pages === 1).length,
    sessionMs: within.length === 0 ? null : Math.round(within.reduce((sum, v) => sum + v.lastActivityAt - v.startedAt, 0) / within.length),
  });
  expect(points.reduce((sum, p) => sum + p.visits, 0)).toBe(within.length);
  const isHour = step === 'hour';
  if (isHour || step === 'day') {
    const key = (at: number): string => (isHour ? local(at, timeZone).hour : dateOf(at, timeZone));
    const counted = new Map<string, { visits: number; pages: number; visitors: Set<string> }>();
    for (const v of within) {
      const count = counted.get(key(v.startedAt)) ?? { visits: 0, pages: 0, visitors: new Set() };
      count.visits++;
      count.pages += v.pages;
      count.visitors.add(v.visitor);
      counted.set(key(v.startedAt), count);
    }
    expect(points.map(({ at, visits, pages, visitors }) => ({ at: key(at), visits, pages, visitors }))).toEqual(
      points.map(({ at }) => {
        const count = counted.get(key(at));
        return { at: key(at), visits: count?.visits ?? 0, pages: count?.pages ?? 0, visitors: isHour ? null : (count?.visitors.size ?? 0) };
      }),
    );
  }
  for (const [dimension, valueOf] of Object.entries(VALUES) as [keyof typeof VALUES, (v: VisitRecord) => string][])
    await expectBreakdown(
      dimension,
      within.map((v) => [[valueOf(v), v.pages]]),
    );
  await expectBreakdown(
    'page',
    within.map((v) => tally(q.paths?.get(v.visit) ?? v.trail.map(({ url }) => new URL(url).pathname))),
  );
  await expectBreakdown(
    'goal',
    within.map((v) => tally(v.goals.map(({ goal }) => goal))),
  );

  async function expectBreakdown(dimension: AnalyticsDimension, shares: readonly (readonly [string, number])[][]): Promise<void> {
    const counts: Record<string, [visits: number, pages: number]> = {};
    for (const [value, pages] of shares.flat()) {
      const count = (counts[value] ??= [0, 0]);
      count[0]++;
      count[1] += pages;
    }
    const found = await analytics.breakdown({ ...query, dimension, limit: 500, compare: false });
    if (!found.ok) throw new Error(JSON.stringify(found.error));
    // A path that comes again after it has left the trail of a long visit is a path seen anew: a few visits too many, never a view.
    const long = dimension === 'page' ? within.filter(({ pages }) => pages > 50).length : 0;
    const rows = found.value.rows.map(({ value, visits, pages }) => {
      const counted = counts[value]?.[0] ?? 0;
      return [value, [visits > counted && visits <= counted + 2 * long ? counted : visits, pages]] as const;
    });
    expect({ dimension, ...Object.fromEntries(rows) }).toEqual({ dimension, ...counts });
    expect(found.value.other).toBeNull();
  }
}

function tally(values: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts];
}
