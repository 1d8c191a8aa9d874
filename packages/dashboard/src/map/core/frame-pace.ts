/** A frame slower than this is felt; one faster than that is comfortable. */
const SLOW_MS = 50;
const FAST_MS = 28;
/** Frames looked back at: enough that one garbage collection or a hidden tab decides nothing. */
const SAMPLES = 12;
const SLOW_NEEDED = 8;
/** How long cheap drawing lasts at least. It makes frames faster itself, so an early return would flicker; each return that fails doubles it. */
const CHEAP_AT_LEAST_MS = 20_000;
const CHEAP_AT_MOST_MS = 320_000;
/** A failed return: slow again this soon. */
const RELAPSE_MS = 15_000;

/** Whether the map should be drawn cheaply, from how long its frames took. */
export class FramePace {
  readonly #frames: number[] = [];
  #cheap = false;
  #since = 0;
  #left = Number.NEGATIVE_INFINITY;
  #holdMs = CHEAP_AT_LEAST_MS;

  get isCheap(): boolean {
    return this.#cheap;
  }

  /** `tookMs`: from a frame's beginning until the next could begin. Answers whether the mode has changed. */
  frame(tookMs: number, now: number): boolean {
    this.#frames.push(tookMs);
    if (this.#frames.length > SAMPLES) this.#frames.shift();
    if (this.#frames.length < SAMPLES) return false;
    const next = this.#cheap ? !this.#mayReturn(now) : this.#frames.filter((ms) => ms > SLOW_MS).length >= SLOW_NEEDED;
    if (next === this.#cheap) return false;
    if (next) this.#holdMs = now - this.#left < RELAPSE_MS ? Math.min(CHEAP_AT_MOST_MS, this.#holdMs * 2) : CHEAP_AT_LEAST_MS;
    else this.#left = now;
    this.#cheap = next;
    this.#since = now;
    this.#frames.length = 0;
    return true;
  }

  #mayReturn(now: number): boolean {
    return now - this.#since >= this.#holdMs && this.#frames.every((ms) => ms < FAST_MS);
  }
}
