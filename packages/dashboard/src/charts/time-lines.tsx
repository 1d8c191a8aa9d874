import { memo, useId } from 'react';
import { areaPath, type Dot, runsOf, smoothPath, stepPath } from './curve.ts';
import { BOTTOM } from './plot.tsx';
import { namedPlaces } from './scale.ts';
import type { TimePoint } from './time-chart.tsx';

const LEAST_TICK_PX = 84;

/**
 * The lines of a time chart and the words below them: all that stays as it is while the cursor moves. Kept, because a range in hours has a
 * thousand points and a pointer moves a hundred times a second.
 */
export const TimeLines = memo(function TimeLines({
  points,
  hasOther,
  shape,
  width,
  height,
  inner,
  first,
  wide,
  max,
  top,
  zero,
  openFrom,
}: {
  readonly points: readonly TimePoint[];
  readonly hasOther: boolean;
  readonly shape: 'smooth' | 'steps';
  readonly width: number;
  readonly height: number;
  /** Width without what stands beside it. */
  readonly inner: number;
  /** Where the first point is, and how far it is to the next, px. */
  readonly first: number;
  readonly wide: number;
  /** The value at `top`; at `zero` it is 0. */
  readonly max: number;
  readonly top: number;
  readonly zero: number;
  /** From here on the line is dotted. */
  readonly openFrom: number | undefined;
}) {
  const clip = useId();
  const x = (i: number): number => first + i * wide;
  const y = (value: number): number => zero - Math.min(1, value / max) * (zero - top);
  const dotsOf = (of: 'value' | 'other'): (Dot | null)[] =>
    points.map((point, i) => {
      const value = point[of];
      return value === null || value === undefined ? null : { x: x(i), y: y(value) };
    });
  const pathOf = (run: readonly Dot[]): string => (shape === 'steps' ? stepPath(run, wide) : smoothPath(run));
  const endOf = (run: readonly Dot[]): number => (run.at(-1)?.x ?? 0) + (shape === 'steps' ? wide : 0);
  return (
    <>
      {openFrom !== undefined && (
        <>
          <clipPath id={clip}>
            <rect x={0} y={0} width={openFrom} height={height} />
          </clipPath>
          <clipPath id={`${clip}open`}>
            <rect x={openFrom} y={0} width={Math.max(0, width - openFrom)} height={height} />
          </clipPath>
        </>
      )}
      {namedPlaces(points.length, inner, LEAST_TICK_PX).map((i) => (
        <text
          key={points[i]!.key}
          className="tick"
          x={x(i)}
          y={height - BOTTOM + 18}
          textAnchor={i === 0 && points.length > 1 ? 'start' : x(i) > width - 44 ? 'end' : 'middle'}
        >
          {points[i]!.tick}
        </text>
      ))}
      {hasOther && runsOf(dotsOf('other')).map((run) => <path key={run[0]!.x} className="line line-before" d={pathOf(run)} />)}
      {runsOf(dotsOf('value')).map((run) => {
        const path = pathOf(run);
        return (
          <g key={run[0]!.x}>
            <path className="area" d={areaPath(path, run[0]!.x, endOf(run), zero)} />
            <path className="line" d={path} {...(openFrom === undefined ? {} : { clipPath: `url(#${clip})` })} />
            {openFrom !== undefined && endOf(run) > openFrom && <path className="line line-open" d={path} clipPath={`url(#${clip}open)`} />}
            {run.length === 1 && shape === 'smooth' && <circle className="point" cx={run[0]!.x} cy={run[0]!.y} r={4} />}
          </g>
        );
      })}
    </>
  );
});
