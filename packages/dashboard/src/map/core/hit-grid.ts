import { BADGE_HEIGHT, badgeOffset } from './badge-layout.ts';
import { BoxGrid } from './box-grid.ts';
import { NO_SPOT } from './pin.ts';

export interface Target {
  /** Pixels on the screen. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Of its count; 0: it has none. */
  readonly badgeWidth: number;
  readonly spot: number;
}

/** What lies under the pointer: pins and their counts, by the pixels they are drawn at. Filled once for a camera and asked at every move. */
export class HitGrid {
  readonly #grid = new BoxGrid();
  #owners: number[] = [];

  clear(): void {
    this.#grid.clear();
    this.#owners = [];
  }

  add(owner: number, { x, y, radius, badgeWidth: width, spot }: Target): void {
    const key = this.#owners.push(owner) - 1;
    this.#grid.add(key, x - radius, y - radius, x + radius, y + radius, radius);
    if (width === 0 || spot === NO_SPOT) return;
    const { dx, dy } = badgeOffset(spot, radius, width);
    this.#grid.add(key, x + dx - width / 2, y + dy - BADGE_HEIGHT / 2, x + dx + width / 2, y + dy + BADGE_HEIGHT / 2);
  }

  /** Boxes looked at for the last answer. */
  get looked(): number {
    return this.#grid.looked;
  }

  /** The owner nearest to the pointer, at most `slackPx` beside what is drawn; −1 for none. A count under the pointer, which lies over all pins, beats them. */
  at(x: number, y: number, slackPx: number): number {
    let best = -1;
    let bestDistance = slackPx;
    this.#grid.some(x - slackPx, y - slackPx, x + slackPx, y + slackPx, (box) => {
      let distance: number;
      if (box.radius > 0) distance = Math.hypot((box.left + box.right) / 2 - x, (box.top + box.bottom) / 2 - y) - box.radius;
      else {
        const beside = Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
        distance = beside === 0 ? Number.NEGATIVE_INFINITY : beside - 1;
      }
      if (distance <= bestDistance) {
        bestDistance = distance;
        best = box.owner;
      }
      return false;
    });
    return best < 0 ? -1 : (this.#owners[best] ?? -1);
  }
}
