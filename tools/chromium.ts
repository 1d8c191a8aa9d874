import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { command } from './checks/command.ts';
import { ROOT } from './source.ts';

const INSTALL_LIMIT_MS = 300_000;
const SYSTEM_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/opt/google/chrome/chrome'];

/** What the search asks of the machine; replaced in tests. */
export interface Machine {
  readonly given: string | undefined;
  readonly isRoot: boolean;
  readonly hasApt: boolean;
  /** Where Playwright puts the Chromium that it downloads, whether or not it is there. */
  readonly playwrightPath: string;
  isExecutable(path: string): boolean;
  /** Answers whether it ended with 0; its output is shown. */
  run(file: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<boolean>;
}

export type Chromium = { readonly path: string } | { readonly path: undefined; readonly problem: string };

/**
 * Path of a Chromium for the browser tests: the one named by `FOYER_CHROMIUM`, one of the system's, Playwright's own; installed first when
 * there is none. Debian's comes first for root, because it brings the libraries it needs along, which Playwright's does not.
 */
export async function findChromium(machine: Machine = thisMachine()): Promise<Chromium> {
  if (machine.given !== undefined) {
    return machine.isExecutable(machine.given)
      ? { path: machine.given }
      : { path: undefined, problem: `FOYER_CHROMIUM names ${machine.given}, which is no program` };
  }
  const installed = () => [...SYSTEM_PATHS, machine.playwrightPath].find((path) => machine.isExecutable(path));
  const before = installed();
  if (before !== undefined) return { path: before };
  if (machine.isRoot && machine.hasApt) {
    const apt = { DEBIAN_FRONTEND: 'noninteractive' };
    // A stale package list names versions that the mirror no longer has; a failed update may still leave a list that is good enough.
    await machine.run('apt-get', ['update'], apt);
    await machine.run('apt-get', ['install', '-y', 'chromium'], apt);
  }
  if (installed() === undefined)
    await machine.run(process.execPath, [join(ROOT, 'node_modules/playwright-core/cli.js'), 'install', 'chromium']);
  const path = installed();
  return path === undefined ? { path, problem: 'none found and none could be installed; set FOYER_CHROMIUM to the path of one' } : { path };
}

function thisMachine(): Machine {
  return {
    given: process.env['FOYER_CHROMIUM'],
    isRoot: process.getuid?.() === 0,
    hasApt: existsSync('/usr/bin/apt-get'),
    playwrightPath: chromium.executablePath(),
    isExecutable(path) {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    },
    run: async (file, args, env) => (await command(file, args, { show: true, limitMs: INSTALL_LIMIT_MS, ...(env && { env }) })).code === 0,
  };
}
