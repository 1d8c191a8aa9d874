import type { AnalyticsPeriod } from '@foyer/protocol';
import type { AnalyticsScope } from '../api/analytics-queries.ts';
import type { AnalyticsSearch } from '../app/search.ts';
import { ApiFailure } from '../api/request.ts';
import { t } from '../messages/catalogue.ts';

export const FIXED_PERIODS = ['today', '7d', '30d', '90d'] as const satisfies readonly AnalyticsPeriod[];
const DEFAULT_PERIOD = '30d';
/** As the server has it. */
const MAX_DAYS = 1_830;
const DAY_MS = 86_400_000;

/** What is wrong with the days of an own range, by field. */
export interface RangeProblems {
  readonly from?: string;
  readonly to?: string;
}
export interface Asked {
  readonly scope: AnalyticsScope;
  readonly compare: boolean;
}

/** What an address asks for. A period that is none is the usual one. */
export function askedBy(search: AnalyticsSearch): Asked {
  const fixed = FIXED_PERIODS.find((period) => period === search.period);
  const isOwn = fixed === undefined && (search.period === 'own' || search.from !== undefined || search.to !== undefined);
  return {
    scope: {
      period: isOwn ? 'own' : (fixed ?? DEFAULT_PERIOD),
      ...(isOwn ? { from: search.from, to: search.to } : {}),
      ...(search.site === undefined ? {} : { site: search.site }),
    },
    compare: search.compare !== '0',
  };
}

/** Epoch ms of a date's midnight in UTC; null for what is no date. */
function dayNumber(text: string): number | null {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // 31 February is parsed by some as a day in March.
  return Number.isNaN(at) || !new Date(at).toISOString().startsWith(text) ? null : at;
}

/**
 * What can be told here: the server judges the rest. `today`: the workspace's local date.
 */
export function rangeProblems(given: { from?: string | undefined; to?: string | undefined }, today: string): RangeProblems {
  const { needed, noDay, order, future, tooMany } = t.analytics.problems;
  const [from, to] = [dayNumber(given.from ?? ''), dayNumber(given.to ?? '')];
  if (from === null || to === null)
    return {
      ...(from === null ? { from: given.from ? noDay : needed } : {}),
      ...(to === null ? { to: given.to ? noDay : needed } : {}),
    };
  if (to < from) return { to: order };
  if (from > (dayNumber(today) ?? from)) return { from: future };
  return (to - from) / DAY_MS + 1 > MAX_DAYS ? { to: tooMany } : {};
}

/** What the server said against the days, in the reader's words; null when its refusal, if any, is about something else. */
export function refusedDays(failure: unknown, timeZone: string): RangeProblems | null {
  if (!(failure instanceof ApiFailure) || failure.code !== 'invalid') return null;
  const { problems } = t.analytics;
  const word = (sentence: string): string =>
    /is no day in/.test(sentence)
      ? problems.noDayThere(timeZone)
      : /must not be before/.test(sentence)
        ? problems.order
        : /in the future/.test(sentence)
          ? problems.future
          : /^at most/.test(sentence)
            ? problems.tooMany
            : /needs its first and last day/.test(sentence)
              ? problems.needed
              : sentence;
  const { from, to } = failure.fields;
  if (from === undefined && to === undefined) return null;
  return { ...(from === undefined ? {} : { from: word(from) }), ...(to === undefined ? {} : { to: word(to) }) };
}

export const isRefused = (problems: RangeProblems): boolean => problems.from !== undefined || problems.to !== undefined;
