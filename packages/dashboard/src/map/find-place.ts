import type { Place } from '@foyer/protocol';
import type { PlaceStore } from '../live/place-store.ts';

/** A place by its id. undefined while it is not known here. Cost: one look at each place; asked when somebody is chosen. */
export function findPlace(places: PlaceStore, id: string): Place | undefined {
  // Indices begin at 1, or 0, and may have holes; `size` says when all have been seen.
  for (let index = 0, seen = 0; seen < places.size && index < places.size * 4 + 16; index += 1) {
    const place = places.get(index);
    if (!place) continue;
    if (place.id === id) return place;
    seen += 1;
  }
  return undefined;
}
