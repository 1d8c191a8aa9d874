import type { CustomRenderMethodInput, GeoJSONSource, LngLatLike, Map as MapLibreMap } from 'maplibre-gl';
import type { PlaceStore } from '../live/place-store.ts';
import type { ViewStore } from '../live/view-store.ts';
import { basemapSources, type Basemap } from './basemap/sources.ts';
import { WorldNames } from './basemap/names.ts';
import { basemapStyle, type Projection, recolour } from './basemap/style.ts';
import { mercatorX, mercatorY } from './core/mercator.ts';
import type { Pin } from './core/pin.ts';
import { peopleBox } from './core/people-box.ts';
import { globeView, type Insets, worldView } from './core/world-view.ts';
import { type Camera, globeEdge } from './core/projector.ts';
import { PinLayer, type PinLook } from './gl/pin-layer.ts';
import { onThemeChange, readPalette } from './palette.ts';
import { FrameWatch } from './frame-watch.ts';
import { flatCamera, frameCamera, type Size } from './map-camera.ts';
import { NamePlacer } from './name-placer.ts';
import { newMap } from './new-map.ts';
import { type PinRef, PinScene, type ScreenBox } from './pin-scene.ts';
import { ShallowWater } from './shallow-water.ts';
import { forgetWidths, textWidth, typefaceCame } from './text-width.ts';

/** Where the map flies to when somebody is chosen (product.md 2). */
const CLOSE_ZOOM = 5;
/** Of the people at a place, when it is shown: the rest may lie overseas. */
const MOST_PEOPLE = 0.95;
/** Room around what is shown, for pins and counts at its edge. */
const FIT_EDGE_PX = 56;
/** Zooms by which a view must be nearer for it to be worth offering. */
const CLEARLY_NEARER = 1.5;
/** As --duration-fly. */
const FLY_MS = 900;
/** Farther out than this the whole world is looked at, and goes on being so when it becomes a globe or flat. */
const WORLD_ZOOM = 2.8;
/** A finger is less exact than a mouse. */
const MOUSE_SLACK_PX = 4;
const TOUCH_SLACK_PX = 14;

export interface WorldMapEvents {
  /** The pin under the mouse; null: none. */
  hover(pin: Pin | null): void;
  /** A click or tap on a pin, or on the background. */
  click(pin: Pin | null): void;
  /** A frame is being drawn: whatever is tied to a place has to be where that is now. */
  framed(): void;
  /** What the pins say has changed; ten times a second at most. */
  changed(): void;
  /** The graphics context went (true) and is back (false). */
  lost(isLost: boolean): void;
}
export interface WorldMapOptions {
  readonly basemap: Basemap;
  readonly language: string;
  readonly countryName: (code: string) => string;
  /** Of a pin, for its label. */
  readonly nameOf: (pin: Pin) => string;
  readonly projection: Projection;
  readonly places: PlaceStore;
  readonly insets: Insets;
  /** Root whose `data-…` attributes say what the map shows. */
  readonly root: HTMLElement;
  readonly label: string;
  readonly events: WorldMapEvents;
}

/**
 * WorldMap — the canvas: MapLibre with our world, our pins and nothing from anywhere else. No React.
 *
 * Lifecycle   constructor (throws without WebGL2) → `show` stores, `select` … → `dispose`.
 * On error    a lost graphics context is restored by MapLibre from a copy of its style; the pins are added to it again.
 */
export class WorldMap {
  readonly #map: MapLibreMap;
  readonly #options: WorldMapOptions;
  readonly #names: NamePlacer;
  readonly #scene: PinScene;
  readonly #layer: PinLayer;
  readonly #look: PinLook;
  readonly #water: ShallowWater;
  readonly #watch = new FrameWatch((isCheap) => this.#drawCheaply(isCheap));
  #camera: Camera | null = null;
  #hovered: Pin | null = null;
  #projection: Projection;
  #insets: Insets;
  /** The style is there: not before it has loaded, and not while the graphics context is lost. */
  #isStyled = false;
  /** Where a flight is going, so that the same wish made twice does not start it anew. */
  #flight = '';
  #covered: readonly ScreenBox[] = [];
  /** Of the canvas. Asking the page for it while it has changed makes it lay itself out. */
  #size: Size = { width: 1, height: 1 };
  readonly #undo: (() => void)[] = [];

  constructor(container: HTMLElement, options: WorldMapOptions) {
    this.#options = options;
    this.#projection = options.projection;
    this.#insets = options.insets;
    const palette = readPalette(options.root);
    const { basemap, language, countryName, insets, label } = options;
    const style = basemapStyle(basemapSources(basemap, language), palette.map, options.projection);
    this.#map = newMap({ container, style, insets, label });
    const map = this.#map;
    this.#water = new ShallowWater(map);
    this.#measure();
    this.#names = new NamePlacer({
      names: new WorldNames(basemap.labels, countryName),
      nameOf: options.nameOf,
      measure: textWidth,
      show: (source, names) => void map.getSource<GeoJSONSource>(source)?.setData(names),
    });
    this.#scene = new PinScene(options.places, this.#names, {
      camera: () => this.#currentCamera(),
      zoom: () => map.getZoom(),
      covered: () => this.#covered,
      repaint: () => map.triggerRepaint(),
      changed: () => this.#say(),
    });
    this.#look = { palette: palette.pins, scale: 1, hovered: -1 };
    this.#layer = new PinLayer(this.#scene.buffer, this.#look, (input) => this.#beginFrame(input));

    map.on('style.load', () => {
      this.#isStyled = true;
      this.#water.built();
      // After a lost context the buffer's copy on the card is gone with everything else, and much may have been chosen meanwhile.
      this.#scene.buffer.generation += 1;
      map.addLayer(this.#layer, 'pin-name');
      this.#names.forget();
      this.#scene.moved(true);
      this.#recolour();
      map.setProjection({ type: this.#projection });
    });
    map.once('load', () => {
      options.root.dataset['ready'] = 'true';
      this.#say();
    });
    if (options.projection === 'globe') this.fitWorld({ jump: true });
    map.on('movestart', () => this.#water.show(!this.#watch.isCheap));
    map.on('move', () => this.#moved(false));
    map.on('moveend', () => this.#moved(true));
    map.on('resize', () => {
      this.#measure();
      this.#moved(true);
    });
    map.on('click', (event) => {
      const isTouch = event.originalEvent instanceof PointerEvent && event.originalEvent.pointerType === 'touch';
      options.events.click(this.#scene.hit(event.point.x, event.point.y, isTouch ? TOUCH_SLACK_PX : MOUSE_SLACK_PX));
    });
    map.on('webglcontextlost', () => {
      this.#isStyled = false;
      this.#water.lost();
      options.root.dataset['ready'] = 'false';
      options.events.lost(true);
    });
    map.on('webglcontextrestored', () => {
      options.root.dataset['ready'] = 'true';
      options.events.lost(false);
    });
    const canvas = map.getCanvas();
    canvas.addEventListener('pointermove', this.#onPointerMove);
    canvas.addEventListener('pointerleave', this.#onPointerLeave);
    this.#undo.push(
      onThemeChange(() => this.#recolour()),
      () => canvas.removeEventListener('pointermove', this.#onPointerMove),
      () => canvas.removeEventListener('pointerleave', this.#onPointerLeave),
    );
    void typefaceCame().then(() => {
      forgetWidths();
      this.#layer.redrawSigns();
      this.#scene.moved(true);
    });
  }

  get canvas(): HTMLCanvasElement {
    return this.#map.getCanvas();
  }
  get zoom(): number {
    return this.#map.getZoom();
  }
  get scene(): PinScene {
    return this.#scene;
  }

  /** `places`: of the store's indices. */
  show(store: ViewStore | null, places: PlaceStore): void {
    this.#scene.show(store, places);
  }
  choose(place: PinRef | null): void {
    this.#scene.choose(place);
  }
  /** What lies over the map, in pixels of the canvas. */
  setCovered(boxes: readonly ScreenBox[]): void {
    this.#covered = boxes;
    this.#scene.placeAnew();
  }

  /** To a place, at zoom 5; nearer stays nearer. Jumps when motion is not wanted. */
  flyTo(lon: number, lat: number): void {
    const flight = `${lon} ${lat}`;
    if (flight === this.#flight) return;
    this.#map.flyTo({ center: [lon, lat], zoom: Math.max(CLOSE_ZOOM, this.#map.getZoom()), duration: FLY_MS, essential: false });
    // Set after: a flight that this one interrupts has ended only now. One that jumped is over already.
    if (this.#map.isMoving()) this.#flight = flight;
  }
  /** To all cities of a place: at zoom 5, or as near as shows where most of its people are. Answers false while nobody is there. */
  flyToPlace(place: PinRef): boolean {
    const cities = this.#scene.citiesOf(place);
    const [first] = cities;
    if (!first) return false;
    if (cities.length === 1) {
      this.flyTo(first.place.lon, first.place.lat);
      return true;
    }
    const flight = `${place.kind} ${place.id}`;
    const view = flight === this.#flight ? null : this.#viewOf(cities, MOST_PEOPLE);
    if (!view) return true;
    this.#map.flyTo({ ...view, duration: FLY_MS, essential: false });
    if (this.#map.isMoving()) this.#flight = flight;
    return true;
  }
  /** All pins; the whole world where they are in view as large as can be, or where there are none. */
  fitPins(): void {
    const view = this.#viewOf([...this.#scene.pins], 1);
    if (!view || this.#isAt(view)) this.fitWorld();
    else this.#map.flyTo({ ...view, duration: FLY_MS, essential: false });
  }
  /** All pins lie outside of what is in view, or close together in it. */
  get isWorthFitting(): boolean {
    const view = this.#viewOf([...this.#scene.pins], 1);
    if (!view) return false;
    if (view.zoom > this.#map.getZoom() + CLEARLY_NEARER) return true;
    const bounds = this.#map.getBounds();
    for (const { place } of this.#scene.pins) if (bounds.contains([place.lon, place.lat])) return false;
    return true;
  }
  #viewOf(pins: readonly Pin[], share: number): { center: LngLatLike; zoom: number } | null {
    const box = peopleBox(pins, share);
    const view =
      box && this.#map.cameraForBounds([box.west, box.south, box.east, box.north], { padding: FIT_EDGE_PX, maxZoom: CLOSE_ZOOM });
    return view?.center && view.zoom !== undefined ? { center: view.center, zoom: view.zoom } : null;
  }
  #isAt({ center, zoom }: { center: LngLatLike; zoom: number }): boolean {
    const [to, at] = [this.#map.project(center), this.#map.project(this.#map.getCenter())];
    return Math.abs(zoom - this.#map.getZoom()) < 0.05 && Math.hypot(to.x - at.x, to.y - at.y) < 8;
  }
  zoomBy(step: 1 | -1): void {
    this.#map.easeTo({ zoom: this.#map.getZoom() + step, duration: 200, essential: false });
  }
  /** The whole world, or the side of the globe that is looked at. */
  fitWorld(options: { readonly jump?: boolean } = {}): void {
    const screen = { ...this.#size, insets: this.#insets };
    const { lng } = this.#map.getCenter();
    const view = this.#projection === 'globe' ? globeView(screen, lng) : worldView(screen);
    this.#map.easeTo({ ...view, duration: options.jump ? 0 : FLY_MS, essential: false });
  }
  setProjection(projection: Projection): void {
    if (projection === this.#projection) return;
    const isFar = this.#map.getZoom() < WORLD_ZOOM;
    this.#projection = projection;
    if (this.#isStyled) this.#map.setProjection({ type: projection });
    if (isFar) this.fitWorld();
    this.#say();
  }
  /** The globe's edge in pixels of the canvas; null on a flat map. */
  get globe(): { readonly x: number; readonly y: number; readonly radius: number } | null {
    const camera = this.#currentCamera();
    return camera?.kind === 'globe' && camera.globeness > 0.999 ? globeEdge(camera) : null;
  }
  setInsets(insets: Insets): void {
    const { top, right, bottom, left } = this.#insets;
    if (top === insets.top && right === insets.right && bottom === insets.bottom && left === insets.left) return;
    this.#insets = insets;
    this.#map.easeTo({ padding: { ...insets }, duration: 200, essential: false });
  }
  /** Pixels of the canvas; null: not to be seen. */
  pointOf(lon: number, lat: number): { x: number; y: number } | null {
    return this.#scene.pointOf(mercatorX(lon), mercatorY(lat));
  }
  /** Pixels. */
  radiusOf(pin: Pin): number {
    return pin.radius * this.#scene.scale;
  }

  dispose(): void {
    for (const undo of this.#undo) undo();
    this.#watch.stop();
    this.#scene.dispose();
    this.#map.remove();
  }

  readonly #onPointerMove = (event: PointerEvent): void => {
    // Over something that lies on the map, or while it is dragged, there is nothing under the pointer.
    if (event.pointerType === 'touch' || event.buttons !== 0) return;
    const box = this.canvas.getBoundingClientRect();
    this.#hover(this.#scene.hit(event.clientX - box.left, event.clientY - box.top, MOUSE_SLACK_PX));
  };
  readonly #onPointerLeave = (): void => this.#hover(null);

  #hover(pin: Pin | null): void {
    if (pin === this.#hovered) return;
    this.#hovered = pin;
    this.#map.getCanvas().toggleAttribute('data-pointed', pin !== null);
    this.#map.triggerRepaint();
    this.#options.events.hover(pin);
  }

  #moved(ended: boolean): void {
    this.#scene.moved(ended);
    if (!ended) return;
    this.#flight = '';
    this.#water.show(true);
    this.#say();
  }

  #beginFrame(input: CustomRenderMethodInput): Camera {
    this.#camera = frameCamera(this.#map, this.#size, input);
    this.#scene.beginFrame(this.#camera);
    this.#look.scale = this.#scene.scale;
    this.#look.hovered = this.#hovered?.slot ?? -1;
    this.#watch.began();
    this.#options.events.framed();
    return this.#camera;
  }

  #drawCheaply(isCheap: boolean): void {
    this.#scene.isCheap = isCheap;
    if (window.devicePixelRatio > 1) this.#map.setPixelRatio(isCheap ? 1 : window.devicePixelRatio);
    this.#water.show(true);
    this.#say();
  }

  #currentCamera(): Camera | null {
    // A flat map's camera is known without a frame; a globe's is the one that was drawn last.
    return this.#camera?.kind === 'globe' ? this.#camera : flatCamera(this.#map, this.#size);
  }
  #measure(): void {
    const { clientWidth, clientHeight } = this.#map.getCanvas();
    this.#size = { width: clientWidth, height: clientHeight };
  }
  /** Another theme: the same layers with other colours, without loading anything again. */
  #recolour(): void {
    const palette = readPalette(this.#options.root);
    this.#look.palette = palette.pins;
    if (!this.#isStyled) return;
    recolour(this.#map, palette.map);
    this.#map.triggerRepaint();
  }

  #say(): void {
    const { dataset } = this.#options.root;
    const said = {
      pins: String(this.#scene.count),
      zoom: this.#map.getZoom().toFixed(2),
      projection: this.#projection,
      cheap: String(this.#watch.isCheap),
    };
    for (const [name, value] of Object.entries(said)) if (dataset[name] !== value) dataset[name] = value;
    this.#options.events.changed();
  }
}
