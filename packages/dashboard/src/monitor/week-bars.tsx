import type { PastDay } from '@foyer/protocol';
import { memo } from 'react';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { dayOfDate, weekdayShort } from './dates.ts';

const WIDE = 30;
const HIGH = 48;
const GAP = 1;

/** Visits of seven days as bars, the last one today. Its words say all of it, so that nothing depends on seeing it. */
export const WeekBars = memo(function WeekBars({ days }: { readonly days: readonly PastDay[] }) {
  const most = Math.max(1, ...days.map(({ visits }) => visits));
  const said = days.map(({ date, visits }) => `${weekdayShort(date)} ${number(visits)}`);
  return (
    <svg
      className="week-bars"
      viewBox={`0 0 ${days.length * WIDE} ${HIGH}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t.monitor.weekBars(said.join(', '))}
      data-testid="week-bars"
    >
      {days.map(({ date, visits }, i) => {
        const height = visits === 0 ? 1 : Math.max(2, (visits / most) * HIGH);
        return (
          <g key={date} className={i === days.length - 1 ? 'today' : undefined}>
            <title>{`${dayOfDate(date)}: ${t.monitor.visits(visits, number(visits))}`}</title>
            {/* All of the column can be pointed at, an empty day too. */}
            <rect className="week-day" x={i * WIDE} y={0} width={WIDE} height={HIGH} />
            <rect x={i * WIDE + GAP} y={HIGH - height} width={WIDE - 2 * GAP} height={height} rx={2} />
          </g>
        );
      })}
    </svg>
  );
});
