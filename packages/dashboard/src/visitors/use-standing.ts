import type { Row, RowKey } from '@foyer/protocol';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useLiveView } from '../app/live.ts';
import type { ViewStore } from '../live/view-store.ts';
import type { ListQuery } from '../live/visit-list.ts';

interface Visit {
  readonly visit: string;
  readonly startedAt: number;
}
/** Where a visit stands in a list, and who is beside it. */
export interface Standing {
  readonly visit: string;
  /** Sort key of the list; newest first, when the visit began. */
  readonly key: RowKey;
  /** 0-based; -1: it is not in this list (a filter, another site). */
  readonly index: number;
  readonly total: number;
  readonly previous: Row | undefined;
  readonly next: Row | undefined;
}
/** Answers anew what the live window knows; null until it was heard. */
export interface LiveStanding {
  readonly read: () => Standing | null;
  readonly subscribe: (listener: () => void) => () => void;
}

/**
 * A live window of three rows around the visit, so that its place is right wherever the list is scrolled to, in a list of any length.
 * It is a handle: only who shows the place renders when it changes.
 */
export function useLiveStanding(query: ListQuery | null, visit: Visit | null): LiveStanding | null {
  const key = query && visit ? JSON.stringify([query.scope, query.filter, visit.visit, visit.startedAt]) : '';
  const store = useLiveView(
    key,
    query && visit
      ? {
          ...query,
          streams: ['rows'],
          window: { sort: 'arrived', dir: 'desc', anchor: { key: visit.startedAt, id: visit.visit }, before: 1, after: 2 },
        }
      : null,
  );
  const id = visit?.visit;
  const startedAt = visit?.startedAt;
  return useMemo(
    () => (store && id !== undefined && startedAt !== undefined ? standingIn(store, { visit: id, startedAt }) : null),
    [store, id, startedAt],
  );
}

function standingIn(store: ViewStore, visit: Visit): LiveStanding {
  let last: { readonly rows: ViewStore['rows']; readonly standing: Standing } | null = null;
  return {
    read: () => {
      const { rows, meta } = store;
      if (!meta.ready) return null;
      if (last?.rows === rows) return last.standing;
      const at = rows.order.indexOf(visit.visit);
      const row = (i: number): Row | undefined => {
        const id = rows.order[i];
        return at < 0 || id === undefined ? undefined : store.row(id);
      };
      const standing: Standing = {
        visit: visit.visit,
        key: visit.startedAt,
        index: at < 0 ? -1 : rows.before + at,
        total: rows.total,
        previous: row(at - 1),
        next: row(at + 1),
      };
      last = { rows, standing };
      return standing;
    },
    subscribe: (listener) => {
      const undo = [store.subscribeRows(listener), store.subscribeMeta(listener)];
      return () => {
        for (const end of undo) end();
      };
    },
  };
}

const nothing = (): (() => void) => () => {};
export const useStanding = (live: LiveStanding | null): Standing | null =>
  useSyncExternalStore(live?.subscribe ?? nothing, () => live?.read() ?? null);

/** Id of the visit once it is known to stand in the list: changes once per choice. */
export function useFoundInList(live: LiveStanding | null): string | null {
  const read = useCallback(() => {
    const standing = live?.read();
    return standing && standing.index >= 0 ? standing.visit : null;
  }, [live]);
  return useSyncExternalStore(live?.subscribe ?? nothing, read);
}
