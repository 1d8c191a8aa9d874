import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { violations } from './arrows.ts';
import { ROOT, sourceFiles } from './source.ts';

const run = promisify(execFile);
const inPackage = (path: string, text: string) => violations({ path: `packages/${path}`, text });

it('[HS10][HS11][HS12] every import in the packages follows the arrows, stays in its package and leaves the environment to config.ts', () => {
  const files = sourceFiles().filter(({ path }) => path.startsWith('packages/'));
  expect(files.length).toBeGreaterThan(20);
  expect(files.flatMap(violations)).toEqual([]);
});

it.each([
  ['protocol/src/a.ts', "import { mask } from '@foyer/domain';", 'protocol may not import @foyer/domain'],
  ['protocol/src/a.ts', "import { readFile } from 'node:fs';", 'protocol may not import node:fs'],
  ['domain/src/a.ts', "import * as v from 'valibot';", 'domain may not import valibot'],
  ['domain/src/a.ts', "export * from '@foyer/server';", 'domain may not import @foyer/server'],
  ['domain/src/board/a.test.ts', "import { start } from '@foyer/server';", 'domain may not import @foyer/server'],
  ['embed/src/a.ts', "import type { Hello } from '@foyer/protocol';", 'embed may not import @foyer/protocol'],
  ['embed/src/a.ts', "const poll = await import('@foyer/domain/presence');", 'embed may not import @foyer/domain/presence'],
  ['dashboard/src/a.tsx', "type Store = import('@foyer/server').Store;", 'dashboard may not import @foyer/server'],
  ['dashboard/src/a.tsx', "import { simulate } from '@foyer/domain/simulate';", 'dashboard may not import @foyer/domain/simulate'],
  ['extra/src/a.ts', '', 'package extra has no row in the table of arrows'],
])('[HS10] in %s, `%s` is refused', (path, text, reason) => {
  expect(inPackage(path, text)).toEqual([`packages/${path}: ${reason}`]);
});

it.each([
  ['domain/src/a.ts', "import type { Row } from '@foyer/protocol';"],
  ['domain/src/a.test.ts', "import { it } from 'vitest'; import { readFile } from 'node:fs/promises';"],
  ['embed/test/a.testkit.ts', "import { VisitorUp } from '@foyer/protocol';"],
  ['server/src/a.ts', "import { Presence } from '@foyer/domain/presence'; import { join } from 'node:path'; import { Hono } from 'hono';"],
  ['dashboard/src/a.tsx', "import { parse } from '@foyer/domain/rules'; import { useState } from 'react'; import '../theme.css';"],
])('[HS10] in %s, `%s` is allowed', (path, text) => {
  expect(inPackage(path, text)).toEqual([]);
});

it('[HS11] a relative import that leaves its package is refused', () => {
  expect(inPackage('server/src/edge/a.ts', "import { mask } from '../../../domain/src/privacy/mask.ts';")).toEqual([
    'packages/server/src/edge/a.ts: ../../../domain/src/privacy/mask.ts leaves the package',
  ]);
});

it.each(['@foyer/domain/src/result.ts', '@foyer/protocol/src/visitor.ts', '@foyer/server/src/app.ts'])(
  '[HS11] %s cannot be imported past the exports',
  async (specifier) => {
    const attempt = run(process.execPath, ['--input-type=module', '-e', `await import('${specifier}')`], { cwd: ROOT });
    await expect(attempt).rejects.toMatchObject({ stderr: expect.stringContaining('ERR_PACKAGE_PATH_NOT_EXPORTED') });
  },
);

it.each(['process.env.PORT', "process['env']", "import { env } from 'node:process';"])(
  '[HS12] `%s` is refused outside of config.ts and tests',
  (text) => {
    expect(inPackage('server/src/edge/http.ts', text)).toHaveLength(1);
    expect(inPackage('server/src/config.ts', text)).toEqual([]);
    expect(inPackage('server/src/edge/http.test.ts', text)).toEqual([]);
  },
);
