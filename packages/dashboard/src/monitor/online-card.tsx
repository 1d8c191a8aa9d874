import { memo, useMemo } from 'react';
import { useLive } from '../app/live.ts';
import { ChartPanel } from '../charts/chart-panel.tsx';
import { countCell, textCell, type TableData } from '../charts/table-data.ts';
import { TimeChart, type TimePoint } from '../charts/time-chart.tsx';
import type { LivePast } from '../live/console-client.ts';
import { t } from '../messages/catalogue.ts';
import { hoursMinutes, number } from '../messages/format.ts';
import { usePast } from './use-past.ts';

const QUARTER_MS = 900_000;
const HEIGHT = 138;

/** How many were online at once over the day, by quarter-hours: from the start of the day in the workspace's zone until now. */
export function OnlineCard({ past: livePast }: { readonly past: LivePast | null }) {
  const past = usePast(livePast);
  const { client } = useLive();
  const online = past?.online;
  const timeZone = past?.timeZone ?? 'UTC';
  const points = useMemo((): readonly TimePoint[] => {
    if (!online) return [];
    const { from, to, points: known } = online;
    const now = Math.min(to, Math.max(client.time.now(), (known.at(-1)?.at ?? from) + 1));
    const byTime = new Map(known.map((point) => [point.at, point]));
    const all: TimePoint[] = [];
    for (let at = from; at < now; at += QUARTER_MS) {
      const point = byTime.get(at);
      const tick = hoursMinutes(at, timeZone);
      all.push({
        key: at,
        value: point?.max ?? null,
        other: point ? Math.round(point.average) : null,
        tick,
        word: `${tick}–${hoursMinutes(at + QUARTER_MS, timeZone)}`,
      });
    }
    return all;
  }, [online, timeZone, client]);
  const table: TableData | null = useMemo(
    () =>
      points.some(({ value }) => value !== null)
        ? {
            head: [{ title: t.monitor.quarter }, { title: t.monitor.most, numeric: true }, { title: t.monitor.average, numeric: true }],
            rows: points.flatMap(({ key, word, value, other }) =>
              value === null ? [] : [{ key, cells: [textCell(word), countCell(value), countCell(other ?? null)] }],
            ),
          }
        : null,
    [points],
  );
  const peak = Math.max(0, ...points.map(({ value }) => value ?? 0));
  return (
    <ChartPanel
      title={t.monitor.onlineToday}
      aside={table && <span className="hint">{t.monitor.peak(number(peak))}</span>}
      table={table}
      csvName={t.monitor.onlineFile}
      busy={past === null}
      testId="online-today"
    >
      {past === null ? (
        <div className="online-wait">
          <span className="skeleton" />
        </div>
      ) : table === null ? (
        <p className="hint online-none">{t.monitor.noSample}</p>
      ) : (
        <Chart points={points} />
      )}
    </ChartPanel>
  );
}

/** Visits of today change each second, the samples each minute. */
const Chart = memo(function Chart({ points }: { readonly points: readonly TimePoint[] }) {
  return (
    <TimeChart
      label={t.monitor.onlineToday}
      points={points}
      series={t.monitor.most}
      other={t.monitor.average}
      shape="steps"
      kind="count"
      format={number}
      openAt={points.length - 1}
      height={HEIGHT}
      testId="online-chart"
    />
  );
});
