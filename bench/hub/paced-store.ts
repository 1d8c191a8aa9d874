import type { VisitRecord } from '@foyer/server';

/** The writer's batch, and how long SQLite takes for one on the machine that the budgets were set on. */
const BATCH = 1_000;
const BATCH_MS = 35;

/**
 * Stands where the history writer and its store are: takes a batch at a time, in the time that SQLite takes, and says so afterwards.
 * The records are dropped; that they are made, wait and are answered for is what the live core does for them.
 */
export class PacedStore {
  /** true: takes everything in no time. For filling a world, which is nobody's normal minute. */
  isBoundless = true;
  readonly #onStored: (records: readonly VisitRecord[]) => void;
  #waiting: VisitRecord[] = [];
  #inFlight = 0;

  constructor(onStored: (records: readonly VisitRecord[]) => void) {
    this.#onStored = onStored;
  }

  get pending(): number {
    return this.#waiting.length + this.#inFlight;
  }

  put(record: VisitRecord): void {
    if (this.isBoundless) return;
    this.#waiting.push(record);
    if (this.#inFlight === 0) this.#start();
  }

  #start(): void {
    const batch = this.#waiting.splice(0, BATCH);
    this.#inFlight = batch.length;
    setTimeout(
      () => {
        this.#inFlight = 0;
        this.#onStored(batch);
        if (this.#waiting.length > 0) this.#start();
      },
      Math.max(2, (batch.length / BATCH) * BATCH_MS),
    );
  }
}
