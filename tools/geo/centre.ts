import { distanceKm } from '../../packages/server/src/geo/sphere.ts';
import type { GeoNamesCity } from './geonames.ts';

/**
 * Where to put a visitor of whom only the country is known: the city from which its people are nearest on average. Unlike a mean of
 * coordinates it is always on land and in the country. `cities`: the largest first, at least one.
 */
export function centreOf(cities: readonly GeoNamesCity[]): readonly [number, number] {
  let best = { cost: Number.POSITIVE_INFINITY, at: [0, 0] as readonly [number, number] };
  for (const candidate of cities.slice(0, 300)) {
    let cost = 0;
    for (const city of cities.slice(0, 500))
      cost += Math.max(1, city.inhabitants) * distanceKm(candidate.lat, candidate.lon, city.lat, city.lon);
    if (cost < best.cost) best = { cost, at: [candidate.lat, candidate.lon] };
  }
  return best.at;
}
