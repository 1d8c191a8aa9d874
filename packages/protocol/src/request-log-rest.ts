/** The request log: what was asked of chat, API and AI, newest first. Kept 30 days. */
export const REQUEST_SOURCES = [
  'widget',
  'console',
  'console_read',
  'api',
  'embed',
  'playground',
  'whatsapp',
  'fluent_support',
  'ai',
] as const;
export type RequestSource = (typeof REQUEST_SOURCES)[number];
/** What dashboards read to show their pages, and got: left out of the log unless it is asked for. */
export const READS = 'console_read' satisfies RequestSource;

export interface RequestEntry {
  readonly id: string;
  readonly at: number;
  readonly source: RequestSource;
  /** Route pattern (`/api/v1/conversations/:id`), or the kind of frame (`chat.say`). */
  readonly endpoint: string;
  /** GET, POST …; `FRAME` over a socket. */
  readonly method: string;
  /** As over HTTP; of a frame what it would have been. */
  readonly status: number;
  readonly latencyMs: number;
  /** As masked by the workspace; absent where the role may not see it. */
  readonly ip?: string;
  readonly country: string;
  readonly city: string;
  readonly browser: string;
  /** Error code; '' when it went well. */
  readonly error: string;
}
export interface RequestLogPage {
  readonly rows: readonly RequestEntry[];
  readonly next: string | null;
  readonly previous: string | null;
  /** Not written since the start, because more came than could be: the log has holes. */
  readonly dropped: number;
  readonly keptDays: number;
  /** Addresses are stored masked, so a search for one finds all that share its beginning. */
  readonly ipMasked: boolean;
}
export interface RequestTops {
  readonly from: number;
  readonly to: number;
  readonly endpoints: readonly {
    readonly endpoint: string;
    readonly requests: number;
    readonly errors: number;
    readonly meanMs: number;
  }[];
  readonly countries: readonly { readonly country: string; readonly requests: number; readonly errors: number }[];
}
