import { ANALYTICS_DIMENSIONS, ANALYTICS_PERIODS, ANALYTICS_STEPS } from '@foyer/protocol';
import * as v from 'valibot';
import { Analytics, type AnalyticsQuery } from '../../../history/analytics.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { flag, wholeNumber, words } from '../query.ts';
import { invalid, REFUSALS, reply, type Refusal } from '../replies.ts';
import { BreakdownAnswer, GoalsFiguresAnswer, OnlineAnswer, OverviewAnswer, TeamFiguresAnswer } from './analytics-answers.ts';

const range = {
  period: v.optional(
    v.pipe(
      v.picklist(ANALYTICS_PERIODS),
      v.description('Days of the workspace’s time zone that end with today; `own`: the days `from` to `to`. Default: 7d, `own` with days.'),
    ),
  ),
  from: v.optional(words(10, 'First day of an own range, YYYY-MM-DD.')),
  to: v.optional(words(10, 'Last day of it, included; at most 1,830 days.')),
  site: v.optional(words(64, 'Only this site, by its id.')),
};
const step = v.optional(v.pipe(v.picklist(ANALYTICS_STEPS), v.description('Default: what suits the range.')));
const service = v.optional(flag('With each point also first replies, resolutions, ratings and conversations with the bot.'), 'false');
const compare = v.optional(flag('Also as many days just before.'), 'false');
const limit = (most: number) => v.optional(wholeNumber({ min: 1, max: most, about: 'Rows to answer.' }), '50');

interface Ranged {
  readonly period?: AnalyticsQuery['period'] | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly site?: string | undefined;
}

export function analyticsRoutes({ guarded }: Endpoints, { directory, history, team, countedBy }: HttpDeps): void {
  const analytics = new Analytics(history);

  function queryOf(workspace: string, { from, to, site, ...asked }: Ranged): { ok: true; query: AnalyticsQuery } | Refusal {
    const hasDays = from !== undefined || to !== undefined;
    const period = asked.period ?? (hasDays ? 'own' : '7d');
    // Answering other days than those that were named would be wrong figures without a word.
    if (hasDays && period !== 'own') return invalid({ [from === undefined ? 'to' : 'from']: 'goes with period=own alone' });
    if (site !== undefined && directory.site(site)?.workspace !== workspace) return REFUSALS.notFound;
    const timeZone = directory.workspace(workspace)?.settings.timeZone ?? 'UTC';
    const query = { workspace, timeZone, period, firstDay: from, lastDay: to, now: countedBy() };
    return { ok: true, query: site === undefined ? query : { ...query, site } };
  }
  const common = { method: 'get', tag: 'Analytics', access: 'reports.see', status: 200, refuses: [404] } as const;

  guarded({
    ...common,
    path: '/analytics/overview',
    query: v.strictObject({ ...range, step, compare, service }),
    answer: OverviewAnswer,
    summary: 'Visits, visitors, pages, chats and messages of a range, over time and together',
    about:
      'All of a visit counts in the period in which it began, all of a conversation too; messages when they were sent. A day has 23 to 25 hours where clocks change.',
    async handle({ actor, query: asked }) {
      const q = queryOf(actor.workspace, asked);
      if (!q.ok) return q;
      const found = await analytics.overview({ ...q.query, step: asked.step, compare: asked.compare, service: asked.service });
      return found.ok ? reply(found.value) : invalid(found.error);
    },
  });

  guarded({
    ...common,
    path: '/analytics/breakdown',
    query: v.strictObject({
      ...range,
      dimension: v.pipe(v.picklist(ANALYTICS_DIMENSIONS), v.description('What the counts are by.')),
      compare,
      limit: limit(500),
    }),
    answer: BreakdownAnswer,
    summary:
      'Visits and page views of a range by country, page, referrer and so on, largest first; conversations by `chat_source` and `chat_country`',
    about:
      'Pages, referrers, cities, campaigns, languages and goals of a period keep their largest 500 when more than 1,000 gather; what lies beyond is `other`. Rows and `rest` are the total.',
    async handle({ actor, query: asked }) {
      const q = queryOf(actor.workspace, asked);
      if (!q.ok) return q;
      const found = await analytics.breakdown({ ...q.query, dimension: asked.dimension, limit: asked.limit, compare: asked.compare });
      return found.ok ? reply(found.value) : invalid(found.error);
    },
  });

  guarded({
    ...common,
    path: '/analytics/online',
    query: v.strictObject({ ...range, step }),
    answer: OnlineAnswer,
    summary: 'How many were online at once, by samples of each minute',
    async handle({ actor, query: asked }) {
      const q = queryOf(actor.workspace, asked);
      if (!q.ok) return q;
      const found = await analytics.online({ ...q.query, step: asked.step });
      return found.ok ? reply(found.value) : invalid(found.error);
    },
  });

  guarded({
    ...common,
    path: '/analytics/team',
    query: v.strictObject(range),
    answer: TeamFiguresAnswer,
    summary: 'First replies, resolutions and ratings, together and by agent',
    async handle({ actor, query: asked }) {
      const q = queryOf(actor.workspace, asked);
      if (!q.ok) return q;
      const names = new Map((await team.members(actor.workspace)).map(({ id, name }) => [id, name]));
      const nameOf = (agent: string): string => names.get(agent) ?? '';
      const found = await analytics.team({ ...q.query, nameOf });
      return found.ok ? reply(found.value) : invalid(found.error);
    },
  });

  guarded({
    ...common,
    path: '/analytics/goals',
    query: v.strictObject({ ...range, limit: limit(300) }),
    answer: GoalsFiguresAnswer,
    summary: 'Goals that visits reached, their values, and the quality of leads by country',
    async handle({ actor, query: asked }) {
      const q = queryOf(actor.workspace, asked);
      if (!q.ok) return q;
      const found = await analytics.goals({ ...q.query, limit: asked.limit });
      return found.ok ? reply(found.value) : invalid(found.error);
    },
  });
}
