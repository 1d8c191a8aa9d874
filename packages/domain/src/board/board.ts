import type { Sort } from '@foyer/protocol';
import { grown } from './dictionary.ts';
import { Order } from './order.ts';
import { compareKeys, groupKeyOf, keyOnWire, orderName, type OrderSpec, SORT_RULES } from './sorts.ts';
import { type Counted, View, type ViewOrder, type ViewSpec } from './view.ts';
import type { TextColumn, VisitTable } from './visit-table.ts';

/** Texts that change during a visit and are counted or sorted by: kept until the views have let go of the old value. */
const HELD = ['url', 'name'] as const satisfies readonly TextColumn[];

/**
 * Board — the views of one workspace on one node, kept in step with its visits.
 *
 * Purpose     a console costs the same at a thousand visitors and at a million: what changed is counted, nothing is scanned.
 * Lifecycle   `touch` marks visits; `commit` brings every view up to date; `read` fills new views in slices between events.
 * Invariants  views, orders and `keys` always describe the same committed state: a slice reads only right after a commit.
 * Cost        commit: changed visits × views. read: bounded by the caller's budget.
 */
export class Board {
  readonly table: VisitTable;
  readonly views = new Map<string, View>();
  readonly #sorts = new Map<Sort, { keys: Float64Array; holders: number }>();
  readonly #dirty: number[] = [];
  readonly #quiet = new Set<number>();
  #isDirty = new Uint8Array(64);
  #status = new Uint8Array(64);
  #online = new Uint8Array(64);
  #place = new Uint32Array(64);
  readonly #held = Object.fromEntries(HELD.map((column) => [column, new Uint32Array(64)])) as Record<(typeof HELD)[number], Uint32Array>;
  #version = 0;

  constructor(table: VisitTable) {
    this.table = table;
  }

  get version(): number {
    return this.#version;
  }

  get hasChanges(): boolean {
    return this.#dirty.length > 0;
  }

  get isReading(): boolean {
    for (const view of this.views.values()) if (!view.complete) return true;
    return false;
  }

  /** The visit's row, counts or membership may have changed. */
  touch(slot: number): void {
    if (slot >= this.#isDirty.length) this.#grow(slot + 1);
    this.table.changed[slot] = ++this.#version;
    if (this.#isDirty[slot] === 1) return;
    this.#isDirty[slot] = 1;
    this.#dirty.push(slot);
  }

  /** What this visit matches with the next commit it matched before, elsewhere: no news to watchers. */
  quieten(slot: number): void {
    this.#quiet.add(slot);
  }

  open(key: string, spec: ViewSpec): View {
    let view = this.views.get(key);
    if (!view) {
      view = new View(this.table, spec);
      this.views.set(key, view);
    }
    return view;
  }

  close(key: string): void {
    const view = this.views.get(key);
    if (!view) return;
    for (const order of view.orders.values()) this.#releaseSorts(order);
    view.dispose();
    this.views.delete(key);
  }

  holdOrder(view: View, spec: OrderSpec): ViewOrder {
    const name = orderName(spec);
    const known = view.orders.get(name);
    if (known) {
      known.holders++;
      return known;
    }
    const { sort, group } = spec;
    const order: ViewOrder = { sort, group, order: new Order(this.#groupedComparison(spec)), cursor: 0, holders: 1 };
    view.orders.set(name, order);
    view.complete = false;
    return order;
  }

  releaseOrder(view: View, spec: OrderSpec): void {
    const name = orderName(spec);
    const order = view.orders.get(name);
    if (!order || --order.holders > 0) return;
    view.orders.delete(name);
    this.#releaseSorts(order);
  }

  /** As `#comparison`, groups first: descending where the list is read backwards, because there too Checkout is on top. */
  #groupedComparison({ sort, group, dir }: OrderSpec): (a: number, b: number) => number {
    const own = this.#comparison({ sort, dir });
    if (!group) return own;
    const state = this.#hold(group);
    const sign = dir === 'asc' ? 1 : -1;
    const table = this.table;
    return (a, b) => {
      const [aKey, bKey] = [state.keys[a]!, state.keys[b]!];
      const byGroup = aKey === bKey ? 0 : compareKeys(groupKeyOf(table, group, aKey), groupKeyOf(table, group, bKey));
      return sign * byGroup || own(a, b);
    };
  }

  #hold(sort: Sort): { keys: Float64Array; holders: number } {
    const state = this.#sorts.get(sort) ?? { keys: new Float64Array(Math.max(64, this.#isDirty.length)), holders: 0 };
    this.#sorts.set(sort, state);
    state.holders++;
    return state;
  }

  /** Ascending comparison of two members by committed key, then visit id. Holds the sort's keys once. */
  #comparison(spec: Pick<OrderSpec, 'sort' | 'dir'>): (a: number, b: number) => number {
    const state = this.#hold(spec.sort);
    const { ids } = this.table;
    const { text, unknown } = SORT_RULES[spec.sort];
    const table = this.table;
    if (text || (unknown !== undefined && spec.dir === 'desc')) {
      return (a, b) => {
        const aKey = state.keys[a]!;
        const bKey = state.keys[b]!;
        if (aKey !== bKey) {
          const aText = keyOnWire(table, spec, aKey);
          const bText = keyOnWire(table, spec, bKey);
          if (aText < bText) return -1;
          if (aText > bText) return 1;
        }
        return a === b ? 0 : ids[a]! < ids[b]! ? -1 : 1;
      };
    }
    return (a, b) => state.keys[a]! - state.keys[b]! || (a === b ? 0 : ids[a]! < ids[b]! ? -1 : 1);
  }

  #releaseSorts({ sort, group }: ViewOrder): void {
    this.#releaseSort(sort);
    if (group) this.#releaseSort(group);
  }

  #releaseSort(sort: Sort): void {
    const state = this.#sorts.get(sort);
    if (state && --state.holders === 0) this.#sorts.delete(sort);
  }

  /** The committed key of a member. */
  keyOf(sort: Sort, slot: number): number {
    return this.#sorts.get(sort)!.keys[slot]!;
  }

  /** Brings every view in step with what was touched. */
  commit(): void {
    if (this.#dirty.length === 0) return;
    const views = [...this.views.values()];
    const sorts = [...this.#sorts];
    const fates = new Uint8Array(views.length);
    const moved = new Set<Sort>();
    for (const slot of this.#dirty) this.#commitOne(slot, views, sorts, fates, moved);
    this.#dirty.length = 0;
    this.#quiet.clear();
  }

  /**
   * Reads on for views and orders that are not complete, while `mayGoOn` says so (asked every 256 visits, ≈ 0.1 ms).
   * Answers whether everything is read.
   */
  read(mayGoOn: () => boolean): boolean {
    this.commit();
    for (const view of this.views.values()) {
      while (!view.complete) {
        if (!mayGoOn()) return false;
        this.#readSome(view, 256);
      }
    }
    return true;
  }

  #readSome(view: View, count: number): void {
    const table = this.table;
    let from = view.cursor;
    for (const order of view.orders.values()) from = Math.min(from, order.cursor);
    const to = Math.min(table.end, from + count);
    view.reserve(to);
    view.rowsVersion++;
    for (let slot = from; slot < to; slot++) {
      if (table.used[slot] === 0) continue;
      if (slot >= view.cursor && view.accepts(slot)) view.add(slot, this.#committed(slot));
      if (view.member[slot] === 0) continue;
      for (const order of view.orders.values()) {
        if (slot < order.cursor) continue;
        this.#sorts.get(order.sort)!.keys[slot] = SORT_RULES[order.sort].key(table, slot);
        if (order.group) this.#sorts.get(order.group)!.keys[slot] = SORT_RULES[order.group].key(table, slot);
        order.order.insert(slot);
      }
    }
    const reached = to >= table.end ? Number.POSITIVE_INFINITY : to;
    if (view.cursor < reached) view.cursor = reached;
    for (const order of view.orders.values()) if (order.cursor < reached) order.cursor = reached;
    view.complete = reached === Number.POSITIVE_INFINITY;
    view.totalsVersion++;
  }

  #committed(slot: number): Counted {
    return { status: this.#status[slot]!, online: this.#online[slot]!, place: this.#place[slot]!, url: this.#held.url[slot]! };
  }

  #commitOne(
    slot: number,
    views: readonly View[],
    sorts: readonly (readonly [Sort, { keys: Float64Array }])[],
    fates: Uint8Array,
    moved: Set<Sort>,
  ): void {
    const table = this.table;
    this.#isDirty[slot] = 0;
    const isUsed = table.used[slot] === 1;
    const before = this.#committed(slot);
    const after: Counted = {
      status: table.status[slot]!,
      online: table.online[slot]!,
      place: table.place[slot]!,
      url: table.text.url[slot]!,
    };
    const samePlaceAndStatus = before.status === after.status && before.online === after.online && before.place === after.place;
    moved.clear();
    for (const [sort, { keys }] of sorts) if (!isUsed || keys[slot] !== SORT_RULES[sort].key(table, slot)) moved.add(sort);

    for (let i = 0; i < views.length; i++) {
      const view = views[i]!;
      fates[i] = 0;
      if (!isUsed) view.watcher?.ended(slot);
      // Not read yet: `read` will count it as it is by then.
      if (slot >= view.cursor) continue;
      view.reserve(slot + 1);
      const was = view.member[slot] === 1;
      const is = isUsed && view.accepts(slot);
      if (!was && !is) continue;
      view.rowsVersion++;
      fates[i] = is ? (was ? STAYS : COMES) : 0;
      if (fates[i] === COMES) view.watcher?.came(slot, !this.#quiet.has(slot));
      if (was && is) {
        if (samePlaceAndStatus) view.navigate(before, after);
        else {
          view.subtract(slot, before);
          view.add(slot, after);
        }
      } else if (was) view.subtract(slot, before);
      else view.add(slot, after);
      if (!was) continue;
      for (const order of view.orders.values()) {
        if (slot < order.cursor && (!is || hasMoved(order, moved))) order.order.remove(slot);
      }
    }
    // Only now, because removing finds a slot by its old key.
    if (isUsed) for (const [sort, { keys }] of sorts) if (moved.has(sort)) keys[slot] = SORT_RULES[sort].key(table, slot);
    for (let i = 0; i < views.length; i++) {
      if (fates[i] === 0) continue;
      for (const order of views[i]!.orders.values()) {
        if (slot < order.cursor && (fates[i] === COMES || hasMoved(order, moved))) order.order.insert(slot);
      }
    }
    this.#remember(slot, isUsed, after);
    if (!isUsed) table.free(slot);
  }

  #remember(slot: number, isUsed: boolean, after: Counted): void {
    this.#status[slot] = after.status;
    this.#online[slot] = after.online;
    this.#place[slot] = after.place;
    for (const column of HELD) {
      const held = this.#held[column];
      const old = held[slot]!;
      const now = isUsed ? this.table.text[column][slot]! : 0;
      if (old === now) continue;
      held[slot] = this.table.dictionaries[column].holdAgain(now);
      this.table.dictionaries[column].release(old);
    }
  }

  #grow(length: number): void {
    this.#isDirty = grown(this.#isDirty, length);
    this.#status = grown(this.#status, length);
    this.#online = grown(this.#online, length);
    this.#place = grown(this.#place, length);
    for (const column of HELD) this.#held[column] = grown(this.#held[column], length);
    for (const state of this.#sorts.values()) state.keys = grown(state.keys, this.#isDirty.length);
  }
}

const hasMoved = ({ sort, group }: ViewOrder, moved: ReadonlySet<Sort>): boolean =>
  moved.has(sort) || (group !== undefined && moved.has(group));

const COMES = 1;
const STAYS = 2;
