import type { Row } from '@foyer/protocol';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { ViewStore } from '../../live/view-store.ts';
import { useLiveView, useMeta, useRows } from '../live.ts';

/** As many as are seen without scrolling on a small screen. */
const MOST = 8;
/** A pause of typing; each view costs the server a count over everybody listed. */
const AFTER_MS = 120;
/** One word that may be (the beginning of) a visitor's id, or a number: `Visitor 12` is exactly that, not 120 as well. */
const LIKE_AN_ID = /^(?:\d+|[A-Za-z0-9][\w-]{5,})$/;

export interface FoundVisitors {
  readonly rows: readonly Row[];
  /** The query still waits, or its answer. */
  readonly isPending: boolean;
  /** Of all that match, also those that are not shown. */
  readonly total: number;
}

/** The listed visitors that a query finds, live while it stands: by number or id first, then by anything that the filter finds. */
export function useFoundVisitors(query: string, isOn: boolean): FoundVisitors {
  const wanted = isOn ? query : '';
  const settled = useSettled(wanted);
  const window = { sort: 'arrived', dir: 'desc', before: 0, after: MOST } as const;
  const isLikeId = LIKE_AN_ID.test(settled);
  const byId = useLiveView(
    `palette id ${settled}`,
    isLikeId ? { scope: {}, filter: `visitor:${settled}`, streams: ['rows'], window } : null,
  );
  const byText = useLiveView(`palette ${settled}`, settled === '' ? null : { scope: {}, filter: settled, streams: ['rows'], window });
  const exact = useRowsOf(byId);
  const found = useRowsOf(byText);
  const total = useRows(byText)?.total ?? 0;
  const meta = useMeta(byText);
  const rows = useMemo(() => {
    const seen = new Set<string>();
    return [...exact, ...found].filter((row) => !seen.has(row.visitor) && seen.add(row.visitor)).slice(0, MOST);
  }, [exact, found]);
  const isPending = wanted !== settled || (settled !== '' && !(meta?.ready ?? false) && meta?.refused == null);
  // Until the next answer is there the one before stands, or the list would blink with every key.
  const held = useRef<Pick<FoundVisitors, 'rows' | 'total'>>({ rows: NONE, total: 0 });
  if (!isPending) held.current = settled === '' ? { rows: NONE, total: 0 } : { rows, total: Math.max(total, rows.length) };
  return { ...held.current, isPending };
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    if (text === settled) return;
    const timer = setTimeout(() => setSettled(text), text === '' ? 0 : AFTER_MS);
    return () => clearTimeout(timer);
  }, [text, settled]);
  return settled;
}

const NONE: readonly Row[] = [];

/** The rows of a small view, again whenever one of them changes. */
function useRowsOf(store: ViewStore | null): readonly Row[] {
  const held = useRef<readonly Row[]>(NONE);
  const subscribe = useCallback((changed: () => void) => (store ? subscribeAllRows(store, changed) : () => {}), [store]);
  return useSyncExternalStore(subscribe, () => {
    const rows = store?.rows.order.flatMap((id) => store.row(id) ?? []) ?? NONE;
    if (rows.length !== held.current.length || rows.some((row, i) => row !== held.current[i])) held.current = rows;
    return held.current;
  });
}

function subscribeAllRows(store: ViewStore, changed: () => void): () => void {
  let undo: (() => void)[] = [];
  const stop = (): void => {
    for (const end of undo) end();
  };
  const again = (): void => {
    stop();
    undo = store.rows.order.map((id) => store.subscribeRow(id, changed));
  };
  again();
  const end = store.subscribeRows(() => {
    again();
    changed();
  });
  return () => {
    stop();
    end();
  };
}
