import type { VisitRecord } from '../ports/history-store.ts';

export interface PendingBounds {
  /** Running visits that may wait; beyond it the oldest is dropped, because its next state says the same and more. */
  readonly maxRunning: number;
  /** Ended visits that may wait; nothing follows them, so only a store that is away for very long loses one. */
  readonly maxEnded: number;
}

/** What `put` had to give up for the bound: 'running' comes again by itself, 'ended' is lost. */
export type Dropped = 'none' | 'running' | 'ended';

/** Visits that wait to be written, oldest first, at most one state of each. O(1) per put. */
export class PendingVisits {
  readonly #running = new Map<string, VisitRecord>();
  readonly #ended = new Map<string, VisitRecord>();
  readonly #bounds: PendingBounds;

  constructor(bounds: PendingBounds) {
    this.#bounds = bounds;
  }

  get size(): number {
    return this.#running.size + this.#ended.size;
  }

  put(record: VisitRecord): Dropped {
    const end = record.endedAt ?? this.#ended.get(record.visit)?.endedAt ?? null;
    if (end === null) {
      this.#running.set(record.visit, record);
      return this.#running.size > this.#bounds.maxRunning ? dropOldest(this.#running, 'running') : 'none';
    }
    this.#running.delete(record.visit);
    // A page that was resent after the end raises the counters; the end stays.
    this.#ended.set(record.visit, record.endedAt === null ? { ...record, endedAt: end } : record);
    return this.#ended.size > this.#bounds.maxEnded ? dropOldest(this.#ended, 'ended') : 'none';
  }

  /** Puts back what could not be written, unless a newer state waits already. */
  putBack(records: readonly VisitRecord[]): Dropped[] {
    return records
      .filter(({ visit, endedAt }) => !this.#ended.has(visit) && (endedAt !== null || !this.#running.has(visit)))
      .map((record) => {
        const newer = this.#running.get(record.visit);
        return this.put(newer && record.endedAt !== null ? { ...newer, endedAt: record.endedAt } : record);
      });
  }

  /** Takes the oldest, ended ones first: nothing will ever repeat them. */
  take(limit: number): VisitRecord[] {
    const taken: VisitRecord[] = [];
    for (const map of [this.#ended, this.#running])
      for (const [visit, record] of map) {
        if (taken.length >= limit) return taken;
        taken.push(record);
        map.delete(visit);
      }
    return taken;
  }
}

function dropOldest(map: Map<string, VisitRecord>, kind: 'running' | 'ended'): Dropped {
  for (const visit of map.keys()) {
    map.delete(visit);
    return kind;
  }
  return 'none';
}
