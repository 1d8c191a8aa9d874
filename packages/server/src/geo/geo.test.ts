import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../adapters/fake-clock.ts';
import { DBIP_ATTRIBUTION, type Geo, openGeo, UNKNOWN_PLACE } from './geo.ts';
import { mmdb, type Value, writeMmdb } from './mmdb.testkit.ts';
import { countryOfZone } from './time-zone.ts';

const aLog = () => ({ info: vi.fn(), warn: vi.fn() });
const flat = (country_code: string, state1: string, city: string, latitude: number, longitude: number): Value => ({
  country_code,
  state1,
  city,
  latitude,
  longitude,
});
/** A whole number would be written as an unsigned integer, which databases use for other things. */
const flatBerlin = flat('DE', 'Berlin', 'Berlin (Bezirk Mitte)', 52.51, 13.39);

describe('the built-in data', () => {
  let geo: Geo;
  beforeAll(async () => {
    geo = await openGeo({ log: aLog(), clock: new FakeClock() });
  });
  afterAll(() => geo.close());

  it.each([
    ['130.133.44.1', 'DE', 'Berlin'],
    ['85.105.1.1', 'TR', 'Istanbul'],
    ['61.135.169.121', 'CN', 'Beijing'],
    ['2a00:1450:4001::1', 'DE', 'Frankfurt am Main'],
    ['::ffff:130.133.44.1', 'DE', 'Berlin'],
  ])('[GE1] %s is in %s, %s', (address, country, city) => {
    expect(geo.lookup(address, '')).toMatchObject({ country, city, approximate: false });
  });

  it('[GE3] quarters of a city are one place, with one point', () => {
    const places = ['130.133.44.1', '130.149.0.1', '141.20.0.1'].map((address) => geo.lookup(address, ''));
    expect(new Set(places.map((place) => place.place))).toEqual(new Set(['DE|berlin|berlin']));
    expect(new Set(places.map((place) => `${place.lat},${place.lon}`)).size).toBe(1);
  });

  it.each(['10.0.0.1', '127.0.0.1', '::1', '192.168.1.1', '203.0.113.1', '2001:db8::1', '', 'nonsense'])(
    '[GE4] %j has no record, so the time zone says the country',
    (address) => {
      expect(geo.lookup(address, 'Europe/Vienna')).toMatchObject({ place: 'AT||', country: 'AT', region: '', city: '', approximate: true });
      expect(geo.lookup(address, '')).toEqual(UNKNOWN_PLACE);
    },
  );

  it('[GE6] says where it comes from and when it was made', () => {
    expect(geo.source).toMatchObject({ kind: 'built-in', attribution: DBIP_ATTRIBUTION });
    expect(geo.source.builtAt).toBeGreaterThan(Date.UTC(2026, 0, 1));
  });

  it('[GE5] no text makes a look-up throw', () => {
    for (const address of ['::ffff:999.1.1.1', '1.2.3.4/24', '\0', 'x'.repeat(1e5), '[::]', '%']) {
      for (const zone of ['__proto__', 'constructor', 'x'.repeat(60), '\0']) expect(geo.lookup(address, zone)).toEqual(UNKNOWN_PLACE);
    }
  });
});

describe('a database of one’s own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-geo-'));
  const path = join(folder, 'own.mmdb');
  const opened: Geo[] = [];
  const open = async (clock = new FakeClock(), log = aLog()): Promise<Geo> => {
    const geo = await openGeo({ dbPath: path, log, clock });
    opened.push(geo);
    return geo;
  };
  afterEach(() => {
    for (const geo of opened.splice(0)) geo.close();
    rmSync(path, { force: true });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('[GE1] an IPv6 file answers for both families, one of IPv4 never for IPv6', async () => {
    const networks = { '198.51.100.0/24': flatBerlin };
    writeMmdb(path, { ipVersion: 6, networks: { ...networks, '2001:db8::/32': flat('FR', 'Normandy', 'Rouen', 49.44, 1.1) } });
    const both = await open();
    expect(both.lookup('198.51.100.7', '').city).toBe('Berlin');
    expect(both.lookup('2001:db8::7', '').city).toBe('Rouen');
    writeMmdb(path, { ipVersion: 4, networks });
    const four = await open();
    expect(four.lookup('198.51.100.7', '').city).toBe('Berlin');
    expect(four.lookup('c633:6407::1', '')).toEqual(UNKNOWN_PLACE);
  });

  it('[GE3] a village far from any city keeps its own name, point and region, without the bracket', async () => {
    writeMmdb(path, {
      networks: {
        '198.51.100.0/24': flat('DE', 'Brandenburg', 'Rheinsberg (Zechlin)', 53.1, 12.9),
        '198.51.101.0/24': flat('AU', 'Northern Territory', 'Yulara', -25.24, 130.99),
      },
    });
    const geo = await open();
    expect(geo.lookup('198.51.101.1', '')).toEqual({
      place: 'AU|northern territory|yulara',
      country: 'AU',
      region: 'Northern Territory',
      city: 'Yulara',
      lat: -25.24,
      lon: 130.99,
      approximate: false,
      organisation: '',
    });
    expect(geo.lookup('198.51.100.1', '').city).toBe('Rheinsberg');
  });

  it('[GE3] the nearest city counts in the same country only, and within 40 km', async () => {
    // Kehl lies opposite Strasbourg; Offenburg (DE, 57,000) is 17 km off.
    writeMmdb(path, {
      networks: {
        '198.51.100.0/24': flat('DE', 'Baden-Wurttemberg', 'Kehl', 48.573, 7.809),
        '198.51.101.0/24': flat('FJ', 'Eastern', 'Lakeba', -18.2, -178.8),
      },
    });
    const geo = await open();
    expect(geo.lookup('198.51.100.1', '').city).toBe('Offenburg');
    expect(geo.lookup('198.51.101.1', '').city).toBe('Lakeba');
  });

  it('[GE3] a village called like a city elsewhere in its region is not put there', async () => {
    writeMmdb(path, { networks: { '198.51.100.0/24': flat('AU', 'Western Australia', 'Perth', -24.9, 128.3) } });
    const place = (await open()).lookup('198.51.100.1', '');
    expect(place).toMatchObject({ city: 'Perth', lat: -24.9, lon: 128.3 });
    expect(place.place).not.toBe('AU|western australia|perth');
  });

  it('[GE4] a record of a country only is approximate, and beats the time zone', async () => {
    writeMmdb(path, { networks: { '198.51.100.0/24': { country: { iso_code: 'CZ' } }, '198.51.101.0/24': { continent: { code: 'EU' } } } });
    const geo = await open();
    expect(geo.lookup('198.51.100.1', 'Europe/Vienna')).toMatchObject({ place: 'CZ||', country: 'CZ', approximate: true });
    expect(geo.lookup('198.51.101.1', 'Europe/Vienna')).toMatchObject({ place: 'AT||', approximate: true });
  });

  it('[GE2] it may know private networks, and who owns an address', async () => {
    const office = {
      country: { iso_code: 'DE' },
      city: { names: { en: 'Berlin' } },
      location: { latitude: 52.51, longitude: 13.39 },
      traits: { organization: 'Head office' },
    };
    writeMmdb(path, { networks: { '10.0.0.0/8': office, '198.51.100.0/24': flatBerlin } });
    const geo = await open();
    expect(geo.lookup('10.1.2.3', '')).toMatchObject({ city: 'Berlin', organisation: 'Head office' });
    expect(geo.lookup('198.51.100.1', '').organisation).toBe('');
    expect(geo.source).toMatchObject({ kind: 'file', type: 'Test-City', builtAt: 1_750_000_000_000, attribution: null });
  });

  it('[GE5] a file that is not there, or none, is said once, and places come from time zones', async () => {
    const log = aLog();
    const missing = await open(new FakeClock(), log);
    expect(missing.lookup('130.133.44.1', 'Europe/Berlin')).toMatchObject({ place: 'DE||' });
    expect(missing.source.kind).toBe('none');
    writeFileSync(path, 'this is no database');
    await open(new FakeClock(), log);
    expect(log.warn).toHaveBeenCalledTimes(2);
  });

  it('[GE5] a record that is broken counts as none, is said once, and the next is read', async () => {
    const file = mmdb({ networks: { '198.51.100.0/24': flatBerlin, '198.51.101.0/24': { country_code: 'FR' } } });
    // The first record becomes a pointer far outside of the file.
    const at = file.indexOf(Buffer.from([0xe5, 0x4c]));
    expect(at).toBeGreaterThan(0);
    file.set([0x38, 0x7f, 0xff, 0xff, 0xff], at);
    writeFileSync(path, file);
    const log = aLog();
    const geo = await open(new FakeClock(), log);
    expect(geo.lookup('198.51.100.1', 'Europe/Berlin')).toMatchObject({ place: 'DE||' });
    expect(geo.lookup('198.51.100.2', 'Europe/Berlin')).toMatchObject({ place: 'DE||' });
    expect(geo.lookup('198.51.101.1', 'Europe/Berlin')).toMatchObject({ place: 'FR||' });
    expect(log.warn).toHaveBeenCalledTimes(1);
  });

  it('[GE7] a changed file is read once it stands still, a broken one leaves the one before in use', async () => {
    const clock = new FakeClock();
    const log = aLog();
    writeMmdb(path, { networks: { '198.51.100.0/24': flatBerlin } });
    const geo = await open(clock, log);
    const poll = () => clock.advance(5_000);

    writeMmdb(path, {
      builtAtS: 1_760_000_000,
      networks: { '198.51.100.0/24': flat('FR', 'Normandy', 'Rouen', 49.44, 1.1), '198.51.101.0/24': flatBerlin },
    });
    await vi.waitFor(() => {
      poll();
      expect(geo.lookup('198.51.100.1', '').city).toBe('Rouen');
    });
    expect(geo.source.builtAt).toBe(1_760_000_000_000);
    expect(log.info).toHaveBeenCalledTimes(1);

    writeFileSync(path, 'half a file');
    await vi.waitFor(() => {
      poll();
      expect(log.warn).toHaveBeenCalledTimes(1);
    });
    expect(geo.lookup('198.51.100.1', '').city).toBe('Rouen');
  });
});

describe('time zones', () => {
  it.each([
    ['Europe/Berlin', 'DE'],
    ['Asia/Calcutta', 'IN'],
    ['America/Sao_Paulo', 'BR'],
    ['UTC', ''],
    ['Etc/GMT+3', ''],
    ['', ''],
    ['Mars/Olympus', ''],
    ['toString', ''],
  ])('[GE4] %s is in %j', (zone, country) => {
    expect(countryOfZone(zone)).toBe(country);
  });

  it('[GE4] every zone a browser can name, but those of no country, has a country with a point', async () => {
    const geo = await openGeo({ log: aLog(), clock: new FakeClock() });
    const without = Intl.supportedValuesOf('timeZone').filter(
      (zone) => zone.includes('/') && !zone.startsWith('Etc/') && geo.lookup('', zone).place === '',
    );
    expect(without).toEqual([]);
  });
});
