import { type PackedBasemap, STEPS_PER_DEGREE } from '../../map/basemap/unpack.ts';

export interface View {
  readonly lon: number;
  readonly lat: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pxPerDegree: number;
}
/** Points this far outside of the picture are moved to its edge: the outline of a continent is drawn by the few points that are in it. */
const MARGIN_PX = 24;

/** Outlines as one SVG path. Near one place the world is flat enough: longitude shrinks by the cosine of the place's latitude. */
export function pathOf(lines: readonly (readonly number[])[], view: View, closed: boolean): string {
  const { lon, lat, widthPx, heightPx, pxPerDegree } = view;
  const across = Math.cos((lat * Math.PI) / 180) * pxPerDegree;
  const parts: string[] = [];
  for (const line of lines) {
    let x = 0;
    let y = 0;
    let isSeen = false;
    let last = '';
    const points: string[] = [];
    for (let i = 0; i + 1 < line.length; i += 2) {
      x += line[i] ?? 0;
      y += line[i + 1] ?? 0;
      const px = widthPx / 2 + (x / STEPS_PER_DEGREE - lon) * across;
      const py = heightPx / 2 - (y / STEPS_PER_DEGREE - lat) * pxPerDegree;
      isSeen ||= px > 0 && px < widthPx && py > 0 && py < heightPx;
      const point = `${clamped(px, widthPx)} ${clamped(py, heightPx)}`;
      if (point !== last) points.push(point);
      last = point;
    }
    // A line that only passes by is nothing; an outline may have the picture inside of it.
    if (points.length > 1 && (isSeen || closed)) parts.push(`M${points.join('L')}${closed ? 'Z' : ''}`);
  }
  return parts.join('');
}
const clamped = (px: number, size: number): number => Math.round(Math.min(size + MARGIN_PX, Math.max(-MARGIN_PX, px)) * 10) / 10;

export const landOf = ({ land }: PackedBasemap): readonly (readonly number[])[] => land.flat();
export const lakesOf = ({ lakes }: PackedBasemap): readonly (readonly number[])[] => lakes.flat();
