import { maskFor } from '@foyer/domain';
import { without } from '@foyer/domain/board';
import {
  CHAT_LIMITS,
  CLOSE,
  type ConsoleChatDown,
  ConsoleChatUp,
  CONSOLE_PROTOCOL,
  type ColleaguesFrame,
  type ConsoleDown,
  ConsoleUp,
  type CloseKind,
  type Detail,
  LIMITS,
  type PastFigures,
} from '@foyer/protocol';
import * as v from 'valibot';
import type { Colleagues, Desk } from '../../live/colleagues.ts';
import type { Feed, Feeds, Refused, Watcher } from '../../live/feeds.ts';
import { Outbox } from '../../live/outbox.ts';
import type { PastFeeds, PastWatcher } from '../../live/past-feeds.ts';
import type { ViewPatch } from '../../live/view-patch.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Peer, Socket } from '../../ports/socket.ts';
import type { Actor } from '../../team/sessions.ts';
import { closeReason } from '../close-reason.ts';
import { parseJson } from '../parse-json.ts';
import { Bucket, FRAMES_PER_CONSOLE } from '../rate-limits.ts';
import type { ConsoleChat } from './console-chat.ts';

export interface ConsoleDeps {
  readonly feeds: Feeds;
  readonly pasts: PastFeeds;
  readonly colleagues: Colleagues;
  readonly clock: Clock;
  readonly now: () => number;
  readonly epoch: string;
  readonly retry: { readonly minMs: number; readonly maxMs: number };
  /** Whether a site id belongs to the workspace. */
  readonly hasSite: (workspace: string, site: string) => boolean;
  /** A workspace whose plan leaves tracking out has no live views. */
  readonly hasTracking: (workspace: string) => boolean;
  /** Its chat, from the first word of it on; absent: there is none. */
  readonly openChat?: (desk: Desk, actor: Actor, give: (text: string) => void) => ConsoleChat;
  readonly onClosed: (session: ConsoleSession) => void;
  readonly counts: { consoleFrames: number; refused(kind: CloseKind): void };
}

/** One agent's open dashboard: parses what it asks, holds its views, and lets its role see only what it may. */
export class ConsoleSession implements Peer, Watcher, PastWatcher, Desk {
  readonly actor: Actor;
  readonly #deps: ConsoleDeps;
  readonly #socket: Socket;
  readonly outbox: Outbox;
  readonly #bucket = new Bucket(FRAMES_PER_CONSOLE);
  readonly #hidden: readonly string[];
  readonly #feeds = new Map<string, Feed>();
  /** How to end what is followed: a visit, or the past. */
  readonly #follows = new Map<string, () => void>();
  #chat: ConsoleChat | null = null;
  #isClosed = false;

  constructor(deps: ConsoleDeps, socket: Socket, actor: Actor) {
    this.#deps = deps;
    this.#socket = socket;
    this.actor = actor;
    this.#hidden = maskFor(actor.role);
    this.outbox = new Outbox(socket, deps.now);
    const { user, role, workspace } = actor;
    this.tell({
      t: 'hello',
      v: CONSOLE_PROTOCOL,
      epoch: deps.epoch,
      now: deps.now(),
      me: { id: user.id, name: user.name, role, workspace },
      retry: deps.retry,
    });
    deps.colleagues.enter(this);
  }

  get workspace(): string {
    return this.actor.workspace;
  }

  get user(): Actor['user'] {
    return this.actor.user;
  }

  text(frame: string): void {
    if (this.#isClosed) return;
    this.#deps.counts.consoleFrames++;
    if (!this.#bucket.take(this.#deps.clock.mono())) return this.close('rateLimited');
    if (frame.length > CHAT_LIMITS.maxFrameBytes) return this.close('tooBig');
    let parsed: unknown;
    try {
      parsed = parseJson(frame);
    } catch {
      return this.close('badFrame');
    }
    if (isOfChat(parsed)) return this.#takeChat(parsed);
    if (frame.length > LIMITS.maxConsoleFrameBytes) return this.close('tooBig');
    const result = v.safeParse(ConsoleUp, parsed, { abortEarly: true });
    if (!result.success) return this.close('badFrame');
    this.#take(result.output);
  }

  #takeChat(parsed: unknown): void {
    const result = v.safeParse(ConsoleChatUp, parsed, { abortEarly: true });
    if (!result.success) return this.close('badFrame');
    this.#chat ??= this.#deps.openChat?.(this, this.actor, (text) => this.#tellText(text)) ?? null;
    this.#chat?.take(result.output);
  }

  drained(): void {
    this.outbox.drained();
  }

  closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const feed of this.#feeds.values()) feed.close();
    for (const stop of this.#follows.values()) stop();
    this.#feeds.clear();
    this.#follows.clear();
    this.#chat?.close();
    this.#deps.colleagues.leave(this);
    this.#deps.onClosed(this);
  }

  close(kind: CloseKind): void {
    if (this.#isClosed) return;
    this.#deps.counts.refused(kind);
    this.#socket.close(CLOSE[kind].code, closeReason(kind, this.#deps.retry));
    this.closed();
  }

  tell(frame: ConsoleDown | ConsoleChatDown): void {
    this.#tellText(JSON.stringify(frame));
  }

  #tellText(text: string): void {
    if (!this.#isClosed && this.outbox.tellText(text) === 'full') this.close('slowConsumer');
  }

  patch(view: string, patch: ViewPatch, body: string): void {
    this.outbox.push(view, patch, body);
  }

  past(view: string, set: Partial<PastFigures>, body: string): void {
    if (!this.#isClosed) this.outbox.past(view, set, body);
  }

  colleagues(set: ColleaguesFrame['set'], body: string, full: boolean): void {
    if (!this.#isClosed) this.outbox.colleagues(set, body, full);
  }

  detail(view: string, detail: Detail | null): void {
    this.tell({ t: 'detail', view, now: this.#deps.now(), detail: detail === null ? null : without(detail, this.#hidden) });
  }

  #take(frame: ConsoleUp): void {
    switch (frame.t) {
      case 'open':
        return this.#open(frame);
      case 'window': {
        const feed = this.#feeds.get(frame.view);
        return feed ? feed.move(frame.window) : this.#refuse(frame.view, UNKNOWN_VIEW);
      }
      case 'again': {
        const feed = this.#feeds.get(frame.view);
        if (!feed) return this.#refuse(frame.view, UNKNOWN_VIEW);
        this.outbox.drop(frame.view);
        return feed.again();
      }
      case 'close':
        return this.#closeView(frame.view);
      case 'follow': {
        this.#closeView(frame.view);
        if (this.#isFull()) return this.#refuse(frame.view, TOO_MANY);
        if (!this.#deps.hasTracking(this.actor.workspace)) return this.#refuse(frame.view, NOT_IN_PLAN);
        this.#follows.set(
          frame.view,
          this.#deps.feeds.follow(this.#watcherOf(frame.looking === true), frame.view, this.actor.workspace, frame.id),
        );
        return;
      }
      case 'past':
        return this.#openPast(frame);
    }
  }

  /** Follows are told apart by watcher, and one console may follow several visits. */
  #watcherOf(isLooking: boolean): Watcher {
    return {
      patch: () => {},
      detail: (view, detail) => {
        this.detail(view, detail);
        // The visitor as the workspace knows it, whatever the console asked for: an id that is nobody's is told to nobody.
        if (isLooking) this.#deps.colleagues.look(this, view, detail?.visitor ?? null);
      },
    };
  }

  #open(frame: ConsoleUp & { t: 'open' }): void {
    const { workspace } = this.actor;
    this.#closeView(frame.view);
    if (this.#isFull()) return this.#refuse(frame.view, TOO_MANY);
    if (!this.#deps.hasTracking(workspace)) return this.#refuse(frame.view, NOT_IN_PLAN);
    if (frame.scope.site !== undefined && !this.#deps.hasSite(workspace, frame.scope.site)) {
      return this.#refuse(frame.view, UNKNOWN_SITE);
    }
    const feed = this.#deps.feeds.open(this, frame.view, {
      workspace,
      scope: frame.scope,
      filter: frame.filter,
      streams: frame.streams,
      window: frame.window,
      hidden: this.#hidden,
    });
    if ('code' in feed) return this.#refuse(frame.view, feed);
    this.#feeds.set(frame.view, feed);
  }

  #openPast({ view, site }: ConsoleUp & { t: 'past' }): void {
    const { workspace } = this.actor;
    this.#closeView(view);
    if (this.#isFull()) return this.#refuse(view, TOO_MANY);
    if (!this.#deps.hasTracking(workspace)) return this.#refuse(view, NOT_IN_PLAN);
    if (site !== undefined && !this.#deps.hasSite(workspace, site)) return this.#refuse(view, UNKNOWN_SITE);
    this.#follows.set(view, this.#deps.pasts.open(this, view, { workspace, site }));
  }

  #isFull(): boolean {
    return this.#feeds.size + this.#follows.size >= LIMITS.viewsPerConsole;
  }

  #closeView(view: string): void {
    this.#feeds.get(view)?.close();
    this.#follows.get(view)?.();
    this.#feeds.delete(view);
    this.#follows.delete(view);
    this.#deps.colleagues.look(this, view, null);
    this.outbox.drop(view);
  }

  #refuse(view: string, refused: Refused): void {
    this.tell({ t: 'refused', view, ...refused });
  }
}

const isOfChat = (parsed: unknown): boolean =>
  typeof parsed === 'object' && parsed !== null && 't' in parsed && typeof parsed.t === 'string' && parsed.t.startsWith('chat.');

const UNKNOWN_VIEW: Refused = { code: 'unknown_view', message: 'No view with this id is open.' };
const UNKNOWN_SITE: Refused = { code: 'unknown_site', message: 'There is no such site in this workspace.' };
const NOT_IN_PLAN: Refused = { code: 'not_allowed', message: 'This workspace’s plan does not include visitor tracking.' };
const TOO_MANY: Refused = { code: 'too_many_views', message: `A console may have ${LIMITS.viewsPerConsole} views open; close one first.` };
