import type { HistoryPerson, Row } from '@foyer/protocol';
import { TickText } from '../ui/tick-text.tsx';
import { duration } from '../words/time.ts';

/**
 * How long somebody was here in all: what is stored, and of the visit that goes on what is known live in place of what is stored of it.
 * `visit`: a visit of theirs that is listed now.
 */
function totalMsAt(
  { totalMs, running, lastSeenAt }: HistoryPerson,
  visit: Pick<Row, 'id' | 'online' | 'startedAt' | 'lastActivityAt'> | null,
  now: number,
): number {
  if (!visit) return totalMs;
  const ms = Math.max(0, (visit.online ? now : visit.lastActivityAt) - visit.startedAt);
  if (running?.visit === visit.id) return totalMs - running.ms + Math.max(running.ms, ms);
  // One that began after this was read; any other is in the total.
  return visit.startedAt > lastSeenAt ? totalMs + ms : totalMs;
}

export function TotalTime({ person, live }: { readonly person: HistoryPerson; readonly live: Row | null }) {
  if (live?.online) return <TickText text={(now) => duration(totalMsAt(person, live, now))} />;
  return duration(totalMsAt(person, live, 0));
}
