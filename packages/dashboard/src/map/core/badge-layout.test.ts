import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BADGE_HEIGHT, BadgeLayout, badgeOffset, badgeWidth, type Placeable } from './badge-layout.ts';
import { placePinName } from './name-layout.ts';
import { NO_SPOT } from './pin.ts';
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

describe('where counts stand', () => {
  test('[MP7] a count covers no other pin and no other count, and stands nearest to its own', () => {
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
            const dx = pin.x - Math.max(box.left, Math.min(box.right, pin.x));
            const dy = pin.y - Math.max(box.top, Math.min(box.bottom, pin.y));
            expect(Math.hypot(dx, dy), 'covers a pin').toBeGreaterThanOrEqual(pin.radius - 1e-6);
            expect(Math.hypot(x - pin.x, y - pin.y) - pin.radius, 'is nearer to another pin').toBeGreaterThanOrEqual(own - 1e-6);
            const other = boxes[j];
            if (!other) continue;
            const isApart = other.left >= box.right || other.right <= box.left || other.top >= box.bottom || other.bottom <= box.top;
            expect(isApart, 'covers a count').toBe(true);
          }
        }
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

  test('[MP7] where nothing is free there is no count', () => {
    const around = Array.from({ length: 8 }, (_, i) => aPlaceable(Math.cos((i * Math.PI) / 4) * 20, Math.sin((i * Math.PI) / 4) * 20, 1));
    expect(new BadgeLayout().placeAll([aPlaceable(0, 0, 9), ...around])[0]).toBe(NO_SPOT);
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
