import { readFileSync } from 'node:fs';
import type { Place } from '../hub/fact-world.ts';

const CITIES = new URL('../../packages/server/src/geo/cities.generated.tsv', import.meta.url);
/** Of 100 visitors one has no place at all, and of one only the country is known. */
const UNKNOWN_OF_100 = 7;
const APPROXIMATE_OF_100 = 13;
/** Draws are taken from a table of this many; a power of two, which an odd step walks through completely. */
const DRAWS = 65_536;
const STEP = 7_919;

const NOWHERE: Place = { id: '', city: '', region: '', country: '', lat: 0, lon: 0, approximate: false };

/** Where the nth visitor is: the world's `count` largest cities, somebody in each, and in large ones many. The same each time. */
export function createPlaces(count: number): (n: number) => Place {
  const cities = largest(count);
  const draws = new Uint16Array(DRAWS);
  // The largest has about a hundred times as many as the 5,000th.
  const weights = cities.map((_, rank) => 1 / (rank + 20) ** 0.8);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  for (let city = 0, at = 0; city < cities.length; city++) {
    sum += weights[city] ?? 0;
    for (const until = Math.round((sum / all) * DRAWS); at < until; at++) draws[at] = city;
  }
  return (n) => {
    const city = cities[n < cities.length ? n : (draws[(n * STEP) % DRAWS] ?? 0)] ?? NOWHERE;
    if (n < cities.length) return city;
    if (n % 100 === UNKNOWN_OF_100) return NOWHERE;
    return n % 100 === APPROXIMATE_OF_100 ? { ...city, id: `${city.country}||`, city: '', region: '', approximate: true } : city;
  };
}

function largest(count: number): Place[] {
  const cities: Place[] = [];
  // The file has the largest first; a line with a sixth field is counted under another city.
  for (const line of readFileSync(CITIES, 'utf8').split('\n')) {
    const [country = '', region = '', city = '', lat, lon, under] = line.split('\t');
    if (line.startsWith('#') || country === '=' || (under ?? '') !== '') continue;
    cities.push({
      id: `${country}|${region}|${city}`.toLowerCase(),
      country,
      region,
      city,
      lat: Number(lat),
      lon: Number(lon),
      approximate: false,
    });
    if (cities.length === count) return cities;
  }
  throw new Error(`there are only ${cities.length} cities`);
}
