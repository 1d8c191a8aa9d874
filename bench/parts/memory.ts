import { startSwarm } from '../../tools/swarm/swarm.ts';
import type { BenchPart } from '../part.ts';
import { idle, rssBytes } from '../process-stat.ts';
import { LOGIN, type ServerUnderTest, startBareServer, startServer } from '../servers.ts';

interface Plan {
  readonly sockets: number;
  readonly seconds: number;
  readonly untilStored: boolean;
}

async function perSocket(start: () => Promise<ServerUnderTest>, isFoyer: boolean, plan: Plan): Promise<number> {
  const server = await start();
  const swarm = await startSwarm({ url: server.url, siteKey: server.siteKey, answers: isFoyer });
  try {
    if (isFoyer) await swarm.watch({ count: 10, login: LOGIN });
    await idle(server.pid, 3_000);
    const before = rssBytes(server.pid);
    await swarm.connect({ count: plan.sockets });
    await swarm.browse({ pagesPerTab: 10, seconds: plan.seconds, untilStored: plan.untilStored });
    await idle(server.pid, 5_000);
    return (rssBytes(server.pid) - before) / plan.sockets;
  } finally {
    await swarm.stop();
    await server.stop();
  }
}

export const memory: BenchPart = {
  name: 'memory',
  about: 'RSS a connected visitor after 10 page views each, views and history on; and of bare ws',
  async run({ quick, say }) {
    const plan = quick ? { sockets: 2_000, seconds: 2, untilStored: false } : { sockets: 12_000, seconds: 15, untilStored: true };
    say(`${plan.sockets} visitors, no garbage collection forced`);
    return {
      ...(quick ? {} : { bareRssPerVisitorBytes: await perSocket(startBareServer, false, plan) }),
      rssPerVisitorBytes: await perSocket(startServer, true, plan),
    };
  },
};
