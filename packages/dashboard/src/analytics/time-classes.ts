import type { AnalyticsTimes } from '@foyer/protocol';
import type { Bin } from '../charts/bar-chart.tsx';
import { t } from '../messages/catalogue.ts';
import { boundWord } from './figures.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Where classes end that people think in, ms. What is stored is finer: steps of 9 %. */
const FIRST_REPLY = [15 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR];
const RESOLUTION = [MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 4 * HOUR, 24 * HOUR, 72 * HOUR];
export type TimeKind = 'firstReply' | 'resolution';

/** A histogram in these classes: each stored step goes to where its middle lies. */
export function timeClasses(kind: TimeKind, histogram: AnalyticsTimes['histogram']): Bin[] {
  const bounds = kind === 'firstReply' ? FIRST_REPLY : RESOLUTION;
  const { under, between, over } = t.analytics;
  const bins = [...bounds, Number.POSITIVE_INFINITY].map((end, i) => {
    const from = bounds[i - 1];
    const last = bounds.at(-1)!;
    return {
      key: end,
      tick: end === Number.POSITIVE_INFINITY ? `> ${boundWord(last)}` : `< ${boundWord(end)}`,
      word:
        end === Number.POSITIVE_INFINITY
          ? over(boundWord(last))
          : from === undefined
            ? under(boundWord(end))
            : between(boundWord(from), boundWord(end)),
      count: 0,
    };
  });
  for (const { fromMs, toMs, count } of histogram) {
    const middle = (fromMs + toMs) / 2;
    const place = bounds.findIndex((end) => middle < end);
    bins[place === -1 ? bounds.length : place]!.count += count;
  }
  return bins;
}
