import { CITY_ORDER, type CityCounts, type Place, type Status } from '@foyer/protocol';
import type { Pin } from './pin.ts';
import { count, describe, newPin } from './pin-group.ts';

/** Counts as the wire has them: trailing zeros left out. */
export function countsAt(index: number, by: Partial<Record<Status, number>>): CityCounts {
  const counts = [index, ...CITY_ORDER.map((status) => by[status] ?? 0)];
  while (counts.length > 1 && counts.at(-1) === 0) counts.pop();
  return counts;
}

export function placeAt(index: number, given: Partial<Place> = {}): Place {
  const city = given.city ?? `City ${index}`;
  const country = given.country ?? 'DE';
  const region = given.region ?? 'Region';
  return { index, id: `${country}|${region}|${city}`.toLowerCase(), city, region, country, lat: 50, lon: 10, approximate: false, ...given };
}

export function aPin(by: Partial<Record<Status, number>>, given: Partial<Place> = {}): Pin {
  const place = placeAt(1, given);
  const pin = newPin('city', place.id, place);
  count(pin, countsAt(1, by), 1);
  describe(pin);
  return pin;
}

/** mulberry32 */
export function seeded(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Places spread like people: dense here, empty there. `count` of them in about a tenth as many regions. */
export function manyPlaces(count: number, random: () => number): Place[] {
  const countries = Array.from({ length: 60 }, () => ({
    lon: random() * 300 - 150,
    lat: random() * 110 - 45,
    code: String.fromCharCode(65 + Math.floor(random() * 26), 65 + Math.floor(random() * 26)),
  }));
  return Array.from({ length: count }, (_, index) => {
    const { lon, lat, code } = countries[Math.floor(random() ** 2 * countries.length)]!;
    const region = Math.floor(random() * 9);
    return placeAt(index, {
      country: code,
      region: `R${region}`,
      city: `C${index}`,
      lon: lon + (region % 3) * 3 + random() * 2.5,
      lat: lat + Math.floor(region / 3) * 2.5 + random() * 2,
    });
  });
}
