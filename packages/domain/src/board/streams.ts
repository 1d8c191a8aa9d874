import type { Count, Group, Row, RowKey, SortKey, Window } from '@foyer/protocol';
import type { Board } from './board.ts';
import { EMPTY_TOTALS, type RowsPart, TOP_PER_PART, type TotalsPart, type ViewPart } from './part.ts';
import { rowOf, rowPatch } from './row.ts';
import { compareKeys, comparePairs, groupKeyOf, groupName, keyOnWire, orderName, sameKey, SORT_RULES } from './sorts.ts';
import type { View, ViewOrder } from './view.ts';

/** Top pages and referrers are sorted out at most this often: it costs the distinct values present, not one change. */
const TOPS_EVERY_MS = 1_000;
/** How often a view that is still being read says how far it is: twenty people who type must not cost everybody else their second. */
const COUNTING_EVERY_MS = 500;

/**
 * The totals and cities of one view on this node, as parts.
 * `take` answers what changed since the last take, null when nothing did; `full` everything. Cost of take: what changed.
 */
export class ViewStream {
  readonly view: View;
  readonly #board: Board;
  #seen = 0;
  #wasCounting: boolean | null = null;
  #last: TotalsPart = EMPTY_TOTALS;
  #topsAt = Number.NEGATIVE_INFINITY;
  #countingAt = Number.NEGATIVE_INFINITY;

  constructor(board: Board, view: View) {
    this.#board = board;
    this.view = view;
  }

  /** true: something is being held back until the next second; take again then. */
  get owes(): boolean {
    return this.view.urls.dirty || this.view.referrers.dirty;
  }

  /** `tops`: how many more streams may sort out their top lists in this round; each that does counts it down. */
  take(nowMs: number, tops: { left: number } = { left: 1 }): ViewPart | null {
    const { view } = this;
    const counting = !view.complete;
    const settled = this.#wasCounting === counting;
    if (settled && !this.#isRead) {
      if (nowMs - this.#countingAt < COUNTING_EVERY_MS) return null;
      this.#countingAt = nowMs;
    }
    const isTopsTurn = this.owes && tops.left > 0 && nowMs - this.#topsAt >= TOPS_EVERY_MS;
    if (isTopsTurn) tops.left--;
    if (settled && view.totalsVersion === this.#seen && !isTopsTurn) return null;
    const totals = this.#totals(nowMs, isTopsTurn);
    const cities: number[][] = [];
    if (this.#isRead) {
      for (const place of view.citiesChanged) cities.push([place, ...view.cityCounts(place)]);
      view.citiesChanged.clear();
    }
    this.#seen = view.totalsVersion;
    this.#wasCounting = counting;
    if (settled && totals === null && cities.length === 0) return null;
    return { counting, ...(totals ? { totals } : {}), ...(cities.length > 0 ? { cities } : {}) };
  }

  /** Every member is counted. Until then the map waits, because half of it would be sent twice. */
  get #isRead(): boolean {
    return this.view.cursor === Number.POSITIVE_INFINITY;
  }

  /** Everything as of the last `take`; call `take` first so that later parts follow on. */
  full(): ViewPart {
    const cities: number[][] = [];
    if (this.#isRead) for (const place of this.view.placesPresent()) cities.push([place, ...this.view.cityCounts(place)]);
    return { full: true, counting: !this.view.complete, totals: this.#last, cities };
  }

  #totals(nowMs: number, isTopsTurn: boolean): Partial<TotalsPart> | null {
    const { view } = this;
    const { table } = this.#board;
    const { dictionaries } = table;
    const now: { -readonly [K in keyof TotalsPart]: TotalsPart[K] } = { ...this.#last };
    now.listed = view.listed;
    now.live = view.live;
    now.chatting = view.chatting;
    now.unknownPlace = view.unknownPlace;
    if (view.byStatus.some((count, i) => count !== now.byStatus[i])) now.byStatus = [...view.byStatus];
    if (view.browsers.dirty)
      now.browsers = changedCounts(now.browsers, view.browsers.top(TOP_PER_PART, (id) => dictionaries.browser.text(id)).counts);
    if (view.systems.dirty)
      now.systems = changedCounts(now.systems, view.systems.top(TOP_PER_PART, (id) => dictionaries.os.text(id)).counts);
    if (view.devices.dirty)
      now.devices = changedCounts(now.devices, view.devices.top(TOP_PER_PART, (id) => dictionaries.device.text(id)).counts);
    if (view.placesLive.dirty)
      now.countries = changedCounts(
        now.countries,
        view.placesLive.sums((id) => table.places.at(id).country),
      );
    view.browsers.dirty = view.systems.dirty = view.devices.dirty = view.placesLive.dirty = false;
    if (isTopsTurn) {
      this.#topsAt = nowMs;
      const pages = view.urls.top(TOP_PER_PART, (id) => dictionaries.url.text(id));
      const referrers = view.referrers.top(TOP_PER_PART, (id) => dictionaries.referrerHost.text(id));
      now.pages = changedCounts(now.pages, pages.counts);
      now.pagesCut = pages.cut;
      now.referrers = changedCounts(now.referrers, referrers.counts);
      now.referrersCut = referrers.cut;
      view.urls.dirty = view.referrers.dirty = false;
    }
    let patch: Record<string, unknown> | null = null;
    for (const field of Object.keys(now) as (keyof TotalsPart)[]) {
      if (now[field] !== this.#last[field]) (patch ??= {})[field] = now[field];
    }
    this.#last = now;
    return patch;
  }
}

/** `before` itself when the counts are the same, so that unchanged lists are not sent. */
function changedCounts(before: readonly Count[], after: readonly Count[]): readonly Count[] {
  if (before.length !== after.length) return after;
  for (let i = 0; i < after.length; i++) {
    if (after[i]!.key !== before[i]!.key || after[i]!.count !== before[i]!.count) return after;
  }
  return before;
}

/**
 * One window over a view's order, as parts. Consoles that look at the same window share it.
 * Cost of take: O(log n) to find the window and its rows (≤ 400), nothing when the view's rows did not change.
 */
export class WindowStream {
  readonly view: View;
  readonly window: Window;
  readonly #board: Board;
  #seenVersion = -1;
  #tookAt = Number.NEGATIVE_INFINITY;
  #wasRead = false;
  #seenChange = -1;
  #before = 0;
  #total = 0;
  #order: string[] = [];
  #rows = new Map<string, Row>();
  #keys = new Map<string, RowKey>();
  #groups: readonly Count[] = [];

  /** Holds the order of its sort; `dispose` lets go. */
  constructor(board: Board, view: View, window: Window) {
    this.#board = board;
    this.view = view;
    this.window = window;
    board.holdOrder(view, window);
  }

  dispose(): void {
    this.#board.releaseOrder(this.view, this.window);
  }

  /** true: its rows have changed and it is not their time yet; take again. */
  get owes(): boolean {
    return this.view.rowsVersion !== this.#seenVersion;
  }

  take(nowMs: number): RowsPart | null {
    if (this.view.rowsVersion === this.#seenVersion) return null;
    // While it is being read, and when that is over, the rows come first: of a whole view nobody may see a part.
    if (this.#wasRead && nowMs - this.#tookAt < (this.window.everyMs ?? 0)) return null;
    this.#wasRead = this.view.complete;
    this.#tookAt = nowMs;
    this.#seenVersion = this.view.rowsVersion;
    const { table } = this.#board;
    const { slots, before, total, viewOrder } = this.#find();
    const order: string[] = [];
    const rows = new Map<string, Row>();
    const keys = new Map<string, RowKey>();
    const newKeys: Record<string, RowKey> = {};
    const set: Record<string, Partial<Row>> = {};
    let hasKeys = false;
    let hasSet = false;
    for (const slot of slots) {
      const id = table.ids[slot]!;
      order.push(id);
      const old = this.#rows.get(id);
      const row = old && table.changed[slot]! <= this.#seenChange ? old : rowOf(table, slot);
      rows.set(id, row);
      const key = this.#keyOf(slot);
      keys.set(id, key);
      if (!sameKey(this.#keys.get(id), key)) {
        newKeys[id] = key;
        hasKeys = true;
      }
      const patch = old === undefined ? row : row === old ? null : rowPatch(old, row);
      if (patch) {
        set[id] = patch;
        hasSet = true;
      }
    }
    const reordered = order.length !== this.#order.length || order.some((id, i) => id !== this.#order[i]);
    const counted = before !== this.#before || total !== this.#total;
    this.#seenChange = this.#board.version;
    this.#before = before;
    this.#total = total;
    this.#order = order;
    this.#rows = rows;
    this.#keys = keys;
    const groups =
      this.window.group && viewOrder ? changedCounts(this.#groups, this.#countGroups(this.window.group, viewOrder)) : this.#groups;
    const regrouped = groups !== this.#groups;
    this.#groups = groups;
    if (!reordered && !counted && !hasSet && !hasKeys && !regrouped) return null;
    return {
      before,
      total,
      ...(reordered ? { order } : {}),
      ...(regrouped ? { groups } : {}),
      ...(hasKeys ? { keys: newKeys } : {}),
      ...(hasSet ? { set } : {}),
    };
  }

  /** Everything as of the last `take`. */
  full(): RowsPart {
    return {
      full: true,
      before: this.#before,
      total: this.#total,
      order: this.#order,
      ...(this.window.group ? { groups: this.#groups } : {}),
      keys: Object.fromEntries(this.#keys),
      set: Object.fromEntries(this.#rows),
    };
  }

  #keyOf(slot: number): RowKey {
    const { sort, group } = this.window;
    const own = keyOnWire(this.#board.table, this.window, this.#board.keyOf(sort, slot));
    return group ? [this.#groupOf(group, slot), own] : own;
  }

  #groupOf(group: Group, slot: number): SortKey {
    return groupKeyOf(this.#board.table, group, this.#board.keyOf(group, slot));
  }

  /** From the first row of each group to its last, by search: O(groups × log n), at most the countries there are. */
  #countGroups(group: Group, { order }: ViewOrder): readonly Count[] {
    const sign = this.window.dir === 'asc' ? 1 : -1;
    const counts: Count[] = [];
    for (let from = 0; from < order.size;) {
      const key = this.#groupOf(group, order.slice(from, from + 1)[0]!);
      const to = order.rank((slot) => sign * compareKeys(key, this.#groupOf(group, slot)) || 1);
      counts.push({ key: groupName(group, key), count: to - from });
      from = to;
    }
    return sign === 1 ? counts : counts.reverse();
  }

  #find(): { slots: number[]; before: number; total: number; viewOrder?: ViewOrder } {
    const viewOrder = this.view.orders.get(orderName(this.window));
    if (!viewOrder) return { slots: [], before: 0, total: 0 };
    const { order } = viewOrder;
    const { anchor, share = 0, dir } = this.window;
    const total = order.size;
    const at = anchor ? this.#displayRank(viewOrder, anchor.key, anchor.id) : Math.round(share * total);
    const from = Math.max(0, at - this.window.before);
    const to = Math.min(total, at + this.window.after);
    const slots = dir === 'asc' ? order.slice(from, to) : order.slice(total - to, total - from).reverse();
    return { slots, before: from, total, viewOrder };
  }

  /** How many rows stand above the anchor as displayed. */
  #displayRank({ order }: ViewOrder, key: RowKey, id: string): number {
    const { sort, dir, group } = this.window;
    const { table } = this.#board;
    const isText = SORT_RULES[sort].text !== undefined;
    const [groupKey, own] = typeof key === 'object' ? key : [null, key];
    const anchorKey = isText ? String(own) : Number(own);
    const sign = dir === 'asc' ? 1 : -1;
    const compare = (slot: number): number =>
      (group && groupKey !== null ? sign * compareKeys(groupKey, this.#groupOf(group, slot)) : 0) ||
      comparePairs(anchorKey, id, keyOnWire(table, this.window, this.#board.keyOf(sort, slot)), table.ids[slot]!);
    // An anchor of another window, without groups: no place of it is known here.
    if (group && groupKey === null) return 0;
    if (dir === 'asc') return order.rank(compare);
    return order.size - order.rank((slot) => compare(slot) || 1);
  }
}
