import { type CustomRenderMethodInput, type GeoJSONSource, Map as MapLibreMap, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import type { PlaceStore } from '../live/place-store.ts';
import type { ViewStore } from '../live/view-store.ts';
import { basemapSources, type Basemap } from './basemap/sources.ts';
import { WorldNames } from './basemap/names.ts';
import { basemapLayers, basemapStyle, type Projection, SHELF } from './basemap/style.ts';
import { FramePace } from './core/frame-pace.ts';
import { mercatorX, mercatorY, worldPx } from './core/mercator.ts';
import type { Pin } from './core/pin.ts';
import { globeView, type Insets, worldView } from './core/world-view.ts';
import { type Camera, globeEdge } from './core/projector.ts';
import { PinLayer, type PinLook } from './gl/pin-layer.ts';
import { onThemeChange, readPalette } from './palette.ts';
import { NamePlacer } from './name-placer.ts';
import { PinScene } from './pin-scene.ts';
import { forgetWidths, textWidth } from './text-width.ts';

setWorkerUrl(workerUrl);

/** Where the map flies to when somebody is chosen (product.md 2). */
const CLOSE_ZOOM = 5;
const MIN_ZOOM = 0.4;
/** Beyond it the land's shapes are too coarse to mean anything. */
const MAX_ZOOM = 9;
/** As --duration-fly. */
const FLY_MS = 900;
/** Farther out than this the whole world is looked at, and goes on being so when it becomes a globe or flat. */
const WORLD_ZOOM = 2.8;
const TOP_LEFT: [number, number] = [-180, 85.051_129];
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
  readonly #pace = new FramePace();
  #camera: Camera | null = null;
  #hovered: Pin | null = null;
  #projection: Projection;
  #insets: Insets;
  #isWatched = false;
  #isShelfShown = true;
  /** Of the canvas. Asking the page for it while it has changed makes it lay itself out. */
  #size = { width: 1, height: 1 };
  readonly #undo: (() => void)[] = [];

  constructor(container: HTMLElement, options: WorldMapOptions) {
    this.#options = options;
    this.#projection = options.projection;
    this.#insets = options.insets;
    const palette = readPalette(options.root);
    const { basemap, language, countryName } = options;
    this.#map = new MapLibreMap({
      container,
      style: basemapStyle(basemapSources(basemap, language), palette.map, options.projection),
      ...worldView({ width: container.clientWidth, height: container.clientHeight, insets: options.insets }),
      attributionControl: false,
      fadeDuration: 0,
      minZoom: MIN_ZOOM,
      maxZoom: MAX_ZOOM,
      maxPitch: 0,
      dragRotate: false,
      touchPitch: false,
      locale: { 'Map.Title': options.label },
    });
    const map = this.#map;
    this.#measure();
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.setPadding({ ...options.insets });
    this.#names = new NamePlacer({
      names: new WorldNames(basemap.labels, countryName),
      nameOf: options.nameOf,
      measure: textWidth,
      show: (source, names) => void map.getSource<GeoJSONSource>(source)?.setData(names),
    });
    this.#scene = new PinScene(options.places, this.#names, {
      camera: () => this.#currentCamera(),
      zoom: () => map.getZoom(),
      repaint: () => map.triggerRepaint(),
      changed: () => this.#say(),
    });
    this.#look = { palette: palette.pins, scale: 1, hovered: -1 };
    this.#layer = new PinLayer(this.#scene.buffer, this.#look, (input) => this.#beginFrame(input));

    map.on('style.load', () => {
      // After a lost context the buffer's copy on the card is gone with everything else.
      this.#scene.buffer.generation += 1;
      map.addLayer(this.#layer, 'pin-name');
      this.#names.forget();
      this.#scene.moved(true);
    });
    map.once('load', () => {
      options.root.dataset['ready'] = 'true';
      this.#say();
    });
    if (options.projection === 'globe') this.fitWorld({ jump: true });
    map.on('movestart', () => this.#showShelf(!this.#pace.isCheap));
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
    void Promise.all(['400', '500', '600'].map((weight) => document.fonts.load(`${weight} 20px 'Inter'`, '0123456789'))).then(() => {
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

  show(store: ViewStore | null): void {
    this.#scene.show(store);
  }
  choose(cityId: string | null): void {
    this.#scene.choose(cityId);
  }

  /** To a place, at zoom 5; nearer stays nearer. Jumps when motion is not wanted. */
  flyTo(lon: number, lat: number): void {
    this.#map.flyTo({ center: [lon, lat], zoom: Math.max(CLOSE_ZOOM, this.#map.getZoom()), duration: FLY_MS, essential: false });
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
    this.#map.setProjection({ type: projection });
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
    this.#showShelf(true);
    this.#say();
  }

  #beginFrame(input: CustomRenderMethodInput): Camera {
    this.#camera = this.#cameraOf(input);
    this.#scene.beginFrame(this.#camera);
    this.#look.scale = this.#scene.scale;
    this.#look.hovered = this.#hovered?.slot ?? -1;
    this.#watchFrame();
    this.#options.events.framed();
    return this.#camera;
  }

  /** Shallow water is wide blurred lines, the dearest thing on the map: on a slow machine it waits until the camera rests. */
  #showShelf(isShown: boolean): void {
    if (isShown === this.#isShelfShown || !this.#map.isStyleLoaded()) return;
    this.#isShelfShown = isShown;
    for (const [layer, opacity] of Object.entries(SHELF)) this.#map.setPaintProperty(layer, 'line-opacity', isShown ? opacity : 0);
  }

  /** How long until the next frame could begin: what the graphics card needs shows in nothing else. */
  #watchFrame(): void {
    if (this.#isWatched || document.hidden) return;
    this.#isWatched = true;
    const began = performance.now();
    requestAnimationFrame(() => {
      this.#isWatched = false;
      const now = performance.now();
      if (document.hidden || !this.#pace.frame(now - began, now)) return;
      this.#scene.isCheap = this.#pace.isCheap;
      if (window.devicePixelRatio > 1) this.#map.setPixelRatio(this.#pace.isCheap ? 1 : window.devicePixelRatio);
      this.#showShelf(true);
      this.#say();
    });
  }

  #currentCamera(): Camera | null {
    // A flat map's camera is known without a frame; a globe's is the one that was drawn last.
    return this.#camera?.kind === 'globe' ? this.#camera : this.#flatCamera();
  }
  #cameraOf({ defaultProjectionData: data }: CustomRenderMethodInput): Camera {
    if (data.projectionTransition === 0) return this.#flatCamera();
    const { width, height } = this.#size;
    return {
      kind: 'globe',
      matrix: Array.from(data.mainMatrix),
      flatMatrix: Array.from(data.fallbackMatrix),
      horizon: data.clippingPlane,
      globeness: data.projectionTransition,
      width,
      height,
    };
  }
  #measure(): void {
    const { clientWidth, clientHeight } = this.#map.getCanvas();
    this.#size = { width: clientWidth, height: clientHeight };
  }
  #flatCamera(): Camera {
    const { x, y } = this.#map.project(TOP_LEFT);
    const { width, height } = this.#size;
    return { kind: 'flat', worldPx: worldPx(this.#map.getZoom()), left: x, top: y, width, height };
  }

  /** Another theme: the same layers with other colours, without loading anything again. */
  #recolour(): void {
    const palette = readPalette(this.#options.root);
    this.#look.palette = palette.pins;
    for (const layer of basemapLayers(palette.map)) {
      for (const [name, value] of Object.entries(layer.paint ?? {})) {
        // Only colours differ between themes, and expressions that hold one.
        if (name.endsWith('-color')) this.#map.setPaintProperty(layer.id, name as never, value as never);
      }
    }
    this.#map.triggerRepaint();
  }

  #say(): void {
    const { dataset } = this.#options.root;
    const said = {
      pins: String(this.#scene.count),
      zoom: this.#map.getZoom().toFixed(2),
      projection: this.#projection,
      cheap: String(this.#pace.isCheap),
    };
    for (const [name, value] of Object.entries(said)) if (dataset[name] !== value) dataset[name] = value;
    this.#options.events.changed();
  }
}
