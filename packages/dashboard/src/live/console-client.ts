import {
  CLOSE,
  type ChangedFrame,
  type Colleague,
  type ConsoleChatDown,
  type ConsoleChatUp,
  type ConsoleDown,
  type ConsoleUp,
  type Detail,
  type HelloDown,
  type PastFigures,
  type Scope,
  type Stream,
  type Window,
} from '@foyer/protocol';
import { Colleagues } from './colleagues.ts';
import { Listeners } from './listeners.ts';
import type { LiveClock, LiveSocket, OpenSocket, Probe } from './ports.ts';
import { reconnectDelayMs } from './retry.ts';
import { ServerTime } from './server-time.ts';
import { ViewStore } from './view-store.ts';

/** Silence after which the socket is asked for an answer, and how long it has. Their sum bounds how long stale data looks live. */
const QUIET_MS = 25_000;
const ANSWER_MS = 10_000;
/** The same when the browser itself says that its network is gone: an answer over what is left of it (localhost, a second card) is quick. */
const ANSWER_OFFLINE_MS = 2_000;
/** A view that is never open: `again` on it is answered by a short `refused`, which is all a heartbeat needs. */
const HEARTBEAT_VIEW = 'heartbeat';

export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'open' }
  /** `knownAt`: server time of the last that was heard, 0 when nothing was. `retryInMs` from `at` (local ms). */
  | { readonly state: 'lost'; readonly knownAt: number; readonly at: number; readonly retryInMs: number }
  | { readonly state: 'signed_out' };

export interface ViewSpec {
  readonly scope: Scope;
  readonly filter: string;
  readonly streams: readonly Stream[];
  readonly window?: Window;
}
export interface ConsoleEvents {
  signedOut(): void;
  roleChanged(): void;
  changed(what: ChangedFrame['what']): void;
}
/** One open view. `close` ends it; the store then stays as it was. */
export interface LiveView {
  readonly store: ViewStore;
  move(window: Window): void;
  close(): void;
}
/** One visit, followed wherever it is in the list. */
export interface LiveDetail {
  /** undefined: not heard yet; null: not listed (any more). */
  readonly get: () => Detail | null | undefined;
  readonly subscribe: (listener: () => void) => () => void;
  close(): void;
}
/** Figures of the past that the server keeps up to date. */
export interface LivePast {
  /** null: not heard yet. */
  readonly get: () => PastFigures | null;
  readonly subscribe: (listener: () => void) => () => void;
  close(): void;
}

interface OpenView {
  readonly store: ViewStore;
  readonly spec: ViewSpec;
  window: Window | undefined;
}
interface OpenDetail {
  readonly id: string;
  readonly looking: boolean;
  detail: Detail | null | undefined;
  readonly listeners: Listeners;
}
interface OpenPast {
  readonly site: string | undefined;
  figures: PastFigures | null;
  readonly listeners: Listeners;
}

export interface ConsoleClientOptions {
  readonly open: OpenSocket;
  readonly clock: LiveClock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly probe: Probe;
  readonly events: ConsoleEvents;
}

/**
 * ConsoleClient — one socket to the server, and the views that live on it.
 *
 * Purpose     screens open views and read stores; that the wire breaks and comes back is not their business.
 * Lifecycle   start → (connecting ⇄ open ⇄ lost) → stop. Views opened while there is no socket are sent when there is one.
 * Invariants  at most one socket; a view's id is never used twice; after `signed_out` no further attempt.
 */
export class ConsoleClient {
  readonly time: ServerTime;
  /** Who of the workspace is here, and at whom they look. */
  readonly team = new Colleagues();
  readonly #options: ConsoleClientOptions;
  readonly #views = new Map<string, OpenView>();
  readonly #details = new Map<string, OpenDetail>();
  readonly #pasts = new Map<string, OpenPast>();
  readonly #onConnection = new Listeners();
  readonly #onEpoch = new Listeners();
  readonly #onChat = new Set<(frame: ConsoleChatDown) => void>();
  #connection: Connection = { state: 'connecting' };
  #socket: LiveSocket | null = null;
  /** Which attempt is the current one: events of an earlier socket are not heard. */
  #attempt = 0;
  #greeted = false;
  /** Local ms of the loss; null while connected. */
  #lostAt: number | null = null;
  #epoch = '';
  #retryWindow: HelloDown['retry'] | null = null;
  #cancelRetry: (() => void) | null = null;
  #cancelQuiet: (() => void) | null = null;
  #opened = 0;

  constructor(options: ConsoleClientOptions) {
    this.#options = options;
    this.time = new ServerTime(() => options.clock.now());
  }

  get connection(): Connection {
    return this.#connection;
  }
  readonly subscribeConnection = this.#onConnection.subscribe;
  /** Places are numbered within one epoch. '' before the first hello. */
  get epoch(): string {
    return this.#epoch;
  }
  get colleagues(): ReadonlyMap<string, Colleague> {
    return this.team.all;
  }
  readonly subscribeEpoch = this.#onEpoch.subscribe;
  /** Frames of chat, which is another client on the same socket. */
  subscribeChat(listener: (frame: ConsoleChatDown) => void): () => void {
    this.#onChat.add(listener);
    return () => this.#onChat.delete(listener);
  }
  /** Sent while the connection is open, else lost. */
  sendChat(frame: ConsoleChatUp): void {
    if (this.#greeted) this.#send(frame);
  }
  readonly subscribeColleagues = this.team.subscribe;

  start(): void {
    if (this.#attempt === 0) this.#connect();
  }

  stop(): void {
    this.#attempt += 1;
    this.#cancelRetry?.();
    this.#cancelQuiet?.();
    this.#socket?.close();
    this.#socket = null;
  }

  /** Try at once instead of waiting: the button of the banner, the browser's `online`. */
  retryNow(): void {
    if (this.#connection.state !== 'lost' || this.#socket) return;
    this.#cancelRetry?.();
    this.#connect();
  }

  /** The page came back to the foreground or the network changed: ask the socket whether it is still there. */
  check(hasNetwork = true): void {
    if (this.#greeted) this.#askForAnswer(hasNetwork ? ANSWER_MS : ANSWER_OFFLINE_MS);
    else this.retryNow();
  }

  openView(spec: ViewSpec): LiveView {
    const id = this.#newId('v');
    const view: OpenView = { store: new ViewStore(spec.streams), spec, window: spec.window };
    this.#views.set(id, view);
    if (this.#greeted) this.#sendOpen(id, view);
    return {
      store: view.store,
      move: (window) => {
        view.window = window;
        if (this.#greeted && this.#views.has(id)) this.#send({ t: 'window', view: id, window });
      },
      close: () => {
        if (this.#views.delete(id) && this.#greeted) this.#send({ t: 'close', view: id });
      },
    };
  }

  /** `id`: a visit id or a visitor id. `looking`: colleagues see that this visitor is open here. */
  follow(id: string, options: { readonly looking?: boolean } = {}): LiveDetail {
    const view = this.#newId('f');
    const entry: OpenDetail = { id, looking: options.looking === true, detail: undefined, listeners: new Listeners() };
    this.#details.set(view, entry);
    if (this.#greeted) this.#sendFollow(view, entry);
    return {
      get: () => entry.detail,
      subscribe: entry.listeners.subscribe,
      close: () => {
        if (this.#details.delete(view) && this.#greeted) this.#send({ t: 'close', view });
      },
    };
  }

  /** Visits of today, of the month and of seven days, and who was online; of one site or all. */
  openPast(site: string | undefined): LivePast {
    const view = this.#newId('p');
    const entry: OpenPast = { site, figures: null, listeners: new Listeners() };
    this.#pasts.set(view, entry);
    if (this.#greeted) this.#sendPast(view, entry);
    return {
      get: () => entry.figures,
      subscribe: entry.listeners.subscribe,
      close: () => {
        if (this.#pasts.delete(view) && this.#greeted) this.#send({ t: 'close', view });
      },
    };
  }

  #newId(kind: 'v' | 'f' | 'p'): string {
    this.#opened += 1;
    return `${kind}${this.#opened.toString(36)}`;
  }

  #connect(): void {
    const attempt = ++this.#attempt;
    this.#greeted = false;
    if (this.#connection.state !== 'lost') this.#setConnection({ state: 'connecting' });
    this.#socket = this.#options.open({
      message: (text) => {
        if (attempt === this.#attempt) this.#hear(text);
      },
      closed: (code, reason) => {
        if (attempt === this.#attempt) void this.#closed(code, reason);
      },
    });
    // The same deadline covers a server that accepts the socket and says nothing.
    this.#watch(QUIET_MS, () => this.#giveUp());
  }

  #hear(text: string): void {
    const frame = JSON.parse(text) as ConsoleDown | ConsoleChatDown;
    if ('now' in frame) this.time.sample(frame.now);
    if (this.#greeted) this.#watch(QUIET_MS, () => this.#askForAnswer());
    switch (frame.t) {
      case 'hello':
        return this.#hello(frame);
      case 'view': {
        const view = this.#views.get(frame.view);
        if (view && view.store.apply(frame) === 'gap') this.#send({ t: 'again', view: frame.view });
        return;
      }
      case 'detail': {
        const entry = this.#details.get(frame.view);
        if (!entry) return;
        entry.detail = frame.detail;
        return entry.listeners.notify();
      }
      case 'past': {
        const entry = this.#pasts.get(frame.view);
        if (!entry) return;
        // The first one of a connection has every field.
        entry.figures = { ...entry.figures, ...frame.set } as PastFigures;
        return entry.listeners.notify();
      }
      case 'refused':
        return this.#views.get(frame.view)?.store.refuse(frame.code, frame.message);
      case 'changed':
        return this.#options.events.changed(frame.what);
      case 'colleagues':
        return this.team.apply(frame);
      default:
        // A newer server may say more than this page knows; a reload brings the page that understands it.
        if (frame.t.startsWith('chat.')) for (const hear of this.#onChat) hear(frame);
    }
  }

  #hello(frame: HelloDown): void {
    const newEpoch = this.#epoch !== frame.epoch;
    this.#epoch = frame.epoch;
    this.#retryWindow = frame.retry;
    this.team.setSelf(frame.me.id);
    this.#greeted = true;
    this.#lostAt = null;
    this.time.thaw();
    if (newEpoch) this.#onEpoch.notify();
    for (const [id, view] of this.#views) {
      view.store.expectFull({ newEpoch });
      this.#sendOpen(id, view);
    }
    for (const [id, entry] of this.#details) this.#sendFollow(id, entry);
    for (const [id, entry] of this.#pasts) this.#sendPast(id, entry);
    this.#watch(QUIET_MS, () => this.#askForAnswer());
    this.#setConnection({ state: 'open' });
  }

  #sendOpen(id: string, view: OpenView): void {
    const { scope, filter, streams } = view.spec;
    this.#send({ t: 'open', view: id, scope, filter, streams: [...streams], ...(view.window ? { window: view.window } : {}) });
  }

  #sendFollow(view: string, { id, looking }: OpenDetail): void {
    this.#send({ t: 'follow', view, id, ...(looking ? { looking: true as const } : {}) });
  }

  #sendPast(view: string, { site }: OpenPast): void {
    this.#send({ t: 'past', view, ...(site === undefined ? {} : { site }) });
  }

  #askForAnswer(withinMs = ANSWER_MS): void {
    this.#send({ t: 'again', view: HEARTBEAT_VIEW });
    this.#watch(withinMs, () => this.#giveUp());
  }

  #giveUp(): void {
    this.#socket?.close();
    void this.#closed(1006, '');
  }

  async #closed(code: number, reason: string): Promise<void> {
    this.#attempt += 1;
    const wasGreeted = this.#greeted;
    this.#socket = null;
    this.#greeted = false;
    this.#cancelQuiet?.();
    this.time.freeze();
    if (code === CLOSE.signedOut.code) return this.#signOut();
    if (code === CLOSE.roleChanged.code) this.#options.events.roleChanged();
    // A refused upgrade looks like any failure, so the session is asked about over HTTP. Not after an open connection: that was let in.
    const current = this.#attempt;
    this.#lost(code, reason);
    if (!wasGreeted && (await this.#options.probe()) === 'signed_out' && current === this.#attempt) this.#signOut();
  }

  #lost(code: number, reason: string): void {
    const now = this.#options.clock.now();
    this.#lostAt ??= now;
    // A restart closes without a word to those it cannot reach; hello said beforehand when to come back.
    const known = code === CLOSE.restart.code ? this.#retryWindow : null;
    const delayMs = reconnectDelayMs({ reason, known, awayMs: now - this.#lostAt, chance: this.#options.random() });
    this.#setConnection({ state: 'lost', knownAt: this.time.now(), at: now, retryInMs: delayMs });
    this.#cancelRetry = this.#options.clock.after(delayMs, () => this.#connect());
  }

  #signOut(): void {
    this.stop();
    this.#setConnection({ state: 'signed_out' });
    this.#options.events.signedOut();
  }

  #watch(delayMs: number, run: () => void): void {
    this.#cancelQuiet?.();
    this.#cancelQuiet = this.#options.clock.after(delayMs, run);
  }

  #send(frame: ConsoleUp | ConsoleChatUp): void {
    this.#socket?.send(JSON.stringify(frame));
  }

  #setConnection(next: Connection): void {
    this.#connection = next;
    this.#onConnection.notify();
  }
}
