import type { Site } from '@foyer/protocol';
import {
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { VisitList } from '../live/visit-list.ts';
import { Icon } from '../ui/icons.tsx';
import { GhostRow, VisitRow } from './visit-row.tsx';

/** As in CSS: 56 px, 60 on a phone. */
const ROW_PX = 56;
const PHONE_ROW_PX = 60;
/** Rows drawn beyond the screen, so that a scroll shows no white. */
const OVERSCAN = 8;
/** Browsers cap an element at 17–33 million px; a longer list is drawn in stretches of this many rows that follow one another. */
const STRETCH = 240_000;

const phone = window.matchMedia('(max-width: 760px)');
const subscribePhone = (run: () => void): (() => void) => {
  phone.addEventListener('change', run);
  return () => phone.removeEventListener('change', run);
};

/**
 * The list: only the rows on screen exist, at fixed heights, so a list of a hundred thousand scrolls like one of ten.
 * It is one listbox to the keyboard and to screen readers; each option says its place in the whole.
 */
export function VisitListView({
  list,
  sites,
  selected,
  onSelect,
  showReason,
  filterOn,
  onClearFilter,
}: {
  readonly list: VisitList;
  readonly sites: readonly Site[];
  /** Visitor id. */
  readonly selected: string | null;
  readonly onSelect: (visitor: string | undefined) => void;
  readonly showReason: boolean;
  readonly filterOn: boolean;
  readonly onClearFilter: () => void;
}) {
  const state = useSyncExternalStore(list.subscribe, list.get);
  const rowPx = useSyncExternalStore(subscribePhone, () => phone.matches) ? PHONE_ROW_PX : ROW_PX;
  const scroller = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState({ first: 0, count: 20 });
  const [cursor, setCursor] = useState<string | null>(null);
  /** Row the keyboard went to before its window arrived (End in a long list). */
  const awaited = useRef<number | null>(null);
  const entered = useEntered(state.rows.order, state.held, state.store);
  const count = Math.min(state.count, STRETCH);

  const measure = (): void => {
    const element = scroller.current;
    if (!element) return;
    const top = Math.max(0, element.scrollTop);
    const next = { first: Math.floor(top / rowPx), count: Math.ceil(element.clientHeight / rowPx) + 1 };
    setRange((old) => (old.first === next.first && old.count === next.count ? old : next));
    // Rounded up: half a row scrolled away is scrolled, and the first whole row is the one looked at.
    list.setViewport(Math.ceil(top / rowPx), next.count);
    const moved = list.stretch(STRETCH);
    if (moved !== 0) element.scrollTop = top + moved * rowPx;
  };
  const onMeasured = useEffectEvent(measure);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => onMeasured());
    observer.observe(element);
    return () => observer.disconnect();
  }, [list, rowPx]);
  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
    setCursor(null);
    onMeasured();
  }, [state.store]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || state.base >= 0) return;
    const closed = list.closeGap(Math.floor(element.scrollTop / rowPx));
    if (closed > 0) element.scrollTop -= closed * rowPx;
  });

  useEffect(() => {
    const id = awaited.current === null ? undefined : list.idAt(awaited.current);
    if (id === undefined) return;
    awaited.current = null;
    setCursor(id);
  }, [state, list]);

  const toTop = (): void => {
    if (scroller.current) scroller.current.scrollTop = 0;
    list.toTop();
  };
  const hover = (event: PointerEvent, inside: boolean): void => {
    if (event.pointerType === 'touch') return;
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-visit]') : null;
    list.setPointer(inside, inside ? (row?.dataset['visit'] ?? null) : null);
  };
  const reveal = (d: number): void => {
    const element = scroller.current;
    if (!element) return;
    const top = d * rowPx;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowPx > element.scrollTop + element.clientHeight) element.scrollTop = top + rowPx - element.clientHeight;
  };
  const openCursor = (id: string | null): void => {
    const row = id === null ? undefined : list.row(id);
    if (row) onSelect(row.visitor);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = cursor === null ? -1 : list.indexOf(cursor);
    const page = Math.max(1, range.count - 2);
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at < 0 ? 0 : at - 1,
      Home: 0,
      End: count - 1,
      PageDown: Math.max(at, 0) + page,
      PageUp: at - page,
    }[event.key];
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      openCursor(cursor);
    } else if (event.key === 'Escape' && selected) onSelect(undefined);
    else if (to !== undefined && count > 0) {
      event.preventDefault();
      if (event.key === 'Home' && state.held) toTop();
      const d = Math.min(count - 1, Math.max(0, to));
      reveal(d);
      const id = list.idAt(d);
      awaited.current = id === undefined ? d : null;
      if (id === undefined) return;
      setCursor(id);
      // With the panel open, the arrows walk through the visitors themselves.
      if (selected) openCursor(id);
    }
  };

  const from = Math.max(0, range.first - OVERSCAN);
  const to = Math.min(count, range.first + range.count + OVERSCAN);
  const rows: { d: number; id: string | undefined }[] = [];
  for (let d = from; d < to; d += 1) rows.push({ d, id: list.idAt(d) });
  const isEmpty = state.count === 0 && !state.pending;
  const first = state.query === null || (state.pending && state.count === 0);
  return (
    <div className="visit-list-wrap goes-stale" data-pending={state.pending && state.query !== null ? true : undefined}>
      {state.fresh > 0 && state.held && (
        <button className="new-chip" type="button" data-testid="new-chip" onClick={toTop}>
          <Icon name="up" size="sm" />
          <span className="num">{state.fresh.toLocaleString('en')}</span> new
        </button>
      )}
      <div
        id="visit-list"
        className="visit-list"
        ref={scroller}
        role="listbox"
        tabIndex={0}
        aria-label={showReason ? 'Visits left out of the counts, newest first' : 'Listed visits, newest first'}
        aria-busy={first}
        aria-activedescendant={cursor !== null && list.indexOf(cursor) >= 0 ? `visit-${cursor}` : undefined}
        data-testid="visit-list"
        data-total={state.rows.total}
        onScroll={measure}
        onKeyDown={onKeyDown}
        onPointerEnter={(event) => hover(event, true)}
        onPointerMove={(event) => hover(event, true)}
        onPointerLeave={(event) => hover(event, false)}
        onFocus={() => {
          if (cursor === null || list.indexOf(cursor) < 0) setCursor(list.idAt(range.first) ?? null);
        }}
        onClick={(event) => {
          const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-visit]') : null;
          const id = row?.dataset['visit'];
          if (id === undefined) return;
          setCursor(id);
          openCursor(id);
        }}
      >
        <div className="visit-canvas" role="presentation" style={{ height: first ? undefined : count * rowPx }}>
          {first
            ? Array.from({ length: 12 }, (_, d) => <GhostRow key={d} top={d * rowPx} d={d} />)
            : rows.map(({ d, id }) =>
                id === undefined
                  ? d + state.base >= 0 && <GhostRow key={`ghost ${d}`} top={d * rowPx} d={d} />
                  : state.store && (
                      <VisitRow
                        key={id}
                        id={id}
                        store={state.store}
                        top={d * rowPx}
                        position={d + state.base + 1}
                        total={state.rows.total}
                        selected={selected}
                        cursor={cursor === id}
                        sites={sites}
                        showReason={showReason}
                        enters={entered.has(id)}
                      />
                    ),
              )}
        </div>
      </div>
      {isEmpty && (
        <div className="sidebar-empty empty">
          {filterOn ? (
            <>
              <h2>Nobody matches</h2>
              <p>Nobody on the list fits this filter right now. Whoever does will appear here.</p>
              <button className="button" type="button" onClick={onClearFilter}>
                Clear the filter
              </button>
            </>
          ) : showReason ? (
            <>
              <h2>Nobody left out</h2>
              <p>Bots, automated browsers and your own team would be listed here, with the reason.</p>
            </>
          ) : (
            <>
              <h2>Nobody here right now</h2>
              <p>Visitors appear the moment they arrive. Nothing to reload.</p>
            </>
          )}
        </div>
      )}
    </div>
  );
}

/** Ids that came in at the last change of a list that was not held: they may slide in. A first answer or a new query is no arrival. */
function useEntered(order: readonly string[], held: boolean, store: unknown): ReadonlySet<string> {
  const last = useRef<{ order: readonly string[]; store: unknown; entered: ReadonlySet<string> }>({ order, store, entered: new Set() });
  if (last.current.order !== order || last.current.store !== store) {
    const known = new Set(last.current.order);
    const arrivals = held || last.current.store !== store || known.size === 0 ? [] : order.slice(0, 5).filter((id) => !known.has(id));
    last.current = { order, store, entered: new Set(arrivals) };
  }
  return last.current.entered;
}
