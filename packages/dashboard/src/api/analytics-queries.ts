/** What the analytics pages ask. Each card asks for itself, keeps the answer, and asks again each minute while it is looked at. */
import type {
  AnalyticsBreakdown,
  AnalyticsDimension,
  AnalyticsGoals,
  AnalyticsOnline,
  AnalyticsOverview,
  AnalyticsPeriod,
  AnalyticsStep,
  AnalyticsTeam,
} from '@foyer/protocol';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from './request.ts';

/** Which days, of which site. `from` and `to` with an `own` range alone. */
export interface AnalyticsScope {
  readonly period: AnalyticsPeriod;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly site?: string | undefined;
}
/** A page that nobody looks at asks nothing; one that is looked at again asks when its figures are older than this. */
const FRESH_MS = 60_000;
const FRESH = { staleTime: FRESH_MS, refetchInterval: FRESH_MS, refetchOnWindowFocus: true } as const;

function ask<Answer>(what: string, given: Readonly<Record<string, string | number | boolean | undefined>>, signal: AbortSignal) {
  const params = new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as [string, string]])),
  );
  return request<Answer>(`/analytics/${what}?${params}`, { signal });
}

export const analyticsOverviewQuery = (scope: AnalyticsScope, compare: boolean) =>
  queryOptions({
    queryKey: ['analytics', 'overview', scope, compare],
    queryFn: ({ signal }) => ask<AnalyticsOverview>('overview', { ...scope, compare, service: true }, signal),
    placeholderData: keepPreviousData,
    ...FRESH,
  });
export const analyticsOnlineQuery = (scope: AnalyticsScope, step: AnalyticsStep) =>
  queryOptions({
    queryKey: ['analytics', 'online', scope, step],
    queryFn: ({ signal }) => ask<AnalyticsOnline>('online', { ...scope, step }, signal),
    placeholderData: keepPreviousData,
    ...FRESH,
  });
export const analyticsBreakdownQuery = (scope: AnalyticsScope, q: { dimension: AnalyticsDimension; compare: boolean; limit: number }) =>
  queryOptions<AnalyticsBreakdown, Error, AnalyticsBreakdown, readonly unknown[]>({
    queryKey: ['analytics', 'breakdown', scope, q],
    queryFn: ({ signal }) => ask<AnalyticsBreakdown>('breakdown', { ...scope, ...q }, signal),
    // Another range of the same may stand in for a moment; cities would not do for countries.
    placeholderData: (before) => (before?.dimension === q.dimension ? before : undefined),
    ...FRESH,
  });
export const analyticsGoalsQuery = (scope: AnalyticsScope) =>
  queryOptions({
    queryKey: ['analytics', 'goals', scope],
    queryFn: ({ signal }) => ask<AnalyticsGoals>('goals', { ...scope, limit: 100 }, signal),
    placeholderData: keepPreviousData,
    ...FRESH,
  });
export const analyticsTeamQuery = (scope: AnalyticsScope) =>
  queryOptions({
    queryKey: ['analytics', 'team', scope],
    queryFn: ({ signal }) => ask<AnalyticsTeam>('team', { ...scope }, signal),
    placeholderData: keepPreviousData,
    ...FRESH,
  });
