import type { Map as MapLibreMap } from 'maplibre-gl';
import { SHELF } from './basemap/style.ts';

/** Shallow water is wide blurred lines, the dearest thing on the map: on a slow machine it waits until the camera rests. */
export class ShallowWater {
  readonly #map: MapLibreMap;
  #isBuilt = false;
  #isShown = true;

  constructor(map: MapLibreMap) {
    this.#map = map;
  }

  /** The map's style is there, and shows it. */
  built(): void {
    this.#isBuilt = true;
    this.#isShown = true;
  }
  /** The style has gone with the graphics context. */
  lost(): void {
    this.#isBuilt = false;
  }

  show(isShown: boolean): void {
    if (isShown === this.#isShown || !this.#isBuilt) return;
    this.#isShown = isShown;
    for (const [layer, opacity] of Object.entries(SHELF)) this.#map.setPaintProperty(layer, 'line-opacity', isShown ? opacity : 0);
  }
}
