import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { Clock } from '../../ports/clock.ts';
import { Outage } from '../../ports/outage.ts';
import type { Answer, Args, Call, FromThread, Reply, ThreadError, Verbs } from './protocol.ts';

export interface DbThreadOptions {
  readonly name: string;
  readonly url: URL;
  readonly data: unknown;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn' | 'error' | 'info'>;
  /** Calls that may wait for an answer; more are refused as an outage, because a store this far behind is one. */
  readonly maxWaiting: number;
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

const RESTART_FIRST_MS = 100;
const RESTART_MAX_MS = 10_000;
/** Runaway reports end as a dead thread and an outage, not as a dead process. */
const HEAP = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 8 };

/**
 * DbThread — one thread that owns one database connection.
 *
 * Purpose     keep blocking SQLite calls off the event loop.
 * Lifecycle   starting → ready → (dead → restarted with back-off)* → closed. A thread that fails to *open* rejects `ready` and stays
 *             dead, because a wrong file does not mend itself.
 * Invariants  ≤ `maxWaiting` calls wait; every call is answered, or rejected with its cause.
 * On error    the thread dies: everything waiting rejects with `Outage`; calls while it is away reject at once.
 */
export class DbThread<V extends Verbs> {
  readonly ready: Promise<void>;
  readonly #options: DbThreadOptions;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #closed = false;
  #nextId = 1;
  #restartMs = RESTART_FIRST_MS;
  #cancelRestart: (() => void) | null = null;
  #lastError: unknown = null;

  constructor(options: DbThreadOptions) {
    this.#options = options;
    this.ready = this.#start();
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  call<K extends keyof V & string>(verb: K, ...args: Args<V, K>): Promise<Answer<V, K>> {
    const worker = this.#worker;
    if (!worker) return Promise.reject(new Outage(`${this.#options.name} is away`, { cause: this.#lastError }));
    if (this.#waiting.size >= this.#options.maxWaiting)
      return Promise.reject(new Outage(`${this.#options.name}: ${this.#waiting.size} calls are waiting already`));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
      worker.postMessage({ id, verb, args: args[0] } satisfies Call);
    });
  }

  /** Lets what was asked finish, then ends the thread. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelRestart?.();
    const worker = this.#worker;
    if (!worker) return;
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage('close');
    await ended;
  }

  #start(): Promise<void> {
    const { url, data, name } = this.#options;
    return new Promise((resolve, reject) => {
      const worker = new Worker(url, { workerData: data, name, resourceLimits: HEAP });
      let opened = false;
      worker.on('message', (message: FromThread) => {
        if ('replies' in message) for (const reply of message.replies) this.#settle(reply);
        else if ('ready' in message) {
          opened = true;
          this.#worker = worker;
          resolve();
        } else this.#lastError = message.failed.cause;
      });
      worker.on('error', (error) => (this.#lastError = error));
      worker.on('exit', () => {
        if (!opened) return reject(new Error(`${name} could not be opened: ${messageOf(this.#lastError)}`, { cause: this.#lastError }));
        this.#worker = null;
        this.#died();
      });
    });
  }

  #died(): void {
    const { name, log, clock } = this.#options;
    for (const { reject } of this.#waiting.values()) reject(new Outage(`${name} died`, { cause: this.#lastError }));
    this.#waiting.clear();
    if (this.#closed) return;
    log.error({ err: this.#lastError, inMs: this.#restartMs }, `${name} died; it is started again`);
    this.#cancelRestart = clock.setTimeout(() => this.#restart(), this.#restartMs);
    this.#restartMs = Math.min(this.#restartMs * 2, RESTART_MAX_MS);
  }

  #restart(): void {
    const { name, log, clock } = this.#options;
    this.#start().then(
      () => {
        log.info(`${name} is back`);
        if (this.#closed) void this.close();
      },
      (error: unknown) => {
        this.#lastError = error;
        log.warn({ err: error }, `${name} does not start`);
        if (this.#closed) return;
        this.#cancelRestart = clock.setTimeout(() => this.#restart(), this.#restartMs);
        this.#restartMs = Math.min(this.#restartMs * 2, RESTART_MAX_MS);
      },
    );
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    if (!waiting) return;
    this.#waiting.delete(reply.id);
    if (reply.error) return waiting.reject(this.#errorOf(reply.error));
    this.#restartMs = RESTART_FIRST_MS;
    waiting.resolve(reply.answer);
  }

  #errorOf({ kind, cause }: ThreadError): Error {
    const message = `${this.#options.name}: ${messageOf(cause)}`;
    return kind === 'outage' ? new Outage(message, { cause }) : new Error(message, { cause });
  }
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
