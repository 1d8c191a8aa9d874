import type { WorkingHours } from '@foyer/protocol';

export type SetHours = NonNullable<WorkingHours>;
export interface Span {
  readonly from: number;
  readonly to: number;
}
/** Monday to Friday, nine to five: what most people change least of. */
export const USUAL_HOURS: SetHours = {
  days: [0, 1, 2, 3, 4, 5, 6].map((day) => (day < 5 ? [{ from: 540, to: 1_020 }] : [])),
  closedOn: [],
};
const MOST_SPANS = 6;
const DAY = 1_440;

/** `09:30` of a minute of the day. The end of the day is `24:00`, which a time field cannot hold: it is shown as `00:00`. */
export const clockOf = (minute: number): string =>
  `${String(Math.floor((minute % DAY) / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Minutes of a time field; null: it is not filled in. Midnight as an end is the end of the day. */
export function minuteOf(clock: string, isEnd: boolean): number | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(clock) ?? [];
  if (hours === undefined || minutes === undefined) return null;
  const minute = Number(hours) * 60 + Number(minutes);
  return minute === 0 && isEnd ? DAY : minute;
}

export type HoursProblem = 'bad_span' | 'overlap';
/** What is wrong with one day, whatever the order in which it was typed; null: nothing. */
export function problemOfDay(spans: readonly Span[]): HoursProblem | null {
  if (spans.some(({ from, to }) => from >= to)) return 'bad_span';
  const ordered = inOrder(spans);
  return ordered.some(({ from }, i) => i > 0 && from < (ordered[i - 1]?.to ?? 0)) ? 'overlap' : null;
}

const inOrder = (spans: readonly Span[]): Span[] => [...spans].sort((a, b) => a.from - b.from);

/** Another opening of a day: after the last one, as far as there is room; the whole of an empty day is nine to five. */
export function nextSpan(spans: readonly Span[]): Span | null {
  if (spans.length >= MOST_SPANS) return null;
  const last = inOrder(spans).at(-1);
  if (!last) return { from: 540, to: 1_020 };
  const from = Math.min(DAY, last.to + 60);
  return from >= DAY - 15 ? null : { from, to: Math.min(DAY, from + 180) };
}

/** As it is stored: each day in order, closed days once and in order. */
export const tidy = (hours: SetHours): SetHours => ({
  days: hours.days.map((spans) => inOrder(spans)),
  closedOn: [...new Set(hours.closedOn)].sort(),
});
