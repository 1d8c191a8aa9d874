import { startSwarm, type Swarm } from '../../tools/swarm/swarm.ts';
import { percentile } from '../../tools/swarm/marker.ts';
import type { BenchPart } from '../part.ts';
import { cpuSeconds, pause } from '../process-stat.ts';
import { LOGIN, type ServerUnderTest, startBareServer, startServer } from '../servers.ts';

interface Plan {
  readonly sockets: number;
  readonly warmUpSeconds: number;
  readonly rounds: number;
  readonly bareSeconds: number;
  readonly seconds: number;
}

/** A server with its own crowd; rounds of several take turns, so that a neighbour on the machine bothers all of them alike. */
class Loaded {
  readonly #server: ServerUnderTest;
  readonly #swarm: Swarm;
  readonly #perCpuS: number[] = [];
  #frames = 0;
  #cpuFrom = 0;

  private constructor(server: ServerUnderTest, swarm: Swarm) {
    this.#server = server;
    this.#swarm = swarm;
  }

  static async start(start: () => Promise<ServerUnderTest>, isFoyer: boolean, plan: Plan): Promise<Loaded> {
    const server = await start();
    try {
      const swarm = await startSwarm({ url: server.url, siteKey: server.siteKey, answers: isFoyer });
      const loaded = new Loaded(server, swarm);
      try {
        await swarm.connect({ count: plan.sockets });
        if (isFoyer) await swarm.watch({ count: 10, login: LOGIN });
        // Compiled, allocated and with its first writes behind it, as a server is after a minute.
        await swarm.saturate({ seconds: plan.warmUpSeconds });
        return loaded;
      } catch (error) {
        await loaded.stop();
        throw error;
      }
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** Ends the round before it: what it has put off until now (history is written every 10 s) was its work, so it is in its CPU. */
  settle(): void {
    const now = cpuSeconds(this.#server.pid);
    if (this.#frames > 0) this.#perCpuS.push(this.#frames / (now - this.#cpuFrom));
    this.#cpuFrom = now;
    this.#frames = 0;
  }

  /** Closed loop over all sockets. */
  async round(seconds: number): Promise<void> {
    this.settle();
    this.#frames = (await this.#swarm.saturate({ seconds })).frames;
  }

  async result(): Promise<number> {
    this.settle();
    const { closes } = await this.#swarm.stats();
    if (Object.keys(closes).length > 0) throw new Error(`sockets were closed under load: ${JSON.stringify(closes)}`);
    return percentile(this.#perCpuS, 0.5);
  }

  async stop(): Promise<void> {
    await this.#swarm.stop();
    await this.#server.stop();
  }
}

async function measure(plan: Plan, servers: Loaded[]): Promise<{ bareIngestPerCpuS: number; ingestPerCpuS: number; ingestRatio: number }> {
  const bare = await Loaded.start(startBareServer, false, plan);
  servers.push(bare);
  const foyer = await Loaded.start(startServer, true, plan);
  servers.push(foyer);
  for (let round = 0; round < plan.rounds; round++) {
    await bare.round(plan.bareSeconds);
    await foyer.round(plan.seconds);
  }
  await pause(plan.bareSeconds * 1_000);
  const bareIngestPerCpuS = await bare.result();
  const ingestPerCpuS = await foyer.result();
  return { bareIngestPerCpuS, ingestPerCpuS, ingestRatio: ingestPerCpuS / bareIngestPerCpuS };
}

export const ingest: BenchPart = {
  name: 'ingest',
  about: 'frames a CPU-second, against bare ws and JSON.parse in the same run',
  async run({ quick, say }) {
    const plan: Plan = quick
      ? { sockets: 2_500, warmUpSeconds: 1, rounds: 1, bareSeconds: 1.5, seconds: 2 }
      : { sockets: 6_000, warmUpSeconds: 3, rounds: 3, bareSeconds: 4, seconds: 7 };
    say(`${plan.sockets} sockets each, ${plan.rounds} × ${plan.bareSeconds} s and ${plan.seconds} s in turns, 10 consoles`);
    const servers: Loaded[] = [];
    try {
      return await measure(plan, servers);
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
    }
  },
};
