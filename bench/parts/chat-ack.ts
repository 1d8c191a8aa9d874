import type { ChatStoreMeasured } from '../chat-store-process.ts';
import type { BenchPart } from '../part.ts';
import { measureOnData } from '../servers.ts';

const ms = (value: number): string => `${value.toFixed(1)} ms`;

export const chatAck: BenchPart = {
  name: 'chat-ack',
  about: 'a chat message stored and acknowledged, beside visits that are written',
  async run({ quick, say }) {
    const seconds = quick ? 2 : 15;
    say(`500 messages/s beside 2,000 visit writes/s, ${seconds} s`);
    const measured = await measureOnData<ChatStoreMeasured>('./chat-store-process.ts', [
      '--seconds',
      String(seconds),
      '--per-second',
      '500',
    ]);
    const { p50Ms, maxMs, machine } = measured;
    say(`p50 ${ms(p50Ms)}, longest ${ms(maxMs)}; ${measured.visits.toLocaleString('en')} visits written meanwhile`);
    say(
      `before it the machine alone: a timer late ${ms(machine.lateP99Ms)} (p99), a synced write ${ms(machine.syncP50Ms)} (p50), ${ms(machine.syncP99Ms)} (p99)`,
    );
    return { chatAckP50Ms: p50Ms, chatAckP99Ms: measured.p99Ms, chatMostPerS: measured.mostPerS, syncP99Ms: machine.syncP99Ms };
  },
};
