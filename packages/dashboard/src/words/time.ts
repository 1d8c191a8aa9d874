import { t } from '../messages/catalogue.ts';
import { hoursMinutes } from '../messages/format.ts';

export { day, timeOfDay } from '../messages/format.ts';

/** Times as product.md section 1 says them. `now` is the server's. Milliseconds. */
const MINUTE = 60_000;

/** From here on a row dims. */
const IDLE_AFTER_MS = 10 * MINUTE;

export interface Activity {
  readonly text: string;
  readonly tone: 'active' | 'recent' | 'idle';
}

/** `Active` is for somebody who is there: who left less than a minute ago "just left". */
export function activity(q: { lastActivityAt: number; online: boolean; now: number }): Activity {
  const agoMs = Math.max(0, q.now - q.lastActivityAt);
  const minutes = Math.floor(agoMs / MINUTE);
  if (agoMs >= IDLE_AFTER_MS) return { text: t.words.idle(minutes), tone: 'idle' };
  if (minutes >= 1) return { text: t.words.ago(minutes), tone: 'recent' };
  return q.online ? { text: t.words.now, tone: 'active' } : { text: t.words.justLeft, tone: 'recent' };
}

/** `42s`, `3m 42s`, `1h 05m`: the two largest units. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const two = (n: number): string => String(n).padStart(2, '0');
  if (hours > 0) return t.words.hoursMinutes(hours, two(minutes % 60));
  return minutes > 0 ? t.words.minutesSeconds(minutes, two(seconds % 60)) : t.words.seconds(seconds);
}

/** `17:32` where the visitor is; null when the zone is unknown to this browser. */
export function localTime(timeZone: string, now: number): string | null {
  if (timeZone === '') return null;
  try {
    return hoursMinutes(now, timeZone);
  } catch {
    return null;
  }
}
