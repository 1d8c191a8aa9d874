import type { Place, ReplayAnswer } from '@foyer/protocol';

/** Still there when the day ends. */
const STAYS = 0x7fff_ffff;
/** Visits kept of a day: about 4 MB, and a second or two of reading. */
const MOST_VISITS = 200_000;

/** A day of visits, a column each: a quarter of a million objects would be 20 MB and a pause each time they are looked through. */
export interface Day {
  /** Epoch ms of second 0. */
  readonly from: number;
  readonly lengthS: number;
  /** Not all visits were read: those that came later than the end are missing. */
  readonly isCut: boolean;
  readonly visits: number;
  /** Visitor N; 0: not known. */
  readonly number: Int32Array;
  /** Seconds since `from`: there from `cameAt` on, no longer at `leftAt`. */
  readonly cameAt: Int32Array;
  readonly leftAt: Int32Array;
  /** Index in `places`; −1: unknown. */
  readonly place: Int32Array;
  readonly pages: Int32Array;
  readonly places: readonly Place[];
}

/** Puts the pages of one day together, in the order in which they come. */
export class DayPages {
  readonly #columns = { number: [], cameAt: [], leftAt: [], place: [], pages: [] } as Record<Column, number[]>;
  readonly #places: Place[] = [];
  readonly #known = new Map<string, number>();
  readonly #ids = new Set<string>();
  readonly #most: number;
  #span: { readonly from: number; readonly to: number } | null = null;
  /** The day is known until then: pages may have been read at different times. */
  #readAt = Number.POSITIVE_INFINITY;
  #isCut = false;

  /** `most`: visits kept. */
  constructor(most: number = MOST_VISITS) {
    this.#most = most;
  }

  get visits(): number {
    return this.#columns.number.length;
  }
  /** No further page is wanted. */
  get isFull(): boolean {
    return this.visits >= this.#most;
  }

  add(page: ReplayAnswer): void {
    this.#span ??= { from: page.from, to: page.to };
    this.#readAt = Math.min(this.#readAt, page.readAt);
    const places = page.places.map((place) => this.#indexOf(place));
    const { number, cameAt, leftAt, place, pages } = this.#columns;
    for (const [n, came, left, at, seen] of page.visits) {
      if (this.isFull) break;
      number.push(n);
      cameAt.push(came);
      // Who left within the second was there all the same.
      leftAt.push(left === -1 ? STAYS : Math.max(left, came + 1));
      place.push(at < 0 ? -1 : (places[at] ?? -1));
      pages.push(seen);
    }
    this.#isCut = page.next !== null || page.visits.length > this.visits;
  }

  /** Spans are whole quarter-hours, and what is left of the last one has not been yet when it was read. */
  build(): Day {
    const { from, to } = this.#span ?? { from: 0, to: 0 };
    const column = (name: Column): Int32Array => Int32Array.from(this.#columns[name]);
    const ends = this.#isCut ? (this.#columns.cameAt.at(-1) ?? 0) : Math.floor((Math.min(to, this.#readAt) - from) / 1_000);
    return {
      from,
      lengthS: Math.max(0, ends),
      isCut: this.#isCut,
      visits: this.visits,
      number: column('number'),
      cameAt: column('cameAt'),
      leftAt: column('leftAt'),
      place: column('place'),
      pages: column('pages'),
      places: this.#places,
    };
  }

  #indexOf(said: ReplayAnswer['places'][number]): number {
    const key = JSON.stringify(said);
    let index = this.#known.get(key);
    if (index === undefined) {
      const [country, region, city, lat, lon, approximate] = said;
      index = this.#places.length;
      this.#known.set(key, index);
      this.#places.push({
        index,
        id: this.#idOf([country, region, city]),
        country,
        region,
        city,
        lat,
        lon,
        approximate: approximate === 1,
      });
    }
    return index;
  }

  /** Of one name there may be two places. */
  #idOf(names: readonly string[]): string {
    const name = names.join('|');
    let id = name;
    for (let n = 2; this.#ids.has(id); n += 1) id = `${name}|${n}`;
    this.#ids.add(id);
    return id;
  }
}
type Column = 'number' | 'cameAt' | 'leftAt' | 'place' | 'pages';
