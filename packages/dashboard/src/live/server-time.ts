import { Listeners } from './listeners.ts';

/** Larger differences are a clock that was set, not a slow frame. */
const STEP_MS = 2_000;
/** Share of a smaller sample that is believed: a fast frame raises the estimate at once, slow ones pull it down slowly. */
const EASE = 0.05;

/**
 * The server's clock as this console knows it, from the `now` of each frame.
 *
 * A frame's `now` minus our own time is the true offset minus the frame's way here, so the largest sample is the best.
 * `now()` stands still while frozen (connection lost): a timer must not go on for a visitor nobody can see.
 */
export class ServerTime {
  readonly #local: () => number;
  readonly #changed = new Listeners();
  #offsetMs: number | null = null;
  #frozenAt: number | null = null;

  /** `local`: monotonic milliseconds. */
  constructor(local: () => number) {
    this.#local = local;
  }

  /** Epoch ms of the server; 0 before the first frame. */
  now(): number {
    if (this.#frozenAt !== null) return this.#frozenAt;
    return this.#offsetMs === null ? 0 : this.#local() + this.#offsetMs;
  }

  sample(serverNow: number): void {
    const sampled = serverNow - this.#local();
    const known = this.#offsetMs;
    if (known === null || sampled > known || known - sampled > STEP_MS) this.#offsetMs = sampled;
    else this.#offsetMs = known + (sampled - known) * EASE;
    if (known === null) this.#changed.notify();
  }

  freeze(): void {
    this.#frozenAt ??= this.now();
  }

  thaw(): void {
    this.#frozenAt = null;
    this.#changed.notify();
  }

  /** Called when timers should be drawn at once: first sample, thaw. */
  readonly subscribe = this.#changed.subscribe;
}
