import { startSwarm, type Swarm } from '../../tools/swarm/swarm.ts';
import type { BenchPart } from '../part.ts';
import { cpuSeconds, pause } from '../process-stat.ts';
import { LOGIN, type ServerUnderTest, startBareServer, startServer } from '../servers.ts';

interface Plan {
  readonly sockets: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

/** Closed loop over all sockets; the rate a server could keep up with one whole core to itself. */
async function perCpuSecond(server: ServerUnderTest, swarm: Swarm, { warmUpSeconds, seconds }: Plan): Promise<number> {
  // Compiled, allocated and with its first writes behind it, as a server is after a minute. The buckets of the tabs refill meanwhile.
  await swarm.saturate({ seconds: warmUpSeconds });
  await pause(1_000);
  const before = cpuSeconds(server.pid);
  const { frames } = await swarm.saturate({ seconds });
  return frames / (cpuSeconds(server.pid) - before);
}

async function measure(start: () => Promise<ServerUnderTest>, isFoyer: boolean, plan: Plan): Promise<number> {
  const server = await start();
  const swarm = await startSwarm({ url: server.url, siteKey: server.siteKey, answers: isFoyer });
  try {
    await swarm.connect({ count: plan.sockets });
    if (isFoyer) await swarm.watch({ count: 10, login: LOGIN });
    const rate = await perCpuSecond(server, swarm, plan);
    const { closes } = await swarm.stats();
    if (Object.keys(closes).length > 0) throw new Error(`sockets were closed under load: ${JSON.stringify(closes)}`);
    return rate;
  } finally {
    await swarm.stop();
    await server.stop();
  }
}

export const ingest: BenchPart = {
  name: 'ingest',
  about: 'frames a CPU-second, against bare ws and JSON.parse in the same run',
  async run({ quick, say }) {
    const plan: Plan = quick ? { sockets: 2_500, warmUpSeconds: 1, seconds: 2 } : { sockets: 6_000, warmUpSeconds: 3, seconds: 14 };
    say(`${plan.sockets} sockets, ${plan.seconds} s each, 10 consoles`);
    const bareIngestPerCpuS = await measure(startBareServer, false, plan);
    const ingestPerCpuS = await measure(startServer, true, plan);
    return { bareIngestPerCpuS, ingestPerCpuS, ingestRatio: ingestPerCpuS / bareIngestPerCpuS };
  },
};
