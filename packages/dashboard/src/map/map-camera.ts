import type { CustomRenderMethodInput, Map as MapLibreMap } from 'maplibre-gl';
import { worldPx } from './core/mercator.ts';
import type { Camera } from './core/projector.ts';

const TOP_LEFT: [number, number] = [-180, 85.051_129];

/** Pixels of the canvas. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What a flat map shows now. Without a frame being drawn. */
export function flatCamera(map: MapLibreMap, { width, height }: Size): Camera {
  const { x, y } = map.project(TOP_LEFT);
  return { kind: 'flat', worldPx: worldPx(map.getZoom()), left: x, top: y, width, height };
}

/** What a map shows in the frame that is being drawn. */
export function frameCamera(map: MapLibreMap, size: Size, { defaultProjectionData: data }: CustomRenderMethodInput): Camera {
  if (data.projectionTransition === 0) return flatCamera(map, size);
  return {
    kind: 'globe',
    matrix: Array.from(data.mainMatrix),
    flatMatrix: Array.from(data.fallbackMatrix),
    horizon: data.clippingPlane,
    globeness: data.projectionTransition,
    ...size,
  };
}
