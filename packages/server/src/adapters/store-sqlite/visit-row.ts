import { mergeGoals } from '@foyer/domain/analytics';
import type { GoalRecord, TrailRecord, VisitRecord } from '../../ports/history-store.ts';

/**
 * A visit on its way to and from the table: its columns in order, each a text or a number, so that the thread boundary copies
 * flat values and the statement binds them as they come.
 */
export type VisitRow = (string | number | null)[];

export const VISIT_COLUMNS = [
  'visit',
  'workspace',
  'site',
  'visitor',
  'started_at',
  'last_activity_at',
  'ended_at',
  'left_at',
  'pages',
  'trail',
  'tabs',
  'country',
  'region',
  'city',
  'place',
  'lat',
  'lon',
  'approximate',
  'browser',
  'browser_version',
  'os',
  'os_version',
  'device',
  'lang',
  'time_zone',
  'screen',
  'referrer',
  'referrer_host',
  'campaign',
  'ip',
  'organisation',
  'source',
  'context',
  'filtered',
  'name',
  'identity',
  'goals',
] as const;

type VisitColumn = (typeof VISIT_COLUMNS)[number];
/** Position of each column in a row. */
export const AT = Object.fromEntries(VISIT_COLUMNS.map((name, i) => [name, i])) as Readonly<Record<VisitColumn, number>>;

const TRAIL_ENTRIES = 50;

export function encodeVisit(v: VisitRecord): VisitRow {
  return [
    v.visit,
    v.workspace,
    v.site,
    v.visitor,
    whole(v.startedAt),
    whole(v.lastActivityAt),
    v.endedAt === null ? null : whole(v.endedAt),
    whole(v.leftAt),
    v.pages,
    encodeTrail(v),
    JSON.stringify(v.tabs),
    v.country,
    v.region,
    v.city,
    v.place,
    finite(v.lat),
    finite(v.lon),
    v.approximate ? 1 : 0,
    v.browser,
    v.browserVersion,
    v.os,
    v.osVersion,
    v.device,
    v.lang,
    v.timeZone,
    v.screen,
    v.referrer,
    v.referrerHost,
    v.campaign,
    v.ip,
    v.organisation,
    v.source,
    v.context,
    v.filtered,
    v.name,
    v.identity,
    encodeGoals(v.goals),
  ];
}

export function decodeVisit(row: VisitRow): VisitRecord {
  const text = (column: VisitColumn): string => String(row[AT[column]]);
  const number = (column: VisitColumn): number => Number(row[AT[column]]);
  return {
    workspace: text('workspace'),
    site: text('site'),
    visit: text('visit'),
    visitor: text('visitor'),
    startedAt: number('started_at'),
    lastActivityAt: number('last_activity_at'),
    endedAt: row[AT.ended_at] === null ? null : number('ended_at'),
    leftAt: number('left_at'),
    pages: number('pages'),
    trail: decodeTrail(text('trail')),
    tabs: decodeTabs(text('tabs')),
    country: text('country'),
    region: text('region'),
    city: text('city'),
    place: text('place'),
    lat: number('lat'),
    lon: number('lon'),
    approximate: number('approximate') === 1,
    browser: text('browser'),
    browserVersion: text('browser_version'),
    os: text('os'),
    osVersion: text('os_version'),
    device: text('device'),
    lang: text('lang'),
    timeZone: text('time_zone'),
    screen: text('screen'),
    referrer: text('referrer'),
    referrerHost: text('referrer_host'),
    campaign: text('campaign'),
    ip: text('ip'),
    organisation: text('organisation'),
    source: text('source'),
    context: text('context'),
    filtered: text('filtered'),
    name: text('name'),
    identity: text('identity'),
    goals: decodeGoals(text('goals')),
  };
}

/** Flat JSON, [at, url, title, …]: half the size of objects, and no keys to parse. Never more entries than pages. */
function encodeTrail(v: VisitRecord): string {
  const most = Math.min(TRAIL_ENTRIES, v.pages);
  const entries = v.trail.length > most ? v.trail.slice(v.trail.length - most) : v.trail;
  const flat: (string | number)[] = [];
  for (const { at, url, title } of entries) flat.push(whole(at), url, title);
  return JSON.stringify(flat);
}

function decodeTrail(text: string): TrailRecord[] {
  const flat = JSON.parse(text) as (string | number)[];
  const trail: TrailRecord[] = [];
  for (let i = 0; i + 2 < flat.length; i += 3) trail.push({ at: Number(flat[i]), url: String(flat[i + 1]), title: String(flat[i + 2]) });
  return trail;
}

/** Flat JSON like the trail. */
export function encodeGoals(goals: readonly GoalRecord[]): string {
  if (goals.length === 0) return '[]';
  return JSON.stringify(mergeGoals([], goals).flatMap(({ goal, at, value, currency }) => [goal, whole(at), finite(value), currency]));
}

export function decodeGoals(text: string): GoalRecord[] {
  if (text === '[]') return [];
  const flat = JSON.parse(text) as (string | number)[];
  const goals: GoalRecord[] = [];
  for (let i = 0; i + 3 < flat.length; i += 4)
    goals.push({ goal: String(flat[i]), at: Number(flat[i + 1]), value: Number(flat[i + 2]), currency: String(flat[i + 3]) });
  return goals;
}

/** The page URLs of a stored trail, oldest first. */
export function trailUrls(text: string): string[] {
  const flat = JSON.parse(text) as (string | number)[];
  const urls: string[] = [];
  for (let i = 1; i < flat.length; i += 3) urls.push(String(flat[i]));
  return urls;
}

export const decodeTabs = (text: string): Record<string, number> => JSON.parse(text) as Record<string, number>;

/** The engine's clock is slewed and may answer fractions; STRICT integer columns refuse them. */
const whole = Math.round;
const finite = (n: number): number => (Number.isFinite(n) ? n : 0);
