import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ChangeOrder } from './change-order.ts';

const order = (last = 0) => new ChangeOrder<{ readonly chatSeq: number }>(last);

it('[CV26] in whatever order changes come, and however often, each is told once and in its order', () => {
  const arrivals = fc.integer({ min: 1, max: 40 }).chain((n) =>
    fc.shuffledSubarray(
      [...Array(n).keys(), ...Array(n).keys()].map((i) => i + 1),
      { minLength: 2 * n, maxLength: 2 * n },
    ),
  );
  fc.assert(
    fc.property(arrivals, (seqs) => {
      const made = order();
      const told = seqs.flatMap((chatSeq) => made.take({ chatSeq }).map((change) => change.chatSeq));
      expect(told).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    }),
  );
});

it('[CV26] what was lost is passed over when the head says so; what followed it is told', () => {
  const made = order(4);
  expect([made.take({ chatSeq: 7 }), made.take({ chatSeq: 4 }), made.last]).toEqual([[], [], 4]);
  expect(made.skipTo(6)).toEqual([{ chatSeq: 7 }]);
  expect([made.last, made.take({ chatSeq: 6 }), made.take({ chatSeq: 8 })]).toEqual([7, [], [{ chatSeq: 8 }]]);
});
