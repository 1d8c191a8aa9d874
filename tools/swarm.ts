/**
 * Loads a running server: tabs of visitors, their events, and consoles that measure how late they see them.
 *
 *   node tools/swarm.ts --url http://127.0.0.1:8080 --site KEY --email … --password … [options]
 *
 * The server must run with FOYER_TRUST_PROXY=loopback, or all visitors are from one private network and in one unknown place.
 */
import { parseArgs } from 'node:util';
import { startSwarm } from './swarm/swarm.ts';

const HELP = `Usage: node tools/swarm.ts [options]
  --url <url>        of the server (http://127.0.0.1:8080)
  --site <key>       public site key (demo)
  --sockets <n>      tabs (1000)
  --processes <n>    processes that hold them (1; one holds about 19,000)
  --rate <n>         events a second, all tabs together (100)
  --marked <n>       of these, navigations of the newest arrivals that measure lag (20)
  --arrivals <n>     new visitors a second, besides (1)
  --seconds <n>      how long (20)
  --consoles <n>     consoles (0); need --email and --password
  --rows <n>         rows in each console's list (50)
  --email, --password
  --kill <pid>       halfway, kill -9 this server and wait until every tab is back (something else must restart it)
  --within <s>       …at most this long (30)
  --seed <n>         (1)
  --json             one JSON document on the last line`;

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8080' },
    site: { type: 'string', default: 'demo' },
    sockets: { type: 'string', default: '1000' },
    processes: { type: 'string', default: '1' },
    rate: { type: 'string', default: '100' },
    marked: { type: 'string', default: '20' },
    arrivals: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '20' },
    consoles: { type: 'string', default: '0' },
    rows: { type: 'string', default: '50' },
    email: { type: 'string', default: '' },
    password: { type: 'string', default: '' },
    kill: { type: 'string', default: '' },
    within: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  process.stdout.write(`${HELP}\n`);
} else {
  const done = await run();
  for (const [name, value] of Object.entries(done)) process.stdout.write(`${name.padEnd(18)} ${JSON.stringify(value)}\n`);
  if (values.json) process.stdout.write(`${JSON.stringify(done)}\n`);
}

async function run(): Promise<Record<string, unknown>> {
  const seconds = Number(values.seconds);
  const consoles = Number(values.consoles);
  const swarm = await startSwarm({ url: values.url, siteKey: values.site, processes: Number(values.processes), seed: Number(values.seed) });
  const stop = () => void swarm.stop().then(() => process.exit(130));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const connected = await swarm.connect({ count: Number(values.sockets) });
    if (consoles > 0)
      await swarm.watch({ count: consoles, rows: Number(values.rows) - 1, login: { email: values.email, password: values.password } });
    const before = await swarm.stats();
    await swarm.rate({ eventsPerS: Number(values.rate), markedPerS: Number(values.marked), arrivalsPerS: Number(values.arrivals) });
    await pause(seconds * (values.kill === '' ? 1000 : 500));
    let back: Record<string, unknown> = {};
    if (values.kill !== '') {
      process.kill(Number(values.kill), 'SIGKILL');
      await pause(200);
      back = { afterKill: await swarm.allIn({ withinMs: Number(values.within) * 1000 }) };
      await pause(seconds * 500);
    }
    await swarm.stopRate();
    await pause(1_000);
    const stats = await swarm.stats();
    const watched = consoles > 0 ? await swarm.watchStats() : undefined;
    return {
      connectMs: Math.round(connected.tookMs),
      ...stats,
      ...back,
      ...(watched && { watched, lost: (stats.marked - before.marked) * watched.measured - watched.samples }),
    };
  } finally {
    await swarm.stop();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
