import { HitGrid } from './core/hit-grid.ts';
import type { Pin } from './core/pin.ts';
import { type Camera, copiesOnScreen, EDGE_PX, project, type ScreenPoint } from './core/projector.ts';

/** What lies under the pointer, gathered at the first question after pins or camera have changed. */
export class ScreenHits {
  readonly #grid = new HitGrid();
  #isStale = true;

  /** Pins or camera are other ones. */
  forget(): void {
    this.#isStale = true;
  }

  /** `pins` by slot, `scale` as drawn. */
  at(x: number, y: number, slackPx: number, pins: readonly (Pin | null)[], camera: Camera | null, scale: number): Pin | null {
    if (!camera) return null;
    if (this.#isStale) this.#fill(pins, camera, scale);
    return pins[this.#grid.at(x, y, slackPx)] ?? null;
  }

  #fill(pins: readonly (Pin | null)[], camera: Camera, scale: number): void {
    this.#grid.clear();
    this.#isStale = false;
    const point: ScreenPoint = { x: 0, y: 0, visible: false };
    const copies = copiesOnScreen(camera, EDGE_PX);
    for (const pin of pins) {
      if (!pin) continue;
      project(camera, pin.x, pin.y, point);
      if (!point.visible || point.y < -EDGE_PX || point.y > camera.height + EDGE_PX) continue;
      for (const copy of copies) {
        const x = point.x + (camera.kind === 'flat' ? copy * camera.worldPx : 0);
        if (x < -EDGE_PX || x > camera.width + EDGE_PX) continue;
        this.#grid.add(pin.slot, { x, y: point.y, radius: pin.radius * scale, badgeWidth: pin.badgeWidth, spot: pin.spot });
      }
    }
  }
}
