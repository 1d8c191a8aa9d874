import type { Position } from 'geojson';
import { STEPS_PER_DEGREE } from '../../packages/dashboard/src/map/basemap/unpack.ts';

/** A line as whole steps: where it starts, then how far each next point is. A third of the same line in degrees, after compression. */
export function packLine(line: readonly Position[], isRing: boolean): number[] | null {
  const packed: number[] = [];
  let lastX = 0;
  let lastY = 0;
  for (const [lon = 0, lat = 0] of line) {
    const x = Math.round(lon * STEPS_PER_DEGREE);
    const y = Math.round(lat * STEPS_PER_DEGREE);
    if (packed.length > 0 && x === lastX && y === lastY) continue;
    packed.push(x - lastX, y - lastY);
    lastX = x;
    lastY = y;
  }
  // A ring's last point is its first; what has become less than a triangle or a stroke shows nothing.
  return packed.length < (isRing ? 8 : 4) ? null : packed;
}

export const packLines = (lines: readonly (readonly Position[])[]): number[][] =>
  lines.map((line) => packLine(line, false)).filter((line) => line !== null);

/** Polygons whose outline has become nothing go; so do holes. */
export function packPolygons(polygons: readonly (readonly (readonly Position[])[])[]): number[][][] {
  const packed: number[][][] = [];
  for (const [outline = [], ...holes] of polygons) {
    const first = packLine(outline, true);
    if (first) packed.push([first, ...holes.map((hole) => packLine(hole, true)).filter((hole) => hole !== null)]);
  }
  return packed;
}
