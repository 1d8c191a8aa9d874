import './charts.css';
import { type ReactNode, useId } from 'react';
import { t } from '../messages/catalogue.ts';
import type { Scale } from './scale.ts';
import type { Cursor } from './use-cursor.ts';

/** Room above the highest line, and below the lowest for the words of the axis. */
const TOP = 10;
export const BOTTOM = 24;
const TICK_CHAR_PX = 6.6;

/** Where things are in a plot that is so wide: `left` is room for the words of the scale. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly inner: number;
  readonly y: (value: number) => number;
}
export function frameOf(q: { width: number; height: number; scale: Scale; words: readonly string[] }): Frame {
  const { width, height, scale } = q;
  const left = Math.ceil(Math.max(...q.words.map((word) => word.length), 1) * TICK_CHAR_PX) + 10;
  const right = 8;
  const inner = Math.max(1, width - left - right);
  const y = (value: number): number => TOP + (1 - Math.min(1, value / scale.max)) * (height - TOP - BOTTOM);
  return { width, height, left, right, inner, y };
}

/**
 * What all plots have: lines of the scale, a cursor that keys and the pointer move, what it says in a tip and for screen readers. Time
 * runs from left to right in every language, as clocks and calendars of figures do.
 */
export function Plot({
  frame,
  scale,
  format,
  label,
  kind,
  cursor,
  reading,
  tip,
  tipX,
  children,
  testId,
}: {
  readonly frame: Frame;
  readonly scale: Scale;
  readonly format: (value: number) => string;
  readonly label: string;
  /** What it is, for screen readers. */
  readonly kind: string;
  readonly cursor: Cursor;
  /** What stands at the cursor, as one sentence; '' without one. */
  readonly reading: string;
  readonly tip: ReactNode;
  readonly tipX: number;
  readonly children: ReactNode;
  readonly testId: string;
}) {
  const hint = useId();
  const { width, height, left, right } = frame;
  return (
    <div
      className="plot-keys"
      dir="ltr"
      tabIndex={0}
      role="application"
      aria-roledescription={kind}
      aria-label={label}
      aria-describedby={hint}
      data-testid={testId}
      {...cursor.on}
    >
      <svg className="chart" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {scale.ticks.map((tick, i) => (
          <g key={tick}>
            <line className={i === 0 ? 'grid grid-zero' : 'grid'} x1={left} x2={width - right} y1={frame.y(tick)} y2={frame.y(tick)} />
            <text className="tick tick-y" x={left - 8} y={frame.y(tick) + 4}>
              {format(tick)}
            </text>
          </g>
        ))}
        {children}
      </svg>
      {tip !== null && (
        <div
          className="plot-tip floating"
          data-testid="plot-tip"
          aria-hidden="true"
          style={tipX > width / 2 ? { right: width - tipX + 12 } : { left: tipX + 12 }}
        >
          {tip}
        </div>
      )}
      <span className="visually-hidden" id={hint}>
        {t.analytics.charts.keys}
      </span>
      <span className="visually-hidden" role="status" data-testid="plot-reading">
        {cursor.byKeys ? reading : ''}
      </span>
    </div>
  );
}
