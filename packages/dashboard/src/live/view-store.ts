import type { CityCounts, Count, Row, RowKey, Stream, Totals, ViewFrame } from '@foyer/protocol';
import { Listeners } from './listeners.ts';

/** The window as the server last described it. A new object only when something in it changed. */
export interface RowsState {
  /** Rows of the view above the window. */
  readonly before: number;
  readonly total: number;
  readonly order: readonly string[];
  /** Of a window with groups: each of the whole view in order, with its rows. */
  readonly groups: readonly Count[];
}
export interface ViewMeta {
  /** The first full frame of every stream is here. */
  readonly ready: boolean;
  /** The filter is still being counted: what is shown is a part. */
  readonly counting: boolean;
  readonly refused: { readonly code: string; readonly message: string } | null;
}

const NO_GROUPS: readonly Count[] = [];
const NO_ROWS: RowsState = { before: 0, total: 0, order: [], groups: NO_GROUPS };
const NONE: ReadonlySet<number> = new Set();

function patched<T extends object>(old: T, set: Partial<T>): T {
  for (const key in set) if (!Object.is(old[key], set[key])) return { ...old, ...set };
  return old;
}
const sameOrder = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((id, i) => id === b[i]);

/**
 * What one view of the server looks like, kept from its frames.
 *
 * `apply` answers `gap` when a frame was missed; the owner asks `again`, and that stream stays as it was until its full frame.
 * Subscribers hear of one frame at most once. Cost of a frame: what it carries plus the window's rows.
 */
export class ViewStore {
  readonly #streams: readonly Stream[];
  readonly #seq = new Map<Stream, number>();
  readonly #rows = new Map<string, Row>();
  readonly #keys = new Map<string, RowKey>();
  readonly #rowListeners = new Map<string, Listeners>();
  readonly #onRows = new Listeners();
  readonly #onTotals = new Listeners();
  readonly #onCities = new Listeners();
  readonly #onMeta = new Listeners();
  #changedCities: ReadonlySet<number> | 'all' = NONE;
  #citiesVersion = 0;
  #state: RowsState = NO_ROWS;
  #totals: Totals | null = null;
  #cities = new Map<number, CityCounts>();
  #meta: ViewMeta = { ready: false, counting: false, refused: null };

  constructor(streams: readonly Stream[]) {
    this.#streams = streams;
  }

  get rows(): RowsState {
    return this.#state;
  }
  get totals(): Totals | null {
    return this.#totals;
  }
  /** One and the same map, changed in place: thousands of cities are not copied ten times a second. */
  get cities(): ReadonlyMap<number, CityCounts> {
    return this.#cities;
  }
  /** Another number whenever a city's counts have changed. */
  get citiesVersion(): number {
    return this.#citiesVersion;
  }
  /** What the frame that listeners of `subscribeCities` are being told of changed; empty outside of their calls. */
  get changedCities(): ReadonlySet<number> | 'all' {
    return this.#changedCities;
  }
  get meta(): ViewMeta {
    return this.#meta;
  }
  row(id: string): Row | undefined {
    return this.#rows.get(id);
  }
  key(id: string): RowKey | undefined {
    return this.#keys.get(id);
  }

  readonly subscribeRows = this.#onRows.subscribe;
  readonly subscribeTotals = this.#onTotals.subscribe;
  readonly subscribeCities = this.#onCities.subscribe;
  readonly subscribeMeta = this.#onMeta.subscribe;
  subscribeRow(id: string, listener: () => void): () => void {
    const listeners = this.#rowListeners.get(id) ?? new Listeners();
    this.#rowListeners.set(id, listeners);
    const undo = listeners.subscribe(listener);
    return () => {
      undo();
      if (listeners.size === 0 && this.#rowListeners.get(id) === listeners) this.#rowListeners.delete(id);
    };
  }

  /** From now on only full frames count. What is known stays on screen; city counts of another epoch mean nothing and go. */
  expectFull(options: { newEpoch: boolean }): void {
    this.#seq.clear();
    if (options.newEpoch && this.#cities.size > 0) {
      this.#cities.clear();
      this.#tellCities('all');
    }
  }

  refuse(code: string, message: string): void {
    this.#setMeta({ ...this.#meta, refused: { code, message } });
  }

  apply(frame: ViewFrame): 'ok' | 'gap' {
    let gap = false;
    if (frame.totals) gap = this.#take('totals', frame.totals, (part) => this.#applyTotals(part)) || gap;
    if (frame.cities) gap = this.#take('cities', frame.cities, (part) => this.#applyCities(part)) || gap;
    if (frame.rows) gap = this.#take('rows', frame.rows, (part) => this.#applyRows(part)) || gap;
    this.#setMeta({
      ready: this.#streams.every((s) => this.#seq.has(s)) || this.#meta.ready,
      counting: frame.counting ?? false,
      refused: null,
    });
    return gap ? 'gap' : 'ok';
  }

  /** true: a frame is missing. While a full frame is awaited, patches are passed over without asking again. */
  #take<P extends { readonly seq: number; readonly prev?: number; readonly full?: true }>(
    stream: Stream,
    part: P,
    apply: (part: P) => boolean,
  ): boolean {
    const seq = this.#seq.get(stream);
    if (!part.full) {
      if (seq === undefined) return false;
      if ((part.prev ?? part.seq - 1) !== seq) {
        this.#seq.delete(stream);
        return true;
      }
    }
    if (!apply(part)) {
      this.#seq.delete(stream);
      return true;
    }
    this.#seq.set(stream, part.seq);
    return false;
  }

  #applyTotals(part: NonNullable<ViewFrame['totals']>): boolean {
    const next = part.full ? (part.set as Totals) : this.#totals && patched(this.#totals, part.set);
    if (next === null) return false;
    if (next !== this.#totals) {
      this.#totals = next;
      this.#onTotals.notify();
    }
    return true;
  }

  #applyCities(part: NonNullable<ViewFrame['cities']>): boolean {
    if (part.full) this.#cities.clear();
    const changed = new Set<number>();
    for (const counts of part.set) {
      const [index] = counts;
      if (index === undefined) continue;
      changed.add(index);
      if (counts.length === 1) this.#cities.delete(index);
      else this.#cities.set(index, counts);
    }
    if (part.full || changed.size > 0) this.#tellCities(part.full ? 'all' : changed);
    return true;
  }

  #tellCities(changed: ReadonlySet<number> | 'all'): void {
    this.#changedCities = changed;
    this.#citiesVersion += 1;
    this.#onCities.notify();
    this.#changedCities = NONE;
  }

  /** false: the frame speaks of rows this store never got, so the streams have drifted apart. */
  #applyRows(part: NonNullable<ViewFrame['rows']>): boolean {
    const order = part.order ?? (part.full ? [] : this.#state.order);
    const known = new Set(order);
    for (const id of order) {
      const hasRow = part.set?.[id] !== undefined || this.#rows.has(id);
      const hasKey = part.keys?.[id] !== undefined || this.#keys.has(id);
      if (!hasRow || !hasKey) return false;
    }
    const changed: string[] = [];
    for (const [id, set] of Object.entries(part.set ?? {})) {
      if (!known.has(id)) continue;
      const old = this.#rows.get(id);
      const next = old ? patched(old, set) : (set as Row);
      if (next === old) continue;
      this.#rows.set(id, next);
      changed.push(id);
    }
    for (const [id, key] of Object.entries(part.keys ?? {})) if (known.has(id)) this.#keys.set(id, key);
    for (const id of this.#rows.keys()) {
      if (known.has(id)) continue;
      this.#rows.delete(id);
      this.#keys.delete(id);
      changed.push(id);
    }
    const old = this.#state;
    const reordered = !sameOrder(order, old.order);
    const groups = part.groups ?? (part.full ? NO_GROUPS : old.groups);
    if (reordered || part.before !== old.before || part.total !== old.total || groups !== old.groups) {
      this.#state = { before: part.before, total: part.total, order: reordered ? order : old.order, groups };
      this.#onRows.notify();
    }
    for (const id of changed) this.#rowListeners.get(id)?.notify();
    return true;
  }

  #setMeta(next: ViewMeta): void {
    const merged = patched(this.#meta, next);
    if (merged === this.#meta) return;
    this.#meta = merged;
    this.#onMeta.notify();
  }
}
