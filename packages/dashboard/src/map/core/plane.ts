import type { Placeable } from './badge-layout.ts';
import { worldPx } from './mercator.ts';
import { NO_SPOT, type Pin } from './pin.ts';
import { type Camera, project, type ScreenPoint } from './projector.ts';

/**
 * A pin where its count is placed: on a flat map on the plane of the whole world, so that panning changes nothing; on a globe on the
 * screen. `scale`: times its radius it is drawn. `into` is filled.
 */
export function placeable(pin: Pin, camera: Camera, zoom: number, scale: number, into: ScreenPoint): Placeable {
  const radius = pin.radius * scale;
  const { total, badgeWidth, spot } = pin;
  if (camera.kind === 'flat') {
    const size = worldPx(zoom);
    return { x: pin.x * size, y: pin.y * size, radius, total, badgeWidth, spot };
  }
  project(camera, pin.x, pin.y, into);
  // Behind the globe it takes no room.
  return into.visible
    ? { x: into.x, y: into.y, radius, total, badgeWidth, spot }
    : { x: -1e6, y: -1e6, radius: 0, total, badgeWidth: 0, spot: NO_SPOT };
}
