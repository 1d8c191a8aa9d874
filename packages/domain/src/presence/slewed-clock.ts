/** The offset is corrected by at most this share of the time that passes: an hour's jump takes most of a day, and no duration notices. */
const SLEW = 0.05;

/**
 * Wall time that never jumps: monotonic time plus an offset that is slewed towards the machine's clock.
 * Presence counts minutes; a clock set back by NTP must neither freeze visits nor end them all at once.
 */
export class SlewedClock {
  #offsetMs: number;
  #monoMs: number;

  constructor(monoMs: number, wallMs: number) {
    this.#monoMs = monoMs;
    this.#offsetMs = wallMs - monoMs;
  }

  /** Never less than an earlier answer. */
  now(monoMs: number, wallMs: number): number {
    const passed = Math.max(0, monoMs - this.#monoMs);
    const error = wallMs - monoMs - this.#offsetMs;
    const limit = passed * SLEW;
    this.#offsetMs += Math.max(-limit, Math.min(limit, error));
    this.#monoMs = Math.max(this.#monoMs, monoMs);
    return this.#monoMs + this.#offsetMs;
  }
}
