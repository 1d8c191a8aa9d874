import type { Clock } from '../ports/clock.ts';

/** The slowest pace: under load, changes go out together ten times a second, which is as live as eyes can see. */
const SLOWEST_MS = 100;
/** The fastest: a quiet site's change is on screen in the next frame. */
const FASTEST_MS = 20;
/** Emitting may take this share of the time. */
const SHARE_OF_TIME = 1 / 10;
/** More changes at once than this a millisecond waited are worth waiting longer for: together they cost fewer bytes. */
const CHANGES_PER_MS = 1;

/**
 * Runs `emit` at once after a silence, then again after a pause that grows with what emitting costs: 20 ms when little happens, 100 ms under
 * load. A fixed 100 ms would make twenty events a second wait 50 ms each for nothing.
 */
export class Pace {
  readonly #clock: Clock;
  readonly #emit: () => number;
  #nextMs = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | null = null;

  /** `emit` answers how many changes it sent. */
  constructor(clock: Clock, emit: () => number) {
    this.#clock = clock;
    this.#emit = emit;
  }

  want(): void {
    if (this.#cancel) return;
    this.#cancel = this.#clock.setTimeout(() => this.#run(), Math.max(0, this.#nextMs - this.#clock.mono()));
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #run(): void {
    this.#cancel = null;
    const startMs = this.#clock.mono();
    // Before emitting, so that a wish made meanwhile waits for its turn.
    this.#nextMs = startMs + SLOWEST_MS;
    const changes = this.#emit();
    const costMs = this.#clock.mono() - startMs;
    const pauseMs = Math.min(SLOWEST_MS, Math.max(FASTEST_MS, costMs / SHARE_OF_TIME, changes / CHANGES_PER_MS));
    this.#nextMs = startMs + pauseMs;
    if (this.#cancel) {
      this.stop();
      this.want();
    }
  }
}
