/**
 * What every npm script runs first, on whatever Node is at hand (20 or newer): makes sure that the packages are installed and the browser
 * bundles built, then hands over to the program on Node 24. Plain JavaScript without dependencies, because there may be none yet.
 * On a tree that is up to date it costs less than 50 ms of its own.
 */
import { join } from 'node:path';
import { ensureBuilt } from './bootstrap/build.mjs';
import { ensureInstalled } from './bootstrap/install.mjs';
import { findRuntime, handOver, RUNTIME_ADVICE, SERVER_FLAGS } from './bootstrap/runtime.mjs';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');

/** `builds: false`: the program builds by itself, and reports or watches it. @type {Record<string, { program: string, builds: boolean }>} */
const COMMANDS = {
  start: { program: 'packages/server/src/main.ts', builds: true },
  demo: { program: 'tools/demo.ts', builds: true },
  bench: { program: 'bench/main.ts', builds: true },
  dev: { program: 'tools/dev.ts', builds: false },
  check: { program: 'tools/check.ts', builds: false },
  test: { program: 'tools/test.ts', builds: false },
  'test:all': { program: 'tools/test-all.ts', builds: false },
  soak: { program: 'tools/soak.ts', builds: true },
};

/** @param {string} name @param {string} message @returns {never} */
function giveUp(name, message) {
  process.stderr.write(`foyer: ${message}\n`);
  // The last line of a test run is read by machines, also when it could not even begin.
  if (name.startsWith('test')) process.stdout.write('0 passed, 1 failed\n');
  process.exit(1);
}

const [name = '', ...args] = process.argv.slice(2);
const command = COMMANDS[name];
if (command === undefined) giveUp(name, `no such command: ${name || '(none)'}. There are: ${Object.keys(COMMANDS).join(', ')}`);
try {
  await ensureInstalled(root);
  const runtime = findRuntime(root);
  if (runtime === undefined) giveUp(name, RUNTIME_ADVICE);
  if (command.builds) await ensureBuilt(root, runtime);
  const flags = name === 'start' || name === 'demo' ? SERVER_FLAGS : [];
  handOver(runtime, [...flags, join(root, command.program), ...args]);
} catch (error) {
  giveUp(name, error instanceof Error ? error.message : String(error));
}
