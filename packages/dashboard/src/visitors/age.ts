import { t } from '../messages/catalogue.ts';

const MINUTE_MS = 60_000;

/** How long ago a visit began, as the row's right edge says it: `now`, `12m`, `1h 05m`. */
export function ageWord(startedAt: number, now: number): string {
  const minutes = Math.floor(Math.max(0, now - startedAt) / MINUTE_MS);
  if (minutes < 1) return t.visitors.row.justNow;
  return minutes < 60 ? t.visitors.row.minutes(minutes) : t.visitors.row.hours(Math.floor(minutes / 60), minutes % 60);
}

/** How long a conversation waits, to the second: `0:42`, `12:05`, `1:02:05`. */
export function waitWord(since: number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - since) / 1_000));
  const two = (n: number): string => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
