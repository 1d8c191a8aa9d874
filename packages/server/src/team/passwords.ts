/** Passwords are kept as argon2id (OWASP's first choice: 19 MiB, two passes, one lane; about 30 ms of a core). */
import { hash, verify } from '@node-rs/argon2';

const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Two at a time keep 38 MiB and half of libuv's four threads; file reads and zlib share the rest. */
const AT_ONCE = 2;
/** 50 waiting take about a second; more than that is a flood, and is turned away. */
const WAITING = 50;

export class Passwords {
  readonly #decoy: Promise<string>;
  readonly #queue: (() => void)[] = [];
  #running = 0;

  constructor() {
    // Checked when an e-mail is unknown, so that the answer takes as long as for a known one.
    this.#decoy = hash('nobody has this password', COST);
    this.#decoy.catch(() => undefined);
  }

  /** null: too many are waiting, try again in a second. */
  hash(password: string): Promise<string | null> {
    return this.#inLine(() => hash(password, COST));
  }

  /** `stored` null checks against a decoy and answers false after the usual time. null: too many are waiting. */
  matches(stored: string | null, password: string): Promise<boolean | null> {
    return this.#inLine(async () => {
      const right = await verify(stored ?? (await this.#decoy), password);
      return right && stored !== null;
    });
  }

  async #inLine<T>(work: () => Promise<T>): Promise<T | null> {
    if (this.#running >= AT_ONCE) {
      if (this.#queue.length >= WAITING) return null;
      await new Promise<void>((resolve) => this.#queue.push(resolve));
    } else {
      this.#running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.#queue.shift();
      // A place is handed on without being given up, so nobody slips in between.
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
