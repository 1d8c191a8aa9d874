/**
 * HistoryStore — what happened: visits, visitors, rollups (events.db; later PostgreSQL).
 *
 * Purpose     keep every acknowledged page view, count each thing exactly once.
 * Invariants  `saveVisits` takes *absolute* states; a state that is written twice, late, or by two nodes counts once
 *             (counters only grow: pages, lastActivityAt and per-tab watermarks merge by maximum).
 * On error    outage: rejects with its cause, nothing of the batch is written; the caller keeps and retries the batch.
 * Owner       one writer thread per file in embedded mode; verbs resolve after commit.
 */
import type { CountedConversation, Dimension, Span } from '@foyer/domain/analytics';

export interface TrailRecord {
  readonly at: number;
  readonly url: string;
  readonly title: string;
}

/** A goal that was reached. One entry for each time it is counted; `goal` is its id. */
export interface GoalRecord {
  readonly goal: string;
  readonly at: number;
  /** 0: none was said. */
  readonly value: number;
  /** ISO 4217, '' when no value was said. */
  readonly currency: string;
}

/** The whole of one visit as its home knows it. Ids are text, times epoch ms, unknown text is ''. */
export interface VisitRecord {
  readonly workspace: string;
  readonly site: string;
  readonly visit: string;
  readonly visitor: string;
  readonly startedAt: number;
  readonly lastActivityAt: number;
  /** null while it runs; an ended visit never runs again. */
  readonly endedAt: number | null;
  /** 0 while a tab is connected; else when the last one went. What tells *reconnecting* from *left* after a restart. Latest write wins. */
  readonly leftAt: number;
  readonly pages: number;
  /** Last 50 page views, oldest first. */
  readonly trail: readonly TrailRecord[];
  /** Highest page number taken from each tab: what makes a resent page view count once. */
  readonly tabs: Readonly<Record<string, number>>;
  readonly country: string;
  readonly region: string;
  readonly city: string;
  readonly place: string;
  readonly lat: number;
  readonly lon: number;
  readonly approximate: boolean;
  readonly browser: string;
  readonly browserVersion: string;
  readonly os: string;
  readonly osVersion: string;
  readonly device: string;
  readonly lang: string;
  readonly timeZone: string;
  readonly screen: string;
  /** Referrer of the visit's first page, and its host ('' = direct). */
  readonly referrer: string;
  readonly referrerHost: string;
  readonly campaign: string;
  /** As masked by the workspace. */
  readonly ip: string;
  readonly organisation: string;
  readonly source: string;
  readonly context: string;
  /** '' or why it is in no count. Filtered visits are stored, and counted only in `filtered` rollups. */
  readonly filtered: string;
  readonly name: string;
  /** JSON text of the identity, '' when none. */
  readonly identity: string;
  /** Oldest first, at most 50: the first ones. One that was stored is never lost by a state without it; goal and time name an entry. */
  readonly goals: readonly GoalRecord[];
}

export interface FirstSeen {
  readonly workspace: string;
  readonly visitor: string;
  readonly visit: string;
  readonly startedAt: number;
}
export interface VisitorFacts {
  readonly workspace: string;
  readonly visitor: string;
  /** Visitor N, unique within the workspace, never reused. */
  readonly number: number;
  /** Visits so far, the named one included. */
  readonly visits: number;
  readonly firstVisitAt: number;
  /** 0 for a first visit. */
  readonly previousVisitAt: number;
  /** Last known name and identity (JSON), '' when none. */
  readonly name: string;
  readonly identity: string;
}
export interface Met {
  readonly visitor: string;
  /** Visitor N. */
  readonly number: number;
  readonly visits: number;
  readonly firstVisitAt: number;
  /** Start of the latest visit. */
  readonly lastVisitAt: number;
}
export interface OnlineSample {
  readonly workspace: string;
  readonly site: string;
  readonly at: number;
  readonly online: number;
}
/** What `visits`, `pages` and `amount` of each count is said there. */
export type RollupDimension = Dimension;
export interface RollupRow {
  readonly site: string;
  /** Start of the period, epoch ms. */
  readonly from: number;
  readonly dimension: RollupDimension;
  readonly value: string;
  readonly visits: number;
  readonly pages: number;
  /** Unique visitors of the period, each counted at their first visit of it, so values add up to the total; 0 in quarters, `page` and `filtered`. */
  readonly visitors: number;
  readonly amount: number;
}

/** A conversation as the counts know it: all of it, each time. */
export interface ConversationRecord extends CountedConversation {
  readonly conversation: string;
  /** '' when no browser is behind it. */
  readonly visitor: string;
  readonly status: string;
  readonly name: string;
  readonly email: string;
  readonly lastMessageAt: number;
  readonly chatSeq: number;
}
export interface BookedConversations {
  readonly workspace: string;
  /** `chatSeq` up to which this workspace is counted with this. */
  readonly upTo: number;
  readonly conversations: readonly ConversationRecord[];
  /** The other file is older than this one (a backup was put back): states count whatever their `chatSeq`, and the mark may fall. */
  readonly again?: boolean;
}

/** Quarter-hours begin in UTC; days, weeks and months in the workspace's zone. */
export type RollupStep = 'quarter' | 'day' | 'week' | 'month';

/** What lists of the past can be narrowed to. */
export interface PastFilter {
  /** Only of this visitor; of people the one by this key. */
  readonly visitor?: string | undefined;
  /** Of visits only this one. */
  readonly visit?: string | undefined;
  readonly site?: string | undefined;
  readonly country?: string | undefined;
  readonly source?: string | undefined;
  readonly campaign?: string | undefined;
  /** Of visits when they began, of people when they were last seen: [from, to). */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly goal?: string | undefined;
  readonly withConversation?: boolean | undefined;
  /** true: only who was on a website; false: only who has conversations alone. */
  readonly website?: boolean | undefined;
  /**
   * All of its words; the last may be a beginning. Those joined by `/` or `-` stand next to one another. Found are names, addresses, Visitor numbers, places, pages and
   * referrers; of people those of their latest visit.
   */
  readonly text?: string | undefined;
}
export interface PastQuery extends PastFilter {
  readonly workspace: string;
  /** `next` or `previous` of a page: what comes after or before it. */
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}
/**
 * Newest first; with `text` in the order in which they were first stored, newest first. A page is short, with a `next`, where the rows that
 * one page may read (5,000; fewer of long trails, for words that stand next to one another) do not hold enough: its cost has a bound,
 * whatever is asked.
 */
export interface PastPage<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
  readonly previous: string | null;
}
export interface PastVisitRow {
  readonly visit: VisitRecord;
  /** Visitor N; 0: not met. */
  readonly number: number;
  /** Begun during it, or written into by its visitor in a quarter-hour of it. */
  readonly conversations: number;
  /** How long AI agents had those that were begun during it, together; 0: never. */
  readonly botMs: number;
}
export interface PersonRow {
  readonly person: string;
  readonly number: number;
  readonly name: string;
  readonly email: string;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  readonly visits: number;
  readonly pages: number;
  readonly timeMs: number;
  /** The latest visit while it goes on, and what `timeMs` has of it. */
  readonly running: { readonly visit: string; readonly ms: number } | null;
  readonly conversations: number;
  readonly goals: Readonly<Record<string, number>>;
  readonly site: string;
  readonly source: string;
  readonly country: string;
  readonly region: string;
  readonly city: string;
  readonly browser: string;
  readonly os: string;
  readonly device: string;
  readonly referrerHost: string;
  readonly campaign: string;
}

export interface RequestRecord {
  readonly workspace: string;
  readonly at: number;
  readonly source: string;
  readonly endpoint: string;
  readonly method: string;
  readonly status: number;
  readonly latencyMs: number;
  /** As masked by the workspace. */
  readonly ip: string;
  readonly country: string;
  readonly city: string;
  readonly browser: string;
  readonly error: string;
}
export interface RequestQuery {
  readonly workspace: string;
  /** Also those of the source `READS`. */
  readonly reads?: boolean | undefined;
  /** The beginning of an address. */
  readonly ip?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly source?: string | undefined;
  /** 2, 4, 5: the class of the status. */
  readonly status?: number | undefined;
  /** ISO 3166 alpha-2; '': those whose country is unknown. */
  readonly country?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}
export interface RequestTopsQuery {
  readonly workspace: string;
  readonly by: 'endpoint' | 'country';
  readonly reads?: boolean | undefined;
  readonly from: number;
  readonly to: number;
  readonly limit: number;
}
export interface RequestSum {
  readonly value: string;
  readonly requests: number;
  /** Answered with 400 or more. */
  readonly errors: number;
  readonly latencyMs: number;
}

/** A visit as a replay shows it. */
export interface ReplayedVisit {
  readonly visit: string;
  readonly startedAt: number;
  /** When it left; 0: it is still there. */
  readonly leftAt: number;
  /** Visitor N; 0: not met. */
  readonly number: number;
  readonly pages: number;
  readonly place: string;
  readonly country: string;
  readonly region: string;
  readonly city: string;
  readonly lat: number;
  readonly lon: number;
  readonly approximate: boolean;
}

export interface SumQuery {
  readonly workspace: string;
  readonly site?: string;
  readonly dimensions: readonly RollupDimension[];
  /** Stored periods that do not overlap; see `spansOf`. */
  readonly spans: readonly Span[];
  /** Of each dimension; `(other)` comes first and is one of them. */
  readonly limit: number;
  /** What is largest first. */
  readonly by: 'visits' | 'pages';
}
export interface RollupSum {
  readonly dimension: RollupDimension;
  readonly value: string;
  readonly visits: number;
  readonly pages: number;
  readonly amount: number;
}
/** Samples of a quarter-hour (UTC), added up. A minute with nobody there is a sample too. */
export interface OnlineQuarter {
  readonly at: number;
  readonly max: number;
  readonly sum: number;
  readonly samples: number;
}

export interface HistoryStore {
  /** Writes absolute states and the rollup deltas they cause, in one transaction. Order within the batch does not matter. */
  saveVisits(batch: readonly VisitRecord[]): Promise<void>;
  /** Numbers new visitors, counts each visit once, answers in the order asked. Idempotent per visit id. */
  meetVisitors(batch: readonly FirstSeen[]): Promise<VisitorFacts[]>;
  /** Visits not ended with lastActivityAt ≥ `since`, in pages of ≤ `limit` ordered by visit id; `after` '' starts. */
  recentVisits(q: { since: number; after: string; limit: number }): Promise<VisitRecord[]>;
  visitsById(ids: readonly string[]): Promise<VisitRecord[]>;
  /** Ends (endedAt = lastActivityAt) every running visit with lastActivityAt < `before` that is not in `except`. Answers how many. */
  endStale(q: { before: number; except: readonly string[] }): Promise<number>;
  /** Counts conversations in place of what was counted of them, and moves the workspace's mark, in one transaction. Idempotent. */
  bookConversations(q: BookedConversations): Promise<void>;
  /** How far each workspace's conversations are counted. */
  chatMarks(): Promise<ReadonlyMap<string, number>>;
  /** `lookedAt`: the minute of which these are all: who has no sample in it had nobody. The same twice changes nothing. */
  sampleOnline(samples: readonly OnlineSample[], lookedAt?: number): Promise<void>;
  /** Samples in [from, to), oldest first; without `site` the sum over the sites, `site` ''. */
  onlineSamples(q: { workspace: string; site?: string; from: number; to: number; limit: number }): Promise<OnlineSample[]>;
  /**
   * Rows of one dimension in [from, to), oldest period first, then by visits, pages (largest first) and value; the first `limit`.
   * Without `site`: the whole workspace, `site` of each row is '', and `visitors` counts somebody on two sites once.
   * Periods that nothing was counted in have no row. Weeks begin on Monday. 'quarter' lacks `page`, `referrer`, `city`, `campaign` and `language`;
   * `filtered` is in quarters and days only.
   */
  rollup(q: {
    workspace: string;
    site?: string;
    dimension: RollupDimension;
    step: RollupStep;
    from: number;
    to: number;
    limit: number;
  }): Promise<RollupRow[]>;
  /** What the spans come to, by value. Cost: their rows, about 0.5 ms a thousand. */
  sums(q: SumQuery): Promise<RollupSum[]>;
  /**
   * Quarter-hours in [from, to) in which it was looked, oldest first; of the whole workspace without `site`. They outlive the samples, and
   * begin with the first quarter-hour in which anybody was there.
   */
  onlineQuarters(q: { workspace: string; site?: string; from: number; to: number }): Promise<OnlineQuarter[]>;
  /** Names of places by their ids; who is not known is absent. */
  places(ids: readonly string[]): Promise<{ place: string; country: string; region: string; city: string }[]>;
  pastVisits(q: PastQuery): Promise<PastPage<PastVisitRow>>;
  people(q: PastQuery): Promise<PastPage<PersonRow>>;
  /** Writes them and counts them by endpoint and country, in one transaction. */
  logRequests(batch: readonly RequestRecord[]): Promise<void>;
  /** Newest first; bounded as lists of the past are. */
  requests(q: RequestQuery): Promise<PastPage<RequestRecord & { readonly id: string }>>;
  /** What hours in [from, to) come to, most requests first. Of the source `READS` only with `reads`. */
  requestTops(q: RequestTopsQuery): Promise<RequestSum[]>;
  /** Deletes what is older, its counts too, ≤ `limit` a call; answers how many. */
  purgeRequests(q: { before: number; limit: number }): Promise<number>;
  /**
   * Visits that were there at some time in [from, to), in the order in which they began; `after`: only what comes after that one. Those
   * that began more than a day before `from` are left out.
   */
  replay(q: {
    workspace: string;
    site?: string;
    from: number;
    to: number;
    after?: { startedAt: number; visit: string };
    limit: number;
  }): Promise<ReplayedVisit[]>;
  /** Visits and distinct visitors that started in [from, to), from the visits themselves (own ranges). */
  distinct(q: { workspace: string; site?: string; from: number; to: number }): Promise<{ visits: number; visitors: number }>;
  /** What is known of each of these visitors; who never was met is absent. In no order. */
  lastMet(q: { workspace: string; visitors: readonly string[] }): Promise<Met[]>;
  /**
   * Reasons for which visits that started since `since` (a quarter-hour) are in no count, most visits first: a reason that is written in
   * several cases is one. `lastAt`: start of the newest, 0 when it is purged. Cost: the rollup's rows of the range.
   */
  leftOutReasons(q: {
    workspace: string;
    site?: string;
    since: number;
    limit: number;
  }): Promise<{ reason: string; visits: number; lastAt: number }[]>;
  /**
   * Those visits one by one, newest first, of one `reason` (whatever its case) or of all; `before`: only what comes after that visit in this
   * order. Cost: the visits answered; with `site` also those of other sites that lie between them.
   */
  leftOutVisits(q: {
    workspace: string;
    site?: string;
    reason?: string;
    since: number;
    before?: { startedAt: number; visit: string };
    limit: number;
  }): Promise<VisitRecord[]>;
  /** Past visits of one visitor, newest first. */
  visitsOf(q: { workspace: string; visitor: string; limit: number }): Promise<VisitRecord[]>;
  /**
   * The zone in which `workspace`'s days begin ('UTC' until said). A change moves its stored visits to the new days, in slices between
   * other work: it resolves when all are moved (5 s for 100,000 visits, so no request waits for it) and goes on after a restart. Sums hold
   * all the while. Saying the zone again costs nothing.
   */
  setZone(q: { workspace: string; timeZone: string }): Promise<void>;
  /**
   * Deletes visits that started before `before`; rollups stay. Answers how many, ≤ `limit` a call. Online samples, and names of visitors
   * not seen since, go with them; a late state of a visit that old is dropped, or it would be counted again.
   */
  purge(q: { workspace: string; before: number; limit: number }): Promise<number>;
  close(): Promise<void>;
}
