import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Restarting, restarting } from './restarting.ts';
import { watchFolders } from './watch.ts';

let folder: string;
let program: Restarting | undefined;
let endWatch: (() => void) | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-dev-'));
  program = undefined;
  endWatch = undefined;
});
afterEach(async () => {
  endWatch?.();
  await program?.stop();
  rmSync(folder, { recursive: true });
});

/** A program that notes its beginnings and its graceful ends, one letter each. */
function start(script = ''): Restarting {
  const log = JSON.stringify(join(folder, 'log'));
  const body = `
    const { appendFileSync } = await import('node:fs');
    process.on('SIGTERM', () => { appendFileSync(${log}, 'e'); process.exit(0); });
    setInterval(() => {}, 1000);
    appendFileSync(${log}, 'b');
    ${script}`;
  program = restarting(process.execPath, ['--input-type=module', '-e', body], { cwd: folder, env: process.env });
  return program;
}
const log = () => readFileSync(join(folder, 'log'), 'utf8');
const logIs = (expected: string) => vi.waitFor(() => expect(log()).toBe(expected), { timeout: 10_000 });

it('[HS20] a restart ends the program before it starts the next, and stop ends it for good', async () => {
  const running = start();
  await logIs('b');
  await running.restart();
  await logIs('beb');
  await running.stop();
  expect(log()).toBe('bebe');
  await running.restart();
  expect(log()).toBe('bebe');
});

it('[HS20] changes that come during a restart make no second one', async () => {
  const running = start();
  await logIs('b');
  await Promise.all([running.restart(), running.restart(), running.restart()]);
  await logIs('beb');
  await running.stop();
  expect(log()).toBe('bebe');
});

it('[HS20] a program that ended by itself starts again at the next change', async () => {
  const running = start('process.exit(1);');
  await logIs('b');
  await running.restart();
  await logIs('bb');
});

it('[HS20] sees changed and new files in every folder below, and not tests', async () => {
  mkdirSync(join(folder, 'src/deep'), { recursive: true });
  writeFileSync(join(folder, 'src/deep/a.ts'), '');
  const onChange = vi.fn();
  endWatch = watchFolders([join(folder, 'src')], onChange);
  writeFileSync(join(folder, 'src/deep/a.test.ts'), 'a test');
  writeFileSync(join(folder, 'src/deep/a.ts'), 'changed');
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1));
  writeFileSync(join(folder, 'src/new.ts'), 'new');
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(2));
});
