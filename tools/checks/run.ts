import { endChildrenOnSignals } from './command.ts';
import { type Check, failed, type Outcome, summarise } from './outcome.ts';

/**
 * Runs the checks one after the other, whatever came of the ones before, prints what came of each, and ends with the summary.
 * Sets the exit code. A check that throws has failed with that reason; the others run all the same.
 */
export async function runChecks(checks: readonly Check[]): Promise<void> {
  endChildrenOnSignals();
  const outcomes: Outcome[] = [];
  for (const check of checks) {
    const began = performance.now();
    const outcome = await check
      .run()
      .catch((error: unknown) => failed(`${check.name}: ${error instanceof Error ? error.message : String(error)}`));
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    process.stdout.write(`${outcome.failures.length === 0 ? '✓' : '✗'} ${check.name} (${seconds} s)\n`);
    outcomes.push(outcome);
  }
  const { text, ok } = summarise(outcomes);
  process.stdout.write(`\n${text}\n`);
  process.exitCode = ok ? 0 : 1;
}
