/** `npm test`: the checks and tests that fit into ten minutes. */
import { mainChecks } from './checks/list.ts';
import { runChecks } from './checks/run.ts';

await runChecks(mainChecks());
