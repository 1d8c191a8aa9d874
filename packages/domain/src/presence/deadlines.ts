/** Deadlines are met up to this late. Leaving must show within 7 s of which 5 s are grace, so a quarter second is cheap. */
const STEP_MS = 250;

/**
 * Deadlines — when to look at which visit again, without a timer a visit and without a scan.
 *
 * Shape       at most one live deadline a slot. A deadline that moved later is found out when it comes due: activity, the commonest
 *             event, costs nothing here.
 * Cost        O(1) to set; `due` costs what is due plus the steps passed.
 */
export class Deadlines {
  readonly #buckets = new Map<number, number[]>();
  #at = new Float64Array(64);
  #passed = Number.NEGATIVE_INFINITY;

  /** Makes sure that `slot` is looked at by `atMs` or up to a step later. */
  set(slot: number, atMs: number): void {
    if (slot >= this.#at.length) {
      const next = new Float64Array(Math.max(slot + 1, this.#at.length * 2));
      next.set(this.#at);
      this.#at = next;
    }
    const current = this.#at[slot]!;
    if (current !== 0 && current <= atMs) return;
    this.#at[slot] = atMs;
    const step = Math.max(Math.ceil(atMs / STEP_MS), this.#passed + 1);
    const bucket = this.#buckets.get(step);
    if (bucket) bucket.push(slot);
    else this.#buckets.set(step, [slot]);
  }

  clear(slot: number): void {
    if (slot < this.#at.length) this.#at[slot] = 0;
  }

  /** The slots whose deadline has come, each once; they have none until `set` again. */
  due(nowMs: number): number[] {
    const step = Math.floor(nowMs / STEP_MS);
    const slots: number[] = [];
    const first = Math.max(this.#passed + 1, this.#buckets.size === 0 ? step : this.#firstStep());
    for (let s = first; s <= step; s++) {
      const bucket = this.#buckets.get(s);
      if (!bucket) continue;
      this.#buckets.delete(s);
      for (const slot of bucket) {
        const at = this.#at[slot]!;
        if (at === 0 || at > nowMs) continue;
        this.#at[slot] = 0;
        slots.push(slot);
      }
    }
    if (step > this.#passed) this.#passed = step;
    return slots;
  }

  /** When `due` has something to say next; infinite when never. Cost: the steps in use (≤ 7,200 for half an hour). */
  nextAt(): number {
    return this.#buckets.size === 0 ? Number.POSITIVE_INFINITY : this.#firstStep() * STEP_MS;
  }

  #firstStep(): number {
    let first = Number.POSITIVE_INFINITY;
    for (const step of this.#buckets.keys()) if (step < first) first = step;
    return first;
  }
}
