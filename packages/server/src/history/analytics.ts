import {
  type Calendar,
  type DayRange,
  type Dimension,
  OTHER,
  type Period,
  type SeriesStep,
  boundOf,
  calendarOf,
  medianOf,
  nextOf,
  pointsOf,
  rangeBefore,
  rangeOf,
  spansOf,
  stepFor,
} from '@foyer/domain/analytics';
import { type Result, fail, ok } from '@foyer/domain';
import type {
  AnalyticsAgent,
  AnalyticsBreakdown,
  AnalyticsDimension,
  AnalyticsFigures,
  AnalyticsGoals,
  AnalyticsOnline,
  AnalyticsOverview,
  AnalyticsPoint,
  AnalyticsRange,
  AnalyticsTeam,
  AnalyticsTimes,
} from '@foyer/protocol';
import type { HistoryStore, RollupSum } from '../ports/history-store.ts';

export interface AnalyticsQuery {
  readonly workspace: string;
  readonly site?: string;
  readonly timeZone: string;
  readonly period: Period;
  readonly firstDay?: string | undefined;
  readonly lastDay?: string | undefined;
  readonly now: number;
}
type Wrong = Readonly<Record<string, string>>;
type Store = Pick<HistoryStore, 'rollup' | 'sums' | 'onlineQuarters' | 'places' | 'distinct'>;
type Scope = { readonly workspace: string; readonly site?: string };

const EVERY_VALUE = 100_000;

/** Figures over time. Everything comes from rollups but the unique visitors of a range that is no single day, week or month. */
export class Analytics {
  readonly #store: Store;
  readonly #calendars = new Map<string, Calendar>();

  constructor(store: Store) {
    this.#store = store;
  }

  async overview(
    q: AnalyticsQuery & { readonly step?: SeriesStep | undefined; readonly compare: boolean; readonly service?: boolean },
  ): Promise<Result<AnalyticsOverview, Wrong>> {
    const asked = this.#range(q);
    if (!asked.ok) return asked;
    const { range, calendar } = asked.value;
    const step = q.step ?? stepFor(range);
    if (pointsOf(calendar, range, step) === null) return fail({ step: 'is too fine for this range' });
    const scope = scopeOf(q);
    const of = async (r: DayRange): Promise<Pick<AnalyticsOverview, 'range' | 'figures' | 'points'>> => {
      const [figures, plain] = await Promise.all([this.#figures(scope, calendar, r), this.#points(scope, calendar, r, step)]);
      const points = q.service ? await this.#withService(scope, r, step, plain) : plain;
      return { range: told(calendar, r), figures, points };
    };
    const [now, before] = await Promise.all([of(range), q.compare ? of(rangeBefore(calendar, range)) : null]);
    return ok({ at: q.now, ...now, step, before });
  }

  async breakdown(
    q: AnalyticsQuery & { readonly dimension: AnalyticsDimension; readonly limit: number; readonly compare: boolean },
  ): Promise<Result<AnalyticsBreakdown, Wrong>> {
    const asked = this.#range(q);
    if (!asked.ok) return asked;
    const { range, calendar } = asked.value;
    const { dimension } = q;
    const stored = dimension === 'chat_source' ? 'chat' : dimension;
    const isOfChats = stored.startsWith('chat');
    const by = dimension === 'page' ? 'pages' : 'visits';
    const sums = (r: DayRange, of: Dimension, limit: number): Promise<RollupSum[]> =>
      this.#store.sums({ ...scopeOf(q), dimensions: [of], spans: spansOf(calendar, r), limit, by });
    // Of conversations there is no total but that of their sources.
    const wholeOf = isOfChats ? 'chat' : 'total';
    const earlierRange = q.compare ? rangeBefore(calendar, range) : null;
    // One for `(other)`, which comes first, and one to see whether there are more.
    const [found, whole, earlier, earlierWhole] = await Promise.all([
      sums(range, stored, q.limit + 2),
      sums(range, wholeOf, EVERY_VALUE),
      earlierRange && sums(earlierRange, stored, EVERY_VALUE),
      earlierRange && sums(earlierRange, wholeOf, EVERY_VALUE),
    ]);
    const other = found.find(({ value }) => value === OTHER);
    const named = found.filter(({ value }) => value !== OTHER);
    const rows = named.slice(0, q.limit);
    const before = earlier && new Map(earlier.map((r) => [r.value, r[by]]));
    // What the range before has put together may hold what is not named there.
    const unnamed = before?.has(OTHER) ? null : 0;
    const beforeOf = (value: string): number | null => before && (before.get(value) ?? unnamed);
    const listedBefore = rows.reduce((sum, { value }) => sum + (beforeOf(value) ?? 0), 0);
    // Questions of one answer may have a visit between them: what is listed is never more than the whole.
    const all = {
      visits: Math.max(total(whole, 'visits'), by === 'visits' && dimension !== 'goal' ? total(rows, 'visits') : 0),
      pages: Math.max(total(whole, 'pages'), dimension === 'goal' ? 0 : total(rows, 'pages')),
      before: earlierWhole && Math.max(total(earlierWhole, by), dimension === 'goal' ? 0 : listedBefore),
    };
    const rest = {
      visits: by === 'pages' ? null : all.visits - total(rows, 'visits'),
      pages: all.pages - total(rows, 'pages'),
      before: all.before === null ? null : all.before - listedBefore,
    };
    const isRest = dimension !== 'goal' && ((rest[by] ?? 0) > 0 || (rest.before ?? 0) > 0);
    const places = dimension === 'city' ? new Map((await this.#store.places(rows.map((r) => r.value))).map((p) => [p.place, p])) : null;
    return ok({
      range: told(calendar, range),
      dimension,
      rows: rows.map(({ value, visits, pages }) => {
        const place = places?.get(value);
        return {
          value,
          label: place ? [place.city, place.region].filter((name) => name !== '').join(', ') : value,
          country: place?.country ?? (dimension === 'country' || dimension === 'chat_country' ? value : ''),
          visits,
          pages,
          before: beforeOf(value),
        };
      }),
      other: other ? { visits: other.visits, pages: other.pages } : null,
      rest: isRest ? rest : null,
      total: all,
      more: named.length > q.limit,
    });
  }

  async online(q: AnalyticsQuery & { readonly step?: SeriesStep | undefined }): Promise<Result<AnalyticsOnline, Wrong>> {
    const asked = this.#range(q);
    if (!asked.ok) return asked;
    const { range, calendar } = asked.value;
    const step = q.step ?? (range.days <= 7 ? 'quarter' : stepFor(range));
    const starts = pointsOf(calendar, range, step);
    if (starts === null) return fail({ step: 'is too fine for this range' });
    const quarters = await this.#store.onlineQuarters({ ...scopeOf(q), from: range.from, to: range.to });
    const points: { at: number; max: number; average: number }[] = [];
    let next = 0;
    for (const [i, at] of starts.entries()) {
      const end = starts[i + 1] ?? range.to;
      let [max, sum, samples] = [0, 0, 0];
      for (; next < quarters.length && quarters[next]!.at < end; next++) {
        max = Math.max(max, quarters[next]!.max);
        sum += quarters[next]!.sum;
        samples += quarters[next]!.samples;
      }
      if (samples > 0) points.push({ at, max, average: Math.round((sum / samples) * 100) / 100 });
    }
    const peak = quarters.reduce<{ at: number; online: number } | null>(
      (most, { at, max }) => (most === null || max > most.online ? { at, online: max } : most),
      null,
    );
    return ok({ range: told(calendar, range), step, points, peak });
  }

  async team(q: AnalyticsQuery & { readonly nameOf: (agent: string) => string }): Promise<Result<AnalyticsTeam, Wrong>> {
    const asked = this.#range(q);
    if (!asked.ok) return asked;
    const { range, calendar } = asked.value;
    const sums = await this.#all(scopeOf(q), calendar, range, [
      'first_reply',
      'resolution',
      'rating',
      'message',
      'agent_chat',
      'agent_message',
      'agent_first_reply',
      'agent_resolution',
      'agent_rating',
    ]);
    const of = (dimension: Dimension): RollupSum[] => sums.filter((s) => s.dimension === dimension);
    const ofAgent = (dimension: Dimension, agent: string): RollupSum[] =>
      of(dimension)
        .filter(({ value }) => value.startsWith(`${agent}\t`))
        .map((s) => ({ ...s, value: s.value.slice(agent.length + 1) }));
    const written = new Map(of('agent_message').map(({ value, visits }) => [value, visits]));
    const chats = new Map(of('agent_chat').map(({ value, visits }) => [value, visits]));
    const agents = [...new Set([...chats.keys(), ...written.keys()])].map((agent): AnalyticsAgent => ({
      agent,
      name: q.nameOf(agent),
      chats: chats.get(agent) ?? 0,
      messages: written.get(agent) ?? 0,
      firstReply: timesOf(ofAgent('agent_first_reply', agent)),
      resolution: timesOf(ofAgent('agent_resolution', agent)),
      ratings: starsOf(ofAgent('agent_rating', agent)),
    }));
    const said = (by: string): number => of('message').find(({ value }) => value === by)?.visits ?? 0;
    return ok({
      range: told(calendar, range),
      firstReply: timesOf(of('first_reply')),
      resolution: timesOf(of('resolution')),
      ratings: starsOf(of('rating')),
      messages: { visitor: said('visitor'), agent: said('agent'), ai: said('ai') },
      agents: agents.sort((a, b) => b.chats - a.chats || b.messages - a.messages || (a.agent < b.agent ? -1 : 1)),
    });
  }

  async goals(q: AnalyticsQuery & { readonly limit: number }): Promise<Result<AnalyticsGoals, Wrong>> {
    const asked = this.#range(q);
    if (!asked.ok) return asked;
    const { range, calendar } = asked.value;
    const sums = await this.#all(scopeOf(q), calendar, range, ['total', 'country', 'goal', 'goal_value', 'goal_country']);
    const of = (dimension: Dimension): RollupSum[] => sums.filter((s) => s.dimension === dimension && s.value !== OTHER);
    const parts = ({ value }: RollupSum): [string, string] => {
      const tab = value.lastIndexOf('\t');
      return [value.slice(0, tab), value.slice(tab + 1)];
    };
    const reached = new Map<string, Record<string, number>>();
    for (const sum of of('goal_country')) {
      const [goal, country] = parts(sum);
      const goals = reached.get(country) ?? {};
      goals[goal] = sum.visits;
      reached.set(country, goals);
    }
    return ok({
      range: told(calendar, range),
      visits: of('total')[0]?.visits ?? 0,
      goals: of('goal').map(({ value: goal, visits, pages }) => ({
        goal,
        visits,
        times: pages,
        values: of('goal_value')
          .filter((sum) => parts(sum)[0] === goal)
          .map((sum) => ({ currency: parts(sum)[1], sum: sum.amount / 1_000, times: sum.pages })),
      })),
      countries: of('country')
        .slice(0, q.limit)
        .map(({ value: country, visits }) => ({ country, visits, goals: reached.get(country) ?? {} })),
    });
  }

  #range(q: AnalyticsQuery): Result<{ range: DayRange; calendar: Calendar }, Wrong> {
    const calendar = this.#calendar(q.timeZone);
    const range = rangeOf(calendar, q, q.now);
    return range.ok ? ok({ range: range.value, calendar }) : range;
  }

  #calendar(timeZone: string): Calendar {
    let known = this.#calendars.get(timeZone);
    if (!known) this.#calendars.set(timeZone, (known = calendarOf(timeZone)));
    return known;
  }

  #all(scope: Scope, calendar: Calendar, range: DayRange, dimensions: readonly Dimension[]): Promise<RollupSum[]> {
    return this.#store.sums({ ...scope, dimensions, spans: spansOf(calendar, range), limit: EVERY_VALUE, by: 'visits' });
  }

  async #figures(scope: Scope, calendar: Calendar, range: DayRange): Promise<AnalyticsFigures> {
    const [sums, visitors] = await Promise.all([
      this.#all(scope, calendar, range, ['total', 'bounce', 'chat', 'message', 'first_reply', 'resolution', 'rating', 'bot']),
      this.#visitors(scope, calendar, range.from, range.to),
    ]);
    const of = (dimension: Dimension): RollupSum[] => sums.filter((s) => s.dimension === dimension);
    const visits = total(of('total'), 'visits');
    const [first, resolved] = [timesOf(of('first_reply')), timesOf(of('resolution'))];
    return {
      visits,
      visitors,
      pages: total(of('total'), 'pages'),
      bounces: total(of('bounce'), 'visits'),
      sessionMs: visits === 0 ? null : Math.round(total(of('total'), 'amount') / visits),
      chats: total(of('chat'), 'visits'),
      messages: total(of('message'), 'visits'),
      firstReplies: first.count,
      firstReplyMs: first.medianMs,
      resolutions: resolved.count,
      resolutionMs: resolved.medianMs,
      ratings: starsOf(of('rating')),
      botChats: total(of('bot'), 'visits'),
      botMs: total(of('bot'), 'amount'),
    };
  }

  /** One row says it of a single day, week or month; else the visits are counted. */
  async #visitors(scope: Scope, calendar: Calendar, from: number, to: number): Promise<number> {
    for (const step of ['day', 'week', 'month'] as const) {
      const start = step === 'day' ? calendar.dayStart(from) : step === 'week' ? calendar.weekStart(from) : calendar.monthStart(from);
      if (start !== from || nextOf(calendar, from, step) !== to) continue;
      const [row] = await this.#store.rollup({ ...scope, dimension: 'total', step, from, to, limit: 1 });
      return row?.visitors ?? 0;
    }
    return (await this.#store.distinct({ ...scope, from, to })).visitors;
  }

  /** Beside the points, how their conversations went. Cost: the rows of four dimensions, of medians at most 176 a period. */
  async #withService(scope: Scope, range: DayRange, step: SeriesStep, points: readonly AnalyticsPoint[]): Promise<AnalyticsPoint[]> {
    const stored = step === 'quarter' || step === 'hour' ? 'quarter' : 'day';
    const starts = points.map(({ at }) => at);
    const [replies, resolutions, ratings, bots] = await Promise.all(
      (['first_reply', 'resolution', 'rating', 'bot'] as const).map(async (dimension) => {
        const rows = await this.#store.rollup({ ...scope, dimension, step: stored, from: range.from, to: range.to, limit: EVERY_VALUE });
        const byPoint = points.map(() => new Map<string, RollupSum>());
        for (const row of rows) {
          const sums = byPoint[lastAtOrBefore(starts, row.from)]!;
          const { dimension: of, value, visits, pages, amount } = row;
          const sum = sums.get(value);
          sums.set(value, {
            ...{ dimension: of, value },
            ...{ visits: visits + (sum?.visits ?? 0), pages: pages + (sum?.pages ?? 0), amount: amount + (sum?.amount ?? 0) },
          });
        }
        return byPoint.map((sums) => [...sums.values()]);
      }),
    );
    return points.map((point, i) => {
      const [first, resolved] = [timesOf(replies![i]!), timesOf(resolutions![i]!)];
      return {
        ...point,
        service: {
          firstReplies: first.count,
          firstReplyMs: first.medianMs,
          resolutions: resolved.count,
          resolutionMs: resolved.medianMs,
          ratings: starsOf(ratings![i]!),
          botChats: total(bots![i]!, 'visits'),
        },
      };
    });
  }

  async #points(scope: Scope, calendar: Calendar, range: DayRange, step: SeriesStep): Promise<AnalyticsPoint[]> {
    const starts = pointsOf(calendar, range, step) ?? [];
    const fine = step === 'quarter' || step === 'hour';
    const rows = (dimension: Dimension, of: 'quarter' | 'day') =>
      this.#store.rollup({ ...scope, dimension, step: of, from: range.from, to: range.to, limit: EVERY_VALUE });
    const stored = fine ? 'quarter' : 'day';
    const [visits, chats, messages] = await Promise.all([rows('total', stored), rows('chat', stored), rows('message', stored)]);
    const points = starts.map((at) => ({ at, visits: 0, visitors: null as number | null, pages: 0, chats: 0, messages: 0 }));
    const pointAt = (at: number) => points[lastAtOrBefore(starts, at)]!;
    for (const row of visits) {
      const point = pointAt(row.from);
      point.visits += row.visits;
      point.pages += row.pages;
      if (step === 'day') point.visitors = row.visitors;
    }
    for (const row of chats) pointAt(row.from).chats += row.visits;
    for (const row of messages) pointAt(row.from).messages += row.visits;
    if (step === 'day') for (const point of points) point.visitors ??= 0;
    if (step === 'week' || step === 'month')
      await Promise.all(
        points.map(async (point, i) => {
          point.visitors = point.visits === 0 ? 0 : await this.#visitors(scope, calendar, point.at, points[i + 1]?.at ?? range.to);
        }),
      );
    return points;
  }
}

const scopeOf = ({ workspace, site }: AnalyticsQuery): Scope => (site === undefined ? { workspace } : { workspace, site });

const told = (calendar: Calendar, { from, to }: DayRange): AnalyticsRange => ({
  from,
  to,
  firstDay: calendar.dateOf(from),
  lastDay: calendar.dateOf(to - 1),
  timeZone: calendar.timeZone,
});

const total = (sums: readonly RollupSum[], field: 'visits' | 'pages' | 'amount'): number => sums.reduce((sum, s) => sum + s[field], 0);

const starsOf = (sums: readonly RollupSum[]): number[] =>
  [1, 2, 3, 4, 5].map((stars) => sums.find(({ value }) => value === String(stars))?.visits ?? 0);

function timesOf(sums: readonly RollupSum[]): AnalyticsTimes {
  const buckets = sums
    .map(({ value, visits, amount }) => ({ bucket: Number(value), count: visits, sum: amount }))
    .sort((a, b) => a.bucket - b.bucket);
  const count = total(sums, 'visits');
  return {
    count,
    meanMs: count === 0 ? null : Math.round(total(sums, 'amount') / count),
    medianMs: medianOf(buckets),
    histogram: buckets.map(({ bucket, count: n }) => ({ fromMs: bucket === 0 ? 0 : boundOf(bucket - 1), toMs: boundOf(bucket), count: n })),
  };
}

function lastAtOrBefore(starts: readonly number[], at: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
