import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import * as v from 'valibot';
import { ROOT } from '../source.ts';
import { command } from './command.ts';
import type { Outcome } from './outcome.ts';

/** The part of vitest's JSON report that we read. */
const Report = v.object({
  success: v.boolean(),
  testResults: v.array(
    v.object({
      name: v.string(),
      status: v.string(),
      message: v.optional(v.string(), ''),
      assertionResults: v.array(v.object({ fullName: v.string(), status: v.string() })),
    }),
  ),
});

export interface TestRun {
  readonly projects: readonly string[];
  /** Names the run in messages, and its report. */
  readonly name: string;
  readonly limitMs: number;
  readonly env?: Readonly<Record<string, string>>;
  /** A few tests that fail are run once more with nothing beside them (`settle`). */
  readonly again?: boolean;
}

/** More failures than this are no accident of the machine. */
const MOST_UNSTEADY = 3;
/** A message that is lost once in a while is lost: what holds us to that has to hold the first time. */
const FIRST_TIME = /(^|\/|\.)kill\.test\.ts$/;

/** Runs the tests of some projects of vitest.config.ts, shown while they run, and counts them from the JSON report. */
export async function runTests(run: TestRun): Promise<Outcome> {
  const first = await runFiles(run, run.name, []);
  const files = run.again ? filesToSettle(first) : [];
  if (files.length === 0) return first;
  process.stdout.write(`\n${files.join(', ')}: once more, alone\n`);
  return settle(first, await runFiles(run, `${run.name}-again`, [...files, '--no-file-parallelism']));
}

async function runFiles({ projects, limitMs, env = {} }: TestRun, name: string, more: readonly string[]): Promise<Outcome> {
  const report = join(ROOT, `.cache/tests/${name}.json`);
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const chosen = projects.flatMap((project) => ['--project', project]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = ['node_modules/vitest/vitest.mjs', 'run', ...chosen, ...reporters, ...more];
  const { code } = await command(process.execPath, args, { show: true, limitMs, env });
  return outcomeOf(existsSync(report) ? readFileSync(report, 'utf8') : undefined, code, name);
}

const fileOf = (failure: string): string => failure.split(': ', 1)[0]!;

/** Files whose failures another run may explain; none when there are many, when something else went wrong, or where nothing may go wrong once. */
export function filesToSettle({ failures }: Outcome): string[] {
  const files = [...new Set(failures.map(fileOf))];
  const isFew = failures.length <= MOST_UNSTEADY && files.every((file) => /\.test\.tsx?$/.test(file));
  return isFew ? files.filter((file) => !FIRST_TIME.test(file)) : [];
}

/**
 * What a second run of the failed files says: failed in both runs is a failure, passed in the second is unsteady and told by name. Real browsers
 * on a machine that others use stand still for seconds now and then; with nothing beside it a fault of ours fails again.
 */
export function settle(first: Outcome, second: Outcome): Outcome {
  const again = new Set(second.failures);
  const tried = new Set(filesToSettle(first));
  const unsteady = first.failures.filter((name) => tried.has(fileOf(name)) && !again.has(name));
  const failures = [...new Set([...first.failures.filter((name) => !unsteady.includes(name)), ...second.failures])];
  return { passed: first.passed + unsteady.length, failures, skipped: first.skipped, unsteady };
}

/**
 * Counts a report. What is no test but went wrong counts as one failure each: no report, a file that did not load,
 * a test that did not come to its end, an error outside of any test (the report then says failure without naming one), no test at all.
 */
export function outcomeOf(report: string | undefined, code: number, name: string): Outcome {
  if (report === undefined)
    return { passed: 0, failures: [`${name}: the test runner ended with code ${code} and left no report`], skipped: [], unsteady: [] };
  const { success, testResults } = v.parse(Report, JSON.parse(report));
  const failures: string[] = [];
  const skipped: string[] = [];
  let passes = 0;
  for (const file of testResults) {
    const path = relative(ROOT, file.name);
    for (const test of file.assertionResults) {
      if (test.status === 'passed') passes += 1;
      else if (test.status === 'failed') failures.push(`${path}: ${test.fullName}`);
      // Its process ended before it did.
      else if (test.status === 'pending') failures.push(`${path}: ${test.fullName}: did not come to its end`);
      else skipped.push(`${path}: ${test.fullName}`);
    }
    const named = file.assertionResults.some((test) => test.status === 'failed' || test.status === 'pending');
    if (file.status === 'failed' && !named) failures.push(`${path}: ${file.message.split('\n')[0] || 'does not load'}`);
  }
  if (failures.length === 0 && (code !== 0 || !success)) failures.push(`${name}: the test runner ended with code ${code}, see above`);
  if (passes === 0 && failures.length === 0) failures.push(`${name}: no test was executed`);
  return { passed: passes, failures, skipped, unsteady: [] };
}
