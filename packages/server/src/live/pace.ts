import type { Clock } from '../ports/clock.ts';

/** A change after silence goes out at once; later ones together, this long after. Ten frames a second are as live as eyes can see. */
export const EMIT_EVERY_MS = 100;

/** Runs `emit` soon after `want`, and never more often than every 100 ms. */
export class Pace {
  readonly #clock: Clock;
  readonly #emit: () => void;
  #lastMs = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, emit: () => void) {
    this.#clock = clock;
    this.#emit = emit;
  }

  want(): void {
    if (this.#cancel) return;
    const wait = Math.max(0, this.#lastMs + EMIT_EVERY_MS - this.#clock.mono());
    this.#cancel = this.#clock.setTimeout(() => {
      this.#cancel = null;
      this.#lastMs = this.#clock.mono();
      this.#emit();
    }, wait);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
