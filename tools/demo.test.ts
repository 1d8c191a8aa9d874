import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row, Totals } from '@foyer/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ROOT } from './source.ts';
import { signIn } from './swarm/sign-in.ts';

interface Listed {
  readonly totals: Totals;
  readonly rows: readonly Row[];
}
let temporary: string;
let demo: ChildProcess;
let output: string;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'foyer-demo-test-'));
  output = '';
});
afterEach(() => {
  demo.kill('SIGKILL');
  rmSync(temporary, { recursive: true });
});

function start(...args: string[]): void {
  demo = spawn(process.execPath, ['tools/demo.ts', ...args], {
    cwd: ROOT,
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const keep = (chunk: Buffer) => {
    output += chunk.toString();
  };
  demo.stdout?.on('data', keep);
  demo.stderr?.on('data', keep);
}
const isAlive = (pid: number): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
  } catch {
    return false;
  }
};
const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean).map(Number);

describe('npm run demo', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    '[SI12] says where it is, fills with visitors, and %s leaves nothing behind',
    async (signal) => {
      start('--port', '0', '--host', '127.0.0.1', '--visitors', '40', '--seed', '5');
      await expect.poll(() => output, { timeout: 20_000 }).toMatch(/ready at http:\/\/localhost:\d+\n/);
      const port = /localhost:(\d+)/.exec(output)?.[1] ?? '';
      const url = `http://127.0.0.1:${port}`;
      expect(output).toContain('demo@foyer.test / foyer-demo');
      expect(output).toContain(`http://localhost:${port}/demo/`);

      expect(await (await fetch(`${url}/demo/cart/`)).text()).toContain('data-site="demo"');
      const cookie = await signIn(url, { email: 'demo@foyer.test', password: 'foyer-demo' });
      const visitors = async () => {
        const answer = await fetch(`${url}/api/v1/visitors?limit=100`, { headers: { cookie } });
        return (await answer.json()) as { live: number; rows: { city: string; country: string }[] };
      };
      await expect.poll(async () => (await visitors()).live, { timeout: 15_000 }).toBeGreaterThan(30);
      const { rows } = await visitors();
      expect(new Set(rows.map((row) => row.city)).size).toBeGreaterThan(20);
      expect(readdirSync(temporary)).toHaveLength(1);

      const children = childrenOf(demo.pid ?? 0);
      expect(children.length).toBeGreaterThan(0);
      const exited = once(demo, 'exit') as Promise<[number | null]>;
      demo.kill(signal);
      expect((await exited)[0]).toBe(0);
      expect(children.filter(isAlive)).toEqual([]);
      expect(readdirSync(temporary)).toEqual([]);
    },
  );

  test('[SI13] shows what a busy shop has: every state, people who come back, names, several sites, unknown places, bots apart', async () => {
    start('--port', '0', '--host', '127.0.0.1', '--visitors', '900', '--seed', '7');
    await expect.poll(() => output, { timeout: 30_000 }).toMatch(/ready at http:\/\/localhost:\d+\n/);
    expect(output).toMatch(/conversations are simulated.*seed 7/);
    const url = `http://127.0.0.1:${/localhost:(\d+)/.exec(output)?.[1] ?? ''}`;
    const cookie = await signIn(url, { email: 'demo@foyer.test', password: 'foyer-demo' });
    const get = async <T>(path: string) => (await (await fetch(`${url}/api/v1${path}`, { headers: { cookie } })).json()) as T;
    const count = async (filter: string) => (await get<Listed>(`/visitors?limit=1&filter=${encodeURIComponent(filter)}`)).totals.listed;
    const wanted = [
      'status:unassigned',
      'status:assigned',
      'status:ai',
      'status:chatting',
      'status:active',
      'status:resolved',
      'status:inactive',
    ];
    wanted.push(
      'is:returning',
      'is:identified',
      'is:left',
      'is:approximate',
      'country:unknown',
      'context:checkout',
      'context:cart',
      'campaign:autumn',
    );
    for (const name of ['Outdoor', 'Journal', 'Help']) wanted.push(`site:"fernhill ${name}"`);
    const missing = new Set(wanted);
    const look = async () => {
      for (const filter of missing) if ((await count(filter)) > 0) missing.delete(filter);
      return [...missing];
    };
    await expect.poll(look, { timeout: 40_000, interval: 1_000 }).toEqual([]);
    const { rows } = await get<Listed>(`/visitors?limit=1000&filter=${encodeURIComponent('status:unassigned')}`);
    for (const row of rows) expect(row.waitingSince).toBeGreaterThan(Date.now() - 30 * 60_000);
    const filtered = await get<Listed>('/visitors?limit=200&filtered=true');
    expect(new Set(filtered.rows.map((row) => row.filtered)).size).toBeGreaterThan(1);
    for (const site of ['demo-journal', 'demo-help'])
      expect(await (await fetch(`${url}/${site}/`)).text()).toContain(`data-site="${site}"`);
    const exited = once(demo, 'exit') as Promise<[number | null]>;
    demo.kill('SIGTERM');
    expect((await exited)[0]).toBe(0);
  }, 90_000);

  test('[SI12] an option that it does not know is refused, and nothing is left', async () => {
    start('--visitors', 'many');
    expect((await (once(demo, 'exit') as Promise<[number]>))[0]).toBe(2);
    expect(output).toContain('--visitors many');
    start('--prot', '1');
    expect((await (once(demo, 'exit') as Promise<[number]>))[0]).toBe(2);
    expect(output).toContain('--prot');
    expect(readdirSync(temporary)).toEqual([]);
  });
});
