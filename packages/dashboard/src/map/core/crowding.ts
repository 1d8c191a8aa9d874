import { WORLD_PX } from './mercator.ts';

export interface Dot {
  readonly x: number;
  readonly y: number;
  /** Pixels. */
  readonly radius: number;
}

/** Pins may overlap by a fifth of their radii before they count as crowded. */
const TOLERATED = 0.8;

/**
 * The zoom below which these pins crowd: at it, half of them stand free of their nearest neighbour. −∞ for fewer than two.
 * The median, so that two suburbs side by side do not fold up a whole region. Cost: square of the number of dots; a region has tens.
 */
export function crowdZoom(dots: readonly Dot[]): number {
  if (dots.length < 2) return Number.NEGATIVE_INFINITY;
  const free = dots.map((dot, i) => {
    let zoom = Number.NEGATIVE_INFINITY;
    for (const [j, other] of dots.entries()) {
      if (i === j) continue;
      const apart = Math.hypot(dot.x - other.x, dot.y - other.y) * WORLD_PX;
      const needed = (dot.radius + other.radius) * TOLERATED;
      zoom = Math.max(zoom, apart === 0 ? Number.POSITIVE_INFINITY : Math.log2(needed / apart));
    }
    return zoom;
  });
  free.sort((a, b) => a - b);
  return free[free.length >> 1] ?? Number.NEGATIVE_INFINITY;
}

/** Regions never fold up from this zoom on. */
export const REGIONS_BELOW_ZOOM = 3;
/** How far past its threshold the zoom must go before a region folds up or opens: a wheel that rests at the threshold changes nothing. */
const SLACK = 0.15;

/** Whether a region is one pin now, given that it `was`. */
export function isFolded(was: boolean, zoom: number, threshold: number): boolean {
  const at = Math.min(REGIONS_BELOW_ZOOM, threshold);
  if (was) return zoom < (threshold >= REGIONS_BELOW_ZOOM ? REGIONS_BELOW_ZOOM : at + SLACK);
  return zoom < at - SLACK;
}
