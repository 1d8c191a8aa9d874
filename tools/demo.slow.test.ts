import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row, Totals } from '@foyer/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
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
  demo = spawn(process.execPath, ['tools/demo.ts', '--port', '0', '--host', '127.0.0.1', '--visitors', '900', '--seed', '7'], {
    cwd: ROOT,
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  demo.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
});
afterEach(() => {
  demo.kill('SIGKILL');
  rmSync(temporary, { recursive: true });
});

test('[SI13] shows what a busy shop has: every state, people who come back, names, several sites, unknown places, bots apart', async () => {
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
  for (const site of ['demo-journal', 'demo-help']) expect(await (await fetch(`${url}/${site}/`)).text()).toContain(`data-site="${site}"`);
  const exited = once(demo, 'exit') as Promise<[number | null]>;
  demo.kill('SIGTERM');
  expect((await exited)[0]).toBe(0);
  expect(readdirSync(temporary)).toEqual([]);
}, 90_000);
