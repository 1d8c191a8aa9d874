import { expect, it } from 'vitest';
import { FakeClock } from '../adapters/fake-clock.ts';
import { memoryHistory } from '../adapters/store-memory/index.ts';
import type { FirstSeen } from '../ports/history-store.ts';
import { Meeter } from './meeter.ts';

const visit = (n: number): FirstSeen => ({ workspace: 'w', visitor: `v${n}`, visit: `visit-${n}`, startedAt: n });

function aMeeter() {
  const clock = new FakeClock();
  const store = memoryHistory();
  const state = { isAway: false, batches: [] as number[], met: [] as [string, number][], outages: 0 };
  const meeter = new Meeter({
    clock,
    store: {
      meetVisitors: async (batch) => {
        if (state.isAway) throw new Error('away');
        state.batches.push(batch.length);
        return store.meetVisitors(batch);
      },
    },
    met: ({ visit: id }, facts) => void state.met.push([id, facts.number]),
    onOutage: () => void state.outages++,
  });
  return { clock, meeter, state };
}

it('[OB16] arrivals of the same 20 ms are looked up together, each answered with its own number', async () => {
  const { clock, meeter, state } = aMeeter();
  for (let n = 1; n <= 3; n++) {
    meeter.put(visit(n));
    await clock.advanceAsync(5);
  }
  expect(state.met).toEqual([]);
  await clock.advanceAsync(5);
  expect([state.batches, state.met]).toEqual([
    [3],
    [
      ['visit-1', 1],
      ['visit-2', 2],
      ['visit-3', 3],
    ],
  ]);
});

it('[OB16] a crowd is looked up five hundred at a time, in order', async () => {
  const { clock, meeter, state } = aMeeter();
  for (let n = 1; n <= 1_200; n++) meeter.put(visit(n));
  await clock.advanceAsync(20);
  expect(state.batches).toEqual([500, 500, 200]);
  expect(state.met.every(([id, number]) => id === `visit-${number}`)).toBe(true);
});

it('[OB16] while the store is away it is asked again each second; then everybody is met once', async () => {
  const { clock, meeter, state } = aMeeter();
  state.isAway = true;
  meeter.put(visit(1));
  await clock.advanceAsync(10_020);
  meeter.put(visit(2));
  expect([state.outages, state.met]).toEqual([11, []]);
  state.isAway = false;
  await clock.advanceAsync(1_000);
  expect(state.met.map(([id]) => id)).toEqual(['visit-1', 'visit-2']);
});

it('[OB16] after a stop nobody is asked', async () => {
  const { clock, meeter, state } = aMeeter();
  meeter.put(visit(1));
  meeter.stop();
  await clock.advanceAsync(5_000);
  expect(state.batches).toEqual([]);
});
