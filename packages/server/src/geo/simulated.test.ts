import { addressIn, createRandom, ORIGINS } from '@foyer/domain/simulate';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../adapters/fake-clock.ts';
import { type Geo, openGeo } from './geo.ts';
import { countryOfZone } from './time-zone.ts';

describe('simulated visitors', () => {
  let geo: Geo;
  beforeAll(async () => {
    geo = await openGeo({ log: { info: vi.fn(), warn: vi.fn() }, clock: new FakeClock() });
  });
  afterAll(() => geo.close());

  it('[SI5] have addresses in the country they are said to be from, in hundreds of cities', () => {
    const random = createRandom(1);
    const places = ORIGINS.flatMap((origin) => {
      const four = geo.lookup(`${origin.ipv4}.${random.int(1, 254)}`, '');
      const any = geo.lookup(addressIn(origin, random), '');
      return [four, any].map((place) => ({ origin, place }));
    });
    const elsewhere = places.filter(({ origin, place }) => place.country !== origin.country || place.city === '' || place.approximate);
    expect(elsewhere.map(({ origin }) => `${origin.country} ${origin.ipv4} ${origin.ipv6}`)).toEqual([]);
    expect(new Set(places.map(({ place }) => place.place)).size).toBeGreaterThan(300);
    expect(new Set(places.map(({ place }) => place.country)).size).toBeGreaterThan(80);
  });

  it('[SI5] have a time zone of that country', () => {
    const strangers = ORIGINS.filter((origin) => countryOfZone(origin.timeZone) !== origin.country);
    expect(strangers.map((origin) => `${origin.country} ${origin.timeZone}`)).toEqual([]);
  });
});
