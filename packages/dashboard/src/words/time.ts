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
  if (agoMs >= IDLE_AFTER_MS) return { text: `Idle ${minutes}m`, tone: 'idle' };
  if (minutes >= 1) return { text: `${minutes}m ago`, tone: 'recent' };
  return q.online ? { text: 'Active', tone: 'active' } : { text: 'Just left', tone: 'recent' };
}

/** `42s`, `3m 42s`, `1h 05m`: the two largest units. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const two = (n: number): string => String(n).padStart(2, '0');
  if (hours > 0) return `${hours}h ${two(minutes % 60)}m`;
  return minutes > 0 ? `${minutes}m ${two(seconds % 60)}s` : `${seconds}s`;
}

const clockTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayMonthYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** `14:32:07`, in this browser's zone. */
export const timeOfDay = (at: number): string => clockTime.format(at);

/** `12 Sep`, with the year when it is another one. */
export function day(at: number, now: number): string {
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? dayMonth.format(at) : dayMonthYear.format(at);
}

/** `17:32` where the visitor is; null when the zone is unknown to this browser. */
export function localTime(timeZone: string, now: number): string | null {
  if (timeZone === '') return null;
  try {
    return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(now);
  } catch {
    return null;
  }
}
