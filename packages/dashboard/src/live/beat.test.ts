import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beatMs } from './beat.ts';

test('[VM4] after a rest what has changed is shown at once, else with the next beat, and all beats are one', () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.nat(1e4), fc.integer({ min: 1, max: 2_000 }), (shownAt, sinceMs, everyMs) => {
      const now = shownAt + sinceMs;
      const waitMs = beatMs(now, shownAt, everyMs);
      if (sinceMs >= everyMs) expect(waitMs).toBe(0);
      else expect([waitMs > 0, waitMs <= everyMs, (now + waitMs) % everyMs]).toEqual([true, true, 0]);
      expect(beatMs(now, shownAt, 0)).toBe(0);
    }),
  );
});
