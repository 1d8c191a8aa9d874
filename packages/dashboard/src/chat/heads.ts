/** More than this beyond a hole is not remembered: the hole's answer brings it again. */
const MOST_AHEAD = 10_000;

/**
 * How far the workspace's changes are known without a hole, by `chatSeq`.
 *
 * -1: nothing was heard; the first head is where knowing begins.
 */
export class Heads {
  #seq = -1;
  #highest = -1;
  readonly #ahead = new Set<number>();

  /** Complete up to here. */
  get seq(): number {
    return this.#seq;
  }
  get hasGap(): boolean {
    return this.#seq >= 0 && this.#highest > this.#seq;
  }

  /** A head was heard. 'began': the first; 'back': the server knows less than was known here, so nothing here holds. */
  head(chatSeq: number): 'began' | 'back' | 'same' {
    if (this.#seq < 0 || chatSeq < this.#seq) {
      const began = this.#seq < 0;
      this.jump(chatSeq);
      return began ? 'began' : 'back';
    }
    this.#highest = Math.max(this.#highest, chatSeq);
    return 'same';
  }

  /** A change was heard and taken. */
  took(chatSeq: number): void {
    this.#highest = Math.max(this.#highest, chatSeq);
    if (this.#seq >= 0 && chatSeq > this.#seq && this.#ahead.size < MOST_AHEAD) this.#ahead.add(chatSeq);
    this.#close();
  }

  /** Everything up to here was read. */
  filled(chatSeq: number): void {
    this.#seq = Math.max(this.#seq, chatSeq);
    this.#highest = Math.max(this.#highest, chatSeq);
    for (const seq of this.#ahead) if (seq <= this.#seq) this.#ahead.delete(seq);
    this.#close();
  }

  /** Knowing begins anew here. */
  jump(chatSeq: number): void {
    this.#seq = chatSeq;
    this.#highest = chatSeq;
    this.#ahead.clear();
  }

  #close(): void {
    while (this.#ahead.delete(this.#seq + 1)) this.#seq += 1;
  }
}
