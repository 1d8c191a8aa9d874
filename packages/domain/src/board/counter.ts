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
   * The `limit` largest with their texts, largest first, equal ones by text; '' is left out. `cut` tells that some were left out.
   * Cost: a comparison for each distinct value present (pages: thousands), so callers ask at most once a second.
   */
  top(limit: number, text: (id: number) => string): { counts: Count[]; cut: boolean } {
    const ids = this.#present.length > limit * 2 ? this.#largest(limit) : this.#present;
    const counts: Count[] = [];
    for (const id of ids) {
      const key = text(id);
      if (key !== '') counts.push({ key, count: this.#counts[id]! });
    }
    counts.sort(byCount);
    const cut = counts.length > limit || ids.length < this.#present.length;
    if (counts.length > limit) counts.length = limit;
    return { counts, cut };
  }

  /** Counts added up by a text that several ids share. Cost: the distinct values present. */
  sums(text: (id: number) => string): Count[] {
    const byText = new Map<string, number>();
    for (const id of this.#present) {
      const key = text(id);
      if (key !== '') byText.set(key, (byText.get(key) ?? 0) + this.#counts[id]!);
    }
    return [...byText].map(([key, count]) => ({ key, count })).sort(byCount);
  }

  /** At least the `limit` largest, by how many values have which count: no value is sorted that is not shown. */
  #largest(limit: number): number[] {
    const withCount = new Map<number, number>();
    for (const id of this.#present) {
      const count = this.#counts[id]!;
      withCount.set(count, (withCount.get(count) ?? 0) + 1);
    }
    let least = 1;
    let above = 0;
    for (const [count, values] of [...withCount].sort(([a], [b]) => b - a)) {
      least = count;
      above += values;
      if (above > limit) break;
    }
    const ids: number[] = [];
    for (const id of this.#present) if (this.#counts[id]! >= least) ids.push(id);
    return ids;
  }
}

const byCount = (a: Count, b: Count): number => b.count - a.count || (a.key < b.key ? -1 : 1);
