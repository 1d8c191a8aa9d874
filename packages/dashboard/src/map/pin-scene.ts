import type { PlaceStore } from '../live/place-store.ts';
import type { ViewStore } from '../live/view-store.ts';
import { BadgeLayout, type Placeable } from './core/badge-layout.ts';
import { worldPx } from './core/mercator.ts';
import { NO_SPOT, type Pin } from './core/pin.ts';
import { PinBoard } from './core/pin-board.ts';
import { PinBuffer } from './core/pin-buffer.ts';
import { pinScale } from './core/pin-state.ts';
import { placeable } from './core/plane.ts';
import { type Camera, copiesOnScreen, EDGE_PX, isOnScreen, project, type ScreenPoint } from './core/projector.ts';
import type { NamePlacer, PinOnPlane } from './name-placer.ts';
import { ScreenHits } from './screen-hits.ts';

/** Ten changes of the picture a second are seen as live; two when frames are slow. */
const DRAW_EVERY_MS = 100;
const DRAW_CHEAPLY_EVERY_MS = 500;
/** Counts are placed anew this often at most; with thousands of pins less, so that it takes a hundredth of the time. */
const LAYOUT_EVERY_MS = 250;
const LAYOUT_SHARE = 100;
/** While the camera moves. */
const LAYOUT_MOVING_EVERY_MS = 100;
/** A zoom this much different is placed anew: pins are 6 % nearer to each other. */
const ZOOM_STEP = 0.08;
/** From this far on counts no longer keep the places they have, but take the best there are. */
const FRESH_ZOOM_STEP = 0.4;

export interface ScreenBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}
/** A pin by what it stands for. */
export type PinRef = Pick<Pin, 'kind' | 'id'>;

export interface SceneHost {
  /** null before the first frame. */
  camera(): Camera | null;
  zoom(): number;
  /** Draw a frame soon. */
  repaint(): void;
  /** Pixels of the screen on which something lies over the map: no place for names. */
  covered(): readonly ScreenBox[];
  /** The pins are other ones, or say something else. At most every `DRAW_EVERY_MS`. */
  changed(): void;
}

/**
 * PinScene — keeps what the layer draws in step with the counts and the camera.
 *
 * Purpose     counts come in at any pace; bytes go to the graphics card at most ten times a second, and only those that differ.
 * Lifecycle   `show` a store → … → `dispose`. It has one timer at most.
 * Invariants  a pin that came is drawn within one interval, with its count where there is room; full placements follow less often.
 *             Placements are made at the beginning of a frame, for the camera of that frame.
 */
export class PinScene {
  readonly buffer = new PinBuffer();
  readonly #host: SceneHost;
  #places: PlaceStore;
  readonly #names: NamePlacer;
  readonly #board: PinBoard;
  readonly #layout = new BadgeLayout();
  readonly #hits = new ScreenHits();
  /** By slot. */
  #slots: (Pin | null)[] = [];
  /** Widths of the counts that were placed, by slot. */
  #widths: number[] = [];
  #free: number[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #laidOutAt = Number.NEGATIVE_INFINITY;
  #laidOutZoom = Number.NaN;
  #freshZoom = Number.NaN;
  #laidOutFor: Camera['kind'] | null = null;
  #layoutTookMs = 0;
  /** Pins came or went, counts became wider, or somebody was chosen since the last placement. */
  #isOutdated = true;
  #camera: 'rests' | 'moves' | 'ended' = 'ended';
  #undo: (() => void)[] = [];
  #chosen: PinRef | null = null;
  #scale = 1;
  isCheap = false;

  constructor(places: PlaceStore, names: NamePlacer, host: SceneHost) {
    this.#host = host;
    this.#places = places;
    this.#names = names;
    this.#board = new PinBoard((index) => this.#places.get(index));
  }

  /** Pins drawn. */
  get count(): number {
    return this.#board.drawn.size;
  }
  get pins(): Iterable<Pin> {
    return this.#board.drawn;
  }
  /** Times a pin's radius is its radius on the screen. */
  get scale(): number {
    return this.#scale;
  }
  pinOf(cityId: string): Pin | undefined {
    return this.#board.pinOf(cityId);
  }
  /** The pin that shows a place, also when it is folded or open; undefined when nobody is there. */
  pinAt({ kind, id }: PinRef): Pin | undefined {
    return this.#board.pinAt(kind, id);
  }
  /** Pins of all cities of a place, drawn or not. */
  citiesOf({ kind, id }: PinRef): readonly Pin[] {
    if (kind !== 'city') return this.#board.citiesOf(kind, id);
    const pin = this.#board.pinOf(id);
    return pin ? [pin] : [];
  }
  citiesIn(pin: Pin): number {
    return this.#board.citiesIn(pin);
  }

  /** `places`: what the store's indices stand for, where that is not what they stood for so far. */
  show(store: ViewStore | null, places: PlaceStore = this.#places): void {
    this.dispose();
    if (places !== this.#places) this.#board.clear();
    this.#places = places;
    this.#board.update(store?.cities ?? new Map(), 'all');
    if (store) {
      this.#undo = [
        store.subscribeCities(() => {
          this.#board.update(store.cities, store.changedCities);
          this.#request();
        }),
        this.#places.subscribe(() => {
          // An epoch is over when its places are gone: the indices mean other cities from now on.
          if (this.#places.size === 0) this.#board.clear();
          this.#board.named();
          this.#request();
        }),
      ];
    }
    this.#isOutdated = true;
    this.#request();
  }

  dispose(): void {
    for (const undo of this.#undo) undo();
    this.#undo = [];
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** The place whose pin lies on top, and whose name stands out and is placed first. */
  choose(place: PinRef | null): void {
    if (place?.kind === this.#chosen?.kind && place?.id === this.#chosen?.id) return;
    this.#chosen = place;
    this.placeAnew();
  }
  /** Counts and names are to be placed at the next frame, though no pin has changed. */
  placeAnew(): void {
    this.#isOutdated = true;
    this.#laidOutAt = Number.NEGATIVE_INFINITY;
    this.#request();
  }

  /** The camera moved (`ended`: and rests now). */
  moved(ended: boolean): void {
    this.#hits.forget();
    if (ended) this.#camera = 'ended';
    else if (this.#camera === 'rests') this.#camera = 'moves';
    this.#host.repaint();
  }

  /** A frame with this camera is about to be drawn. */
  beginFrame(camera: Camera): void {
    if (camera.kind !== this.#laidOutFor) this.#camera = 'ended';
    if (this.#camera === 'rests') return;
    const isEnded = this.#camera === 'ended';
    const isElsewhere = camera.kind === 'globe' || !(Math.abs(this.#host.zoom() - this.#laidOutZoom) < ZOOM_STEP);
    const isDue = performance.now() - this.#laidOutAt >= LAYOUT_MOVING_EVERY_MS;
    if (isEnded) this.#camera = 'rests';
    if (isEnded || (isElsewhere && isDue)) this.#layOut(camera);
    this.#hits.forget();
  }

  /** The pin under a point of the screen. */
  hit(x: number, y: number, slackPx: number): Pin | null {
    return this.#hits.at(x, y, slackPx, this.#slots, this.#host.camera(), this.#scale);
  }

  /** Where a point of Mercator is on the screen; of several copies the one nearest to the middle. null: behind the globe, or no frame yet. */
  pointOf(x: number, y: number): { x: number; y: number } | null {
    const camera = this.#host.camera();
    if (!camera) return null;
    const point = project(camera, x, y, { x: 0, y: 0, visible: false });
    if (!point.visible) return null;
    if (camera.kind === 'flat') point.x -= Math.round((point.x - camera.width / 2) / camera.worldPx) * camera.worldPx;
    return { x: point.x, y: point.y };
  }

  #request(): void {
    if (this.#timer !== undefined) return;
    const every = this.isCheap ? DRAW_CHEAPLY_EVERY_MS : DRAW_EVERY_MS;
    const waitMs = Math.max(0, this.#drawnAt + every - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#draw();
    }, waitMs);
  }

  #draw(): void {
    this.#drawnAt = performance.now();
    const board = this.#board;
    const missing = board.waitsFor;
    if (missing !== undefined) this.#places.need(missing);
    if (board.came.size > 0 || board.went.size > 0 || board.moved) this.#isOutdated = true;
    const everyMs = Math.max(LAYOUT_EVERY_MS, this.#layoutTookMs * LAYOUT_SHARE);
    this.#patch();
    if (this.#isOutdated) {
      if (this.#drawnAt - this.#laidOutAt >= everyMs) this.moved(true);
      // It is not due yet, and nothing else may call for it.
      else this.#request();
    }
    this.#host.changed();
  }

  /** Writes what changed, each pin where it was. */
  #patch(): void {
    const board = this.#board;
    const camera = this.#host.camera();
    const point: ScreenPoint = { x: 0, y: 0, visible: false };
    // A frame that places everything anew is on its way. A hidden page draws none, and what is placed one by one meanwhile would pile up.
    const isPlacedSoon = this.#camera === 'ended';
    let isSeen = board.went.size > 0;
    for (const pin of board.went) this.#drop(pin);
    for (const pin of board.came) {
      pin.slot = this.#free.pop() ?? this.#slots.length;
      pin.spot = NO_SPOT;
      this.#slots[pin.slot] = pin;
      this.#widths[pin.slot] = 0;
    }
    for (const pin of board.changed) {
      if (pin.slot < 0) continue;
      const isNew = board.came.has(pin);
      if (camera && !isPlacedSoon && (isNew || pin.badgeWidth > (this.#widths[pin.slot] ?? 0))) {
        pin.spot = this.#layout.placeOne(pin.slot, placeable(pin, camera, this.#host.zoom(), this.#scale, point), isNew);
        this.#widths[pin.slot] = pin.badgeWidth;
        this.#isOutdated = true;
      }
      this.buffer.write(pin);
      isSeen ||= camera === null || isOnScreen(camera, pin.x, pin.y, EDGE_PX, point);
    }
    board.settle();
    if (!isSeen) return;
    this.#hits.forget();
    this.#host.repaint();
  }

  #drop(pin: Pin): void {
    if (pin.slot < 0) return;
    this.buffer.erase(pin.slot);
    this.#slots[pin.slot] = null;
    this.#free.push(pin.slot);
    pin.slot = -1;
    pin.spot = NO_SPOT;
  }

  /** Folds regions, orders the pins, places counts and names, and writes everything anew. */
  #layOut(camera: Camera): void {
    const started = performance.now();
    const board = this.#board;
    const zoom = this.#host.zoom();
    board.refold(zoom);
    for (const pin of board.went) pin.slot = -1;
    this.#scale = pinScale(zoom, board.drawn.size);
    const isFresh = !(Math.abs(zoom - this.#freshZoom) < FRESH_ZOOM_STEP) && this.#camera === 'rests';
    if (isFresh) this.#freshZoom = zoom;
    const chosen = this.#chosen === null ? undefined : this.pinAt(this.#chosen);
    // Small ones first: they never hide what a larger one shows. On top of all is who was chosen.
    const pins = [...board.drawn].sort(
      (a, b) => Number(a === chosen) - Number(b === chosen) || a.total - b.total || (a.id < b.id ? -1 : 1),
    );
    this.#slots = pins;
    this.#free = [];
    this.buffer.count = 0;
    const point: ScreenPoint = { x: 0, y: 0, visible: false };
    const places: Placeable[] = [];
    for (const pin of pins) {
      if (isFresh) pin.spot = NO_SPOT;
      places.push(placeable(pin, camera, zoom, this.#scale, point));
    }
    const spots = this.#layout.placeAll(places);
    this.#widths = pins.map((pin) => pin.badgeWidth);
    for (const [slot, pin] of pins.entries()) {
      pin.slot = slot;
      pin.spot = spots[slot] ?? NO_SPOT;
      this.buffer.write(pin);
    }
    this.#placeNames(places, camera, zoom, chosen ?? null);
    board.settle();
    this.#isOutdated = false;
    this.#laidOutFor = camera.kind;
    this.#laidOutZoom = zoom;
    this.#laidOutAt = performance.now();
    this.#layoutTookMs = this.#laidOutAt - started;
  }

  #placeNames(places: readonly Placeable[], camera: Camera, zoom: number, chosen: Pin | null): void {
    const point: ScreenPoint = { x: 0, y: 0, visible: false };
    const onScreen: PinOnPlane[] = [];
    for (const [owner, pin] of this.#slots.entries()) {
      const place = places[owner];
      if (pin && place && isOnScreen(camera, pin.x, pin.y, EDGE_PX, point))
        onScreen.push({ pin, x: place.x, y: place.y, radius: place.radius, owner });
    }
    const size = worldPx(zoom);
    const plane = (x: number, y: number): { x: number; y: number } | null => {
      if (!isOnScreen(camera, x, y, EDGE_PX * 4, point)) return null;
      return camera.kind === 'flat' ? { x: x * size, y: y * size } : { x: point.x, y: point.y };
    };
    const copies = camera.kind === 'flat' ? copiesOnScreen(camera, 0) : [0];
    const from = camera.kind === 'flat' ? camera : { left: 0, top: 0 };
    for (const box of this.#host.covered()) {
      for (const copy of copies) {
        const x = from.left + copy * size;
        this.#layout.keepFree(box.left - x, box.top - from.top, box.right - x, box.bottom - from.top);
      }
    }
    this.#names.place(onScreen, chosen, this.#layout, plane, zoom);
  }
}
