/** `npm run soak`: the fuzz tests with many more seeds than `npm test` gives them. `FOYER_FUZZ_SEEDS` says how many. */
import { soakTests } from './checks/list.ts';
import { runChecks } from './checks/run.ts';

process.env['FOYER_FUZZ_SEEDS'] ??= '5000';
await runChecks([soakTests]);
