/** Beyond what a sender keeps for itself; whoever sends more is a program. */
const MOST_WAITING = 120;

/**
 * Turns — one request of a socket after the other, so that what was said first is stored first.
 *
 * Bound 120 waiting; `take` answers false beyond, and nothing was done. What throws is told to `failed`, and the next goes on.
 */
export class Turns {
  readonly #failed: (cause: unknown) => void;
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(failed: (cause: unknown) => void) {
    this.#failed = failed;
  }

  take(work: () => Promise<void>): boolean {
    if (this.#waiting >= MOST_WAITING) return false;
    this.#waiting++;
    this.#last = this.#last
      .then(work)
      .catch(this.#failed)
      .finally(() => void this.#waiting--);
    return true;
  }
}
