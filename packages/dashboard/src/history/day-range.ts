import { addDays } from '../words/zoned-time.ts';

export const PRESETS = ['today', 'yesterday', 'week', 'month', 'quarter', 'thisMonth'] as const;
export type Preset = (typeof PRESETS)[number];
/** First and last day, both included, YYYY-MM-DD; absent: open. */
export interface DayRange {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The days of a preset; `today` is a date of the workspace's zone. */
export function rangeOf(preset: Preset, today: string): { readonly from: string; readonly to: string } {
  switch (preset) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case 'week':
      return { from: addDays(today, -6), to: today };
    case 'month':
      return { from: addDays(today, -29), to: today };
    case 'quarter':
      return { from: addDays(today, -89), to: today };
    case 'thisMonth':
      return { from: `${today.slice(0, 8)}01`, to: today };
  }
}

/** The preset that these days are today; undefined: an own range, or none. The first of the month is *today* before it is *this month*. */
export const presetOf = ({ from, to }: DayRange, today: string): Preset | undefined =>
  PRESETS.find((preset) => {
    const range = rangeOf(preset, today);
    return range.from === from && range.to === to;
  });

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && addDays(text, 0) === text;

/** What is wrong with an own range as it is typed; null: nothing. One open end is a range too. */
export function rangeProblem({ from = '', to = '' }: DayRange): 'empty' | 'noDay' | 'order' | null {
  if (from === '' && to === '') return 'empty';
  if ([from, to].some((day) => day !== '' && !isDay(day))) return 'noDay';
  return from !== '' && to !== '' && to < from ? 'order' : null;
}
