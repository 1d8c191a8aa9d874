import { startSwarm } from '../../tools/swarm/swarm.ts';
import type { BenchPart } from '../part.ts';
import { fileLimit, idle, rssBytes } from '../process-stat.ts';
import { LOGIN, type ServerUnderTest, startBareServer, startServer } from '../servers.ts';

interface Plan {
  /** Before the first reading: compiled code, databases and the young generation are paid for once, not by each visitor. */
  readonly firstSockets: number;
  readonly sockets: number;
  readonly seconds: number;
  readonly untilStored: boolean;
}

async function perSocket(start: () => Promise<ServerUnderTest>, isFoyer: boolean, plan: Plan): Promise<number> {
  const server = await start();
  const swarm = await startSwarm({ url: server.url, siteKey: server.siteKey, answers: isFoyer });
  const grow = async (sockets: number): Promise<number> => {
    await swarm.connect({ count: sockets });
    await swarm.browse({ pagesPerTab: 10, seconds: plan.seconds, untilStored: plan.untilStored, newest: sockets });
    await idle(server.pid, 5_000);
    return rssBytes(server.pid);
  };
  try {
    if (isFoyer) await swarm.watch({ count: 10, login: LOGIN });
    const before = await grow(plan.firstSockets);
    return ((await grow(plan.sockets)) - before) / plan.sockets;
  } finally {
    await swarm.stop();
    await server.stop();
  }
}

export const memory: BenchPart = {
  name: 'memory',
  about: 'RSS a connected visitor after 10 page views each, views and history on; and of bare ws',
  async run({ quick, say }) {
    const most = Math.min(17_000, fileLimit() - 800);
    const plan: Plan = quick
      ? { firstSockets: 1_000, sockets: 2_000, seconds: 1, untilStored: false }
      : { firstSockets: 3_000, sockets: most - 3_000, seconds: 12, untilStored: true };
    say(`${plan.sockets} visitors on top of ${plan.firstSockets}, no garbage collection forced`);
    return {
      ...(quick ? {} : { bareRssPerVisitorBytes: await perSocket(startBareServer, false, plan) }),
      rssPerVisitorBytes: await perSocket(startServer, true, plan),
    };
  },
};
