/** What is kept of a file: its own bytes from one place to another, or others in their stead. */
export type Part = { readonly from: number; readonly to: number } | Uint8Array;

/** A picture has some dozens; one in more pieces was made to cost memory. */
const MOST_PARTS = 10_000;

/** Written in the place of what was there. */
const ZEROS = new Uint8Array(64 * 1_024);

/** Parts in the order of the file; neighbours become one. */
export class Parts {
  readonly #all: Part[] = [];
  bytes = 0;

  keep(from: number, to: number): void {
    const last = this.#all.at(-1);
    this.bytes += to - from;
    if (last && 'to' in last && last.to === from) this.#all[this.#all.length - 1] = { from: last.from, to };
    else if (to > from) this.#all.push({ from, to });
  }

  put(bytes: Uint8Array): void {
    this.bytes += bytes.byteLength;
    this.#all.push(bytes);
  }

  /** As many zeros: for formats in which nothing may move. */
  clear(from: number, to: number): void {
    for (let at = from; at < to; at += ZEROS.length) this.put(ZEROS.subarray(0, Math.min(ZEROS.length, to - at)));
  }

  get isTooMany(): boolean {
    return this.#all.length > MOST_PARTS;
  }

  /** null: in too many pieces. */
  done(): readonly Part[] | null {
    return this.isTooMany ? null : this.#all;
  }
}
