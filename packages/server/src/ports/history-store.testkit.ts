import { expect } from 'vitest';
import type { HistoryStore, RollupDimension, RollupRow, RollupStep, VisitRecord } from './history-store.ts';

/** 2026-03-10 12:00 UTC, a Tuesday. */
export const NOON = Date.UTC(2026, 2, 10, 12);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const EVER = { from: 0, to: Date.UTC(2100, 0, 1), limit: 1_000_000 };

let serial = 0;
/** An id that sorts after all earlier ones. */
export const nextId = (kind: string): string => `${kind}-${String(++serial).padStart(9, '0')}`;

export function aVisit(given: Partial<VisitRecord> & { paths?: string[] } = {}): VisitRecord {
  const { paths = ['/'], ...fields } = given;
  const startedAt = fields.startedAt ?? NOON;
  return {
    workspace: 'w',
    site: 's',
    visit: nextId('visit'),
    visitor: nextId('visitor'),
    startedAt,
    lastActivityAt: startedAt,
    endedAt: null,
    leftAt: 0,
    pages: paths.length,
    trail: paths.map((path, i) => ({ at: startedAt + i * 1_000, url: `https://shop.example${path}`, title: `Page ${path}` })),
    tabs: { tab00001: paths.length },
    country: 'CZ',
    region: 'Prague',
    city: 'Praha',
    place: 'cz|prague|praha',
    lat: 50.08,
    lon: 14.43,
    approximate: false,
    browser: 'Firefox',
    browserVersion: '140',
    os: 'Linux',
    osVersion: '',
    device: 'desktop',
    lang: 'cs',
    timeZone: 'Europe/Prague',
    screen: '1920x1080',
    referrer: 'https://www.search.example/',
    referrerHost: 'www.search.example',
    campaign: '',
    ip: '192.0.2.0',
    organisation: '',
    source: 'widget',
    context: '',
    filtered: '',
    name: '',
    identity: '',
    goals: [],
    ...fields,
  };
}

/** A later state of a visit: more pages, and `afterMs` more of activity. */
export function later(visit: VisitRecord, afterMs: number, paths: string[] = []): VisitRecord {
  const lastActivityAt = visit.lastActivityAt + afterMs;
  const trail = [
    ...visit.trail,
    ...paths.map((path) => ({ at: lastActivityAt, url: `https://shop.example${path}`, title: `Page ${path}` })),
  ];
  const pages = visit.pages + paths.length;
  return { ...visit, lastActivityAt, pages, trail: trail.slice(-50), tabs: { tab00001: pages } };
}

export const ended = (visit: VisitRecord): VisitRecord => ({ ...visit, endedAt: visit.lastActivityAt });

type Scope = { workspace: string; site?: string };
export async function rows(store: HistoryStore, scope: Scope, dimension: RollupDimension, step: RollupStep): Promise<RollupRow[]> {
  return store.rollup({ ...scope, dimension, step, ...EVER });
}

/** value → [visits, pages, visitors] of a dimension, all periods together. */
export async function sums(
  store: HistoryStore,
  scope: Scope,
  dimension: RollupDimension,
  step: RollupStep = 'day',
): Promise<Record<string, [number, number, number]>> {
  const sum: Record<string, [number, number, number]> = {};
  for (const row of await rows(store, scope, dimension, step)) {
    const [visits, pages, visitors] = sum[row.value] ?? [0, 0, 0];
    sum[row.value] = [visits + row.visits, pages + row.pages, visitors + row.visitors];
  }
  return sum;
}

type Counted = Record<string, { visits: number; pages: number; visitors: number; amount: number }>;
const COUNTED: RollupDimension[] = [
  'total',
  'browser',
  'os',
  'device',
  'country',
  'source',
  'bounce',
  'goal',
  'goal_value',
  'goal_country',
];
const ALL: RollupDimension[] = [...COUNTED, 'page', 'referrer', 'city', 'campaign', 'language'];
const REPORTS: [RollupStep, RollupDimension[]][] = [
  ['quarter', [...COUNTED, 'filtered']],
  ['day', [...ALL, 'filtered']],
  ['week', ALL],
  ['month', ALL],
];
/** What a visit has in these is not told by its visitor's first visit. */
const WITHOUT_VISITORS: RollupDimension[] = ['page', 'bounce', 'goal', 'goal_value', 'goal_country'];

/** Every rollup row of the workspace, for the whole and each site, is what a recount of `visits` gives: no more, no less. */
export async function expectRecount(
  store: HistoryStore,
  q: { workspace: string; timeZone: string; visits: readonly VisitRecord[] },
): Promise<void> {
  const { workspace, timeZone } = q;
  const visits = q.visits.filter((v) => v.workspace === workspace);
  const found: Counted = {};
  for (const site of [undefined, ...new Set(visits.map((v) => v.site))])
    for (const [step, dimensions] of REPORTS)
      for (const dimension of dimensions)
        for (const row of await rows(store, site === undefined ? { workspace } : { workspace, site }, dimension, step)) {
          const key = [site ?? '*', step, dimension, periodOf(step, row.from, timeZone), row.value].join(' ');
          expect(found[key], `${key} has one row`).toBeUndefined();
          expect(periodOf(step, row.from - 1, timeZone), `${key} begins at its first instant`).not.toBe(periodOf(step, row.from, timeZone));
          found[key] = { visits: row.visits, pages: row.pages, visitors: row.visitors, amount: row.amount };
        }
  expect(found).toEqual(recount(visits, timeZone));
  await expectDistinct(store, workspace, visits);
}

/** Visits and visitors of some ranges, each visitor once. */
async function expectDistinct(store: HistoryStore, workspace: string, visits: readonly VisitRecord[]): Promise<void> {
  const starts = visits.map((v) => v.startedAt).sort((a, b) => a - b);
  const [first = 0, middle = 0, last = 0] = [starts[0], starts[Math.floor(starts.length / 2)], starts.at(-1)];
  for (const [from, to] of [
    [first, last + 1],
    [middle, last + 1],
    [first + 1, middle + 1],
  ] as const)
    for (const site of [undefined, visits[0]?.site]) {
      const within = visits.filter(
        (v) => v.filtered === '' && v.startedAt >= from && v.startedAt < to && (site === undefined || v.site === site),
      );
      expect(await store.distinct({ workspace, from, to, ...(site === undefined ? {} : { site }) })).toEqual({
        visits: within.length,
        visitors: new Set(within.map((v) => v.visitor)).size,
      });
    }
}

/** The same counts the plain way: one visit after the other, with calendar dates as text. */
function recount(visits: readonly VisitRecord[], timeZone: string): Counted {
  const counts: Counted = {};
  const seen = new Set<string>();
  const inOrder = [...visits].sort((a, b) => a.startedAt - b.startedAt || (a.visit < b.visit ? -1 : 1));
  for (const v of inOrder)
    for (const scope of ['*', v.site])
      for (const [step, dimensions] of REPORTS) {
        const period = periodOf(step, v.startedAt, timeZone);
        const mark = [scope, step, period, v.visitor].join(' ');
        const isFirst = v.filtered === '' && step !== 'quarter' && !seen.has(mark);
        if (isFirst) seen.add(mark);
        for (const dimension of dimensions)
          for (const [value, pages, amount = 0] of valuesOf(v, dimension)) {
            const count = (counts[[scope, step, dimension, period, value].join(' ')] ??= { visits: 0, pages: 0, visitors: 0, amount: 0 });
            count.visits++;
            count.pages += pages;
            count.amount += amount;
            if (isFirst && !WITHOUT_VISITORS.includes(dimension)) count.visitors++;
          }
      }
  return counts;
}

function valuesOf(v: VisitRecord, dimension: RollupDimension): [string, number, number?][] {
  if (dimension === 'filtered') return v.filtered === '' ? [] : [[v.filtered, v.pages]];
  if (v.filtered !== '') return [];
  switch (dimension) {
    case 'page':
      return tally(v.trail.map(({ url }) => [new URL(url).pathname, 0]));
    case 'goal':
      return tally(v.goals.map(({ goal }) => [goal, 0]));
    case 'goal_country':
      return tally(v.goals.map(({ goal }) => [`${goal}\t${v.country}`, 0]));
    case 'goal_value':
      return tally(v.goals.filter(({ value }) => value > 0).map((g) => [`${g.goal}\t${g.currency}`, Math.round(g.value * 1_000)]));
    case 'bounce':
      return v.pages === 1 ? [['', 0]] : [];
    case 'total':
      return [['', v.pages, v.lastActivityAt - v.startedAt]];
    case 'referrer':
      return [[v.referrerHost, v.pages]];
    case 'city':
      return [[v.place, v.pages]];
    case 'language':
      return [[v.lang, v.pages]];
    case 'browser':
    case 'os':
    case 'device':
    case 'country':
    case 'campaign':
      return [[v[dimension], v.pages]];
    case 'source':
      // One name for visits and conversations.
      return [[v.source.toLowerCase().replaceAll(' ', '_'), v.pages]];
    default:
      return [];
  }
}

function tally(entries: readonly (readonly [value: string, amount: number])[]): [string, number, number][] {
  const sums = new Map<string, [string, number, number]>();
  for (const [value, amount] of entries) {
    const sum = sums.get(value) ?? [value, 0, 0];
    sums.set(value, [value, sum[1] + 1, sum[2] + amount]);
  }
  return [...sums.values()];
}

/** A period's name: the local date it begins on, or the quarter-hour. */
function periodOf(step: RollupStep, at: number, timeZone: string): string {
  if (step === 'quarter') return new Date(Math.floor(at / 900_000) * 900_000).toISOString();
  const date = localDate(timeZone).format(at);
  if (step === 'day') return date;
  if (step === 'month') return date.slice(0, 7);
  const midnight = new Date(`${date}T00:00:00Z`);
  midnight.setUTCDate(midnight.getUTCDate() - ((midnight.getUTCDay() + 6) % 7));
  return `week of ${midnight.toISOString().slice(0, 10)}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** Making a format costs 50 times what using it does. */
function localDate(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format)
    formats.set(timeZone, (format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })));
  return format;
}
