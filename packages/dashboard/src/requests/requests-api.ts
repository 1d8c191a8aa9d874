import type { RequestLogPage, RequestTops } from '@foyer/protocol';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../api/request.ts';
import { askedFilter, hasReads, type RequestFilter } from './request-filter.ts';
import type { Span } from './time-range.ts';

export const PAGE_ROWS = 50;
/** How often it is looked whether there is something newer. */
const LOOK_EVERY_MS = 5_000;
export const MOST_TOPS = 6;

export interface PageQuery {
  readonly filter: RequestFilter;
  /** Reckoned when it is asked: the last hour is another one each time. */
  readonly span: () => Span;
  /** Stands for the span among the answers kept. */
  readonly range: string;
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

const search = (q: Readonly<Record<string, string | number | undefined>>): string => {
  const said = Object.entries(q).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]]));
  return new URLSearchParams(said).toString();
};
const read = ({ filter, span, after, before }: PageQuery, signal: AbortSignal): Promise<RequestLogPage> =>
  request<RequestLogPage>(`/request-log?${search({ ...askedFilter(filter), ...span(), after, before, limit: PAGE_ROWS })}`, { signal });
const keyOf = ({ filter, range, after, before }: PageQuery): readonly unknown[] => [filter, range, after ?? '', before ?? ''];

/** A page; what was there stays until it comes. */
export const pageQuery = (q: PageQuery) =>
  queryOptions({
    queryKey: ['requests', 'page', ...keyOf(q)],
    queryFn: ({ signal }) => read(q, signal),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 60_000,
  });
/** The newest page, again and again while somebody looks. `isWanted`: not from an older page, where nothing newer is shown. */
export const newestQuery = (q: PageQuery, isWanted: boolean) =>
  queryOptions({
    queryKey: ['requests', 'newest', ...keyOf(q)],
    queryFn: ({ signal }) => read(q, signal),
    refetchInterval: LOOK_EVERY_MS,
    enabled: isWanted,
    retry: false,
    gcTime: 0,
  });
export const topsQuery = ({ span, range, filter: { source } }: Pick<PageQuery, 'span' | 'range' | 'filter'>) => {
  // What dashboards read is in the sums where its lines are in the list; an endpoint that was chosen there changes no sum.
  const reads = hasReads({ source }) ? 'true' : undefined;
  return queryOptions({
    queryKey: ['requests', 'tops', range, reads ?? ''],
    queryFn: ({ signal }) => request<RequestTops>(`/request-log/tops?${search({ ...span(), reads, limit: MOST_TOPS })}`, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
};
