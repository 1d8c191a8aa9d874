import { describe, expect, it } from 'vitest';
import { readRecord } from './record.ts';

const BERLIN = { country: 'DE', region: 'Land Berlin', city: 'Berlin', lat: 52.5, lon: 13.4, organisation: '' };

describe('records of city databases', () => {
  it('[GE2] GeoLite2, GeoIP2 and DB-IP nest them', () => {
    const record = {
      city: { geoname_id: 2950159, names: { de: 'Berlin', en: 'Berlin' } },
      country: { iso_code: 'DE', names: { en: 'Germany' } },
      location: { latitude: 52.5, longitude: 13.4, time_zone: 'Europe/Berlin' },
      registered_country: { iso_code: 'FR' },
      subdivisions: [{ iso_code: 'BE', names: { en: 'Land Berlin' } }],
    };
    expect(readRecord(record)).toEqual(BERLIN);
    expect(readRecord({ ...record, traits: { autonomous_system_organization: 'AS', organization: 'Org', isp: 'Net' } })?.organisation).toBe(
      'Net',
    );
    expect(readRecord({ ...record, traits: { autonomous_system_organization: 'AS' } })?.organisation).toBe('AS');
  });

  it('[GE2] the built-in data has them flat, with districts in brackets', () => {
    expect(
      readRecord({
        city: 'Berlin (Mitte)',
        country_code: 'DE',
        state1: 'Land Berlin',
        state2: '',
        postcode: '',
        timezone: '',
        latitude: 52.5,
        longitude: 13.4,
      }),
    ).toEqual(BERLIN);
  });

  it('[GE2] IPinfo has numbers as text', () => {
    expect(readRecord({ country: 'de', region: 'Land Berlin', city: 'Berlin', lat: '52.5', lng: '13.4', as_name: 'Net' })).toEqual({
      ...BERLIN,
      organisation: 'Net',
    });
  });

  it('[GE2] the registered country counts when there is no other', () => {
    expect(readRecord({ registered_country: { iso_code: 'US' } })).toEqual({
      country: 'US',
      region: '',
      city: '',
      lat: null,
      lon: null,
      organisation: '',
    });
  });

  it.each([
    null,
    undefined,
    'DE',
    7,
    [],
    {},
    { country: {} },
    { country_code: '' },
    { country_code: 'Germany' },
    { country: { iso_code: 5 } },
  ])('[GE2] %j has no place', (value) => {
    expect(readRecord(value)).toBeNull();
  });

  it.each([
    { latitude: 91, longitude: 0 },
    { latitude: 0, longitude: 181 },
    { latitude: Number.NaN, longitude: 0 },
    { latitude: '', longitude: '' },
    { latitude: 1 },
    { latitude: 'x', longitude: 'y' },
  ])('[GE2] coordinates %j are none', (point) => {
    expect(readRecord({ country_code: 'DE', city: 'X', ...point })).toMatchObject({ lat: null, lon: null });
  });
});
