/** Made-up figures for the scripted server: the same for the same question, in whole UTC days that end with a fixed one. */
import type {
  AnalyticsBreakdown,
  AnalyticsDimension,
  AnalyticsFigures,
  AnalyticsGoals,
  AnalyticsOnline,
  AnalyticsOverview,
  AnalyticsPoint,
  AnalyticsRange,
  AnalyticsStep,
  AnalyticsTeam,
  AnalyticsTimes,
  AnalyticsValue,
} from '@foyer/protocol';

type Answer = [status: number, body: unknown];
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const DAYS: Readonly<Record<string, number>> = { today: 1, '7d': 7, '30d': 30, '90d': 90 };
const iso = (at: number): string => new Date(at).toISOString().slice(0, 10);
export const HOSTILE = '<img src=x onerror="window.hacked=1">"\'=HYPERLINK("http://evil.example")';

export class FakeAnalytics {
  /** Of the workspace: figures are told in it, days are UTC's. */
  timeZone = 'UTC';
  isEmpty = false;
  /** Values as ill as they come: markup, formulas, from right to left, without a space. */
  isHostile = false;
  /** Answers that are refusals, by what is asked: `overview`, `breakdown` … */
  readonly refused = new Map<string, Answer>();
  /** What was asked, newest last: `overview?period=7d…`. */
  readonly asked: string[] = [];

  /** null: not one of these routes. `route`: `GET /analytics/overview`. */
  answer(route: string, query: URLSearchParams): Answer | null {
    const what = /^GET \/analytics\/(\w+)$/.exec(route)?.[1];
    if (what === undefined) return null;
    this.asked.push(`${what}?${query}`);
    const refused = this.refused.get(what);
    if (refused) return refused;
    const range = this.#range(query);
    switch (what) {
      case 'overview':
        return [200, this.#overview(range, query)];
      case 'online':
        return [200, this.#online(range, query.get('step') as AnalyticsStep)];
      case 'breakdown':
        return [200, this.#breakdown(range, query)];
      case 'goals':
        return [200, this.#goals(range)];
      case 'team':
        return [200, this.#team(range)];
      default:
        return null;
    }
  }

  #range(query: URLSearchParams): AnalyticsRange {
    const tomorrow = (Math.floor(Date.now() / DAY_MS) + 1) * DAY_MS;
    const period = query.get('period') ?? '7d';
    const days = DAYS[period];
    const from = days === undefined ? Date.parse(`${query.get('from')}T00:00:00Z`) : tomorrow - days * DAY_MS;
    const to = days === undefined ? Date.parse(`${query.get('to')}T00:00:00Z`) + DAY_MS : tomorrow;
    return this.#told(from, to);
  }
  #told(from: number, to: number): AnalyticsRange {
    return { from, to, firstDay: iso(from), lastDay: iso(to - 1), timeZone: this.timeZone };
  }

  #overview(range: AnalyticsRange, query: URLSearchParams): AnalyticsOverview {
    const step: AnalyticsStep = range.to - range.from <= 2 * DAY_MS ? 'hour' : 'day';
    const one = query.has('site') ? 0.5 : 1;
    const before = this.#told(2 * range.from - range.to, range.from);
    return {
      at: Date.now(),
      range,
      step,
      figures: this.#figures(range, one),
      points: this.#points(range, step, one),
      before:
        query.get('compare') === 'true'
          ? { range: before, figures: this.#figures(before, one * 0.8), points: this.#points(before, step, one * 0.8) }
          : null,
    };
  }
  #points({ from, to }: AnalyticsRange, step: AnalyticsStep, by: number): AnalyticsPoint[] {
    const wide = step === 'hour' ? HOUR_MS : DAY_MS;
    return Array.from({ length: (to - from) / wide }, (_, i) => {
      const visits = this.isEmpty ? 0 : Math.round((100 + ((i * 37) % 60)) * by);
      const chats = Math.round(visits / 20);
      return {
        at: from + i * wide,
        ...{ visits, visitors: step === 'hour' ? null : Math.round(visits * 0.8), pages: visits * 3, chats, messages: chats * 8 },
        service: {
          // Now and then nobody is answered: a gap.
          firstReplies: this.isEmpty || i % 5 === 4 ? 0 : chats,
          firstReplyMs: this.isEmpty || i % 5 === 4 ? null : 30_000 + i * 1_000,
          resolutions: this.isEmpty ? 0 : chats,
          resolutionMs: this.isEmpty ? null : 400_000 + i * 10_000,
          ratings: this.isEmpty ? [0, 0, 0, 0, 0] : [0, 1, 0, 2, i % 4],
          botChats: Math.round(chats / 2),
        },
      };
    });
  }
  #figures(range: AnalyticsRange, by: number): AnalyticsFigures {
    const points = this.#points(range, 'day', by);
    const sum = (of: (point: AnalyticsPoint) => number): number => points.reduce((all, point) => all + of(point), 0);
    const visits = sum((p) => p.visits);
    return {
      ...{ visits, visitors: Math.round(visits * 0.7), pages: visits * 3, bounces: Math.round(visits / 3) },
      ...{ sessionMs: visits === 0 ? null : 130_000, chats: sum((p) => p.chats), messages: sum((p) => p.messages) },
      ...{ firstReplies: sum((p) => p.chats), firstReplyMs: this.isEmpty ? null : Math.round(38_000 / by) },
      ...{ resolutions: sum((p) => p.chats), resolutionMs: this.isEmpty ? null : Math.round(500_000 * by) },
      ...{ ratings: this.isEmpty ? [0, 0, 0, 0, 0] : [1, 0, 2, 10, 31], botChats: Math.round(visits / 40), botMs: visits * 3_000 },
    };
  }

  #online(range: AnalyticsRange, step: AnalyticsStep): AnalyticsOnline {
    const wide = step === 'quarter' ? HOUR_MS / 4 : step === 'hour' ? HOUR_MS : DAY_MS;
    const points = Array.from({ length: (range.to - range.from) / wide }, (_, i) => i)
      // The server was off for a while.
      .filter((i) => i % 24 !== 3)
      .map((i) => ({ at: range.from + i * wide, max: 10 + (i % 24), average: 5.25 + (i % 24) / 2 }));
    if (this.isEmpty) return { range, step, points: [], peak: null };
    return { range, step, points, peak: { at: range.from + 23 * HOUR_MS, online: 57 } };
  }

  #breakdown(range: AnalyticsRange, query: URLSearchParams): AnalyticsBreakdown {
    const dimension = query.get('dimension') as AnalyticsDimension;
    const all = this.isEmpty ? [] : this.#values(dimension, query.get('compare') === 'true');
    const limit = Number(query.get('limit'));
    const other = dimension === 'page' && !this.isEmpty ? { visits: 120, pages: 4_321 } : null;
    const sum = (of: 'visits' | 'pages', rows = all): number => rows.reduce((n, row) => n + row[of], other?.[of] ?? 0);
    const sumBefore = (rows = all): number => rows.reduce((n, row) => n + (row.before ?? 0), other ? 100 : 0);
    const isCompared = query.get('compare') === 'true';
    const unlisted = all.slice(limit);
    return {
      ...{ range, dimension, rows: all.slice(0, limit), other, more: all.length > limit },
      rest:
        unlisted.length > 0 || other
          ? {
              visits: dimension === 'page' ? null : sum('visits', unlisted),
              pages: sum('pages', unlisted),
              before: isCompared ? sumBefore(unlisted) : null,
            }
          : null,
      total: { visits: sum('visits'), pages: sum('pages'), before: isCompared ? sumBefore() : null },
    };
  }
  #values(dimension: AnalyticsDimension, compare: boolean): AnalyticsValue[] {
    const values: Readonly<Partial<Record<AnalyticsDimension, readonly string[]>>> = {
      country: ['DE', 'GB', 'US', '', 'AT', 'FR', 'SE', 'JP', 'BR', 'IN', 'ZA'],
      city: ['DE|Berlin|Berlin', 'GB|England|London', 'CZ||', ''],
      language: ['de-AT', 'en-GB', 'zh-Hans', ''],
      browser: ['Chrome', 'Safari', ''],
      os: ['Windows', 'Android'],
      device: ['desktop', 'phone', ''],
      source: ['widget', 'whatsapp'],
      traffic: ['search', 'direct', 'campaign', 'website'],
      chat_source: ['widget', 'api', 'playground'],
      chat_country: ['DE', '', 'AT'],
      campaign: ['', 'november · newsletter', 'autumn-tents'],
      referrer: ['', 'google.com', 'very-long-host-name-of-somebody-who-links-to-everything.blog.example.com'],
      page: Array.from({ length: 30 }, (_, i) => (i === 0 ? '/' : `/products/ridge-${i}-tent`)),
    };
    const hostile = [HOSTILE, '=1+1', '\u202Eevil', 'مرحبا بالعالم', 'x'.repeat(300)];
    const free = ['page', 'referrer', 'campaign', 'city', 'browser', 'language', 'source'].includes(dimension);
    return [...(this.isHostile && free ? hostile : []), ...(values[dimension] ?? [])].map((value, i) => ({
      value,
      label: dimension === 'city' ? (value.split('|')[2] ?? value) : value,
      country:
        dimension === 'country' || dimension === 'chat_country'
          ? value
          : dimension === 'city'
            ? (value.split('|')[0] ?? '').slice(0, 2)
            : '',
      visits: Math.round(4_000 / (i + 1)),
      pages: Math.round(9_000 / (i + 1)),
      before: compare ? Math.round(3_000 / (i + 1)) : null,
    }));
  }

  #goals(range: AnalyticsRange): AnalyticsGoals {
    if (this.isEmpty) return { range, visits: 0, goals: [], countries: [] };
    return {
      range,
      visits: 3_000,
      goals: [
        {
          ...{ goal: 'checkout', visits: 120, times: 133 },
          values: [
            { currency: 'EUR', sum: 12_345.6, times: 100 },
            { currency: 'JPY', sum: 99_000, times: 20 },
            { currency: '', sum: 12, times: 1 },
          ],
        },
        { goal: 'lead-captured', visits: 60, times: 60, values: [] },
        { goal: 'brochure', visits: 3, times: 4, values: [] },
      ],
      countries: [
        { country: 'DE', visits: 1_000, goals: { checkout: 70, 'lead-captured': 10 } },
        { country: 'GB', visits: 500, goals: { checkout: 10, 'lead-captured': 40 } },
        { country: '', visits: 30, goals: {} },
      ],
    };
  }

  #team(range: AnalyticsRange): AnalyticsTeam {
    const times = (count: number, medianMs: number): AnalyticsTimes =>
      count === 0
        ? { count: 0, meanMs: null, medianMs: null, histogram: [] }
        : {
            ...{ count, meanMs: Math.round(medianMs * 1.4), medianMs },
            histogram: [
              { fromMs: 9_514, toMs: 10_375, count: Math.floor(count / 2) },
              { fromMs: medianMs, toMs: Math.round(medianMs * 1.09), count: Math.ceil(count / 2) },
            ],
          };
    const some = this.isEmpty ? 0 : 40;
    return {
      range,
      firstReply: times(some, 38_000),
      resolution: times(some, 540_000),
      ratings: this.isEmpty ? [0, 0, 0, 0, 0] : [1, 0, 2, 10, 31],
      messages: this.isEmpty ? { visitor: 0, agent: 0, ai: 0 } : { visitor: 300, agent: 200, ai: 100 },
      agents: this.isEmpty
        ? []
        : [
            {
              ...{ agent: 'u2', name: this.isHostile ? HOSTILE : 'Joon Park', chats: 30, messages: 150 },
              ...{ firstReply: times(28, 31_000), resolution: times(25, 400_000), ratings: [0, 0, 1, 6, 20] },
            },
            {
              ...{ agent: 'gone', name: '', chats: 2, messages: 3 },
              ...{ firstReply: times(0, 0), resolution: times(0, 0), ratings: [0, 0, 0, 0, 0] },
            },
          ],
    };
  }
}
