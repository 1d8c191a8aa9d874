import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Longer than the server's own drain; then it is killed, because somebody waits at a keyboard. */
const STOP_LIMIT_MS = 5_000;

export interface Restarting {
  /** Ends the running program and starts it anew. Calls that come while one is under way make one more restart together. */
  restart(): Promise<void>;
  /** Ends it for good. */
  stop(): Promise<void>;
}

/** A program that runs until it is stopped. One that ends by itself stays down until the next restart: its reason is on the screen. */
export function restarting(file: string, args: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv }): Restarting {
  let child: ChildProcess | undefined;
  let stopped = false;
  let underWay: Promise<void> | undefined;
  let again = false;

  const end = async () => {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const exit = once(ending, 'exit');
    ending.kill('SIGTERM');
    const limit = setTimeout(() => ending.kill('SIGKILL'), STOP_LIMIT_MS);
    await exit;
    clearTimeout(limit);
  };
  const begin = () => {
    child = spawn(file, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', (error) => process.stderr.write(`foyer: ${error.message}\n`));
  };
  const cycle = async () => {
    do {
      again = false;
      await end();
    } while (again);
    if (!stopped) begin();
    underWay = undefined;
  };

  begin();
  return {
    restart() {
      again = true;
      underWay ??= cycle();
      return underWay;
    },
    async stop() {
      stopped = true;
      await underWay;
      await end();
    },
  };
}
