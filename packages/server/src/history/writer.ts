import type { Logger } from 'pino';
import type { Clock } from '../ports/clock.ts';
import type { HistoryStore, VisitRecord } from '../ports/history-store.ts';
import { Outage } from '../ports/outage.ts';
import { type PendingBounds, PendingVisits } from './pending-visits.ts';

/** A counter of the metrics registry; prom-client's own fits. */
export interface Count {
  inc(by?: number): void;
}
export interface HistoryWriterCounters {
  /** Visit states committed. */
  readonly written: Count;
  /** Batches that the store could not take and that are tried again. */
  readonly retried: Count;
  /** Running states given up for the bound; the visit's next state makes up for each. */
  readonly dropped: Count;
  /** Visits that will never be written: refused by the store, or ended beyond the bound. 0 in a healthy life. */
  readonly lost: Count;
}

export interface HistoryWriterOptions {
  readonly store: Pick<HistoryStore, 'saveVisits'>;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn' | 'error' | 'info'>;
  readonly counters: HistoryWriterCounters;
  /** Called after each commit with what is now on disk: what page views may be acknowledged by. */
  readonly onStored: (records: readonly VisitRecord[]) => void;
  readonly bounds?: PendingBounds;
}

/** The store takes a thousand visits in about 35 ms; larger batches only make others wait. */
const BATCH = 1_000;
/** After a silence a change is written at once; then at most ten batches a second, because fifty rows in one cost a third of fifty times one. */
const GAP_MS = 100;
const RETRY_FIRST_MS = 250;
const RETRY_MAX_MS = 10_000;
const BOUNDS: PendingBounds = { maxRunning: 200_000, maxEnded: 200_000 };

/**
 * HistoryWriter — brings visits to the store without anybody waiting for it.
 *
 * Purpose     one pending state per visit, written in batches, one batch at a time, until the store has it.
 * Invariants  a state leaves `pending` only by commit, by a newer state of the same visit, or by the stated policy when full.
 * On error    outage: kept and tried again with back-off; logged when it starts and when it ends. Anything else is the fault of a
 *             record: the batch is halved until that one is alone, and it is set aside as lost.
 */
export class HistoryWriter {
  readonly #options: HistoryWriterOptions;
  readonly #pending: PendingVisits;
  #writing: Promise<void> | null = null;
  #cancelTimer: (() => void) | null = null;
  #inFlight = 0;
  #lastStartedAt = Number.NEGATIVE_INFINITY;
  #retryMs = 0;
  #awaySince: number | null = null;
  #idle: (() => void)[] = [];

  constructor(options: HistoryWriterOptions) {
    this.#options = options;
    this.#pending = new PendingVisits(options.bounds ?? BOUNDS);
  }

  /** Visits not on disk yet. */
  get pending(): number {
    return this.#pending.size + this.#inFlight;
  }

  put(record: VisitRecord): void {
    this.#noteDrop(this.#pending.put(record));
    this.#schedule();
  }

  /** Resolves when all is stored, or after `withinMs`; answers how many visits are still not. For shutdown. */
  flush({ withinMs }: { withinMs: number }): Promise<number> {
    if (this.pending === 0) return Promise.resolve(0);
    return new Promise((resolve) => {
      const done = (): void => {
        cancel();
        this.#idle = this.#idle.filter((waiting) => waiting !== done);
        resolve(this.pending);
      };
      const cancel = this.#options.clock.setTimeout(done, withinMs);
      this.#idle.push(done);
      // No more gathering: what is there goes now, and a store that was away is asked once more.
      this.#cancelTimer?.();
      this.#cancelTimer = null;
      this.#start();
    });
  }

  #schedule(): void {
    if (this.#writing || this.#cancelTimer || this.#pending.size === 0) return;
    const { clock } = this.#options;
    const flushing = this.#idle.length > 0;
    const gapMs = flushing || this.#pending.size >= BATCH ? 0 : this.#lastStartedAt + GAP_MS - clock.mono();
    // Even the first waits for the end of this turn: a burst is one batch.
    this.#cancelTimer = clock.setTimeout(
      () => {
        this.#cancelTimer = null;
        this.#start();
      },
      Math.max(0, gapMs, this.#retryMs),
    );
  }

  #start(): void {
    if (this.#writing || this.#pending.size === 0) return;
    const { clock } = this.#options;
    this.#lastStartedAt = clock.mono();
    const batch = this.#pending.take(BATCH);
    this.#inFlight = batch.length;
    this.#writing = this.#write(batch).then(() => {
      this.#inFlight = 0;
      this.#writing = null;
      if (this.pending === 0) for (const done of this.#idle) done();
      this.#schedule();
    });
  }

  async #write(batch: readonly VisitRecord[]): Promise<void> {
    const { store, counters, onStored } = this.#options;
    try {
      await store.saveVisits(batch);
    } catch (error) {
      if (error instanceof Outage) return this.#away(batch, error);
      if (batch.length === 1) return this.#setAside(batch, error);
      const half = Math.ceil(batch.length / 2);
      await this.#write(batch.slice(0, half));
      await this.#write(batch.slice(half));
      return;
    }
    this.#back();
    counters.written.inc(batch.length);
    onStored(batch);
  }

  #away(batch: readonly VisitRecord[], error: Outage): void {
    const { clock, log, counters } = this.#options;
    counters.retried.inc();
    for (const dropped of this.#pending.putBack(batch)) this.#noteDrop(dropped);
    this.#retryMs = Math.min(this.#retryMs === 0 ? RETRY_FIRST_MS : this.#retryMs * 2, RETRY_MAX_MS);
    if (this.#awaySince !== null) return;
    this.#awaySince = clock.mono();
    log.warn({ err: error, pending: this.pending }, 'history is not stored for now; visits are kept and written again');
  }

  #back(): void {
    this.#retryMs = 0;
    if (this.#awaySince === null) return;
    const { clock, log } = this.#options;
    log.info({ afterMs: Math.round(clock.mono() - this.#awaySince), pending: this.#pending.size }, 'history is stored again');
    this.#awaySince = null;
  }

  #setAside([record]: readonly VisitRecord[], error: unknown): void {
    const { log, counters } = this.#options;
    counters.lost.inc();
    log.error({ err: error, visit: record?.visit }, 'the store refuses this visit; it is not kept');
  }

  #noteDrop(dropped: 'none' | 'running' | 'ended'): void {
    if (dropped === 'running') this.#options.counters.dropped.inc();
    else if (dropped === 'ended') this.#options.counters.lost.inc();
  }
}
