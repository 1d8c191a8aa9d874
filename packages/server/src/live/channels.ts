import type { Bus } from '../ports/bus.ts';

/** What a node may say on a channel; the layers above know which. */
export interface ChannelEvents<Message> {
  /** Whether `node` counts as present. Who does not is not listened to: nobody would notice when it goes. */
  isMember(node: string): boolean;
  receive(from: string, message: Message): void;
  /** Say everything you have for `to` again, from the start: it is new, or it missed something. Everything sent in here follows a reset. */
  resync(to: string): void;
}
interface Frame {
  readonly epoch: string;
  readonly seq: number;
  /** First frame of a complete retelling. */
  readonly reset?: true;
  readonly message?: unknown;
}
interface Incoming {
  epoch: string;
  seq: number;
  waiting: boolean;
}

/**
 * Channels — an ordered, gap-proof stream from each node to each other one, over a bus that may lose.
 *
 * Purpose     everything said is a state that can be told again; so a loss needs no log, only to be noticed.
 * Invariants  a receiver sees frames of one epoch in order without gaps, from a reset on; after a gap it sees nothing until the next reset.
 *             The last frame's loss is noticed by the heads that heartbeats carry.
 * To self     a function call.
 */
export class Channels<Message> {
  readonly #bus: Bus;
  readonly #epoch: string;
  readonly #events: ChannelEvents<Message>;
  readonly #sent = new Map<string, number>();
  readonly #incoming = new Map<string, Incoming>();
  readonly #stop: (() => void)[] = [];

  constructor(options: { bus: Bus; epoch: string; events: ChannelEvents<Message> }) {
    this.#bus = options.bus;
    this.#epoch = options.epoch;
    this.#events = options.events;
    this.#stop.push(
      options.bus.subscribe(`to.${options.bus.node}`, (frame, from) => this.#take(from, frame as Frame)),
      options.bus.subscribe(`again.${options.bus.node}`, (_, from) => this.retell(from)),
    );
  }

  send(to: string, message: Message): void {
    if (to === this.#bus.node) return this.#events.receive(to, message);
    const seq = (this.#sent.get(to) ?? 0) + 1;
    this.#sent.set(to, seq);
    const frame: Frame = { epoch: this.#epoch, seq, message };
    this.#bus.publish(`to.${to}`, frame);
  }

  /** Starts a complete retelling to `to`. */
  retell(to: string): void {
    const seq = (this.#sent.get(to) ?? 0) + 1;
    this.#sent.set(to, seq);
    const frame: Frame = { epoch: this.#epoch, seq, reset: true };
    this.#bus.publish(`to.${to}`, frame);
    this.#events.resync(to);
  }

  /** How far this node has spoken to each other one, for its heartbeat. */
  heads(): Record<string, number> {
    return Object.fromEntries(this.#sent);
  }

  /** A heartbeat of `from` says how far it has spoken to us: asks again when we are behind. */
  compare(from: string, epoch: string, head: number | undefined): void {
    if (head === undefined) return;
    const known = this.#incoming.get(from);
    if (!known || known.epoch !== epoch || known.waiting || known.seq < head) this.#askAgain(from, epoch);
  }

  /** The node is gone as far as we know. Numbers go on: it may not know that it was gone, and must not take a second frame 7 for the first. */
  forget(node: string): void {
    this.#incoming.delete(node);
  }

  close(): void {
    for (const stop of this.#stop) stop();
  }

  #take(from: string, frame: Frame): void {
    if (!this.#events.isMember(from)) return;
    const known = this.#incoming.get(from);
    if (frame.reset) {
      this.#incoming.set(from, { epoch: frame.epoch, seq: frame.seq, waiting: false });
      return;
    }
    if (!known || known.epoch !== frame.epoch || known.waiting) return;
    if (frame.seq !== known.seq + 1) {
      // A frame that comes twice is old news; a later one means that something between was lost.
      if (frame.seq > known.seq) this.#askAgain(from, frame.epoch);
      return;
    }
    known.seq = frame.seq;
    this.#events.receive(from, frame.message as Message);
  }

  #askAgain(from: string, epoch: string): void {
    this.#incoming.set(from, { epoch, seq: 0, waiting: true });
    this.#bus.publish(`again.${from}`, null);
  }
}
