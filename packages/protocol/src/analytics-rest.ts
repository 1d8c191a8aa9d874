/**
 * Figures over time, as `/api/v1/analytics/*` answers them. All of a visit counts in the period in which it began, all of a conversation
 * too; messages count when they were sent. Days, weeks and months are those of the workspace's zone, so a day has 23 to 25 hours.
 */
export const ANALYTICS_PERIODS = ['today', '7d', '30d', '90d', 'own'] as const;
/** `own`: the local days `from` to `to`, both included. The others end with today. */
export type AnalyticsPeriod = (typeof ANALYTICS_PERIODS)[number];
export const ANALYTICS_STEPS = ['quarter', 'hour', 'day', 'week', 'month'] as const;
export type AnalyticsStep = (typeof ANALYTICS_STEPS)[number];
export const ANALYTICS_DIMENSIONS = [
  'country',
  'city',
  'page',
  'referrer',
  'campaign',
  'browser',
  'os',
  'device',
  'language',
  'source',
  // How a visit came: direct, search, social, mail, assistant, website, campaign.
  'traffic',
  'goal',
  // Of conversations, not of visits.
  'chat_source',
  'chat_country',
] as const;
export type AnalyticsDimension = (typeof ANALYTICS_DIMENSIONS)[number];

export interface AnalyticsRange {
  /** Epoch ms; `to` is not included. */
  readonly from: number;
  readonly to: number;
  /** Local dates, YYYY-MM-DD, both included. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly timeZone: string;
}
/** null: nothing to say it by (no visit, no reply). */
export interface AnalyticsFigures {
  readonly visits: number;
  /** Each counted once in the whole range. */
  readonly visitors: number;
  readonly pages: number;
  /** Visits of one page. */
  readonly bounces: number;
  /** Mean, from the first page to the last activity. */
  readonly sessionMs: number | null;
  /** Conversations that a visitor wrote in. */
  readonly chats: number;
  readonly messages: number;
  readonly firstReplies: number;
  /** Median until a person of the team answered; within 9 %, as all medians here. */
  readonly firstReplyMs: number | null;
  readonly resolutions: number;
  readonly resolutionMs: number | null;
  /** How many gave 1, 2, 3, 4, 5 stars. */
  readonly ratings: readonly number[];
  /** Conversations that an AI agent had a part in, and how long it had them, together. */
  readonly botChats: number;
  readonly botMs: number;
}
/** How conversations of a period went. */
export interface AnalyticsService {
  readonly firstReplies: number;
  readonly firstReplyMs: number | null;
  readonly resolutions: number;
  readonly resolutionMs: number | null;
  readonly ratings: readonly number[];
  readonly botChats: number;
}
export interface AnalyticsPoint {
  readonly at: number;
  readonly visits: number;
  /** Each counted once in this period; null in quarter-hours and hours, where it is not kept. */
  readonly visitors: number | null;
  readonly pages: number;
  readonly chats: number;
  readonly messages: number;
  /** Only when it was asked for (`service=true`). */
  readonly service?: AnalyticsService;
}
export interface AnalyticsOverview {
  /** The server's time when it answered, by the clock that visits are counted by: what is after it has not happened yet. */
  readonly at: number;
  readonly range: AnalyticsRange;
  readonly step: AnalyticsStep;
  readonly figures: AnalyticsFigures;
  readonly points: readonly AnalyticsPoint[];
  /** The same number of days just before; null when it was not asked for. */
  readonly before: {
    readonly range: AnalyticsRange;
    readonly figures: AnalyticsFigures;
    readonly points: readonly AnalyticsPoint[];
  } | null;
}
export interface AnalyticsValue {
  /** ISO country, path, host, name; of a city its place id; '' is unknown, or none (direct, no campaign). */
  readonly value: string;
  /** For people; of a city its name and region, '' where only `country` is known of the place. Else the value. */
  readonly label: string;
  readonly country: string;
  /** Of `chat_…`: conversations. */
  readonly visits: number;
  /** Views; of `goal` how often it was reached; of `chat_…` 0. */
  readonly pages: number;
  /**
   * Visits in the range before, of a page its views; null when it was not asked for, and where it is among those that the range before keeps
   * together only.
   */
  readonly before: number | null;
}
export interface AnalyticsBreakdown {
  readonly range: AnalyticsRange;
  readonly dimension: AnalyticsDimension;
  /** Largest first; a page by its views, all else by visits. */
  readonly rows: readonly AnalyticsValue[];
  /** Values beyond the 500 that a period keeps, put together: they are in no row, and not known one by one. null: there are none. */
  readonly other: { readonly visits: number; readonly pages: number } | null;
  /**
   * All that no row has, smaller values and `other`: rows and rest are the total, of pages by their views, of all else by visits. null: the
   * rows are all there is, or it is by `goal`, where a visit may count several times.
   */
  readonly rest: {
    /** null by `page`: a visit that saw several pages counts in several rows. */
    readonly visits: number | null;
    readonly pages: number;
    readonly before: number | null;
  } | null;
  /** Of all visits in the range, or all conversations: what shares are of. `before`: null when it was not asked for. */
  readonly total: { readonly visits: number; readonly pages: number; readonly before: number | null };
  /** There are more values than `limit`. */
  readonly more: boolean;
}
export interface AnalyticsOnline {
  readonly range: AnalyticsRange;
  readonly step: AnalyticsStep;
  /** Of the samples taken each minute, from the first visit on; periods in which the server did not run are absent. */
  readonly points: readonly { readonly at: number; readonly max: number; readonly average: number }[];
  readonly peak: { readonly at: number; readonly online: number } | null;
}
export interface AnalyticsTimes {
  readonly count: number;
  readonly meanMs: number | null;
  readonly medianMs: number | null;
  /** Ascending, empty ones left out. */
  readonly histogram: readonly { readonly fromMs: number; readonly toMs: number; readonly count: number }[];
}
export interface AnalyticsAgent {
  readonly agent: string;
  readonly name: string;
  readonly chats: number;
  readonly messages: number;
  readonly firstReply: AnalyticsTimes;
  readonly resolution: AnalyticsTimes;
  readonly ratings: readonly number[];
}
export interface AnalyticsTeam {
  readonly range: AnalyticsRange;
  readonly firstReply: AnalyticsTimes;
  readonly resolution: AnalyticsTimes;
  readonly ratings: readonly number[];
  readonly messages: { readonly visitor: number; readonly agent: number; readonly ai: number };
  /** Most chats first; people who have left the team have no name. */
  readonly agents: readonly AnalyticsAgent[];
}
export interface AnalyticsGoals {
  readonly range: AnalyticsRange;
  readonly visits: number;
  readonly goals: readonly {
    readonly goal: string;
    /** Visits that reached it, and how often. */
    readonly visits: number;
    readonly times: number;
    readonly values: readonly { readonly currency: string; readonly sum: number; readonly times: number }[];
  }[];
  /** Quality of leads by place: visits of a country, and those of them that reached each goal. Most visits first. */
  readonly countries: readonly {
    readonly country: string;
    readonly visits: number;
    readonly goals: Readonly<Record<string, number>>;
  }[];
}
