import { t } from '../messages/catalogue.ts';
import { frameOf, Plot } from './plot.tsx';
import { type ScaleKind, scaleFor } from './scale.ts';
import { TimeLines } from './time-lines.tsx';
import { useCursor } from './use-cursor.ts';
import { useWidth } from './use-width.ts';

export interface TimePoint {
  readonly key: number;
  /** null: not known, or not yet: a gap. */
  readonly value: number | null;
  /** Of the second line: the range before, or another figure of the same moment. */
  readonly other?: number | null;
  /** Below the axis. */
  readonly tick: string;
  /** In full. */
  readonly word: string;
  /** When the second value is of another time. */
  readonly otherWord?: string;
}

/** A figure over time as a line on its area; a second one dashed. Needs the texts of `analytics`. */
export function TimeChart({
  label,
  points,
  series,
  other,
  shape = 'smooth',
  kind,
  format,
  axis = format,
  openAt,
  height = 236,
  testId = 'time-chart',
}: {
  readonly label: string;
  readonly points: readonly TimePoint[];
  readonly series: string;
  /** Absent: there is no second line. */
  readonly other?: string | undefined;
  /** `steps`: levels that hold for their whole period. */
  readonly shape?: 'smooth' | 'steps';
  readonly kind: ScaleKind;
  readonly format: (value: number) => string;
  /** For the lines of the scale, when they are said shorter. */
  readonly axis?: (value: number) => string;
  /** Index of a period that is not over: the line to it is dotted. */
  readonly openAt?: number | undefined;
  readonly height?: number;
  readonly testId?: string;
}) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const values = points.flatMap(({ value, other: second }) => [value ?? 0, other === undefined ? 0 : (second ?? 0)]);
  const scale = scaleFor(Math.max(0, ...values), kind);
  const frame = frameOf({ width, height, scale, words: scale.ticks.map(axis) });
  const wide = frame.inner / Math.max(1, shape === 'steps' ? points.length : points.length - 1);
  const x = (i: number): number => (points.length === 1 && shape === 'smooth' ? frame.left + frame.inner / 2 : frame.left + i * wide);
  const middle = (i: number): number => x(i) + (shape === 'steps' ? wide / 2 : 0);
  const placeAt = (px: number): number =>
    shape === 'steps' ? Math.floor((px - frame.left) / wide) : Math.round((px - frame.left) / Math.max(1, wide));
  const cursor = useCursor(points.length, placeAt);

  const openFrom = openAt === undefined || points.length < 2 ? undefined : shape === 'steps' ? x(openAt) : x(Math.max(0, openAt - 1));

  const at = cursor.at === null ? undefined : points[cursor.at];
  const said = (value: number | null | undefined): string =>
    value === null || value === undefined ? t.analytics.charts.notKnown : format(value);
  const reading = at
    ? [
        `${at.word}: ${series} ${said(at.value)}`,
        ...(other === undefined || at.other === undefined ? [] : [`${at.otherWord ?? other}: ${said(at.other)}`]),
      ].join('; ')
    : '';
  return (
    <div className="plot" ref={ref} style={{ minHeight: height }}>
      {width > 0 && (
        <Plot
          frame={frame}
          scale={scale}
          format={axis}
          label={label}
          kind={t.analytics.charts.lineChart}
          cursor={cursor}
          reading={reading}
          testId={testId}
          tipX={cursor.at === null ? 0 : middle(cursor.at)}
          tip={
            at ? (
              <dl>
                <dt>{at.word}</dt>
                <dd>
                  <i className="key" />
                  <span className="truncate">{series}</span>
                  <b>{said(at.value)}</b>
                </dd>
                {other !== undefined && at.other !== undefined && (
                  <dd>
                    <i className="key key-before" />
                    <span className="truncate">{at.otherWord ?? other}</span>
                    <b>{said(at.other)}</b>
                  </dd>
                )}
              </dl>
            ) : null
          }
        >
          <TimeLines
            points={points}
            hasOther={other !== undefined}
            shape={shape}
            width={width}
            height={height}
            inner={frame.inner}
            first={x(0)}
            wide={wide}
            max={scale.max}
            top={frame.y(scale.max)}
            zero={frame.y(0)}
            openFrom={openFrom}
          />
          {at && cursor.at !== null && (
            <>
              <line className="cursor" x1={middle(cursor.at)} x2={middle(cursor.at)} y1={frame.y(scale.max)} y2={frame.y(0)} />
              {other !== undefined && typeof at.other === 'number' && (
                <circle className="point point-before" cx={middle(cursor.at)} cy={frame.y(at.other)} r={4} />
              )}
              {at.value !== null && <circle className="point" cx={middle(cursor.at)} cy={frame.y(at.value)} r={5} />}
            </>
          )}
        </Plot>
      )}
    </div>
  );
}
