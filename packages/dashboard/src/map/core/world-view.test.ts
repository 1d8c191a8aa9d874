import { describe, expect, test } from 'vitest';
import { mercatorX, worldPx } from './mercator.ts';
import { globeView, worldView } from './world-view.ts';

const insets = { top: 0, right: 0, bottom: 0, left: 0 };

describe('the whole world', () => {
  test('[MP21] fits the width of a screen, from Vancouver to New Zealand', () => {
    for (const [width, height] of [
      [1_010, 850],
      [1_500, 900],
      [2_200, 1_300],
    ] as const) {
      const { center, zoom } = worldView({ width, height, insets });
      const at = (lon: number): number => width / 2 + (mercatorX(lon) - mercatorX(center[0])) * worldPx(zoom);
      expect(at(-123)).toBeGreaterThan(0);
      expect(at(178)).toBeLessThan(width);
      // And does not leave the half of it empty.
      expect(at(178) - at(-123)).toBeGreaterThan(width * 0.75);
    }
  });

  test('[MP21] on a phone its middle is shown, large enough to be moved clear of the sheet', () => {
    const { zoom } = worldView({ width: 390, height: 740, insets: { ...insets, bottom: 440 } });
    expect(worldPx(zoom)).toBeGreaterThanOrEqual(740 + 440);
  });

  test('[MP21] a globe takes most of the smaller side that is free', () => {
    const { zoom, center } = globeView({ width: 1_000, height: 800, insets: { ...insets, bottom: 200 } }, 77);
    // A sphere's circumference is the world's width at its own latitude.
    expect(worldPx(zoom) / Math.PI / Math.cos((center[1] * Math.PI) / 180)).toBeCloseTo(600 * 0.84, 6);
    expect(center[0]).toBe(77);
  });
});
