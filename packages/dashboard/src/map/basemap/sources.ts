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
const points = (list: readonly { readonly lon: number; readonly lat: number; readonly properties: Record<string, unknown> }[]) =>
  ({
    type: 'FeatureCollection',
    features: list.map(({ lon, lat, properties }) => ({
      type: 'Feature',
      properties,
      geometry: { type: 'Point', coordinates: [lon, lat] },
    })),
  }) satisfies FeatureCollection<Point>;

/** `countryName`: of an ISO code in the language of the page; '' when unknown. */
export function basemapSources({ shapes, labels }: Basemap, language: string, countryName: (code: string) => string) {
  const polygons = (packed: PackedBasemap['land']) => packed.map((rings) => rings.map(unpackLine));
  const lines = (packed: PackedBasemap['borders']) => shape({ type: 'MultiLineString', coordinates: packed.map(unpackLine) });
  const land = polygons(shapes.land);
  const largest = Math.log(labels.countries[0]?.[3] ?? 2);
  return {
    land: source(shape({ type: 'MultiPolygon', coordinates: land })),
    coast: source(shape({ type: 'MultiLineString', coordinates: coastOf(land) })),
    lakes: source(shape({ type: 'MultiPolygon', coordinates: polygons(shapes.lakes) })),
    borders: source(lines(shapes.borders)),
    states: source(lines(shapes.states)),
    grid: source(graticule()),
    countries: source(
      points(
        labels.countries.map(([code, lon, lat, area]) => ({
          lon,
          lat,
          properties: { name: countryName(code), area, weight: Math.max(0, Math.log(Math.max(area, 0.02)) / largest) },
        })),
      ),
    ),
    seas: source(
      points(labels.seas.map(([lon, lat, rank, names]) => ({ lon, lat, properties: { name: names[language] ?? names.en, rank } }))),
    ),
    cities: source(
      points(labels.cities.map(([name, lon, lat, thousands, capital]) => ({ lon, lat, properties: { name, thousands, capital } }))),
    ),
    /** Names of cities with a pin; filled by the map as pins come and go. */
    'pin-labels': source(points([]), { maxzoom: 0, tolerance: 0, buffer: 64 }),
  } as const;
}

/** Every 15°. Drawn densely enough to be round on a globe. */
function graticule(): Feature {
  const coordinates: [number, number][][] = [];
  for (let lon = -180; lon < 180; lon += 15) coordinates.push(steps(-85, 85, 5).map((lat) => [lon, lat]));
  for (let lat = -75; lat <= 75; lat += 15) coordinates.push(steps(-180, 180, 5).map((lon) => [lon, lat]));
  return shape({ type: 'MultiLineString', coordinates });
}
const steps = (from: number, to: number, by: number): number[] => Array.from({ length: (to - from) / by + 1 }, (_, i) => from + i * by);
