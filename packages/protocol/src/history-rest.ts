/** People and visits of the past, as `/api/v1/history/*` answers them. */
export interface HistoryPerson {
  /** Visitor id; of somebody without a browser `@` and their address, or the id of their conversation. */
  readonly id: string;
  /** Visitor N; 0: never was on a website. */
  readonly n: number;
  readonly name: string;
  readonly email: string;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  readonly visits: number;
  readonly pages: number;
  readonly totalMs: number;
  /** The latest visit while it goes on, and what `totalMs` has of it: up to its last activity. */
  readonly running: { readonly visit: string; readonly ms: number } | null;
  readonly country: string;
  readonly region: string;
  readonly city: string;
  readonly browser: string;
  readonly os: string;
  readonly device: string;
  /** Site of the latest visit or conversation. */
  readonly site: string;
  readonly source: string;
  readonly referrerHost: string;
  readonly campaign: string;
  readonly conversations: number;
  /** Goals ever reached, with how many times. */
  readonly goals: Readonly<Record<string, number>>;
  readonly website: boolean;
}
export interface HistoryVisit {
  readonly id: string;
  readonly visitor: string;
  readonly n: number;
  readonly name: string;
  readonly site: string;
  readonly startedAt: number;
  readonly lastActivityAt: number;
  /** null: it goes on. */
  readonly endedAt: number | null;
  readonly totalMs: number;
  readonly pages: number;
  readonly trail: readonly { readonly at: number; readonly url: string; readonly title: string }[];
  readonly country: string;
  readonly region: string;
  readonly city: string;
  readonly browser: string;
  readonly browserVersion: string;
  readonly os: string;
  readonly device: string;
  readonly lang: string;
  readonly timeZone: string;
  readonly referrer: string;
  readonly referrerHost: string;
  readonly campaign: string;
  readonly source: string;
  readonly context: string;
  /** Absent where the role may not see it. */
  readonly ip?: string;
  readonly organisation: string;
  /** Begun during the visit, or written into by its visitor in a quarter-hour of it. */
  readonly conversations: number;
  /** How long AI agents had those that were begun during it, together; 0: never. */
  readonly botMs: number;
  readonly goals: readonly { readonly goal: string; readonly at: number; readonly value: number; readonly currency: string }[];
}
/** `next`, `previous`: for `after` and `before`; null: there is none. */
export interface HistoryPage<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
  readonly previous: string | null;
}

/** Frames of the past day, `/api/v1/replay`. Times are seconds since `from`. */
export interface ReplayAnswer {
  readonly from: number;
  readonly to: number;
  /** When it was read, up to a quarter-hour ago: what happened since is not in it. */
  readonly readAt: number;
  /** Visits that were there at `from` already are arrivals at 0. `[visit number, second it came, second it left (-1: still there), place index, pages]`. */
  readonly visits: readonly (readonly [visit: number, from: number, to: number, place: number, pages: number])[];
  /** [country, region, city, lat, lon, approximate]. Index −1: unknown place. */
  readonly places: readonly (readonly [string, string, string, number, number, 0 | 1])[];
  /** For `after`; null: that was all. */
  readonly next: string | null;
}
