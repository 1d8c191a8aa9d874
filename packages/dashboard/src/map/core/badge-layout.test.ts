import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BADGE_HEIGHT, BadgeLayout, badgeOffset, badgeWidth, type Placeable } from './badge-layout.ts';
import { placePinName } from './name-layout.ts';
import { NO_SPOT, ON_PIN, SPOTS } from './pin.ts';
import { badgeText, pinRadius } from './pin-state.ts';

const aPlaceable = (x: number, y: number, total: number): Placeable => ({
  x,
  y,
  total,
  radius: pinRadius(total, false),
  badgeWidth: total > 1 ? badgeWidth(badgeText(total)) : 0,
  spot: NO_SPOT,
});
interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}
function boxOf(pin: Placeable, spot: number): Box {
  const { dx, dy } = badgeOffset(spot, pin.radius, pin.badgeWidth);
  const [x, y, w] = [pin.x + dx, pin.y + dy, pin.badgeWidth / 2];
  return { left: x - w, right: x + w, top: y - BADGE_HEIGHT / 2, bottom: y + BADGE_HEIGHT / 2 };
}
const crowd = fc
  .array(
    fc.record({ x: fc.integer({ min: 0, max: 400 }), y: fc.integer({ min: 0, max: 300 }), total: fc.integer({ min: 1, max: 30_000 }) }),
    {
      minLength: 1,
      maxLength: 90,
    },
  )
  .map((list) => list.map(({ x, y, total }) => aPlaceable(x, y, total)));

const areApart = (a: Box, b: Box): boolean => b.left >= a.right || b.right <= a.left || b.top >= a.bottom || b.bottom <= a.top;
const covers = (box: Box, { x, y, radius }: Placeable): boolean =>
  Math.hypot(x - Math.max(box.left, Math.min(box.right, x)), y - Math.max(box.top, Math.min(box.bottom, y))) < radius - 1e-6;

describe('where counts stand', () => {
  test('[MP7] a count covers no other count, and around its pin no pin that is not much smaller', () => {
    fc.assert(
      fc.property(crowd, (pins) => {
        const spots = new BadgeLayout().placeAll(pins);
        const boxes = pins.map((pin, i) => (spots[i] === NO_SPOT ? null : boxOf(pin, spots[i]!)));
        for (const [i, box] of boxes.entries()) {
          if (!box) continue;
          const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
          const own = Math.hypot(x - pins[i]!.x, y - pins[i]!.y) - pins[i]!.radius;
          for (const [j, pin] of pins.entries()) {
            if (i === j) continue;
            const other = boxes[j];
            if (other) expect(areApart(box, other), 'covers a count').toBe(true);
            if (pin.total < pins[i]!.total / 3 || spots[i]! >= ON_PIN) continue;
            expect(covers(box, pin), 'covers a pin').toBe(false);
            expect(Math.hypot(x - pin.x, y - pin.y) - pin.radius, 'is nearer to another pin').toBeGreaterThanOrEqual(own - 1e-6);
          }
        }
      }),
    );
  });

  test('[MP7] a count is left out only where counts lie on all of its pin; the largest has its own', () => {
    fc.assert(
      fc.property(crowd, (pins) => {
        const spots = new BadgeLayout().placeAll(pins);
        for (const [i, pin] of pins.entries()) {
          if (pin.total < 2 || spots[i] !== NO_SPOT) continue;
          for (let spot = ON_PIN; spot < SPOTS.length; spot += 1) {
            const isTaken = pins.some((other, j) => spots[j] !== NO_SPOT && !areApart(boxOf(other, spots[j]!), boxOf(pin, spot)));
            expect(isTaken, `${SPOTS[spot]} of ${pin.total}`).toBe(true);
          }
        }
        const largest = Math.max(...pins.map(({ total }) => total));
        if (largest > 1) expect(spots[pins.findIndex(({ total }) => total === largest)]).not.toBe(NO_SPOT);
      }),
    );
  });

  test('[MP7] right above is the first choice; the larger pin chooses first; one pin alone has none', () => {
    expect([...new BadgeLayout().placeAll([aPlaceable(0, 0, 5)])]).toEqual([0]);
    expect([...new BadgeLayout().placeAll([aPlaceable(0, 0, 1)])]).toEqual([NO_SPOT]);
    const [small, large] = new BadgeLayout().placeAll([aPlaceable(0, 0, 2), aPlaceable(26, -4, 500)]);
    expect(large).toBe(0);
    expect(small).not.toBe(0);
  });

  test('[MP7] amid much smaller pins a count covers one of them; amid pins of its own size it stands on its pin', () => {
    const around = (total: number): Placeable[] =>
      Array.from({ length: 8 }, (_, i) => aPlaceable(Math.cos((i * Math.PI) / 4) * 20, Math.sin((i * Math.PI) / 4) * 20, total));
    expect(new BadgeLayout().placeAll([aPlaceable(0, 0, 9), ...around(1)])[0]).toBe(0);
    expect(new BadgeLayout().placeAll([aPlaceable(0, 0, 9), ...around(8)])[0]).toBe(ON_PIN);
  });

  test('[MP7] a count stays where it is while it can', () => {
    expect([...new BadgeLayout().placeAll([{ ...aPlaceable(0, 0, 5), spot: 4 }])]).toEqual([4]);
  });

  test('[MP7] one more pin finds a place beside the others without moving them', () => {
    const layout = new BadgeLayout();
    layout.placeAll([aPlaceable(0, 0, 50)]);
    const late = aPlaceable(18, 14, 12);
    const spot = layout.placeOne(1, late, true);
    expect(spot).not.toBe(NO_SPOT);
    const [box, first] = [boxOf(late, spot), boxOf(aPlaceable(0, 0, 50), 0)];
    expect(box.left >= first.right || box.right <= first.left || box.top >= first.bottom || box.bottom <= first.top).toBe(true);
  });

  test('[MP8] a name gives way to counts, pins and other names', () => {
    const layout = new BadgeLayout();
    const pins = [aPlaceable(0, 0, 50), aPlaceable(-60, 0, 50)];
    const spots = layout.placeAll(pins);
    const measure = (text: string): number => text.length * 7;
    const name = (i: number, text: string) => placePinName(text, { ...pins[i]!, spot: spots[i]!, owner: i }, layout, measure);
    // To the left the other pin is too near, to the right lies its own count's corner at most.
    expect(name(0, 'Frankfurt')?.anchor).not.toBe('right');
    expect(name(1, 'Köln')?.anchor).toBe('right');
    expect(name(1, 'Köln')?.anchor).not.toBe('right');
  });
});
