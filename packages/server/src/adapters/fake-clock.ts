import type { Clock } from '../ports/clock.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** A clock that moves only when told: timers fire in the order of their time, and nothing waits. For tests and simulations. */
export class FakeClock implements Clock {
  readonly #timers = new Set<Timer>();
  #mono = 0;
  #wallOffset: number;
  #order = 0;

  constructor(now = Date.UTC(2026, 0, 1)) {
    this.#wallOffset = now;
  }

  now(): number {
    return this.#mono + this.#wallOffset;
  }

  mono(): number {
    return this.#mono;
  }

  /** Wall time jumps, as after a correction by NTP; `mono` does not notice. */
  jump(ms: number): void {
    this.#wallOffset += ms;
  }

  setTimeout(run: () => void, ms: number): () => void {
    const timer: Timer = { at: this.#mono + Math.max(0, ms), order: this.#order++, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  setInterval(run: () => void, ms: number): () => void {
    let cancel = (): unknown => undefined;
    const again = (): void => {
      cancel = this.setTimeout(again, ms);
      run();
    };
    cancel = this.setTimeout(again, ms);
    return () => void cancel();
  }

  /** Moves time on, firing what falls due on the way. */
  advance(ms: number): void {
    const until = this.#mono + ms;
    for (let next = this.#due(until); next; next = this.#due(until)) {
      this.#timers.delete(next);
      this.#mono = next.at;
      next.run();
    }
    this.#mono = until;
  }

  /** As `advance`, letting promises settle after each timer. */
  async advanceAsync(ms: number): Promise<void> {
    const until = this.#mono + ms;
    await settle();
    for (let next = this.#due(until); next; next = this.#due(until)) {
      this.#timers.delete(next);
      this.#mono = next.at;
      next.run();
      await settle();
    }
    this.#mono = until;
  }

  #due(until: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers)
      if (timer.at <= until && (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order))) first = timer;
    return first;
  }
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
