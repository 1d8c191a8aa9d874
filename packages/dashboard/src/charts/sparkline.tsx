import './charts.css';
import { areaPath, runsOf, smoothPath } from './curve.ts';

const WIDE = 96;
const HIGH = 24;
/** Room for the line's own width at the top and at the bottom. */
const EDGE = 2;

/** The shape of a curve, without axis or words; what it says stands beside it. Gaps are gaps. */
export function Sparkline({ values }: { readonly values: readonly (number | null)[] }) {
  const known = values.filter((value) => value !== null);
  const [least, most] = [Math.min(...known, Number.POSITIVE_INFINITY), Math.max(...known, 0)];
  // From the least one, not from 0: a sparkline shows the way, the number beside it how much.
  const low = known.length > 1 && least < most ? least : 0;
  const y = (value: number): number => HIGH - EDGE - ((value - low) / (most - low || 1)) * (HIGH - 2 * EDGE);
  const x = (i: number): number => (values.length < 2 ? WIDE / 2 : (i / (values.length - 1)) * WIDE);
  const runs = runsOf(values.map((value, i) => (value === null ? null : { x: x(i), y: y(value) }))).filter((run) => run.length > 1);
  return (
    <svg className="spark" viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" aria-hidden="true" data-testid="spark">
      {runs.map((run) => {
        const path = smoothPath(run);
        return (
          <g key={run[0]!.x}>
            <path className="area" d={areaPath(path, run[0]!.x, run.at(-1)!.x, HIGH)} />
            <path className="line" d={path} />
          </g>
        );
      })}
    </svg>
  );
}
