import { lockDataDir } from '../index.ts';

lockDataDir(process.argv[2] ?? '', Date.now());
process.stdout.write('locked\n');
// Nothing but the lock lives here; stay until killed.
process.stdin.resume();
setInterval(() => undefined, 60_000);
