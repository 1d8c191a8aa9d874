import type { TrailEntry } from '@foyer/protocol';
import { t } from '../messages/catalogue.ts';
import { TickText } from '../ui/tick-text.tsx';
import { WebLink } from '../ui/web-link.tsx';
import { pathOf } from '../words/address.ts';
import { duration, timeOfDay } from '../words/time.ts';
import { zonedSeconds } from '../words/zoned-time.ts';
import { nowOf, type Page } from './now-of.ts';

/**
 * Page views newest first, each with when it began and how long it was looked at; the trail itself is oldest first.
 * `current`: the page the visitor is on, null when they are gone, at `endedAt`.
 */
export function PageHistory({
  trail,
  pages,
  current,
  endedAt,
  zone,
}: {
  readonly trail: readonly TrailEntry[];
  readonly pages: number;
  readonly current: Page | null;
  readonly endedAt: number;
  /** Times are of this zone; absent: the browser's. */
  readonly zone?: string | undefined;
}) {
  const newest = [...trail].sort((a, b) => b.at - a.at);
  const now = current ? nowOf(newest, current) : -1;
  const earlier = pages - newest.length;
  return (
    <>
      <ol className="page-history" data-testid="page-history">
        {newest.map((entry, i) => (
          <HistoryEntry
            key={`${entry.at} ${entry.url}`}
            entry={entry}
            isNow={i === now}
            zone={zone}
            // The newest is not the one looked at: its tab was closed, and nobody knows when.
            until={newest[i - 1]?.at ?? (current ? null : endedAt)}
          />
        ))}
      </ol>
      {earlier > 0 && <p className="hint history-rest">{t.visit.panel.pagesBefore(earlier)}</p>}
    </>
  );
}

function HistoryEntry({
  entry,
  isNow,
  until,
  zone,
}: {
  readonly entry: TrailEntry;
  readonly isNow: boolean;
  readonly until: number | null;
  readonly zone: string | undefined;
}) {
  const path = pathOf(entry.url);
  const at = zone === undefined ? timeOfDay(entry.at) : zonedSeconds(entry.at, zone);
  return (
    <li className={isNow ? 'now' : undefined}>
      <WebLink className="truncate" address={entry.url}>
        <bdi>{entry.title || path}</bdi>
      </WebLink>
      <time dateTime={new Date(entry.at).toISOString()} title={at}>
        {isNow ? (
          <TickText text={(now) => t.visit.panel.nowFor(duration(now - entry.at))} />
        ) : until === null ? (
          t.visit.facts.none
        ) : (
          duration(Math.max(0, until - entry.at))
        )}
      </time>
      <bdi className="url truncate">{path}</bdi>
      <span className="at num">{at}</span>
    </li>
  );
}
