import { expect, it } from 'vitest';
import { FakeClock } from '../adapters/fake-clock.ts';
import { Pace } from './pace.ts';

function emitsOf(changes: number, everyMs: number, forMs: number): number[] {
  const clock = new FakeClock();
  const at: number[] = [];
  const pace = new Pace(clock, () => {
    at.push(clock.mono());
    return changes;
  });
  for (let passed = 0; passed < forMs; passed += everyMs) {
    pace.want();
    clock.advance(everyMs);
  }
  pace.stop();
  clock.advance(1_000);
  return at;
}

it('[OB11] a change after silence goes out at once', () => {
  expect(emitsOf(1, 500, 1_500)).toEqual([0, 500, 1_000]);
});

it('[OB11] few changes go out every 20 ms, many ten times a second', () => {
  expect(emitsOf(1, 1, 95)).toEqual([0, 20, 40, 60, 80]);
  expect(emitsOf(60, 1, 200)).toEqual([0, 60, 120, 180]);
  expect(emitsOf(5_000, 1, 290)).toEqual([0, 100, 200]);
});

it('[OB11] a wish made while emitting waits for its turn', () => {
  const clock = new FakeClock();
  const at: number[] = [];
  const pace: Pace = new Pace(clock, () => {
    at.push(clock.mono());
    if (at.length < 4) pace.want();
    return 1;
  });
  pace.want();
  clock.advance(1_000);
  expect(at).toEqual([0, 20, 40, 60]);
});
