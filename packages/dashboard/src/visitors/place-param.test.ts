import { expect, test } from 'vitest';
import { placeParam, placeScope, scopeOf } from './place-param.ts';

test('[VP10] a place survives the address: a city, a region, and those whose place is unknown', () => {
  for (const place of [{ city: 'at|vienna|vienna' }, { region: 'US|California' }, { city: '' }])
    expect(placeScope(placeParam(place))).toEqual(place);
  expect(placeScope(undefined)).toBeNull();
  expect(scopeOf({ site: 's1', filtered: false, place: { city: '' } })).toEqual({ site: 's1', city: '' });
  expect(scopeOf({ site: undefined, filtered: true, place: null })).toEqual({ filtered: true });
});

test('[VP10] an address that names no place names none, instead of costing the connection', () => {
  for (const param of ['country:DEU', 'country:', 'country:d', 'region:', `region:${'x'.repeat(201)}`, 'x'.repeat(201)])
    expect([param.slice(0, 20), placeScope(param)]).toEqual([param.slice(0, 20), null]);
  expect(placeScope('country:DE')).toEqual({ country: 'DE' });
});
