import type { CityCounts, Place } from '@foyer/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isFolded } from './crowding.ts';
import { countsAt, manyPlaces, placeAt, seeded } from './map.testkit.ts';
import { PinBoard } from './pin-board.ts';

function boardOf(places: readonly Place[], zoom = 1) {
  const board = new PinBoard((index) => places[index]);
  const cities = new Map<number, CityCounts>();
  const set = (index: number, active: number): void => {
    if (active === 0) cities.delete(index);
    else cities.set(index, countsAt(index, { active }));
    board.update(cities, new Set([index]));
    board.refold(zoom);
  };
  return { board, cities, set };
}
const drawn = (board: PinBoard): string[] => [...board.drawn].map((pin) => `${pin.kind} ${pin.id} ${pin.total}`).sort();

describe('which pins there are', () => {
  test('[MP5] whatever comes and goes, everybody is in exactly one drawn pin', () => {
    const places = manyPlaces(120, seeded(5));
    const step = fc.oneof(
      fc.record({ city: fc.nat(119), active: fc.nat(3), inactive: fc.nat(2) }),
      fc.record({ zoom: fc.double({ min: 0, max: 6, noNaN: true }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const { board, cities } = boardOf(places);
        const shown = new Set(board.drawn);
        for (const one of steps) {
          if ('zoom' in one) board.refold(one.zoom);
          else {
            const counts = countsAt(one.city, one);
            if (counts.length > 1) cities.set(one.city, counts);
            else cities.delete(one.city);
            board.update(cities, new Set([one.city]));
          }
          // What is reported as come and gone leads from what was drawn to what is drawn.
          for (const pin of board.came) shown.add(pin);
          for (const pin of board.went) shown.delete(pin);
          board.settle();
          expect([...shown].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([...board.drawn].sort((a, b) => (a.id < b.id ? -1 : 1)));
        }
        let people = 0;
        for (const counts of cities.values()) for (let i = 1; i < counts.length; i += 1) people += counts[i]!;
        expect([...board.drawn].reduce((sum, pin) => sum + pin.total, 0)).toBe(people);
        for (const index of cities.keys()) expect(board.drawn.has(board.pinOf(places[index]!.id)!)).toBe(true);
        for (const pin of board.drawn) expect(pin.total).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  test('[MP5] cities of one region that crowd are one pin below zoom 3 and stand for themselves from there on', () => {
    const { board, set } = boardOf([placeAt(0, { lon: 10 }), placeAt(1, { lon: 10.4 }), placeAt(2, { lon: 60, region: 'Far' })], 2);
    set(0, 5);
    set(1, 2);
    set(2, 1);
    expect(drawn(board)).toEqual(['city de|far|city 2 1', 'region DE|Region 7']);
    board.refold(3);
    expect(drawn(board)).toEqual(['city de|far|city 2 1', 'city de|region|city 0 5', 'city de|region|city 1 2']);
  });

  test('[MP5] cities of one region that lie apart are not folded', () => {
    const { board, set } = boardOf([placeAt(0, { lon: -20 }), placeAt(1, { lon: 20 })], 1);
    set(0, 5);
    set(1, 5);
    expect(board.drawn.size).toBe(2);
  });

  test('[MP5] regions of a country that lie on one another are one pin, however few pins there are, and open further in', () => {
    // As `country:de status:active` at the zoom of the world: ten regions with dozens of visitors each.
    const regions = Array.from({ length: 10 }, (_, i) =>
      placeAt(i, { region: `R${i}`, lon: 7 + (i % 4) * 2, lat: 48 + Math.floor(i / 4) * 2 }),
    );
    const only = placeAt(10, { region: '', city: '', lon: 10, lat: 51, approximate: true });
    const { board, set } = boardOf([...regions, only], 1.2);
    for (const { index } of regions) set(index, 30 + index);
    set(10, 4);
    expect(drawn(board)).toEqual(['country DE 349']);
    expect(board.citiesIn(board.pinOf(only.id)!)).toBe(11);
    expect(board.pinAt('country', 'DE')).toBe(board.pinOf(only.id));
    expect(board.pinAt('country', 'DE')?.place, 'the middle of its people').toBe(regions[5]);
    board.refold(3);
    expect(board.pinOf(regions[0]!.id)?.kind).toBe('city');
    expect(board.pinAt('country', 'DE')?.place, 'its largest city').toBe(regions[9]);
    expect(board.citiesOf('country', 'DE')).toHaveLength(11);
  });

  test('[MP5] regions that stand apart stay, however many pins there are; other countries do not matter', () => {
    const apart = [placeAt(0, { country: 'US', region: 'A', lon: -120 }), placeAt(1, { country: 'US', region: 'B', lon: -80 })];
    const others = Array.from({ length: 300 }, (_, i) => placeAt(2 + i, { country: `X${i}`, region: 'R', lon: -170 + i, lat: -40 }));
    const { board, set } = boardOf([...apart, ...others], 1);
    for (let i = 0; i < 302; i += 1) set(i, 3);
    expect(board.drawn.size).toBe(302);
    expect(board.pinOf(apart[0]!.id)?.kind).toBe('city');
  });

  test('[MP6] a zoom that rests at the threshold, and counts that go up and down, fold nothing back and forth', () => {
    expect(isFolded(true, 1.95, 2, 3)).toBe(true);
    expect(isFolded(true, 2.1, 2, 3)).toBe(true);
    expect(isFolded(false, 1.95, 2, 3)).toBe(false);
    expect(isFolded(true, 3, 9, 3)).toBe(false);
    const { board, set } = boardOf([placeAt(0, { lon: 10 }), placeAt(1, { lon: 13 })], 1.5);
    set(0, 5);
    set(1, 5);
    const { kind } = board.pinOf('de|region|city 0')!;
    for (let i = 0; i < 40; i += 1) {
      set(i % 2, 4 + (i % 3));
      board.refold(1.5 + (i % 2 ? 0.05 : -0.05));
      expect(board.pinOf('de|region|city 0')!.kind).toBe(kind);
    }
  });

  test('[MP6] a region’s pin stays at its city until another is half as large again', () => {
    const { board, set } = boardOf([placeAt(0, { lon: 10 }), placeAt(1, { lon: 10.4 })], 1);
    set(0, 10);
    set(1, 14);
    const pin = board.pinOf('de|region|city 0')!;
    expect(pin.place.index).toBe(0);
    board.settle();
    set(1, 15);
    expect(pin.place.index).toBe(1);
    expect(board.moved).toBe(true);
  });

  test('[MP5] a city whose name has not come waits for it; a new epoch begins with nothing', () => {
    const places: Place[] = [];
    const { board, set } = boardOf(places);
    set(3, 2);
    expect(board.drawn.size).toBe(0);
    expect(board.waitsFor).toBe(3);
    places[3] = placeAt(3);
    board.named();
    expect(board.drawn.size).toBe(1);
    board.clear();
    expect(board.drawn.size).toBe(0);
  });
});
