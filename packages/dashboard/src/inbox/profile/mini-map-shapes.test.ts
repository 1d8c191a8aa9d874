import { describe, expect, test } from 'vitest';
import { pathOf } from './mini-map-shapes.ts';

const view = { lon: 10, lat: 0, widthPx: 200, heightPx: 100, pxPerDegree: 10 };

describe('the map of a profile', () => {
  test('[CO10] the place is in the middle, north is up, and what is far away ends at the edge', () => {
    // 10° E 0° N, then 5° east and north, then to the far side of the world: in steps of 1/200°.
    expect(pathOf([[2_000, 0, 1_000, 1_000, 40_000, 0]], view, false)).toBe('M100 50L150 0L224 0');
  });

  test('[CO10] a line that does not pass through is left out; an outline around the picture is not', () => {
    expect(pathOf([[8_000, 0, 200, 200]], view, false)).toBe('');
    expect(pathOf([[-20_000, -16_000, 40_000, 0, 0, 32_000, -40_000, 0]], view, true)).toBe('M-24 124L224 124L224 -24L-24 -24Z');
  });
});
