/**
 * What happens next: a priority queue by time, first in first out at equal times (so that a world is the same on every run).
 * Cost: O(log n) per `add` and `take`.
 */
export interface Agenda<T> {
  readonly size: number;
  add(atMs: number, what: T): void;
  /** The earliest entry, removed; undefined when empty. */
  take(): { readonly atMs: number; readonly what: T } | undefined;
}

interface Entry<T> {
  readonly atMs: number;
  readonly order: number;
  readonly what: T;
}

export function createAgenda<T>(): Agenda<T> {
  const heap: Entry<T>[] = [];
  let added = 0;
  const before = (a: Entry<T>, b: Entry<T>) => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
  return {
    get size() {
      return heap.length;
    },
    add(atMs, what) {
      const entry = { atMs, order: added++, what };
      let at = heap.length;
      heap.push(entry);
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (!before(entry, heap[parent] as Entry<T>)) break;
        heap[at] = heap[parent] as Entry<T>;
        at = parent;
      }
      heap[at] = entry;
    },
    take() {
      const first = heap[0];
      const last = heap.pop();
      if (first === undefined || last === undefined || heap.length === 0) return first;
      let at = 0;
      for (;;) {
        let child = 2 * at + 1;
        if (child >= heap.length) break;
        if (child + 1 < heap.length && before(heap[child + 1] as Entry<T>, heap[child] as Entry<T>)) child++;
        if (!before(heap[child] as Entry<T>, last)) break;
        heap[at] = heap[child] as Entry<T>;
        at = child;
      }
      heap[at] = last;
      return first;
    },
  };
}
