import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ensureInstalled } from './install.mjs';
import { ROOT } from '../source.ts';
import { withLock } from './lock.mjs';

let root: string;
let installs: number;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'foyer-install-'));
  installs = 0;
});
afterEach(() => rmSync(root, { recursive: true }));

type Packages = Record<string, { version?: string; optional?: boolean; link?: boolean }>;

function writeLockfile(path: string, packages: Packages): void {
  writeFileSync(join(root, path), JSON.stringify({ lockfileVersion: 3, packages }));
}

/** Stands for npm: leaves behind what npm leaves behind. */
function install(): void {
  installs += 1;
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Packages };
  writeLockfile('node_modules/.package-lock.json', packages);
}

const LOCKED: Packages = { '': {}, 'packages/server': { version: '0.1.0' }, 'node_modules/hono': { version: '4.0.0' } };

it('[HS1] installs once, and again when the lockfile changes or node_modules is gone', async () => {
  writeLockfile('package-lock.json', LOCKED);
  await ensureInstalled(root, install);
  await ensureInstalled(root, install);
  expect(installs).toBe(1);
  writeLockfile('package-lock.json', { ...LOCKED, 'node_modules/hono': { version: '4.0.1' } });
  await ensureInstalled(root, install);
  expect(installs).toBe(2);
  rmSync(join(root, 'node_modules'), { recursive: true });
  await ensureInstalled(root, install);
  expect(installs).toBe(3);
});

it('[HS1] leaves a tree alone that agrees with the lockfile, whoever installed it', async () => {
  const other = { 'node_modules/node-for-another-cpu': { version: '24.0.0', optional: true } };
  writeLockfile('package-lock.json', { ...LOCKED, ...other });
  mkdirSync(join(root, 'node_modules'));
  writeLockfile('node_modules/.package-lock.json', LOCKED);
  await ensureInstalled(root, install);
  expect(installs).toBe(0);
});

it.each([
  ['another version', { 'node_modules/hono': { version: '3.9.9' } }],
  ['a missing package', {}],
])('[HS1] installs over a tree with %s', async (_what, packages) => {
  writeLockfile('package-lock.json', LOCKED);
  mkdirSync(join(root, 'node_modules'));
  writeLockfile('node_modules/.package-lock.json', packages);
  await ensureInstalled(root, install);
  expect(installs).toBe(1);
});

it('[HS1] tries again after an install that failed', async () => {
  writeLockfile('package-lock.json', LOCKED);
  const fail = () => {
    mkdirSync(join(root, 'node_modules'));
    throw new Error('no network');
  };
  await expect(ensureInstalled(root, fail)).rejects.toThrow('no network');
  await ensureInstalled(root, install);
  expect(installs).toBe(1);
});

it('[HS5] two commands at once install once', async () => {
  writeLockfile('package-lock.json', LOCKED);
  await Promise.all([ensureInstalled(root, install), ensureInstalled(root, install)]);
  expect(installs).toBe(1);
});

it('[HS5] work under the lock never overlaps, and the lock is gone afterwards', async () => {
  const path = join(root, 'deep/lock');
  let inside = 0;
  const work = async () => {
    inside += 1;
    expect(inside).toBe(1);
    await new Promise(setImmediate);
    inside -= 1;
  };
  await Promise.all([withLock(path, work), withLock(path, work), withLock(path, work)]);
  expect(existsSync(path)).toBe(false);
});

it('[HS5] takes over the lock of a process that died', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => child.on('exit', resolve));
  const path = join(root, 'lock');
  writeFileSync(path, String(child.pid));
  expect(await withLock(path, () => 'done')).toBe('done');
});

it('[HS5] releases the lock when the work fails', async () => {
  const path = join(root, 'lock');
  const fail = () => Promise.reject(new Error('broken'));
  await expect(withLock(path, fail)).rejects.toThrow('broken');
  expect(existsSync(path)).toBe(false);
});

it('[HS21] the lockfile has no gaps, so that npm ci takes it on every platform', () => {
  type Locked = { integrity?: string; link?: boolean; optionalDependencies?: Record<string, string> };
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> };
  const paths = Object.keys(packages);
  const named = new Set(Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies)));
  expect([...named].filter((name) => !paths.some((path) => path.endsWith(`node_modules/${name}`)))).toEqual([]);
  const fetched = paths.filter((path) => path.includes('node_modules/') && packages[path]?.link !== true);
  expect(fetched.filter((path) => packages[path]?.integrity === undefined)).toEqual([]);
});

it('[HS6] npm test that cannot even install says so, and ends with the count', () => {
  cpSync(join(ROOT, 'tools/bootstrap.mjs'), join(root, 'tools/bootstrap.mjs'));
  for (const name of ['build', 'install', 'lock', 'runtime'])
    cpSync(join(ROOT, `tools/bootstrap/${name}.mjs`), join(root, `tools/bootstrap/${name}.mjs`));
  writeLockfile('package-lock.json', LOCKED);
  mkdirSync(join(root, 'bin'));
  writeFileSync(join(root, 'bin/npm'), '#!/bin/sh\nexit 1\n');
  chmodSync(join(root, 'bin/npm'), 0o755);
  const env = { PATH: `${join(root, 'bin')}:${process.env['PATH'] ?? ''}` };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'tools/bootstrap.mjs'), 'test'], { env, encoding: 'utf8' });
  expect(stderr).toContain('npm ci failed');
  expect(stdout).toBe('0 passed, 1 failed\n');
  expect(status).toBe(1);
});
