import { t } from '../messages/catalogue.ts';
import { number, percent } from '../messages/format.ts';
import { BOTTOM, frameOf, Plot } from './plot.tsx';
import { scaleFor } from './scale.ts';
import { useCursor } from './use-cursor.ts';
import { useWidth } from './use-width.ts';

export interface Bin {
  readonly key: string | number;
  /** Below the bar; short. */
  readonly tick: string;
  readonly word: string;
  readonly count: number;
}
const NUMBER_CHAR_PX = 7;

/** Counts side by side: a histogram, or stars. Each bar has its number on it where that fits. Needs the texts of `analytics`. */
export function BarChart({
  label,
  bins,
  series,
  height = 176,
  testId = 'bar-chart',
}: {
  readonly label: string;
  readonly bins: readonly Bin[];
  readonly series: string;
  readonly height?: number;
  readonly testId?: string;
}) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const most = Math.max(0, ...bins.map(({ count }) => count));
  const all = bins.reduce((sum, { count }) => sum + count, 0);
  const scale = scaleFor(most, 'count', 3);
  const frame = frameOf({ width, height, scale, words: scale.ticks.map(number) });
  const wide = frame.inner / Math.max(1, bins.length);
  const x = (i: number): number => frame.left + (i + 0.5) * wide;
  const bar = Math.max(2, Math.min(56, wide - 6));
  const cursor = useCursor(bins.length, (px) => Math.floor((px - frame.left) / wide));
  const at = cursor.at === null ? undefined : bins[cursor.at];
  const longest = Math.max(1, ...bins.map(({ tick }) => tick.length));
  const every = Math.max(1, Math.ceil((longest * 6.2 + 8) / wide));
  const share = (count: number): string => percent(all === 0 ? 0 : count / all);
  return (
    <div className="plot" ref={ref} style={{ minHeight: height }}>
      {width > 0 && (
        <Plot
          frame={frame}
          scale={scale}
          format={number}
          label={label}
          kind={t.analytics.charts.barChart}
          cursor={cursor}
          reading={at ? `${at.word}: ${series} ${number(at.count)}, ${share(at.count)}` : ''}
          testId={testId}
          tipX={cursor.at === null ? 0 : x(cursor.at)}
          tip={
            at ? (
              <dl>
                <dt>{at.word}</dt>
                <dd>
                  <span className="truncate">{series}</span>
                  <b>{number(at.count)}</b>
                  <span className="num">{share(at.count)}</span>
                </dd>
              </dl>
            ) : null
          }
        >
          {bins.map(({ key, tick, count }, i) => (
            <g key={key}>
              {count > 0 && (
                <rect
                  className={cursor.at === i ? 'column column-at' : 'column'}
                  x={x(i) - bar / 2}
                  width={bar}
                  // A single one among thousands is still there to see.
                  y={Math.min(frame.y(count), frame.y(0) - 2)}
                  height={Math.max(2, frame.y(0) - frame.y(count))}
                  rx={2}
                />
              )}
              {count > 0 && number(count).length * NUMBER_CHAR_PX <= wide && (
                <text className="tick tick-count" x={x(i)} y={frame.y(count) - 4}>
                  {number(count)}
                </text>
              )}
              {i % every === 0 && (
                <text className="tick tick-x" x={x(i)} y={height - BOTTOM + 18}>
                  {tick}
                </text>
              )}
            </g>
          ))}
        </Plot>
      )}
    </div>
  );
}
