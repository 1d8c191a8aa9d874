import type { TrailEntry } from '@foyer/protocol';
import { t } from '../messages/catalogue.ts';
import { TickText } from '../ui/tick-text.tsx';
import { WebLink } from '../ui/web-link.tsx';
import { pathOf } from '../words/address.ts';
import { duration, timeOfDay } from '../words/time.ts';

/**
 * Page views newest first, each with when it began and how long it was looked at; the trail itself is oldest first.
 * `endedAt`: when the last one ended; null while it goes on.
 */
export function PageHistory({
  trail,
  pages,
  endedAt,
}: {
  readonly trail: readonly TrailEntry[];
  readonly pages: number;
  readonly endedAt: number | null;
}) {
  const newest = [...trail].sort((a, b) => b.at - a.at);
  const earlier = pages - newest.length;
  return (
    <>
      <ol className="page-history" data-testid="page-history">
        {newest.map((entry, i) => (
          <HistoryEntry key={`${entry.at} ${entry.url}`} entry={entry} until={i === 0 ? endedAt : (newest[i - 1]?.at ?? endedAt)} />
        ))}
      </ol>
      {earlier > 0 && <p className="hint history-rest">{t.visitors.panel.pagesBefore(earlier)}</p>}
    </>
  );
}

function HistoryEntry({ entry, until }: { readonly entry: TrailEntry; readonly until: number | null }) {
  const path = pathOf(entry.url);
  return (
    <li className={until === null ? 'now' : undefined}>
      <WebLink className="truncate" address={entry.url}>
        <bdi>{entry.title || path}</bdi>
      </WebLink>
      <time dateTime={new Date(entry.at).toISOString()} title={timeOfDay(entry.at)}>
        {until === null ? (
          <TickText text={(now) => t.visitors.panel.nowFor(duration(now - entry.at))} />
        ) : (
          duration(Math.max(0, until - entry.at))
        )}
      </time>
      <bdi className="url truncate">{path}</bdi>
      <span className="at num">{timeOfDay(entry.at)}</span>
    </li>
  );
}
