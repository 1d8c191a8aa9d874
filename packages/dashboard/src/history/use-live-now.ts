import { LIMITS, type Row, type Scope } from '@foyer/protocol';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useLiveView } from '../app/live.ts';
import { Listeners } from '../live/listeners.ts';
import type { ViewStore } from '../live/view-store.ts';

/** Who of a scope is listed right now, as far as a window reaches: what goes on in a list of the past. */
export interface LiveNow {
  readonly visit: (id: string) => Row | undefined;
  readonly visitor: (id: string) => Row | undefined;
  readonly subscribe: (listener: () => void) => () => void;
  readonly arrivals: () => readonly Row[];
  /** Whether whoever was there at this time, or later, is known here: who is not has gone. Of visits when they began, of people when they were last seen. */
  readonly reaches: (at: number) => boolean;
}

/**
 * Rows followed. Arrivals keep their order; by activity each frame brings other rows, so of those no more than a page of the list.
 */
const FOLLOWED = { arrived: LIMITS.windowRows, activity: 60 } as const;

/** The first rows of the live list of this scope; null: nobody is asked for. */
export function useLiveNow(scope: Scope | null, sort: 'arrived' | 'activity'): LiveNow | null {
  const store = useLiveView(
    JSON.stringify(['history', scope, sort]),
    scope && { scope, filter: '', streams: ['rows'], window: { sort, dir: 'desc', before: 0, after: FOLLOWED[sort] } },
  );
  return useMemo(() => (store ? liveNow(store, sort) : null), [store, sort]);
}

function liveNow(store: ViewStore, sort: 'arrived' | 'activity'): LiveNow {
  let order: readonly string[] | null = null;
  let byVisitor = new Map<string, string>();
  const read = (): void => {
    if (order === store.rows.order) return;
    order = store.rows.order;
    byVisitor = new Map();
    for (const id of order) {
      const row = store.row(id);
      if (row && !byVisitor.has(row.visitor)) byVisitor.set(row.visitor, id);
    }
  };
  // One subscription for a whole list, told once however many rows a frame changed.
  const changed = new Listeners();
  let isTold = true;
  const tell = (): void => {
    if (!isTold) return;
    isTold = false;
    queueMicrotask(() => {
      isTold = true;
      changed.notify();
    });
  };
  let undo: (() => void) | null = null;
  const begin = (): (() => void) => {
    let rows: (() => void)[] = [];
    let followed: readonly string[] | null = null;
    const follow = (): void => {
      if (followed === store.rows.order) return;
      followed = store.rows.order;
      for (const end of rows) end();
      rows = followed.map((id) => store.subscribeRow(id, tell));
    };
    follow();
    const end = store.subscribeRows(() => {
      follow();
      tell();
    });
    return () => {
      end();
      for (const one of rows) one();
    };
  };
  const subscribe = (listener: () => void): (() => void) => {
    const leave = changed.subscribe(listener);
    undo ??= begin();
    return () => {
      leave();
      if (changed.size > 0) return;
      undo?.();
      undo = null;
    };
  };
  return {
    visit: (id) => store.row(id),
    visitor: (id) => {
      read();
      const visit = byVisitor.get(id);
      return visit === undefined ? undefined : store.row(visit);
    },
    subscribe,
    arrivals: () => store.rows.order.flatMap((id) => store.row(id) ?? []),
    reaches: (at) => {
      if (!store.meta.ready) return false;
      const { before, order: shown, total } = store.rows;
      const last = store.row(shown.at(-1) ?? '');
      return before + shown.length >= total || (last !== undefined && at > (sort === 'arrived' ? last.startedAt : last.lastActivityAt));
    },
  };
}

const nothing = (): (() => void) => () => {};

/** The live row of a visit, or of a visitor's present one; renders again only when it changes. */
export function useLiveRow(live: LiveNow | null, q: { readonly visit: string } | { readonly visitor: string }): Row | undefined {
  const visit = 'visit' in q ? q.visit : undefined;
  const visitor = 'visitor' in q ? q.visitor : undefined;
  const read = useCallback(() => (visit === undefined ? live?.visitor(visitor ?? '') : live?.visit(visit)), [live, visit, visitor]);
  return useSyncExternalStore(live?.subscribe ?? nothing, read);
}

/** How many visits began since the newest of this list did; 0 while the list is not one of the newest. */
export function useArrivals(live: LiveNow | null, since: number | null): number {
  return useSyncExternalStore(live?.subscribe ?? nothing, () => {
    if (!live || since === null) return 0;
    return live.arrivals().filter((row) => row.startedAt > since).length;
  });
}
