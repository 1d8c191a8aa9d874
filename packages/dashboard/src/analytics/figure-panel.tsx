import type { AnalyticsOverview, AnalyticsPoint } from '@foyer/protocol';
import type { UseQueryResult } from '@tanstack/react-query';
import { Legend } from '../charts/chart-panel.tsx';
import { type Cell, NOTHING, type TableData, textCell } from '../charts/table-data.ts';
import { TimeChart, type TimePoint } from '../charts/time-chart.tsx';
import { t } from '../messages/catalogue.ts';
import { axisWord, type Figure, figureCell, figureHead, FIGURES, KINDS, valueWord } from './figures.ts';
import { aligned, isByClock } from './align.ts';
import { clockAt, csvTime, periodWord, tickWord } from './moments.ts';
import { QueryPanel } from './query-panel.tsx';

const HEIGHT = 248;
const DAY_MS = 86_400_000;
/** Below a plot, as in charts.css. */
const PLOT_FOOT = 12;

/** One figure over the range, with the range before as a dashed line of the same steps. */
export function FigurePanel({
  query,
  figure,
  days,
  compare,
  now,
}: {
  readonly query: UseQueryResult<AnalyticsOverview>;
  readonly figure: Figure;
  /** Of the range. */
  readonly days: number;
  readonly compare: boolean;
  /** What is after it has not happened yet. */
  readonly now: number;
}) {
  const { kind, at } = KINDS[figure];
  const word = t.analytics.figures[figure];
  const overview = query.data;
  const what = kind === 'time' ? t.analytics.median(word) : word;
  const title = overview ? t.analytics.titles[overview.step](what) : what;
  const series = t.analytics.thisPeriod;
  const other = compare ? t.analytics.daysBefore(days) : undefined;
  return (
    <QueryPanel
      query={query}
      title={title}
      wide
      testId="figure-panel"
      height={HEIGHT + PLOT_FOOT}
      csvName={overview ? `foyer-${figure}-${overview.range.firstDay}-${overview.range.lastDay}` : 'foyer'}
      aside={<Legend series={series} other={other} />}
      nothing={(data) => nothingOf(data, figure)}
      table={(data) => figureTable(data, figure, now)}
    >
      {(data) => {
        const points = pointsOf(data, at, now);
        const highest = points.reduce<TimePoint | null>((most, point) => ((point.value ?? 0) > (most?.value ?? 0) ? point : most), null);
        const open = data.points.findLast((point) => point.at <= now && now < data.range.to);
        const openAt = points.findIndex(({ key }) => key === open?.at);
        const summary = highest ? ` ${t.analytics.highest(highest.word, valueWord(kind, highest.value ?? 0))}` : '';
        return (
          <TimeChart
            label={`${title}.${summary}`}
            points={points}
            series={word}
            other={other}
            kind={kind}
            format={(value) => valueWord(kind, value)}
            axis={(value) => axisWord(kind, value)}
            openAt={openAt === -1 ? undefined : openAt}
            height={HEIGHT}
            testId="figure-chart"
          />
        );
      }}
    </QueryPanel>
  );
}

function nothingOf({ points, before }: AnalyticsOverview, figure: Figure): string | null {
  const { at } = KINDS[figure];
  const isThere = (list: readonly AnalyticsPoint[]): boolean => list.some((point) => (at(point) ?? 0) > 0);
  if (isThere(points) || isThere(before?.points ?? [])) return null;
  return figure === 'visitors' && points.some(({ visits }) => visits > 0) ? t.analytics.visitorsByDay : t.analytics.nothing;
}

function pointsOf(
  { points, before, step, range }: AnalyticsOverview,
  at: (point: AnalyticsPoint) => number | null,
  now: number,
): TimePoint[] {
  return aligned(points, before?.points ?? [], step, range.timeZone).map(({ at: key, point, earlier, isAgain }) => {
    const none = t.analytics.noSuchHour(clockAt(key, range.timeZone), isAgain);
    return {
      key,
      value: point === null || point.at > now ? null : at(point),
      tick: tickWord(key, step, range),
      word: point ? periodWord(key, step, range) : none,
      ...(earlier ? { other: at(earlier), otherWord: periodWord(earlier.at, step, range) } : {}),
      ...(before && !earlier && isByClock(step) ? { other: null, otherWord: none } : {}),
    };
  });
}

function figureTable({ points, before, step, range }: AnalyticsOverview, figure: Figure, now: number): TableData {
  const { kind, at } = KINDS[figure];
  const head = figureHead(figure);
  const { columns } = t.analytics;
  const when = (of: AnalyticsPoint | null): Cell =>
    of ? textCell(csvTime(of.at, step, range.timeZone), periodWord(of.at, step, range)) : NOTHING;
  return {
    head: [
      { title: columns.time },
      head,
      ...(before ? [{ title: columns.beforeTime }, { ...head, title: columns.before(head.title), csv: columns.before(head.csv) }] : []),
    ],
    rows: aligned(points, before?.points ?? [], step, range.timeZone)
      .filter(({ at: key, earlier }) => earlier !== null || key <= now)
      .map(({ at: key, point, earlier, isAgain }) => ({
        key,
        cells: [
          // The first cell names its row.
          point ? when(point) : textCell('', t.analytics.clocksChanged(t.analytics.noSuchHour(clockAt(key, range.timeZone), isAgain))),
          figureCell(kind, point === null || point.at > now ? null : at(point)),
          ...(before ? [when(earlier), figureCell(kind, earlier && at(earlier))] : []),
        ],
      })),
  };
}

/** Of all the days that are in it. */
export const allFiguresName = ({ range, before }: AnalyticsOverview): string =>
  `foyer-${range.firstDay}-${range.lastDay}${before ? `-and-${before.range.firstDay}-${before.range.lastDay}` : ''}`;

/** Every figure in every period of the range: one file for all. With a comparison each row says first which of both it is of. */
export function allFigures({ points, before, step, range }: AnalyticsOverview, now: number): TableData {
  const { period, thisPeriod, daysBefore, columns } = t.analytics;
  const earlier = daysBefore(Math.round((range.to - range.from) / DAY_MS));
  const row = (point: AnalyticsPoint) => ({
    key: point.at,
    cells: [
      ...(before ? [textCell(point.at < range.from ? earlier : thisPeriod)] : []),
      textCell(csvTime(point.at, step, range.timeZone)),
      ...FIGURES.map((figure) => figureCell(KINDS[figure].kind, KINDS[figure].at(point))),
    ],
  });
  return {
    head: [...(before ? [{ title: period }] : []), { title: columns.time }, ...FIGURES.map(figureHead)],
    rows: [...(before?.points ?? []), ...points.filter(({ at }) => at <= now)].map(row),
  };
}
