/** `npm run test:all`: every check and every test there is. */
import { allChecks } from './checks/list.ts';
import { runChecks } from './checks/run.ts';

await runChecks(allChecks());
