import type { Detail, TrailEntry } from '@foyer/protocol';
import { TickText } from '../ui/tick-text.tsx';
import { WebLink } from '../ui/web-link.tsx';
import { pathOf } from '../words/address.ts';
import { duration, timeOfDay } from '../words/time.ts';

/** Newest first, each with how long it was looked at; the trail itself is oldest first. */
export function PageHistory({ detail }: { readonly detail: Detail }) {
  const trail = [...detail.trail].sort((a, b) => b.at - a.at);
  const earlier = detail.pages - trail.length;
  return (
    <>
      <ol className="page-history" data-testid="page-history">
        {trail.map((entry, i) => (
          <HistoryEntry key={`${entry.at} ${entry.url}`} entry={entry} next={i === 0 ? null : (trail[i - 1] ?? null)} detail={detail} />
        ))}
      </ol>
      {earlier > 0 && <p className="hint history-rest">and {earlier.toLocaleString('en')} before</p>}
    </>
  );
}

function HistoryEntry({ entry, next, detail }: { readonly entry: TrailEntry; readonly next: TrailEntry | null; readonly detail: Detail }) {
  const isNow = next === null && detail.online;
  const endAt = next?.at ?? (detail.online ? null : detail.lastActivityAt);
  const spent = (now: number): string => (endAt === null ? `Now, ${duration(now - entry.at)}` : duration(endAt - entry.at));
  return (
    <li className={isNow ? 'now' : undefined}>
      <WebLink className="truncate" address={entry.url}>
        {entry.title || pathOf(entry.url)}
      </WebLink>
      <time dateTime={new Date(entry.at).toISOString()} title={timeOfDay(entry.at)}>
        <TickText text={spent} />
      </time>
      <span className="url truncate">{pathOf(entry.url)}</span>
    </li>
  );
}
