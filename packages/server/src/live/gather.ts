import type { Clock } from '../ports/clock.ts';

/** Runs `work` `waitMs` after it was wanted, and at most every `everyMs`: what comes meanwhile is done with it. */
export class Gather {
  readonly #clock: Clock;
  readonly #waitMs: number;
  readonly #everyMs: number;
  readonly #work: () => void;
  #nextMs = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | null = null;

  constructor(options: { clock: Clock; waitMs: number; everyMs: number; work: () => void }) {
    this.#clock = options.clock;
    this.#waitMs = options.waitMs;
    this.#everyMs = options.everyMs;
    this.#work = options.work;
  }

  want(): void {
    if (this.#cancel) return;
    const delayMs = Math.max(this.#waitMs, this.#nextMs - this.#clock.mono());
    this.#cancel = this.#clock.setTimeout(() => {
      this.#cancel = null;
      this.#nextMs = this.#clock.mono() + this.#everyMs;
      this.#work();
    }, delayMs);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
