import type { Place } from '@foyer/protocol';
import { Listeners } from './listeners.ts';

/** Places of one epoch from index `from` on. null: the epoch is over. */
export type FetchPlaces = (epoch: string, from: number) => Promise<readonly Place[] | null>;

/**
 * Names and coordinates of the city indices in frames, fetched once and kept for the epoch.
 *
 * A place never changes within an epoch and indices only grow, so what is asked for is always "the rest".
 * At most one request at a time; a failed one is made again with the next `need`.
 */
export class PlaceStore {
  readonly #fetch: FetchPlaces;
  readonly #places = new Map<number, Place>();
  readonly #changed = new Listeners();
  #epoch = '';
  #next = 0;
  #needed = -1;
  #busy = false;

  constructor(fetch: FetchPlaces) {
    this.#fetch = fetch;
  }

  readonly subscribe = this.#changed.subscribe;
  get(index: number): Place | undefined {
    return this.#places.get(index);
  }
  /** By its id. Cost: a look at each place; asked when somebody is chosen. */
  find(id: string): Place | undefined {
    for (const place of this.#places.values()) if (place.id === id) return place;
    return undefined;
  }
  /** Grows with every answer, so it can stand for the contents. */
  get size(): number {
    return this.#places.size;
  }

  reset(epoch: string): void {
    if (epoch === this.#epoch) return;
    this.#epoch = epoch;
    this.#next = 0;
    this.#needed = -1;
    this.#places.clear();
    this.#changed.notify();
  }

  /** Say that this index is shown. */
  need(index: number): void {
    this.#needed = Math.max(this.#needed, index);
    if (!this.#busy && this.#needed >= this.#next && this.#epoch !== '') void this.#load();
  }

  async #load(): Promise<void> {
    const epoch = this.#epoch;
    this.#busy = true;
    const places = await this.#fetch(epoch, this.#next).catch(() => null);
    this.#busy = false;
    if (epoch !== this.#epoch) {
      if (this.#needed >= 0) this.need(this.#needed);
      return;
    }
    if (!places || places.length === 0) return;
    for (const place of places) {
      this.#places.set(place.index, place);
      this.#next = Math.max(this.#next, place.index + 1);
    }
    this.#changed.notify();
    this.need(this.#needed);
  }
}
