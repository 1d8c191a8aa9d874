import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchPart } from '../part.ts';
import { pause } from '../process-stat.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

async function once(): Promise<number> {
  const data = mkdtempSync(join(tmpdir(), 'foyer-bench-'));
  const port = await freePort();
  const beganMs = performance.now();
  // A group of its own: npm, the bootstrap and the server end together.
  const child = spawn('npm', ['start', '--silent'], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', FOYER_DATA: data },
    stdio: 'ignore',
    detached: true,
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    for (;;) {
      const isReady = await fetch(`http://127.0.0.1:${port}/readyz`).then(
        (response) => response.ok,
        () => false,
      );
      if (isReady) return performance.now() - beganMs;
      if (child.exitCode !== null || performance.now() - beganMs > 30_000) throw new Error('`npm start` was not ready within 30 s');
      await pause(10);
    }
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    await exited;
    rmSync(data, { recursive: true, force: true });
  }
}

export const startup: BenchPart = {
  name: 'startup',
  about: '`npm start` on an installed and built tree, to ready',
  async run({ quick }) {
    const times: number[] = [];
    for (let i = 0; i < (quick ? 1 : 3); i++) times.push(await once());
    times.sort((a, b) => a - b);
    return { startupMs: times[Math.floor(times.length / 2)] ?? null };
  },
};
