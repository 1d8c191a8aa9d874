import { describe, expect, test } from 'vitest';
import { badgeWidth } from './badge-layout.ts';
import { HitGrid } from './hit-grid.ts';
import { manyPlaces, seeded } from './map.testkit.ts';
import { mercatorX, mercatorY, worldPx } from './mercator.ts';
import { NO_SPOT } from './pin.ts';

const target = (x: number, y: number, radius = 10) => ({ x, y, radius, badgeWidth: 0, spot: NO_SPOT });

describe('what lies under the pointer', () => {
  test('[MP9] the nearest pin, its count, and a little beside; nothing farther off', () => {
    const grid = new HitGrid();
    grid.add(7, target(100, 100));
    grid.add(8, { ...target(140, 100), badgeWidth: badgeWidth('99'), spot: 0 });
    expect(grid.at(100, 100, 4)).toBe(7);
    expect(grid.at(113, 100, 4)).toBe(7);
    expect(grid.at(115, 100, 4)).toBe(-1);
    expect(grid.at(127, 100, 4)).toBe(8);
    expect(grid.at(158, 90, 4), 'its count').toBe(8);
    expect(grid.at(300, 300, 4)).toBe(-1);
    expect(grid.at(117, 100, 14), 'a finger').toBe(7);
  });

  test('[MP9] of two pins over one another, the one whose middle is nearer', () => {
    const grid = new HitGrid();
    grid.add(1, target(100, 100, 14));
    grid.add(2, target(112, 100, 14));
    expect(grid.at(101, 100, 4)).toBe(1);
    expect(grid.at(111, 100, 4)).toBe(2);
  });

  test('[MP9] a count that lies over a smaller pin is hit where it is drawn', () => {
    const grid = new HitGrid();
    grid.add(1, { ...target(100, 100, 20), badgeWidth: badgeWidth('359'), spot: 0 });
    grid.add(2, target(124, 80, 6));
    expect(grid.at(122, 82, 4)).toBe(1);
  });

  test('[MP9] among 5,000 cities a move of the mouse looks at a few dozen, and answers as a look at all would', () => {
    const size = worldPx(1.35);
    const grid = new HitGrid();
    const targets = manyPlaces(5_000, seeded(3)).map(({ lon, lat }) => target(mercatorX(lon) * size, mercatorY(lat) * size, 6));
    for (const [i, one] of targets.entries()) grid.add(i, one);
    const random = seeded(4);
    let looked = 0;
    for (let i = 0; i < 500; i += 1) {
      const near = targets[Math.floor(random() * targets.length)]!;
      const [x, y] = [near.x + random() * 12 - 6, near.y + random() * 12 - 6];
      const found = grid.at(x, y, 4);
      looked += grid.looked;
      const distances = targets.map((one) => Math.hypot(one.x - x, one.y - y) - one.radius);
      const best = Math.min(...distances);
      if (best > 4) expect(found).toBe(-1);
      else expect(distances[found]).toBeCloseTo(best, 9);
    }
    // A hundredth of them in the densest places of a world at once: 0.5 ms would be enough for thousands.
    expect(looked / 500).toBeLessThan(400);
  });
});
