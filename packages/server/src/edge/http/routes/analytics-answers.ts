/** Shapes of /api/v1/analytics, for the document and its test. */
import {
  ANALYTICS_DIMENSIONS,
  ANALYTICS_STEPS,
  type AnalyticsBreakdown,
  type AnalyticsGoals,
  type AnalyticsOnline,
  type AnalyticsOverview,
  type AnalyticsTeam,
} from '@foyer/protocol';
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const ms = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.string();
const stars = v.pipe(v.array(count), v.description('How many gave 1, 2, 3, 4 and 5 stars.'));
const list = <S extends v.GenericSchema>(schema: S) => v.pipe(v.array(schema), v.readonly());
const range = v.object({
  from: v.pipe(ms, v.description('First instant.')),
  to: v.pipe(ms, v.description('Not included.')),
  firstDay: v.pipe(text, v.description('Local date.')),
  lastDay: v.pipe(text, v.description('Local date, included.')),
  timeZone: text,
});
const figures = v.object({
  visits: count,
  visitors: v.pipe(count, v.description('Each counted once in the whole range.')),
  pages: count,
  bounces: v.pipe(count, v.description('Visits of one page.')),
  sessionMs: v.nullable(ms),
  chats: v.pipe(count, v.description('Conversations that a visitor wrote in.')),
  messages: count,
  firstReplies: count,
  firstReplyMs: v.pipe(v.nullable(ms), v.description('Median, within 9 %.')),
  resolutions: count,
  resolutionMs: v.pipe(v.nullable(ms), v.description('Median, within 9 %.')),
  ratings: stars,
  botChats: count,
  botMs: ms,
});
const points = list(
  v.object({
    at: ms,
    visits: count,
    visitors: v.pipe(v.nullable(count), v.description('null in quarter-hours and hours.')),
    pages: count,
    chats: count,
    messages: count,
    service: v.pipe(
      v.exactOptional(
        v.object({
          firstReplies: count,
          firstReplyMs: v.nullable(ms),
          resolutions: count,
          resolutionMs: v.nullable(ms),
          ratings: stars,
          botChats: count,
        }),
      ),
      v.description('How conversations of the period went; with `service=true`.'),
    ),
  }),
);
export const OverviewAnswer = v.object({
  at: v.pipe(ms, v.description('When the server answered, by the clock that visits are counted by.')),
  range,
  step: v.picklist(ANALYTICS_STEPS),
  figures,
  points,
  before: v.nullable(v.object({ range, figures, points })),
}) satisfies v.GenericSchema<unknown, AnalyticsOverview>;

export const BreakdownAnswer = v.object({
  range,
  dimension: v.picklist(ANALYTICS_DIMENSIONS),
  rows: list(
    v.object({
      value: text,
      label: v.pipe(text, v.description('Of a city its name and region; empty where only its country is known.')),
      country: text,
      visits: count,
      pages: count,
      before: v.pipe(v.nullable(count), v.description('In the range before; null: not asked for, or not kept by name there.')),
    }),
  ),
  other: v.pipe(
    v.nullable(v.object({ visits: count, pages: count })),
    v.description('What lies beyond the 500 values that a period keeps, put together.'),
  ),
  rest: v.pipe(
    v.nullable(v.object({ visits: v.nullable(count), pages: count, before: v.nullable(count) })),
    v.description(
      'All that no row has, smaller values and `other`: rows and `rest` are the total (of `page` by views). null where nothing is left, and by `goal`.',
    ),
  ),
  total: v.object({ visits: count, pages: count, before: v.nullable(count) }),
  more: v.boolean(),
}) satisfies v.GenericSchema<unknown, AnalyticsBreakdown>;

export const OnlineAnswer = v.object({
  range,
  step: v.picklist(ANALYTICS_STEPS),
  points: list(v.object({ at: ms, max: count, average: v.number() })),
  peak: v.nullable(v.object({ at: ms, online: count })),
}) satisfies v.GenericSchema<unknown, AnalyticsOnline>;

const times = v.object({
  count,
  meanMs: v.nullable(ms),
  medianMs: v.nullable(ms),
  histogram: list(v.object({ fromMs: ms, toMs: ms, count })),
});
export const TeamFiguresAnswer = v.object({
  range,
  firstReply: times,
  resolution: times,
  ratings: stars,
  messages: v.object({ visitor: count, agent: count, ai: count }),
  agents: list(
    v.object({
      agent: text,
      name: v.pipe(text, v.description('Empty for who has left the team.')),
      chats: count,
      messages: count,
      firstReply: times,
      resolution: times,
      ratings: stars,
    }),
  ),
}) satisfies v.GenericSchema<unknown, AnalyticsTeam>;

export const GoalsFiguresAnswer = v.object({
  range,
  visits: count,
  goals: list(
    v.object({
      goal: text,
      visits: v.pipe(count, v.description('Visits that reached it.')),
      times: count,
      values: list(v.object({ currency: text, sum: v.number(), times: count })),
    }),
  ),
  countries: list(v.object({ country: text, visits: count, goals: v.record(text, count) })),
}) satisfies v.GenericSchema<unknown, AnalyticsGoals>;
