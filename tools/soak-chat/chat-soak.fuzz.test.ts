import { expect, test } from 'vitest';
import { ChatWorld } from './chat-world.ts';

const isSoak = process.env['FOYER_FUZZ_SEEDS'] !== undefined;
const FIRST = Number(process.env['FOYER_FUZZ_FIRST'] ?? 1);
/** A world takes half a minute: the seeds that cheaper tests do by the thousand are its hundredth part. */
const SEEDS = isSoak ? Math.ceil(Number(process.env['FOYER_FUZZ_SEEDS']) / 100) : 1;
const SIZE = isSoak ? { cuts: 200, kills: 5, visitors: 4 } : { cuts: 40, kills: 1, visitors: 2 };

for (let seed = FIRST; seed < FIRST + SEEDS; seed++) {
  test(`[CV1] every message once and in order, in the store and on both sides: ${SIZE.cuts} cuts, ${SIZE.kills + 1} kills, all said three times, seed ${seed}`, async () => {
    const world = new ChatWorld({ seed, ...SIZE });
    try {
      await world.start();
      await world.talk();
      await world.rest();
      const faults = await world.faults();
      console.log(`seed ${seed}: ${world.story}`);
      expect(faults, `seed ${seed}`).toEqual([]);
    } finally {
      await world.stop();
    }
  });
}
