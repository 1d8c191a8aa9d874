import type { Clock } from '../ports/clock.ts';

/** At once: enough that one slow push service does not hold up another, few enough that it is no flood. */
const AT_ONCE = 8;
/** Waiting, those for a later attempt included. Beyond it the one that waits longest is dropped: the newest bell is worth most. */
const MOST_WAITING = 1_000;

/** Work that nobody waits for, a few at a time. Work must not reject. */
export class SendQueue {
  readonly #clock: Clock;
  readonly #waiting: (() => Promise<void>)[] = [];
  readonly #later = new Set<() => void>();
  #running = 0;
  #idle: (() => void)[] = [];
  #isStopped = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(work: () => Promise<void>): void {
    if (this.#isStopped) return;
    if (this.#waiting.length + this.#later.size >= MOST_WAITING) this.#waiting.shift();
    this.#waiting.push(work);
    this.#next();
  }

  /** Dropped when as many wait already. */
  later(ms: number, work: () => Promise<void>): void {
    if (this.#isStopped || this.#waiting.length + this.#later.size >= MOST_WAITING) return;
    const cancel = this.#clock.setTimeout(() => {
      this.#later.delete(cancel);
      this.add(work);
    }, ms);
    this.#later.add(cancel);
  }

  /** Nothing runs and nothing waits to run now; what is for later does not count. */
  idle(): Promise<void> {
    return this.#running === 0 && this.#waiting.length === 0 ? Promise.resolve() : new Promise((done) => this.#idle.push(done));
  }

  stop(): void {
    this.#isStopped = true;
    this.#waiting.length = 0;
    for (const cancel of this.#later) cancel();
    this.#later.clear();
  }

  #next(): void {
    while (this.#running < AT_ONCE) {
      const work = this.#waiting.shift();
      if (!work) break;
      this.#running++;
      void work().finally(() => {
        this.#running--;
        this.#next();
      });
    }
    if (this.#running > 0 || this.#waiting.length > 0) return;
    for (const done of this.#idle.splice(0)) done();
  }
}
