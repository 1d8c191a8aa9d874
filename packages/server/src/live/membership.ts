import type { Bus } from '../ports/bus.ts';
import type { Clock } from '../ports/clock.ts';

/** A node is gone when three heartbeats in a row are missing. */
const BEAT_EVERY_MS = 1_000;
const SILENT_FOR_MS = 3 * BEAT_EVERY_MS;

interface Beat {
  readonly epoch: string;
  readonly leaving?: true;
  readonly heads: Record<string, number>;
}
export interface MembershipEvents {
  /** `members` is sorted and holds this node. */
  changed(members: readonly string[], joined: readonly string[], left: readonly string[]): void;
  beat(from: string, epoch: string, head: number | undefined): void;
}

/** Who is in the cluster, by heartbeat. With one node it is that node, at once. */
export class Membership {
  readonly #bus: Bus;
  readonly #clock: Clock;
  readonly #epoch: string;
  readonly #heads: () => Record<string, number>;
  readonly #events: MembershipEvents;
  readonly #heard = new Map<string, { epoch: string; atMs: number }>();
  readonly #stop: (() => void)[] = [];
  #members: readonly string[];

  constructor(options: { bus: Bus; clock: Clock; epoch: string; heads: () => Record<string, number>; events: MembershipEvents }) {
    this.#bus = options.bus;
    this.#clock = options.clock;
    this.#epoch = options.epoch;
    this.#heads = options.heads;
    this.#events = options.events;
    this.#members = [options.bus.node];
  }

  get members(): readonly string[] {
    return this.#members;
  }

  start(): void {
    this.#stop.push(this.#bus.subscribe('node.beat', (message, from) => this.#take(from, message as Beat)));
    this.#stop.push(this.#clock.setInterval(() => this.tick(), BEAT_EVERY_MS));
    this.#say();
  }

  /** Beats, and drops who has been silent. */
  tick(): void {
    const now = this.#clock.mono();
    const left = [...this.#heard].filter(([, { atMs }]) => now - atMs > SILENT_FOR_MS).map(([node]) => node);
    for (const node of left) this.#heard.delete(node);
    if (left.length > 0) this.#announce([], left);
    this.#say();
  }

  /** No more beats; nobody is told. */
  halt(): void {
    for (const stop of this.#stop) stop();
  }

  stop(): void {
    this.halt();
    this.#bus.publish('node.beat', { epoch: this.#epoch, leaving: true, heads: {} } satisfies Beat);
  }

  #say(): void {
    this.#bus.publish('node.beat', { epoch: this.#epoch, heads: this.#heads() } satisfies Beat);
  }

  #take(from: string, beat: Beat): void {
    const known = this.#heard.get(from);
    if (beat.leaving) {
      if (this.#heard.delete(from)) this.#announce([], [from]);
      return;
    }
    this.#heard.set(from, { epoch: beat.epoch, atMs: this.#clock.mono() });
    if (!known || known.epoch !== beat.epoch) {
      if (known) this.#announce([], [from]);
      this.#announce([from], []);
      // The newcomer must not wait a second to learn of us.
      this.#say();
    }
    this.#events.beat(from, beat.epoch, beat.heads[this.#bus.node]);
  }

  #announce(joined: readonly string[], left: readonly string[]): void {
    this.#members = [this.#bus.node, ...this.#heard.keys()].filter((node) => !left.includes(node) || joined.includes(node)).sort();
    this.#events.changed(this.#members, joined, left);
  }
}
