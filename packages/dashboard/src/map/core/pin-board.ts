import type { CityCounts, Place } from '@foyer/protocol';
import { badgeWidth } from './badge-layout.ts';
import { crowdZoom, isFolded } from './crowding.ts';
import { mercatorX, mercatorY } from './mercator.ts';
import { NO_SPOT, type Pin } from './pin.ts';
import { addCounts, badgeText, coreOf, noCounts, pinRadius } from './pin-state.ts';

interface City {
  readonly index: number;
  readonly pin: Pin;
  counts: CityCounts;
  readonly region: Region | null;
}
interface Region {
  readonly pin: Pin;
  readonly cities: Set<City>;
  folded: boolean;
  /** Below this zoom its cities crowd. */
  threshold: number;
  /** Cities came or went since it was reckoned, or have another size: the first shows at once, the second with the next zoom. */
  stale: boolean;
  resized: boolean;
}

/** A region's pin moves to another city only when that one has become half as large again: counts go up and down all the time. */
const MOVES_AT = 1.5;

/**
 * PinBoard — which pins there are, and what each says.
 *
 * Purpose     city counts and the zoom in, pins out; crowded cities of one region are one pin below zoom 3.
 * Invariants  every visitor whose place is known is in exactly one drawn pin; a pin's total is the sum of its counts and at least 1.
 * Cost        an update costs what changed; a change of zoom costs the number of regions.
 */
export class PinBoard {
  readonly #place: (index: number) => Place | undefined;
  readonly #cities = new Map<number, City>();
  readonly #regions = new Map<string, Region>();
  readonly #drawn = new Map<string, Pin>();
  readonly #byPlace = new Map<string, City>();
  /** Cities whose names have not arrived. */
  readonly #nameless = new Map<number, CityCounts>();
  #zoom = 0;

  /** Pins to write again since `settle` was last called; those that are not drawn among them. */
  readonly changed = new Set<Pin>();
  /** Pins that came, and pins that went, since then. */
  readonly came = new Set<Pin>();
  readonly went = new Set<Pin>();
  /** A drawn pin stands elsewhere since then. */
  moved = false;

  /** `place`: what an index stands for; undefined while it is not known. */
  constructor(place: (index: number) => Place | undefined) {
    this.#place = place;
  }

  /** Pins by `city <id>` and `region <id>`. */
  get drawn(): ReadonlyMap<string, Pin> {
    return this.#drawn;
  }
  /** The pin that holds this city now: its own, or its region's. undefined when nobody is there. */
  pinOf(cityId: string): Pin | undefined {
    const city = this.#byPlace.get(cityId);
    return city && (city.region?.folded ? city.region.pin : city.pin);
  }
  /** How many cities a region's pin stands for; 1 for a city. */
  citiesIn(pin: Pin): number {
    return pin.kind === 'city' ? 1 : (this.#regions.get(pin.id)?.cities.size ?? 0);
  }
  /** Lowest place index that waits for its name; undefined when all are known. */
  get waitsFor(): number | undefined {
    let highest: number | undefined;
    for (const index of this.#nameless.keys()) highest = Math.max(highest ?? index, index);
    return highest;
  }

  /** Takes counts over. `changed`: indices to look at, or all. */
  update(cities: ReadonlyMap<number, CityCounts>, changed: ReadonlySet<number> | 'all'): void {
    if (changed === 'all') {
      for (const index of [...this.#cities.keys(), ...this.#nameless.keys()]) if (!cities.has(index)) this.#take(index, undefined);
      for (const [index, counts] of cities) this.#take(index, counts);
    } else for (const index of changed) this.#take(index, cities.get(index));
    this.#refold();
  }

  /** Names have arrived. */
  named(): void {
    for (const [index, counts] of [...this.#nameless]) this.#take(index, counts);
    this.#refold();
  }

  /** Indices mean other places now. */
  clear(): void {
    for (const index of [...this.#cities.keys()]) this.#take(index, undefined);
    this.#nameless.clear();
    this.#regions.clear();
  }

  setZoom(zoom: number): void {
    this.#zoom = zoom;
    for (const region of this.#regions.values()) if (region.resized) region.stale = true;
    this.#refold();
  }

  /** Everything reported so far has been drawn. */
  settle(): void {
    this.changed.clear();
    this.came.clear();
    this.went.clear();
    this.moved = false;
  }

  #take(index: number, counts: CityCounts | undefined): void {
    const known = this.#cities.get(index);
    if (!counts || counts.length < 2) {
      this.#nameless.delete(index);
      if (known) this.#remove(known);
      return;
    }
    if (!known) return this.#add(index, counts);
    if (known.counts === counts) return;
    addCounts(known.pin.counts, known.counts, -1);
    addCounts(known.pin.counts, counts);
    const { region } = known;
    if (region) {
      addCounts(region.pin.counts, known.counts, -1);
      addCounts(region.pin.counts, counts);
    }
    known.counts = counts;
    this.#say(known.pin);
    if (region) {
      region.resized = true;
      this.#say(region.pin);
      this.#anchor(region);
    }
  }

  #add(index: number, counts: CityCounts): void {
    const place = this.#place(index);
    if (!place) {
      this.#nameless.set(index, counts);
      return;
    }
    this.#nameless.delete(index);
    const region = place.approximate || place.region === '' ? null : this.#regionOf(place);
    const city: City = { index, pin: newPin('city', place.id, place), counts, region };
    addCounts(city.pin.counts, counts);
    this.#cities.set(index, city);
    this.#byPlace.set(place.id, city);
    this.#say(city.pin);
    if (region) {
      region.cities.add(city);
      region.stale = true;
      addCounts(region.pin.counts, counts);
      this.#say(region.pin);
      this.#anchor(region);
    }
    if (region?.folded) return;
    this.#draw(city.pin);
  }

  #remove(city: City): void {
    this.#cities.delete(city.index);
    this.#byPlace.delete(city.pin.id);
    this.#erase(city.pin);
    const { region } = city;
    if (!region) return;
    region.cities.delete(city);
    region.stale = true;
    addCounts(region.pin.counts, city.counts, -1);
    this.#say(region.pin);
    if (region.cities.size > 0) return this.#anchor(region);
    this.#erase(region.pin);
    this.#regions.delete(region.pin.id);
  }

  #regionOf(place: Place): Region {
    const id = `${place.country}|${place.region}`;
    let region = this.#regions.get(id);
    if (!region) {
      region = {
        pin: newPin('region', id, place),
        cities: new Set(),
        folded: false,
        threshold: Number.NEGATIVE_INFINITY,
        stale: false,
        resized: false,
      };
      this.#regions.set(id, region);
    }
    return region;
  }

  /** Works out what a pin says from its counts. */
  #say(pin: Pin): void {
    let total = 0;
    for (const n of pin.counts) total += n;
    pin.total = total;
    pin.core = coreOf(pin.counts);
    pin.radius = pinRadius(total, pin.place.approximate);
    const badge = total > 1 ? badgeText(total) : '';
    if (badge !== pin.badge) {
      pin.badge = badge;
      pin.badgeWidth = badgeWidth(badge);
    }
    this.changed.add(pin);
  }

  #anchor(region: Region): void {
    let largest: City | null = null;
    let here: City | null = null;
    for (const city of region.cities) {
      if (!largest || city.pin.total > largest.pin.total) largest = city;
      if (city.pin.place === region.pin.place) here = city;
    }
    if (!largest || (here && largest.pin.total < here.pin.total * MOVES_AT)) return;
    if (largest === here) return;
    const { pin } = region;
    Object.assign(pin, { place: largest.pin.place, x: largest.pin.x, y: largest.pin.y });
    this.changed.add(pin);
    if (this.#drawn.has(keyOf(pin))) this.moved = true;
  }

  #refold(): void {
    for (const region of this.#regions.values()) {
      if (region.stale) {
        region.stale = region.resized = false;
        region.threshold = crowdZoom([...region.cities].map((city) => city.pin));
      }
      const folded = isFolded(region.folded, this.#zoom, region.threshold);
      if (folded === region.folded) continue;
      region.folded = folded;
      for (const { pin } of region.cities) {
        if (folded) this.#erase(pin);
        else this.#draw(pin);
      }
      if (folded) this.#draw(region.pin);
      else this.#erase(region.pin);
    }
  }

  #draw(pin: Pin): void {
    this.#drawn.set(keyOf(pin), pin);
    if (!this.went.delete(pin)) this.came.add(pin);
    this.changed.add(pin);
  }
  #erase(pin: Pin): void {
    if (!this.#drawn.delete(keyOf(pin))) return;
    this.changed.delete(pin);
    if (!this.came.delete(pin)) this.went.add(pin);
  }
}

const keyOf = (pin: Pin): string => `${pin.kind} ${pin.id}`;

function newPin(kind: Pin['kind'], id: string, place: Place): Pin {
  return {
    kind,
    id,
    place,
    x: mercatorX(place.lon),
    y: mercatorY(place.lat),
    counts: noCounts(),
    total: 0,
    core: 'inactive',
    radius: pinRadius(1, place.approximate),
    badge: '',
    badgeWidth: 0,
    spot: NO_SPOT,
    slot: -1,
  };
}
