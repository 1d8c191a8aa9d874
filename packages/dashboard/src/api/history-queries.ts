import type { AnalyticsBreakdown, HistoryPage, HistoryPerson, HistoryVisit } from '@foyer/protocol';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from './request.ts';

/** What a list of the past is narrowed to, as its address says it. */
export interface HistoryFilter {
  readonly text?: string | undefined;
  readonly site?: string | undefined;
  /** Days, YYYY-MM-DD, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly country?: string | undefined;
  readonly source?: string | undefined;
  readonly goal?: string | undefined;
  readonly campaign?: string | undefined;
  readonly conversation?: 'true' | 'false' | undefined;
  readonly website?: 'true' | 'false' | undefined;
}
export interface HistoryQuery extends HistoryFilter {
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}
/** Rows of one page: three screens. */
const PAGE_ROWS = 50;

function said(q: object): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(q) as [string, string | number | undefined][])
    if (value !== undefined && value !== '') params.set(name, String(value));
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** Each look asks anew. The page before stays on screen until the next one is there. */
export const peopleQuery = (q: HistoryQuery) =>
  queryOptions({
    queryKey: ['history', 'people', q],
    queryFn: ({ signal }) => request<HistoryPage<HistoryPerson>>(`/history/people${said({ ...q, limit: PAGE_ROWS })}`, { signal }),
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
export const visitsQuery = (q: HistoryQuery) =>
  queryOptions({
    queryKey: ['history', 'visits', q],
    queryFn: ({ signal }) => request<HistoryPage<HistoryVisit>>(`/history/visits${said({ ...q, limit: PAGE_ROWS })}`, { signal }),
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ['history', 'person', id],
    queryFn: () => request<HistoryPerson>(`/history/people/${encodeURIComponent(id)}`),
    staleTime: 0,
  });
export const visitQuery = (id: string) =>
  queryOptions({
    queryKey: ['history', 'visit', id],
    queryFn: () => request<HistoryVisit>(`/history/visits/${encodeURIComponent(id)}`),
    staleTime: 0,
  });
/** To be opened as a link: the browser saves it as it comes. */
export const csvUrl = (kind: 'people' | 'visits', q: HistoryFilter): string => `/api/v1/history/${kind}.csv${said(q)}`;

/** What there is to choose from: the most frequent of the last 90 days. */
export const choicesQuery = (dimension: 'country' | 'campaign', site: string | undefined) =>
  queryOptions({
    queryKey: ['history', 'choices', dimension, site ?? ''],
    queryFn: async () => {
      const { rows } = await request<AnalyticsBreakdown>(`/analytics/breakdown${said({ dimension, period: '90d', limit: 200, site })}`);
      return rows.map(({ value }) => value).filter((value) => value !== '');
    },
    staleTime: 300_000,
  });
