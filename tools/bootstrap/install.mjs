import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';

/** @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean }} LockedPackage */

/**
 * Leaves an installed tree behind that agrees with package-lock.json. Costs one read and one hash when it already does.
 * Throws when `npm ci` fails; its own output has said why.
 *
 * @param {string} root
 * @param {(root: string) => void} [install]
 */
export async function ensureInstalled(root, install = npmCi) {
  if (isStamped(root)) return;
  await withLock(join(root, '.cache/bootstrap.lock'), () => {
    // Somebody who ran `npm install` by hand has a right tree without our stamp.
    if (!isStamped(root) && !agreesWithLockfile(root)) install(root);
    writeFileSync(stampPath(root), fingerprint(root));
  });
}

/** @param {string} root */
function npmCi(root) {
  process.stderr.write('foyer: installing packages (npm ci)\n');
  const npm = process.env['npm_execpath'];
  // Scripts of dependencies stay off: none is needed, and npm 12 blocks them anyway. `--include=dev`: NODE_ENV=production would leave
  // out what builds the browser bundles. npm's stdout goes to stderr, so that a program's own stdout (a JSON document, say) stays clean.
  const args = [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    '--prefer-offline',
  ];
  const [file, ...before] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
  const done = spawnSync(/** @type {string} */ (file), [...before, ...args], { cwd: root, stdio: ['ignore', 2, 2] });
  if (done.error) throw new Error(`npm could not be started: ${done.error.message}`);
  if (done.status !== 0) throw new Error('npm ci failed, see above');
}

/** @param {string} root */
const stampPath = (root) => join(root, 'node_modules/.foyer-installed');

/** Platform and architecture belong to it: a tree copied to another kind of machine lacks that machine's binaries. @param {string} root */
function fingerprint(root) {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  return `${hash.digest('hex')} ${process.platform}-${process.arch}\n`;
}

/** @param {string} root */
function isStamped(root) {
  try {
    return readFileSync(stampPath(root), 'utf8') === fingerprint(root);
  } catch {
    return false;
  }
}

/**
 * Compares what npm says it installed (its hidden lockfile, written last) with package-lock.json. Optional packages may be absent: most are
 * for other platforms.
 *
 * @param {string} root
 */
function agreesWithLockfile(root) {
  /** @type {Record<string, LockedPackage>[]} */
  let both;
  try {
    both = ['package-lock.json', 'node_modules/.package-lock.json'].map(
      (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).packages,
    );
  } catch {
    return false;
  }
  const [wanted = {}, installed = {}] = both;
  return Object.entries(wanted).every(([path, want]) => {
    if (!path.includes('node_modules/')) return true;
    const have = installed[path];
    if (have === undefined) return want.optional === true;
    return have.version === want.version && have.link === want.link && have.integrity === want.integrity;
  });
}
