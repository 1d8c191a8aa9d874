import { describe, expect, test } from 'vitest';
import { placeAt } from './map.testkit.ts';
import { peopleBox } from './people-box.ts';

const at = (lon: number, lat: number, total: number) => ({ place: placeAt(1, { lon, lat }), total });

describe('where people are', () => {
  test('[MP14] a country is shown where its people are: few of them overseas do not make it as large as the world', () => {
    const france = [at(2, 49, 60), at(5, 43, 30), at(-1, 47, 20), at(55, -21, 2)];
    expect(peopleBox(france, 0.95)).toEqual({ west: -1, south: 43, east: 5, north: 49 });
    expect(peopleBox(france, 1)).toEqual({ west: -1, south: -21, east: 55, north: 49 });
    expect(peopleBox([at(7, 8, 1)], 1)).toEqual({ west: 7, south: 8, east: 7, north: 8 });
    expect(peopleBox([], 1)).toBeNull();
  });
});
