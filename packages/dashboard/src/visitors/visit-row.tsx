import type { Row, Site } from '@foyer/protocol';
import { memo, useCallback, useRef, useState, useSyncExternalStore } from 'react';
import { useTick } from '../app/live.ts';
import type { ViewStore } from '../live/view-store.ts';
import { Flag } from '../ui/flag.tsx';
import { Icon } from '../ui/icons.tsx';
import { pathOf } from '../words/address.ts';
import { STATUS_WORDS, visitorName } from '../words/names.ts';
import { activity } from '../words/time.ts';

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
  const side = useRef<HTMLSpanElement>(null);
  useTick((now) => {
    const element = side.current;
    if (!element) return;
    const { text, tone } = activity({ lastActivityAt: row.lastActivityAt, online: row.online, now });
    const shown = row.reconnecting ? 'Reconnecting' : text;
    if (element.textContent !== shown) element.textContent = shown;
    element.dataset['tone'] = tone;
    element.closest<HTMLElement>('.visit')?.toggleAttribute('data-quiet', tone === 'idle' || !row.online);
  });
  const name = visitorName(row);
  const page = row.title || pathOf(row.url);
  const showsBadge = row.status !== 'active' && row.status !== 'inactive';
  return (
    <>
      <span className="dot" data-status={row.status} role="img" aria-label={STATUS_WORDS[row.status]} />
      <Flag country={row.country} />
      <span className="visit-name">
        <span className="truncate" dir="auto">
          {name}
        </span>
        {row.visits > 1 && (
          <span className="returning" title={`Returning: visit ${row.visits}`}>
            <Icon name="returning" />
            <span className="visually-hidden">returning, visit </span>
            {row.visits}
          </span>
        )}
      </span>
      {showReason && row.filtered !== '' ? (
        <span className="tag" data-testid="filtered-reason">
          <Icon name={row.filtered === 'Own team' ? 'users' : 'robot'} />
          {row.filtered}
        </span>
      ) : (
        showsBadge && (
          <span className="badge" data-status={row.status}>
            {STATUS_WORDS[row.status]}
          </span>
        )
      )}
      <span className="visit-page">
        <span className="truncate" dir="auto" title={page}>
          {page}
        </span>
        {site !== '' && <span className="site truncate">{site}</span>}
      </span>
      <span className="visit-side" ref={side} />
    </>
  );
});

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
