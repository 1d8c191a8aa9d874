/**
 * How much one tab, one address and one site may ask for. Everything here lives in memory and takes monotonic time as an argument.
 *
 * The limits are generic cell rates (GCRA, as ATM and Redis-cell use): a bucket is one number, the time at which it will be full
 * again. A bucket whose number is past is full, which is the same as having none, so forgetting it changes nothing.
 */
export interface Rate {
  /** At once, from a full bucket. */
  readonly burst: number;
  /** Steadily. */
  readonly perS: number;
}

/** A tab sends a frame every few seconds; a burst is a person flicking through a gallery of an SPA. 10,000 frames/s end in 60 frames. */
export const FRAMES_PER_TAB: Rate = { burst: 60, perS: 20 };
/** A page that declares goals: a few at once; what is beyond it does not count, and costs the tab nothing. */
export const GOALS_PER_TAB: Rate = { burst: 20, perS: 1 };
/** A person who types as fast as they can, and a form with its rating; what is beyond it is refused with the time to wait. */
export const MESSAGES_PER_TAB: Rate = { burst: 30, perS: 10 };
/** Gaps, earlier pages and greetings: a long transcript after a reconnect is some pages at once. */
export const QUESTIONS_PER_TAB: Rate = { burst: 40, perS: 5 };
/** Typing and pages. */
export const SIGNS_PER_TAB: Rate = { burst: 10, perS: 3 };
/** A school behind one address, all of it in chat. */
export const MESSAGES_PER_ADDRESS: Rate = { burst: 500, perS: 100 };
/** An office whose people ask for theirs; then one in ten minutes. Its words are the visitor's and its address is anybody's. */
export const TRANSCRIPTS_PER_ADDRESS: Rate = { burst: 10, perS: 1 / 600 };
/** An agent who empties a queue by hand. */
export const COMMANDS_PER_CONSOLE: Rate = { burst: 60, perS: 15 };
/** A console opens and moves windows while it scrolls, up to once a frame of the screen. */
export const FRAMES_PER_CONSOLE: Rate = { burst: 240, perS: 60 };
/** Somebody who drags a folder of pictures into the chat; then one in ten seconds. Each may be 10 MB of the operator's disk. */
export const UPLOADS_PER_VISITOR: Rate = { burst: 20, perS: 0.1 };
/** Secrets cost nothing, addresses do. */
export const UPLOADS_PER_ADDRESS: Rate = { burst: 60, perS: 0.3 };
export const UPLOADS_PER_AGENT: Rate = { burst: 60, perS: 1 };
const MB = 1_048_576;
/** Bytes that are kept: 200 MB, and as much again over an hour. A throw-away conversation each does not fill the disk faster. */
export const UPLOADED_PER_ADDRESS: Rate = { burst: 200 * MB, perS: (200 * MB) / 3_600 };
/** Somebody trusted, who may send a catalogue to everybody, and whose password may be known to others. */
export const UPLOADED_PER_AGENT: Rate = { burst: 2_000 * MB, perS: (2_000 * MB) / 3_600 };
/** Somebody who corrects a port and tries again; never a way to write to strangers. */
export const MAIL_TESTS_PER_WORKSPACE: Rate = { burst: 5, perS: 0.05 };
/** Reads of public looks and files: an office opens a page all at once. */
export const READS_PER_ADDRESS: Rate = { burst: 1_000, perS: 50 };
/** A school or an office behind one address opens 500 tabs at once, twice over (a restart of the server does that). */
export const CONNECTIONS_PER_ADDRESS: Rate = { burst: 1_000, perS: 50 };
/** Above what one process can shake hands with; it keeps one site's flood from taking the whole core. */
const CONNECTIONS_PER_SITE: Rate = { burst: 20_000, perS: 5_000 };

/** Limit of one socket: two numbers, nothing allocated per frame. */
export class Bucket {
  readonly #rate: Rate;
  #fullAt = 0;

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /** false: too fast. `nowMs`: monotonic. */
  take(nowMs: number): boolean {
    return this.wait(nowMs) === 0;
  }

  /** As `take`; 0: go on; else come back after that many ms. */
  wait(nowMs: number): number {
    const interval = 1000 / this.#rate.perS;
    const from = this.#fullAt > nowMs ? this.#fullAt : nowMs;
    const tooEarly = from - nowMs - (this.#rate.burst - 1) * interval;
    if (tooEarly > 0) return Math.ceil(tooEarly);
    this.#fullAt = from + interval;
    return 0;
  }
}

/**
 * One bucket per key. At most `maxKeys`: when that many are in use, those used longest ago are forgotten; somebody with a hundred
 * thousand addresses is not held by a limit per address anyway, and everybody else only gets a full bucket.
 */
export class KeyedBuckets {
  readonly #rate: Rate;
  readonly #maxKeys: number;
  /** In order of use, so the first is the one used longest ago. */
  readonly #fullAt = new Map<string, number>();

  constructor(rate: Rate, maxKeys = 100_000) {
    this.#rate = rate;
    this.#maxKeys = maxKeys;
  }

  /**
   * 0: go on; else come back after that many ms. A refused try costs nothing. O(1) amortised.
   * `cost`: of this one; at most the burst.
   */
  take(key: string, nowMs: number, cost = 1): number {
    const interval = 1000 / this.#rate.perS;
    const from = Math.max(this.#fullAt.get(key) ?? 0, nowMs);
    const tooEarly = from - nowMs - (this.#rate.burst - cost) * interval;
    if (tooEarly > 0) return Math.ceil(tooEarly);
    this.#fullAt.delete(key);
    this.#forget(nowMs);
    this.#fullAt.set(key, from + cost * interval);
    return 0;
  }

  /** What was taken and not used. */
  giveBack(key: string, cost: number): void {
    const fullAt = this.#fullAt.get(key);
    if (fullAt !== undefined) this.#fullAt.set(key, fullAt - (cost * 1000) / this.#rate.perS);
  }

  get size(): number {
    return this.#fullAt.size;
  }

  /** Two full buckets at most per new one, so that the map shrinks without ever being walked. */
  #forget(nowMs: number): void {
    let looked = 0;
    for (const [key, fullAt] of this.#fullAt) {
      if (fullAt > nowMs && this.#fullAt.size < this.#maxKeys) return;
      this.#fullAt.delete(key);
      if (++looked >= 2) return;
    }
  }
}

export type Admission = { readonly ok: true } | { readonly ok: false; readonly by: 'address' | 'site'; readonly retryAfterMs: number };

/** Whether one more connection (socket or long-poll session) may begin. */
export class ConnectionLimits {
  readonly #perAddress = new KeyedBuckets(CONNECTIONS_PER_ADDRESS);
  readonly #perSite = new KeyedBuckets(CONNECTIONS_PER_SITE);

  /** `site`: id of a site that exists, so the keys cannot be made up. `nowMs`: monotonic. */
  admit(q: { readonly addressHash: string; readonly site: string }, nowMs: number): Admission {
    const address = this.#perAddress.take(q.addressHash, nowMs);
    if (address > 0) return { ok: false, by: 'address', retryAfterMs: address };
    const site = this.#perSite.take(q.site, nowMs);
    return site > 0 ? { ok: false, by: 'site', retryAfterMs: site } : { ok: true };
  }
}
