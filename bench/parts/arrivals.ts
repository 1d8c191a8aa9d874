import { startSwarm } from '../../tools/swarm/swarm.ts';
import type { BenchPart } from '../part.ts';
import { cpuSeconds, idle } from '../process-stat.ts';
import { LOGIN, startServer } from '../servers.ts';

export const arrivals: BenchPart = {
  name: 'arrivals',
  about: 'new visitors a CPU-second: handshake, hello, place, first row, and its write',
  async run({ quick, say }) {
    const count = quick ? 2_000 : 12_000;
    say(`${count} arrivals after ${count / 4} to warm up, 10 consoles`);
    const server = await startServer();
    const swarm = await startSwarm({ url: server.url, siteKey: server.siteKey });
    try {
      await swarm.watch({ count: 10, login: LOGIN });
      await swarm.connect({ count: count / 4 });
      await idle(server.pid, 5_000);
      const before = cpuSeconds(server.pid);
      await swarm.connect({ count });
      // Their numbers are looked up and their visits written a moment later; that is part of arriving.
      await idle(server.pid, 5_000);
      return { arrivalsPerCpuS: count / (cpuSeconds(server.pid) - before) };
    } finally {
      await swarm.stop();
      await server.stop();
    }
  },
};
