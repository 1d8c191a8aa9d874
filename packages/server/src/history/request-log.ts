import type { RequestSource, Settings } from '@foyer/protocol';
import type { Clock } from '../ports/clock.ts';
import type { HistoryStore, RequestRecord } from '../ports/history-store.ts';

/** A request as its edge saw it. What it takes to say where it came from is worked out when it is written, off the hot path. */
export interface SeenRequest {
  readonly workspace: string;
  readonly source: RequestSource;
  /** Route pattern, or the kind of a frame. */
  readonly endpoint: string;
  readonly method: string;
  readonly status: number;
  readonly latencyMs: number;
  /** Full address, in memory until it is masked: a second. '' where nothing of the kind may be kept. */
  readonly address: string;
  readonly userAgent: string;
  /** Error code; ''. */
  readonly error: string;
}
export interface RequestLogDeps {
  readonly store: Pick<HistoryStore, 'logRequests' | 'purgeRequests'>;
  readonly clock: Pick<Clock, 'setInterval'>;
  /** Epoch ms by which visits are stamped: where the wall clock is set back, requests stay in their order. */
  readonly now: () => number;
  readonly settings: (workspace: string) => Pick<Settings, 'ipMask'> | null;
  readonly lookup: (address: string) => { readonly country: string; readonly city: string };
  readonly browserOf: (userAgent: string) => string;
  readonly maskAddress: (address: string, mode: Settings['ipMask']) => string;
  readonly onOutage: (what: string, cause: unknown) => void;
}

export const REQUESTS_KEPT_DAYS = 30;
const KEPT_MS = REQUESTS_KEPT_DAYS * 86_400_000;
const EVERY_MS = 1_000;
const PURGE_EVERY_MS = 3_600_000;
/** Written in one transaction: about 10 ms of the writer. */
const TOGETHER = 500;
/** Some seconds of a storm; beyond it the oldest go, and it is said that they did. */
const MOST_WAITING = 10_000;
const PURGE_AT_ONCE = 2_000;
/** Of a value that somebody else chose. */
const MOST_CHARS = 200;

/**
 * RequestLog — what was asked, kept without anybody waiting for it.
 *
 * Purpose     one line for each chat, API and AI request, in batches.
 * Invariants  ≤ 10,000 wait; the oldest are dropped beyond that, and counted. A request is never slower for being logged.
 * On error    outage: what was to be written waits for the next second, within the bound.
 */
export class RequestLog {
  dropped = 0;
  readonly #deps: RequestLogDeps;
  #waiting: { seen: SeenRequest; at: number }[] = [];
  #writing: Promise<void> | null = null;
  #stops: (() => void)[] = [];

  constructor(deps: RequestLogDeps) {
    this.#deps = deps;
  }

  start(): void {
    const { clock } = this.#deps;
    this.#stops = [clock.setInterval(() => void this.flush(), EVERY_MS), clock.setInterval(() => void this.purge(), PURGE_EVERY_MS)];
  }

  /** Writes what waits, once, and ends. */
  async stop(): Promise<void> {
    for (const stop of this.#stops) stop();
    await this.flush();
  }

  note(seen: SeenRequest): void {
    this.#waiting.push({ seen, at: this.#deps.now() });
    // In tenths, so that a full queue does not move all of itself for each request.
    if (this.#waiting.length > MOST_WAITING) this.#drop(MOST_WAITING / 10);
  }

  /** Never rejects. */
  flush(): Promise<void> {
    this.#writing ??= this.#write().finally(() => (this.#writing = null));
    return this.#writing;
  }

  async purge(): Promise<void> {
    const { store, now, onOutage } = this.#deps;
    const before = now() - KEPT_MS;
    try {
      while ((await store.purgeRequests({ before, limit: PURGE_AT_ONCE })) >= PURGE_AT_ONCE);
    } catch (cause) {
      onOutage('delete old requests from the log', cause);
    }
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, TOGETHER);
      try {
        await this.#deps.store.logRequests(batch.map((one) => this.#recordOf(one)));
      } catch (cause) {
        this.#waiting = [...batch, ...this.#waiting];
        if (this.#waiting.length > MOST_WAITING) this.#drop(this.#waiting.length - MOST_WAITING);
        return this.#deps.onOutage('write the request log', cause);
      }
    }
  }

  #drop(count: number): void {
    this.#waiting.splice(0, count);
    this.dropped += count;
  }

  #recordOf({ seen, at }: { seen: SeenRequest; at: number }): RequestRecord {
    const { lookup, browserOf, maskAddress, settings } = this.#deps;
    const { workspace, source, endpoint, method, status, latencyMs, address, userAgent, error } = seen;
    const place = address === '' ? { country: '', city: '' } : lookup(address);
    const mask = settings(workspace)?.ipMask ?? 'none-stored';
    return {
      ...{ workspace, at, source, endpoint: endpoint.slice(0, MOST_CHARS), method, status, latencyMs },
      ip: address === '' ? '' : maskAddress(address, mask),
      country: place.country,
      city: place.city,
      browser: userAgent === '' ? '' : browserOf(userAgent),
      error: error.slice(0, MOST_CHARS),
    };
  }
}

const STATUSES: Readonly<Record<string, number>> = {
  rate_limited: 429,
  unavailable: 503,
  not_found: 404,
  not_allowed: 403,
  blocked: 403,
  bad_answer: 422,
  bad_file: 422,
};
/** What a refusal over a socket would be over HTTP. */
export const statusOf = (code: string): number => (code === '' ? 200 : (STATUSES[code] ?? 409));
