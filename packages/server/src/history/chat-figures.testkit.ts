/** Reports about conversations, judged by reading all of them one after the other. */
import type { AnalyticsTimes } from '@foyer/protocol';
import { expect } from 'vitest';
import type { HistoryStore } from '../ports/history-store.ts';
import { Analytics, type AnalyticsQuery } from './analytics.ts';
import { type Talk, recount } from './chat-counts.testkit.ts';

type Sum = readonly [count: number, amount: number];

/** Every figure of a range, its days, and its agents. */
export async function expectChatFigures(
  history: HistoryStore,
  q: { workspace: string; timeZone: string; firstDay: string; lastDay: string; now: number; talks: readonly Talk[] },
): Promise<void> {
  const { talks, timeZone, firstDay, lastDay } = q;
  const counts = Object.entries(recount(talks, timeZone)).flatMap(([key, sum]) => {
    const date = key.slice(0, 10);
    return date >= firstDay && date <= lastDay ? [{ date, what: key.slice(11), sum }] : [];
  });
  const of = (matches: (what: string) => boolean, from = counts): Sum =>
    from.reduce<Sum>(([n, ms], { what, sum }) => (matches(what) ? [n + sum[0], ms + sum[1]] : [n, ms]), [0, 0]);
  const starts = (prefix: string) => (what: string) => what.startsWith(prefix);
  const is = (name: string) => (what: string) => what === name;
  const stars = (prefix: string): number[] => [1, 2, 3, 4, 5].map((n) => of(is(`${prefix}${n}`))[0]);
  const timed = (what: string) => {
    const [count, ms] = of(is(what));
    return { count, meanMs: count === 0 ? null : Math.round(ms / count) };
  };
  const brief = ({ count, meanMs, histogram }: AnalyticsTimes) => {
    expect(histogram.reduce((n, bar) => n + bar.count, 0)).toBe(count);
    return { count, meanMs };
  };
  const analytics = new Analytics(history);
  const { talks: _, ...asked } = q;
  const query: AnalyticsQuery = { ...asked, period: 'own' };
  const overview = await analytics.overview({ ...query, step: 'day', compare: false });
  const team = await analytics.team({ ...query, nameOf: (agent) => agent.toUpperCase() });
  if (!overview.ok || !team.ok) throw new Error('refused');
  const [, botMs] = of(is('bot '));
  expect(overview.value.figures).toMatchObject({
    chats: of(starts('chat '))[0],
    messages: of(starts('message '))[0],
    firstReplies: of(is('first_reply '))[0],
    resolutions: of(is('resolution '))[0],
    ratings: stars('rating '),
    botChats: of(is('bot '))[0],
    botMs,
  });
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  for (const { at, chats, messages } of overview.value.points) {
    const day = counts.filter(({ date }) => date === format.format(at));
    expect([at, chats, messages]).toEqual([at, of(starts('chat '), day)[0], of(starts('message '), day)[0]]);
  }
  expect({
    firstReply: brief(team.value.firstReply),
    resolution: brief(team.value.resolution),
    ratings: team.value.ratings,
    messages: team.value.messages,
  }).toEqual({
    firstReply: timed('first_reply '),
    resolution: timed('resolution '),
    ratings: stars('rating '),
    messages: { visitor: of(is('message visitor'))[0], agent: of(is('message agent'))[0], ai: of(is('message ai'))[0] },
  });
  const agents = new Set(
    counts.flatMap(({ what }) => (what.startsWith('agent_chat ') || what.startsWith('agent_message ') ? [what.split(' ')[1]!] : [])),
  );
  expect(team.value.agents.map(({ agent }) => agent).sort()).toEqual([...agents].sort());
  for (const one of team.value.agents)
    expect({ ...one, firstReply: brief(one.firstReply), resolution: brief(one.resolution) }).toEqual({
      agent: one.agent,
      name: one.agent.toUpperCase(),
      chats: of(is(`agent_chat ${one.agent}`))[0],
      messages: of(is(`agent_message ${one.agent}`))[0],
      firstReply: timed(`agent_first_reply ${one.agent}`),
      resolution: timed(`agent_resolution ${one.agent}`),
      ratings: stars(`agent_rating ${one.agent}\t`),
    });
}
