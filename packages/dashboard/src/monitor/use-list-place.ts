import { rowKeyOf } from '@foyer/domain/board';
import type { RowKey, Site } from '@foyer/protocol';
import { useEffect, useRef, useState } from 'react';
import { useLive } from '../app/live.ts';
import { browserClock } from '../live/browser.ts';
import type { ConsoleClient, LiveDetail, LiveView } from '../live/console-client.ts';
import { Listeners } from '../live/listeners.ts';
import type { LiveClock } from '../live/ports.ts';
import { NEWEST_FIRST, sameKey } from '../live/row-order.ts';
import type { ListQuery, VisitList } from '../live/visit-list.ts';
import { useListPart } from '../visitors/use-list.ts';
import type { LiveStanding, Standing } from '../visitors/use-standing.ts';

/** What is said of a visit and where it stands come in frames of their own: for so long one may be ahead of the other. */
const AHEAD_MS = 1_000;

/** Where the visit stands in the whole list as it is sorted, and who is beside it, wherever the table is scrolled to. */
export function useListPlace(list: VisitList, live: LiveDetail | null, sites: readonly Site[]): LiveStanding | null {
  const { client } = useLive();
  const query = useListPart(list, (state) => state.query);
  const names = useRef(sites);
  names.current = sites;
  const [place, setPlace] = useState<ListPlace | null>(null);
  useEffect(() => {
    if (!query || !live) return setPlace(null);
    const siteName = (id: string): string => names.current.find((site) => site.id === id)?.name ?? id;
    const opened = new ListPlace({ client, clock: browserClock, query, live, siteName });
    setPlace(opened);
    return () => opened.close();
  }, [client, query, live]);
  return place;
}

/**
 * ListPlace — a window of three rows around one visit, in any order.
 *
 * It moves along with the visit: each time that what the visit is sorted by changes, the window is asked for where it stands by then.
 */
export class ListPlace implements LiveStanding {
  readonly #q: {
    readonly client: ConsoleClient;
    readonly clock: LiveClock;
    readonly query: ListQuery;
    readonly live: LiveDetail;
    readonly siteName: (id: string) => string;
  };
  readonly #changed = new Listeners();
  readonly #undo: () => void;
  #view: LiveView | null = null;
  #undoView: () => void = () => {};
  #visit = '';
  #key: RowKey = 0;
  #standing: Standing | null = null;
  #cancelWait: (() => void) | null = null;

  constructor(q: {
    client: ConsoleClient;
    clock: LiveClock;
    query: ListQuery;
    live: LiveDetail;
    /** What a site is called. */
    siteName: (id: string) => string;
  }) {
    this.#q = q;
    this.#undo = q.live.subscribe(() => this.#follow());
    this.#follow();
  }

  readonly read = (): Standing | null => this.#standing;
  readonly subscribe = this.#changed.subscribe;

  close(): void {
    this.#undo();
    this.#undoView();
    this.#cancelWait?.();
    this.#view?.close();
  }

  #follow(): void {
    const { client, query, live, siteName } = this.#q;
    const detail = live.get();
    if (!detail) return;
    const order = query.order ?? NEWEST_FIRST;
    const key = rowKeyOf(detail, order, siteName);
    if (detail.id === this.#visit && sameKey(key, this.#key)) return;
    this.#visit = detail.id;
    this.#key = key;
    const window = { ...order, anchor: { key, id: detail.id }, before: 1, after: 2 };
    if (this.#view) return this.#view.move(window);
    const { scope, filter } = query;
    const view = client.openView({ scope, filter, streams: ['rows'], window });
    this.#view = view;
    const undo = [view.store.subscribeRows(() => this.#look(view)), view.store.subscribeMeta(() => this.#look(view))];
    this.#undoView = () => {
      for (const end of undo) end();
    };
  }

  #look({ store }: LiveView): void {
    if (!store.meta.ready) return;
    const { rows } = store;
    const at = rows.order.indexOf(this.#visit);
    if (at < 0) {
      this.#cancelWait ??= this.#q.clock.after(AHEAD_MS, () => this.#set({ ...this.#beside(-1), index: -1, total: store.rows.total }));
      return;
    }
    this.#cancelWait?.();
    this.#cancelWait = null;
    this.#set({ ...this.#beside(at), index: rows.before + at, total: rows.total });
  }

  #beside(at: number): Omit<Standing, 'index' | 'total'> {
    const store = this.#view?.store;
    const row = (i: number) => (at < 0 ? undefined : store?.row(store.rows.order[i] ?? ''));
    return { visit: this.#visit, key: this.#key, previous: row(at - 1), next: row(at + 1) };
  }

  #set(standing: Standing): void {
    this.#standing = standing;
    this.#changed.notify();
  }
}
