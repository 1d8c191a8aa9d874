/** What came of one check: of a test run many tests, of everything else one. */
export interface Outcome {
  readonly passed: number;
  /** One name for each failure, with its reason where there is one. */
  readonly failures: readonly string[];
  /** Names of the tests that did not run. */
  readonly skipped: readonly string[];
  /** Names of the tests that failed among others and passed alone: no failure, but nothing to be silent about. */
  readonly unsteady: readonly string[];
}

export interface Check {
  readonly name: string;
  readonly run: () => Promise<Outcome>;
}

export const passed: Outcome = { passed: 1, failures: [], skipped: [], unsteady: [] };

export function failed(reason: string): Outcome {
  return { passed: 0, failures: [reason], skipped: [], unsteady: [] };
}

/**
 * The end of a run's output: skipped, unsteady and failed by name, then the line that machines read. Nothing executed is a failure, not a success.
 */
export function summarise(outcomes: readonly Outcome[]): { text: string; ok: boolean } {
  const passes = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const skipped = outcomes.flatMap((outcome) => outcome.skipped);
  const unsteady = outcomes.flatMap((outcome) => outcome.unsteady);
  const failures = outcomes.flatMap((outcome) => outcome.failures);
  if (passes === 0 && failures.length === 0) failures.push('nothing was executed');
  const count = `${passes} passed, ${failures.length} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`;
  const names = [
    ...skipped.map((name) => `skipped: ${name}`),
    ...unsteady.map((name) => `unsteady: ${name}`),
    ...failures.map((name) => `failed: ${name}`),
  ];
  return { text: [...names, count].join('\n'), ok: failures.length === 0 };
}
