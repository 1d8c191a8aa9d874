import type { AnalyticsTeam, AnalyticsTimes } from '@foyer/protocol';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { analyticsTeamQuery, type AnalyticsScope } from '../api/analytics-queries.ts';
import { BarChart, type Bin } from '../charts/bar-chart.tsx';
import { DataTable } from '../charts/data-table.tsx';
import { StackedBar } from '../charts/stacked-bar.tsx';
import { countCell, type TableData, textCell } from '../charts/table-data.ts';
import { t } from '../messages/catalogue.ts';
import { percent } from '../messages/format.ts';
import { duration } from '../words/time.ts';
import { figureCell, meanStars, starsWord } from './figures.ts';
import { QueryPanel } from './query-panel.tsx';
import { timeClasses, type TimeKind } from './time-classes.ts';

type Query = UseQueryResult<AnalyticsTeam>;
const CHART_HEIGHT = 176;
const HEIGHT = CHART_HEIGHT + 58;

/** How the team answers, and what visitors thought of it. One question for all of these panels. */
export function TeamPanels({
  scope,
  bot,
}: {
  readonly scope: AnalyticsScope;
  /** Conversations that AI agents had, and for how long; null: not known yet. */
  readonly bot: { readonly chats: number; readonly ms: number } | null;
}) {
  const query = useQuery(analyticsTeamQuery(scope));
  return (
    <>
      <TimesPanel query={query} kind="firstReply" />
      <TimesPanel query={query} kind="resolution" />
      <RatingsPanel query={query} />
      <WrittenPanel query={query} bot={bot} />
      <AgentsPanel query={query} />
    </>
  );
}

function TimesPanel({ query, kind }: { readonly query: Query; readonly kind: TimeKind }) {
  const { firstReplies, resolutions, timesOf, timesNone, timesMedian, timesMean, timesStep, figures } = t.analytics;
  const title = kind === 'firstReply' ? firstReplies : resolutions;
  return (
    <QueryPanel
      query={query}
      title={title}
      testId={`${kind}-panel`}
      height={HEIGHT}
      csvName={csvName(query.data, kind)}
      nothing={(data) => (data[kind].count === 0 ? timesNone[kind] : null)}
      table={(data) => binsTable(timeClasses(kind, data[kind].histogram), title)}
    >
      {(data) => {
        const times: AnalyticsTimes = data[kind];
        return (
          <>
            <BarChart
              label={`${title}. ${timesMedian} ${duration(times.medianMs ?? 0)}.`}
              bins={timeClasses(kind, times.histogram)}
              series={figures.chats}
              height={CHART_HEIGHT}
              testId={`${kind}-chart`}
            />
            <p className="panel-aside" title={timesStep} data-testid={`${kind}-said`}>
              {timesMedian} <b>{duration(times.medianMs ?? 0)}</b>, {timesMean} <b>{duration(times.meanMs ?? 0)}</b> ·{' '}
              {timesOf(times.count)}
            </p>
          </>
        );
      }}
    </QueryPanel>
  );
}

function RatingsPanel({ query }: { readonly query: Query }) {
  const { ratings, stars, ratingMean, ratingsNone } = t.analytics;
  const bins = (counts: readonly number[]): Bin[] => counts.map((count, i) => ({ key: i, tick: `${i + 1} ★`, word: stars(i + 1), count }));
  const sum = (counts: readonly number[]): number => counts.reduce((all, n) => all + n, 0);
  return (
    <QueryPanel
      query={query}
      title={ratings}
      testId="ratings-panel"
      height={HEIGHT}
      csvName={csvName(query.data, 'ratings')}
      nothing={(data) => (sum(data.ratings) === 0 ? ratingsNone : null)}
      table={(data) => binsTable(bins(data.ratings), ratings)}
    >
      {(data) => {
        const said = ratingMean(starsWord(meanStars(data.ratings) ?? 0), sum(data.ratings));
        return (
          <>
            <BarChart
              label={`${ratings}. ${said}.`}
              bins={bins(data.ratings)}
              series={ratings}
              height={CHART_HEIGHT}
              testId="ratings-chart"
            />
            <p className="panel-aside">
              <b>{said}</b>
            </p>
          </>
        );
      }}
    </QueryPanel>
  );
}

const WRITERS = ['visitor', 'agent', 'ai'] as const;

function WrittenPanel({ query, bot }: { readonly query: Query; readonly bot: { readonly chats: number; readonly ms: number } | null }) {
  const { written, by, writtenNone, botTime, botTimeOf, botTimeMean } = t.analytics;
  const parts = ({ messages }: AnalyticsTeam) => WRITERS.map((who) => ({ key: who, word: by[who], count: messages[who] }));
  return (
    <QueryPanel
      query={query}
      title={written}
      testId="written-panel"
      height={HEIGHT}
      csvName={csvName(query.data, 'messages')}
      nothing={(data) => (WRITERS.every((who) => data.messages[who] === 0) ? writtenNone : null)}
      table={(data) =>
        binsTable(
          parts(data).map((part) => ({ ...part, tick: part.word })),
          written,
        )
      }
    >
      {(data) => (
        <>
          <StackedBar label={written} parts={parts(data)} />
          {bot && bot.chats > 0 && (
            <p className="panel-aside" data-testid="bot-time">
              {botTime}
              <b>{duration(bot.ms)}</b>
              {botTimeOf(bot.chats)}
              {botTimeMean(duration(bot.ms / bot.chats))}
            </p>
          )}
        </>
      )}
    </QueryPanel>
  );
}

function AgentsPanel({ query }: { readonly query: Query }) {
  const { agents, agentsNone } = t.analytics;
  return (
    <QueryPanel
      query={query}
      title={agents}
      isTableOnly
      wide
      testId="agents-panel"
      height={120}
      csvName={csvName(query.data, 'agents')}
      nothing={(data) => (data.agents.length === 0 ? agentsNone : null)}
      table={agentsTable}
    >
      {(data) => <DataTable caption={agents} table={agentsTable(data)} />}
    </QueryPanel>
  );
}

function agentsTable({ agents }: AnalyticsTeam): TableData {
  const { agent, figures, columns, timesMean, formerAgent, ratings, median } = t.analytics;
  const time = (title: string) => ({ title, csv: columns.seconds(title), numeric: true });
  const mean = (title: string): string => `${title}, ${timesMean}`;
  return {
    head: [
      { title: agent },
      { title: figures.chats, numeric: true },
      { title: figures.messages, numeric: true },
      time(median(figures.firstReply)),
      time(mean(figures.firstReply)),
      time(median(figures.resolution)),
      time(mean(figures.resolution)),
      { title: figures.rating, numeric: true },
      { title: ratings, numeric: true },
    ],
    rows: agents.map((one) => ({
      key: one.agent,
      cells: [
        textCell(one.name === '' ? formerAgent : one.name),
        countCell(one.chats),
        countCell(one.messages),
        figureCell('time', one.firstReply.medianMs),
        figureCell('time', one.firstReply.meanMs),
        figureCell('time', one.resolution.medianMs),
        figureCell('time', one.resolution.meanMs),
        figureCell('stars', meanStars(one.ratings)),
        countCell(one.ratings.reduce((sum, n) => sum + n, 0)),
      ],
    })),
  };
}

function binsTable(bins: readonly Bin[], what: string): TableData {
  const all = Math.max(
    1,
    bins.reduce((sum, { count }) => sum + count, 0),
  );
  const { columns } = t.analytics;
  return {
    head: [{ title: what }, { title: columns.count, numeric: true }, { title: columns.share, numeric: true }],
    rows: bins.map(({ key, word, count }) => ({
      key,
      cells: [textCell(word), countCell(count), { value: Math.round((count / all) * 10_000) / 10_000, shown: percent(count / all) }],
    })),
  };
}

const csvName = (data: AnalyticsTeam | undefined, what: string): string =>
  data ? `foyer-${what}-${data.range.firstDay}-${data.range.lastDay}` : 'foyer';
