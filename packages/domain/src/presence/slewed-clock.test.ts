import { expect, test } from 'vitest';
import { SlewedClock } from './slewed-clock.ts';

test('[PR19] a clock that is set back or forward never steps presence time, and no duration is off by more than 5 %', () => {
  for (const jump of [-3_600_000, 3_600_000]) {
    const clock = new SlewedClock(0, 1_000_000);
    let last = clock.now(0, 1_000_000);
    for (let mono = 100; mono < 60_000; mono += 100) {
      const now = clock.now(mono, 1_000_000 + mono + jump);
      expect(now).toBeGreaterThan(last);
      expect(now - last).toBeGreaterThanOrEqual(94);
      expect(now - last).toBeLessThanOrEqual(106);
      last = now;
    }
  }
});

test('[PR19] a small error is corrected', () => {
  const clock = new SlewedClock(0, 1_000_000);
  let now = 0;
  for (let mono = 0; mono <= 20_000; mono += 100) now = clock.now(mono, 1_000_500 + mono);
  expect(now).toBe(1_020_500);
});
