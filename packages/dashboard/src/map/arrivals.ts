import type { Place } from '@foyer/protocol';
import type { WorldMap } from './world-map.ts';

/** Rings at once: of a day that flies by nobody follows more. */
const MOST = 12;

/** A ring where somebody came, once, over the map. It goes by itself when its animation has ended. */
export class Arrivals {
  readonly #layer: HTMLElement;
  readonly #rings = new Map<HTMLElement, Place>();

  constructor(layer: HTMLElement) {
    this.#layer = layer;
  }

  show(map: WorldMap, places: readonly Place[]): void {
    for (const place of places) {
      if (this.#rings.size >= MOST) return;
      // A page whose map is not to be seen, or the other side of the globe.
      if (!map.pointOf(place.lon, place.lat)) continue;
      const ring = document.createElement('i');
      ring.className = 'map-arrival';
      ring.addEventListener('animationend', () => this.#end(ring));
      this.#rings.set(ring, place);
      this.#layer.append(ring);
    }
    this.follow(map);
  }
  /** Each frame: the map may have moved. */
  follow(map: WorldMap): void {
    for (const [ring, place] of this.#rings) {
      const point = map.pointOf(place.lon, place.lat);
      ring.hidden = !point;
      if (point) ring.style.translate = `${point.x.toFixed(1)}px ${point.y.toFixed(1)}px`;
    }
  }
  clear(): void {
    for (const ring of [...this.#rings.keys()]) this.#end(ring);
  }

  #end(ring: HTMLElement): void {
    this.#rings.delete(ring);
    ring.remove();
  }
}
