/** What the scripted server knows of orders and groups of rows, and of figures of the past. Slow and simple on purpose. */
import { rowKeyOf } from '@foyer/domain/board';
import type { Count, PastFigures, Row, RowKey, Window } from '@foyer/protocol';
import { compareRows } from './scripted-order.ts';

/** As the server has it: rule BD15 holds it to that. Sites are called by their ids. */
const keyOf = (window: Pick<Window, 'sort' | 'dir' | 'group'>, row: Row): RowKey => rowKeyOf(row, window, (site) => site);

/** The rows as the window shows them, with their keys. `rows` come newest first. */
export function ordered(rows: readonly Row[], window: Window): { readonly row: Row; readonly key: RowKey }[] {
  const keyed = rows.map((row) => ({ row, key: keyOf(window, row) }));
  const isSorted = window.sort === 'arrived' && window.dir === 'desc' && window.group === undefined;
  return isSorted ? keyed : keyed.sort((a, b) => compareRows(window, a.key, a.row.id, b.key, b.row.id));
}

/** Groups in the order of `rows`, which are ordered by them. */
export function groupsOf(group: NonNullable<Window['group']>, rows: readonly Row[]): readonly Count[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const name = group === 'context' && row.context === 'none' ? '' : row[group];
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => ({ key, count }));
}

/** A week that grew until today, and a day with a peak at noon, in Vienna. */
export function pastOf(visits: readonly Row[], now: number): PastFigures {
  const today = new Date(now).toISOString().slice(0, 10);
  const from = Date.parse(`${today}T00:00:00+01:00`);
  const days = [1204, 1388, 1341, 1712, 1866, 1297].map((count, i) => ({
    date: new Date(Date.parse(`${today}T12:00:00Z`) - (6 - i) * 86_400_000).toISOString().slice(0, 10),
    visits: count,
  }));
  const points = [];
  for (let at = from, i = 0; at < now; at += 900_000, i += 1) {
    const max = Math.round(40 + 260 * Math.sin((i / 96) * Math.PI) ** 2);
    points.push({ at, max, average: Math.round(max * 0.9) });
  }
  return {
    timeZone: 'Europe/Vienna',
    today: visits.length,
    month: 27_374 + visits.length,
    days: [...days, { date: today, visits: visits.length }],
    online: { from, to: from + 86_400_000, points },
  };
}
