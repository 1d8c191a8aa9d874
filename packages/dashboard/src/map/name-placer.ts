import type { Feature, FeatureCollection, Point } from 'geojson';
import type { NameSource } from './basemap/sources.ts';
import { cityNamePx, countryNamePx, type WorldNames } from './basemap/names.ts';
import type { BadgeLayout } from './core/badge-layout.ts';
import { mercatorX, mercatorY } from './core/mercator.ts';
import { type Measure, type PlacedName, placeCityName, placeCountryName, placePinName } from './core/name-layout.ts';
import type { Pin } from './core/pin.ts';

/** From here in, pins carry the name of their city. */
const PIN_NAMES_FROM_ZOOM = 3.4;
/** Names beyond these many are noise, and each costs MapLibre a layout. */
const MOST_PIN_NAMES = 120;
const MOST_CITIES = 60;

/** Pixels beyond a chosen pin's radius that its ripple takes while it is to be seen well. */
export const RIPPLE_PX = 18;
const RIPPLE_LINE_PX = 4;

/** A pin that is on the screen, where it stands on the plane in which names are placed. */
export interface PinOnPlane {
  readonly pin: Pin;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly owner: number;
}
/** Pixels of that plane for a point of Mercator 0–1; null: not to be seen. */
export type Plane = (x: number, y: number) => { readonly x: number; readonly y: number } | null;

/**
 * All names beside and between the pins: cities with a pin first, the chosen one before all; then countries, then other cities.
 * Whoever finds no place is not named. What is handed on is only what differs from the last time.
 */
export class NamePlacer {
  readonly #names: WorldNames;
  readonly #nameOf: (pin: Pin) => string;
  readonly #measure: Measure;
  readonly #show: (source: NameSource, names: FeatureCollection<Point>) => void;
  readonly #last = new Map<NameSource, string>();

  constructor(q: {
    readonly names: WorldNames;
    readonly nameOf: (pin: Pin) => string;
    readonly measure: Measure;
    readonly show: (source: NameSource, names: FeatureCollection<Point>) => void;
  }) {
    this.#names = q.names;
    this.#nameOf = q.nameOf;
    this.#measure = q.measure;
    this.#show = q.show;
  }

  /** The style was built anew and knows no names. */
  forget(): void {
    this.#last.clear();
  }

  place(pins: readonly PinOnPlane[], chosen: Pin | null, layout: BadgeLayout, plane: Plane, zoom: number): void {
    const at = pins.find(({ pin }) => pin === chosen);
    const own = at && zoom >= PIN_NAMES_FROM_ZOOM ? this.#pinNames([at], chosen, layout) : [];
    if (at) {
      const reach = at.radius + RIPPLE_PX + RIPPLE_LINE_PX;
      layout.keepFree(at.x - reach, at.y - reach, at.x + reach, at.y + reach, reach);
    }
    const others = at ? pins.filter((one) => one !== at) : pins;
    this.#hand('pins', zoom < PIN_NAMES_FROM_ZOOM ? [] : [...own, ...this.#pinNames(others, chosen, layout)]);
    this.#hand('countries', this.#countryNames(layout, plane, zoom));
    this.#hand('cities', this.#cityNames(layout, plane, zoom));
  }

  #pinNames(pins: readonly PinOnPlane[], chosen: Pin | null, layout: BadgeLayout): Feature<Point>[] {
    const order = [...pins].sort((a, b) => b.pin.total - a.pin.total);
    const features: Feature<Point>[] = [];
    for (const { pin, x, y, radius, owner } of order.slice(0, MOST_PIN_NAMES)) {
      const text = this.#nameOf(pin);
      const placed =
        text === ''
          ? null
          : placePinName(
              text,
              { x, y, radius, spot: pin.spot, owner, around: pin === chosen ? RIPPLE_PX + RIPPLE_LINE_PX : 0 },
              layout,
              this.#measure,
            );
      if (placed) features.push(feature(placed, pin.place, { chosen: pin === chosen }));
    }
    return features;
  }

  #countryNames(layout: BadgeLayout, plane: Plane, zoom: number): Feature<Point>[] {
    const features: Feature<Point>[] = [];
    for (const { name, lon, lat, weight } of this.#names.countries(zoom)) {
      const at = plane(mercatorX(lon), mercatorY(lat));
      if (!at) continue;
      const size = countryNamePx(weight, zoom);
      const placed = placeCountryName(name, { ...at, sizePx: size }, layout, this.#measure);
      if (placed) features.push(feature(placed, { lon, lat }, { size }));
    }
    return features;
  }

  #cityNames(layout: BadgeLayout, plane: Plane, zoom: number): Feature<Point>[] {
    const features: Feature<Point>[] = [];
    const size = cityNamePx(zoom);
    for (const { name, lon, lat } of this.#names.cities(zoom)) {
      if (features.length >= MOST_CITIES) break;
      const at = plane(mercatorX(lon), mercatorY(lat));
      const placed = at && placeCityName(name, { ...at, sizePx: size }, layout, this.#measure);
      if (placed) features.push(feature(placed, { lon, lat }, { size }));
    }
    return features;
  }

  #hand(source: NameSource, features: Feature<Point>[]): void {
    const key = JSON.stringify(features);
    if (key === this.#last.get(source)) return;
    this.#last.set(source, key);
    this.#show(source, { type: 'FeatureCollection', features });
  }
}

/** Hundredths of the text's size: finer differences are none, and would be handed on. */
const rounded = (n: number): number => Math.round(n * 100) / 100;
const feature = (
  { text, anchor, offset }: PlacedName,
  { lon, lat }: { readonly lon: number; readonly lat: number },
  more: { readonly chosen?: boolean; readonly size?: number },
): Feature<Point> => ({
  type: 'Feature',
  properties: {
    name: text,
    anchor,
    offset: offset.map(rounded),
    ...more,
    ...(more.size === undefined ? {} : { size: rounded(more.size) }),
  },
  geometry: { type: 'Point', coordinates: [lon, lat] },
});
