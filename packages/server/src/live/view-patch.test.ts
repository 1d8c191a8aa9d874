import type { Row } from '@foyer/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergePatches, type ViewPatch } from './view-patch.ts';
import { Shown } from './view.testkit.ts';

interface Step {
  readonly streams: number;
  readonly full: boolean;
  readonly counting: boolean | undefined;
  readonly order: readonly string[];
  readonly touched: readonly string[];
  readonly value: number;
}
const ids = ['a', 'b', 'c', 'd', 'e'];
const steps = fc.array(
  fc.record<Step>({
    streams: fc.integer({ min: 1, max: 7 }),
    full: fc.boolean(),
    counting: fc.constantFrom(undefined, true, false),
    order: fc.uniqueArray(fc.constantFrom(...ids)),
    touched: fc.uniqueArray(fc.constantFrom(...ids)),
    value: fc.integer({ min: 0, max: 9 }),
  }),
  { minLength: 1, maxLength: 12 },
);

/** Frames as a server makes them: the first ones full, each stream counted by itself, rows new to the window with all they have. */
function framesOf(script: readonly Step[]): ViewPatch[] {
  const seq = { totals: 0, cities: 0, rows: 0 };
  let inWindow: readonly string[] = [];
  return script.map(({ streams, full, counting, order, touched, value }, i) => {
    const isFull = full || i === 0;
    const flag = isFull ? { full: true as const } : {};
    const has = (bit: number): boolean => i === 0 || (streams & bit) !== 0;
    const row = (id: string): Partial<Row> =>
      isFull || !inWindow.includes(id) ? { id, pages: value, title: `${id}${value}` } : { pages: value };
    const given = order.filter((id) => isFull || touched.includes(id) || !inWindow.includes(id));
    const rows = {
      seq: ++seq.rows,
      ...flag,
      before: value,
      total: value + order.length,
      order,
      keys: Object.fromEntries(given.map((id) => [id, value])),
      set: Object.fromEntries(given.map((id) => [id, row(id)])),
    };
    const patch: ViewPatch = {
      ...(counting === undefined ? {} : { counting }),
      ...(has(1)
        ? {
            totals: {
              seq: ++seq.totals,
              ...flag,
              set: isFull ? { live: value, listed: value } : { [touched.length > 2 ? 'live' : 'listed']: value },
            },
          }
        : {}),
      ...(has(2)
        ? {
            cities: {
              seq: ++seq.cities,
              ...flag,
              set: touched.map((id) => (value === 0 && !isFull ? [ids.indexOf(id)] : [ids.indexOf(id), value])),
            },
          }
        : {}),
      ...(has(4) ? { rows } : {}),
    };
    if (has(4)) inWindow = order;
    else seq.rows--;
    return patch;
  });
}

it('[OB1] merged patches do what they would have done one by one, wherever they are cut', () => {
  fc.assert(
    fc.property(steps, fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 12 }), (script, cuts) => {
      const frames = framesOf(script);
      const all = new Shown();
      const merged = new Shown();
      let waiting: ViewPatch | null = null;
      let left = 1;
      for (const [i, frame] of frames.entries()) {
        all.apply(frame);
        waiting = waiting ? mergePatches(waiting, frame) : frame;
        if (--left > 0 && i < frames.length - 1) continue;
        merged.apply(waiting);
        waiting = null;
        left = cuts.pop() ?? 1;
      }
      expect(merged).toEqual(all);
      expect(JSON.stringify(merged.rows.order)).toBe(JSON.stringify(all.rows.order));
    }),
    { numRuns: 500 },
  );
});

it('[OB1] a merged patch names the frame before its first', () => {
  const patch = (seq: number): ViewPatch => ({ totals: { seq, set: { live: seq } } });
  const merged = [5, 6, 7].map(patch).reduce(mergePatches);
  expect(merged).toEqual({ totals: { seq: 7, prev: 4, set: { live: 7 } } });
  expect(mergePatches(merged, { totals: { seq: 8, full: true, set: {} } })).toEqual({ totals: { seq: 8, full: true, set: {} } });
  expect(mergePatches({ totals: { seq: 1, full: true, set: { live: 1 } } }, patch(2))).toEqual({
    totals: { seq: 2, full: true, set: { live: 2 } },
  });
});
