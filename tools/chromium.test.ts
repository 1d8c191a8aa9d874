import { expect, it } from 'vitest';
import { findChromium, type Machine } from './chromium.ts';

/** A machine with some programs, where an install command makes a program appear. */
function aMachine({
  programs = [],
  installs = {},
  ...rest
}: Partial<Machine> & { programs?: string[]; installs?: Record<string, string> }) {
  const present = new Set(programs);
  const commands: string[] = [];
  const machine: Machine = {
    given: undefined,
    isRoot: true,
    hasApt: true,
    playwrightPath: '/home/a/.cache/ms-playwright/chrome',
    isExecutable: (path) => present.has(path),
    async run(file, args) {
      const command = [file.split('/').at(-1), ...args.map((arg) => arg.split('/').at(-1))].join(' ');
      commands.push(command);
      const made = installs[command];
      if (made !== undefined) present.add(made);
      return made !== undefined;
    },
    ...rest,
  };
  return { machine, commands };
}
const APT = ['apt-get update', 'apt-get install -y chromium'];
const PLAYWRIGHT = `${process.execPath.split('/').at(-1)} cli.js install chromium`;

it('[HS8] uses the Chromium that FOYER_CHROMIUM names, and no other', async () => {
  const { machine, commands } = aMachine({ given: '/opt/chrome', programs: ['/opt/chrome', '/usr/bin/chromium'] });
  expect(await findChromium(machine)).toEqual({ path: '/opt/chrome' });
  expect(await findChromium({ ...machine, given: '/nowhere' })).toMatchObject({
    path: undefined,
    problem: expect.stringContaining('/nowhere'),
  });
  expect(commands).toEqual([]);
});

it.each(['/usr/bin/chromium', '/home/a/.cache/ms-playwright/chrome'])('[HS8] uses %s when it is there', async (path) => {
  const { machine, commands } = aMachine({ programs: [path] });
  expect(await findChromium(machine)).toEqual({ path });
  expect(commands).toEqual([]);
});

it("[HS8] installs Debian's as root", async () => {
  const { machine, commands } = aMachine({ installs: { 'apt-get install -y chromium': '/usr/bin/chromium' } });
  expect(await findChromium(machine)).toEqual({ path: '/usr/bin/chromium' });
  expect(commands).toEqual(APT);
});

it.each([
  ['a user who is not root', { isRoot: false }, []],
  ['a system without apt', { hasApt: false }, []],
  ['a Debian that has none', {}, APT],
])("[HS8] installs Playwright's own for %s", async (_who, machineIs, before) => {
  const { machine, commands } = aMachine({ ...machineIs, installs: { [PLAYWRIGHT]: '/home/a/.cache/ms-playwright/chrome' } });
  expect(await findChromium(machine)).toEqual({ path: '/home/a/.cache/ms-playwright/chrome' });
  expect(commands).toEqual([...before, PLAYWRIGHT]);
});

it('[HS8] says what to do when none can be installed', async () => {
  const { machine } = aMachine({});
  expect(await findChromium(machine)).toMatchObject({ path: undefined, problem: expect.stringContaining('FOYER_CHROMIUM') });
});
