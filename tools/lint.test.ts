import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT } from './source.ts';

/** A tree with the repository's configuration and packages, and only the files of a test as sources. */
let tree: string;

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'foyer-lint-'));
  for (const path of [
    '.oxlintrc.json',
    'tsconfig.base.json',
    ...['protocol', 'domain', 'server'].map((name) => `packages/${name}/tsconfig.json`),
  ]) {
    cpSync(join(ROOT, path), join(tree, path));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
});
afterAll(() => rmSync(tree, { recursive: true }));

/** Rules that fire on a file, in the order of its lines. */
async function lint(path: string, text: string): Promise<string[]> {
  const file = join(tree, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  const output = await new Promise<string>((resolve) => {
    execFile(join(ROOT, 'node_modules/.bin/oxlint'), ['-f', 'json', path], { cwd: tree }, (_error, stdout) => resolve(stdout));
  });
  const { diagnostics } = JSON.parse(output) as { diagnostics: { code: string; severity: string }[] };
  rmSync(file);
  return diagnostics.map(({ code, severity }) => `${severity} ${code}`);
}

const FLOATING = 'error typescript(no-floating-promises)';
const GLOBAL = 'error eslint(no-restricted-globals)';
const PROPERTY = 'error eslint(no-restricted-properties)';
const IMPORT = 'error eslint(no-restricted-imports)';

it.each([
  ['a local function', 'async function work() {}\nexport function go() { work(); }'],
  ["Node's files", "import { rm } from 'node:fs/promises';\nexport function go() { rm('x'); }"],
  ["Node's events", "import { type EventEmitter, once } from 'node:events';\nexport function go(e: EventEmitter) { once(e, 'x'); }"],
  ['a method behind an optional chain', 'interface Store { save(): Promise<void> }\nexport function go(s?: Store) { s?.save(); }'],
  ['a chain without a catch', 'export function go() { Promise.resolve(1).then(() => 2); }'],
])('[HS14] a floating promise of %s is an error in a server file', async (_what, text) => {
  expect(await lint('packages/server/src/live/hub.ts', text)).toEqual([FLOATING]);
});

it('[HS14] a promise that is awaited, caught or declared void is none', async () => {
  const text = 'export async function go(p: Promise<void>) { p.catch(() => {}); void p; await p; }';
  expect(await lint('packages/server/src/live/hub.ts', text)).toEqual([]);
});

it.each(['packages/domain/src/visit/visit.ts', 'packages/protocol/src/visitor.ts'])(
  '[HS13] Date and Math.random are errors in %s',
  async (path) => {
    const text = 'export const a = Date.now();\nexport const b = new Date(0);\nexport const c = Math.random();';
    expect(await lint(path, text)).toEqual([GLOBAL, GLOBAL, PROPERTY]);
    expect(await lint('packages/server/src/app.ts', text)).toEqual([]);
    expect(await lint(path.replace('.ts', '.test.ts'), text)).toEqual([]);
  },
);

it('[HS15] the server takes its timers from the clock', async () => {
  const bare = 'setTimeout(() => {}, 1);\nsetInterval(() => {}, 1);';
  const promised = "import { setTimeout as sleep } from 'node:timers/promises';\nexport const nap = () => sleep(1);";
  expect(await lint('packages/server/src/live/hub.ts', bare)).toEqual([GLOBAL, GLOBAL]);
  expect(await lint('packages/server/src/live/hub.ts', promised)).toEqual([IMPORT]);
  expect(await lint('packages/server/src/adapters/system-clock.ts', bare)).toEqual([]);
  expect(
    await lint(
      'packages/server/src/live/hub.ts',
      "import type { Clock } from './clock.ts';\nexport const go = (c: Clock) => c.setTimeout(() => {}, 1);",
    ),
  ).toEqual([]);
});

it.each([
  ['export const a = (x: any) => x;', 'error typescript(no-explicit-any)'],
  ['// @ts-ignore\nexport const a: number = 1;', 'error typescript(ban-ts-comment)'],
  ['export default 1;', 'error import(no-default-export)'],
])('[HS16] `%s` is an error', async (text, rule) => {
  expect(await lint('packages/server/src/app.ts', text)).toEqual([rule]);
});

it('[HS16] a focused test is an error', async () => {
  const text = "import { expect, it } from 'vitest';\nit.only('[XX1] a', () => { expect(1).toBe(1); });";
  expect(await lint('packages/server/src/app.test.ts', text)).toEqual(['error vitest(no-focused-tests)']);
});
