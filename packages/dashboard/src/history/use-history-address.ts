import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { HistoryQuery } from '../api/history-queries.ts';
import type { HistorySearch } from '../app/search.ts';

export type HistoryKind = 'people' | 'visits';
export const HISTORY_PATHS = { people: '/analytics/visitors', visits: '/analytics/visits' } as const;
/** What narrows the list; the rest of the address says where in it one is. */
const FILTERS = ['site', 'from', 'to', 'q', 'country', 'source', 'goal', 'campaign', 'conversation', 'website'] as const;
export const NO_FILTER: HistorySearch = Object.fromEntries([...FILTERS, 'after', 'before'].map((name) => [name, undefined]));

const yesNo = (text: string | undefined): 'true' | 'false' | undefined => (text === 'true' || text === 'false' ? text : undefined);

export interface HistoryAddress {
  readonly search: HistorySearch;
  readonly query: HistoryQuery;
  readonly isNarrowed: boolean;
  /** Another filter begins at the newest. `typing`: one entry of the browser's history for all of it. */
  readonly narrow: (set: HistorySearch, options?: { readonly typing?: boolean }) => void;
  /** undefined: nothing. From one to the next is one entry of the browser's history, not twenty. */
  readonly open: (id: string | undefined) => void;
}

/** Filter, page and what is open: all of it is in the address. */
export function useHistoryAddress(kind: HistoryKind): HistoryAddress {
  const navigate = useNavigate();
  const search: HistorySearch = useSearch({ strict: false });
  const { site, from, to, q, country, source, goal, campaign, conversation, website, after, before } = search;
  const query = useMemo(
    (): HistoryQuery => ({
      ...{ text: q, site, from, to, country, source, goal, campaign },
      ...{ conversation: yesNo(conversation), website: kind === 'people' ? yesNo(website) : undefined },
      // Both together are no page.
      ...(after === undefined ? { before } : { after }),
    }),
    [kind, q, site, from, to, country, source, goal, campaign, conversation, website, after, before],
  );
  const to_ = HISTORY_PATHS[kind];
  const go = (set: HistorySearch, replace: boolean): void => void navigate({ to: to_, search: (old) => ({ ...old, ...set }), replace });
  return {
    search,
    query,
    isNarrowed: FILTERS.some((name) => search[name] !== undefined && (kind === 'people' || name !== 'website')),
    narrow: (set, { typing = false } = {}) => go({ after: undefined, before: undefined, ...set }, typing),
    open: (id) => go({ open: id }, id !== undefined && search.open !== undefined),
  };
}
