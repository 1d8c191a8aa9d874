/** Values from 0 to `max`, with a line at each tick. */
export interface Scale {
  readonly max: number;
  readonly ticks: readonly number[];
}
export type ScaleKind = 'count' | 'time' | 'stars';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Steps that clocks have, ms. */
const TIME_STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 5, 10, 20, 50].map((n) => n * DAY),
];
const ROUND = [1, 2, 2.5, 5, 10];

/** A scale whose lines are round numbers, about `lines` of them. Counts have no half. */
export function scaleFor(largest: number, kind: ScaleKind, lines = 4): Scale {
  if (kind === 'stars') return { max: 5, ticks: [0, 1, 2, 3, 4, 5] };
  const wanted = Math.max(largest, kind === 'time' ? SECOND : 1) / lines;
  const step = kind === 'time' ? (TIME_STEPS.find((s) => s >= wanted) ?? roundUp(wanted / DAY) * DAY) : Math.max(1, roundUp(wanted));
  const max = Math.max(1, Math.ceil(Math.max(largest, Number.MIN_VALUE) / step)) * step;
  return { max, ticks: Array.from({ length: Math.round(max / step) + 1 }, (_, i) => i * step) };
}

function roundUp(n: number): number {
  const power = 10 ** Math.floor(Math.log10(n));
  const step = (ROUND.find((r) => r * power >= n * 0.999_999) ?? 10) * power;
  return n > 1 && step < 10 && !Number.isInteger(step) ? Math.ceil(step) : step;
}

/** Which of `count` equally wide places are named, when a name needs `least` px of `width`: the first, and every so many. */
export function namedPlaces(count: number, width: number, least: number): number[] {
  const every = Math.max(1, Math.ceil(count / Math.max(1, Math.floor(width / least))));
  return Array.from({ length: Math.ceil(count / every) }, (_, i) => i * every);
}
