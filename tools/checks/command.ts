import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { ROOT } from '../source.ts';

export interface CommandResult {
  /** 0 is success; 128 + n when signal n ended it. */
  readonly code: number;
  /** stdout and stderr as they came; empty when shown. */
  readonly output: string;
}

export interface CommandOptions {
  /** Let its output through instead of keeping it. */
  readonly show?: boolean;
  /** It is killed after this long, and counts as failed. */
  readonly limitMs?: number;
  readonly env?: Readonly<Record<string, string>>;
}

const running = new Set<ChildProcess>();

/** Runs a program from the root, without stdin. Never throws: a program that cannot be started has code 127 and says why in `output`. */
export function command(
  file: string,
  args: readonly string[],
  { show = false, limitMs = 120_000, env = {} }: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const out = show ? 'inherit' : 'pipe';
    const child = spawn(file, args, { cwd: ROOT, stdio: ['ignore', out, out], env: { ...process.env, ...env } });
    const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
    let output = '';
    const keep = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    running.add(child);
    const end = (code: number, more = '') => {
      clearTimeout(limit);
      running.delete(child);
      resolve({ code, output: output + more });
    };
    child.on('error', (error) => end(127, error.message));
    child.on('close', (code, signal) =>
      end(code ?? 128 + constants.signals[signal ?? 'SIGKILL'], signal ? `ended by ${signal} (limit ${limitMs / 1000} s)\n` : ''),
    );
  });
}

/** Ends what still runs when this process is told to end, so that no test server outlives `npm test`. */
export function endChildrenOnSignals(): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.once(signal, () => {
      for (const child of running) child.kill(signal);
      process.exit(128 + constants.signals[signal]);
    });
  }
}
