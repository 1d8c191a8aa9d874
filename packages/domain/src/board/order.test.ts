import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Order } from './order.ts';

test('[BD1] an order keeps ranks and slices of any insertions and removals', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 3_000 }), fc.boolean()), { maxLength: 4_000 }),
      fc.integer({ min: 0, max: 3_000 }),
      (steps, probe) => {
        const order = new Order((a, b) => a - b);
        const inside = new Set<number>();
        for (const [slot, isIn] of steps) {
          if (isIn === inside.has(slot)) continue;
          if (isIn) {
            order.insert(slot);
            inside.add(slot);
          } else {
            order.remove(slot);
            inside.delete(slot);
          }
        }
        const sorted = [...inside].sort((a, b) => a - b);
        expect(order.size).toBe(sorted.length);
        expect(order.slice(0, order.size)).toEqual(sorted);
        expect(order.rank((other) => probe - other)).toBe(sorted.filter((slot) => slot < probe).length);
        const from = Math.floor(sorted.length / 3);
        expect(order.slice(from, from + 10)).toEqual(sorted.slice(from, from + 10));
      },
    ),
    { numRuns: 30 },
  );
});

test('[BD1] removing what is not inside under its key is a bug that shows', () => {
  const order = new Order((a, b) => a - b);
  order.insert(1);
  expect(() => order.remove(2)).toThrow('not where its key says');
});
