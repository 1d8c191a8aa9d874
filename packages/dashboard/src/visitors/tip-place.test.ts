import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placedInRow, placedTip } from './tip-place.ts';

const sidebar = { left: 56, right: 432, top: 48, bottom: 900 };
const card = { left: 448, right: 722, top: 64, bottom: 142 };
const row = (top: number) => ({ left: 56, right: 432, top, bottom: top + 56 });

test('[VP4] the tooltip starts beside its row, and under the map’s card where it would reach it', () => {
  const q = { sidebar, card, tip: { width: 344, height: 540 }, screen: { width: 1_440, height: 900 }, rtl: false };
  expect(placedTip({ ...q, row: row(300) })).toMatchObject({ left: 442, top: 288 });
  expect(placedTip({ ...q, row: row(150) })).toMatchObject({ top: 154 });
  expect(placedTip({ ...q, row: row(840) })).toMatchObject({ top: 900 - 12 - 540 });
});

test('[VP4] wherever its row is, the tooltip is whole on the screen, and never over the card while there is room under it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 761, max: 2_600 }),
      fc.integer({ min: 420, max: 1_600 }),
      fc.integer({ min: -40, max: 1_600 }),
      fc.integer({ min: 80, max: 1_200 }),
      fc.boolean(),
      (width, height, top, tipHeight, rtl) => {
        const side = rtl ? { ...sidebar, left: width - 432, right: width - 56 } : sidebar;
        const over = rtl ? { ...card, left: width - 722, right: width - 448 } : card;
        const placed = placedTip({
          row: row(top),
          sidebar: side,
          card: over,
          tip: { width: 344, height: tipHeight },
          screen: { width, height },
          rtl,
        });
        const used = Math.min(tipHeight, placed.maxHeight);
        expect(placed.left).toBeGreaterThanOrEqual(0);
        expect(placed.left + 344).toBeLessThanOrEqual(width);
        expect(placed.top).toBeGreaterThanOrEqual(0);
        expect(placed.top + used).toBeLessThanOrEqual(height);
        const crosses = over.left < placed.left + 344 && over.right > placed.left;
        if (crosses) expect(placed.top).toBeGreaterThan(over.bottom);
      },
    ),
  );
});

test('[VM24] in a row as wide as the page the tooltip stands beside the pointer, never under it, whole on the screen', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 820, max: 2_600 }),
      fc.integer({ min: 420, max: 1_600 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      fc.integer({ min: 80, max: 1_200 }),
      fc.boolean(),
      (width, height, down, along, tipHeight, rtl) => {
        const top = Math.round(down * (height - 40));
        const wide = { left: 72, right: width - 16, top, bottom: top + 40 };
        const x = along === null ? null : wide.left + along * (wide.right - wide.left);
        const placed = placedInRow({ row: wide, x, tip: { width: 344, height: tipHeight }, screen: { width, height }, rtl });
        expect(placed.left).toBeGreaterThanOrEqual(0);
        expect(placed.left + 344).toBeLessThanOrEqual(width);
        expect(placed.top).toBeGreaterThanOrEqual(0);
        expect(placed.top + Math.min(tipHeight, placed.maxHeight)).toBeLessThanOrEqual(height);
        const pointer = x ?? (wide.left + wide.right) / 2;
        expect(pointer < placed.left || pointer > placed.left + 344).toBe(true);
      },
    ),
  );
});
