import type { Feature, FeatureCollection, Geometry, Point } from 'geojson';
import type { GeoJSONSourceSpecification } from 'maplibre-gl';
import { coastOf, type PackedBasemap, type PackedLabels, unpackLine } from './unpack.ts';
import basemapUrl from './basemap.json?url';
import labelsUrl from './labels.json?url';

export interface Basemap {
  readonly shapes: PackedBasemap;
  readonly labels: PackedLabels;
}

/** Both files of the world, from our own origin. Throws when one does not come. */
export async function loadBasemap(): Promise<Basemap> {
  const [shapes, labels] = await Promise.all([read<PackedBasemap>(basemapUrl), read<PackedLabels>(labelsUrl)]);
  return { shapes, labels };
}

async function read<T>(url: string): Promise<T> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`the map's data did not come: ${answer.status}`);
  return (await answer.json()) as T;
}

const source = (data: GeoJSONSourceSpecification['data'], more: Partial<GeoJSONSourceSpecification> = {}): GeoJSONSourceSpecification => ({
  type: 'geojson',
  data,
  // The shapes are made for zoom 6; cutting finer tiles than that would only cost.
  maxzoom: 7,
  tolerance: 0.3,
  buffer: 16,
  ...more,
});
const shape = (geometry: Geometry): Feature => ({ type: 'Feature', properties: {}, geometry });
export const points = (list: readonly { readonly lon: number; readonly lat: number; readonly properties: Record<string, unknown> }[]) =>
  ({
    type: 'FeatureCollection',
    features: list.map(({ lon, lat, properties }) => ({
      type: 'Feature',
      properties,
      geometry: { type: 'Point', coordinates: [lon, lat] },
    })),
  }) satisfies FeatureCollection<Point>;

/** The world's shapes and seas, and empty sources for the names that the map places itself as pins come and go. */
export function basemapSources({ shapes, labels }: Basemap, language: string) {
  const polygons = (packed: PackedBasemap['land']) => packed.map((rings) => rings.map(unpackLine));
  const lines = (packed: PackedBasemap['borders']) => shape({ type: 'MultiLineString', coordinates: packed.map(unpackLine) });
  const land = polygons(shapes.land);
  const names = source(points([]), { maxzoom: 0, tolerance: 0, buffer: 64 });
  return {
    land: source(shape({ type: 'MultiPolygon', coordinates: land })),
    coast: source(shape({ type: 'MultiLineString', coordinates: coastOf(land) })),
    lakes: source(shape({ type: 'MultiPolygon', coordinates: polygons(shapes.lakes) })),
    borders: source(lines(shapes.borders)),
    states: source(lines(shapes.states)),
    grid: source(graticule()),
    seas: source(points(labels.seas.map(([lon, lat, rank, by]) => ({ lon, lat, properties: { name: by[language] ?? by.en, rank } })))),
    countries: names,
    cities: names,
    pins: names,
  } as const;
}
export type NameSource = 'countries' | 'cities' | 'pins';

/** Every 15°. Drawn densely enough to be round on a globe. */
function graticule(): Feature {
  const coordinates: [number, number][][] = [];
  for (let lon = -180; lon < 180; lon += 15) coordinates.push(steps(-85, 85, 5).map((lat) => [lon, lat]));
  for (let lat = -75; lat <= 75; lat += 15) coordinates.push(steps(-180, 180, 5).map((lon) => [lon, lat]));
  return shape({ type: 'MultiLineString', coordinates });
}
const steps = (from: number, to: number, by: number): number[] => Array.from({ length: (to - from) / by + 1 }, (_, i) => from + i * by);
