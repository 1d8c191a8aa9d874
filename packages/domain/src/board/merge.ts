import {
  type Group,
  CITY_ORDER,
  type CityCounts,
  type Count,
  type Detail,
  LIMITS,
  type Row,
  type RowKey,
  STATUSES,
  type Totals,
  type ViewFrame,
  type Window,
} from '@foyer/protocol';
import { EMPTY_TOTALS, type RowsPart, type TotalsPart, type ViewPart } from './part.ts';
import { rowPatch } from './row.ts';
import { urgencyOf } from '../rules/index.ts';
import { compareKeys, compareRows, sameKey } from './sorts.ts';

const COLUMNS = CITY_ORDER.map((status) => STATUSES.indexOf(status));

/**
 * A view merged from the parts of several nodes: totals add, cities add.
 * A node that leaves takes exactly its part with it (`drop`). With one node the same code runs on one part.
 */
export class MergedView {
  readonly #parts = new Map<string, { totals: TotalsPart; cities: Map<number, readonly number[]>; counting: boolean }>();
  readonly #cities = new Map<number, Int32Array>();
  readonly #citiesChanged = new Set<number>();
  #totals: Totals | null = null;
  #fieldsChanged = new Set<keyof TotalsPart>();

  get counting(): boolean {
    for (const part of this.#parts.values()) if (part.counting) return true;
    return false;
  }

  has(node: string): boolean {
    return this.#parts.has(node);
  }

  /** `place` translates the node's place index into ours. */
  apply(node: string, patch: ViewPart, place: (index: number) => number): void {
    let part = this.#parts.get(node);
    // Meant for an earlier opening of the same view, and overtaken by a new one: its full part is on the way.
    if (!part && !patch.full) return;
    if (part && patch.full) this.drop(node);
    if (!part || patch.full) {
      part = { totals: EMPTY_TOTALS, cities: new Map(), counting: false };
      this.#parts.set(node, part);
    }
    part.counting = patch.counting;
    if (patch.totals) {
      part.totals = { ...part.totals, ...patch.totals };
      for (const field of Object.keys(patch.totals) as (keyof TotalsPart)[]) this.#fieldsChanged.add(field);
    }
    for (const [index, ...counts] of patch.cities ?? []) this.#setCity(part.cities, place(index!), counts);
  }

  drop(node: string): void {
    const part = this.#parts.get(node);
    if (!part) return;
    for (const place of part.cities.keys()) this.#setCity(part.cities, place, null);
    this.#parts.delete(node);
    for (const field of Object.keys(EMPTY_TOTALS) as (keyof TotalsPart)[]) this.#fieldsChanged.add(field);
  }

  /** What changed since the last call, as wire values; null when nothing did. */
  takeTotals(): Partial<Totals> | null {
    if (this.#totals !== null && this.#fieldsChanged.size === 0) return null;
    const next = this.#mergeTotals(this.#totals);
    this.#fieldsChanged.clear();
    const before = this.#totals as Record<string, unknown> | null;
    let patch: Record<string, unknown> | null = null;
    for (const [field, value] of Object.entries(next)) {
      if (before === null || JSON.stringify(before[field]) !== JSON.stringify(value)) (patch ??= {})[field] = value;
    }
    this.#totals = next;
    return patch;
  }

  takeCities(): CityCounts[] | null {
    if (this.#citiesChanged.size === 0) return null;
    const set: CityCounts[] = [];
    for (const place of this.#citiesChanged) set.push(cityOnWire(place, this.#cities.get(place)));
    this.#citiesChanged.clear();
    return set;
  }

  /** Everything as of the last takes. */
  fullTotals(): Totals {
    if (this.#totals === null) this.takeTotals();
    return this.#totals!;
  }

  fullCities(): CityCounts[] {
    return [...this.#cities].map(([place, counts]) => cityOnWire(place, counts));
  }

  #setCity(cities: Map<number, readonly number[]>, place: number, counts: readonly number[] | null): void {
    const old = cities.get(place);
    const isEmpty = counts === null || counts.every((count) => count === 0);
    let sum = this.#cities.get(place);
    if (!sum) {
      sum = new Int32Array(STATUSES.length);
      this.#cities.set(place, sum);
    }
    for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! - (old?.[i] ?? 0) + (isEmpty ? 0 : (counts![i] ?? 0));
    if (isEmpty) cities.delete(place);
    else cities.set(place, counts!);
    if (sum.every((count) => count === 0)) this.#cities.delete(place);
    this.#citiesChanged.add(place);
  }

  #mergeTotals(before: Totals | null): Totals {
    const parts = [...this.#parts.values()].map((part) => part.totals);
    const changed = this.#fieldsChanged;
    const sum = (field: 'listed' | 'live' | 'chatting' | 'unknownPlace'): number => parts.reduce((n, part) => n + part[field], 0);
    const lists = (field: 'browsers' | 'systems' | 'devices' | 'countries'): readonly Count[] =>
      before && !changed.has(field) ? before[field] : addCounts(parts.map((part) => part[field]));
    const tops = (field: 'pages' | 'referrers'): readonly Count[] =>
      before && !changed.has(field) ? before[field] : addCounts(parts.map((part) => part[field])).slice(0, LIMITS.topShown);
    const live = sum('live');
    const chatting = sum('chatting');
    const pages = tops('pages');
    const referrers = tops('referrers');
    return {
      listed: sum('listed'),
      live,
      chatting,
      browsing: live - chatting,
      unknownPlace: sum('unknownPlace'),
      byStatus: Object.fromEntries(
        STATUSES.map((status, i) => [status, parts.reduce((n, part) => n + (part.byStatus[i] ?? 0), 0)]),
      ) as Totals['byStatus'],
      browsers: lists('browsers'),
      systems: lists('systems'),
      devices: lists('devices'),
      countries: lists('countries'),
      pages,
      referrers,
      exact:
        isExact(
          pages,
          parts.map((part) => ({ counts: part.pages, cut: part.pagesCut })),
        ) &&
        isExact(
          referrers,
          parts.map((part) => ({ counts: part.referrers, cut: part.referrersCut })),
        ),
    };
  }
}

/** A value cut from some node's list can have at most that list's smallest count there: exact while all such bounds together stay under the last one shown. */
function isExact(shown: readonly Count[], parts: readonly { counts: readonly Count[]; cut: boolean }[]): boolean {
  if (parts.length === 1 || shown.length === 0) return true;
  const hidden = parts.reduce((n, part) => n + (part.cut ? (part.counts.at(-1)?.count ?? 0) : 0), 0);
  return hidden === 0;
}

function addCounts(lists: readonly (readonly Count[])[]): readonly Count[] {
  if (lists.length === 1) return lists[0]!;
  const sums = new Map<string, number>();
  for (const list of lists) for (const { key, count } of list) sums.set(key, (sums.get(key) ?? 0) + count);
  return [...sums].map(([key, count]) => ({ key, count })).sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
}

function cityOnWire(place: number, counts: Int32Array | undefined): CityCounts {
  const wire = [place];
  if (!counts) return wire;
  for (const column of COLUMNS) wire.push(counts[column]!);
  while (wire.length > 1 && wire.at(-1) === 0) wire.pop();
  return wire;
}

interface NodeRows {
  before: number;
  total: number;
  order: readonly string[];
  groups: readonly Count[];
  keys: Map<string, RowKey>;
  rows: Map<string, Row>;
}
type RowsOnWire = Omit<NonNullable<ViewFrame['rows']>, 'seq' | 'prev' | 'full'>;

/** A window merged from the windows of several nodes: merge-sort by the same order, cut around the same anchor, counts-before add. */
export class MergedRows {
  readonly window: Window;
  readonly #parts = new Map<string, NodeRows>();
  #order: readonly string[] = [];
  #keys = new Map<string, RowKey>();
  #rows = new Map<string, Row>();
  #groups: readonly Count[] = [];
  #before = 0;
  #total = 0;
  #stale = true;

  constructor(window: Window) {
    this.window = window;
  }

  has(node: string): boolean {
    return this.#parts.has(node);
  }

  apply(node: string, patch: RowsPart): void {
    const old = patch.full ? undefined : this.#parts.get(node);
    // Meant for an earlier opening of the same window: the full part of this one is on the way.
    if (!old && !patch.full) return;
    const part: NodeRows = {
      before: patch.before,
      total: patch.total,
      order: patch.order ?? old?.order ?? [],
      groups: patch.groups ?? old?.groups ?? [],
      keys: new Map(),
      rows: new Map(),
    };
    for (const id of part.order) {
      const key = patch.keys?.[id] ?? old?.keys.get(id);
      const before = old?.rows.get(id);
      const change = patch.set?.[id];
      const row = change ? (before ? { ...before, ...change } : (change as Row)) : before;
      if (key === undefined || row === undefined) throw new Error('merge: a window names a row it never gave');
      part.keys.set(id, key);
      part.rows.set(id, row);
    }
    this.#parts.set(node, part);
    this.#stale = true;
  }

  drop(node: string): void {
    if (this.#parts.delete(node)) this.#stale = true;
  }

  take(): RowsOnWire | null {
    if (!this.#stale) return null;
    this.#stale = false;
    const { before, total, order, groups, keys, rows } = this.#merge();
    const newKeys: Record<string, RowKey> = {};
    const set: Record<string, Partial<Row>> = {};
    for (const id of order) {
      const key = keys.get(id)!;
      if (!sameKey(this.#keys.get(id), key)) newKeys[id] = key;
      const row = rows.get(id)!;
      const old = this.#rows.get(id);
      if (old === row) continue;
      const patch = old ? rowPatch(old, row) : row;
      if (patch) set[id] = patch;
    }
    const reordered = order.length !== this.#order.length || order.some((id, i) => id !== this.#order[i]);
    const counted = before !== this.#before || total !== this.#total;
    this.#before = before;
    this.#total = total;
    this.#order = order;
    this.#keys = keys;
    this.#rows = rows;
    const hasKeys = Object.keys(newKeys).length > 0;
    const hasSet = Object.keys(set).length > 0;
    const regrouped = groups.length !== this.#groups.length || groups.some(({ key, count }, i) => !isCount(this.#groups[i], key, count));
    this.#groups = groups;
    if (!reordered && !counted && !hasKeys && !hasSet && !regrouped) return null;
    return {
      before,
      total,
      ...(reordered ? { order } : {}),
      ...(regrouped ? { groups } : {}),
      ...(hasKeys ? { keys: newKeys } : {}),
      ...(hasSet ? { set } : {}),
    };
  }

  full(): RowsOnWire {
    return {
      before: this.#before,
      total: this.#total,
      order: this.#order,
      ...(this.window.group ? { groups: this.#groups } : {}),
      keys: Object.fromEntries(this.#keys),
      set: Object.fromEntries(this.#rows),
    };
  }

  #merge(): NodeRows {
    const parts = [...this.#parts.values()];
    if (parts.length === 1) {
      return parts[0]!;
    }
    const all: OneRow[] = [];
    for (const part of parts) for (const id of part.order) all.push({ id, key: part.keys.get(id)!, row: part.rows.get(id)! });
    const { window } = this;
    all.sort((a, b) => compareRows(window, a.key, a.id, b.key, b.id));
    const { anchor } = this.window;
    const sums = {
      total: parts.reduce((n, part) => n + part.total, 0),
      groups: window.group ? addGroups(window.group, parts) : [],
    };
    if (!anchor && window.share !== undefined) return { ...overlap(parts, all), ...sums };
    const found = anchor ? all.findIndex((one) => compareRows(window, one.key, one.id, anchor.key, anchor.id) >= 0) : 0;
    const split = found === -1 ? all.length : found;
    const from = Math.max(0, split - this.window.before);
    const shown = all.slice(from, split + this.window.after);
    return { before: parts.reduce((n, part) => n + part.before, 0) + from, ...named(shown), ...sums };
  }
}

interface OneRow {
  readonly id: string;
  readonly key: RowKey;
  readonly row: Row;
}
const named = (shown: readonly OneRow[]): Pick<NodeRows, 'order' | 'keys' | 'rows'> => ({
  order: shown.map((one) => one.id),
  keys: new Map(shown.map((one) => [one.id, one.key])),
  rows: new Map(shown.map((one) => [one.id, one.row])),
});

/** Of windows that lie at the same share of each node's list: the rows between which no node left any out. None when the nodes' lists differ too much. */
function overlap(parts: readonly NodeRows[], all: readonly OneRow[]): Pick<NodeRows, 'before' | 'order' | 'keys' | 'rows'> {
  const place = new Map(all.map(({ id }, i) => [id, i]));
  const placeOf = (id: string | undefined): number | undefined => (id === undefined ? undefined : place.get(id));
  let from = 0;
  let to = all.length;
  for (const { before, order, total } of parts) {
    if (before > 0) from = Math.max(from, placeOf(order[0]) ?? all.length);
    if (before + order.length < total) to = Math.min(to, (placeOf(order.at(-1)) ?? -1) + 1);
  }
  return { before: parts.reduce((n, part) => n + part.before, 0) + from, ...named(all.slice(from, Math.max(from, to))) };
}

const isCount = (known: Count | undefined, key: string, count: number): boolean => known?.key === key && known.count === count;

function addGroups(group: Group, parts: readonly NodeRows[]): readonly Count[] {
  return addCounts(parts.map(({ groups }) => groups)).toSorted((a, b) =>
    group === 'context' ? urgencyOf(a.key) - urgencyOf(b.key) : compareKeys(a.key || '\uffff', b.key || '\uffff'),
  );
}

/** One visit followed across nodes: the answer of whichever node has it. */
export class MergedDetail {
  readonly #parts = new Map<string, Detail>();

  apply(node: string, detail: Detail | null): void {
    if (detail === null) this.#parts.delete(node);
    else this.#parts.set(node, detail);
  }

  /** For a moment two nodes may both hold a visit that moves: the one heard of last is right. */
  get detail(): Detail | null {
    let best: Detail | null = null;
    for (const detail of this.#parts.values()) if (best === null || detail.lastActivityAt >= best.lastActivityAt) best = detail;
    return best;
  }

  drop(node: string): void {
    this.#parts.delete(node);
  }
}
