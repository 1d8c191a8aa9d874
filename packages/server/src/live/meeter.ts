import type { Clock } from '../ports/clock.ts';
import type { FirstSeen, HistoryStore, VisitorFacts } from '../ports/history-store.ts';

/** Arrivals wait this long for company: `↩` and the number have to be on screen within 300 ms. */
const GATHER_MS = 20;
const MOST_AT_ONCE = 500;
/** Waiting look-ups while the store is away. Beyond it an arrival stays without a number until its visit is read again. */
const MOST_WAITING = 200_000;
const RETRY_MS = 1_000;

/** Looks new visits' visitors up in batches, so that arrivals never wait for the store. Retries until the store answers. */
export class Meeter {
  readonly #store: Pick<HistoryStore, 'meetVisitors'>;
  readonly #clock: Clock;
  readonly #met: (visit: FirstSeen, facts: VisitorFacts) => void;
  readonly #onOutage: (cause: unknown) => void;
  readonly #waiting: FirstSeen[] = [];
  #isBusy = false;
  #cancel: (() => void) | null = null;

  constructor(options: {
    store: Pick<HistoryStore, 'meetVisitors'>;
    clock: Clock;
    met: (visit: FirstSeen, facts: VisitorFacts) => void;
    onOutage: (cause: unknown) => void;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#met = options.met;
    this.#onOutage = options.onOutage;
  }

  put(visit: FirstSeen): void {
    if (this.#waiting.length >= MOST_WAITING) this.#waiting.shift();
    this.#waiting.push(visit);
    this.#soon(GATHER_MS);
  }

  stop(): void {
    this.#cancel?.();
    this.#waiting.length = 0;
  }

  #soon(ms: number): void {
    if (this.#isBusy || this.#cancel) return;
    this.#cancel = this.#clock.setTimeout(() => {
      this.#cancel = null;
      void this.#run().catch((cause) => this.#onOutage(cause));
    }, ms);
  }

  async #run(): Promise<void> {
    const batch = this.#waiting.slice(0, MOST_AT_ONCE);
    if (batch.length === 0) return;
    this.#isBusy = true;
    try {
      const facts = await this.#store.meetVisitors(batch);
      this.#waiting.splice(0, batch.length);
      for (let i = 0; i < batch.length; i++) this.#met(batch[i]!, facts[i]!);
      this.#isBusy = false;
      if (this.#waiting.length > 0) this.#soon(0);
    } catch (cause) {
      this.#isBusy = false;
      this.#soon(RETRY_MS);
      throw cause;
    }
  }
}
