import { infiniteQueryOptions, QueryClient, queryOptions } from '@tanstack/react-query';
import { api } from '../api/foyer-api.ts';
import { ApiFailure } from '../api/request.ts';
import { saidByThisPage } from '../api/said-by-page.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The server says when something changed (`changed` frames), so nothing is asked on a hunch.
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      retry: (count, failure) => count < 2 && failure instanceof ApiFailure && (failure.status === 0 || failure.status >= 500),
    },
  },
});

export const meQuery = queryOptions({ queryKey: ['me'], queryFn: api.me });
export const teamQuery = queryOptions({ queryKey: ['team'], queryFn: api.team });
export const invitationsQuery = queryOptions({ queryKey: ['invitations'], queryFn: api.invitations });
export const installQuery = (site: string) => queryOptions({ queryKey: ['install', site], queryFn: () => api.install(site) });

/** `changed: filters` frames make it read again. */
export const savedFiltersQuery = queryOptions({ queryKey: ['filters'], queryFn: api.savedFilters });
/** `changed: notes` frames make it read again. */
export const notesQuery = (visitor: string) => queryOptions({ queryKey: ['notes', visitor], queryFn: () => api.notes(visitor) });
export const blocksOfQuery = (visit: string) => queryOptions({ queryKey: ['blocks', visit], queryFn: () => api.blocksOf(visit) });
/** Nobody tells when one's own address or headers change, so each look asks anew. */
export const seenQuery = queryOptions({ queryKey: ['seen'], queryFn: () => api.seen(saidByThisPage()), staleTime: 0 });
/** Visits left out of the counts in the last 24 h, a page at a time. Each look asks anew. */
export const filteredReportQuery = (q: { readonly site?: string; readonly rule?: string }) =>
  infiniteQueryOptions({
    queryKey: ['filtered', q.site ?? '', q.rule ?? ''],
    queryFn: ({ pageParam }) => api.filteredReport({ ...q, ...(pageParam === '' ? {} : { before: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
