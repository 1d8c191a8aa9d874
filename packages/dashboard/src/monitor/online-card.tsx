import { memo, useMemo, useRef } from 'react';
import { useLive } from '../app/live.ts';
import { ChartPanel } from '../charts/chart-panel.tsx';
import { countCell, textCell, type TableData } from '../charts/table-data.ts';
import { TimeChart, type TimePoint } from '../charts/time-chart.tsx';
import type { LivePast } from '../live/console-client.ts';
import type { ViewStore } from '../live/view-store.ts';
import { t } from '../messages/catalogue.ts';
import { hoursMinutes, number } from '../messages/format.ts';
import { useCalmTotals } from './use-calm-totals.ts';
import { usePast } from './use-past.ts';

const QUARTER_MS = 900_000;
const HEIGHT = 138;

/** The most of each quarter-hour that were online while this page was open: samples are taken each minute, and miss what is between. */
interface Seen {
  readonly store: ViewStore | null;
  readonly most: ReadonlyMap<number, number>;
}

/** How many were online at once over the day, by quarter-hours: from the start of the day in the workspace's zone until now. */
export function OnlineCard({ past, everybody }: { readonly past: LivePast | null; readonly everybody: ViewStore | null }) {
  const { client } = useLive();
  const live = useCalmTotals(everybody)?.live ?? 0;
  const seen = useRef<Seen>({ store: null, most: new Map() });
  const quarter = Math.floor(client.time.now() / QUARTER_MS) * QUARTER_MS;
  const { store, most } = seen.current;
  if (store !== everybody) seen.current = { store: everybody, most: new Map([[quarter, live]]) };
  else if ((most.get(quarter) ?? 0) < live) seen.current = { store, most: new Map([...most, [quarter, live]]) };
  return <OnlineDay past={past} seen={seen.current.most} />;
}

const OnlineDay = memo(function OnlineDay({ past: livePast, seen }: { readonly past: LivePast | null; readonly seen: Seen['most'] }) {
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
      const most = Math.max(point?.max ?? 0, seen.get(at) ?? 0);
      all.push({
        key: at,
        value: point || most > 0 ? most : null,
        other: point ? Math.round(point.average) : null,
        tick,
        word: `${tick}–${hoursMinutes(at + QUARTER_MS, timeZone)}`,
      });
    }
    return all;
  }, [online, timeZone, client, seen]);
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
});

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
