/** Two texts that differ only after so many characters are ordered by visit id. */
export const SORTED_CHARS = 64;

/**
 * Dictionary — each distinct text once, as a small number.
 *
 * Purpose     a million visits share a few thousand pages, cities and browsers: columns of numbers take 4 B instead of a string,
 *             and a filter judges each distinct text once instead of each visit (a plain scan of a million visits took 200 ms).
 * Invariants  id 0 is ''. An id is freed when its last holder lets go; `stamp` changes when an id gets a new text, so that
 *             verdicts remembered for the old one do not count.
 * Cost        O(1) a call.
 */
export class Dictionary {
  readonly #ids = new Map<string, number>([['', 0]]);
  readonly #texts: string[] = [''];
  readonly #keys: (string | undefined)[] = [''];
  readonly #sortKeys: (string | undefined)[] = [''];
  readonly #free: number[] = [];
  readonly #fold: (text: string) => string;
  readonly #shown: ((text: string) => string) | undefined;
  #holders = new Uint32Array(64);
  #stamps = new Uint32Array(64);
  #nextStamp = 1;

  /** `shown`: what a row says for a text, where that is not the text. */
  constructor(fold: (text: string) => string, shown?: (text: string) => string) {
    this.#fold = fold;
    this.#shown = shown;
  }

  /** Ids lie below this. */
  get size(): number {
    return this.#texts.length;
  }

  /** The id of `text`, held once more. */
  hold(text: string): number {
    if (text === '') return 0;
    const known = this.#ids.get(text);
    if (known !== undefined) {
      this.#holders[known] = this.#holders[known]! + 1;
      return known;
    }
    const id = this.#free.pop() ?? this.#texts.length;
    if (id >= this.#holders.length) {
      this.#holders = grown(this.#holders, id + 1);
      this.#stamps = grown(this.#stamps, id + 1);
    }
    this.#ids.set(text, id);
    this.#texts[id] = text;
    this.#keys[id] = undefined;
    this.#sortKeys[id] = undefined;
    this.#holders[id] = 1;
    this.#stamps[id] = this.#nextStamp++;
    return id;
  }

  holdAgain(id: number): number {
    if (id !== 0) this.#holders[id] = this.#holders[id]! + 1;
    return id;
  }

  release(id: number): void {
    if (id === 0) return;
    const left = this.#holders[id]! - 1;
    this.#holders[id] = left;
    if (left > 0) return;
    this.#ids.delete(this.#texts[id]!);
    this.#texts[id] = '';
    this.#keys[id] = undefined;
    this.#sortKeys[id] = undefined;
    this.#free.push(id);
  }

  text(id: number): string {
    return this.#texts[id]!;
  }

  /** Folded text: what filters compare. Computed once. */
  folded(id: number): string {
    return (this.#keys[id] ??= this.#fold(this.#texts[id]!));
  }

  /** The beginning of what is shown, folded: what rows are sorted by. */
  sortKey(id: number): string {
    return (this.#sortKeys[id] ??= (this.#shown ? this.#fold(this.#shown(this.#texts[id]!)) : this.folded(id)).slice(0, SORTED_CHARS));
  }

  /** Changes whenever `id` stands for another text. 0 for id 0. */
  stamp(id: number): number {
    return this.#stamps[id]!;
  }
}

/** A copy of `array` with room for at least `length` entries, doubling so that growth costs O(1) an entry. */
export function grown<T extends Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array>(array: T, length: number): T {
  let capacity = Math.max(64, array.length);
  while (capacity < length) capacity *= 2;
  const next = new (array.constructor as new (n: number) => T)(capacity);
  next.set(array);
  return next;
}
