import { describe, expect, test } from 'vitest';
import { mercatorX, mercatorY, worldPx } from './mercator.ts';
import { type Camera, copiesOnScreen, globeEdge, isOnScreen, project } from './projector.ts';

const point = () => ({ x: 0, y: 0, visible: false });
const flat: Camera = { kind: 'flat', worldPx: worldPx(1), left: -200, top: -100, width: 800, height: 700 };
/** A camera three radii from the middle of the globe, above 0° 0°, with a field of view of 90°, drawn on a square. */
const globe: Extract<Camera, { kind: 'globe' }> = {
  kind: 'globe',
  matrix: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1, -1, 0, 0, 3, 3],
  flatMatrix: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
  horizon: [0, 0, 1, -1 / 3],
  globeness: 1,
  width: 600,
  height: 600,
};

describe('where the world is on the screen', () => {
  test('[MP10] a flat map repeats, and each copy that is to be seen is counted', () => {
    const { x, y } = project(flat, mercatorX(0), mercatorY(0), point());
    expect([x, y]).toEqual([312, 412]);
    expect(copiesOnScreen(flat, 0)).toEqual([0]);
    expect(copiesOnScreen({ ...flat, left: -900 }, 0)).toEqual([0, 1]);
    // Seen in the copy to the right, though the original lies off the screen.
    expect(isOnScreen({ ...flat, left: -900 }, 0.05, 0.5, 0, point())).toBe(true);
    expect(isOnScreen(flat, 0.1, 0.5, 0, point())).toBe(false);
  });

  test('[MP10] of a globe the near side is to be seen, up to its edge', () => {
    const middle = project(globe, mercatorX(0), mercatorY(0), point());
    expect(middle.x).toBeCloseTo(300, 9);
    expect(middle.y).toBeCloseTo(300, 9);
    expect(middle.visible).toBe(true);
    expect(project(globe, mercatorX(180), mercatorY(0), point()).visible).toBe(false);
    // Three radii off, the horizon is acos(1/3) = 70.5° away.
    expect(project(globe, mercatorX(70), mercatorY(0), point()).visible).toBe(true);
    expect(project(globe, mercatorX(71), mercatorY(0), point()).visible).toBe(false);
    const edge = globeEdge(globe);
    const rim = project(globe, mercatorX(70.528), mercatorY(0), point());
    expect(edge.x).toBeCloseTo(300, 6);
    expect(edge.radius).toBeCloseTo(rim.x - 300, 1);
  });
});
