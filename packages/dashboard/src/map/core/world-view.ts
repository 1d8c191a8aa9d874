import { WORLD_PX } from './mercator.ts';

/** Pixels covered by what lies over the map. */
export interface Insets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}
export interface Screen {
  readonly width: number;
  readonly height: number;
  readonly insets: Insets;
}
export interface View {
  readonly center: [lon: number, lat: number];
  readonly zoom: number;
}

/** Where people live: from Vancouver to New Zealand, and as far north as they do. */
const WEST = -130;
const EAST = 180;
/** The middle of it; and, where not all of it fits, of where most people are. */
const ALL: [number, number] = [(WEST + EAST) / 2, 26];
const SOME: [number, number] = [12, 38];
const EDGE_PX = 16;
/** On a phone the world does not fit; then its middle is shown, at a size at which pins are apart. */
const LEAST_ZOOM = 0.8;
/** Share of the smaller side that a whole globe takes, and the latitude it is looked at from. */
const GLOBE_SHARE = 0.84;
const GLOBE_LATITUDE = 24;

/** The whole flat world, or as much of it as the screen holds. */
export function worldView({ width, height, insets }: Screen): View {
  const free = Math.max(1, width - insets.left - insets.right - 2 * EDGE_PX);
  const byWidth = Math.log2((free * 360) / (EAST - WEST) / WORLD_PX);
  // MapLibre shows nothing beyond the poles: for the middle to come to lie in what is free, the world must be higher than the screen.
  const byHeight = Math.log2((height + Math.abs(insets.bottom - insets.top)) / WORLD_PX);
  const zoom = Math.max(LEAST_ZOOM, byWidth, Number.isFinite(byHeight) ? byHeight : 0);
  return { center: zoom > byWidth + 0.3 ? SOME : ALL, zoom };
}

/** The side of the globe around a longitude. */
export function globeView({ width, height, insets }: Screen, lon: number): View {
  const side = Math.max(1, Math.min(width - insets.left - insets.right, height - insets.top - insets.bottom));
  // A globe is drawn as large as the flat world would be at its middle's latitude.
  const zoom = Math.log2((side * GLOBE_SHARE * Math.PI * Math.cos((GLOBE_LATITUDE * Math.PI) / 180)) / WORLD_PX);
  return { center: [lon, GLOBE_LATITUDE], zoom };
}
