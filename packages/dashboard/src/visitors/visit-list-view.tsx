import type { Row, Site } from '@foyer/protocol';
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { VisitList } from '../live/visit-list.ts';
import { late } from '../ui/late.tsx';
import { usePhone } from '../ui/use-phone.ts';
import { asked } from './chat/asked.ts';
import { rowFor } from './list-keys.ts';
import { preloadTip } from './tip-host.tsx';
import type { TipIntent } from './tip-intent.ts';
import { type LiveStanding, useFoundInList } from './use-standing.ts';
import { GhostRow, VisitRow } from './visit-row.tsx';

/** Wanted once the list is held and somebody comes. */
const NewChip = late(() => import('./new-chip.tsx').then((module) => module.NewChip), { failed: () => null });
/** As in CSS: 56 px, 60 on a phone. */
const ROW_PX = 56;
const PHONE_ROW_PX = 60;
/** Rows slide in when the last arrival is this long ago. Where somebody comes every second, the top of the list would never stand still. */
const CALM_MS = 2_000;
const NOBODY: ReadonlySet<string> = new Set();
/** Rows drawn beyond the screen, so that a scroll shows no white. */
const OVERSCAN = 8;
/** Browsers cap an element at 17–33 million px; a longer list is drawn in stretches of this many rows that follow one another. */
const STRETCH = 240_000;

/**
 * The list: only the rows on screen exist, at fixed heights, so a list of a hundred thousand scrolls like one of ten.
 * It is one listbox to the keyboard and to screen readers; each option says its place in the whole.
 */
export function VisitListView({
  list,
  label,
  sites,
  selected,
  standing,
  covered,
  tip,
  onSelect,
  showReason,
  empty,
}: {
  readonly list: VisitList;
  readonly label: string;
  readonly sites: readonly Site[];
  /** Visitor id. */
  readonly selected: string | null;
  /** Where the selected visit stands: the list goes there when it was chosen elsewhere. */
  readonly standing: LiveStanding | null;
  /** One visitor's details lie over the list: it keeps its place, and is out of reach. */
  readonly covered: boolean;
  readonly tip: TipIntent;
  readonly onSelect: (visitor: string | undefined) => void;
  readonly showReason: boolean;
  readonly empty: ReactNode;
}) {
  const state = useSyncExternalStore(list.subscribe, list.get);
  const rowPx = usePhone() ? PHONE_ROW_PX : ROW_PX;
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

  const goToChosen = useEffectEvent((): void => {
    const element = scroller.current;
    const to = standing?.read();
    if (!element || !to) return;
    setCursor(to.visit);
    const inner = element.clientHeight;
    const at = list.indexOf(to.visit) * rowPx;
    if (at >= element.scrollTop && at + rowPx <= element.scrollTop + inner) return;
    const d = list.reach({ index: to.index, key: to.key, id: to.visit }, STRETCH);
    // The canvas grows with the next render; the row may lie beyond its present end.
    if (canvas.current) canvas.current.style.height = `${Math.max(count, d + 1) * rowPx}px`;
    element.scrollTop = d * rowPx - Math.max(0, Math.floor((inner - rowPx) / 2 / rowPx)) * rowPx;
    measure();
  });
  const canvas = useRef<HTMLDivElement>(null);
  const chosen = useFoundInList(standing);
  // Once per choice: afterwards the list may be scrolled wherever its reader wants.
  useLayoutEffect(() => {
    if (chosen !== null && state.store) goToChosen();
  }, [chosen, state.store]);
  useEffect(() => {
    if (covered) list.setPointer(false, null);
  }, [covered, list]);

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
  const rowAt = (event: { readonly target: EventTarget }): string | null =>
    (event.target instanceof Element ? event.target.closest<HTMLElement>('[data-visit]')?.dataset['visit'] : null) ?? null;
  const hover = (event: PointerEvent, inside: boolean): void => {
    if (event.pointerType === 'touch') return;
    const id = inside ? rowAt(event) : null;
    list.setPointer(inside, id);
    if (inside) tip.hover(id, { x: event.clientX, y: event.clientY });
    else tip.leave();
  };
  const reveal = (d: number): void => {
    const element = scroller.current;
    if (!element) return;
    const top = d * rowPx;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowPx > element.scrollTop + element.clientHeight) element.scrollTop = top + rowPx - element.clientHeight;
  };
  const rowOf = (id: string | null): Row | undefined => (id === null ? undefined : list.row(id));
  const open = (id: string | null): void => {
    const row = rowOf(id);
    if (!row) return;
    tip.close();
    onSelect(row.visitor);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      return open(cursor);
    }
    if (event.key === 'Escape') {
      if (tip.dismiss()) event.stopPropagation();
      return;
    }
    if (event.key === 'i' && cursor !== null && list.indexOf(cursor) >= 0) {
      event.preventDefault();
      reveal(list.indexOf(cursor));
      return tip.ask(cursor);
    }
    const d = rowFor(event.key, { at: cursor === null ? -1 : list.indexOf(cursor), count, page: Math.max(1, range.count - 2) });
    if (d === undefined) return;
    event.preventDefault();
    if (event.key === 'Home' && state.held) toTop();
    reveal(d);
    const id = list.idAt(d);
    awaited.current = id === undefined ? d : null;
    tip.cursor(id ?? null);
    if (id !== undefined) setCursor(id);
  };

  /** Opens the menu of a row, where the pointer is, or at the row. */
  const askAbout = (id: string, at: { readonly clientX: number; readonly clientY: number }): boolean => {
    const row = list.row(id);
    if (!row) return false;
    tip.close();
    const box = document.getElementById(`visit-${id}`)?.getBoundingClientRect();
    const isOn =
      box !== undefined && at.clientX >= box.left && at.clientX <= box.right && at.clientY >= box.top && at.clientY <= box.bottom;
    asked.set({ what: 'menu', whom: row, at: isOn || !box ? { x: at.clientX, y: at.clientY } : { x: box.left + 40, y: box.bottom - 12 } });
    return true;
  };

  const from = Math.max(0, range.first - OVERSCAN);
  const to = Math.min(count, range.first + range.count + OVERSCAN);
  const rows: { d: number; id: string | undefined }[] = [];
  for (let d = from; d < to; d += 1) rows.push({ d, id: list.idAt(d) });
  const isEmpty = state.count === 0 && !state.pending;
  const first = state.query === null || (state.pending && state.count === 0);
  return (
    <div
      className="visit-list-wrap goes-stale"
      data-pending={state.pending && state.query !== null ? true : undefined}
      data-covered={covered || undefined}
      inert={covered}
    >
      <NewChip fresh={state.held ? state.fresh : 0} onShow={toTop} />
      <div
        id="visit-list"
        className="visit-list"
        ref={scroller}
        role="listbox"
        tabIndex={0}
        aria-label={label}
        aria-busy={first}
        aria-activedescendant={cursor !== null && list.indexOf(cursor) >= 0 ? `visit-${cursor}` : undefined}
        data-testid="visit-list"
        data-total={state.rows.total}
        onScroll={() => {
          measure();
          if (tip.get()?.by === 'pointer') tip.close();
        }}
        onKeyDown={onKeyDown}
        onPointerEnter={(event) => {
          if (event.pointerType !== 'touch') void preloadTip();
          hover(event, true);
        }}
        onPointerMove={(event) => hover(event, true)}
        onPointerLeave={(event) => hover(event, false)}
        onFocus={() => {
          if (cursor === null || list.indexOf(cursor) < 0) setCursor(list.idAt(range.first) ?? null);
        }}
        onBlur={() => tip.get()?.by === 'pause' && tip.close()}
        onContextMenu={(event) => {
          // From the keyboard it comes without a row under it.
          const id = rowAt(event) ?? cursor;
          if (id !== null && askAbout(id, event)) event.preventDefault();
        }}
        onClick={(event) => {
          const id = rowAt(event);
          if (id === null) return;
          setCursor(id);
          if (event.target instanceof Element && event.target.closest('.visit-more') && askAbout(id, event)) return;
          open(id);
        }}
      >
        <div className="visit-canvas" ref={canvas} role="presentation" style={{ height: first ? undefined : count * rowPx }}>
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
      {isEmpty && <div className="sidebar-empty empty">{empty}</div>}
    </div>
  );
}

/** Ids that came in at the last change of a list that was not held: they may slide in. A first answer or a new query is no arrival. */
function useEntered(order: readonly string[], held: boolean, store: unknown): ReadonlySet<string> {
  const last = useRef({ order, store, entered: NOBODY, arrivedAt: Number.NEGATIVE_INFINITY });
  if (last.current.order !== order || last.current.store !== store) {
    const known = new Set(last.current.order);
    const arrivals = held || last.current.store !== store || known.size === 0 ? [] : order.slice(0, 5).filter((id) => !known.has(id));
    const now = performance.now();
    const isRare = now - last.current.arrivedAt > CALM_MS;
    last.current = {
      order,
      store,
      entered: isRare ? new Set(arrivals) : NOBODY,
      arrivedAt: arrivals.length > 0 ? now : last.current.arrivedAt,
    };
  }
  return last.current.entered;
}
