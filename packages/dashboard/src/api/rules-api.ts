import type { ContextEntry, GoalEntry, SiteContexts, SiteGoals, TriedPage } from '@foyer/protocol';
import { queryOptions } from '@tanstack/react-query';
import { request } from './request.ts';

/** What pages of a site are, and which goals there are. All throw `ApiFailure`. */
const of = (site: string): string => `/sites/${encodeURIComponent(site)}`;
export const rulesApi = {
  contexts: (site: string) => request<SiteContexts>(`${of(site)}/contexts`),
  saveContexts: (site: string, entries: readonly ContextEntry[]) =>
    request<SiteContexts>(`${of(site)}/contexts`, { method: 'PUT', body: { entries } }),
  goals: (site: string) => request<SiteGoals>(`${of(site)}/goals`),
  saveGoals: (site: string, goals: readonly GoalEntry[]) => request<SiteGoals>(`${of(site)}/goals`, { method: 'PUT', body: { goals } }),
  /** What is not given is as saved. */
  tryPage: (
    q: {
      site: string;
      url: string;
      entries?: readonly ContextEntry[] | undefined;
      goals?: readonly GoalEntry[] | undefined;
    },
    signal: AbortSignal,
  ) => {
    const { site, ...body } = q;
    return request<TriedPage>(`${of(site)}/contexts/try`, { method: 'POST', body, signal });
  },
};

/** `changed: contexts` and `changed: goals` frames make them read again. */
export const contextsQuery = (site: string) => queryOptions({ queryKey: ['contexts', site], queryFn: () => rulesApi.contexts(site) });
export const goalsQuery = (site: string) => queryOptions({ queryKey: ['goals', site], queryFn: () => rulesApi.goals(site) });
/** Those that are on, of all these sites; each id once. */
export const allGoalsQuery = (sites: readonly { readonly id: string }[]) =>
  queryOptions({
    queryKey: ['goals', 'all', ...sites.map(({ id }) => id)],
    queryFn: async () => {
      const all = await Promise.all(sites.map(({ id }) => rulesApi.goals(id)));
      const on = all.flatMap(({ goals }) => goals.filter(({ enabled }) => enabled));
      return [...new Map(on.map((goal) => [goal.id, goal])).values()];
    },
  });
