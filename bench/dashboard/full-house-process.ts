/**
 * `node bench/dashboard/full-house-process.ts [--visitors 100000] [--cities 5000] [--events 5000] [--port 8080]`: a whole server with more
 * visitors than a machine has sockets. HTTP, sign-in, consoles, views, history and databases are the server's own; visitors' sockets are
 * absent, and what they would have said is told to the live core as facts. Prints where it is, then `Everybody is here` once they are.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createLog, type Foyer, loadConfig, startFoyer } from '@foyer/server';
import { signIn } from '../../tools/swarm/sign-in.ts';
import { FactWorld } from '../hub/fact-world.ts';
import { pause } from '../process-stat.ts';
import { LOGIN } from '../servers.ts';
import { createPlaces } from './places.ts';

/** Arrivals told at a time, and how many may wait for their number meanwhile. */
const SLICE = 1_000;
/** One in twenty is away at a time, for half a minute at the full rate: long enough to be shown as gone. */
const AWAY_SHARE = 0.05;

const { values } = parseArgs({
  options: {
    visitors: { type: 'string', default: '100000' },
    cities: { type: 'string', default: '5000' },
    events: { type: 'string', default: '5000' },
    port: { type: 'string', default: '0' },
  },
});

/** Its only site. */
async function furnish(foyer: Foyer): Promise<{ workspace: string; site: string }> {
  const token = foyer.setupPath?.split('token=')[1] ?? '';
  const site = { name: 'Bench', domain: 'shop.example' };
  const done = await foyer.setup.complete({ token, workspace: 'Bench', name: 'Bench', ...LOGIN, site, timeZone: 'UTC' }, '');
  if (!done.ok) throw new Error(`it could not be set up: ${done.error}`);
  const { directory } = foyer;
  const { workspace } = done.value.actor;
  await directory.changeWorkspace(workspace, ({ name, settings }) => ({ name, settings: { ...settings, tracking: true } }));
  const [first] = directory.sites(workspace);
  if (first === undefined) throw new Error('set-up makes a site');
  return { workspace, site: first.id };
}

/** As everybody else would ask: has the newest visitor got its number? */
async function newestIsMet(url: string, cookie: string): Promise<boolean> {
  const response = await fetch(`${url}/api/v1/visitors?limit=1`, { headers: { cookie } });
  if (!response.ok) throw new Error(`/visitors answered ${response.status}: ${await response.text()}`);
  const { rows } = (await response.json()) as { rows: { n: number }[] };
  return rows[0]?.n !== 0;
}

async function main(): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'foyer-bench-'));
  process.on('exit', () => rmSync(data, { recursive: true, force: true }));
  const loaded = loadConfig(['--port', values.port, '--host', '127.0.0.1', '--data', data], { FOYER_LOG_LEVEL: 'error' });
  if (!loaded.ok || loaded.value.kind !== 'run') throw new Error(loaded.ok ? loaded.value.kind : loaded.error.join('\n'));
  const { config } = loaded.value;
  const foyer = await startFoyer({ config, log: createLog({ level: config.logLevel }), version: 'bench' });
  const url = `http://127.0.0.1:${foyer.port}`;
  const { workspace, site } = await furnish(foyer);
  process.stdout.write(`Foyer is ready at ${url} (${LOGIN.email} / ${LOGIN.password})\n`);

  const visitors = Number(values.visitors);
  const away = Math.round(visitors * AWAY_SHARE);
  const world = new FactWorld({ live: foyer.live, workspace, site, placeOf: createPlaces(Number(values.cities)), away });
  const cookie = await signIn(url, LOGIN);
  while (world.visits < visitors) {
    for (let i = 0; i < SLICE && world.visits < visitors; i++) world.arrive();
    do await pause(5);
    while (!(await newestIsMet(url, cookie)));
  }
  world.feed(Number(values.events));
  process.stdout.write(`Everybody is here: ${foyer.live.size}\n`);
}

// It ends with whoever started it.
process.stdin.on('end', () => process.exit(0)).resume();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
await main();
