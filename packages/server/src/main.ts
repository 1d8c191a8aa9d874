/** The process: reads its options, starts, says where it is, and ends in order. */
import { readFileSync } from 'node:fs';
import { startFoyer } from './app.ts';
import { addressOf, loadConfig } from './config.ts';
import { createLog } from './observe/log.ts';

const OLDEST_NODE = 24;

async function main(): Promise<number> {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    process.stderr.write(
      `Foyer needs Node ${OLDEST_NODE} or newer; this is ${process.version}. Start it with \`npm start\`, which brings its own.\n`,
    );
    return 1;
  }
  const loaded = loadConfig();
  if (!loaded.ok) {
    process.stderr.write(`${loaded.error.join('\n')}\nSee --help.\n`);
    return 2;
  }
  if (loaded.value.kind === 'help') {
    process.stdout.write(loaded.value.text);
    return 0;
  }
  const { config, warnings } = loaded.value;
  const log = createLog({ level: config.logLevel });
  for (const warning of warnings) log.warn(warning);
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

  const foyer = await startFoyer({ config, log, version });
  const address = addressOf(config, foyer.port);
  process.stdout.write(`\nFoyer is ready at ${address}\n`);
  if (foyer.setupPath !== null) process.stdout.write(`Set it up (this link works once): ${address}${foyer.setupPath}\n`);
  process.stdout.write('\n');

  const signal = await new Promise<string>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve(name));
  });
  log.info(`${signal}: closing`);
  await foyer.close();
  return 0;
}

main().then(
  (code) => process.exit(code),
  (cause: unknown) => {
    process.stderr.write(`Foyer could not go on: ${cause instanceof Error ? cause.message : String(cause)}\n`);
    process.exit(1);
  },
);
