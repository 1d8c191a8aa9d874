import { startPart } from '../../tools/swarm/part.ts';
import { startSwarm } from '../../tools/swarm/swarm.ts';
import type { TalkCommands } from '../chat/talkers-process.ts';
import type { BenchPart } from '../part.ts';
import { cpuSeconds, fileLimit, pause } from '../process-stat.ts';
import { agentsOf, LOGIN, startServer } from '../servers.ts';

/** Files of the server that are not visitors: consoles, databases, modules, with room. */
const OTHER_FILES = 800;
const WANTED_SOCKETS = 19_000;

export const chatScreen: BenchPart = {
  name: 'chat-screen',
  about: "a chat message at the other side's socket, both directions, beside the swarm",
  async run({ quick, say }) {
    const load = quick
      ? { sockets: 2_000, chats: 40, agents: 4, consoles: 16, messagesPerS: 50, eventsPerS: 500, seconds: 3, warmUpSeconds: 0.5 }
      : {
          sockets: WANTED_SOCKETS,
          chats: 400,
          agents: 20,
          consoles: 80,
          messagesPerS: 200,
          eventsPerS: 2_000,
          seconds: 25,
          warmUpSeconds: 3,
        };
    const sockets = Math.min(load.sockets, fileLimit() - OTHER_FILES);
    const { chats, agents, consoles, messagesPerS, eventsPerS, seconds } = load;
    if (sockets < load.sockets) say(`ulimit -n leaves room for ${sockets} sockets`);
    say(
      `${sockets} visitors, ${chats} of whom chat with ${agents} agents, ${consoles} more consoles; ${messagesPerS} messages/s beside ${eventsPerS} events/s`,
    );
    const server = await startServer();
    const swarm = await startSwarm({ url: server.url, siteKey: server.siteKey });
    const talkers = startPart<TalkCommands>(new URL('../chat/talkers-process.ts', import.meta.url));
    try {
      const cookies = await agentsOf(server.url, agents);
      await swarm.connect({ count: sockets - chats });
      await swarm.watch({ count: consoles, login: LOGIN });
      await talkers.ask('gather', { target: swarm.target, cookies, chats });
      await swarm.rate({ eventsPerS, markedPerS: 0, arrivalsPerS: quick ? 1 : 2 });
      await talkers.ask('talk', { messagesPerS, seconds: load.warmUpSeconds });
      const cpuBefore = cpuSeconds(server.pid);
      const beganMs = performance.now();
      const talked = await talkers.ask('talk', { messagesPerS, seconds });
      const cpu = (cpuSeconds(server.pid) - cpuBefore) / ((performance.now() - beganMs) / 1_000);
      await swarm.stopRate();
      await pause(100);
      const { closes } = await swarm.stats();
      if (Object.keys(closes).length > 0) throw new Error(`sockets were closed under load: ${JSON.stringify(closes)}`);
      if (Object.keys(talked.refused).length > 0) throw new Error(`messages were refused: ${JSON.stringify(talked.refused)}`);
      if (talked.behindMsMax > 1_000)
        throw new Error(`the generator fell ${Math.round(talked.behindMsMax)} ms behind: this machine cannot make that load`);
      say(`receipt p50 ${talked.receiptP50Ms.toFixed(1)} ms, p99 ${talked.receiptP99Ms.toFixed(1)} ms`);
      return {
        chatSockets: sockets,
        chatAgents: agents,
        chatScreenP50Ms: talked.screenP50Ms,
        chatScreenP99Ms: talked.screenP99Ms,
        chatReceiptP99Ms: talked.receiptP99Ms,
        chatLostShare: 1 - talked.seen / talked.sent,
        chatServerCpu: cpu,
      };
    } finally {
      await talkers.stop();
      await swarm.stop();
      await server.stop();
    }
  },
};
