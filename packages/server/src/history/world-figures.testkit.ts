/** What else is told of a world, judged by counting its log one by one. */
import { calendarOf } from '@foyer/domain/analytics';
import { type Random, createRandom } from '@foyer/domain/simulate';
import { expect } from 'vitest';
import type { HistoryStore, OnlineSample, PastPage, PastQuery, VisitRecord } from '../ports/history-store.ts';
import { Analytics, type AnalyticsQuery } from './analytics.ts';
import { dateOf, localHour } from './analytics.testkit.ts';
import { pastFigures } from './past-figures.ts';
import { Replay } from './replay.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export interface Asked {
  readonly workspace: string;
  readonly timeZone: string;
  readonly site?: string;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly now: number;
  readonly visits: readonly VisitRecord[];
}
const within = ({ visits, timeZone, site, firstDay, lastDay }: Asked): VisitRecord[] =>
  visits.filter((v) => {
    const date = dateOf(v.startedAt, timeZone);
    return v.filtered === '' && date >= firstDay && date <= lastDay && (site === undefined || v.site === site);
  });
const queryOf = ({ visits: _, ...asked }: Asked): AnalyticsQuery => ({ ...asked, period: 'own' });
const shifted = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
const daysBetween = (first: string, last: string): number => (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;
const monday = (date: string): string => shifted(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7));
const sum = (values: Iterable<number>): number => [...values].reduce((all, one) => all + one, 0);
function by<T>(all: Iterable<T>, keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}

/** Points by quarter, week and month, and the range before beside this one. */
export async function expectSeries(history: HistoryStore, asked: Asked): Promise<void> {
  const analytics = new Analytics(history);
  const { timeZone, firstDay, lastDay } = asked;
  const days = daysBetween(firstDay, lastDay);
  const keys = {
    quarter: (at: number) => String(at - (at % 900_000)),
    week: (at: number) => monday(dateOf(at, timeZone)),
    month: (at: number) => dateOf(at, timeZone).slice(0, 7),
  };
  for (const [step, keyOf] of Object.entries(keys) as [keyof typeof keys, (at: number) => string][]) {
    if (step === 'quarter' && days > 14) continue;
    const found = await analytics.overview({ ...queryOf(asked), step, compare: step === 'week' });
    if (!found.ok) throw new Error(JSON.stringify(found.error));
    const groups = by(within(asked), (v) => keyOf(v.startedAt));
    expect(found.value.points.map(({ at, visits, pages, visitors }) => [keyOf(at), visits, pages, visitors])).toEqual(
      found.value.points.map(({ at }) => {
        const group = groups.get(keyOf(at)) ?? [];
        return [
          ...[keyOf(at), group.length, sum(group.map((v) => v.pages))],
          step === 'quarter' ? null : new Set(group.map((v) => v.visitor)).size,
        ];
      }),
    );
    expect(sum(found.value.points.map((p) => p.visits))).toBe(within(asked).length);
    if (step !== 'week') continue;
    const earlier = within({ ...asked, firstDay: shifted(firstDay, -days), lastDay: shifted(firstDay, -1) });
    expect(found.value.before).toMatchObject({
      range: { firstDay: shifted(firstDay, -days), lastDay: shifted(firstDay, -1) },
      figures: {
        visits: earlier.length,
        visitors: new Set(earlier.map((v) => v.visitor)).size,
        pages: sum(earlier.map((v) => v.pages)),
        bounces: earlier.filter((v) => v.pages === 1).length,
      },
    });
    const byCountry = by(earlier, (v) => v.country);
    const countries = await analytics.breakdown({ ...queryOf(asked), dimension: 'country', limit: 500, compare: true });
    if (!countries.ok) throw new Error(JSON.stringify(countries.error));
    for (const { value, before } of countries.value.rows) expect([value, before]).toEqual([value, byCountry.get(value)?.length ?? 0]);
  }
}

export async function expectGoals(history: HistoryStore, asked: Asked): Promise<void> {
  const found = await new Analytics(history).goals({ ...queryOf(asked), limit: 300 });
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  const visits = within(asked);
  const reached = visits.flatMap((v) => v.goals.map((goal) => ({ ...goal, visit: v.visit, country: v.country })));
  const { goals, countries } = found.value;
  expect(found.value.visits).toBe(visits.length);
  const values = (all: typeof reached) =>
    Object.fromEntries(
      [
        ...by(
          all.filter((g) => g.value > 0),
          (g) => g.currency,
        ),
      ].map(([currency, some]) => [currency, [Math.round(sum(some.map((g) => g.value * 100))), some.length]]),
    );
  expect(
    Object.fromEntries(
      goals.map((g) => [
        g.goal,
        [g.visits, g.times, Object.fromEntries(g.values.map((v) => [v.currency, [Math.round(v.sum * 100), v.times]]))],
      ]),
    ),
  ).toEqual(
    Object.fromEntries(
      [...by(reached, (g) => g.goal)].map(([goal, all]) => [goal, [new Set(all.map((g) => g.visit)).size, all.length, values(all)]]),
    ),
  );
  expect(Object.fromEntries(countries.map((c) => [c.country, [c.visits, c.goals]]))).toEqual(
    Object.fromEntries(
      [...by(visits, (v) => v.country)].map(([country, some]) => {
        const goalsOf = by(
          some.flatMap((v) => [...new Set(v.goals.map((g) => g.goal))]),
          (goal) => goal,
        );
        return [country, [some.length, Object.fromEntries([...goalsOf].map(([goal, all]) => [goal, all.length]))]];
      }),
    ),
  );
}

/** The figures beside the live ones, as they would have been told at some moments. */
export async function expectPast(history: HistoryStore, asked: Asked, moments: readonly number[]): Promise<void> {
  const { workspace, timeZone, site } = asked;
  const calendar = calendarOf(timeZone);
  for (const now of moments) {
    const today = dateOf(now, timeZone);
    const figures = await pastFigures(history, { workspace, calendar, now, ...(site === undefined ? {} : { site }) });
    const on = (firstDay: string, lastDay: string): number => within({ ...asked, firstDay, lastDay }).length;
    const days = [6, 5, 4, 3, 2, 1, 0].map((back) => shifted(today, -back));
    expect({ ...figures, online: null }).toEqual({
      ...{ timeZone, today: on(today, today), month: on(`${today.slice(0, 7)}-01`, today), online: null },
      days: days.map((date) => ({ date, visits: on(date, date) })),
    });
  }
}

/** Who was there at each minute, by site. A visit is there from when it began until it left. */
export function samplesOf(workspace: string, visits: readonly VisitRecord[]): Map<number, OnlineSample[]> {
  const minutes = new Map<number, Map<string, number>>();
  for (const v of visits) {
    if (v.filtered !== '') continue;
    for (let at = Math.ceil(v.startedAt / MINUTE_MS) * MINUTE_MS; at < v.leftAt; at += MINUTE_MS) {
      const sites = minutes.get(at) ?? new Map<string, number>();
      minutes.set(at, sites.set(v.site, (sites.get(v.site) ?? 0) + 1));
    }
  }
  return new Map([...minutes].map(([at, sites]) => [at, [...sites].map(([site, online]) => ({ workspace, site, at, online }))]));
}

/** `looked`: the minutes in which the server ran. */
export async function expectOnline(
  history: HistoryStore,
  asked: Asked & { readonly samples: ReadonlyMap<number, readonly OnlineSample[]>; readonly looked: readonly number[] },
): Promise<void> {
  const { samples, looked, timeZone, site, firstDay, lastDay } = asked;
  const days = daysBetween(firstDay, lastDay);
  const steps = {
    quarter: (at: number) => String(at - (at % 900_000)),
    hour: (at: number) => localHour(at, timeZone),
    day: (at: number) => dateOf(at, timeZone),
  };
  const ofScope = (at: number): number =>
    sum((samples.get(at) ?? []).filter((s) => site === undefined || s.site === site).map((s) => s.online));
  const first = looked.find((at) => ofScope(at) > 0) ?? Number.POSITIVE_INFINITY;
  for (const [step, keyOf] of Object.entries(steps) as [keyof typeof steps, (at: number) => string][]) {
    if (days > { quarter: 7, hour: 14, day: 1_000 }[step]) continue;
    const { samples: _, looked: __, ...query } = asked;
    const found = await new Analytics(history).online({ ...queryOf(query), step });
    if (!found.ok) throw new Error(JSON.stringify(found.error));
    const minutes = looked.filter((at) => {
      const date = dateOf(at, timeZone);
      return at >= first - (first % 900_000) && date >= firstDay && date <= lastDay;
    });
    const expected = [...by(minutes, keyOf)].map(([key, some]) => {
      const online = some.map(ofScope);
      return [key, Math.max(...online), Math.round((sum(online) / online.length) * 100) / 100];
    });
    expect({ step, points: found.value.points.map(({ at, max, average }) => [keyOf(at), max, average]) }).toEqual({
      step,
      points: expected,
    });
    const peak = Math.max(...minutes.map(ofScope));
    expect(found.value.peak?.online).toBe(minutes.length === 0 ? undefined : peak);
  }
}

async function all<Row>(page: (after: string | undefined) => Promise<PastPage<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after: string | undefined; ;) {
    const found = await page(after);
    rows.push(...found.rows);
    if (found.next === null) return rows;
    after = found.next;
  }
}

/** Visits and people as lists, all of their pages, by what they can be narrowed to. */
export async function expectLists(history: HistoryStore, workspace: string, visits: readonly VisitRecord[], seed: number): Promise<void> {
  const random = createRandom(seed);
  const counted = visits.filter((v) => v.filtered === '');
  const some = random.pick(counted);
  const from = some.startedAt - (some.startedAt % 900_000);
  const filters: Omit<PastQuery, 'workspace' | 'limit'>[] = [
    {},
    { site: 'blog' },
    { country: some.country },
    { campaign: 'autumn', site: some.site },
    { goal: 'checkout' },
    { source: 'playground' },
    { from, to: from + 9 * DAY_MS },
    { visitor: some.visitor },
  ];
  for (const filter of filters) {
    const passes = (v: VisitRecord): boolean =>
      (filter.site === undefined || v.site === filter.site) &&
      (filter.country === undefined || v.country === filter.country) &&
      (filter.campaign === undefined || v.campaign === filter.campaign) &&
      (filter.source === undefined || v.source === filter.source) &&
      (filter.goal === undefined || v.goals.some((g) => g.goal === filter.goal)) &&
      (filter.visitor === undefined || v.visitor === filter.visitor) &&
      (filter.from === undefined || (v.startedAt >= filter.from && v.startedAt < filter.to!));
    const rows = await all((after) => history.pastVisits({ workspace, limit: 200, ...filter, ...(after === undefined ? {} : { after }) }));
    const expected = counted.filter(passes).sort((a, b) => b.startedAt - a.startedAt || (a.visit < b.visit ? 1 : -1));
    expect(expected.length).toBeGreaterThan(0);
    expect(rows.map(({ visit: v }) => [v.visit, v.startedAt, v.lastActivityAt, v.pages, v.goals.length])).toEqual(
      expected.map((v) => [v.visit, v.startedAt, v.lastActivityAt, v.pages, v.goals.length]),
    );
  }
  const people = await all((after) => history.people({ workspace, limit: 200, ...(after === undefined ? {} : { after }) }));
  expect(people.map((p) => p.lastSeenAt)).toEqual(people.map((p) => p.lastSeenAt).sort((a, b) => b - a));
  expect(Object.fromEntries(people.map((p) => [p.person, [p.firstSeenAt, p.lastSeenAt, p.visits, p.pages, p.timeMs, p.goals]]))).toEqual(
    Object.fromEntries(
      [...by(counted, (v) => v.visitor)].map(([visitor, of]) => [
        visitor,
        [
          ...[
            Math.min(...of.map((v) => v.startedAt)),
            Math.max(...of.map((v) => v.lastActivityAt)),
            of.length,
            sum(of.map((v) => v.pages)),
          ],
          sum(of.map((v) => v.lastActivityAt - v.startedAt)),
          Object.fromEntries([...by(of.flatMap((v) => v.goals), (g) => g.goal)].map(([goal, times]) => [goal, times.length])), // prettier-ignore
        ],
      ]),
    ),
  );
}

/** Days as the map plays them again: everybody who was there, when they came and left, and how many pages they saw. */
export async function expectReplays(
  history: HistoryStore,
  q: { workspace: string; visits: readonly VisitRecord[]; from: number; to: number; now: number },
  random: Random,
): Promise<void> {
  for (const site of [undefined, 'shop'] as const) {
    const from = q.from + Math.floor((random.next() * (q.to - q.from - DAY_MS)) / 900_000) * 900_000 - (q.from % 900_000);
    const to = from + DAY_MS;
    const found: (readonly number[])[] = [];
    const replay = new Replay(history);
    for (let after: string | undefined; ;) {
      const page = await replay.read({ workspace: q.workspace, from, to, after, now: q.now, ...(site === undefined ? {} : { site }) });
      found.push(...page.visits.map(([, start, left, , pages]) => [start, left, pages]));
      if (page.next === null) break;
      after = page.next;
    }
    const second = (at: number): number => Math.min(DAY_MS / 1_000, Math.max(0, Math.round((at - from) / 1_000)));
    const expected = q.visits
      .filter((v) => v.filtered === '' && (site === undefined || v.site === site))
      .filter((v) => v.startedAt < to && v.startedAt >= from - DAY_MS && v.leftAt >= from)
      .map((v) => [second(v.startedAt), v.leftAt >= to ? -1 : Math.max(second(v.startedAt), second(v.leftAt)), v.pages]);
    const sorted = (rows: readonly (readonly number[])[]) => rows.map((row) => row.join(' ')).sort();
    expect(expected.length).toBeGreaterThan(0);
    expect(sorted(found)).toEqual(sorted(expected));
  }
}
