import './map.css';
import type { Place, Status, Totals } from '@foyer/protocol';
import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from 'react';
import { useLive } from '../app/live.ts';
import type { PlaceStore } from '../live/place-store.ts';
import { Listeners } from '../live/listeners.ts';
import type { ViewStore } from '../live/view-store.ts';
import { t } from '../messages/catalogue.ts';
import { usePhone } from '../ui/use-phone.ts';
import type { Projection } from './basemap/style.ts';
import type { Pin } from './core/pin.ts';
import { moveHalo, movePopup, moveRipple } from './follow-pin.ts';
import { HoverIntent } from './hover-intent.ts';
import { Arrivals } from './arrivals.ts';
import { Attribution, MapFoot } from './map-foot.tsx';
import { MapCard } from './map-card.tsx';
import { MapNote } from './map-note.tsx';
import { MapTools } from './map-tools.tsx';
import { onlyVisitor } from './only-visitor.ts';
import { PastPopup } from './past-popup.tsx';
import { PlacePopup } from './place-popup.tsx';
import type { PinRef } from './pin-scene.ts';
import { type PinScope, pinScope, refOf, scopeOf } from './place-words.ts';
import { rememberedProjection, rememberProjection } from './remembered.ts';
import { exposeTestHook } from './test-hook.ts';
import { TopPlaces } from './top-places.tsx';
import { useCoveredBy } from './use-covered-by.ts';
import { useWorldMap } from './use-world-map.ts';
import type { Insets } from './core/world-view.ts';
import type { WorldMap } from './world-map.ts';

const NO_INSETS: Insets = { top: 0, right: 0, bottom: 0, left: 0 };
/** On a phone the card lies across the whole width: what is shown has to be below it. */
const CARD_PX = 76;

export interface VisitorMapProps {
  /** Cities and totals of what is shown: the filter's view, or everybody's. */
  readonly store: ViewStore | null;
  readonly all: Totals | null;
  /** null: no filter. */
  readonly matching: Totals | null;
  readonly site?: string | undefined;
  readonly filter: string;
  /** `place`: city id, '' when unknown. */
  readonly selected: { readonly visitor: string; readonly place: string; readonly status: Status } | null;
  /** Whose list is open. */
  readonly place?: PinScope | null;
  /** A click on a pin that stands for one visitor, or on a row of the popup. */
  readonly onPick: (visitor: string) => void;
  /** A click on a pin that stands for several. */
  readonly onPlace: (scope: PinScope) => void;
  readonly onUnknown: () => void;
  readonly onBackground: () => void;
  /** Another time is shown than now: what the store's indices stand for. There are no lists of those who were there, and no counts of now. */
  readonly past?: PlaceStore | null;
  /** Tells of those who come to places (indices) while that time goes on. Answers its own end. */
  readonly onArrivals?: ((listener: (places: readonly number[]) => void) => () => void) | null;
  /** The day is to be played. */
  readonly onReplay?: (() => void) | undefined;
  /** Pixels covered by sheets. */
  readonly inset?: Insets;
}

/**
 * The live world map with what lies on it: numbers, legend, tools, popup, and the ripple at the chosen visitor.
 *
 * It renders when totals change, when a pin is pointed at and when somebody is chosen; counts reach the pins past React.
 */
export function VisitorMap(props: VisitorMapProps) {
  const { store, all, matching, site, filter, selected } = props;
  const covered = props.inset ?? NO_INSETS;
  const isPhone = usePhone();
  const inset = isPhone ? { ...covered, top: covered.top + CARD_PX } : covered;
  const { client, places: ownPlaces } = useLive();
  const places = props.past ?? ownPlaces;
  const isPast = Boolean(props.past);
  const root = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  const ripple = useRef<HTMLDivElement>(null);
  const rings = useRef<HTMLDivElement>(null);
  const arrivals = useRef<Arrivals | null>(null);
  const [projection, setProjection] = useState<Projection>(rememberedProjection);
  const [pinsChanged] = useState(() => new Listeners());
  const [hover] = useState(() => new HoverIntent());
  const shown = useSyncExternalStore(hover.subscribe, hover.get);
  const made = useRef<WorldMap | null>(null);

  const chosen = useRef<PinRef | null>(null);
  /** Where a chosen visitor's city is, also when the filter leaves nobody there. */
  const chosenPlace = useRef<Place | undefined>(undefined);
  /** The list for which the map has flown. */
  const opened = useRef('');
  const halo = useRef<HTMLDivElement>(null);
  /** Counts what was asked for: an answer that is not to the last wish comes too late. */
  const wishes = useRef(0);

  /** Everything tied to a place goes where it is in this frame. */
  const follow = useEffectEvent((): void => {
    const map = made.current;
    if (!map || !root.current) return;
    const pin = chosen.current ? map.scene.pinAt(chosen.current) : undefined;
    moveRipple(ripple.current, map, pin?.place ?? chosenPlace.current, pin);
    if (ripple.current && pin && !selected) ripple.current.dataset['status'] = pin.core;
    moveHalo(halo.current, map);
    arrivals.current?.follow(map);
    if (shown) movePopup(popup.current, root.current, map, shown);
  });
  const changed = useEffectEvent((): void => {
    // Its city has become part of a region, or the other way round, or nobody is there any more.
    if (shown && shown.slot < 0) hover.close();
    pinsChanged.notify();
  });
  const click = useEffectEvent(async (pin: Pin | null): Promise<void> => {
    wishes.current += 1;
    const wish = wishes.current;
    hover.close();
    if (!pin) return props.onBackground();
    made.current?.flyToPlace(pin);
    if (isPast) return;
    const visitor = pin.total === 1 ? await onlyVisitor(client, scopeOf(pin, site), filter) : null;
    // Something else was clicked or chosen while the answer was on its way, or the page was left.
    if (wish !== wishes.current) return;
    if (visitor === null) props.onPlace(pinScope(pin));
    else props.onPick(visitor);
  });
  const { map, state, again } = useWorldMap({
    root,
    canvas,
    projection,
    insets: inset,
    events: { hover: hover.over, click: (pin) => void click(pin), framed: follow, changed, lost: hover.close },
  });

  useEffect(() => {
    made.current = map;
  }, [map]);
  useEffect(() => {
    if (map && root.current) return exposeTestHook(map, root.current);
  }, [map]);
  useEffect(() => map?.show(store, places), [map, store, places]);
  // Whoever is pointed at is of the other time.
  useEffect(() => hover.close(), [hover, places]);
  useEffect(() => map?.setProjection(projection), [map, projection]);
  const { onArrivals } = props;
  useEffect(() => {
    if (!map || !onArrivals || !rings.current) return;
    const shownNow = new Arrivals(rings.current);
    arrivals.current = shownNow;
    const undo = onArrivals((came) =>
      shownNow.show(
        map,
        came.map((index) => places.get(index)).filter((place) => place !== undefined),
      ),
    );
    return () => {
      undo();
      shownNow.clear();
      arrivals.current = null;
    };
  }, [map, onArrivals, places]);
  const { top, right, bottom, left } = inset;
  useEffect(() => map?.setInsets({ top, right, bottom, left }), [map, top, right, bottom, left]);

  const chosenVisitor = selected?.visitor;
  useEffect(
    () => () => {
      wishes.current += 1;
    },
    [chosenVisitor],
  );
  const visitorPlace = selected?.place ?? '';
  const open = props.place ? refOf(props.place) : null;
  const openKind = open?.kind;
  const openId = open?.id ?? '';
  useEffect(() => {
    if (!map) return;
    const isVisitor = visitorPlace !== '';
    const ref: PinRef | null = isVisitor
      ? { kind: 'city', id: visitorPlace }
      : openKind && openId !== ''
        ? { kind: openKind, id: openId }
        : null;
    const list = `${openKind ?? ''} ${openId}`;
    const isBack = !isVisitor && opened.current === list;
    map.choose(ref);
    chosen.current = ref;
    chosenPlace.current = undefined;
    const go = (): boolean => {
      if (ref?.kind === 'city') chosenPlace.current = places.find(ref.id);
      const at = chosenPlace.current;
      // Back from a visitor to the list of their place the map stays.
      if (isBack || !ref) follow();
      else if (at) map.flyTo(at.lon, at.lat);
      else if (ref.kind === 'city' || !map.flyToPlace(ref)) return false;
      opened.current = list;
      follow();
      return true;
    };
    // A deep link may come before the names of places have, or anybody's place.
    if (go()) return;
    const undo = [places.subscribe(retry), pinsChanged.subscribe(retry)];
    function retry(): void {
      if (go()) for (const stop of undo) stop();
    }
    return () => {
      for (const stop of undo) stop();
    };
  }, [map, places, pinsChanged, visitorPlace, chosenVisitor, openKind, openId]);
  useEffect(() => follow(), [map, shown]);

  useEffect(() => {
    if (!shown) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      // It closes the popup and nothing else.
      event.stopPropagation();
      hover.close();
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, [shown, hover]);
  useCoveredBy(root, map, places);
  const offersFit = useSyncExternalStore(pinsChanged.subscribe, () => filter !== '' && map !== null && map.isWorthFitting);
  const total = useSyncExternalStore(pinsChanged.subscribe, () => shown?.total ?? 0);

  return (
    <section
      className="map"
      ref={root}
      aria-label={t.map.label}
      data-testid="map"
      data-ready="false"
      data-globe={projection === 'globe' || undefined}
    >
      <div className="map-halo" ref={halo} hidden />
      <div className="map-canvas goes-stale" ref={canvas} />
      <div className="map-ripple" ref={ripple} data-testid="map-ripple" data-status={selected?.status} hidden aria-hidden="true">
        <i />
        <i />
        <i />
      </div>
      <div className="map-arrivals" ref={rings} aria-hidden="true" />
      <MapNote state={state} onAgain={again} />
      {!isPast && <MapCard all={all} matching={matching} site={site} />}
      <div className="map-bottom">
        <MapFoot unknown={(matching ?? all)?.unknownPlace ?? 0} onUnknown={isPast ? null : props.onUnknown} onReplay={props.onReplay} />
        <Attribution />
      </div>
      {map && (
        <MapTools
          projection={projection}
          onProjection={(next) => {
            rememberProjection(next);
            setProjection(next);
          }}
          isFiltered={filter !== ''}
          offersFit={offersFit}
          onFit={() => (filter === '' ? map.fitWorld() : map.fitPins())}
          onZoom={(step) => map.zoomBy(step)}
        />
      )}
      {!isPast && <TopPlaces store={store} onPlace={props.onPlace} />}
      {map && isPast && shown && total > 0 && <PastPopup pin={shown} cities={map.scene.citiesIn(shown)} total={total} box={popup} />}
      {map && !isPast && shown && total > 0 && (
        <PlacePopup
          key={`${shown.kind} ${shown.id}`}
          pin={shown}
          cities={map.scene.citiesIn(shown)}
          total={total}
          site={site}
          filter={filter}
          box={popup}
          onPick={(visitor) => {
            hover.close();
            props.onPick(visitor);
          }}
          onOpen={() => void click(shown)}
          onPointer={hover.inside}
        />
      )}
    </section>
  );
}
