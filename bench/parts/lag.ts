import { startSwarm, type Swarm } from '../../tools/swarm/swarm.ts';
import type { BenchContext, BenchPart } from '../part.ts';
import { cpuSeconds, fileLimit, pause } from '../process-stat.ts';
import { LOGIN, type ServerUnderTest, startServer } from '../servers.ts';

/** Files of the server that are not visitors: consoles, databases, modules, with room. */
const OTHER_FILES = 800;
const WANTED_SOCKETS = 19_000;

interface Measured {
  readonly p50: number;
  readonly p99: number;
  readonly lostShare: number;
  readonly cpu: number;
}

async function measure(
  server: ServerUnderTest,
  swarm: Swarm,
  load: { eventsPerS: number; markedPerS: number; arrivalsPerS: number; warmUpSeconds: number; seconds: number },
): Promise<Measured> {
  await swarm.rate(load);
  await pause(load.warmUpSeconds * 1_000);
  await swarm.resetWatch();
  const cpuBefore = cpuSeconds(server.pid);
  const markedBefore = (await swarm.stats()).marked;
  await pause(load.seconds * 1_000);
  const cpu = (cpuSeconds(server.pid) - cpuBefore) / load.seconds;
  await swarm.stopRate();
  await pause(1_000);
  const { marked, closes, behindMsMax } = await swarm.stats();
  if (Object.keys(closes).length > 0) throw new Error(`sockets were closed under load: ${JSON.stringify(closes)}`);
  const seen = await swarm.watchStats();
  const expected = (marked - markedBefore) * seen.measured;
  if (behindMsMax > 1_000) throw new Error(`the generator fell ${Math.round(behindMsMax)} ms behind: this machine cannot make that load`);
  return { p50: seen.lagP50Ms, p99: seen.lagP99Ms, lostShare: Math.max(0, 1 - seen.samples / expected), cpu };
}

async function run({ quick, say }: BenchContext): ReturnType<BenchPart['run']> {
  const limit = fileLimit();
  const sockets = Math.min(quick ? 2_000 : WANTED_SOCKETS, limit - OTHER_FILES);
  const consoles = quick ? 20 : 100;
  const eventsPerS = quick ? 500 : 2_000;
  const warmUpSeconds = quick ? 0.5 : 3;
  if (sockets < WANTED_SOCKETS)
    say(
      quick
        ? '--quick: fewer of everything'
        : `a process may open ${limit} files here (ulimit -n), so fewer sockets than ${WANTED_SOCKETS}`,
    );
  say(`${sockets} sockets, ${consoles} consoles, ${eventsPerS} events/s, then 20 events/s`);
  const server = await startServer();
  const swarm = await startSwarm({ url: server.url, siteKey: server.siteKey });
  try {
    const { tookMs } = await swarm.connect({ count: sockets });
    say(`connected in ${(tookMs / 1000).toFixed(1)} s`);
    await swarm.watch({ count: consoles, login: LOGIN });
    const loaded = await measure(server, swarm, { eventsPerS, markedPerS: 30, arrivalsPerS: 2, warmUpSeconds, seconds: quick ? 2 : 25 });
    const calm = await measure(server, swarm, { eventsPerS: 20, markedPerS: 18, arrivalsPerS: 1, warmUpSeconds, seconds: quick ? 3 : 20 });
    return {
      sockets,
      consoles,
      eventsPerS,
      lagP50Ms: calm.p50,
      lagP99Ms: loaded.p99,
      lagAtRateP50Ms: loaded.p50,
      lagLostShare: Math.max(loaded.lostShare, calm.lostShare),
      lagServerCpu: loaded.cpu,
    };
  } finally {
    await swarm.stop();
    await server.stop();
  }
}

export const lag: BenchPart = { name: 'lag', about: "from a tab's frame to the agent's socket, at rest and under load", run };
