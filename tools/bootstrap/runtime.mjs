import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';

/** The floor: type stripping without a flag, `node:sqlite`, `import.meta.dirname` (docs/decisions/0001-house.md). */
const MIN_MAJOR = 24;

export const RUNTIME_ADVICE = `Foyer runs on Node ${MIN_MAJOR} or newer; this is ${process.version}, and the copy that comes with the packages is missing or does not run here.
  On Linux (x64, arm64): delete node_modules and run the command again, with the network reachable.
  Elsewhere: install Node ${MIN_MAJOR} from your system's packages or your version manager, then run the command again.`;

/**
 * Path of a Node that can run the programs: the one that runs now, or the one that npm installed; undefined when neither will do.
 *
 * @param {string} root
 * @param {{ version: string, execPath: string }} [current]
 */
export function findRuntime(root, current = { version: process.versions.node, execPath: process.execPath }) {
  if (isNewEnough(current.version)) return current.execPath;
  const own = join(root, 'node_modules/.bin/node');
  // Asked, because it may be there and not run: another libc, another architecture.
  const answer = spawnSync(own, ['--version'], { encoding: 'utf8' });
  return answer.status === 0 && isNewEnough(answer.stdout.trim().slice(1)) ? own : undefined;
}

/** @param {string} version */
const isNewEnough = (version) => Number.parseInt(version, 10) >= MIN_MAJOR;

/**
 * Flags of the server's process. A small young generation: what a visit allocates lives for milliseconds or for half an hour, and V8's
 * default holds tens of megabytes for the first kind. With 4 a fifth of the ingest went into scavenges (docs/decisions/0006-budgets.md).
 */
export const SERVER_FLAGS = ['--max-semi-space-size=8'];

// A visitor is a file descriptor. Above a million nothing is gained, and programs that close every descriptor they could have become slow.
const RAISE_AND_RUN = 'h=$(ulimit -Hn); [ "$h" != unlimited ] && [ "$h" -le 1048576 ] || h=1048576; ulimit -Sn "$h" 2>/dev/null; exec "$@"';

/**
 * Becomes the program. On Node 24 this process is replaced, so its pid is the program's and signals need no help; Node 20 cannot do
 * that, and stays as an idle parent that passes signals down and the exit code up.
 *
 * @param {string} runtime
 * @param {string[]} args
 */
export function handOver(runtime, args) {
  const argv = ['-c', RAISE_AND_RUN, 'foyer', runtime, ...args];
  if (process.platform === 'win32') return follow(spawn(runtime, args, { stdio: 'inherit' }));
  if (typeof process.execve === 'function') process.execve('/bin/sh', ['sh', ...argv], process.env);
  follow(spawn('/bin/sh', argv, { stdio: 'inherit' }));
}

/** @param {import('node:child_process').ChildProcess} child */
function follow(child) {
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR2'])) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the whole group: passing it on would be a second one.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('error', (error) => {
    process.stderr.write(`foyer: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
}
