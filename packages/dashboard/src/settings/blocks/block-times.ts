import { t } from '../../messages/catalogue.ts';
import { day, hoursMinutes, isSameDay } from '../../messages/format.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How long somebody is blocked; `open`: until it is taken back. */
export const BLOCK_TIMES = { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS, open: undefined } as const;
export type BlockTime = keyof typeof BLOCK_TIMES;
export const BLOCK_CHOICES: readonly BlockTime[] = ['hour', 'day', 'week', 'month', 'open'];

/** In a unit of which there are two at least; what is left of a minute is a minute. */
export function leftWord(ms: number): string {
  if (ms <= 0) return t.blocks.over;
  if (ms >= 2 * DAY_MS) return t.blocks.left(t.blocks.days(Math.round(ms / DAY_MS)));
  if (ms >= 2 * HOUR_MS) return t.blocks.left(t.blocks.hours(Math.round(ms / HOUR_MS)));
  return t.blocks.left(t.blocks.minutes(Math.max(1, Math.ceil(ms / 60_000))));
}

/** `14:30` today, else with the day. */
export function momentWord(at: number, now: number): string {
  const time = hoursMinutes(at, Intl.DateTimeFormat().resolvedOptions().timeZone);
  return isSameDay(at, now) ? time : `${day(at, now)}, ${time}`;
}
