import { randomBytes } from 'node:crypto';
import { type Link, linkLost, linkUp, newLink } from '@foyer/domain/link';
import type { Identity, Person } from '@foyer/domain/simulate';
import {
  CLOSE,
  type ContextKind,
  type Hello,
  LIMITS,
  type PageView,
  VISITOR_PROTOCOL,
  type VisitorChatDown,
  type VisitorChatUp,
  type VisitorDown,
  type VisitorUp,
} from '@foyer/protocol';
import { type LeanSocket, openLeanSocket } from './lean-socket.ts';

/** Where the tabs connect to. */
export interface Target {
  readonly host: string;
  readonly port: number;
  /** Path of the script; the socket is below it. */
  readonly embedPath: string;
  readonly siteKey: string;
  /** Origin of the pages. */
  readonly pageOrigin: string;
  /** false: the server says nothing (the bare `ws` of the bench), so a tab counts as in when its hello is written. */
  readonly answers: boolean;
}

/** What one browser keeps between its tabs and visits: its cookie. */
export interface Jar {
  secret?: string;
  resume?: string;
  visitor?: string;
  visit?: string;
}

export interface TabEvents {
  /** The server has said who this is. `again`: after a reconnect. */
  onIn?(tab: Tab, again: boolean): void;
  /** The connection is gone; `waitMs` until the next try, Infinity: it will not come back. */
  onLost?(tab: Tab, code: number, reason: string, waitMs: number): void;
  /** A ping was answered, so all that was written before it has been read. */
  onPong?(tab: Tab, payload: Buffer): void;
  /** A frame of chat. */
  onChat?(tab: Tab, frame: VisitorChatDown): void;
  /** Just before the hello is written, so that what is in it can carry the time. */
  beforeHello?(tab: Tab): void;
}

export interface TabOptions {
  readonly target: Target;
  readonly person: Person;
  readonly jar: Jar;
  readonly localAddress: string;
  readonly page: { readonly url: string; readonly title: string; readonly ref?: string };
  /** A tab that has been open for a while: its pages before this one, oldest first (the first has the referrer), and how long ago things were. */
  readonly past?: {
    readonly pages: readonly { readonly url: string; readonly title: string; readonly agoMs: number }[];
    readonly agoMs: number;
    readonly idleMs: number;
  };
  readonly events: TabEvents;
  readonly monoMs: () => number;
}

/** Before `welcome` has said better. */
const FIRST_WINDOW = { minMs: 500, maxMs: 5_000 };

/**
 * Tab — one document of a simulated visitor, as the tracker would behave: hello after welcome, pages kept until stored, back after a loss
 * by the same rule as the tracker (domain/link), with the same secret and resume token.
 */
export class Tab {
  readonly person: Person;
  readonly jar: Jar;
  isIn = false;
  /** When this tab's allowance of frames is full again, monotonic ms: kept by whoever sends as fast as it may. */
  fullAtMs = 0;
  /** When the connection was lost, monotonic ms; undefined while it is there. */
  lostAtMs: number | undefined;
  readonly #options: TabOptions;
  readonly #id = randomBytes(9).toString('base64url');
  readonly #link: Link = newLink(FIRST_WINDOW);
  #socket: LeanSocket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #pages: { n: number; url: string; title: string; ref?: string; atMs: number }[] = [];
  #n = 0;
  #spoke = false;
  #wasIn = false;
  #ended = false;
  #hidden = false;

  constructor(options: TabOptions) {
    this.#options = options;
    this.person = options.person;
    this.jar = options.jar;
    const { page, past } = options;
    if (!past || past.pages.length === 0) this.#view(page, past?.agoMs);
    else {
      past.pages.forEach(({ agoMs, ...seen }, i) =>
        this.#view(i === 0 && page.ref !== undefined ? { ...seen, ref: page.ref } : seen, agoMs),
      );
      this.#view({ url: page.url, title: page.title }, past.agoMs);
    }
  }

  open(): void {
    const { target, person, localAddress, events } = this.#options;
    this.#spoke = false;
    this.#timer = undefined;
    this.#socket = openLeanSocket({
      host: target.host,
      port: target.port,
      path: `${target.embedPath}/socket?site=${target.siteKey}&v=${VISITOR_PROTOCOL}`,
      localAddress,
      headers: {
        Origin: target.pageOrigin,
        'User-Agent': person.device.userAgent,
        'X-Forwarded-For': person.address,
        'Accept-Language': person.language,
      },
      onOpen: () => {
        if (!target.answers) this.#hello();
      },
      onText: (text) => this.#hear(JSON.parse(text) as VisitorDown | VisitorChatDown),
      onClose: (code, reason) => this.#lose(code, reason),
      onPong: (payload) => events.onPong?.(this, payload),
    });
  }

  get id(): string {
    return this.#id;
  }

  /** What is before the person now. */
  get page(): { readonly url: string; readonly title: string } {
    const { url, title } = this.#pages.at(-1) ?? this.#options.page;
    return { url, title };
  }

  /** What the server has not said to be stored. */
  get unstoredPages(): number {
    return this.#pages.length;
  }

  get bufferedBytes(): number {
    return this.#socket?.bufferedBytes ?? 0;
  }

  /** A page view within this document. Kept and sent later while there is no connection. */
  navigate(page: { readonly url: string; readonly title: string }): boolean {
    const view = this.#view(page);
    return this.isIn && this.say({ t: 'page', ...view });
  }

  /** false: not connected, nothing was sent. */
  say(frame: VisitorUp | VisitorChatUp): boolean {
    if (frame.t === 'state') this.#hidden = frame.hidden;
    return this.isIn && (this.#socket?.send(JSON.stringify(frame)) ?? false);
  }

  act(): boolean {
    return this.say({ t: 'act' });
  }

  setHidden(hidden: boolean): boolean {
    return this.say({ t: 'state', hidden, focused: !hidden });
  }

  declare(kind: ContextKind, data?: Record<string, number>): boolean {
    return this.say({ t: 'context', kind, ...(data !== undefined && { data }) });
  }

  reach(goal: string, value: number, currency: string): boolean {
    return this.say({ t: 'goal', name: goal, value, currency });
  }

  /** `hash`: with which the site proves it; absent: it is only told. */
  identify({ id, name, email, data }: Identity, hash?: string): boolean {
    return this.say({ t: 'identify', id, name, email, data, ...(hash !== undefined && { hash }) });
  }

  /** Renames the current page: what a marker does to the page of a hello. */
  retitle(title: string): void {
    const page = this.#pages.at(-1);
    if (page) page.title = title;
  }

  ping(payload: Buffer): boolean {
    return this.#socket?.ping(payload) ?? false;
  }

  /** The document goes: as the tracker's `pagehide`. */
  end(): void {
    this.say({ t: 'bye' });
    this.#stop();
    this.#socket?.close();
  }

  /** Gone without a word, and for good. */
  vanish(): void {
    this.#stop();
    this.#socket?.cut();
  }

  #stop(): void {
    this.#ended = true;
    this.isIn = false;
    clearTimeout(this.#timer);
  }

  #view(page: { readonly url: string; readonly title: string; readonly ref?: string }, agoMs = 0): PageView {
    const view = { n: ++this.#n, url: page.url, title: page.title, ...(page.ref !== undefined && { ref: page.ref }) };
    this.#pages.push({ ...view, atMs: this.#options.monoMs() - agoMs });
    if (this.#pages.length > LIMITS.unstoredPages) this.#pages.shift();
    return view;
  }

  #hear(frame: VisitorDown | VisitorChatDown): void {
    this.#spoke = true;
    if (frame.t === 'welcome') {
      this.#link.retryWindow = frame.retry;
      if (frame.tracking) this.#hello();
      else this.isIn = false;
    } else if (frame.t === 'you') {
      const { jar } = this;
      if (frame.secret !== undefined) jar.secret = frame.secret;
      jar.resume = frame.resume;
      jar.visitor = frame.visitor;
      jar.visit = frame.visit;
      this.#enter();
    } else if (frame.t === 'resume') this.jar.resume = frame.token;
    else if (frame.t.startsWith('chat.')) this.#options.events.onChat?.(this, frame as VisitorChatDown);
    else if (frame.t === 'stored') {
      // The current page stays: every hello names it.
      while (this.#pages.length > 1 && (this.#pages[0]?.n ?? 0) <= frame.n) this.#pages.shift();
    }
  }

  #hello(): void {
    const { person, events, monoMs, target, past } = this.#options;
    events.beforeHello?.(this);
    const again = this.#wasIn;
    const nowMs = monoMs();
    const { secret, resume } = this.jar;
    const { device } = person;
    const hello: Hello = {
      t: 'hello',
      v: VISITOR_PROTOCOL,
      tab: this.#id,
      ...(secret !== undefined && { secret }),
      ...(resume !== undefined && { resume }),
      pages: this.#pages.map(({ atMs, ...page }) => ({ ...page, ...((again || past) && { agoMs: Math.round(nowMs - atMs) }) })),
      lang: person.language,
      tz: person.timeZone,
      screen: [...person.screen],
      hidden: this.#hidden,
      focused: !this.#hidden,
      ...(again ? { idleMs: 0 } : past && { idleMs: past.idleMs }),
      ...(device.automated && { auto: true }),
      ...(device.hints && { hints: device.hints }),
    };
    this.#socket?.send(JSON.stringify(hello));
    if (!target.answers) this.#enter();
  }

  #enter(): void {
    const again = this.#wasIn;
    this.isIn = true;
    this.#wasIn = true;
    linkUp(this.#link);
    this.#options.events.onIn?.(this, again);
    this.lostAtMs = undefined;
  }

  #lose(code: number, reason: string): void {
    this.isIn = false;
    this.#socket = undefined;
    if (this.#ended) return;
    const { monoMs, events } = this.#options;
    const atMs = monoMs();
    this.lostAtMs ??= atMs;
    const waitMs = linkLost(this.#link, { atMs, chance: Math.random(), hidden: this.#hidden, reason, spoke: this.#spoke });
    events.onLost?.(this, code, reason, waitMs);
    if (Number.isFinite(waitMs)) this.#timer = setTimeout(() => this.open(), waitMs);
  }
}

/** A name for what a socket was closed with, for tables of failures. */
export function closeName(code: number, reason: string): string {
  const known = Object.values(CLOSE).find((close) => close.code === code);
  return known?.name ?? `${code} ${reason}`.trim();
}
