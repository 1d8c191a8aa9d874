import { fold } from '../../packages/domain/src/rules/fold.ts';
import { distanceKm } from '../../packages/server/src/geo/sphere.ts';
import type { GeoNamesCity } from './geonames.ts';

export interface Kept {
  readonly city: GeoNamesCity;
  /** The city that shows in its place; null: itself. */
  readonly into: GeoNamesCity | null;
}

/** A city ten times smaller than its neighbour is what people call by the neighbour's name: Üsküdar is Istanbul, Potsdam is not Berlin. */
const TIMES_SMALLER = 10;
/** How far a city of a million reaches; grows with the root of its inhabitants, because people live on areas. Istanbul: 38 km, Berlin: 18 km. */
const REACH_OF_A_MILLION_KM = 10;
const MOST_REACH_KM = 40;

/**
 * Which cities stand for which: suburbs and quarters of a much larger city of the same first-level region go under it, so that one town is
 * one pin. They stay as points, because an address in a suburb is nearest to the suburb. Quarters that belong to nothing are dropped.
 * Takes and answers the largest first.
 */
export function absorb(cities: readonly GeoNamesCity[]): Kept[] {
  const kept: Kept[] = [];
  for (const city of cities) {
    const into = kept.find(({ city: larger, into: under }) => under === null && absorbs(larger, city))?.city ?? null;
    if (into !== null || !city.isQuarter) kept.push({ city, into });
  }
  return kept;
}

function absorbs(larger: GeoNamesCity, city: GeoNamesCity): boolean {
  if (larger.country !== city.country || larger.regionCode !== city.regionCode) return false;
  // Two of one name in one region are one place entered twice; a place's id has no room for both.
  if (fold(larger.name) === fold(city.name)) return true;
  if (!city.isQuarter && larger.inhabitants < city.inhabitants * TIMES_SMALLER) return false;
  const reachKm = Math.min(MOST_REACH_KM, REACH_OF_A_MILLION_KM * Math.sqrt(larger.inhabitants / 1e6));
  return distanceKm(larger.lat, larger.lon, city.lat, city.lon) <= reachKm;
}
