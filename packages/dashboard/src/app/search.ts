/** What stands behind the `?` of each page. Texts: addresses are sent to colleagues, and typed. */
export interface VisitorsSearch {
  readonly site?: string | undefined;
  readonly filter?: string | undefined;
  /** Visitor id of the selected row. */
  readonly visitor?: string | undefined;
  /** `filtered`: the visits left out of the counts. `conversations`: those without a visit on the map. */
  readonly list?: 'filtered' | 'conversations' | undefined;
  /** Id of the selected one, of a list of conversations. */
  readonly conversation?: string | undefined;
  /** The place whose list is open: see place-param.ts. */
  readonly place?: string | undefined;
  /** The day is played: the moment shown, as epoch seconds; `1`: from its beginning. */
  readonly replay?: string | undefined;
}
export interface InboxSearch {
  readonly tab?: 'waiting' | 'mine' | 'ai' | 'resolved' | undefined;
  readonly source?: string | undefined;
  /** User id; `none`: nobody's. */
  readonly assignee?: string | undefined;
  readonly team?: string | undefined;
  readonly tag?: string | undefined;
  readonly site?: string | undefined;
  /** What is searched for in all transcripts. */
  readonly q?: string | undefined;
  /** `seq` of the message to show. */
  readonly at?: string | undefined;
}
export interface MonitorSearch extends Pick<VisitorsSearch, 'site' | 'filter' | 'visitor'> {
  /** Column, with `-` in front for the other way round. */
  readonly sort?: string | undefined;
  readonly group?: 'context' | 'country' | undefined;
  /** Columns shown, in order, joined by commas. */
  readonly columns?: string | undefined;
}
/** What all pages of analytics share, so that a range is kept from one to the next. */
export interface AnalyticsSearch {
  readonly site?: string | undefined;
  readonly period?: string | undefined;
  /** First and last local day of an own range, YYYY-MM-DD. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** `0`: without the range before. */
  readonly compare?: string | undefined;
  /** The figure whose curve is shown. */
  readonly figure?: string | undefined;
}
export interface HistorySearch extends Pick<AnalyticsSearch, 'site' | 'from' | 'to'> {
  readonly q?: string | undefined;
  readonly country?: string | undefined;
  readonly source?: string | undefined;
  readonly goal?: string | undefined;
  readonly campaign?: string | undefined;
  readonly conversation?: string | undefined;
  readonly website?: string | undefined;
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  /** Id of the row whose details are open. */
  readonly open?: string | undefined;
}
export interface RequestsSearch {
  readonly ip?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly source?: string | undefined;
  /** First digit of the status. */
  readonly status?: string | undefined;
  /** Code of two letters; `none`: unknown. */
  readonly country?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}
