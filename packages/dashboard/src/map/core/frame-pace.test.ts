import { expect, test } from 'vitest';
import { FramePace } from './frame-pace.ts';

/** Frames of so many milliseconds, one after the other. Answers how often the mode has changed. */
function run(pace: FramePace, tookMs: number, frames: number, clock: { now: number }): number {
  let changes = 0;
  for (let i = 0; i < frames; i += 1) {
    clock.now += Math.max(100, tookMs);
    if (pace.frame(tookMs, clock.now)) changes += 1;
  }
  return changes;
}

test('[MP12] slow frames make drawing cheap, a single slow one does not', () => {
  const pace = new FramePace();
  const clock = { now: 0 };
  run(pace, 16, 30, clock);
  run(pace, 400, 1, clock);
  expect(pace.isCheap).toBe(false);
  run(pace, 70, 12, clock);
  expect(pace.isCheap).toBe(true);
});

test('[MP12] it returns after a while of fast frames, and later each time that proves wrong', () => {
  const pace = new FramePace();
  const clock = { now: 0 };
  const cheapFor: number[] = [];
  for (let i = 0; i < 4; i += 1) {
    while (!pace.isCheap) run(pace, 70, 1, clock);
    const since = clock.now;
    while (pace.isCheap) run(pace, 16, 1, clock);
    cheapFor.push(clock.now - since);
  }
  expect(cheapFor[0]).toBeGreaterThanOrEqual(20_000);
  for (let i = 1; i < 4; i += 1) expect(cheapFor[i]).toBeGreaterThanOrEqual(cheapFor[i - 1]! * 1.9);
});

test('[MP12] frames that are neither slow nor fast change nothing', () => {
  const pace = new FramePace();
  expect(run(pace, 40, 500, { now: 0 })).toBe(0);
});
