import type { Logger } from 'pino';
import type { Clock } from '../../ports/clock.ts';
import { Outage } from '../../ports/outage.ts';
import type { DbThread } from './db-thread.ts';
import type { EventsVerbs } from './events.worker.ts';

const RETRY_MS = 1_000;

/**
 * Moves workspaces to another zone, one at a time, a slice per call so that arrivals go between.
 * How far it has come is in the database: what a stop leaves unfinished is taken up by `resume`.
 */
export class ZoneMover {
  readonly #events: DbThread<EventsVerbs>;
  readonly #clock: Clock;
  readonly #log: Pick<Logger, 'warn'>;
  #last: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: { events: DbThread<EventsVerbs>; clock: Clock; log: Pick<Logger, 'warn'> }) {
    this.#events = options.events;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  /** Resolves when the days are moved; rejects when the wish could not even be stored, or the store is closed before the end. */
  move(q: { workspace: string; timeZone: string }): Promise<void> {
    return this.#afterLast(async () => {
      if (await this.#events.call('beginZone', q)) await this.#finish(q.workspace);
    });
  }

  resume(): void {
    this.#afterLast(async () => {
      for (const workspace of await this.#events.call('pendingZones')) await this.#finish(workspace);
    }).catch((error: unknown) => {
      if (!this.#stopped) this.#log.warn({ err: error }, 'a change of time zone is not finished; it goes on at the next start');
    });
  }

  stop(): void {
    this.#stopped = true;
  }

  #afterLast(job: () => Promise<void>): Promise<void> {
    const done = this.#last.then(job);
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #finish(workspace: string): Promise<void> {
    for (;;) {
      if (this.#stopped) throw new Outage('the store was closed; the change of zone goes on at the next start');
      try {
        if (await this.#events.call('moveZone', { workspace })) return;
      } catch (error) {
        if (!(error instanceof Outage)) throw error;
        if (!this.#stopped) await new Promise<void>((resolve) => this.#clock.setTimeout(resolve, RETRY_MS));
      }
    }
  }
}
