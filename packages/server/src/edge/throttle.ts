export interface ThrottlePolicy {
  /** Failures without any wait: people mistype. */
  readonly free: number;
  /** Wait after the first failure beyond `free`; doubles with each. */
  readonly firstMs: number;
  /** Not longer, because whoever knows an account's name can make its owner wait as well. */
  readonly longestMs: number;
  /** Without a failure for this long all is forgotten. */
  readonly forgetAfterMs: number;
  readonly maxKeys: number;
}

/** About 1,500 tries a day at one account: with 10 characters at least, that is none. */
export const LOGIN: ThrottlePolicy = { free: 5, firstMs: 1_000, longestMs: 60_000, forgetAfterMs: 15 * 60_000, maxKeys: 50_000 };

interface Failures {
  count: number;
  lastAt: number;
}

/**
 * Slows down whoever keeps failing, by key (an account, an address). Time is an argument, in ms of any clock; when it jumps back a wait is
 * never longer than `longestMs`. At most `maxKeys`: beyond, those that failed longest ago are forgotten. O(1).
 */
export class Throttle {
  readonly #policy: ThrottlePolicy;
  /** In order of the last failure. */
  readonly #failures = new Map<string, Failures>();

  constructor(policy: ThrottlePolicy = LOGIN) {
    this.#policy = policy;
  }

  check(key: string, nowMs: number): { readonly ok: true } | { readonly ok: false; readonly retryAfterMs: number } {
    const failures = this.#failures.get(key);
    if (!failures || failures.count <= this.#policy.free) return { ok: true };
    const { free, firstMs, longestMs } = this.#policy;
    const wait = Math.min(longestMs, firstMs * 2 ** (failures.count - free - 1));
    const left = Math.min(wait, failures.lastAt + wait - nowMs);
    return left > 0 ? { ok: false, retryAfterMs: Math.ceil(left) } : { ok: true };
  }

  fail(key: string, nowMs: number): void {
    const { forgetAfterMs, maxKeys } = this.#policy;
    const before = this.#failures.get(key);
    const goesOn = before !== undefined && nowMs - before.lastAt < forgetAfterMs;
    this.#failures.delete(key);
    for (const [oldest, { lastAt }] of this.#failures) {
      if (this.#failures.size < maxKeys && nowMs - lastAt < forgetAfterMs) break;
      this.#failures.delete(oldest);
    }
    this.#failures.set(key, { count: goesOn ? before.count + 1 : 1, lastAt: nowMs });
  }

  succeed(key: string): void {
    this.#failures.delete(key);
  }

  get size(): number {
    return this.#failures.size;
  }
}
