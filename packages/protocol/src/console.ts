/**
 * What an agent's console and the server say to each other (README.md has the sequences).
 *
 *   server `hello` → console `open` (a view: scope, filter, window) → server `view` frames, first one `full`, then patches (20 to 100 ms apart).
 *   A view has up to three streams (totals, cities, rows), each with its own `seq`; a console that misses one asks with `again`.
 *   console `past` → server `past` frames, the first with every field: what the store says beside the live counts.
 */
import * as v from 'valibot';
import { LIMITS } from './limits.ts';
import type { ReachedGoal } from './site-rules.ts';

export const STATUSES = ['unassigned', 'assigned', 'ai', 'chatting', 'active', 'resolved', 'inactive'] as const;
/** Most urgent first: the order in which a city's pin takes its colour. */
export type Status = (typeof STATUSES)[number];

export const SORTS = [
  'arrived',
  'activity',
  'time',
  'pages',
  'status',
  'name',
  'country',
  'city',
  'browser',
  'page',
  'referrer',
  'context',
  'site',
] as const;
export type Sort = (typeof SORTS)[number];

/** Rows of one kind together, kinds in their own order (Checkout first, countries by code), sorted within as asked. */
export const GROUPS = ['context', 'country'] as const;
export type Group = (typeof GROUPS)[number];

export const STREAMS = ['totals', 'cities', 'rows'] as const;
export type Stream = (typeof STREAMS)[number];

const viewId = v.pipe(v.string(), v.minLength(1), v.maxLength(32));
const sortKey = v.union([v.pipe(v.number(), v.finite()), v.pipe(v.string(), v.maxLength(300))]);
const rowKey = v.union([sortKey, v.pipe(v.tuple([sortKey, sortKey]), v.readonly())]);
const rows = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LIMITS.windowRows));

export const Window = v.strictObject({
  sort: v.picklist(SORTS),
  dir: v.picklist(['asc', 'desc']),
  /** `dir` is of the rows within a group. */
  group: v.optional(v.picklist(GROUPS)),
  /** Absent: the top of the list. Else the row (by its sort key and id) around which the window lies; it need not exist any more. */
  anchor: v.optional(v.strictObject({ key: rowKey, id: v.pipe(v.string(), v.maxLength(64)) })),
  /** Without an anchor: the window lies about the row that so much of the list stands above; of several nodes, as far as their parts overlap. */
  share: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  before: rows,
  after: rows,
  /** Changes are told this often at most, ms; absent: as they come. For rows that jump more often than anybody looks. */
  everyMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000))),
});
export type Window = v.InferOutput<typeof Window>;

export const Scope = v.strictObject({
  /** A site id; absent: the whole workspace. */
  site: v.optional(v.pipe(v.string(), v.maxLength(64))),
  /** true: only the visits left out of every count (bots, automated browsers, own team), with their reason. */
  filtered: v.optional(v.boolean()),
  /** A place id: the members of one pin. '': those whose place is unknown. */
  city: v.optional(v.pipe(v.string(), v.maxLength(200))),
  /** `CC|region` as rows have them: the members of every pin in that region. */
  region: v.optional(v.pipe(v.string(), v.maxLength(200))),
  /** ISO 3166 alpha-2: the members of every pin in that country, and those of whom no more than it is known. */
  country: v.optional(v.pipe(v.string(), v.maxLength(2))),
  /** Visitor ids: only those of them who are listed. */
  visitors: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.minLength(1), v.maxLength(LIMITS.scopeVisitors))),
});
export type Scope = v.InferOutput<typeof Scope>;

const Open = v.strictObject({
  t: v.literal('open'),
  view: viewId,
  scope: Scope,
  filter: v.pipe(v.string(), v.maxLength(LIMITS.filterChars)),
  streams: v.pipe(v.array(v.picklist(STREAMS)), v.minLength(1), v.maxLength(3)),
  /** Needed with the `rows` stream. */
  window: v.optional(Window),
});
const Move = v.strictObject({ t: v.literal('window'), view: viewId, window: Window });
const CloseView = v.strictObject({ t: v.literal('close'), view: viewId });
const Again = v.strictObject({ t: v.literal('again'), view: viewId });
/** Follow one visit (selected row), wherever it is in the list. `id`: a visit id or a visitor id. */
const Follow = v.strictObject({
  t: v.literal('follow'),
  view: viewId,
  id: v.pipe(v.string(), v.maxLength(64)),
  /** The agent has this visitor open, and colleagues are told. Absent (a tooltip): nobody is. */
  looking: v.optional(v.literal(true)),
});
/** Figures of the past beside the live ones, kept up to date until `close`. Shares its names and their bound with views. */
const Past = v.strictObject({
  t: v.literal('past'),
  view: viewId,
  /** A site id; absent: the whole workspace. */
  site: v.optional(v.pipe(v.string(), v.maxLength(64))),
});
export const ConsoleUp = v.variant('t', [Open, Move, CloseView, Again, Follow, Past]);
export type ConsoleUp = v.InferOutput<typeof ConsoleUp>;

/** One listed visit as a list row. Times are epoch ms of the server's clock. A field the role may not see is absent. */
export interface Row {
  /** Visit id. */
  id: string;
  /** Visitor id: searchable, never a secret. */
  visitor: string;
  /** `Visitor N`; 0 until the store has answered (≤ 300 ms after an arrival). */
  n: number;
  name: string;
  site: string;
  status: Status;
  /** Since when an unassigned conversation waits; else 0. */
  waitingSince: number;
  online: boolean;
  /** A node died or restarts: not heard of yet, still within its retry window. */
  reconnecting: boolean;
  /** ISO 3166 alpha-2, '' when unknown. */
  country: string;
  region: string;
  city: string;
  /** City id as in the cities stream; '' when the place is unknown. */
  place: string;
  /** true: only the time zone is known; shown at country level. */
  approximate: boolean;
  title: string;
  url: string;
  referrer: string;
  campaign: string;
  lang: string;
  browser: string;
  os: string;
  device: string;
  context: string;
  /** Ids of the goals the visit has reached, blanks between them; ''. */
  goals: string;
  pages: number;
  startedAt: number;
  lastActivityAt: number;
  /** 0 while online; else when the last tab went. */
  leftAt: number;
  /** Visits so far, this one included; 1 = new. 0 until known. */
  visits: number;
  /** Why it is left out of the counts; '' for everybody else. */
  filtered: string;
}
/** The row's own sort key in this window, so that windows of several nodes merge. In a window with groups: that of its group, then its own. */
export type RowKey = SortKey | readonly [group: SortKey, own: SortKey];
export type SortKey = number | string;
export interface WindowRow {
  readonly key: RowKey;
  readonly row: Row;
}
export interface TrailEntry {
  readonly at: number;
  readonly url: string;
  readonly title: string;
}
/** product.md section 3. `ip` is masked, and absent for roles without the permission. */
export interface Detail extends Row {
  /** Id of the conversation whose state the visit shows; '' when there is none. */
  chat: string;
  timeZone: string;
  browserVersion: string;
  osVersion: string;
  screen: string;
  ip?: string;
  organisation: string;
  source: string;
  identity: { id: string; email: string; verified: boolean; data: Record<string, string | number | boolean | null> } | null;
  contextData: Record<string, string | number | boolean | null> | null;
  tabs: number;
  firstVisitAt: number;
  previousVisitAt: number;
  trail: readonly TrailEntry[];
  /** As `goals`, in the order in which they were reached. */
  reached: readonly ReachedGoal[];
}

export interface Count {
  readonly key: string;
  readonly count: number;
}
export interface Totals {
  listed: number;
  /** = online = chatting + browsing. */
  live: number;
  chatting: number;
  browsing: number;
  unknownPlace: number;
  byStatus: Record<Status, number>;
  browsers: readonly Count[];
  systems: readonly Count[];
  devices: readonly Count[];
  countries: readonly Count[];
  /** Top 20. `exact` false: the cut of some node could matter, show "≥". */
  pages: readonly Count[];
  referrers: readonly Count[];
  exact: boolean;
}

/** Order of the counts in `CityCounts`: the commonest first, so that trailing zeros can be left out (60 kB instead of 110 kB at 5,000 cities). */
export const CITY_ORDER = [
  'active',
  'inactive',
  'chatting',
  'unassigned',
  'assigned',
  'ai',
  'resolved',
] as const satisfies readonly Status[];
/** [place index, count by CITY_ORDER with trailing zeros left out]; the index alone = the pin goes. Index → place: GET /api/v1/places?epoch=. */
export type CityCounts = readonly number[];

export interface HelloDown {
  readonly t: 'hello';
  readonly v: number;
  /** Changes when the server restarts: drop everything and open views anew. */
  readonly epoch: string;
  /** Server clock, epoch ms; every frame has it. Timers are drawn by the offset to it. */
  readonly now: number;
  readonly me: { id: string; name: string; role: 'owner' | 'admin' | 'agent'; workspace: string };
  readonly retry: { readonly minMs: number; readonly maxMs: number };
}
export interface ViewFrame {
  readonly t: 'view';
  readonly view: string;
  readonly now: number;
  /** A new filter is still being counted: what is shown so far is a part. */
  readonly counting?: boolean;
  /** Each stream counts its own `seq`. A patch follows `prev` (absent: seq − 1; several were merged for a slow reader); anything else is a gap: ask `again`. */
  readonly totals?: { readonly seq: number; readonly prev?: number; readonly full?: true; readonly set: Partial<Totals> };
  readonly cities?: { readonly seq: number; readonly prev?: number; readonly full?: true; readonly set: readonly CityCounts[] };
  readonly rows?: {
    readonly seq: number;
    readonly prev?: number;
    readonly full?: true;
    /** Rows above the window and rows in the whole view. */
    readonly before: number;
    readonly total: number;
    /** Present when the order or membership changed: every id of the window, top first. */
    readonly order?: readonly string[];
    /** Of a window with groups, when they changed: every group of the whole view in order, and how many rows it has. '': none, unknown. */
    readonly groups?: readonly Count[];
    /** Sort keys of rows that are new or whose key changed. */
    readonly keys?: Readonly<Record<string, RowKey>>;
    /** Fields to set; a row new to the window has all of them. Rows absent from `order` are to be dropped. */
    readonly set?: Readonly<Record<string, Partial<Row>>>;
  };
}
export interface FollowFrame {
  readonly t: 'detail';
  readonly view: string;
  readonly now: number;
  /** null: not listed (any more). */
  readonly detail: Detail | null;
}
/**
 * What the store says beside the live counts, of the workspace or one site. Visits count where they began; days and the month are those of
 * the workspace's zone. Those left out of the counts are in none of it.
 */
export interface PastFigures {
  /** The zone that days begin in. */
  readonly timeZone: string;
  /** Visits that began today, this calendar month. */
  readonly today: number;
  readonly month: number;
  /** The last seven local days, oldest first; the last is today. Their sum is *Last 7 days*. */
  readonly days: readonly PastDay[];
  /** How many were online at once today, by quarter-hours: oldest first; absent are those in which the server did not run. */
  readonly online: OnlineToday;
}
export interface PastDay {
  /** Local date, YYYY-MM-DD. */
  readonly date: string;
  readonly visits: number;
}
export interface OnlineToday {
  /** Of the whole local day, epoch ms; `to` is not included. 23 to 25 hours apart. */
  readonly from: number;
  readonly to: number;
  /** Of the samples taken each minute. */
  readonly points: readonly { readonly at: number; readonly max: number; readonly average: number }[];
}
/**
 * Answers `past`: the first has every field, later ones those that changed, whole. At most one a second. A visit is in it when it is stored,
 * about a second after it began; the online samples are taken each minute.
 */
export interface PastFrame {
  readonly t: 'past';
  readonly view: string;
  readonly now: number;
  readonly set: Partial<PastFigures>;
}
/** A request that was understood and declined: the view was not opened or moved. */
export interface RefusedFrame {
  readonly t: 'refused';
  readonly view: string;
  readonly code: 'bad_filter' | 'unknown_site' | 'too_many_views' | 'not_allowed' | 'unknown_view' | 'no_window';
  readonly message: string;
}
/** Something the REST part of the screen shows has changed (settings, sites, team, an install seen …): read it again. */
export interface ChangedFrame {
  readonly t: 'changed';
  readonly what: 'settings' | 'sites' | 'team' | 'install' | 'notes' | 'filters' | 'blocks' | 'looks' | 'contexts' | 'goals' | 'chat';
}
/** An agent with an open console, and the visitors (ids) whose details are open in it. */
export interface Colleague {
  readonly name: string;
  readonly looking: readonly string[];
  /** Visitors to whom they are writing a first message; absent: none. */
  readonly inviting?: readonly string[];
}
/** Who of the workspace is here, oneself included. The first one after `hello` is full; then changes, by user id. null: gone. */
export interface ColleaguesFrame {
  readonly t: 'colleagues';
  readonly now: number;
  readonly full?: true;
  readonly set: Readonly<Record<string, Colleague | null>>;
}
export type ConsoleDown = HelloDown | ViewFrame | FollowFrame | PastFrame | RefusedFrame | ChangedFrame | ColleaguesFrame;
