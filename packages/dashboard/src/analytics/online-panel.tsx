import type { AnalyticsOnline } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { analyticsOnlineQuery, type AnalyticsScope } from '../api/analytics-queries.ts';
import { Legend } from '../charts/chart-panel.tsx';
import { countCell, type TableData, textCell } from '../charts/table-data.ts';
import { TimeChart, type TimePoint } from '../charts/time-chart.tsx';
import { currentLocale, t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { csvTime, hourOf, hourWord, moment, periodWord, slotsOf, tickWord } from './moments.ts';
import { QueryPanel } from './query-panel.tsx';
import { Tabs } from './tabs.tsx';

const HEIGHT = 200;
/** Above this an answer by hours has more points than the server gives. */
const MOST_DAYS_BY_HOUR = 62;
type View = 'day' | 'time';

const mean = (value: number): string => new Intl.NumberFormat(currentLocale(), { maximumFractionDigits: 1 }).format(value);

/** How many were there at once: by hour of the day over all days of the range, or one after the other. */
export function OnlinePanel({ scope, days }: { readonly scope: AnalyticsScope; readonly days: number }) {
  const [chosen, choose] = useState<View>('day');
  const step = days <= 1 ? 'quarter' : days <= MOST_DAYS_BY_HOUR ? 'hour' : 'day';
  const query = useQuery(analyticsOnlineQuery(scope, step));
  const canFold = step === 'hour';
  const view = canFold ? chosen : 'time';
  const title = step === 'day' ? t.analytics.onlineTime : t.analytics.online;
  const { onlineMax, onlineMean, onlineViews } = t.analytics;
  const points = query.data ? (view === 'day' && query.data.step === 'hour' ? byHour(query.data) : inOrder(query.data)) : [];
  return (
    <QueryPanel
      query={query}
      title={title}
      testId="online-panel"
      height={HEIGHT + 88}
      csvName={query.data ? `foyer-online-${query.data.range.firstDay}-${query.data.range.lastDay}` : 'foyer'}
      aside={
        canFold ? (
          <Tabs
            label={title}
            tabs={[
              { id: 'day', word: onlineViews.day },
              { id: 'time', word: onlineViews.time },
            ]}
            chosen={view}
            onChoose={choose}
          />
        ) : undefined
      }
      nothing={(data) => (data.points.length === 0 ? t.analytics.onlineNone : null)}
      table={() => onlineTable(points)}
    >
      {({ peak, range }) => (
        <>
          <div className="panel-legend">
            <Legend series={onlineMax} other={onlineMean} />
          </div>
          <TimeChart
            label={`${title}.${peak ? ` ${t.analytics.highest(moment(peak.at, range.timeZone), number(peak.online))}` : ''}`}
            points={points}
            series={onlineMax}
            other={onlineMean}
            shape="steps"
            kind="count"
            format={mean}
            height={HEIGHT}
            testId="online-chart"
          />
          {peak && (
            <p className="panel-aside" data-testid="online-peak">
              {t.analytics.peakBefore}
              <b>{t.analytics.peak(peak.online)}</b>
              {t.analytics.peakAfter(moment(peak.at, range.timeZone))}
            </p>
          )}
        </>
      )}
    </QueryPanel>
  );
}

type OnlinePoint = TimePoint & { readonly csv: string };

/** One after the other; a period without a sample is a gap. */
function inOrder({ points, range, step }: AnalyticsOnline): OnlinePoint[] {
  const known = new Map(points.map((point) => [point.at, point]));
  const starts = step === 'quarter' || step === 'hour' ? slotsOf(range, step) : points.map(({ at }) => at);
  return starts.map((at) => ({
    key: at,
    value: known.get(at)?.max ?? null,
    other: known.get(at)?.average ?? null,
    tick: step === 'hour' ? tickWord(at, 'day', range) : tickWord(at, step, range),
    word: periodWord(at, step, range),
    csv: csvTime(at, step, range.timeZone),
  }));
}

/** Of each hour of the day the most on any day, and the mean of the days. */
function byHour({ points, range }: AnalyticsOnline): OnlinePoint[] {
  const hours = Array.from({ length: 24 }, () => ({ max: 0, sum: 0, days: 0 }));
  for (const { at, max, average } of points) {
    const hour = hours[hourOf(at, range.timeZone)]!;
    hour.max = Math.max(hour.max, max);
    hour.sum += average;
    hour.days += 1;
  }
  return hours.map(({ max, sum, days }, hour) => ({
    key: hour,
    value: days === 0 ? null : max,
    other: days === 0 ? null : sum / days,
    tick: hourWord(hour),
    word: t.analytics.onlineHour(hourWord(hour), hourWord(hour + 1)),
    csv: hourWord(hour),
  }));
}

function onlineTable(points: readonly OnlinePoint[]): TableData {
  const { columns, onlineMax, onlineMean } = t.analytics;
  return {
    head: [{ title: columns.time }, { title: onlineMax, numeric: true }, { title: onlineMean, numeric: true }],
    rows: points
      .filter(({ value }) => value !== null)
      .map(({ key, word, csv, value, other }) => ({
        key,
        cells: [
          textCell(csv, word),
          countCell(value),
          typeof other === 'number' ? { value: Math.round(other * 100) / 100, shown: mean(other) } : countCell(null),
        ],
      })),
  };
}
