import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';

/**
 * @typedef {object} Bundle
 * @property {string} name
 * @property {string} cwd where the build runs, from the root
 * @property {string[]} command arguments of Node, from `cwd`
 * @property {string[]} inputs files and folders whose content decides whether it is stale, from the root
 * @property {string} output the folder of what it makes, from the root; holds the stamp
 * @property {string} entry a file in `output` without which nothing was built
 */

/** What a browser loads, so what cannot run from source. @type {readonly Bundle[]} */
export const BUNDLES = [
  {
    name: 'embed',
    cwd: '.',
    command: ['packages/embed/build.ts'],
    inputs: ['packages/embed', 'packages/protocol', 'packages/domain', 'tsconfig.base.json', 'package-lock.json'],
    output: 'packages/embed/dist',
    entry: 'foyer.js',
  },
  {
    name: 'dashboard',
    cwd: 'packages/dashboard',
    command: ['../../node_modules/vite/bin/vite.js', 'build'],
    inputs: ['packages/dashboard', 'packages/protocol', 'packages/domain', 'tsconfig.base.json', 'package-lock.json'],
    output: 'packages/dashboard/dist',
    entry: 'index.html',
  },
];

/**
 * Builds the bundles that are stale, one after the other, and throws at the first that fails, with what it printed.
 * Costs a read of every source file when nothing is stale.
 *
 * @param {string} root
 * @param {string} runtime path of a Node that runs TypeScript
 * @param {readonly Bundle[]} [bundles]
 */
export async function ensureBuilt(root, runtime, bundles = BUNDLES) {
  if (bundles.every((bundle) => isFresh(root, bundle, fingerprint(root, bundle)))) return;
  await withLock(join(root, '.cache/bootstrap.lock'), () => {
    for (const bundle of bundles) {
      const sources = fingerprint(root, bundle);
      if (!isFresh(root, bundle, sources)) build(root, runtime, bundle, sources);
    }
  });
}

/** @param {string} root @param {string} runtime @param {Bundle} bundle @param {string} sources */
function build(root, runtime, bundle, sources) {
  const began = performance.now();
  rmSync(stampPath(root, bundle), { force: true });
  const done = spawnSync(runtime, bundle.command, { cwd: join(root, bundle.cwd), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (done.error || done.status !== 0) {
    throw new Error(`the ${bundle.name} does not build:\n${done.error?.message ?? ''}${done.stdout ?? ''}${done.stderr ?? ''}`);
  }
  if (!existsSync(join(root, bundle.output, bundle.entry))) throw new Error(`the build of the ${bundle.name} made no ${bundle.entry}`);
  // The fingerprint from before the build: a source edited meanwhile makes the result stale, as it should.
  writeFileSync(stampPath(root, bundle), sources);
  process.stderr.write(`foyer: built the ${bundle.name} in ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
}

/** @param {string} root @param {Bundle} bundle */
const stampPath = (root, bundle) => join(root, bundle.output, '.foyer-built');

/** @param {string} root @param {Bundle} bundle @param {string} sources */
function isFresh(root, bundle, sources) {
  try {
    return readFileSync(stampPath(root, bundle), 'utf8') === sources && existsSync(join(root, bundle.output, bundle.entry));
  } catch {
    return false;
  }
}

/** By content, not by time: a checkout gives every file a new time. @param {string} root @param {Bundle} bundle */
function fingerprint(root, bundle) {
  const hash = createHash('sha256');
  for (const input of bundle.inputs) {
    for (const path of filesUnder(root, input)) hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex');
}

/** size.json is what the embed's build writes about its result. */
const NOT_BUILT = /\.test\.tsx?$|\.testkit\.ts$|\.md$|^size\.json$/;

/** @param {string} root @param {string} path @returns {Generator<string>} */
function* filesUnder(root, path) {
  if (!statSync(join(root, path)).isDirectory()) return yield path;
  const entries = readdirSync(join(root, path), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const child = `${path}/${entry.name}`;
    if (entry.isDirectory()) {
      if (entry.name !== 'dist' && entry.name !== 'node_modules' && entry.name !== 'test') yield* filesUnder(root, child);
    } else if (!entry.name.startsWith('.') && !NOT_BUILT.test(entry.name)) yield child;
  }
}
