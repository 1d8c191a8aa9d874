import type { Logger } from 'pino';
import { Outage } from '../../ports/outage.ts';
import { REFUSALS, type Refusal } from './replies.ts';

/**
 * The one place where what a handler throws is caught. An outage is logged when it starts and when it ends, a bug each time
 * with its stack; the peer learns neither's message.
 */
export class Failures {
  readonly #log: Pick<Logger, 'info' | 'error'>;
  #away = false;

  constructor(log: Pick<Logger, 'info' | 'error'>) {
    this.#log = log;
  }

  /** `route`: the pattern, not the path, because paths may hold what must not be logged. */
  caught(error: unknown, route: string): Refusal {
    if (!(error instanceof Outage)) {
      this.#log.error({ err: error, route }, 'a request failed');
      return REFUSALS.fault;
    }
    if (!this.#away) this.#log.error({ err: error, route }, 'the store is away: requests are answered with 503');
    this.#away = true;
    return REFUSALS.unavailable;
  }

  /** A request that needs the store has succeeded. */
  succeeded(): void {
    if (!this.#away) return;
    this.#away = false;
    this.#log.info('the store is back');
  }
}
