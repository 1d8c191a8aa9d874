import type { CityCounts, Place } from '@foyer/protocol';
import type { Pin } from './pin.ts';
import { anchor, type City, count, describe, fold, type Group, isOutdated, lean, newGroup, newPin } from './pin-group.ts';

/**
 * PinBoard — which pins there are, and what each says.
 *
 * Purpose     city counts and the zoom in, pins out: one for each city, but for crowded regions and countries (below zoom 3), whose
 *             cities are one pin.
 * Invariants  every visitor whose place is known is in exactly one drawn pin; a pin's total is the sum of its counts and at least 1.
 * Cost        an update costs what changed; a change of zoom, a look at each group: a few hundred.
 */
export class PinBoard {
  readonly #place: (index: number) => Place | undefined;
  readonly #cities = new Map<number, City>();
  readonly #groups = new Map<string, Group>();
  readonly #drawn = new Set<Pin>();
  readonly #byPlace = new Map<string, City>();
  /** Cities whose names have not arrived. */
  readonly #nameless = new Map<number, CityCounts>();

  /** Drawn pins to write again since `settle` was last called. */
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
  /** The pin that shows a place: its own, or of what is open the one at its largest city. undefined when nobody is there. */
  pinAt(kind: Pin['kind'], id: string): Pin | undefined {
    if (kind === 'city') return this.pinOf(id);
    const group = this.#groups.get(keyOf(kind, id));
    if (!group) return undefined;
    if (group.folded) return this.#drawn.has(group.pin) ? group.pin : group.at ? holder(group.at) : undefined;
    let largest: City | undefined;
    for (const city of group.cities) if (!largest || city.pin.total > largest.pin.total) largest = city;
    return largest && holder(largest);
  }
  /** The pins of a region's or country's cities, drawn or not; none when nobody is there. */
  citiesOf(kind: 'region' | 'country', id: string): Pin[] {
    return [...(this.#groups.get(keyOf(kind, id))?.cities ?? [])].map(({ pin }) => pin);
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
    this.#describe();
  }

  /** Names have arrived. */
  named(): void {
    for (const [index, counts] of [...this.#nameless]) this.#take(index, counts);
    this.#describe();
  }

  /** Indices mean other places now. */
  clear(): void {
    for (const index of [...this.#cities.keys()]) this.#take(index, undefined);
    this.#nameless.clear();
  }

  /** Folds and opens groups for this zoom, and for those who came and went since the last time. */
  refold(zoom: number): void {
    for (const group of this.#groups.values()) {
      if (isOutdated(group) && anchor(group)) this.#moved(group);
      this.#setFolded(group, fold(group, zoom));
    }
    this.#describe();
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
    const wasTotal = known.pin.total;
    known.counts = counts;
    for (const pin of pinsOf(known)) {
      count(pin, before, -1);
      count(pin, counts, 1);
      this.#touch(pin);
    }
    for (const group of groupsOf(known)) {
      const moves = group.at === known && known.pin.total < wasTotal ? anchor(group) : lean(group, known);
      if (moves) this.#moved(group);
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
      count(pin, counts, 1);
      this.#touch(pin);
    }
    for (const group of groupsOf(city)) {
      group.cities.add(city);
      group.reckonedFor = -1;
      if (lean(group, city)) this.#moved(group);
    }
    this.#draw(holder(city));
  }

  #remove(city: City): void {
    this.#cities.delete(city.index);
    this.#byPlace.delete(city.pin.id);
    this.#erase(city.pin);
    for (const group of groupsOf(city)) {
      group.cities.delete(city);
      group.reckonedFor = -1;
      count(group.pin, city.counts, -1);
      this.#touch(group.pin);
      if (group.cities.size === 0) {
        this.#erase(group.pin);
        this.#groups.delete(keyOf(group.pin.kind, group.pin.id));
      } else if (group.at === city && anchor(group)) this.#moved(group);
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

  /** What a pin says has changed; whoever is not drawn says it when it is. */
  #touch(pin: Pin): void {
    if (this.#drawn.has(pin)) this.changed.add(pin);
  }
  #moved(group: Group): void {
    if (!this.#drawn.has(group.pin)) return;
    this.changed.add(group.pin);
    this.moved = true;
  }

  /** Once for each pin, however many of its cities have changed. */
  #describe(): void {
    for (const pin of this.changed) describe(pin);
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
