import { randomBytes } from 'node:crypto';
import { CLOSE, LIMITS, type PollAnswer, TIMES, type VisitorDown, VisitorPost } from '@foyer/protocol';
import * as v from 'valibot';
import type { Clock } from '../../ports/clock.ts';
import type { Socket } from '../../ports/socket.ts';
import { closeReason } from '../close-reason.ts';
import { parseJson } from '../parse-json.ts';
import { admit, type GateDeps, type Knock } from './gate.ts';
import type { TabRegistry } from './tab-registry.ts';
import type { TabSession } from './tab-session.ts';

/** A poll session whose tab has not asked for this long is closed: one poll and its way there and back. */
const SILENT_FOR_MS = TIMES.pollHoldMs + 10_000;
/** Frames waiting for the next poll; a tab gets a handful in its life. Beyond it the session is closed and the tab resumes. */
const MOST_WAITING = 64;

interface PollSession {
  readonly tab: TabSession;
  readonly frames: VisitorDown[];
  answer: (() => void) | null;
  stopHolding: (() => void) | null;
  stopWaiting: () => void;
  isClosed: boolean;
}

/** The sockets of tabs that cannot open one: held requests, and the beacons of tabs that go. */
export class Polls {
  readonly #sessions = new Map<string, PollSession>();
  readonly #tabs: TabRegistry;
  readonly #gate: GateDeps;
  readonly #clock: Clock;
  readonly #retry: { minMs: number; maxMs: number };

  constructor(options: { tabs: TabRegistry; gate: GateDeps; clock: Clock; retry: { minMs: number; maxMs: number } }) {
    this.#tabs = options.tabs;
    this.#gate = options.gate;
    this.#clock = options.clock;
    this.#retry = options.retry;
  }

  /** Body of POST …/poll. Refusals of the handshake come as a `closed` frame, so that the tab reads its advice. */
  async poll(body: string, knock: Omit<Knock, 'siteKey' | 'version'>): Promise<PollAnswer> {
    const post = parse(body);
    if (!post) return this.#closed('badFrame');
    let sid = post.sid ?? '';
    let session = this.#sessions.get(sid);
    if (sid !== '' && !session) return this.#closed('restart');
    if (!session) {
      const shake = admit({ ...knock, siteKey: post.site, version: post.v }, this.#gate);
      if (typeof shake === 'string') return this.#closed(shake);
      sid = randomBytes(18).toString('base64url');
      session = this.#open(sid, shake);
      for (const frame of post.frames) session.tab.frame(frame);
      return this.#take(sid, session);
    }
    this.#expectAgain(sid, session);
    for (const frame of post.frames) session.tab.frame(frame);
    session.answer?.();
    if (session.frames.length === 0 && !session.isClosed) await this.#hold(session);
    return this.#take(sid, session);
  }

  /** Body of POST …/beacon: a tab's last words. Answers whether they were taken. */
  beacon(body: string, knock: Omit<Knock, 'siteKey' | 'version'>): boolean {
    const post = parse(body);
    if (!post) return false;
    const held = post.sid === undefined ? undefined : this.#sessions.get(post.sid);
    if (held) {
      for (const frame of post.frames) held.tab.frame(frame);
      this.#end(post.sid!, held);
      return true;
    }
    const shake = admit({ ...knock, siteKey: post.site, version: post.v }, this.#gate);
    if (typeof shake === 'string') return false;
    const tab = this.#tabs.open({ send: () => 'sent', close: () => {} }, shake);
    for (const frame of post.frames) tab.frame(frame);
    tab.closed();
    return true;
  }

  #open(sid: string, shake: Exclude<ReturnType<typeof admit>, string>): PollSession {
    const frames: VisitorDown[] = [];
    const holder: { session?: PollSession } = {};
    const socket: Socket = {
      send: (text) => {
        const session = holder.session;
        if (session?.isClosed) return 'closed';
        if (frames.length >= MOST_WAITING) {
          session?.tab.refuse('slowConsumer');
          return 'closed';
        }
        frames.push(JSON.parse(text) as VisitorDown);
        session?.answer?.();
        return 'sent';
      },
      close: (code, reason) => {
        frames.push({ t: 'closed', code, reason });
        if (holder.session) holder.session.isClosed = true;
        holder.session?.answer?.();
      },
    };
    const tab = this.#tabs.open(socket, shake);
    const session: PollSession = { tab, frames, answer: null, stopHolding: null, stopWaiting: () => {}, isClosed: false };
    holder.session = session;
    this.#sessions.set(sid, session);
    this.#expectAgain(sid, session);
    return session;
  }

  #expectAgain(sid: string, session: PollSession): void {
    session.stopWaiting();
    session.stopWaiting = this.#clock.setTimeout(() => this.#end(sid, session), SILENT_FOR_MS);
  }

  #end(sid: string, session: PollSession): void {
    session.stopWaiting();
    session.isClosed = true;
    this.#sessions.delete(sid);
    session.tab.closed();
    session.answer?.();
  }

  #hold(session: PollSession): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        session.stopHolding?.();
        session.answer = null;
        session.stopHolding = null;
        resolve();
      };
      session.answer = done;
      session.stopHolding = this.#clock.setTimeout(done, TIMES.pollHoldMs);
    });
  }

  #take(sid: string, session: PollSession): PollAnswer {
    const frames = session.frames.splice(0);
    if (session.isClosed) {
      session.stopWaiting();
      this.#sessions.delete(sid);
    }
    return { sid, frames };
  }

  #closed(kind: keyof typeof CLOSE): PollAnswer {
    return { sid: '', frames: [{ t: 'closed', code: CLOSE[kind].code, reason: closeReason(kind, this.#retry) }] };
  }
}

function parse(body: string): VisitorPost | null {
  // Twenty resent page views and their hello are under one socket frame's limit; a beacon may carry some frames more.
  if (body.length > 4 * LIMITS.maxFrameBytes) return null;
  try {
    const result = v.safeParse(VisitorPost, parseJson(body), { abortEarly: true });
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}
