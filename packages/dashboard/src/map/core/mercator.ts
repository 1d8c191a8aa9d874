const RADIANS = Math.PI / 180;
/** Beyond it the Mercator square ends. */
const MAX_LATITUDE = 85.051_129;
/** Pixels of the world's width at zoom 0, as MapLibre counts. */
export const WORLD_PX = 512;

/** 0 at 180° west to 1 at 180° east. */
export const mercatorX = (lon: number): number => lon / 360 + 0.5;

/** 0 in the far north to 1 in the far south. */
export function mercatorY(lat: number): number {
  const sine = Math.sin(Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, lat)) * RADIANS);
  return 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI;
}

export const worldPx = (zoom: number): number => WORLD_PX * 2 ** zoom;
