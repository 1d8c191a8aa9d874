import { MergedDetail, MergedRows, MergedView, viewKey, windowKey } from '@foyer/domain/board';
import { formatFilter, parseFilter, resolveSites, type SiteNames, usesField } from '@foyer/domain/rules';
import type { Detail, RefusedFrame, Scope, Stream, Window } from '@foyer/protocol';
import type { Part, ViewOrder } from './messages.ts';
import type { ConsoleSide, LiveNode } from './node.ts';
import type { ViewPatch } from './view-patch.ts';

/** Whoever watches a view on this node: a console, or one REST request. */
export interface Watcher {
  /** `body`: the frame's JSON after the view's id, the same text for everybody who shares the view. */
  patch(view: string, patch: ViewPatch, body: string): void;
  detail(view: string, detail: Detail | null): void;
  /** Some node's part came, whether or not it changed anything. */
  heard?(): void;
}
export interface OpenSpec {
  readonly workspace: string;
  readonly scope: Scope;
  readonly filter: string;
  readonly streams: readonly Stream[];
  readonly window: Window | undefined;
  /** Fields the watcher's role may not see. */
  readonly hidden: readonly string[];
}
export type Refused = Pick<RefusedFrame, 'code' | 'message'>;

interface SharedWindow {
  readonly merged: MergedRows;
  readonly watchers: Map<Watching, true>;
  seq: number;
}
interface SharedView {
  readonly key: string;
  readonly order: ViewOrder & { k: 'open' };
  readonly merged: MergedView;
  readonly windows: Map<string, SharedWindow>;
  readonly watchers: Set<Watching>;
  totalsSeq: number;
  citiesSeq: number;
  wasCounting: boolean;
}
interface Watching {
  readonly watcher: Watcher;
  readonly id: string;
  readonly view: SharedView;
  readonly streams: ReadonlySet<Stream>;
  window: SharedWindow | null;
  windowKey: string;
}
interface SharedFollow {
  readonly merged: MergedDetail;
  readonly watchers: Map<Watcher, string>;
  addressHash: string;
}

/**
 * Feeds — the views that consoles of this node have open, merged from every node's parts.
 *
 * Purpose     consoles with the same {workspace, scope, filter} share one merged view; with the same window, one window. Merged and encoded once.
 * Pace        parts come 20 to 100 ms apart (pace.ts) and are passed on at once: one tick in the whole chain.
 */
export class Feeds implements ConsoleSide {
  readonly #live: LiveNode;
  readonly #sitesOf: (workspace: string) => readonly SiteNames[];
  readonly #views = new Map<string, SharedView>();
  readonly #follows = new Map<string, SharedFollow>();

  /** `sitesOf`: the sites of a workspace, for `site:` in filters, which people give by name or domain. */
  constructor(live: LiveNode, sitesOf: (workspace: string) => readonly SiteNames[]) {
    this.#live = live;
    this.#sitesOf = sitesOf;
  }

  /** Opens a view; what it shows comes through the watcher, first whole. Answers how to move and close it, or why not. */
  open(watcher: Watcher, id: string, spec: OpenSpec): Feed | Refused {
    const parsed = parseFilter(spec.filter);
    if (!parsed.ok) return { code: 'bad_filter', message: parsed.error.message };
    const denied = spec.hidden.find((field) => usesField(parsed.value, field as Parameters<typeof usesField>[1]));
    if (denied !== undefined) return { code: 'not_allowed', message: `Your role cannot see “${denied}”, so it cannot filter by it.` };
    if (spec.streams.includes('rows') && !spec.window) return { code: 'no_window', message: 'The rows stream needs a window.' };
    const filter = formatFilter(resolveSites(parsed.value, this.#sitesOf(spec.workspace)));
    const key = `${spec.workspace}\n${viewKey(spec.scope, filter)}`;
    let view = this.#views.get(key);
    if (!view) {
      const order = { k: 'open', view: key, workspace: spec.workspace, scope: spec.scope, filter } as const;
      view = {
        key,
        order,
        merged: new MergedView(),
        windows: new Map(),
        watchers: new Set(),
        totalsSeq: 0,
        citiesSeq: 0,
        wasCounting: false,
      };
      this.#views.set(key, view);
      this.#live.order(order);
    }
    const watching: Watching = { watcher, id, view, streams: new Set(spec.streams), window: null, windowKey: '' };
    if (spec.window && watching.streams.has('rows')) this.#move(watching, spec.window, false);
    // Only now: opening the window may read the view to its end, and nothing may reach a watcher before its first whole frame.
    view.watchers.add(watching);
    this.#sendWhole(watching);
    return {
      move: (window) => void (watching.streams.has('rows') && this.#move(watching, window, true)),
      again: () => this.#sendWhole(watching),
      close: () => this.#close(watching),
      get isCounting() {
        return watching.view.merged.counting;
      },
      isComplete: () => this.#isComplete(watching),
    };
  }

  /** Follows one visit by visit or visitor id; the watcher hears at once what is known. Answers how to stop. */
  follow(watcher: Watcher, view: string, workspace: string, id: string): () => void {
    const key = `${workspace}\n${id}`;
    let follow = this.#follows.get(key);
    if (!follow) {
      follow = { merged: new MergedDetail(), watchers: new Map(), addressHash: '' };
      this.#follows.set(key, follow);
      follow.watchers.set(watcher, view);
      this.#live.order({ k: 'follow', workspace, id });
    } else {
      follow.watchers.set(watcher, view);
      watcher.detail(view, follow.merged.detail);
    }
    return () => {
      const now = this.#follows.get(key);
      if (!now?.watchers.delete(watcher) || now.watchers.size > 0) return;
      this.#follows.delete(key);
      this.#live.order({ k: 'unfollow', workspace, id });
    };
  }

  addressHashOf(workspace: string, id: string): string {
    return this.#follows.get(`${workspace}\n${id}`)?.addressHash ?? '';
  }

  *orders(): Generator<ViewOrder> {
    for (const view of this.#views.values()) {
      yield view.order;
      for (const [key, { merged }] of view.windows) yield { k: 'window', view: view.key, key, window: merged.window };
    }
    for (const key of this.#follows.keys()) {
      const cut = key.indexOf('\n');
      yield { k: 'follow', workspace: key.slice(0, cut), id: key.slice(cut + 1) };
    }
  }

  part(from: string, part: Part): void {
    if (part.k === 'detail') return this.#detail(from, part);
    if (part.k === 'places') return;
    const view = this.#views.get(part.view);
    if (!view) return;
    if (part.k === 'view') {
      view.merged.apply(from, part.part, (index) => this.#live.placeOf(from, index));
      this.#passOn(view);
      for (const { watcher } of view.watchers) watcher.heard?.();
      return;
    }
    const window = view.windows.get(part.key);
    if (!window) return;
    window.merged.apply(from, part.part);
    this.#passOnRows(view, window);
    for (const { watcher } of window.watchers.keys()) watcher.heard?.();
  }

  left(node: string): void {
    for (const view of this.#views.values()) {
      view.merged.drop(node);
      this.#passOn(view);
      for (const window of view.windows.values()) {
        window.merged.drop(node);
        this.#passOnRows(view, window);
      }
    }
    for (const follow of this.#follows.values()) {
      follow.merged.drop(node);
      for (const [watcher, id] of follow.watchers) watcher.detail(id, follow.merged.detail);
    }
  }

  #detail(from: string, part: Part & { k: 'detail' }): void {
    const follow = this.#follows.get(`${part.workspace}\n${part.id}`);
    if (!follow) return;
    follow.merged.apply(from, part.detail);
    if (part.addressHash !== '') follow.addressHash = part.addressHash;
    for (const [watcher, id] of follow.watchers) watcher.detail(id, follow.merged.detail);
  }

  #passOn(view: SharedView): void {
    const totals = view.merged.takeTotals();
    const cities = view.merged.takeCities();
    const counting = view.merged.counting;
    const turned = counting !== view.wasCounting;
    view.wasCounting = counting;
    if (!totals && !cities && !turned) return;
    const totalsPatch = totals || turned ? { totals: { seq: ++view.totalsSeq, set: totals ?? {} } } : {};
    const citiesPatch = cities ? { cities: { seq: ++view.citiesSeq, set: cities } } : {};
    const encode = encoder(this.#live.now());
    const state = counting || turned ? { counting } : {};
    const both = encode({ ...state, ...totalsPatch, ...citiesPatch });
    const onlyTotals = encode({ ...state, ...totalsPatch });
    const onlyCities = encode({ ...state, ...citiesPatch });
    const onlyState = encode(state);
    for (const { watcher, id, streams } of view.watchers) {
      const patch = streams.has('totals') ? (streams.has('cities') ? both : onlyTotals) : streams.has('cities') ? onlyCities : onlyState;
      // That counting is over has to reach those too for whom nothing else has changed.
      if (turned || patch.value.totals || patch.value.cities) watcher.patch(id, patch.value, patch.body());
    }
  }

  #passOnRows(view: SharedView, window: SharedWindow): void {
    const rows = window.merged.take();
    if (!rows) return;
    const patch = encoder(this.#live.now())({ ...(view.merged.counting ? { counting: true } : {}), rows: { seq: ++window.seq, ...rows } });
    for (const { watcher, id } of window.watchers.keys()) watcher.patch(id, patch.value, patch.body());
  }

  #sendWhole(watching: Watching): void {
    const { view, streams, window } = watching;
    const patch: ViewPatch = {
      ...(view.merged.counting ? { counting: true } : {}),
      ...(streams.has('totals') ? { totals: { seq: view.totalsSeq, full: true as const, set: view.merged.fullTotals() } } : {}),
      ...(streams.has('cities') ? { cities: { seq: view.citiesSeq, full: true as const, set: view.merged.fullCities() } } : {}),
      ...(streams.has('rows') && window ? { rows: { seq: window.seq, full: true as const, ...window.merged.full() } } : {}),
    };
    watching.watcher.patch(watching.id, patch, encoder(this.#live.now())(patch).body());
  }

  #move(watching: Watching, window: Window, tell: boolean): void {
    const { view } = watching;
    const key = windowKey(window);
    if (watching.windowKey === key) return;
    const old = watching.window;
    const oldKey = watching.windowKey;
    let shared = view.windows.get(key);
    if (!shared) {
      shared = { merged: new MergedRows(window), watchers: new Map(), seq: 0 };
      view.windows.set(key, shared);
      this.#live.order({ k: 'window', view: view.key, key, window });
    }
    shared.watchers.set(watching, true);
    watching.window = shared;
    watching.windowKey = key;
    if (old) this.#leaveWindow(view, oldKey, old, watching);
    if (!tell) return;
    const patch: ViewPatch = {
      ...(view.merged.counting ? { counting: true } : {}),
      rows: { seq: shared.seq, full: true, ...shared.merged.full() },
    };
    watching.watcher.patch(watching.id, patch, encoder(this.#live.now())(patch).body());
  }

  #leaveWindow(view: SharedView, key: string, window: SharedWindow, watching: Watching): void {
    window.watchers.delete(watching);
    if (window.watchers.size > 0) return;
    view.windows.delete(key);
    this.#live.order({ k: 'unwindow', view: view.key, key });
  }

  #isComplete({ view, window }: Watching): boolean {
    if (view.merged.counting) return false;
    return this.#live.membership.members.every((node) => view.merged.has(node) && (window === null || window.merged.has(node)));
  }

  #close(watching: Watching): void {
    const { view, window } = watching;
    if (!view.watchers.delete(watching)) return;
    if (window) this.#leaveWindow(view, watching.windowKey, window, watching);
    if (view.watchers.size > 0) return;
    this.#views.delete(view.key);
    this.#live.order({ k: 'close', view: view.key });
  }
}

export interface Feed {
  move(window: Window): void;
  /** The watcher missed something: everything once more. */
  again(): void;
  close(): void;
  readonly isCounting: boolean;
  /** Every node has answered, and none is still counting: what is shown is all there is. */
  isComplete(): boolean;
}

/** Encodes a patch at most once, however many watchers share it. The body lacks `{"t":"view","view":…,`. */
function encoder(now: number): (value: ViewPatch) => { value: ViewPatch; body: () => string } {
  return (value) => {
    let text: string | null = null;
    return { value, body: () => (text ??= JSON.stringify({ now, ...value }).slice(1)) };
  };
}
