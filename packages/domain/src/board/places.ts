import type { Place } from '@foyer/protocol';

export type PlaceFacts = Omit<Place, 'index'>;

/**
 * The places this node has met: index ↔ facts. Index 0 is *unknown*.
 * Indexes are never reused, so a console asks for each only once. Bound: the cities of the geo data (< 200,000), not visitors.
 */
export class PlaceTable {
  readonly #byId = new Map<string, number>([['', 0]]);
  readonly #places: Place[] = [{ index: 0, id: '', city: '', region: '', country: '', lat: 0, lon: 0, approximate: false }];

  get size(): number {
    return this.#places.length;
  }

  learn(facts: PlaceFacts): number {
    const known = this.#byId.get(facts.id);
    if (known !== undefined) return known;
    const index = this.#places.length;
    this.#places.push({ ...facts, index });
    this.#byId.set(facts.id, index);
    return index;
  }

  indexOf(id: string): number | undefined {
    return this.#byId.get(id);
  }

  at(index: number): Place {
    return this.#places[index]!;
  }

  /** From `index` on, at most `limit`. */
  from(index: number, limit: number): Place[] {
    return this.#places.slice(Math.max(1, index), Math.max(1, index) + limit);
  }
}
