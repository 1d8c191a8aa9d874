import './table.css';
import type { Site } from '@foyer/protocol';
import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { isCalm, type ListOrder } from '../../live/row-order.ts';
import type { Mark } from '../../live/seek.ts';
import type { VisitList } from '../../live/visit-list.ts';
import { t } from '../../messages/catalogue.ts';
import { number } from '../../messages/format.ts';
import { Flag } from '../../ui/flag.tsx';
import { Icon } from '../../ui/icons.tsx';
import { usePhone } from '../../ui/use-phone.ts';
import { asked } from '../../visitors/chat/asked.ts';
import { rowFor } from '../../visitors/list-keys.ts';
import { preloadTip } from '../../visitors/tip-host.tsx';
import type { TipIntent } from '../../visitors/tip-intent.ts';
import { countryName } from '../../words/names.ts';
import { ariaSort, type Column, gridOf, sortAfter } from './columns.ts';
import { ContextTag } from './context-tag.tsx';
import { geometryOf, type GroupHead } from './geometry.ts';
import { TableIcon } from './table-icon.tsx';
import { GhostTableRow, TableRow } from './table-row.tsx';
import { STRETCH, usePageWindow } from './use-page-window.ts';

/** As in CSS. On a phone a row is a card with a gap below it. */
const ROW_PX = 40;
const CARD_PX = 138;
const HEAD_PX = 36;
const GHOSTS = 10;

/** Shows the row of the visit that stands at this mark, wherever the table is. */
export type ToRow = (mark: Mark) => void;

/**
 * The active visits: all of them, of which only those on screen exist. It is one grid to the keyboard and to screen readers, with a cursor
 * on a row; each row says its place in the whole.
 */
export function VisitTable({
  list,
  sites,
  columns,
  sort,
  group,
  selected,
  tip,
  onWay,
  onSort,
  onSelect,
  empty,
}: {
  readonly list: VisitList;
  readonly sites: readonly Site[];
  readonly columns: readonly Column[];
  readonly sort: string | undefined;
  readonly group: ListOrder['group'];
  /** Visitor id. */
  readonly selected: string | undefined;
  readonly tip: TipIntent;
  /** The way to a row, for whoever knows where it stands; null: there is none any more. */
  readonly onWay: (way: ToRow | null) => void;
  readonly onSort: (sort: string | undefined) => void;
  readonly onSelect: (visitor: string) => void;
  readonly empty: ReactNode;
}) {
  const state = useSyncExternalStore(list.subscribe, list.get);
  const isPhone = usePhone();
  const rowPx = isPhone ? CARD_PX : ROW_PX;
  const body = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  /** Row the keyboard went to before its window arrived (End in a long list). */
  const awaited = useRef<number | null>(null);
  const count = Math.min(state.count, STRETCH);
  const { rows, base, store } = state;
  const geometry = useMemo(
    () => geometryOf({ groups: rows.groups, base, count, rowPx, headPx: HEAD_PX }),
    [rows.groups, base, count, rowPx],
  );
  const page = usePageWindow({ list, state, geometry, rowPx, body, head });
  const isSelected = useCallback((visitor: string) => visitor === selected, [selected]);

  useLayoutEffect(() => setCursor(null), [store]);
  useEffect(() => {
    const id = awaited.current === null ? undefined : list.idAt(awaited.current);
    if (id === undefined) return;
    awaited.current = null;
    setCursor(id);
  }, [state, list]);
  // Chosen with the keys of the details: the cursor goes along, and the row is seen.
  const goTo = useEffectEvent((visitor: string): void => {
    const id = rows.order.find((one) => list.row(one)?.visitor === visitor);
    if (id === undefined) return;
    setCursor(id);
    const d = list.indexOf(id);
    if (d >= 0) page.reveal(d);
  });
  const goToMark = useEffectEvent((mark: Mark): void => {
    // Else it was gone to by its name.
    if (list.indexOf(mark.id) >= 0) return;
    const d = list.reach(mark, STRETCH);
    awaited.current = d;
    page.reveal(d);
  });
  useEffect(() => {
    onWay((mark) => goToMark(mark));
    return () => onWay(null);
  }, [onWay]);
  useEffect(() => tip.close(), [tip, selected, store]);
  useEffect(() => {
    // Once scrolled, another row is under the pointer.
    const scroller = head.current?.closest('.page-scroll');
    const close = (): void => {
      if (tip.get()?.by === 'pointer') tip.close();
    };
    scroller?.addEventListener('scroll', close, { passive: true });
    return () => scroller?.removeEventListener('scroll', close);
  }, [tip]);
  const isFirst = useRef(true);
  useLayoutEffect(() => {
    // A page that opens with somebody chosen begins at its top.
    if (selected !== undefined && !isFirst.current) goTo(selected);
    isFirst.current = false;
  }, [selected]);

  const rowAt = (event: { readonly target: EventTarget }): string | null =>
    (event.target instanceof Element ? event.target.closest<HTMLElement>('[data-visit]')?.dataset['visit'] : null) ?? null;
  const hover = (event: PointerEvent, inside: boolean): void => {
    if (event.pointerType === 'touch') return;
    const id = inside ? rowAt(event) : null;
    list.setPointer(inside, id);
    if (inside) tip.hover(id, { x: event.clientX, y: event.clientY });
    else tip.leave();
  };
  const open = (id: string | null): void => {
    const row = id === null ? undefined : list.row(id);
    if (!row) return;
    tip.close();
    onSelect(row.visitor);
  };
  const showTop = (): void => {
    page.toFirst();
    list.setPointer(false, null);
    list.toTop();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
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
      page.reveal(list.indexOf(cursor));
      return tip.ask(cursor);
    }
    const d = rowFor(event.key, { at: cursor === null ? -1 : list.indexOf(cursor), count, page: Math.max(1, page.seen - 2) });
    if (d === undefined) return;
    event.preventDefault();
    if (event.key === 'Home' && state.held) showTop();
    page.reveal(d);
    const id = list.idAt(d);
    awaited.current = id === undefined ? d : null;
    tip.cursor(id ?? null);
    if (id !== undefined) setCursor(id);
  };
  /** The menu of a row, where the pointer is, or at the row. */
  const askAbout = (id: string, at: { readonly clientX: number; readonly clientY: number }): boolean => {
    const row = list.row(id);
    const box = document.getElementById(`visit-${id}`)?.getBoundingClientRect();
    if (!row || !box) return false;
    tip.close();
    const isOn = at.clientX >= box.left && at.clientX <= box.right && at.clientY >= box.top && at.clientY <= box.bottom;
    asked.set({ what: 'menu', whom: row, at: isOn ? { x: at.clientX, y: at.clientY } : { x: box.left + 40, y: box.bottom - 8 } });
    return true;
  };

  const drawn: { d: number; id: string | undefined }[] = [];
  for (let d = page.from; d < page.to; d += 1) drawn.push({ d, id: list.idAt(d) });
  const isEmpty = state.count === 0 && !state.pending;
  const first = state.query === null || (state.pending && state.count === 0);
  const heads = geometry.heads.filter(({ first: at, end }) => at < page.to && end > geometry.topOf(page.from));
  const isStirred = state.query?.order !== undefined && !isCalm(state.query.order);
  const style = { gridTemplateColumns: gridOf(columns) };
  return (
    <div className="visit-table-wrap goes-stale" data-pending={(state.pending && state.query !== null) || undefined}>
      <div
        id="visit-table"
        className="visit-table"
        role="grid"
        tabIndex={0}
        aria-label={t.table.title}
        aria-busy={first}
        aria-rowcount={rows.total + 1}
        aria-colcount={columns.length}
        aria-activedescendant={cursor !== null && list.indexOf(cursor) >= 0 ? `visit-${cursor}` : undefined}
        data-testid="visit-table"
        data-total={rows.total}
        data-held={state.held || undefined}
        data-order={state.query?.order && Object.values(state.query.order).join(' ')}
        data-filter={state.query?.filter}
        onKeyDown={onKeyDown}
        onBlur={() => tip.get()?.by === 'pause' && tip.close()}
        onFocus={(event) => {
          if (event.target === event.currentTarget && (cursor === null || list.indexOf(cursor) < 0))
            setCursor(list.idAt(Math.max(0, list.get().held ? page.from : 0)) ?? null);
        }}
        onContextMenu={(event) => {
          // From the keyboard it comes without a row under it.
          const id = rowAt(event) ?? (event.target === event.currentTarget ? cursor : null);
          if (id !== null && askAbout(id, event)) event.preventDefault();
        }}
      >
        <div className="table-head" role="rowgroup" ref={head}>
          <div className="table-heads" role="row" aria-rowindex={1} style={style}>
            {columns.map((column, i) => (
              <HeadCell key={column.id} column={column} index={i} sort={sort} onSort={onSort} />
            ))}
          </div>
          <FreshChip fresh={state.held ? state.fresh : 0} isNew={sort === undefined && group === undefined} onShow={showTop} />
        </div>
        {!isEmpty && (
          <div
            className="table-body"
            role={first ? 'presentation' : 'rowgroup'}
            ref={body}
            style={{ height: first ? GHOSTS * rowPx : geometry.height, '--columns': gridOf(columns) } as CSSProperties}
            onPointerEnter={(event) => {
              if (event.pointerType !== 'touch') void preloadTip();
              hover(event, true);
            }}
            onPointerMove={(event) => hover(event, true)}
            onPointerLeave={(event) => hover(event, false)}
            onClick={(event) => {
              const id = rowAt(event);
              if (id === null) return;
              setCursor(id);
              open(id);
            }}
          >
            {first
              ? Array.from({ length: GHOSTS }, (_, d) => <GhostTableRow key={d} top={d * rowPx} d={d} columns={columns} />)
              : drawn.map(({ d, id }) =>
                  id === undefined
                    ? d + base >= 0 && <GhostTableRow key={`ghost ${d}`} top={geometry.topOf(d)} d={d} columns={columns} />
                    : store && (
                        <TableRow
                          // Where rows jump, those on screen are others each time: the places stay, and what is in them changes.
                          key={isStirred ? `place ${d}` : id}
                          id={id}
                          list={list}
                          store={store}
                          top={geometry.topOf(d)}
                          position={d + base + 2}
                          isSelected={isSelected}
                          cursor={cursor === id}
                          columns={columns}
                          sites={sites}
                        />
                      ),
                )}
            {group && heads.map((one) => <GroupRow key={one.name} group={group} head={one} span={columns.length} />)}
          </div>
        )}
      </div>
      {isEmpty && <div className="table-empty empty">{empty}</div>}
    </div>
  );
}

function HeadCell({
  column,
  index,
  sort,
  onSort,
}: {
  readonly column: Column;
  readonly index: number;
  readonly sort: string | undefined;
  readonly onSort: (sort: string | undefined) => void;
}) {
  const sorted = ariaSort(column, sort);
  return (
    <div
      className={column.isNumber ? 'cell cell-number' : 'cell'}
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={sorted}
      data-cell={column.id}
    >
      <button type="button" data-testid={`sort-${column.id}`} onClick={() => onSort(sortAfter(column, sort))}>
        <span className="truncate">{t.table.columns[column.id]}</span>
        <TableIcon name={sorted ?? (column.first === 'asc' || column.isAge ? 'ascending' : 'descending')} size="xs" />
      </button>
    </div>
  );
}

/** Visits that came, or moved, above those that stand still. */
function FreshChip({ fresh, isNew, onShow }: { readonly fresh: number; readonly isNew: boolean; readonly onShow: () => void }) {
  if (fresh === 0) return null;
  return (
    <button className="new-chip" type="button" tabIndex={-1} aria-hidden="true" data-testid="new-chip" onClick={onShow}>
      <Icon name="up" size="sm" />
      {isNew ? t.visitors.newVisitors(fresh) : t.table.above(fresh)}
    </button>
  );
}

/** It is placed by `top`: what sticks reckons with the layout, which knows nothing of transforms. */
function GroupRow({ group, head, span }: { readonly group: 'context' | 'country'; readonly head: GroupHead; readonly span: number }) {
  const { name } = head;
  return (
    <div className="table-group" style={{ top: head.top, height: head.end - head.top }} role="presentation">
      <div className="table-group-head" role="row" data-testid="group" data-group={name}>
        <div role="gridcell" aria-colspan={span}>
          {group === 'context' ? (
            name === '' ? (
              <span>{t.table.noContext}</span>
            ) : (
              <ContextTag context={name} />
            )
          ) : (
            <>
              <Flag country={name} named />
              <span>{name === '' ? t.words.unknown : countryName(name)}</span>
            </>
          )}
          <span className="tally">{number(head.count)}</span>
        </div>
      </div>
    </div>
  );
}
