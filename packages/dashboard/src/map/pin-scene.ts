import type { FeatureCollection, Point } from 'geojson';
import type { PlaceStore } from '../live/place-store.ts';
import type { ViewStore } from '../live/view-store.ts';
import { BadgeLayout, type Placeable } from './core/badge-layout.ts';
import { HitGrid } from './core/hit-grid.ts';
import { worldPx } from './core/mercator.ts';
import { NO_SPOT, type Pin } from './core/pin.ts';
import { PinBoard } from './core/pin-board.ts';
import { PinBuffer } from './core/pin-buffer.ts';
import { pinScale } from './core/pin-state.ts';
import { type Camera, copiesOnScreen, project, type ScreenPoint } from './core/projector.ts';
import { NAMES_FROM_ZOOM, type NamedPin, placeNames } from './pin-names.ts';

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
/** Pins off the screen by this much still reach into it. */
const EDGE_PX = 40;
const FOREVER = Number.POSITIVE_INFINITY;

export interface SceneHost {
  /** null before the first frame. */
  camera(): Camera | null;
  zoom(): number;
  /** Draw a frame soon. */
  repaint(): void;
  names(names: FeatureCollection<Point>): void;
  nameOf(pin: Pin): string;
  /** The pins are other ones, or say something else. At most every `DRAW_EVERY_MS`. */
  changed(): void;
}

/**
 * PinScene — keeps what the layer draws in step with the counts and the camera.
 *
 * Purpose     counts come in at any pace; bytes go to the graphics card at most ten times a second, and only those that differ.
 * Lifecycle   `show` a store → … → `dispose`. It has one timer at most.
 * Invariants  a pin that came is drawn within one interval, with its count where there is room; full placements follow less often.
 */
export class PinScene {
  readonly buffer = new PinBuffer();
  readonly #host: SceneHost;
  readonly #places: PlaceStore;
  readonly #board: PinBoard;
  readonly #layout = new BadgeLayout();
  readonly #hits = new HitGrid();
  /** By slot. */
  #slots: (Pin | null)[] = [];
  #free: number[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #drawnAt = -FOREVER;
  #laidOutAt = -FOREVER;
  #laidOutZoom = Number.NaN;
  #layoutTookMs = 0;
  #needsLayout = false;
  #hitsAreStale = true;
  #undo: (() => void)[] = [];
  #chosen: string | null = null;
  isCheap = false;

  constructor(places: PlaceStore, host: SceneHost) {
    this.#host = host;
    this.#places = places;
    this.#board = new PinBoard((index) => places.get(index));
  }

  /** Pins drawn. */
  get count(): number {
    return this.#board.drawn.size;
  }
  get pins(): Iterable<Pin> {
    return this.#board.drawn.values();
  }
  pinOf(cityId: string): Pin | undefined {
    return this.#board.pinOf(cityId);
  }
  citiesIn(pin: Pin): number {
    return this.#board.citiesIn(pin);
  }
  isDrawn(pin: Pin): boolean {
    return pin.slot >= 0;
  }

  show(store: ViewStore | null): void {
    this.dispose();
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
    this.#needsLayout = true;
    this.#request();
  }

  dispose(): void {
    for (const undo of this.#undo) undo();
    this.#undo = [];
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** City whose name stands out and is placed first. */
  choose(cityId: string | null): void {
    if (cityId === this.#chosen) return;
    this.#chosen = cityId;
    this.#needsLayout = true;
    this.#request();
  }

  /** The camera moved (`ended`: and rests now). */
  moved(ended: boolean): void {
    this.#hitsAreStale = true;
    const camera = this.#host.camera();
    if (!camera) return;
    const zoomed = !(Math.abs(this.#host.zoom() - this.#laidOutZoom) < ZOOM_STEP);
    const turned = camera.kind === 'globe';
    if (ended) this.#layOut();
    else if ((zoomed || turned) && performance.now() - this.#laidOutAt >= LAYOUT_MOVING_EVERY_MS) this.#layOut();
  }

  /** The pin under a point of the screen. */
  hit(x: number, y: number, slackPx: number): Pin | null {
    if (this.#hitsAreStale) this.#fillHits();
    return this.#slots[this.#hits.at(x, y, slackPx)] ?? null;
  }

  /** Where a pin is on the screen; of several copies the one nearest to the middle. null: behind the globe, or no frame yet. */
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
    if (board.came.size > 0 || board.went.size > 0 || board.moved) this.#needsLayout = true;
    const layoutEveryMs = Math.max(LAYOUT_EVERY_MS, this.#layoutTookMs * LAYOUT_SHARE);
    const isDue = this.#drawnAt - this.#laidOutAt >= layoutEveryMs;
    if (this.#needsLayout && isDue) this.#layOut();
    else {
      this.#patch();
      // What is left to place comes with a later turn; nothing else may call for one.
      if (this.#needsLayout) this.#request();
    }
    this.#host.changed();
  }

  /** Writes what changed, each pin where it was. */
  #patch(): void {
    const board = this.#board;
    const camera = this.#host.camera();
    const point: ScreenPoint = { x: 0, y: 0, visible: false };
    for (const pin of board.went) this.#drop(pin);
    for (const pin of board.came) {
      pin.slot = this.#free.pop() ?? this.#slots.length;
      this.#slots[pin.slot] = pin;
      pin.spot = NO_SPOT;
    }
    let isSeen = board.went.size > 0;
    for (const pin of board.changed) {
      if (pin.slot < 0) continue;
      const before = this.#widths[pin.slot] ?? 0;
      if (camera && (pin.badgeWidth !== before || board.came.has(pin))) {
        pin.spot = this.#layout.placeOne(pin.slot, this.#placeable(pin, camera, point), board.came.has(pin));
        this.#widths[pin.slot] = pin.badgeWidth;
        this.#needsLayout = true;
      }
      this.buffer.write(pin);
      isSeen ||= camera === null || this.#isOnScreen(pin, camera, point);
    }
    board.settle();
    if (!isSeen) return;
    this.#hitsAreStale = true;
    this.#host.repaint();
  }
  /** Of the counts that are placed, by slot. */
  readonly #widths: number[] = [];

  #drop(pin: Pin): void {
    if (pin.slot < 0) return;
    this.buffer.erase(pin.slot);
    this.#slots[pin.slot] = null;
    this.#free.push(pin.slot);
    pin.slot = -1;
    pin.spot = NO_SPOT;
  }

  /** Folds regions, orders the pins, places counts and names, and writes everything anew. */
  #layOut(): void {
    const camera = this.#host.camera();
    if (!camera) return void this.#patch();
    const started = performance.now();
    const board = this.#board;
    const zoom = this.#host.zoom();
    board.setZoom(zoom);
    for (const pin of board.went) pin.slot = -1;
    // Small ones first, so that the large ones lie on top; what waits for a person lies on top of all.
    const pins = [...board.drawn.values()].sort(
      (a, b) => Number(a.core === 'unassigned') - Number(b.core === 'unassigned') || a.total - b.total || (a.id < b.id ? -1 : 1),
    );
    this.#slots = pins;
    this.#free = [];
    this.buffer.count = 0;
    this.#widths.length = 0;
    const point: ScreenPoint = { x: 0, y: 0, visible: false };
    const places = pins.map((pin) => this.#placeable(pin, camera, point));
    const spots = this.#layout.placeAll(places);
    for (const [slot, pin] of pins.entries()) {
      pin.slot = slot;
      pin.spot = spots[slot] ?? NO_SPOT;
      this.#widths.push(pin.badgeWidth);
      this.buffer.write(pin);
    }
    this.#nameVisible(pins, places, camera, zoom);
    board.settle();
    this.#needsLayout = false;
    this.#laidOutZoom = zoom;
    this.#laidOutAt = performance.now();
    this.#layoutTookMs = this.#laidOutAt - started;
    this.#hitsAreStale = true;
    this.#host.repaint();
  }

  #nameVisible(pins: readonly Pin[], places: readonly Placeable[], camera: Camera, zoom: number): void {
    const named: NamedPin[] = [];
    if (zoom >= NAMES_FROM_ZOOM) {
      const point: ScreenPoint = { x: 0, y: 0, visible: false };
      for (const [owner, pin] of pins.entries()) {
        const place = places[owner];
        if (place && this.#isOnScreen(pin, camera, point)) named.push({ pin, x: place.x, y: place.y, radius: place.radius, owner });
      }
    }
    const chosen = this.#chosen === null ? null : (this.#board.pinOf(this.#chosen) ?? null);
    this.#host.names(placeNames(named, this.#layout, chosen, (pin) => this.#host.nameOf(pin)));
  }

  /** On a flat map counts are placed on the plane of the whole world, so that panning changes nothing; on a globe, on the screen. */
  #placeable(pin: Pin, camera: Camera, point: ScreenPoint): Placeable {
    const zoom = this.#host.zoom();
    const radius = pin.radius * pinScale(zoom);
    const { total, badgeWidth, spot } = pin;
    if (camera.kind === 'flat') {
      const size = worldPx(zoom);
      return { x: pin.x * size, y: pin.y * size, radius, total, badgeWidth, spot };
    }
    project(camera, pin.x, pin.y, point);
    // Behind the globe it takes no room.
    return point.visible
      ? { x: point.x, y: point.y, radius, total, badgeWidth, spot }
      : { x: -1e6, y: -1e6, radius: 0, total, badgeWidth: 0, spot: NO_SPOT };
  }

  #isOnScreen(pin: Pin, camera: Camera, point: ScreenPoint): boolean {
    project(camera, pin.x, pin.y, point);
    if (!point.visible || point.y < -EDGE_PX || point.y > camera.height + EDGE_PX) return false;
    if (camera.kind === 'globe') return point.x > -EDGE_PX && point.x < camera.width + EDGE_PX;
    const offset = (((point.x + EDGE_PX) % camera.worldPx) + camera.worldPx) % camera.worldPx;
    return offset < camera.width + 2 * EDGE_PX;
  }

  #fillHits(): void {
    this.#hits.clear();
    this.#hitsAreStale = false;
    const camera = this.#host.camera();
    if (!camera) return;
    const scale = pinScale(this.#host.zoom());
    const point: ScreenPoint = { x: 0, y: 0, visible: false };
    const copies = copiesOnScreen(camera, EDGE_PX);
    for (const pin of this.#slots) {
      if (!pin) continue;
      project(camera, pin.x, pin.y, point);
      if (!point.visible || point.y < -EDGE_PX || point.y > camera.height + EDGE_PX) continue;
      for (const copy of copies) {
        const x = point.x + (camera.kind === 'flat' ? copy * camera.worldPx : 0);
        if (x < -EDGE_PX || x > camera.width + EDGE_PX) continue;
        this.#hits.add(pin.slot, { x, y: point.y, radius: pin.radius * scale, badgeWidth: pin.badgeWidth, spot: pin.spot });
      }
    }
  }
}
