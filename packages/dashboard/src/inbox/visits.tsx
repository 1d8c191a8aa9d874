import type { Row } from '@foyer/protocol';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useLiveView } from '../app/live.ts';
import { useMe } from '../app/session.ts';
import { Listeners } from '../live/listeners.ts';
import type { ViewStore } from '../live/view-store.ts';

/** Visits in which somebody talks. More than a window holds are shown without their dot and flag. */
const FILTER = 'status:unassigned,assigned,ai,chatting,resolved';
const MOST = 200;

/** Rows of visits by visitor. */
class Visits {
  readonly #store: ViewStore;
  readonly #byVisitor = new Map<string, string>();
  readonly #changed = new Listeners();
  #order: readonly string[] | null = null;

  constructor(store: ViewStore) {
    this.#store = store;
  }
  follow(): () => void {
    const read = (): void => {
      const order = this.#store.rows?.order ?? [];
      if (order === this.#order) return;
      this.#order = order;
      this.#byVisitor.clear();
      for (const id of order) {
        const row = this.#store.row(id);
        if (row) this.#byVisitor.set(row.visitor, id);
      }
      this.#changed.notify();
    };
    read();
    return this.#store.subscribeRows(read);
  }
  of(visitor: string): Row | undefined {
    const id = this.#byVisitor.get(visitor);
    return id === undefined ? undefined : this.#store.row(id);
  }
  subscribe(visitor: string, listener: () => void): () => void {
    let undoRow = (): void => {};
    const again = (): void => {
      undoRow();
      const id = this.#byVisitor.get(visitor);
      undoRow = id === undefined ? (): void => {} : this.#store.subscribeRow(id, listener);
    };
    again();
    const undo = this.#changed.subscribe(() => {
      again();
      listener();
    });
    return () => {
      undo();
      undoRow();
    };
  }
}

const VisitsContext = createContext<Visits | null>(null);

/** Follows the visits that belong to conversations, all by one view of the socket. */
export function VisitsProvider({ children }: { readonly children: ReactNode }) {
  const me = useMe();
  const isLive = me.workspace.trackingInPlan && me.settings.tracking;
  const store = useLiveView(
    isLive ? 'inbox' : 'none',
    isLive ? { scope: {}, filter: FILTER, streams: ['rows'], window: { sort: 'arrived', dir: 'desc', before: 0, after: MOST } } : null,
  );
  const visits = useMemo(() => (store ? new Visits(store) : null), [store]);
  useEffect(() => visits?.follow(), [visits]);
  return <VisitsContext value={visits}>{children}</VisitsContext>;
}

const never = (): void => {};
/** The visit of a conversation's visitor, while it is listed. */
export function useVisitOf(visitor: string): Row | undefined {
  const visits = use(VisitsContext);
  return useSyncExternalStore(
    useCallback((run: () => void) => (visits && visitor !== '' ? visits.subscribe(visitor, run) : never), [visits, visitor]),
    () => (visitor === '' ? undefined : visits?.of(visitor)),
  );
}
