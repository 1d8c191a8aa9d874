import { createRandom, ORIGINS, type Origin } from '@foyer/domain/simulate';
import type { Foyer } from '@foyer/server';

/** Towns of the long tail, and how many addresses are looked at for them (≈ 5 µs each). */
const TOWNS = 3_000;
const TRIES = 80_000;
/** Share of the visitors who come from them; the rest is from the cities of the table. */
const TAIL = 0.4;

type Lookup = Foyer['archive']['lookup'];

/**
 * Where the demo's visitors come from: the table's cities, and thousands of towns found in the place data with addresses drawn from `seed`.
 * Each country keeps the share that the table gives it. Without place data it is the table alone. Cost: about half a second.
 */
export function demoOrigins(lookup: Lookup, seed: number): readonly Origin[] {
  const random = createRandom(seed);
  const countries = new Map<string, { weight: number; zones: { timeZone: string; lat: number; lon: number }[]; towns: Origin[] }>();
  const known = new Set<string>();
  for (const { country, timeZone, weight, ipv4 } of ORIGINS) {
    const place = lookup(`${ipv4}.1`, '');
    known.add(place.place);
    const entry = countries.get(country) ?? { weight: 0, zones: [], towns: [] };
    entry.weight += weight;
    entry.zones.push({ timeZone, lat: place.lat, lon: place.lon });
    countries.set(country, entry);
  }
  for (let i = 0, found = 0; i < TRIES && found < TOWNS; i++) {
    const ipv4 = `${random.int(1, 223)}.${random.int(0, 255)}.${random.int(0, 255)}`;
    const place = lookup(`${ipv4}.1`, '');
    const country = countries.get(place.country);
    if (!country || place.city === '' || place.approximate || known.has(place.place)) continue;
    // A block may lie in several towns; one that differs at its end is passed over.
    if (lookup(`${ipv4}.254`, '').place !== place.place) continue;
    known.add(place.place);
    found++;
    country.towns.push({ country: place.country, timeZone: nearest(country.zones, place), weight: 1, ipv4, ipv6: '' });
  }
  const tail = [...countries.values()].flatMap(({ weight, towns }) =>
    towns.map((town) => ({ ...town, weight: (weight * TAIL) / (1 - TAIL) / towns.length })),
  );
  return [...ORIGINS, ...tail];
}

/** The time zone of the table's nearest city in the country. */
function nearest(zones: readonly { timeZone: string; lat: number; lon: number }[], at: { lat: number; lon: number }): string {
  let best = zones[0]!;
  const distance = (zone: { lat: number; lon: number }) =>
    (zone.lat - at.lat) ** 2 + ((zone.lon - at.lon) * Math.cos((at.lat * Math.PI) / 180)) ** 2;
  for (const zone of zones) if (distance(zone) < distance(best)) best = zone;
  return best.timeZone;
}
