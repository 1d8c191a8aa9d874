import { type Group, type Scope, type Sort, STATUSES } from '@foyer/protocol';
import { type Filter, fold } from '../rules/index.ts';
import { Counter } from './counter.ts';
import { grown } from './dictionary.ts';
import { compileFilter, compilePlace } from './matcher.ts';
import type { Order } from './order.ts';
import type { VisitTable } from './visit-table.ts';

export interface ViewSpec {
  readonly scope: Scope;
  readonly filter: Filter;
}

/** A sorted index of a view's members, filled progressively like the view itself. */
export interface ViewOrder {
  readonly sort: Sort;
  /** The group's own sort comes first: its keys are held as well. */
  readonly group: Group | undefined;
  readonly order: Order;
  /** Members below this are in; infinite when all are. */
  cursor: number;
  holders: number;
}

/** What a visit counts for in a view: as it was when the view last counted it. */
export interface Counted {
  status: number;
  online: number;
  place: number;
  url: number;
}

/** Hears of visits that come to be members while it listens; those that are members already when the view is read are no news. */
export interface ViewWatcher {
  /** A visit matches that did not before. `isNews` false: it was only brought here (from the store, from another node). */
  came(slot: number, isNews: boolean): void;
  /** A visit is over, member or not: its slot will be another's. */
  ended(slot: number): void;
}

const STATUS_COUNT = STATUSES.length;
const CHATTING_BELOW = STATUSES.indexOf('chatting') + 1;

/**
 * View — the members of one {scope, filter}, counted incrementally.
 *
 * Invariants  every visit below `cursor` is counted exactly once as `board` last committed it; above it, not at all.
 * Cost        O(1) a changed visit for totals and cities, O(log n) an order. Memory: 1 B a visit and 4–8 B an order.
 */
export class View {
  readonly spec: ViewSpec;
  readonly #table: VisitTable;
  readonly #filter: (slot: number) => boolean;
  readonly #site: number | null;
  readonly #filtered: boolean;
  readonly #isHere: ((slot: number) => boolean) | null;
  readonly #visitors: ReadonlySet<string> | null;
  member = new Uint8Array(64);
  /** Slots below this have been read; infinite when all have. */
  cursor = 0;
  /** This and every order are read; until then what is shown is a part ("counting…"). */
  complete = false;

  listed = 0;
  live = 0;
  chatting = 0;
  unknownPlace = 0;
  readonly byStatus = new Int32Array(STATUS_COUNT);
  readonly browsers = new Counter();
  readonly systems = new Counter();
  readonly devices = new Counter();
  readonly placesLive = new Counter();
  readonly urls = new Counter();
  readonly referrers = new Counter();
  /** By place index: count by status, row-major. */
  #cities = new Int32Array(64 * STATUS_COUNT);
  readonly citiesChanged = new Set<number>();
  /** Count up with every change of the numbers, and of members, order or rows. */
  totalsVersion = 1;
  rowsVersion = 1;
  /** By orderName. */
  readonly orders = new Map<string, ViewOrder>();
  watcher: ViewWatcher | null = null;

  constructor(table: VisitTable, spec: ViewSpec) {
    this.#table = table;
    this.spec = spec;
    this.#filter = compileFilter(spec.filter, table);
    this.#site = spec.scope.site === undefined ? null : table.dictionaries.site.hold(spec.scope.site);
    this.#filtered = spec.scope.filtered === true;
    this.#isHere = compilePlace(spec.scope, table);
    this.#visitors = spec.scope.visitors === undefined ? null : new Set(spec.scope.visitors);
  }

  dispose(): void {
    if (this.#site !== null) this.#table.dictionaries.site.release(this.#site);
  }

  accepts(slot: number): boolean {
    const table = this.#table;
    if ((table.text.filtered[slot] !== 0) !== this.#filtered) return false;
    if (this.#site !== null && table.text.site[slot] !== this.#site) return false;
    if (this.#visitors !== null && !this.#visitors.has(table.visitors[slot]!)) return false;
    if (this.#isHere !== null && !this.#isHere(slot)) return false;
    return this.#filter(slot);
  }

  reserve(capacity: number): void {
    if (this.member.length < capacity) this.member = grown(this.member, capacity);
  }

  add(slot: number, counted: Counted): void {
    this.member[slot] = 1;
    this.#count(slot, counted, 1);
  }

  subtract(slot: number, counted: Counted): void {
    this.member[slot] = 0;
    this.#count(slot, counted, -1);
  }

  /** A member looks at another page and is otherwise counted as before: nothing on the map moves. */
  navigate(before: Counted, after: Counted): void {
    if (before.url === after.url || after.online === 0) return;
    this.urls.add(before.url, -1);
    this.urls.add(after.url, 1);
    this.totalsVersion++;
  }

  /** Counts by status at one place, in STATUSES order. */
  cityCounts(place: number): Int32Array {
    const from = place * STATUS_COUNT;
    return from >= this.#cities.length ? new Int32Array(STATUS_COUNT) : this.#cities.subarray(from, from + STATUS_COUNT);
  }

  /** Places where somebody is listed. Cost: the places this node has met. */
  *placesPresent(): Generator<number> {
    const end = Math.min(this.#table.places.size, this.#cities.length / STATUS_COUNT);
    for (let place = 1; place < end; place++) {
      const from = place * STATUS_COUNT;
      for (let i = 0; i < STATUS_COUNT; i++) {
        if (this.#cities[from + i] !== 0) {
          yield place;
          break;
        }
      }
    }
  }

  #count(slot: number, counted: Counted, by: 1 | -1): void {
    const table = this.#table;
    this.totalsVersion++;
    this.listed += by;
    this.byStatus[counted.status] = this.byStatus[counted.status]! + by;
    if (counted.place === 0) this.unknownPlace += by;
    else {
      const at = counted.place * STATUS_COUNT + counted.status;
      if (at >= this.#cities.length) this.#cities = grown(this.#cities, at + STATUS_COUNT);
      this.#cities[at] = this.#cities[at]! + by;
      this.citiesChanged.add(counted.place);
    }
    if (counted.online === 0) return;
    this.live += by;
    if (counted.status < CHATTING_BELOW) this.chatting += by;
    this.browsers.add(table.text.browser[slot]!, by);
    this.systems.add(table.text.os[slot]!, by);
    this.devices.add(table.text.device[slot]!, by);
    this.placesLive.add(counted.place, by);
    this.urls.add(counted.url, by);
    this.referrers.add(table.text.referrerHost[slot]!, by);
  }
}

/** Views with the same key share everything but their windows. */
export function viewKey(scope: Scope, canonicalFilter: string): string {
  const { site = '', filtered = false, city, region, country, visitors } = scope;
  const place = JSON.stringify([city ?? null, region === undefined ? null : fold(region), country?.toUpperCase() ?? null]);
  const named = visitors === undefined ? '' : [...new Set(visitors)].sort().join(' ');
  return `${site}\n${filtered ? 1 : 0}\n${place}\n${named}\n${canonicalFilter}`;
}
