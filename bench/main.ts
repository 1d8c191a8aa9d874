/** `npm run bench [-- parts…] [--quick] [--json]`: the budgets, measured. What each part means: README.md. */
import { parseArgs } from 'node:util';
import type { BenchPart } from './part.ts';
import { analytics } from './parts/analytics.ts';
import { arrivals } from './parts/arrivals.ts';
import { chatAck } from './parts/chat-ack.ts';
import { chatScreen } from './parts/chat-screen.ts';
import { consoleTraffic } from './parts/console.ts';
import { dashboard } from './parts/dashboard.ts';
import { ingest } from './parts/ingest.ts';
import { lag } from './parts/lag.ts';
import { memory } from './parts/memory.ts';
import { monitor } from './parts/monitor.ts';
import { sizes } from './parts/sizes.ts';
import { startup } from './parts/startup.ts';
import { view } from './parts/view.ts';
import { stopServers } from './servers.ts';
import { NOTHING, type Results, table } from './results.ts';

const PARTS: readonly BenchPart[] = [
  sizes,
  startup,
  ingest,
  arrivals,
  memory,
  lag,
  chatAck,
  chatScreen,
  consoleTraffic,
  view,
  dashboard,
  monitor,
  analytics,
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(`Usage: npm run bench [-- parts…] [--quick] [--json]\n\nParts (all that say nothing else, when none is named):\n`);
    for (const { name, about } of PARTS) process.stdout.write(`  ${name.padEnd(12)}${about}\n`);
    return 0;
  }
  const unknown = positionals.filter((name) => !PARTS.some((part) => part.name === name));
  if (unknown.length > 0) {
    process.stderr.write(`No such part: ${unknown.join(', ')}. There are ${PARTS.map((part) => part.name).join(', ')}.\n`);
    return 2;
  }
  const results: Results = { ...NOTHING };
  const failed: string[] = [];
  if (values.quick) process.stdout.write('--quick: smaller populations and shorter runs; good for trends, not for budgets.\n');
  for (const part of PARTS) {
    if (positionals.length > 0 ? !positionals.includes(part.name) : part.isOnlyByName) continue;
    const beganMs = performance.now();
    process.stdout.write(`\n${part.name}: ${part.about}\n`);
    const say = (line: string) => void process.stdout.write(`  ${line}\n`);
    try {
      Object.assign(results, await part.run({ quick: values.quick, say }));
    } catch (error) {
      failed.push(part.name);
      say(`failed: ${error instanceof Error ? error.message : String(error)}`);
    }
    say(`${((performance.now() - beganMs) / 1000).toFixed(1)} s`);
  }
  process.stdout.write(`\n${table(results)}\n`);
  if (failed.length > 0) process.stdout.write(`\nfailed: ${failed.join(', ')}\n`);
  if (values.json) process.stdout.write(`${JSON.stringify({ ...results, quick: values.quick, failed })}\n`);
  return failed.length === 0 ? 0 : 1;
}

// Load generators end with this process by themselves; servers would not.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => void stopServers().finally(() => process.exit(code)));
process.exitCode = await main();
