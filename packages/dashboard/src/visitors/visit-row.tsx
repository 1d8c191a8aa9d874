import { LEFT_OUT, type Row, type Site } from '@foyer/protocol';
import { memo, useCallback, useRef, useState, useSyncExternalStore } from 'react';
import { useLookers, useTick } from '../app/live.ts';
import type { ViewStore } from '../live/view-store.ts';
import { t } from '../messages/catalogue.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Flag } from '../ui/flag.tsx';
import { Icon } from '../ui/icons.tsx';
import { pathOf } from '../words/address.ts';
import { leftOutWord, statusWord, visitorName } from '../words/names.ts';
import { activity } from '../words/time.ts';
import { ageWord } from './age.ts';
import { GoalMark } from './goal-mark.tsx';
import { withoutSite } from './without-site.ts';
import { Returning } from './returning.tsx';
import { StatusBadge } from './status-badge.tsx';

interface VisitRowProps {
  readonly id: string;
  readonly store: ViewStore;
  readonly top: number;
  /** 1-based, in the whole list. */
  readonly position: number;
  readonly total: number;
  readonly selected: string | null;
  readonly cursor: boolean;
  readonly sites: readonly Site[];
  readonly showReason: boolean;
  readonly enters: boolean;
}

/** One visit. It follows its own row of the store, so another row's change does not reach it; its clock runs past React. */
export const VisitRow = memo(function VisitRow({
  id,
  store,
  top,
  position,
  total,
  selected,
  cursor,
  sites,
  showReason,
  enters,
}: VisitRowProps) {
  const row = useSyncExternalStore(
    useCallback((run: () => void) => store.subscribeRow(id, run), [store, id]),
    () => store.row(id),
  );
  const [isNew] = useState(enters);
  if (!row) return null;
  return (
    <div
      id={`visit-${id}`}
      className={isNew ? 'visit is-new' : 'visit'}
      role="option"
      aria-selected={row.visitor === selected}
      aria-setsize={total}
      aria-posinset={position}
      data-testid="visitor-row"
      data-visit={id}
      data-status={row.status}
      data-cursor={cursor || undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      <RowContent row={row} site={sites.length > 1 ? (sites.find((s) => s.id === row.site)?.name ?? '') : ''} showReason={showReason} />
    </div>
  );
});

const RowContent = memo(function RowContent({
  row,
  site,
  showReason,
}: {
  readonly row: Row;
  readonly site: string;
  readonly showReason: boolean;
}) {
  const page = withoutSite(row.title, site) || pathOf(row.url);
  return (
    <>
      <span className="dot" data-status={row.status} role="img" aria-label={statusWord(row.status)} />
      <Flag country={row.country} />
      <span className="visit-name">
        <bdi className="truncate">{visitorName(row)}</bdi>
        <Returning visits={row.visits} />
        <GoalMark row={row} />
      </span>
      {showReason && row.filtered !== '' ? (
        <span className="tag" data-testid="filtered-reason">
          <Icon name={row.filtered === LEFT_OUT.own_team ? 'users' : 'robot'} />
          <span className="truncate">{leftOutWord(row.filtered)}</span>
        </span>
      ) : (
        <StatusBadge status={row.status} waitingSince={row.waitingSince} />
      )}
      <span className="visit-line">
        <span className="visit-page">
          <bdi className="truncate">{page}</bdi>
          {site !== '' && <bdi className="site truncate">{site}</bdi>}
        </span>
        <Side row={row} />
      </span>
    </>
  );
});

/** Who else looks at this visitor, else how long ago they came. */
function Side({ row }: { readonly row: Row }) {
  const lookers = useLookers(row.visitor);
  const age = useRef<HTMLSpanElement>(null);
  useTick((now) => {
    const element = age.current;
    if (!element) return;
    const shown = row.reconnecting ? t.visitors.row.reconnecting : ageWord(row.startedAt, now);
    if (element.textContent !== shown) element.textContent = shown;
    const { tone } = activity({ lastActivityAt: row.lastActivityAt, online: row.online, now });
    element.closest<HTMLElement>('.visit')?.toggleAttribute('data-quiet', tone === 'idle' || !row.online);
  });
  const [first] = lookers;
  return (
    <span className="visit-side">
      {first !== undefined && (
        <span className="visit-looker" data-testid="looker">
          <Avatar name={first} size="xs" />
          <bdi className="truncate">
            {lookers.length > 1
              ? t.visitors.row.areLooking(firstWord(first), lookers.length - 1)
              : t.visitors.row.isLooking(firstWord(first))}
          </bdi>
        </span>
      )}
      <span className="visit-age" ref={age} hidden={first !== undefined} />
      {/* For the pointer only; the keyboard has the menu key. */}
      <span className="visit-more" aria-hidden="true">
        <Icon name="more" size="sm" />
      </span>
    </span>
  );
}

const firstWord = (name: string): string => name.trim().split(/\s+/)[0] ?? name;

/** A row whose window has not arrived. */
export function GhostRow({ top, d }: { readonly top: number; readonly d: number }) {
  return (
    <div className="visit visit-ghost" aria-hidden="true" style={{ transform: `translateY(${top}px)` }}>
      <span className="skeleton ghost-dot" />
      <span className="skeleton ghost-flag" />
      <span className="skeleton ghost-name" style={{ inlineSize: `${34 + ((d * 37) % 30)}%` }} />
      <span className="skeleton ghost-page" style={{ inlineSize: `${55 + ((d * 53) % 35)}%` }} />
    </div>
  );
}
