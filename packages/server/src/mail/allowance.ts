const MOST_KEYS = 10_000;

/** So many of a thing in a stretch of time, in memory. Beyond 10,000 things the one begun longest ago begins anew. */
export class Allowance {
  readonly #perMs: number;
  readonly #taken = new Map<string, { from: number; n: number }>();

  constructor(perMs: number) {
    this.#perMs = perMs;
  }

  /** Whether one more is allowed, and counts it. `now`: monotonic ms. */
  take(key: string, most: number, now: number): boolean {
    const known = this.#taken.get(key);
    if (known && now - known.from < this.#perMs) return ++known.n <= most;
    this.#taken.delete(key);
    this.#taken.set(key, { from: now, n: 1 });
    const [oldest] = this.#taken.keys();
    if (this.#taken.size > MOST_KEYS && oldest !== undefined) this.#taken.delete(oldest);
    return most >= 1;
  }
}
