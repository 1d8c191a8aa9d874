/** Changes kept for one that is missing: more than a bus delivers out of order. */
const MOST_HELD = 500;

/**
 * ChangeOrder — the changes of a workspace in the order of their `chatSeq`, however nodes' words overtake each other.
 *
 * `take` answers what may be told now: none while an earlier one is missing. `skipTo` gives the missing ones up (they were lost on the bus,
 * and whoever lacks them is told the head). What came before is told once.
 */
export class ChangeOrder<T extends { readonly chatSeq: number }> {
  #last: number;
  readonly #held = new Map<number, T>();

  constructor(last: number) {
    this.#last = last;
  }

  /** Told so far, without a hole. */
  get last(): number {
    return this.#last;
  }

  take(change: T): readonly T[] {
    if (change.chatSeq <= this.#last) return [];
    if (change.chatSeq > this.#last + 1) {
      if (this.#held.size < MOST_HELD) this.#held.set(change.chatSeq, change);
      return [];
    }
    this.#last = change.chatSeq;
    return [change, ...this.#next()];
  }

  /** Everything up to there counts as told; answers what follows on it. */
  skipTo(chatSeq: number): readonly T[] {
    this.#last = Math.max(this.#last, chatSeq);
    for (const held of this.#held.keys()) if (held <= this.#last) this.#held.delete(held);
    return this.#next();
  }

  #next(): T[] {
    const next: T[] = [];
    for (let change = this.#held.get(this.#last + 1); change; change = this.#held.get(this.#last + 1)) {
      this.#held.delete(++this.#last);
      next.push(change);
    }
    return next;
  }
}
