import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvField, csvOf } from './csv.ts';
import { runsOf, smoothPath } from './curve.ts';
import { namedPlaces, scaleFor } from './scale.ts';
import { countCell, NOTHING, textCell } from './table-data.ts';

const numbersOf = (path: string): number[] => (path.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);

describe('scales', () => {
  test('[AV7] a scale begins at 0, ends not below the largest value, and has few lines at equal, round distances', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e12, noNaN: true }), fc.constantFrom('count' as const, 'time' as const), (largest, kind) => {
        const { max, ticks } = scaleFor(largest, kind);
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)).toBe(max);
        expect(max).toBeGreaterThanOrEqual(largest * 0.999_999);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(7);
        if (kind === 'count') expect(ticks.every((tick) => Number.isInteger(tick))).toBe(true);
      }),
    );
    expect(scaleFor(923, 'count').ticks).toEqual([0, 250, 500, 750, 1_000]);
    expect(scaleFor(1, 'count').ticks).toEqual([0, 1]);
    expect(scaleFor(0, 'count').ticks).toEqual([0, 1]);
    expect(scaleFor(100_000, 'time').ticks).toEqual([0, 30_000, 60_000, 90_000, 120_000]);
    expect(scaleFor(3.2, 'stars').ticks).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('[AV7] names on an axis have room, and the first place has one', () => {
    expect(namedPlaces(30, 1_200, 84)).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27]);
    expect(namedPlaces(3, 1_200, 84)).toEqual([0, 1, 2]);
    expect(namedPlaces(0, 300, 84)).toEqual([]);
    expect(namedPlaces(1_500, 40, 84)).toEqual([0]);
  });
});

describe('curves', () => {
  test('[AV7] a smooth line never leaves the range of its points', () => {
    const heights = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(heights, (values) => {
        const path = smoothPath(values.map((y, x) => ({ x: x * 10, y })));
        const ys = numbersOf(path).filter((_, i) => i % 2 === 1);
        expect(Math.min(...ys)).toBeGreaterThanOrEqual(Math.min(...values) - 0.06);
        expect(Math.max(...ys)).toBeLessThanOrEqual(Math.max(...values) + 0.06);
      }),
    );
    expect(smoothPath([])).toBe('');
  });

  test('[AV7] a gap cuts the line in two', () => {
    const dot = (x: number) => ({ x, y: 1 });
    expect(runsOf([null, dot(1), dot(2), null, null, dot(5), null])).toEqual([[dot(1), dot(2)], [dot(5)]]);
  });
});

describe('CSV', () => {
  test.each([
    ['=HYPERLINK("http://evil")', '"\'=HYPERLINK(""http://evil"")"'],
    ['+49', "'+49"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['  =1', "'  =1"],
    ['\r\n=1', '"\'\r\n=1"'],
    ['a "quoted", comma', '"a ""quoted"", comma"'],
    ['/plain/path', '/plain/path'],
    ['<script>', '<script>'],
  ])('[AV5] %j is harmless in a spreadsheet', (text, field) => {
    expect(csvField(text)).toBe(field);
  });

  test('[AV5] a table is a file: heads with their units, numbers as numbers, nothing where nothing is known', () => {
    const file = csvOf({
      head: [{ title: 'Day' }, { title: 'Visits', numeric: true }, { title: 'First reply', csv: 'First reply, seconds', numeric: true }],
      rows: [
        { key: 1, cells: [textCell('2026-11-20', 'Fri 20 Nov'), countCell(1_234), { value: 38.5, shown: '38s' }] },
        { key: 2, cells: [textCell('2026-11-21'), countCell(-3), NOTHING] },
      ],
    });
    expect(file).toBe('\uFEFFDay,Visits,"First reply, seconds"\r\n2026-11-20,1234,38.5\r\n2026-11-21,-3,\r\n');
  });
});
