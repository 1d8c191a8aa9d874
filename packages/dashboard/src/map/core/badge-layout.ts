import { BoxGrid, overlaps, type Box } from './box-grid.ts';
import { NO_SPOT, ON_PIN, SPOTS } from './pin.ts';

/** Pixels of a count: as high as a line of 10 px text with its rounding, and as wide as its figures. */
export const BADGE_HEIGHT = 14;
export const BADGE_PAD = 8;
export const FIGURE_PX = 6.2;
export const POINT_PX = 3.2;
/** A count may cover pins with less than this share of its visitors, rather than be left out. */
const MUCH_SMALLER = 1 / 3;
/** 0 for no text. */
export function badgeWidth(text: string): number {
  if (text === '') return 0;
  const points = text.includes('.') ? 1 : 0;
  return BADGE_PAD + FIGURE_PX * (text.length - points) + POINT_PX * points;
}

const DIAGONAL = Math.SQRT1_2;
/** Beside a pin the count touches its ring from outside; at 45° from inside; on it, it leaves half of the core to be seen. */
const ON = 0.62;
const ASIDE = BADGE_HEIGHT / 2 - 1;
/** By spot, from the middle of a pin to the middle of its count: right by radii of the ring and half widths of the count, down by radii and pixels. */
export const OFFSETS: readonly (readonly [rings: number, halves: number, ringsDown: number, down: number])[] = [
  [DIAGONAL, 1, -DIAGONAL, -4],
  [0, 0, -1, -ASIDE],
  [-DIAGONAL, -1, -DIAGONAL, -4],
  [DIAGONAL, 1, DIAGONAL, 4],
  [-DIAGONAL, -1, DIAGONAL, 4],
  [1, 1, 0, 0],
  [-1, -1, 0, 0],
  [0, 0, 1, ASIDE],
  [0, 0, -ON, 0],
  [0, 0, ON, 0],
  [ON, 0, 0, 0],
  [-ON, 0, 0, 0],
];
/** The gap is part of the radius. */
export const RING_GAP_PX = 2.25;
/** Of its half width that a count lies over its own pin. */
export const OVER_PX = 2;

/** From the middle of a pin to the middle of its count. `spot`: an index in SPOTS. */
export function badgeOffset(spot: number, radius: number, width: number): { readonly dx: number; readonly dy: number } {
  const [rings, halves, ringsDown, down] = OFFSETS[spot] ?? [0, 0, 0, 0];
  const ring = radius - RING_GAP_PX;
  return { dx: rings * ring + halves * (width / 2 - OVER_PX), dy: ringsDown * ring + down };
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

/** Which pins a count may cover. `smaller`: much smaller ones. `own`: all that are not larger and nearer than its own. */
type Cover = 'none' | 'smaller' | 'own' | 'any';

/**
 * Where counts stand: the larger pin first, and so that no two cover each other. Around the pin where nothing is covered and its own pin is
 * the nearest; else over much smaller pins; else on the pin itself,
 * where a larger pin leaves it to be seen if possible. It is left out only where other counts lie on all of its pin.
 */
export class BadgeLayout {
  readonly #grid = new BoxGrid();
  /** Visitors by owner. */
  #totals: number[] = [];

  /** Answers the spot of each; the pins' own places are taken first, so that no count covers a pin that comes later without need. */
  placeAll(pins: readonly Placeable[]): Int8Array {
    this.#grid.clear();
    this.#totals = [];
    for (const [owner, pin] of pins.entries()) this.#addPin(owner, pin);
    const spots = new Int8Array(pins.length).fill(NO_SPOT);
    const order = pins.map((_, i) => i).sort((a, b) => pins[b]!.total - pins[a]!.total || a - b);
    for (const owner of order) spots[owner] = this.#place(owner, pins[owner]!);
    return spots;
  }

  /** One more pin, or a pin whose count has become wider, beside those already there; its earlier boxes stay taken until the next `placeAll`. */
  placeOne(owner: number, pin: Placeable, isNew: boolean): number {
    if (isNew) this.#addPin(owner, pin);
    this.#totals[owner] = pin.total;
    return this.#place(owner, pin);
  }

  /** Names keep out of this rectangle from now on, or of the circle in it. */
  keepFree(left: number, top: number, right: number, bottom: number, radius = 0): void {
    this.#grid.add(NOBODY, left, top, right, bottom, radius);
  }

  /** Whether a name may stand here; then it does. `owner`: whose name it is. */
  placeLabel(owner: number, left: number, top: number, right: number, bottom: number): boolean {
    const isTaken = this.#grid.some(left, top, right, bottom, (box) => overlaps(box, left, top, right, bottom));
    if (!isTaken) this.#grid.add(owner, left, top, right, bottom);
    return !isTaken;
  }

  #addPin(owner: number, { x, y, radius, total }: Placeable): void {
    this.#totals[owner] = total;
    this.#grid.add(owner, x - radius, y - radius, x + radius, y + radius, radius);
  }

  #place(owner: number, pin: Placeable): number {
    if (pin.badgeWidth === 0) return NO_SPOT;
    const around = (cover: Cover): number => {
      if (pin.spot !== NO_SPOT && pin.spot < ON_PIN && this.#tryAt(pin.spot, owner, pin, cover)) return pin.spot;
      for (let spot = 0; spot < ON_PIN; spot += 1) if (spot !== pin.spot && this.#tryAt(spot, owner, pin, cover)) return spot;
      return NO_SPOT;
    };
    const free = around('none');
    if (free !== NO_SPOT) return free;
    const over = around('smaller');
    if (over !== NO_SPOT) return over;
    for (const cover of ['own', 'any'] as const)
      for (let spot = ON_PIN; spot < SPOTS.length; spot += 1) if (this.#tryAt(spot, owner, pin, cover)) return spot;
    return NO_SPOT;
  }

  #tryAt(spot: number, owner: number, pin: Placeable, cover: Cover): boolean {
    const width = pin.badgeWidth;
    const { dx, dy } = badgeOffset(spot, pin.radius, width);
    const x = pin.x + dx;
    const y = pin.y + dy;
    const [left, top, right, bottom] = [x - width / 2, y - BADGE_HEIGHT / 2, x + width / 2, y + BADGE_HEIGHT / 2];
    const own = Math.hypot(dx, dy) - pin.radius;
    // Whatever is nearer than its own pin lies within this reach of the count's middle.
    const reach = Math.max(width, own + 28);
    const isBlocked = this.#grid.some(x - reach, y - reach, x + reach, y + reach, (box) => {
      if (box.owner === owner) return false;
      const touches =
        box.right > left && box.left < right && box.bottom > top && box.top < bottom && overlaps(box, left, top, right, bottom);
      if (box.radius === 0) return touches;
      const total = this.#totals[box.owner] ?? 0;
      if (cover === 'any') return false;
      if (cover === 'own') return total > pin.total && isNearer(box, x, y, own);
      if (cover === 'smaller' && total < pin.total * MUCH_SMALLER) return false;
      return touches || isNearer(box, x, y, own);
    });
    if (isBlocked) return false;
    this.#grid.add(owner, left, top, right, bottom);
    return true;
  }
}

/** Owner of what belongs to no pin. */
const NOBODY = -2;
const isNearer = (box: Box, x: number, y: number, own: number): boolean =>
  Math.hypot((box.left + box.right) / 2 - x, (box.top + box.bottom) / 2 - y) - box.radius < own;
