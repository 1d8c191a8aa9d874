import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  coastOf,
  type PackedBasemap,
  type PackedLabels,
  STEPS_PER_DEGREE,
  unpackLine,
} from '../../packages/dashboard/src/map/basemap/unpack.ts';
import { ROOT } from '../source.ts';
import { alpha2 } from './country-codes.ts';
import { packLabels } from './labels.ts';
import { packLine } from './packed.ts';
import { packShapes } from './shapes.ts';

const textOf = (name: string): string => readFileSync(join(ROOT, 'packages/dashboard/src/map/basemap', name), 'utf8');
const shapes = JSON.parse(textOf('basemap.json')) as PackedBasemap;
const labels = JSON.parse(textOf('labels.json')) as PackedLabels;
const lines = [...shapes.land.flat(), ...shapes.lakes.flat(), ...shapes.borders, ...shapes.states].map(unpackLine);

describe('the world we ship', () => {
  test('[MP1] is what the script makes of the packages', () => {
    expect(textOf('basemap.json')).toBe(`${JSON.stringify(packShapes())}\n`);
    expect(textOf('labels.json')).toBe(`${JSON.stringify(packLabels())}\n`);
  });

  test('[MP1] is at most 230 kB and 41 kB as gzip', () => {
    expect(gzipSync(textOf('basemap.json'), { level: 9 }).byteLength).toBeLessThanOrEqual(230_000);
    expect(gzipSync(textOf('labels.json'), { level: 9 }).byteLength).toBeLessThanOrEqual(41_000);
  });

  test('[MP1] lies within the world, and no line runs across it', () => {
    let longest = 0;
    let [east, north] = [0, 0];
    for (const line of lines) {
      for (const [i, [x = 0, y = 0]] of line.entries()) {
        east = Math.max(east, Math.abs(x));
        north = Math.max(north, Math.abs(y));
        const [lastX = x] = line[i - 1] ?? [];
        // The foot of Antarctica is the one line that does.
        if (y > -84) longest = Math.max(longest, Math.abs(x - lastX));
      }
    }
    expect(east).toBeLessThanOrEqual(180);
    expect(north).toBeLessThanOrEqual(90);
    // The longest straight one is the 49th parallel, between Canada and the United States.
    expect(longest).toBeLessThan(30);
  });

  test('[MP1] has closed outlines, and a coast without seams', () => {
    for (const ring of shapes.land.flat().map(unpackLine)) expect(ring.at(-1)).toEqual(ring[0]);
    const coast = coastOf(shapes.land.map((rings) => rings.map(unpackLine)));
    const isSeam = ([x = 0]: number[], [lastX]: number[]): boolean => Math.abs(x) > 179.99 && x === lastX;
    expect(coast.some((line) => line.some((point, i) => i > 0 && isSeam(point, line[i - 1]!)))).toBe(false);
  });

  test('[MP1] names every country that has a code, in every language by the browser', () => {
    const regions = new Intl.DisplayNames(['de'], { type: 'region', fallback: 'none' });
    const codes = labels.countries.map(([code]) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => regions.of(code) === undefined)).toEqual([]);
    expect(codes).toEqual(expect.arrayContaining(['DE', 'US', 'XK', 'VA', 'TW', 'SG', 'NZ']));
    expect(codes.length).toBeGreaterThanOrEqual(230);
    for (const [, , , names] of labels.seas) expect(Object.keys(names)).toEqual(['en', 'de']);
  });

  test('[MP1] the codes are those of ISO 3166', () => {
    expect([alpha2('276', ''), alpha2('840', ''), alpha2('004', ''), alpha2(undefined, 'Kosovo'), alpha2('999', 'Nowhere')]).toEqual([
      'DE',
      'US',
      'AF',
      'XK',
      '',
    ]);
  });

  test('[MP1] a line comes out of its packing as it went in, to half a step', () => {
    const line = [
      [-179.999, 12.3456],
      [-170.5, 13],
      [-170.4999, 13.0001],
      [160, -80],
    ];
    const back = unpackLine(packLine(line, false)!);
    for (const [i, [x = 0, y = 0]] of [line[0]!, line[1]!, line[3]!].entries()) {
      expect(Math.abs(back[i]![0]! - x)).toBeLessThanOrEqual(0.5 / STEPS_PER_DEGREE);
      expect(Math.abs(back[i]![1]! - y)).toBeLessThanOrEqual(0.5 / STEPS_PER_DEGREE);
    }
    expect(
      packLine(
        [
          [1, 1],
          [1.0001, 1],
          [1, 1.0001],
          [1, 1],
        ],
        true,
      ),
    ).toBeNull();
  });
});
