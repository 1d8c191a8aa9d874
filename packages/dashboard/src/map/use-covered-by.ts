import { type RefObject, useEffect } from 'react';
import type { WorldMap } from './world-map.ts';

/** What lies on the map and is not tied to a place: it, and all that makes it larger or smaller. */
const OVERLAYS = '.map-card, .map-chip, .map-by, .map-tools > div, .replay-bar';
const HOLDERS = '.map-card, .map-bottom, .map-foot, .map-tools, .replay-bar';
/** A name does not touch them. */
const APART_PX = 4;

/** Tells the map what lies on it, so that no name slides under. Measured when sizes change, while the page is laid out anyway, and with another `key`. */
export function useCoveredBy(root: RefObject<HTMLElement | null>, map: WorldMap | null, key: unknown): void {
  useEffect(() => {
    const element = root.current;
    if (!map || !element) return;
    // What plays a day lies beside the map, over it.
    const stage = element.closest('.stage') ?? element;
    const observer = new ResizeObserver(() => {
      const origin = element.getBoundingClientRect();
      const boxes = [...stage.querySelectorAll(OVERLAYS)].map((overlay) => overlay.getBoundingClientRect());
      map.setCovered(
        boxes
          .filter(({ width }) => width > 0)
          .map(({ left, top, right, bottom }) => ({
            left: left - origin.left - APART_PX,
            top: top - origin.top - APART_PX,
            right: right - origin.left + APART_PX,
            bottom: bottom - origin.top + APART_PX,
          })),
      );
    });
    for (const each of [element, ...stage.querySelectorAll(HOLDERS)]) observer.observe(each);
    return () => observer.disconnect();
  }, [map, root, key]);
}
