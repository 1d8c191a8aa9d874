import { startPart } from '../../tools/swarm/part.ts';
import type { HubCommands } from '../hub/hub-process.ts';
import type { BenchPart } from '../part.ts';

const CITIES = 5_000;

async function atSize(visits: number, eventsPerS: number, seconds: number): Promise<{ bytesPerS: number; snapshotBytes: number }> {
  const hub = startPart<HubCommands>(new URL('../hub/hub-process.ts', import.meta.url));
  try {
    await hub.ask('populate', { visits, cities: CITIES });
    await hub.ask('feed', eventsPerS);
    return await hub.ask('console', seconds);
  } finally {
    await hub.stop();
  }
}

export const consoleTraffic: BenchPart = {
  name: 'console',
  about: 'bytes of one console at 1,000 and at 100,000 visitors, fed into the live core in process',
  async run({ quick, say }) {
    const large = quick ? 10_000 : 100_000;
    const seconds = quick ? 2 : 15;
    say(`1,000 and ${large.toLocaleString('en')} visitors, 5,000 events/s, ${CITIES.toLocaleString('en')} cities`);
    const small = await atSize(1_000, 5_000, seconds);
    const big = await atSize(large, 5_000, seconds);
    return {
      consoleBytesPerS1k: small.bytesPerS,
      consoleBytesPerS100k: big.bytesPerS,
      consoleRatio: big.bytesPerS / small.bytesPerS,
      snapshotBytes: big.snapshotBytes,
    };
  },
};
