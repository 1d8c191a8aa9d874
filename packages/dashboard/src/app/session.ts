import { useSuspenseQuery } from '@tanstack/react-query';
import type { Me } from '@foyer/protocol';
import { meQuery, queryClient } from './query-client.ts';

/** Who is signed in. The signed-in shell has loaded it, so it is there at once. */
export const useMe = (): Me => useSuspenseQuery(meQuery).data;

export const mayChangeSettings = (me: Pick<Me, 'role'>): boolean => me.role !== 'agent';

/** After sign-in, set-up or an accepted invitation: nothing of an earlier session may be shown. */
export function beginSession(me: Me): void {
  queryClient.clear();
  queryClient.setQueryData(meQuery.queryKey, me);
}
