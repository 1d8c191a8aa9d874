import { LIMITS, type Row, type Scope, type Window } from '@foyer/protocol';
import type { ConsoleClient, LiveView } from './console-client.ts';
import { beatMs } from './beat.ts';
import { Listeners } from './listeners.ts';
import type { LiveClock } from './ports.ts';
import { comparePlaces, isCalm, type ListOrder, NEWEST_FIRST, sameKey } from './row-order.ts';
import { type Mark, type Seek, seekAnchor } from './seek.ts';
import type { RowsState, ViewMeta, ViewStore } from './view-store.ts';

/** Rows kept ready on each side of the screen: a flick of the wheel is 3–5 screens of 15 rows. */
const AHEAD = 80;
/** A new window is asked for when fewer than this are left on a side. */
const MARGIN = 40;
/** While somebody drags the scrollbar, ask this often at most. */
const MOVE_EVERY_MS = 50;
/** How often rows whose places change are told at most, where they are shown once a beat. */
const TOLD_EVERY_MS = 250;
/** A share of the list that is not answered by then is searched: the answer was of where the list is already. */
const GUESS_MS = 1_500;
/** At the top of a list whose rows change places each row kept ready is sent anew each time: a page of them. */
const AHEAD_IN_STIR = 24;
/** SPEC DA14: less than 100 ms with room for the timer's own delay. */
const TYPING_MS = 80;

export interface ListQuery {
  readonly scope: Scope;
  readonly filter: string;
  /** Absent: newest first. */
  readonly order?: ListOrder;
}
/** What the list draws. Row `d` of the display is row `d + base` of the view. */
export interface ListState {
  readonly store: ViewStore | null;
  readonly rows: RowsState;
  /** Rows above the display that arrived while it was held still; negative: rows that left above it. */
  readonly base: number;
  /** Rows of the display. */
  readonly count: number;
  readonly held: boolean;
  /** Arrivals since the list is held. */
  readonly fresh: number;
  /** The query shown; behind the one asked for while its first rows are on their way. */
  readonly query: ListQuery | null;
  readonly pending: boolean;
  readonly refused: ViewMeta['refused'];
}
interface Viewport {
  readonly first: number;
  readonly count: number;
}

const NO_ROWS: RowsState = { before: 0, total: 0, order: [], groups: [] };
const orderOf = (query: ListQuery | null): ListOrder => query?.order ?? NEWEST_FIRST;

/**
 * VisitList — the list as somebody looks at it: which window to ask for, and where its rows stand on screen.
 *
 * Invariants  while held (scrolled, or the pointer is over it) the row looked at keeps its place on screen: `base` takes up
 *             whatever arrived or left above it. Not held, the list is the top of the view.
 *             Where rows also change places among themselves (any order but newest first), those on screen stand still
 *             altogether under the pointer, until it leaves or the list is scrolled.
 *             A new query replaces the old rows when its own first rows are there, never before.
 * Owner       one per list on screen; `dispose` closes its views.
 */
export class VisitList {
  readonly #client: ConsoleClient;
  readonly #clock: LiveClock;
  readonly #seekIn: Seek;
  readonly #everyMs: number;
  readonly #changed = new Listeners();
  #view: LiveView | null = null;
  #next: { view: LiveView; query: ListQuery; undo: () => void } | null = null;
  #undo: () => void = () => {};
  #marker: { view: LiveView; undo: () => void } | null = null;
  #state: ListState = { store: null, rows: NO_ROWS, base: 0, count: 0, held: false, fresh: 0, query: null, pending: true, refused: null };
  #viewport: Viewport = { first: 0, count: 20 };
  #hovered: string | null = null;
  #pointerInside = false;
  #sent: Window | null = null;
  /** View rows the window last asked for should cover; null after a jump into the unknown. */
  #expected: { from: number; to: number } | null = null;
  #marks: Mark[] = [];
  #seekTarget = -1;
  #seekRound = 0;
  #cancelMove: (() => void) | null = null;
  #cancelGuess: (() => void) | null = null;
  /** Rows above the window when a share of the list was asked for. */
  #guessedFrom = 0;
  #movedAt = Number.NEGATIVE_INFINITY;
  #cancelTyping: (() => void) | null = null;
  /** The pointer stands on a list whose rows change places. */
  #frozen = false;
  /** Rows as they were when the list was shown last, where it is not shown at once: until the next time some leave their window. */
  #kept: ReadonlyMap<string, Row> = new Map();
  #tookAt = Number.NEGATIVE_INFINITY;
  #cancelTake: (() => void) | null = null;

  /**
   * `seek`: how to find a far row; the default knows numbers that seldom are equal. `everyMs`: other rows, or another order, are shown
   * this often at most; what is in a row, at once.
   */
  constructor(client: ConsoleClient, clock: LiveClock, options: { readonly seek?: Seek; readonly everyMs?: number } = {}) {
    this.#client = client;
    this.#clock = clock;
    this.#seekIn = options.seek ?? seekAnchor;
    this.#everyMs = options.everyMs ?? 0;
  }

  readonly subscribe = this.#changed.subscribe;
  readonly get = (): ListState => this.#state;

  /** Id at row `d` of the display; undefined where its window has not arrived. */
  idAt(d: number): string | undefined {
    const { rows, base } = this.#state;
    return rows.order[d + base - rows.before];
  }
  row(id: string): Row | undefined {
    return this.#state.store?.row(id) ?? this.#kept.get(id);
  }
  /** Row of the display where this visit stands, -1 when it is not in the window. */
  indexOf(id: string): number {
    const { rows, base } = this.#state;
    const i = rows.order.indexOf(id);
    return i < 0 ? -1 : i + rows.before - base;
  }

  /** Shows a query. While typing (`soon: false`) it waits for a pause; the next call within it takes its place. */
  show(query: ListQuery, options: { soon: boolean }): void {
    this.#cancelTyping?.();
    this.#cancelTyping = null;
    if (options.soon) return this.#open(query);
    this.#cancelTyping = this.#clock.after(TYPING_MS, () => this.#open(query));
  }

  setViewport(first: number, count: number): void {
    if (first === this.#viewport.first && count === this.#viewport.count) return;
    // By the rows that were on screen until now.
    this.#thaw();
    this.#viewport = { first, count };
    this.#reconsider();
  }

  /** `hovered`: the row under the pointer, which is the one that must not move. */
  setPointer(inside: boolean, hovered: string | null): void {
    this.#hovered = hovered;
    if (inside === this.#pointerInside) return;
    this.#pointerInside = inside;
    this.#reconsider();
  }

  /** Lets go of what was held: the newest rows are the top of the display again. The caller scrolls to 0. */
  toTop(): void {
    this.#viewport = { ...this.#viewport, first: 0 };
    this.#release();
  }

  /** After rows left above a held display there is nothing to draw at its start: takes up to `room` rows of it away and answers how many. */
  closeGap(room: number): number {
    const rows = Math.min(room, -this.#state.base);
    if (rows <= 0) return 0;
    this.#viewport = { ...this.#viewport, first: Math.max(0, this.#viewport.first - rows) };
    const base = this.#state.base + rows;
    this.#set({ base, count: Math.max(0, this.#state.rows.total - base) });
    return rows;
  }

  /**
   * Moves the display along a list longer than `limit` rows can be drawn of, once the viewport nears an end of what is drawn.
   * Answers by how many rows the viewport has to move with it; 0 mostly.
   */
  stretch(limit: number): number {
    const { base, rows, held } = this.#state;
    const { first } = this.#viewport;
    const step = Math.floor(limit / 2);
    const beyond = rows.total - base - limit;
    let shift = 0;
    if (held && beyond > 0 && first > limit * 0.9) shift = Math.min(step, beyond);
    else if (held && first < limit * 0.1 && base > limit * 0.25) shift = -Math.min(step, base);
    if (shift === 0) return 0;
    this.#viewport = { ...this.#viewport, first: first - shift };
    this.#set({ base: base + shift, count: Math.max(0, rows.total - base - shift) });
    return -shift;
  }

  /**
   * Row of the display where the visit at `mark` stands, for the caller to scroll to; the next window is asked for around it.
   * In a list longer than `limit` rows can be drawn of, the display moves there first.
   */
  reach(mark: Mark, limit: number): number {
    this.#marks = [...this.#marks.filter((m) => m.id !== mark.id), mark];
    if (mark.index < this.#state.base) this.toTop();
    const { rows, held, base } = this.#state;
    const d = mark.index - base;
    if (d < limit) return d;
    if (!held) this.#hold();
    const to = clamp(mark.index - Math.floor(limit / 2), 0, Math.max(0, rows.total - limit));
    this.#viewport = { ...this.#viewport, first: mark.index - to };
    this.#set({ base: to, count: Math.max(0, rows.total - to) });
    this.#reconsider();
    return mark.index - to;
  }

  dispose(): void {
    this.#noGuess();
    this.#cancelMove?.();
    this.#cancelMove = null;
    this.#cancelTyping?.();
    this.#cancelTake?.();
    this.#dropNext();
    this.#dropMarker();
    this.#undo();
    this.#undo = () => {};
    this.#view?.close();
    this.#view = null;
  }

  #open(query: ListQuery): void {
    this.#dropNext();
    const window = this.#topWindow(orderOf(query));
    const { scope, filter } = query;
    const view = this.#client.openView({ scope, filter, streams: filter === '' ? ['rows'] : ['rows', 'totals', 'cities'], window });
    if (!this.#view) return this.#adopt(view, query, window);
    const settle = (): void => {
      const { ready, refused } = view.store.meta;
      if (refused) {
        this.#dropNext();
        this.#set({ pending: false, refused });
      } else if (ready) {
        this.#next?.undo();
        this.#next = null;
        this.#adopt(view, query, window);
      }
    };
    this.#next = { view, query, undo: view.store.subscribeMeta(settle) };
    this.#set({ pending: true, refused: null });
  }

  #adopt(view: LiveView, query: ListQuery, window: Window): void {
    this.#undo();
    this.#view?.close();
    this.#dropMarker();
    this.#view = view;
    this.#sent = window;
    this.#marks = [];
    this.#noGuess();
    this.#frozen = false;
    this.#cancelTake?.();
    this.#cancelTake = null;
    this.#viewport = { ...this.#viewport, first: 0 };
    const { store } = view;
    const undoRows = store.subscribeRows(() => this.#heard());
    const undoMeta = store.subscribeMeta(() => this.#set({ pending: !store.meta.ready, refused: store.meta.refused }));
    this.#undo = () => {
      undoRows();
      undoMeta();
    };
    const { rows } = store;
    // Its first rows are shown when they come.
    this.#tookAt = store.meta.ready ? this.#clock.now() : Number.NEGATIVE_INFINITY;
    this.#expected = null;
    this.#set({
      store,
      rows,
      base: 0,
      count: rows.total,
      held: false,
      fresh: 0,
      query,
      pending: !store.meta.ready,
      refused: store.meta.refused,
    });
    this.#keep(store);
    this.#reconsider();
  }

  #heard(): void {
    const store = this.#view?.store;
    if (!store) return;
    if (this.#state.held) this.#remember(store);
    // What is not there yet cannot stand still.
    if (!this.#isCovered()) this.#frozen = false;
    if (this.#frozen) return;
    const waitMs = this.#isCovered() ? beatMs(this.#clock.now(), this.#tookAt, this.#everyMs) : 0;
    if (waitMs > 0) this.#cancelTake ??= this.#clock.after(waitMs, () => this.#take(store));
    else this.#take(store);
    this.#reconsider();
  }

  /** All rows on screen are in the window that is shown. */
  #isCovered(): boolean {
    const { rows, base } = this.#state;
    const from = this.#viewport.first + base;
    return from >= rows.before && Math.min(from + this.#viewport.count, rows.total) <= rows.before + rows.order.length;
  }

  /** Shows the rows as they are. */
  #take(store: ViewStore): void {
    this.#cancelTake?.();
    this.#cancelTake = null;
    this.#tookAt = this.#clock.now();
    const old = this.#state;
    const { rows } = store;
    const base = old.held ? this.#keptBase(old, rows) : 0;
    this.#keep(store);
    this.#set({ rows, base, count: Math.max(0, rows.total - base) });
  }

  #thaw(): void {
    const store = this.#view?.store;
    if (!this.#frozen || !store) return;
    this.#frozen = false;
    this.#take(store);
  }

  #keep(store: ViewStore): void {
    this.#kept =
      isCalm(orderOf(this.#state.query)) && this.#everyMs === 0
        ? new Map()
        : new Map(store.rows.order.flatMap((id) => store.row(id) ?? []).map((row) => [row.id, row]));
  }

  #freezeUnderPointer(): void {
    const { store, query } = this.#state;
    if (!this.#pointerInside || !store || isCalm(orderOf(query)) || !this.#isCovered()) return;
    this.#frozen = true;
    this.#cancelTake?.();
    this.#cancelTake = null;
  }

  /** The base with which what is looked at stays where it is. */
  #keptBase(old: ListState, rows: RowsState): number {
    return isCalm(orderOf(old.query)) ? this.#baseOfRow(old, rows) : this.#baseOfMost(old, rows);
  }

  /** Rows change places: as far as most of those on screen have moved. One that jumped to the top takes nobody along. */
  #baseOfMost(old: ListState, rows: RowsState): number {
    const start = Math.max(0, this.#viewport.first + old.base - old.rows.before);
    const now = new Map(rows.order.map((id, i) => [id, i + rows.before]));
    const moves = old.rows.order
      .slice(start, start + this.#viewport.count)
      .flatMap((id, i) => {
        const at = now.get(id);
        return at === undefined ? [] : [at - (i + start + old.rows.before)];
      })
      .sort((a, b) => a - b);
    return clamp(old.base + (moves[Math.floor(moves.length / 2)] ?? 0), 0, rows.total);
  }

  #baseOfRow(old: ListState, rows: RowsState): number {
    const from = old.base - old.rows.before;
    const hovered = this.#hovered === null ? -1 : old.rows.order.indexOf(this.#hovered);
    const top = this.#viewport.first + from;
    // Of what is looked at nothing was there: nothing has to stand still.
    if (hovered < 0 && (top + this.#viewport.count <= 0 || top >= old.rows.order.length)) return Math.min(old.base, rows.total);
    const start = hovered >= 0 ? hovered : Math.max(0, top);
    const now = new Map(rows.order.map((id, i) => [id, i + rows.before]));
    for (let i = start; i < old.rows.order.length; i += 1) {
      const at = now.get(old.rows.order[i] ?? '');
      // A row that left gives its place to the one below it.
      if (at !== undefined) return at - (start - from);
    }
    for (let i = start - 1; i >= 0; i -= 1) {
      const at = now.get(old.rows.order[i] ?? '');
      if (at !== undefined) return at - (i - from);
    }
    return Math.min(old.base, rows.total);
  }

  #reconsider(): void {
    const held = this.#pointerInside || this.#viewport.first > 0;
    if (!this.#pointerInside) this.#thaw();
    if (held && !this.#state.held) this.#hold();
    else if (!held && this.#state.held) return this.#release();
    this.#freezeUnderPointer();
    this.#move();
  }

  #hold(): void {
    const { store, rows } = this.#state;
    if (store) this.#remember(store);
    this.#set({ held: true, fresh: 0 });
    const id = rows.order[0];
    const key = id === undefined ? undefined : store?.key(id);
    const { query } = this.#state;
    if (!query || id === undefined || key === undefined || rows.before > 0) return;
    // A window of one row at what was the top: the rows above it are exactly the arrivals, whatever leaves further down.
    const window: Window = { ...this.#paced(orderOf(query)), anchor: { key, id }, before: 0, after: 1 };
    const { scope, filter } = query;
    const view = this.#client.openView({ scope, filter, streams: ['rows'], window });
    this.#marker = { view, undo: view.store.subscribeRows(() => this.#set({ fresh: view.store.rows.before })) };
  }

  #release(): void {
    this.#dropMarker();
    const { rows } = this.#state;
    this.#set({ held: false, base: 0, count: rows.total, fresh: 0 });
    this.#move();
  }

  /** Sends the window the display needs, at most every `MOVE_EVERY_MS`. */
  #move(): void {
    if (this.#cancelMove) return;
    const waitMs = this.#movedAt + MOVE_EVERY_MS - this.#clock.now();
    if (waitMs > 0) {
      this.#cancelMove = this.#clock.after(waitMs, () => {
        this.#cancelMove = null;
        this.#move();
      });
      return;
    }
    const wanted = this.#wanted();
    if (!wanted || !this.#view || same(wanted, this.#sent)) return;
    this.#movedAt = this.#clock.now();
    this.#sent = wanted;
    this.#view.move(wanted);
  }

  /** null: the window asked for last still serves. */
  #wanted(): Window | null {
    const { store, rows, base, held } = this.#state;
    const order = orderOf(this.#state.query);
    if (!held) return this.#topWindow(order);
    if (!store || rows.total === 0) return null;
    const first = clamp(this.#viewport.first + base, 0, rows.total - 1);
    const from = Math.max(0, first - MARGIN);
    const to = Math.min(rows.total, first + this.#viewport.count + MARGIN);
    const has = { from: rows.before, to: rows.before + rows.order.length };
    const covered = (range: { from: number; to: number } | null): boolean => range !== null && range.from <= from && range.to >= to;
    if (this.#sent?.anchor && (covered(has) || covered(this.#expected))) {
      if (covered(has)) this.#seekTarget = -1;
      return null;
    }
    if (this.#cancelGuess && !covered(has)) {
      // Rows of elsewhere are the answer, and not what was hoped for: the lists of several nodes differ.
      if (Math.abs(rows.before - this.#guessedFrom) > LIMITS.windowRows) this.#noGuess();
      else if (covered(this.#expected)) return null;
    }
    const id = rows.order[first - rows.before];
    const key = id === undefined ? undefined : store.key(id);
    if (id !== undefined && key !== undefined) {
      this.#seekTarget = -1;
      this.#noGuess();
      this.#expected = { from: first - AHEAD, to: first + this.#after() };
      return { ...this.#paced(order), anchor: { key, id }, before: AHEAD, after: this.#after() };
    }
    return this.#seek(first);
  }

  #seek(first: number): Window | null {
    if (Math.abs(first - this.#seekTarget) > LIMITS.windowRows) this.#seekRound = 0;
    this.#seekTarget = first;
    this.#seekRound += 1;
    this.#expected = null;
    // A row known to stand this near is in the middle of a window that covers the screen: nothing to search.
    const near = this.#marks.find((mark) => Math.abs(mark.index - first) < AHEAD);
    const { query, rows } = this.#state;
    const order = orderOf(query);
    this.#noGuess();
    if (!near && this.#seekRound === 1) {
      this.#expected = { from: first - AHEAD, to: first + this.#after() };
      this.#guessedFrom = rows.before;
      this.#cancelGuess = this.#clock.after(GUESS_MS, () => {
        this.#cancelGuess = null;
        this.#expected = null;
        this.#move();
      });
      return { ...this.#paced(order), share: first / rows.total, before: AHEAD, after: this.#after() };
    }
    const anchor = near ?? this.#seekIn(first, this.#marks, this.#seekRound, { order, rows });
    if (!anchor) return null;
    return { ...this.#paced(order), anchor: { key: anchor.key, id: anchor.id }, before: LIMITS.windowRows, after: LIMITS.windowRows };
  }

  #noGuess(): void {
    this.#cancelGuess?.();
    this.#cancelGuess = null;
  }

  /** Where the ends of this window stand. Older marks that contradict it have moved since and go. */
  #remember(store: ViewStore): void {
    const { before, total, order } = store.rows;
    const ends: Mark[] = [];
    for (const i of new Set([0, order.length - 1])) {
      const id = order[i];
      const key = id === undefined ? undefined : store.key(id);
      if (id !== undefined && key !== undefined) ends.push({ index: before + i, key, id });
    }
    const [head] = ends;
    const tail = ends.at(-1);
    if (!head || !tail) return;
    const by = orderOf(this.#state.query);
    const outside = this.#marks.filter(
      (m) =>
        (m.index < head.index && comparePlaces(by, m, head) < 0) ||
        (m.index > tail.index && m.index < total && comparePlaces(by, m, tail) > 0),
    );
    const above = outside.filter((m) => m.index < head.index).sort((a, b) => b.index - a.index);
    const below = outside.filter((m) => m.index > tail.index).sort((a, b) => a.index - b.index);
    // The outermost marks give the slope of the whole list, the nearest ones narrow the search.
    this.#marks = [...keepEnds(above), ...ends, ...keepEnds(below)];
  }

  #after(): number {
    return Math.min(LIMITS.windowRows, this.#viewport.count + AHEAD);
  }
  #topWindow(order: ListOrder): Window {
    const after = isCalm(order) ? this.#after() : Math.min(LIMITS.windowRows, this.#viewport.count + AHEAD_IN_STIR);
    return { ...this.#paced(order), before: 0, after };
  }
  /** Rows that jump are shown less often than they are told: not as many need to come. */
  #paced(order: ListOrder): Pick<Window, 'sort' | 'dir' | 'group' | 'everyMs'> {
    return this.#everyMs === 0 || isCalm(order) ? order : { ...order, everyMs: TOLD_EVERY_MS };
  }

  #dropNext(): void {
    this.#next?.undo();
    this.#next?.view.close();
    this.#next = null;
  }
  #dropMarker(): void {
    this.#marker?.undo();
    this.#marker?.view.close();
    this.#marker = null;
  }

  #set(patch: Partial<ListState>): void {
    this.#state = { ...this.#state, ...patch };
    this.#changed.notify();
  }
}

const clamp = (n: number, min: number, max: number): number => Math.min(max, Math.max(min, n));
const keepEnds = (marks: readonly Mark[]): readonly Mark[] => (marks.length <= 3 ? marks : [...marks.slice(0, 2), ...marks.slice(-1)]);

function same(a: Window, b: Window | null): boolean {
  if (b === null || a.before !== b.before || a.after !== b.after || a.anchor?.id !== b.anchor?.id || a.share !== b.share) return false;
  return sameKey(a.anchor?.key, b.anchor?.key);
}
