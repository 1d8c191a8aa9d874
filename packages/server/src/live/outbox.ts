import type { ColleaguesFrame, ConsoleDown, PastFigures, PastFrame, ViewFrame } from '@foyer/protocol';
import type { Socket } from '../ports/socket.ts';
import { mergePatches, type ViewPatch } from './view-patch.ts';

/** Frames that are never merged or dropped; beyond it the console is closed with *resume*: it is seconds behind. */
const MOST_ORDERED = 256;

/**
 * Outbox — the only way bytes reach a console.
 *
 * Purpose     bound what a slow peer can cost, and say truthfully what became of each frame.
 * Invariants  at most one pending patch per view: later ones merge into it. Ordered frames keep their order and are never merged or dropped.
 *             A pending patch goes out before a later one of the same view. Who is here, and figures of the past, are merged like patches.
 * On full     `full`: the owner closes the socket.
 */
export class Outbox {
  readonly #socket: Socket;
  readonly #pending = new Map<string, ViewPatch>();
  readonly #past = new Map<string, Partial<PastFigures>>();
  readonly #ordered: string[] = [];
  #colleagues: { set: ColleaguesFrame['set']; full: boolean } | null = null;
  #isOpen = true;
  #nowMs: () => number;
  merged = 0;

  constructor(socket: Socket, nowMs: () => number) {
    this.#socket = socket;
    this.#nowMs = nowMs;
  }

  /** `body`: the patch encoded once for every console that shares it (everything after the view's id). */
  push(view: string, patch: ViewPatch, body: string): 'sent' | 'merged' {
    if (this.#isOpen && this.#pending.size === 0) {
      this.#send(`{"t":"view","view":${JSON.stringify(view)},${body}`);
      return 'sent';
    }
    const pending = this.#pending.get(view);
    this.#pending.set(view, pending ? mergePatches(pending, patch) : patch);
    this.merged++;
    return 'merged';
  }

  /** A frame that must arrive, in order. */
  tell(frame: ConsoleDown): 'sent' | 'queued' | 'full' {
    return this.tellText(JSON.stringify(frame));
  }

  /** The same of a frame that was encoded once for many. */
  tellText(text: string): 'sent' | 'queued' | 'full' {
    if (this.#isOpen && this.#ordered.length === 0) {
      this.#send(text);
      return 'sent';
    }
    if (this.#ordered.length >= MOST_ORDERED) return 'full';
    this.#ordered.push(text);
    return 'queued';
  }

  /** Who is here; `body` as for `push`. */
  colleagues(set: ColleaguesFrame['set'], body: string, full: boolean): 'sent' | 'merged' {
    if (this.#isOpen && this.#ordered.length === 0 && !this.#colleagues) {
      this.#send(`{"t":"colleagues",${body}`);
      return 'sent';
    }
    const pending = full ? null : this.#colleagues;
    this.#colleagues = { set: { ...pending?.set, ...set }, full: full || pending?.full === true };
    this.merged++;
    return 'merged';
  }

  /** Figures of the past, whole or what has changed; `body` as for `push`. */
  past(view: string, set: Partial<PastFigures>, body: string): 'sent' | 'merged' {
    if (this.#isOpen && this.#past.size === 0) {
      this.#send(`{"t":"past","view":${JSON.stringify(view)},${body}`);
      return 'sent';
    }
    this.#past.set(view, { ...this.#past.get(view), ...set });
    this.merged++;
    return 'merged';
  }

  /** The view was closed or replaced: what was pending for it is nobody's. */
  drop(view: string): void {
    this.#pending.delete(view);
    this.#past.delete(view);
  }

  /** The peer has read what was queued. */
  drained(): void {
    this.#isOpen = true;
    while (this.#isOpen && this.#ordered.length > 0) this.#send(this.#ordered.shift()!);
    if (this.#isOpen && this.#colleagues) {
      const { set, full } = this.#colleagues;
      this.#colleagues = null;
      const frame: ColleaguesFrame = { t: 'colleagues', now: this.#nowMs(), ...(full ? { full } : {}), set };
      this.#send(JSON.stringify(frame));
    }
    for (const [view, patch] of this.#pending) {
      if (!this.#isOpen) return;
      this.#pending.delete(view);
      const frame: ViewFrame = { t: 'view', view, now: this.#nowMs(), ...patch };
      this.#send(JSON.stringify(frame));
    }
    for (const [view, set] of this.#past) {
      if (!this.#isOpen) return;
      this.#past.delete(view);
      const frame: PastFrame = { t: 'past', view, now: this.#nowMs(), set };
      this.#send(JSON.stringify(frame));
    }
  }

  #send(text: string): void {
    if (this.#socket.send(text) !== 'sent') this.#isOpen = false;
  }
}
