import type { Position } from 'geojson';

/** 1/200° is 550 m at the equator: half a pixel at zoom 6, beyond which the map shows no more than it has. */
export const STEPS_PER_DEGREE = 200;

/** `basemap.json`, made by tools/basemap. Each line: x, y of its first point in steps, then the way to each next one. */
export interface PackedBasemap {
  /** Polygons: outline, then holes. */
  readonly land: readonly (readonly (readonly number[])[])[];
  readonly lakes: readonly (readonly (readonly number[])[])[];
  readonly borders: readonly (readonly number[])[];
  readonly states: readonly (readonly number[])[];
}
/** `labels.json`, made by tools/basemap. Largest first. */
export interface PackedLabels {
  /** ISO alpha-2, longitude, latitude, square degrees at the equator. */
  readonly countries: readonly (readonly [code: string, lon: number, lat: number, area: number])[];
  /** Rank 0 (oceans) to 3 (small seas), then names by language; `en` is always there. */
  readonly seas: readonly (readonly [
    lon: number,
    lat: number,
    rank: number,
    names: Readonly<Record<string, string>> & { readonly en: string },
  ])[];
  /** Name, longitude, latitude, inhabitants in thousands, 1 for a capital. */
  readonly cities: readonly (readonly [name: string, lon: number, lat: number, thousands: number, isCapital: 0 | 1])[];
}

export function unpackLine(packed: readonly number[]): Position[] {
  const line: Position[] = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i + 1 < packed.length; i += 2) {
    x += packed[i] ?? 0;
    y += packed[i + 1] ?? 0;
    line.push([x / STEPS_PER_DEGREE, y / STEPS_PER_DEGREE]);
  }
  return line;
}

/** Edges along which the land was cut open: the antimeridian, and the foot of Antarctica. They are no coast. */
const isSeam = ([ax = 0, ay = 0]: Position, [bx = 0, by = 0]: Position): boolean =>
  (Math.abs(ax) > 179.99 && Math.abs(bx) > 179.99) || (ay < -84.9 && by < -84.9);

/** The outlines of the land without their seams: the coast need not be loaded twice. */
export function coastOf(land: readonly (readonly Position[][])[]): Position[][] {
  const coast: Position[][] = [];
  for (const ring of land.flat()) {
    let line: Position[] = [];
    for (const [i, point] of ring.entries()) {
      const before = ring[i - 1];
      if (before && isSeam(before, point)) {
        if (line.length > 1) coast.push(line);
        line = [];
      }
      line.push(point);
    }
    if (line.length > 1) coast.push(line);
  }
  return coast;
}
