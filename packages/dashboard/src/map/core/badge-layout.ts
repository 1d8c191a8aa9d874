import { BoxGrid, overlaps, type Box } from './box-grid.ts';
import { NO_SPOT } from './pin.ts';

/** Pixels of a count: as high as a line of 10 px text with its rounding, and as wide as its figures. */
export const BADGE_HEIGHT = 14;
export const BADGE_PAD = 8;
export const FIGURE_PX = 6.2;
export const POINT_PX = 3.2;
/** 0 for no text. */
export function badgeWidth(text: string): number {
  if (text === '') return 0;
  const points = text.includes('.') ? 1 : 0;
  return BADGE_PAD + FIGURE_PX * (text.length - points) + POINT_PX * points;
}

/** From the middle of a pin to the middle of its count. `spot`: an index in SPOTS. */
export function badgeOffset(spot: number, radius: number, width: number): { readonly dx: number; readonly dy: number } {
  // The gap is part of the radius; the count touches the ring inside of it, at 45°.
  const ring = radius - 2.25;
  const side = ring * Math.SQRT1_2 + width / 2 - 2;
  const rise = ring * Math.SQRT1_2 + 4;
  if (spot === 1) return { dx: 0, dy: -(ring + BADGE_HEIGHT / 2 - 1) };
  return { dx: spot === 0 || spot === 3 ? side : -side, dy: spot < 3 ? -rise : rise };
}

/** What is to be placed. Positions and sizes in pixels of one plane. */
export interface Placeable {
  readonly x: number;
  readonly y: number;
  /** Gap included. */
  readonly radius: number;
  /** Of its count; 0: it has none. */
  readonly badgeWidth: number;
  readonly total: number;
  /** Where it stands now: kept if it can be, so that counts do not jump around. */
  readonly spot: number;
}

/**
 * Where counts stand: five places around the pin, the larger pin first. A count covers no other pin and no other count, stands nowhere
 * nearer to another pin than to its own, and is left out when nothing is free (look/README "Map").
 */
export class BadgeLayout {
  readonly #grid = new BoxGrid();

  /** Answers the spot of each; the pins' own places are taken first, so that no count covers a pin that comes later. */
  placeAll(pins: readonly Placeable[]): Int8Array {
    this.#grid.clear();
    for (const [owner, pin] of pins.entries()) this.#addPin(owner, pin);
    const spots = new Int8Array(pins.length).fill(NO_SPOT);
    const order = pins.map((_, i) => i).sort((a, b) => pins[b]!.total - pins[a]!.total || a - b);
    for (const owner of order) spots[owner] = this.#place(owner, pins[owner]!);
    return spots;
  }

  /** One more pin, or a pin whose count has become wider, beside those already there; its earlier boxes stay taken until the next `placeAll`. */
  placeOne(owner: number, pin: Placeable, isNew: boolean): number {
    if (isNew) this.#addPin(owner, pin);
    return this.#place(owner, pin);
  }

  /** Whether a name may stand here; then it does. `owner`: whose name it is. */
  placeLabel(owner: number, left: number, top: number, right: number, bottom: number): boolean {
    const isTaken = this.#grid.some(left, top, right, bottom, (box) => overlaps(box, left, top, right, bottom));
    if (!isTaken) this.#grid.add(owner, left, top, right, bottom);
    return !isTaken;
  }

  #addPin(owner: number, { x, y, radius }: Placeable): void {
    this.#grid.add(owner, x - radius, y - radius, x + radius, y + radius, radius);
  }

  #place(owner: number, pin: Placeable): number {
    const width = pin.badgeWidth;
    if (width === 0) return NO_SPOT;
    if (pin.spot !== NO_SPOT && this.#tryAt(pin.spot, owner, pin, width)) return pin.spot;
    for (let spot = 0; spot < 5; spot += 1) {
      if (spot !== pin.spot && this.#tryAt(spot, owner, pin, width)) return spot;
    }
    return NO_SPOT;
  }

  #tryAt(spot: number, owner: number, pin: Placeable, width: number): boolean {
    const { dx, dy } = badgeOffset(spot, pin.radius, width);
    const x = pin.x + dx;
    const y = pin.y + dy;
    const [left, top, right, bottom] = [x - width / 2, y - BADGE_HEIGHT / 2, x + width / 2, y + BADGE_HEIGHT / 2];
    const own = Math.hypot(dx, dy) - pin.radius;
    // Whatever is nearer than its own pin lies within this reach of the count's middle.
    const reach = Math.max(width, own + 28);
    const isBlocked = this.#grid.some(x - reach, y - reach, x + reach, y + reach, (box) => {
      if (box.owner === owner) return false;
      if (box.right > left && box.left < right && box.bottom > top && box.top < bottom && overlaps(box, left, top, right, bottom))
        return true;
      return box.radius > 0 && isNearer(box, x, y, own);
    });
    if (isBlocked) return false;
    this.#grid.add(owner, left, top, right, bottom);
    return true;
  }
}

const isNearer = (box: Box, x: number, y: number, own: number): boolean =>
  Math.hypot((box.left + box.right) / 2 - x, (box.top + box.bottom) / 2 - y) - box.radius < own;
