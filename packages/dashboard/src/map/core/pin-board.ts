import type { CityCounts, Place } from '@foyer/protocol';
import type { Pin } from './pin.ts';
import { anchor, type City, fold, type Group, newGroup, newPin, recount } from './pin-group.ts';
import { addCounts } from './pin-state.ts';

/** Countries fold only while more pins than this would be drawn, and go on doing so until there are clearly fewer. */
const MANY_PINS = 150;
const FEW_PINS = 120;

/**
 * PinBoard — which pins there are, and what each says.
 *
 * Purpose     city counts and the zoom in, pins out: one for each city, but for crowded regions (below zoom 3) and, when the world is
 *             full, crowded countries (below zoom 2.4), whose cities are one pin.
 * Invariants  every visitor whose place is known is in exactly one drawn pin; a pin's total is the sum of its counts and at least 1.
 * Cost        an update costs what changed and a look at each group; groups are a few hundred.
 */
export class PinBoard {
  readonly #place: (index: number) => Place | undefined;
  readonly #cities = new Map<number, City>();
  readonly #groups = new Map<string, Group>();
  readonly #drawn = new Set<Pin>();
  readonly #byPlace = new Map<string, City>();
  /** Cities whose names have not arrived. */
  readonly #nameless = new Map<number, CityCounts>();
  #zoom = 0;
  #isFull = false;

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

  get drawn(): ReadonlySet<Pin> {
    return this.#drawn;
  }
  /** The pin that holds this city now: its own, its region's or its country's. undefined when nobody is there. */
  pinOf(cityId: string): Pin | undefined {
    const city = this.#byPlace.get(cityId);
    return city && holder(city);
  }
  /** How many cities a pin stands for. */
  citiesIn(pin: Pin): number {
    return pin.kind === 'city' ? 1 : (this.#groups.get(keyOf(pin.kind, pin.id))?.cities.size ?? 0);
  }
  /** Highest place index that waits for its name; undefined when all are known. */
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
  }

  setZoom(zoom: number): void {
    this.#zoom = zoom;
    for (const group of this.#groups.values()) if (group.resized) group.stale = true;
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
    const before = known.counts;
    known.counts = counts;
    for (const pin of pinsOf(known)) {
      addCounts(pin.counts, before, -1);
      addCounts(pin.counts, counts);
      recount(pin);
      this.changed.add(pin);
    }
    for (const group of groupsOf(known)) {
      group.resized = true;
      this.#anchor(group);
    }
  }

  #add(index: number, counts: CityCounts): void {
    const place = this.#place(index);
    if (!place) {
      this.#nameless.set(index, counts);
      return;
    }
    this.#nameless.delete(index);
    const region = place.approximate || place.region === '' ? null : this.#group('region', `${place.country}|${place.region}`, place);
    const country = place.country === '' ? null : this.#group('country', place.country, place);
    const city: City = { index, pin: newPin('city', place.id, place), counts, region, country };
    this.#cities.set(index, city);
    this.#byPlace.set(place.id, city);
    for (const pin of pinsOf(city)) {
      addCounts(pin.counts, counts);
      recount(pin);
      this.changed.add(pin);
    }
    for (const group of groupsOf(city)) {
      group.cities.add(city);
      group.stale = true;
      this.#anchor(group);
    }
    this.#draw(holder(city));
  }

  #remove(city: City): void {
    this.#cities.delete(city.index);
    this.#byPlace.delete(city.pin.id);
    this.#erase(city.pin);
    for (const group of groupsOf(city)) {
      group.cities.delete(city);
      group.stale = true;
      addCounts(group.pin.counts, city.counts, -1);
      recount(group.pin);
      this.changed.add(group.pin);
      if (group.cities.size > 0) this.#anchor(group);
      else {
        this.#erase(group.pin);
        this.#groups.delete(keyOf(group.pin.kind, group.pin.id));
      }
    }
  }

  #group(kind: 'region' | 'country', id: string, place: Place): Group {
    const key = keyOf(kind, id);
    let group = this.#groups.get(key);
    if (!group) {
      group = newGroup(kind, id, place);
      this.#groups.set(key, group);
    }
    return group;
  }

  #anchor(group: Group): void {
    if (!anchor(group)) return;
    this.changed.add(group.pin);
    if (this.#drawn.has(group.pin)) this.moved = true;
  }

  #refold(): void {
    // Regions first: how many pins they leave decides whether countries fold as well.
    for (const group of this.#groups.values()) if (group.pin.kind === 'region') this.#setFolded(group, fold(group, this.#zoom, true));
    const pins = new Set<Pin>();
    for (const city of this.#cities.values()) pins.add(city.region?.folded ? city.region.pin : city.pin);
    this.#isFull = pins.size > (this.#isFull ? FEW_PINS : MANY_PINS);
    for (const group of this.#groups.values())
      if (group.pin.kind === 'country') this.#setFolded(group, fold(group, this.#zoom, this.#isFull));
  }

  #setFolded(group: Group, folded: boolean): void {
    if (folded === group.folded) return;
    const before = new Set([...group.cities].map(holder));
    group.folded = folded;
    const after = new Set([...group.cities].map(holder));
    for (const pin of before) if (!after.has(pin)) this.#erase(pin);
    for (const pin of after) this.#draw(pin);
  }

  #draw(pin: Pin): void {
    if (this.#drawn.has(pin)) return;
    this.#drawn.add(pin);
    if (!this.went.delete(pin)) this.came.add(pin);
    this.changed.add(pin);
  }
  #erase(pin: Pin): void {
    if (!this.#drawn.delete(pin)) return;
    this.changed.delete(pin);
    if (!this.came.delete(pin)) this.went.add(pin);
  }
}

const keyOf = (kind: string, id: string): string => `${kind} ${id}`;

/** The pin that is drawn for a city: the largest folded group it is in, else its own. */
function holder({ pin, region, country }: City): Pin {
  if (country?.folded) return country.pin;
  return region?.folded ? region.pin : pin;
}
const groupsOf = ({ region, country }: City): Group[] => [region, country].filter((group) => group !== null);
const pinsOf = (city: City): Pin[] => [city.pin, ...groupsOf(city).map((group) => group.pin)];
