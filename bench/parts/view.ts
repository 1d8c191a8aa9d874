import { startPart } from '../../tools/swarm/part.ts';
import type { HubCommands } from '../hub/hub-process.ts';
import type { BenchPart } from '../part.ts';

const ms = (value: number): string => `${value.toFixed(1)} ms`;

export const view: BenchPart = {
  name: 'view',
  about: '20 views over a million visits, and 20 agents who type filters, fed into the live core in process',
  async run({ quick, say }) {
    const visits = quick ? 20_000 : 1_000_000;
    const seconds = quick ? 2 : 60;
    say(`${visits.toLocaleString('en')} visits, 5,000 events/s, 5 sorts and 15 filters, 5,000 cities, ${seconds} s`);
    const hub = startPart<HubCommands>(new URL('../hub/hub-process.ts', import.meta.url));
    try {
      const beganMs = performance.now();
      await hub.ask('populate', { visits, cities: 5_000 });
      say(`made in ${((performance.now() - beganMs) / 1000).toFixed(1)} s`);
      await hub.ask('feed', 5_000);
      const views = await hub.ask('views', seconds);
      const typing = await hub.ask('typing', quick ? 1.5 : 20);
      say(
        `ticks p50 ${ms(views.tickP50Ms)} (${views.ticks}); on the CPU: ticks p99 ${ms(views.tickCpuP99Ms)}, longest turn ${ms(views.longestTurnCpuMs)}`,
      );
      say(
        `longest turn ${ms(views.longestTurnMs)}, longest collection ${ms(views.longestCollectionMs)}; ${typing.opened} views opened by typing`,
      );
      return {
        viewVisits: views.visits,
        viewTickP99Ms: views.tickP99Ms,
        viewTickCpuP99Ms: views.tickCpuP99Ms,
        viewStallMs: views.stallMs,
        viewRssBytes: views.rssBytes,
        viewEventsPerS: views.eventsPerS,
        quietLagP99Ms: typing.quietP99Ms,
        typingLagP99Ms: typing.typingP99Ms,
        typingLagRatio: typing.typingP99Ms / typing.quietP99Ms,
      };
    } finally {
      await hub.stop();
    }
  },
};
