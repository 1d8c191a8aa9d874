export interface Dot {
  readonly x: number;
  readonly y: number;
}
/** Tenths of a pixel are enough for a line of 2 px. */
const n = (value: number): number => Math.round(value * 10) / 10;

/** Runs without a gap. */
export function runsOf(dots: readonly (Dot | null)[]): Dot[][] {
  const runs: Dot[][] = [];
  let open: Dot[] | null = null;
  for (const dot of dots) {
    if (dot === null) open = null;
    else if (open) open.push(dot);
    else runs.push((open = [dot]));
  }
  return runs;
}

/**
 * A smooth line through the dots that never goes beyond them (monotone cubic, Fritsch and Carlson 1980): a curve that dips below 0
 * between two zeros, or peaks higher than its highest day, would say what was not.
 */
export function smoothPath(dots: readonly Dot[]): string {
  const [first] = dots;
  if (!first) return '';
  const slopes = slopesOf(dots);
  let path = `M${n(first.x)},${n(first.y)}`;
  for (let i = 1; i < dots.length; i++) {
    const [a, b] = [dots[i - 1]!, dots[i]!];
    const third = (b.x - a.x) / 3;
    path += `C${n(a.x + third)},${n(a.y + third * slopes[i - 1]!)},${n(b.x - third)},${n(b.y - third * slopes[i]!)},${n(b.x)},${n(b.y)}`;
  }
  return path;
}

function slopesOf(dots: readonly Dot[]): number[] {
  const between = dots.slice(1).map((b, i) => (b.y - dots[i]!.y) / (b.x - dots[i]!.x || 1));
  return dots.map((_, i) => {
    const [left, right] = [between[i - 1], between[i]];
    if (left === undefined || right === undefined) return left ?? right ?? 0;
    if (left * right <= 0) return 0;
    // The harmonic mean keeps the curve within its dots.
    return (2 * left * right) / (left + right);
  });
}

/** Levels that hold from each dot to the next; the last one for as long as the one before. */
export function stepPath(dots: readonly Dot[], wide: number): string {
  const [first] = dots;
  if (!first) return '';
  return `M${n(first.x)},${n(first.y)}${dots
    .slice(1)
    .map((dot) => `H${n(dot.x)}V${n(dot.y)}`)
    .join('')}H${n((dots.at(-1) ?? first).x + wide)}`;
}

/** The path, closed along the line at `bottom`: from where it began to where it ended. */
export const areaPath = (path: string, from: number, to: number, bottom: number): string =>
  path === '' ? '' : `${path}L${n(to)},${n(bottom)}L${n(from)},${n(bottom)}Z`;
