/** Distinct texts kept; page addresses and titles of a large shop, 100 B each. */
const MOST = 20_000;

/** One copy of each text that many tabs have in common: JSON.parse makes a new one each time. Bounded: starts over when full. */
export class SharedTexts {
  readonly #texts = new Map<string, string>();

  get size(): number {
    return this.#texts.size;
  }

  one(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size >= MOST) this.#texts.clear();
    this.#texts.set(text, text);
    return text;
  }
}
