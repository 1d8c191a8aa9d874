import { STATUSES, type Status } from '@foyer/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aPin } from './map.testkit.ts';
import { badgeText, colourIndex, coreOf, PIN_COLOURS, pinRadius, pinScale, writeRing } from './pin-state.ts';

const someCounts = fc.record(Object.fromEntries(STATUSES.map((status) => [status, fc.nat(400)])) as Record<Status, fc.Arbitrary<number>>);

describe('what a pin says', () => {
  test('[MP3] its core is the most urgent status anybody there has', () => {
    fc.assert(
      fc.property(someCounts, (by) => {
        const expected = STATUSES.find((status) => by[status] > 0) ?? 'inactive';
        expect(coreOf(aPin(by).counts)).toBe(expected);
      }),
    );
  });

  test('[MP3] its total is everybody who is there', () => {
    fc.assert(fc.property(someCounts, (by) => aPin(by).total === STATUSES.reduce((sum, status) => sum + by[status], 0)));
  });

  test('[MP3] Assigned is as blue as Chatting, Resolved as grey as Inactive', () => {
    expect(STATUSES.map((status) => PIN_COLOURS[colourIndex(status)])).toEqual([
      'unassigned',
      'chatting',
      'ai',
      'chatting',
      'active',
      'inactive',
      'inactive',
    ]);
  });

  test('[MP3] the ring shows each colour that is there, the most urgent first, in its share and never too thin to see', () => {
    fc.assert(
      fc.property(someCounts, (by) => {
        const pin = aPin(by);
        const bytes = new Uint8Array(4);
        writeRing(pin.counts, pin.total, bytes, 0);
        const ends = [...bytes, 255];
        const shares = PIN_COLOURS.map((_, i) => STATUSES.reduce((sum, s) => sum + (colourIndex(s) === i ? by[s] : 0), 0));
        for (const [i, n] of shares.entries()) {
          const width = ends[i]! - (ends[i - 1] ?? 0);
          if (pin.total === 0) continue;
          if (n === 0 && i < 4) expect(width).toBe(0);
          if (n > 0) expect(width).toBeGreaterThanOrEqual(5);
          // Small shares take what they need from the large ones: five colours of 6 at most.
          if (n > 0) expect(Math.abs(width - Math.max(6, (n / pin.total) * 255))).toBeLessThanOrEqual(25);
        }
      }),
    );
  });

  test('[MP4] a count has four signs at most and never claims more than there are', () => {
    expect([1, 999, 1_000, 1_249, 9_999, 10_000, 999_999, 1_000_000, 23_456_789].map(badgeText)).toEqual([
      '1',
      '999',
      '1k',
      '1.2k',
      '9.9k',
      '10k',
      '999k',
      '1M',
      '23M',
    ]);
    fc.assert(
      fc.property(fc.nat(2_000_000_000), (n) => {
        const text = badgeText(n);
        const said = Number.parseFloat(text) * (text.endsWith('k') ? 1e3 : text.endsWith('M') ? 1e6 : 1);
        return text.length <= 4 && said <= n;
      }),
    );
  });

  test('[MP3] more people make a larger pin, and a full world smaller ones', () => {
    const radii = [1, 2, 3, 10, 100, 1_000, 100_000].map((n) => pinRadius(n, false));
    expect(radii).toEqual([...radii].sort((a, b) => a - b));
    expect(radii.at(-1)).toBeLessThan(31);
    expect(pinScale(1, 400)).toBeLessThan(pinScale(1, 10));
    expect(pinScale(5, 400)).toBe(pinScale(5, 10));
  });
});
