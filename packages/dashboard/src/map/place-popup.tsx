import { LIMITS, type Row } from '@foyer/protocol';
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useLive, useLiveView, useRows } from '../app/live.ts';
import { browserClock } from '../live/browser.ts';
import type { ViewStore } from '../live/view-store.ts';
import { VisitList } from '../live/visit-list.ts';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { Flag } from '../ui/flag.tsx';
import { Icon } from '../ui/icons.tsx';
import { asked } from '../visitors/chat/asked.ts';
import { statusWord, visitorName } from '../words/names.ts';
import { isApproximate, type Pin } from './core/pin.ts';
import { pinName, scopeOf } from './place-words.ts';

/** As in map.css. */
const ROW_PX = 42;
/** Rows drawn beyond those to be seen. */
const OVERSCAN = 4;
/** Whom somebody should see to comes first; the rest follows, newest first. Are they more, everybody is in one list: nobody is left out. */
const URGENT = 'status:unassigned,assigned,ai,chatting';
const MOST_URGENT = 100;

const both = (filter: string, more: string): string => (filter === '' ? more : `${filter} ${more}`);

/**
 * Everybody at one pin, live, beside it. Conversations first, by urgency; then the others, newest first, in a list that scrolls
 * through thousands and holds still under the pointer.
 */
export function PlacePopup({
  pin,
  cities,
  total,
  site,
  filter,
  box,
  onPick,
  onOpen,
  onPointer,
}: {
  readonly pin: Pin;
  /** How many cities a region's pin stands for. */
  readonly cities: number;
  readonly total: number;
  readonly site: string | undefined;
  readonly filter: string;
  /** The map moves it. */
  readonly box: RefObject<HTMLDivElement | null>;
  readonly onPick: (visitor: string) => void;
  readonly onOpen: () => void;
  readonly onPointer: (isInside: boolean) => void;
}) {
  const name = pinName(pin);
  const count = t.map.visitors(total, number(total));
  return (
    <div
      className="place-popup floating"
      role="dialog"
      aria-label={t.map.popup(name)}
      data-testid="map-popup"
      data-place={pin.id}
      data-total={total}
      ref={box}
      onPointerEnter={() => onPointer(true)}
      onPointerLeave={() => onPointer(false)}
    >
      <h2 className="place-head">
        <Flag country={pin.place.country} named />
        <span className="place-name">{name}</span>
        <span className="tally">{cities > 1 ? t.map.inRegion(count, t.map.cities(cities)) : count}</span>
      </h2>
      {isApproximate(pin) && <p className="place-note">{t.map.approximate}</p>}
      <PlaceVisits pin={pin} site={site} filter={filter} total={total} onPick={onPick} />
      {total > 1 && (
        <button className="place-open" type="button" onClick={onOpen}>
          {t.map.openPlace(total, number(total))}
          <Icon name="right" size="sm" />
        </button>
      )}
    </div>
  );
}

function PlaceVisits({
  pin,
  site,
  filter,
  total,
  onPick,
}: {
  readonly pin: Pin;
  readonly site: string | undefined;
  readonly filter: string;
  readonly total: number;
  readonly onPick: (visitor: string) => void;
}) {
  const { client } = useLive();
  const scope = scopeOf(pin, site);
  // A filter as long as one may be leaves no room for two halves: then everybody is in one list.
  const mayBeSplit = both(filter, `-${URGENT}`).length <= LIMITS.filterChars;
  const key = `${pin.kind} ${pin.id} ${site ?? ''} ${filter}`;
  const urgent = useLiveView(
    `urgent ${key}`,
    mayBeSplit
      ? {
          scope,
          filter: both(filter, URGENT),
          streams: ['rows'],
          window: { sort: 'status', dir: 'asc', before: 0, after: MOST_URGENT },
        }
      : null,
  );
  const urgentRows = useRows(urgent);
  const isSplit = mayBeSplit && (urgentRows?.total ?? 0) <= MOST_URGENT;
  const first = isSplit ? (urgentRows?.order ?? []) : [];
  const [list] = useState(() => new VisitList(client, browserClock));
  const show = useEffectEvent((): void => list.show({ scope, filter: isSplit ? both(filter, `-${URGENT}`) : filter }, { soon: true }));
  useEffect(() => show(), [list, key, isSplit]);
  useEffect(() => () => list.dispose(), [list]);
  const state = useSyncExternalStore(list.subscribe, list.get);

  const scroller = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState({ from: 0, count: 8 });
  const measure = (): void => {
    const element = scroller.current;
    if (!element) return;
    const from = Math.max(0, Math.floor(element.scrollTop / ROW_PX) - first.length);
    const rows = Math.ceil(element.clientHeight / ROW_PX) + 1;
    setRange((old) => (old.from === from && old.count === rows ? old : { from, count: rows }));
    list.setViewport(from, rows);
  };
  const onMeasured = useEffectEvent(measure);
  useLayoutEffect(() => onMeasured(), [first.length, state.count]);

  const hover = (target: EventTarget, isInside: boolean): void => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-visit]') : null;
    list.setPointer(isInside, isInside ? (row?.dataset['visit'] ?? null) : null);
  };
  const isWaiting = state.pending && state.count === 0 && first.length === 0;
  const rows = Array.from(
    { length: Math.max(0, Math.min(state.count, range.from + range.count + OVERSCAN) - Math.max(0, range.from - OVERSCAN)) },
    (_, i) => Math.max(0, range.from - OVERSCAN) + i,
  );
  return (
    <div
      className="place-list"
      ref={scroller}
      aria-busy={isWaiting}
      onScroll={measure}
      onPointerMove={(event) => hover(event.target, true)}
      onPointerLeave={(event) => hover(event.target, false)}
      onClick={(event) => {
        const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-visitor]') : null;
        const visitor = row?.dataset['visitor'];
        if (visitor !== undefined) onPick(visitor);
      }}
    >
      <div className="place-canvas" style={{ height: Math.max(1, isWaiting ? Math.min(6, total) : first.length + state.count) * ROW_PX }}>
        {isWaiting && Array.from({ length: Math.min(6, total) }, (_, d) => <GhostVisit key={d} at={d} />)}
        {urgent && first.map((id, d) => <PlaceVisit key={id} id={id} store={urgent} at={d} />)}
        {rows.map((d) => {
          const id = list.idAt(d);
          const at = first.length + d;
          return id !== undefined && state.store ? (
            <PlaceVisit key={id} id={id} store={state.store} at={at} />
          ) : (
            <GhostVisit key={`ghost ${d}`} at={at} />
          );
        })}
        {!isWaiting && first.length + state.count === 0 && <p className="place-note">{t.map.popupEmpty}</p>}
      </div>
    </div>
  );
}

const hasBadge = ({ status }: Row): boolean => status !== 'active' && status !== 'inactive';

function PlaceVisit({ id, store, at }: { readonly id: string; readonly store: ViewStore; readonly at: number }) {
  const row = useSyncExternalStore(
    (listener) => store.subscribeRow(id, listener),
    () => store.row(id),
  );
  if (!row) return null;
  const name = visitorName(row);
  const ask = ({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): void =>
    asked.set({ what: 'menu', whom: row, at: { x: clientX, y: clientY } });
  return (
    <span
      className="place-line"
      style={{ top: at * ROW_PX }}
      onContextMenu={(event) => {
        event.preventDefault();
        ask(event);
      }}
    >
      <button
        className="place-visit"
        type="button"
        data-testid="map-popup-visitor"
        data-visit={id}
        data-visitor={row.visitor}
        data-status={row.status}
      >
        <span className="dot" data-status={row.status} />
        <span className="place-who">
          <b>{name}</b>
          <small>{row.title || row.url}</small>
        </span>
        {hasBadge(row) ? (
          <span className="badge" data-status={row.status}>
            {statusWord(row.status)}
          </span>
        ) : (
          <span className="visually-hidden">{statusWord(row.status)}</span>
        )}
      </button>
      <button
        className="icon-button icon-button-sm place-more"
        type="button"
        aria-label={t.map.more(name)}
        title={t.map.more(name)}
        data-testid="map-popup-more"
        onClick={(event) => {
          event.stopPropagation();
          // A press of the keyboard has no place of its own.
          const box = event.currentTarget.getBoundingClientRect();
          ask({ clientX: box.left, clientY: box.bottom + 2 });
        }}
      >
        <Icon name="more" size="sm" />
      </button>
    </span>
  );
}

function GhostVisit({ at }: { readonly at: number }) {
  return (
    <span className="place-visit place-ghost" aria-hidden="true" style={{ top: at * ROW_PX }}>
      <span className="skeleton" />
      <span className="skeleton" style={{ width: `${62 - ((at * 17) % 30)}%` }} />
    </span>
  );
}
