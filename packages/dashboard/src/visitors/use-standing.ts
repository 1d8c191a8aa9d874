import type { Row } from '@foyer/protocol';
import { useMemo } from 'react';
import { useLiveView, useRows } from '../app/live.ts';
import type { ListQuery } from '../live/visit-list.ts';

/** Where a visit stands in a list, and who is beside it. */
export interface Standing {
  readonly visit: string;
  /** Sort key of the list: when the visit began. */
  readonly key: number;
  /** 0-based; -1: it is not in this list (a filter, another site). */
  readonly index: number;
  readonly total: number;
  readonly previous: Row | undefined;
  readonly next: Row | undefined;
}

/**
 * From a live window of three rows around the visit, so that it is right wherever the list is scrolled to, in a list of any length.
 * null until the server has answered.
 */
export function useStanding(
  query: ListQuery | null,
  visit: { readonly visit: string; readonly startedAt: number } | null,
): Standing | null {
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
  const rows = useRows(store);
  return useMemo(() => {
    if (!store || !visit || !rows || !store.meta.ready) return null;
    const at = rows.order.indexOf(visit.visit);
    const row = (i: number): Row | undefined => {
      const id = rows.order[i];
      return at < 0 || id === undefined ? undefined : store.row(id);
    };
    return {
      visit: visit.visit,
      key: visit.startedAt,
      index: at < 0 ? -1 : rows.before + at,
      total: rows.total,
      previous: row(at - 1),
      next: row(at + 1),
    };
  }, [store, rows, visit]);
}
