/** `npm run check`: the checks and unit tests that fit into a minute, without a browser. */
import { quickChecks } from './checks/list.ts';
import { runChecks } from './checks/run.ts';

await runChecks(quickChecks());
