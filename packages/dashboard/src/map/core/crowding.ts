import { WORLD_PX } from './mercator.ts';

export interface Dot {
  readonly x: number;
  readonly y: number;
  /** Pixels. */
  readonly radius: number;
}

/** Pins may overlap by a fifth of their radii before they count as crowded; lying on one another is when a middle is covered. */
const TOLERATED = 0.8;
const COVERED = 0.5;

/**
 * The zoom below which these pins crowd: at it, half of them stand free of their nearest neighbour. −∞ for fewer than two.
 * The median, so that two suburbs side by side do not fold up a whole region. Cost: square of the number of dots; a region has tens.
 */
export function crowdZoom(dots: readonly Dot[]): number {
  if (dots.length < 2) return Number.NEGATIVE_INFINITY;
  // Squared, as a quotient of radii and distance: its order is that of the zoom, and the inner loop needs no root and no logarithm.
  const tightest = dots.map((dot) => {
    let most = 0;
    for (const other of dots) {
      if (other === dot) continue;
      const x = dot.x - other.x;
      const y = dot.y - other.y;
      const radii = dot.radius + other.radius;
      most = Math.max(most, (radii * radii) / (x * x + y * y));
    }
    return most;
  });
  return Math.log2((Math.sqrt(median(tightest)) * TOLERATED) / WORLD_PX);
}

/** The zoom below which pins that crowd below this one lie on one another, so that one of them hardly shows: the same pairs, closer. */
export const coverZoom = (crowdsBelow: number): number => crowdsBelow + Math.log2(COVERED / TOLERATED);

/** Of the distances to the middle: islands overseas do not make a country large. */
const MOST = 0.75;

/** The zoom at which most of these pins lie within a circle so many pixels wide. ∞ for fewer than two. */
export function withinZoom(dots: readonly Dot[], px: number): number {
  if (dots.length < 2) return Number.POSITIVE_INFINITY;
  const x = median(dots.map((dot) => dot.x));
  const y = median(dots.map((dot) => dot.y));
  const away = dots.map((dot) => Math.hypot(dot.x - x, dot.y - y)).sort((a, b) => a - b);
  const reach = (away[Math.floor((away.length - 1) * MOST)] ?? 0) * WORLD_PX;
  return reach === 0 ? Number.POSITIVE_INFINITY : Math.log2(px / (2 * reach));
}
const median = (numbers: number[]): number => numbers.sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

/** How far past its threshold the zoom must go before a group folds up or opens: a wheel that rests at the threshold changes nothing. */
const SLACK = 0.15;

/** Whether a group is one pin now, given that it `was`. From `never` on it never is. */
export function isFolded(was: boolean, zoom: number, threshold: number, never: number): boolean {
  if (!was) return zoom < Math.min(never, threshold) - SLACK;
  return zoom < Math.min(never, threshold + SLACK);
}
