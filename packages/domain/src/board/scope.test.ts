import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hello, makePresence, page } from '../presence/presence.testkit.ts';
import { readFilter } from '../rules/index.ts';
import { WindowStream } from './streams.ts';
import { viewKey } from './view.ts';

const T0 = 1_700_000_000_000;
const place = (country: string, region: string, city: string, approximate = false) => ({
  id: country === '' ? '' : `${country}|${region.toLowerCase()}|${city.toLowerCase()}`,
  country,
  region,
  city,
  lat: 1,
  lon: 2,
  approximate,
});
const PLACES = [
  place('DE', 'Bavaria', 'Munich'),
  place('DE', 'Bavaria', 'Augsburg'),
  place('DE', 'Berlin', 'Berlin'),
  place('US', 'Berlin', 'Berlin'),
  place('BR', 'São Paulo', 'São Paulo'),
  place('DE', '', '', true),
  place('', '', ''),
];
const REGIONS = [...new Set(PLACES.map(({ country, region }) => `${country}|${region}`)), 'DE|Nowhere'];

test('[BD10] a scope of a place, a region or a country has exactly the visits there, and one of no place those whose place is unknown', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(PLACES.length - 1), { maxLength: 60 }), (arrivals) => {
      const { presence, board } = makePresence();
      arrivals.forEach((at, i) =>
        presence.announce(hello(`v${i}`, { facts: { ...hello('').facts, place: PLACES[at]! }, pages: [page(1, '/')] }), T0 + i),
      );
      const listed = (scope: object): number => {
        const view = board.open(JSON.stringify(scope), { scope, filter: readFilter('') });
        board.read(() => true);
        return view.listed;
      };
      const here = (holds: (one: (typeof PLACES)[number]) => boolean): number => arrivals.filter((at) => holds(PLACES[at]!)).length;
      for (const { id } of PLACES) expect(listed({ city: id }), id).toBe(here((one) => one.id === id));
      for (const region of REGIONS) {
        const expected = here(({ country, region: name }) => country !== '' && `${country}|${name}` === region);
        expect(listed({ region }), region).toBe(expected);
        expect(listed({ region: region.toLowerCase() }), 'case is nothing').toBe(expected);
      }
      for (const country of ['DE', 'US', 'BR', 'FR']) expect(listed({ country }), country).toBe(here((one) => one.country === country));
      expect(listed({ city: '' })).toBe(board.views.get('{"city":""}')!.unknownPlace);
    }),
    { numRuns: 60 },
  );
});

test('[BD10] scopes that differ are different views', () => {
  const scopes = [
    {},
    { city: '' },
    { city: 'DE|a|b' },
    { region: 'DE|a' },
    { region: 'DE|b' },
    { country: 'DE' },
    { site: 's' },
    { filtered: true },
  ];
  expect(new Set(scopes.map((scope) => viewKey(scope, ''))).size).toBe(scopes.length);
});

test('[BD4] by country and by city unknown places come after all others, in whatever script those are', () => {
  const made = makePresence();
  const places = [place('', '', ''), place('UA', 'Kyiv', 'Київ'), place('DE', '', '', true), place('AT', 'Wien', 'Wien')];
  for (const [i, at] of places.entries())
    made.presence.announce(hello(`v${i}`, { facts: { ...hello('').facts, place: at }, pages: [page(1, '/')] }), T0 + i);
  const shown = (sort: 'country' | 'city', field: 'country' | 'city') => {
    const view = made.board.open(sort, { scope: {}, filter: { terms: [] } });
    const rows = new WindowStream(made.board, view, { sort, dir: 'asc', before: 0, after: 10 });
    made.board.read(() => true);
    rows.take(0);
    const { order, set } = rows.full();
    return order!.map((id) => set![id]![field]);
  };
  expect(shown('country', 'country')).toEqual(['AT', 'DE', 'UA', '']);
  expect(shown('city', 'city')).toEqual(['Wien', 'Київ', '', '']);
});
