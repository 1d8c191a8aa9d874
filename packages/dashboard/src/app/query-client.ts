import { QueryClient, queryOptions } from '@tanstack/react-query';
import { api } from '../api/foyer-api.ts';
import { ApiFailure } from '../api/request.ts';

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
