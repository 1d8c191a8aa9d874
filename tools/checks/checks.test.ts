import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../source.ts';
import { type Outcome, summarise } from './outcome.ts';
import { filesToSettle, outcomeOf, settle } from './vitest.ts';

const outcome = (passed: number, failures: string[] = [], skipped: string[] = [], unsteady: string[] = []): Outcome => ({
  passed,
  failures,
  skipped,
  unsteady,
});
const lastLine = (text: string) => text.trimEnd().split('\n').at(-1);

describe('summarise', () => {
  it('[HS6] counts tests and other checks as one each', () => {
    expect(summarise([outcome(1), outcome(40), outcome(0, ['lint: ended with code 1'])])).toEqual({
      text: 'failed: lint: ended with code 1\n41 passed, 1 failed',
      ok: false,
    });
    expect(summarise([outcome(1), outcome(40)])).toEqual({ text: '41 passed, 0 failed', ok: true });
  });

  it('[HS7] lists skipped tests by name, and does not take them for failures', () => {
    expect(summarise([outcome(2, [], ['a.test.ts: [PR1] x'])])).toEqual({
      text: 'skipped: a.test.ts: [PR1] x\n2 passed, 0 failed, 1 skipped',
      ok: true,
    });
  });

  it('[HS7] takes nothing executed for a failure', () => {
    expect(summarise([])).toMatchObject({ ok: false, text: expect.stringMatching(/\n0 passed, 1 failed$/) });
  });
});

describe('a second run of what failed', () => {
  const a = 'e2e/a.test.ts: [EE1] a';
  const b = 'e2e/b.test.ts: [EE2] b';

  it('[HS22] is of the few files that failed, and of none that may not fail once', () => {
    expect(filesToSettle(outcome(9, [a, b, 'e2e/b.test.ts: [EE3] c']))).toEqual(['e2e/a.test.ts', 'e2e/b.test.ts']);
    expect(filesToSettle(outcome(9, [a, 'e2e/chat.kill.test.ts: [EE42] x', 'e2e/kill.test.ts: [EE12] y']))).toEqual(['e2e/a.test.ts']);
    expect(filesToSettle(outcome(9, [a, b, 'e2e/c.test.ts: 1', 'e2e/c.test.ts: 2']))).toEqual([]);
    expect(filesToSettle(outcome(9, [a, 'e2e: the test runner ended with code 137, see above']))).toEqual([]);
  });

  it('[HS22] says by name what passed the second time, and keeps what failed again or only then', () => {
    expect(settle(outcome(9, [a, b]), outcome(4, [b]))).toEqual(outcome(10, [b], [], [a]));
    expect(settle(outcome(9, [a]), outcome(0, ['e2e-again: the test runner ended with code 1 and left no report'])).failures).toHaveLength(
      1,
    );
    expect(settle(outcome(9, [a, 'e2e/kill.test.ts: [EE12] y']), outcome(4))).toEqual(outcome(10, ['e2e/kill.test.ts: [EE12] y'], [], [a]));
    expect(summarise([outcome(3, [], [], [a])])).toEqual({ text: `unsteady: ${a}\n3 passed, 0 failed`, ok: true });
  });
});

describe('outcomeOf', () => {
  const file = (status: string, tests: [string, string][], message = '') => ({
    name: join(ROOT, 'packages/a.test.ts'),
    status,
    message,
    assertionResults: tests.map(([fullName, result]) => ({ fullName, status: result })),
  });
  const report = (success: boolean, ...testResults: object[]) => JSON.stringify({ success, testResults });
  const good = file('passed', [
    ['[PR1] a', 'passed'],
    ['[PR2] b', 'passed'],
  ]);

  it('[HS6] counts passed, failed and skipped tests', () => {
    const mixed = file('failed', [
      ['[PR1] a', 'passed'],
      ['[PR2] b', 'failed'],
      ['[PR3] c', 'skipped'],
      ['[PR4] d', 'todo'],
    ]);
    expect(outcomeOf(report(false, good, mixed), 1, 'unit')).toEqual(
      outcome(3, ['packages/a.test.ts: [PR2] b'], ['packages/a.test.ts: [PR3] c', 'packages/a.test.ts: [PR4] d']),
    );
  });

  it('[HS7] counts a test that was begun and never ended', () => {
    const crashed = file('passed', [
      ['[PR1] a', 'passed'],
      ['[PR2] b', 'pending'],
    ]);
    expect(outcomeOf(report(true, crashed), 1, 'unit')).toEqual(outcome(1, ['packages/a.test.ts: [PR2] b: did not come to its end']));
  });

  it('[HS7] counts a file that does not load', () => {
    const broken = file('failed', [], 'Cannot find module x\n    at y');
    expect(outcomeOf(report(false, good, broken), 1, 'unit')).toEqual(outcome(2, ['packages/a.test.ts: Cannot find module x']));
  });

  it('[HS7] counts an error outside of a test, a missing report and no tests', () => {
    expect(outcomeOf(report(false, good), 1, 'unit').failures).toEqual(['unit: the test runner ended with code 1, see above']);
    expect(outcomeOf(report(true, good), 137, 'unit').failures).toEqual(['unit: the test runner ended with code 137, see above']);
    expect(outcomeOf(undefined, 139, 'unit').failures).toEqual(['unit: the test runner ended with code 139 and left no report']);
    expect(outcomeOf(report(true), 0, 'unit').failures).toEqual(['unit: no test was executed']);
    expect(outcomeOf(report(true, file('passed', [['[PR1] a', 'skipped']])), 0, 'unit').failures).toEqual(['unit: no test was executed']);
  });
});

describe('runChecks', () => {
  const script = (checks: string) => `
    const { runChecks } = await import(${JSON.stringify(join(ROOT, 'tools/checks/run.ts'))});
    await runChecks([${checks}]);`;
  const run = (checks: string) =>
    new Promise<{ code: number; stdout: string }>((resolve) => {
      const child = execFile(process.execPath, ['--input-type=module', '-e', script(checks)], (_error, stdout) => {
        resolve({ code: child.exitCode ?? -1, stdout });
      });
    });
  const passing = "{ name: 'good', run: async () => ({ passed: 2, failures: [], skipped: [] }) }";
  const throwing = "{ name: 'bad', run: async () => { throw new Error('broken'); } }";

  it('[HS6][HS7] runs the checks after a failed one, ends with the count and exits 1', async () => {
    const { code, stdout } = await run(`${throwing}, ${passing}`);
    expect(stdout).toContain('✗ bad');
    expect(stdout).toContain('✓ good');
    expect(stdout).toContain('failed: bad: broken\n');
    expect(lastLine(stdout)).toBe('2 passed, 1 failed');
    expect(code).toBe(1);
  });

  it('[HS6] exits 0 when nothing failed', async () => {
    const { code, stdout } = await run(passing);
    expect(lastLine(stdout)).toBe('2 passed, 0 failed');
    expect(code).toBe(0);
  });
});

it('[HS9] .ci/run runs every test in the repository, from any directory and without stdin', async () => {
  // An npm of our own, first on the PATH, tells what it was asked, where, and what stdin held.
  const fake = `npm() { echo "npm $* in $PWD, stdin: [$(cat)]"; }; exec() { "$@"; }; export -f npm exec; bash ${JSON.stringify(join(ROOT, '.ci/run'))}`;
  const stdout = await new Promise<string>((resolve) => {
    const child = execFile('bash', ['-c', fake], { cwd: tmpdir() }, (_error, output) => resolve(output));
    child.stdin?.end('unwanted');
  });
  expect(stdout).toBe(`npm run test:all in ${ROOT}, stdin: []\n`);
});

it('[HS6] package.json tests with the bootstrap', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  // `exec`: npm passes signals to its shell only, which would die and leave the program running.
  for (const [name, script] of Object.entries(scripts)) expect(script).toBe(`exec node tools/bootstrap.mjs ${name}`);
});
