import type { Count } from '@foyer/protocol';
import { grown } from './dictionary.ts';

/** How many visits hold each number of a column. O(1) a change. */
export class Counter {
  #counts = new Int32Array(64);
  /** The ids that have a count, in no order, so that `top` costs the distinct values present and not every value ever seen. */
  #present: number[] = [];
  #where = new Int32Array(64);
  dirty = true;

  add(id: number, by: 1 | -1): void {
    if (id >= this.#counts.length) {
      this.#counts = grown(this.#counts, id + 1);
      this.#where = grown(this.#where, id + 1);
    }
    const before = this.#counts[id]!;
    const after = before + by;
    this.#counts[id] = after;
    this.dirty = true;
    if (before === 0) {
      this.#where[id] = this.#present.length;
      this.#present.push(id);
    } else if (after === 0) {
      const last = this.#present.pop()!;
      if (last !== id) {
        const at = this.#where[id]!;
        this.#present[at] = last;
        this.#where[last] = at;
      }
    }
  }

  of(id: number): number {
    return this.#counts[id] ?? 0;
  }

  /**
   * The `limit` largest with their texts, largest first, equal ones by text; ids that share a text are added up; '' is left out.
   * `cut` tells that some were left out. Cost: the distinct values present (pages: thousands), so callers ask at most once a second.
   */
  top(limit: number, text: (id: number) => string): { counts: Count[]; cut: boolean } {
    const byText = new Map<string, number>();
    for (const id of this.#present) {
      const key = text(id);
      if (key !== '') byText.set(key, (byText.get(key) ?? 0) + this.#counts[id]!);
    }
    const counts = [...byText].map(([key, count]) => ({ key, count }));
    counts.sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
    return counts.length > limit ? { counts: counts.slice(0, limit), cut: true } : { counts, cut: false };
  }
}
