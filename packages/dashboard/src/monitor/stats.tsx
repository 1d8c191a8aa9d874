import type { PastDay, Totals } from '@foyer/protocol';
import { memo, type ReactNode } from 'react';
import type { LivePast } from '../live/console-client.ts';
import type { ViewStore } from '../live/view-store.ts';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { useCalmTotals } from './use-calm-totals.ts';
import { usePast } from './use-past.ts';
import { WeekBars } from './week-bars.tsx';

/** Six numbers. The first three are of those the filter finds; the past is everybody's, of the chosen site or of all. */
export function Stats({
  everybody,
  found,
  past: livePast,
}: {
  readonly everybody: ViewStore | null;
  /** null: there is no filter, or its count is on the way. */
  readonly found: ViewStore | null;
  readonly past: LivePast | null;
}) {
  const all = useCalmTotals(everybody);
  const matching = useCalmTotals(found);
  const past = usePast(livePast);
  const shown: Totals | null = matching ?? all;
  const sum = past?.days.reduce((total: number, day: PastDay) => total + day.visits, 0);
  return (
    <dl className="card stats goes-stale">
      <Stat
        word={t.monitor.onlineNow}
        testId="total-live"
        value={shown?.live}
        of={matching ? all?.live : undefined}
        title={t.monitor.onlineNowHint}
      />
      <Stat word={t.monitor.chatting} dot="chatting" testId="total-chatting" value={shown?.chatting} title={t.monitor.chattingHint} />
      <Stat word={t.monitor.browsing} dot="browsing" testId="total-browsing" value={shown?.browsing} title={t.monitor.browsingHint} />
      <Stat
        word={t.monitor.today}
        testId="visits-today"
        value={past?.today}
        title={t.monitor.todayHint(past?.timeZone ?? '')}
        isQuiet={past === null}
      />
      <Stat
        word={t.monitor.month}
        testId="visits-month"
        value={past?.month}
        title={t.monitor.monthHint(past?.timeZone ?? '')}
        isQuiet={past === null}
      />
      <Stat word={t.monitor.week} testId="visits-week" value={sum} title={t.monitor.weekHint(past?.timeZone ?? '')} isQuiet={past === null}>
        <dd className="week-cell">{past && <WeekBars days={past.days} />}</dd>
      </Stat>
    </dl>
  );
}

const Stat = memo(function Stat({
  word,
  value,
  of,
  dot,
  title,
  testId,
  isQuiet = false,
  children,
}: {
  readonly word: string;
  readonly value: number | undefined;
  readonly of?: number | undefined;
  readonly dot?: string;
  readonly title: string;
  readonly testId: string;
  /** What it says depends on an answer that is not there yet. */
  readonly isQuiet?: boolean;
  readonly children?: ReactNode;
}) {
  return (
    <div className={children ? 'stat stat-week' : 'stat'} title={isQuiet ? undefined : title}>
      <dt>
        {dot && <span className="dot" data-status={dot} />}
        {word}
      </dt>
      <dd data-testid={testId}>
        {value === undefined ? <span className="skeleton stat-skeleton" /> : number(value)}
        {of !== undefined && <small> {t.monitor.ofAll(number(of))}</small>}
      </dd>
      {children}
    </div>
  );
});
