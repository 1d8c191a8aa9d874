import { globSync } from 'node:fs';
import { join } from 'node:path';
import { type Bundle, BUNDLES, ensureBuilt } from '../bootstrap/build.mjs';
import { findChromium } from '../chromium.ts';
import { ROOT } from '../source.ts';
import { command } from './command.ts';
import { type Check, failed, passed } from './outcome.ts';
import { runTests } from './vitest.ts';

const MINUTE_MS = 60_000;

function commandCheck(name: string, file: string, args: readonly string[]): Check {
  return {
    name,
    async run() {
      const { code, output } = await command(file, args);
      if (code === 0) return passed;
      process.stdout.write(output);
      return failed(`${name}: ended with code ${code}, see above`);
    },
  };
}

const tool = (name: string, bin: string, ...args: string[]) => commandCheck(name, join(ROOT, 'node_modules/.bin', bin), args);

function buildCheck(bundle: Bundle): Check {
  const name = `build of the ${bundle.name}`;
  return {
    name,
    async run() {
      try {
        await ensureBuilt(ROOT, process.execPath, [bundle]);
        return passed;
      } catch (error) {
        return failed(error instanceof Error ? error.message : String(error));
      }
    },
  };
}

/** Each project of the compiler by itself, because each has its own idea of what exists: no DOM on the server, nothing at all in the domain. */
function typeChecks(): Check[] {
  const projects = [...globSync('packages/*/tsconfig.json', { cwd: ROOT }).sort(), 'tsconfig.json', 'tsconfig.test.json'];
  return projects.map((project) => tool(`types of ${project}`, 'tsc', '-p', project));
}

const chromium: Check = {
  name: 'Chromium',
  async run() {
    const found = await findChromium();
    if (found.path === undefined) return failed(`Chromium: ${found.problem}`);
    process.env['FOYER_CHROMIUM'] = found.path;
    return passed;
  },
};

// Limits are for what hangs, not for what is slow: about three times what each takes on two processors with nothing else to do.
const quickTests: Check = { name: 'unit tests', run: () => runTests({ name: 'unit', projects: ['unit'], limitMs: 3 * MINUTE_MS }) };
const tests: Check = {
  name: 'unit, contract and fuzz tests',
  run: () => runTests({ name: 'tests', projects: ['unit', 'slow', 'fuzz'], limitMs: 8 * MINUTE_MS }),
};
const browserTests: Check = {
  name: 'browser tests',
  run: () => runTests({ name: 'browser', projects: ['browser'], limitMs: 16 * MINUTE_MS, again: true }),
};
const endToEndTests = (...more: string[]): Check => ({
  name: 'end-to-end tests',
  run: () => runTests({ name: 'e2e', projects: ['e2e', 'e2e-measured', ...more], limitMs: 15 * MINUTE_MS, again: true }),
});
export const soakTests: Check = {
  name: 'fuzz tests with the long seeds',
  run: () => runTests({ name: 'soak', projects: ['fuzz'], limitMs: 24 * 60 * MINUTE_MS }),
};

function staticChecks(): Check[] {
  return [
    ...BUNDLES.map(buildCheck),
    ...typeChecks(),
    // Type-aware, and warnings count: a rule is an error or it is off.
    tool('lint', 'oxlint', '--deny-warnings'),
    tool('format', 'prettier', '--check', '--log-level=warn', '.'),
    commandCheck('rules of SPEC.md', process.execPath, ['tools/spec-check.ts']),
    tool('unused files, exports and dependencies', 'knip', '--no-progress'),
  ];
}

/** What a person waits for before each commit: under a minute on two cores. */
export const quickChecks = (): Check[] => [...staticChecks(), quickTests];

/** What fits into ten minutes on two cores, the installing included. The walls (tools/arrows.test.ts) are among the unit tests. */
export const mainChecks = (): Check[] => [chromium, ...staticChecks(), tests, endToEndTests()];

/** Everything: each screen by itself with a scripted server as well, and in every theme and width. */
export const allChecks = (): Check[] => [chromium, ...staticChecks(), tests, browserTests, endToEndTests('e2e-sweeps')];
