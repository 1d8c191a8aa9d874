import type { Feature, FeatureCollection, Point } from 'geojson';
import type { BadgeLayout } from './core/badge-layout.ts';
import { NO_SPOT, type Pin } from './core/pin.ts';

/** From here in, pins carry the name of their city. */
export const NAMES_FROM_ZOOM = 3.4;
/** Names beyond this many are noise, and each costs MapLibre a layout. */
const MOST_NAMES = 120;
const SIZE_PX = 12;
const HEIGHT_PX = 15;
/** Between the pin and its name. */
const APART_PX = 5;

export interface NamedPin {
  readonly pin: Pin;
  /** Pixels of the plane in which counts were placed. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly owner: number;
}

let ruler: CanvasRenderingContext2D | null = null;
const widths = new Map<string, number>();
/** A name measured costs 10 µs once; there are a few thousand cities. */
function widthOf(name: string): number {
  let width = widths.get(name);
  if (width === undefined) {
    ruler ??= document.createElement('canvas').getContext('2d');
    if (ruler) ruler.font = `500 ${SIZE_PX}px Inter, 'Inter fallback', system-ui, sans-serif`;
    width = ruler?.measureText(name).width ?? name.length * 7;
    widths.set(name, width);
  }
  return width;
}

/**
 * Names beside pins, as features of the `pin-labels` source: the chosen place first, then the larger pin. A name gives way to pins,
 * to counts and to the names before it; it is tried at the side where its own count is not, at the other one, below and above.
 */
export function placeNames(
  pins: readonly NamedPin[],
  layout: BadgeLayout,
  chosen: Pin | null,
  nameOf: (pin: Pin) => string,
): FeatureCollection<Point> {
  const order = [...pins].sort((a, b) => Number(b.pin === chosen) - Number(a.pin === chosen) || b.pin.total - a.pin.total);
  const features: Feature<Point>[] = [];
  for (const { pin, x, y, radius, owner } of order.slice(0, MOST_NAMES)) {
    const name = nameOf(pin);
    if (name === '') continue;
    const width = widthOf(name);
    const away = radius + APART_PX;
    const isCountRight = pin.spot !== NO_SPOT && pin.spot % 3 === 0;
    const sides = isCountRight ? (['right', 'left', 'top', 'bottom'] as const) : (['left', 'right', 'top', 'bottom'] as const);
    // `text-anchor` names the side of the text that touches the pin: 'left' is a name to the right of it.
    for (const anchor of sides) {
      const left = anchor === 'left' ? x + away : anchor === 'right' ? x - away - width : x - width / 2;
      const top = anchor === 'top' ? y + away : anchor === 'bottom' ? y - away - HEIGHT_PX : y - HEIGHT_PX / 2;
      if (!layout.placeLabel(owner, left, top, left + width, top + HEIGHT_PX)) continue;
      const dx = anchor === 'left' ? away : anchor === 'right' ? -away : 0;
      const dy = anchor === 'top' ? away : anchor === 'bottom' ? -away : 0;
      features.push({
        type: 'Feature',
        properties: { name, anchor, offset: [dx / SIZE_PX, dy / SIZE_PX], chosen: pin === chosen },
        geometry: { type: 'Point', coordinates: [pin.place.lon, pin.place.lat] },
      });
      break;
    }
  }
  return { type: 'FeatureCollection', features };
}
