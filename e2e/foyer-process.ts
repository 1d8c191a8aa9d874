import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../tools/source.ts';

export interface FoyerProcessOptions {
  /** `demo` is the server with the shop at /demo/, an owner and tracking on; its data folder is its own. */
  readonly program?: 'server' | 'demo';
  /** Absent: a new temporary folder, removed by `dispose`. */
  readonly data?: string;
  /** Absent: a free one. */
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** true: `pass` puts its clocks forward. */
  readonly canPass?: boolean;
}

/** How long a start may take on a machine that does other work; 2 s is the product's own budget. */
const READY_WITHIN_MS = 60_000;
const ENDED_WITHIN_MS = 15_000;

/** A Foyer in a process of its own, as its operator would run it. */
export class FoyerProcess {
  readonly data: string;
  readonly #child: ChildProcess;
  readonly #ownsData: boolean;
  readonly #exited: Promise<number | null>;
  #output = '';
  #port = 0;

  private constructor(options: FoyerProcessOptions) {
    const { program = 'server', data, port = 0, env = {}, canPass = false } = options;
    this.#ownsData = data === undefined;
    this.data = data ?? mkdtempSync(join(tmpdir(), 'foyer-e2e-'));
    const file = program === 'demo' ? 'tools/demo.ts' : 'packages/server/src/main.ts';
    const before = canPass ? ['--import', join(ROOT, 'e2e/passing-time.ts')] : [];
    this.#child = spawn(process.execPath, [...before, join(ROOT, file), ...(program === 'demo' ? ['--visitors', '0'] : [])], {
      cwd: this.data,
      // Nothing of the test run's own environment may reach it but the way to temporary files.
      env: { PATH: process.env['PATH'], TMPDIR: tmpdir(), PORT: String(port), FOYER_DATA: this.data, ...env },
      stdio: ['ignore', 'pipe', 'pipe', ...(canPass ? ['ipc' as const] : [])],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    // A test file that ends before it could dispose of it takes it along.
    const endWithUs = (): void => void this.#child.kill('SIGKILL');
    process.once('exit', endWithUs);
    this.#exited = new Promise((resolve) => {
      this.#child.once('close', (code) => {
        process.off('exit', endWithUs);
        resolve(code);
      });
    });
  }

  /** Answers when /readyz says yes. Throws what the process said when it ends instead. */
  static async start(options: FoyerProcessOptions = {}): Promise<FoyerProcess> {
    const foyer = new FoyerProcess(options);
    try {
      await foyer.#said(/Foyer is ready at http:\/\/localhost:(\d+)/);
      foyer.#port = Number(/Foyer is ready at http:\/\/localhost:(\d+)/.exec(foyer.#output)?.[1]);
      const ready = await fetch(`${foyer.origin}/readyz`);
      if (!ready.ok) throw new Error(`/readyz answered ${ready.status}: ${await ready.text()}`);
      return foyer;
    } catch (error) {
      await foyer.dispose();
      throw error;
    }
  }

  /** A start that is meant to fail: answers its exit code and all it said. */
  static async fails(options: FoyerProcessOptions): Promise<{ code: number | null; output: string }> {
    const foyer = new FoyerProcess(options);
    try {
      const code = await within(foyer.#exited, ENDED_WITHIN_MS, () => `it still runs: ${foyer.#output}`);
      return { code, output: foyer.#output };
    } finally {
      await foyer.dispose();
    }
  }

  get port(): number {
    return this.#port;
  }

  get origin(): string {
    return `http://localhost:${this.#port}`;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Standard output and error so far: what was printed and what was logged. */
  get output(): string {
    return this.#output;
  }

  /** The one-time link that a first start prints. */
  get setupLink(): string {
    const link = /(http:\/\/\S+\/setup#token=\S+)/.exec(this.#output)?.[1];
    if (link === undefined) throw new Error(`no set-up link in: ${this.#output}`);
    return link;
  }

  /** Lets this much time pass at once, for a process that was started with `canPass`. What is due is done with its next look, within 250 ms. */
  async pass(ms: number): Promise<void> {
    const passed = new Promise((resolve) => void this.#child.once('message', resolve));
    this.#child.send(ms);
    await within(passed, READY_WITHIN_MS, () => 'its clock was not put forward');
  }

  /** As a power cut would: no goodbye, nothing flushed. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  /** SIGTERM; answers the exit code. */
  stop(): Promise<number | null> {
    this.#child.kill('SIGTERM');
    return within(this.#exited, ENDED_WITHIN_MS, () => `it did not end: ${this.#output}`);
  }

  /** Ends it, however it is, and removes a data folder that was made for it. */
  async dispose(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGTERM');
      await within(this.#exited, ENDED_WITHIN_MS, () => 'it did not end').catch(() => this.kill());
    }
    if (this.#ownsData) rmSync(this.data, { recursive: true, force: true });
  }

  #said(what: RegExp): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const look = (): void => {
      if (what.test(this.#output)) resolve();
    };
    this.#child.stdout?.on('data', look);
    void this.#exited.then((code) => reject(new Error(`Foyer ended with ${code}: ${this.#output}`)));
    look();
    return within(promise, READY_WITHIN_MS, () => `not ready: ${this.#output}`);
  }
}

/** Rejects when `promise` has not settled in time. */
export async function within<T>(promise: Promise<T>, ms: number, why: () => string): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`after ${ms} ms ${why()}`)), ms);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
