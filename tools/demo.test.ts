import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChatSettings, ChatTeam, PublicLook } from '@foyer/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ROOT } from './source.ts';
import { signIn } from './swarm/sign-in.ts';

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
    '[SI12][SI14] says where it is, fills with visitors, has a desk, and %s leaves nothing behind',
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

      const api = async <T>(path: string) => (await (await fetch(`${url}/api/v1${path}`, { headers: { cookie } })).json()) as T;
      expect(await api<unknown[]>('/canned-replies')).toHaveLength(8);
      expect((await api<ChatTeam[]>('/chat/teams')).map(({ members }) => members.length)).toEqual([2, 2]);
      expect((await api<ChatSettings>('/chat/settings')).hours?.days).toHaveLength(7);
      const look = (await (await fetch(`${url}/foyer.js/look?site=demo`)).json()) as PublicLook;
      expect([look.teamName, look.accent, look.questions.length, look.team.state]).toEqual(['Fernhill Outdoor', '#2f5d50', 3, 'online']);

      const children = childrenOf(demo.pid ?? 0);
      expect(children.length).toBeGreaterThan(0);
      const exited = once(demo, 'exit') as Promise<[number | null]>;
      demo.kill(signal);
      expect((await exited)[0]).toBe(0);
      expect(children.filter(isAlive)).toEqual([]);
      expect(readdirSync(temporary)).toEqual([]);
    },
  );

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
