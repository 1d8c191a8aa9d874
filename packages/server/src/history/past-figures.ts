import { type Calendar, rangeOf } from '@foyer/domain/analytics';
import type { PastFigures } from '@foyer/protocol';
import type { HistoryStore } from '../ports/history-store.ts';

/** Days of a month and of the week before it. */
const MOST_DAYS = 40;

/**
 * What the store says beside the live counts. From rollups of at most 37 days and the quarter-hours of today: under a millisecond, whatever
 * the traffic.
 */
export async function pastFigures(
  store: Pick<HistoryStore, 'rollup' | 'onlineQuarters'>,
  q: { readonly workspace: string; readonly site?: string; readonly calendar: Calendar; readonly now: number },
): Promise<PastFigures> {
  const { calendar, now } = q;
  const scope = q.site === undefined ? { workspace: q.workspace } : { workspace: q.workspace, site: q.site };
  const week = rangeOf(calendar, { period: '7d' }, now);
  if (!week.ok) throw new Error('the last seven days are always a range');
  const { from, to } = week.value;
  const [today, month] = [calendar.dayStart(now), calendar.monthStart(now)];
  const [rows, quarters] = await Promise.all([
    store.rollup({ ...scope, dimension: 'total', step: 'day', from: Math.min(from, month), to, limit: MOST_DAYS }),
    store.onlineQuarters({ ...scope, from: today, to }),
  ]);
  const days = new Map<string, number>();
  for (let at = from; at < to; at = calendar.dayStart(at + 36 * HOUR_MS)) days.set(calendar.dateOf(at), 0);
  let inMonth = 0;
  for (const row of rows) {
    if (row.from >= month) inMonth += row.visits;
    const date = calendar.dateOf(row.from);
    const known = days.get(date);
    if (known !== undefined) days.set(date, known + row.visits);
  }
  return {
    timeZone: calendar.timeZone,
    today: days.get(calendar.dateOf(today)) ?? 0,
    month: inMonth,
    days: [...days].map(([date, visits]) => ({ date, visits })),
    online: {
      from: today,
      to,
      points: quarters.map(({ at, max, sum, samples }) => ({ at, max, average: Math.round((sum / samples) * 100) / 100 })),
    },
  };
}
const HOUR_MS = 3_600_000;
