import fc from 'fast-check';
import { expect, test } from 'vitest';
import { geometryOf } from './geometry.ts';

const rowPx = 40;
const headPx = 36;

test('[VM12] without groups rows stand one below the other', () => {
  const { height, heads, topOf, rowAt } = geometryOf({ groups: [], base: 3, count: 10_000, rowPx, headPx });
  expect([height, heads, topOf(0), topOf(9_999), rowAt(0), rowAt(39.9), rowAt(40), rowAt(1e9)]).toEqual([
    400_000,
    [],
    0,
    399_960,
    0,
    0,
    1,
    10_000,
  ]);
});

test('[VM12] with groups no two things share a place, nothing is left out, and each point leads to its row', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 }),
      fc.nat(30),
      fc.integer({ min: 1, max: 200 }),
      (sizes, from, limit) => {
        const total = sizes.reduce((sum, n) => sum + n, 0);
        const base = Math.min(from, total - 1);
        const count = Math.min(limit, total - base);
        const groups = sizes.map((n, i) => ({ key: `g${i}`, count: n }));
        const { height, heads, topOf, rowAt } = geometryOf({ groups, base, count, rowPx, headPx });
        const groupOf = sizes.flatMap((n, i) => Array.from({ length: n }, () => i));
        let y = 0;
        let last = -1;
        for (let row = 0; row < count; row += 1) {
          const group = groupOf[row + base]!;
          if (group !== last) {
            expect(heads.find(({ top }) => top === y)).toMatchObject({ name: `g${group}`, count: sizes[group], first: row });
            y += headPx;
            last = group;
          }
          expect(topOf(row)).toBe(y);
          expect([rowAt(y), rowAt(y + rowPx - 1)]).toEqual([row, row]);
          y += rowPx;
        }
        expect([height, heads.at(-1)?.end]).toEqual([y, y]);
      },
    ),
  );
});
