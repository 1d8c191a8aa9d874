import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/foyer-api.ts';

/** Each look asks anew: a visit that was current a moment ago is an earlier one now. */
export const pastVisitsQuery = (visitor: string) =>
  queryOptions({ queryKey: ['past-visits', visitor], queryFn: () => api.pastVisits(visitor), staleTime: 0, gcTime: 60_000 });
