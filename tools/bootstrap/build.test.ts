import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ensureBuilt } from './build.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'foyer-build-'));
  write('packages/a/src/main.ts', 'one');
  write('packages/a/src/main.test.ts', 'test');
  write('build.mjs', GOOD);
});
afterEach(() => rmSync(root, { recursive: true }));

/** Counts its runs in a file of its output. */
const GOOD = `
  import { appendFileSync, mkdirSync } from 'node:fs';
  mkdirSync('packages/a/dist', { recursive: true });
  appendFileSync('packages/a/dist/a.js', 'x');
`;
const BUNDLE = { name: 'bundle', cwd: '.', command: ['build.mjs'], inputs: ['packages/a'], output: 'packages/a/dist', entry: 'a.js' };

function write(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}
const build = () => ensureBuilt(root, process.execPath, [BUNDLE]);
const runs = () => readFileSync(join(root, 'packages/a/dist/a.js'), 'utf8').length;

it('[HS2] builds once, and not again for a new time, a changed test or its own output', async () => {
  await build();
  utimesSync(join(root, 'packages/a/src/main.ts'), 1, 1);
  write('packages/a/src/main.test.ts', 'another test');
  write('packages/a/dist/extra.js', 'output');
  await build();
  expect(runs()).toBe(1);
});

it('[HS2] builds again when a source changed, came or went', async () => {
  await build();
  write('packages/a/src/main.ts', 'two');
  await build();
  expect(runs()).toBe(2);
  write('packages/a/src/other.ts', '');
  await build();
  expect(runs()).toBe(3);
  rmSync(join(root, 'packages/a/src/other.ts'));
  await build();
  expect(runs()).toBe(4);
});

it('[HS2] builds again when the output is gone', async () => {
  await build();
  rmSync(join(root, 'packages/a/dist/a.js'));
  await build();
  expect(runs()).toBe(1);
});

it('[HS2] a failed build says what it printed and is tried again', async () => {
  write('build.mjs', "console.error('unexpected token'); process.exit(1);");
  await expect(build()).rejects.toThrow(/the bundle does not build:\nunexpected token/);
  write('build.mjs', GOOD);
  await build();
  expect(runs()).toBe(1);
});

it('[HS2] a build that fails over a good one leaves it stale', async () => {
  await build();
  write('packages/a/src/main.ts', 'two');
  write('build.mjs', 'process.exit(1);');
  await expect(build()).rejects.toThrow('does not build');
  write('packages/a/src/main.ts', 'one');
  await expect(build()).rejects.toThrow('does not build');
});

it('[HS2] a build that makes nothing has failed', async () => {
  write('build.mjs', "import { mkdirSync } from 'node:fs'; mkdirSync('packages/a/dist', { recursive: true });");
  await expect(build()).rejects.toThrow('the build of the bundle made no a.js');
});

it('[HS5] two commands at once build once', async () => {
  await Promise.all([build(), build()]);
  expect(runs()).toBe(1);
  expect(existsSync(join(root, '.cache/bootstrap.lock'))).toBe(false);
});
