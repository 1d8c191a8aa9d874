import type { Row, Site, Sort } from '@foyer/protocol';
import { memo, type ReactNode, useCallback, useRef, useSyncExternalStore } from 'react';
import { useLookers, useTick } from '../../app/live.ts';
import type { ViewStore } from '../../live/view-store.ts';
import type { VisitList } from '../../live/visit-list.ts';
import { t } from '../../messages/catalogue.ts';
import { number } from '../../messages/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Flag } from '../../ui/flag.tsx';
import { GoalMark } from '../../visitors/goal-mark.tsx';
import { Returning } from '../../visitors/returning.tsx';
import { hostOf, pathOf } from '../../words/address.ts';
import { countryName, visitorName } from '../../words/names.ts';
import { activity, duration, timeOfDay } from '../../words/time.ts';
import type { Column } from './columns.ts';
import { ContextTag } from './context-tag.tsx';
import { subscribeOnBeat } from './on-beat.ts';
import { onSiteMs, stateOf } from './visit-state.ts';

interface TableRowProps {
  readonly id: string;
  readonly list: VisitList;
  readonly store: ViewStore;
  readonly top: number;
  /** In the whole table, its head counted as the first. */
  readonly position: number;
  readonly isSelected: (visitor: string) => boolean;
  readonly cursor: boolean;
  readonly columns: readonly Column[];
  readonly sites: readonly Site[];
}

/** One visit. It follows its own row of the store, so another row's change does not reach it; its clocks run past React. */
export const TableRow = memo(function TableRow({ id, list, store, top, position, isSelected, cursor, columns, sites }: TableRowProps) {
  const row = useSyncExternalStore(
    useCallback((run: () => void) => subscribeOnBeat((heard) => store.subscribeRow(id, heard), run), [store, id]),
    // Of a row that left its window while the table stands still, what was last known.
    () => list.row(id),
  );
  const root = useRef<HTMLDivElement>(null);
  useTick((now) => {
    const element = root.current;
    if (element && row) drawClocks(element, row, now);
  });
  if (!row) return null;
  return (
    <div
      ref={root}
      id={`visit-${id}`}
      className="table-row"
      role="row"
      aria-rowindex={position}
      aria-selected={isSelected(row.visitor)}
      data-testid="visit-row"
      data-visit={id}
      data-state={stateOf(row)}
      data-cursor={cursor || undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      <Cells row={row} columns={columns} sites={sites} />
    </div>
  );
});

const Cells = memo(function Cells({
  row,
  columns,
  sites,
}: {
  readonly row: Row;
  readonly columns: readonly Column[];
  readonly sites: readonly Site[];
}) {
  return columns.map(({ id, isNumber }, i) => (
    <div key={id} className={isNumber ? 'cell cell-number' : 'cell'} role="gridcell" aria-colindex={i + 1} data-cell={id}>
      {CELLS[id](row, sites)}
      {i === 0 && <Looker visitor={row.visitor} />}
    </div>
  ));
});

const none = (): ReactNode => (
  <span className="muted" role="img" aria-label={t.table.none}>
    —
  </span>
);
const words = (text: string): ReactNode =>
  text === '' ? (
    none()
  ) : (
    <bdi className="truncate" title={text}>
      {text}
    </bdi>
  );

/** What is in a cell. Clocks are written by `drawClocks`. */
const CELLS: Readonly<Record<Sort, (row: Row, sites: readonly Site[]) => ReactNode>> = {
  status: (row) => {
    const state = stateOf(row);
    return (
      <span className="state" data-status={state}>
        <span className={state === 'chatting' ? 'dot pulse' : 'dot'} data-status={state} />
        <span className="truncate">{t.table.states[state]}</span>
      </span>
    );
  },
  page: (row) => words(pathOf(row.url)),
  context: (row) => (
    <>
      {row.context === '' || row.context === 'none' ? none() : <ContextTag context={row.context} />}
      <GoalMark row={row} />
    </>
  ),
  referrer: (row) => <bdi className="truncate">{row.referrer === '' ? t.words.direct : hostOf(row.referrer)}</bdi>,
  browser: (row) => words(row.browser),
  country: (row) => (
    <span className="country" title={row.country === '' ? t.words.unknown : countryName(row.country)}>
      <Flag country={row.country} />
      {row.country === '' ? '—' : row.country}
    </span>
  ),
  pages: (row) => (
    <>
      {number(row.pages)}
      <span className="only-card">{t.table.pagesUnit(row.pages)}</span>
    </>
  ),
  time: () => <span data-clock="time" />,
  activity: () => <span className="activity" data-clock="activity" />,
  name: (row) => (
    <>
      <bdi className="truncate">{visitorName(row)}</bdi>
      <Returning visits={row.visits} />
    </>
  ),
  city: (row) => words(row.approximate ? '' : row.city),
  site: (row, sites) => words(sites.find(({ id }) => id === row.site)?.name ?? ''),
  arrived: (row) => <time dateTime={new Date(row.startedAt).toISOString()}>{timeOfDay(row.startedAt)}</time>,
};

function drawClocks(element: HTMLElement, row: Row, now: number): void {
  const seen = activity({ lastActivityAt: row.lastActivityAt, online: row.online, now });
  const write = (clock: string, text: string): void => {
    const place = element.querySelector<HTMLElement>(`[data-clock=${clock}]`);
    if (place && place.textContent !== text) place.textContent = text;
    if (place && clock === 'activity') place.dataset['tone'] = seen.tone;
  };
  write('time', duration(onSiteMs(row, now)));
  write('activity', row.reconnecting ? t.visitors.row.reconnecting : seen.text);
  element.toggleAttribute('data-idle', seen.tone === 'idle');
}

/** Who of the team has this visitor open. */
function Looker({ visitor }: { readonly visitor: string }) {
  const [first, ...others] = useLookers(visitor);
  if (first === undefined) return null;
  return (
    <span className="table-looker" title={t.table.looking(first, others.length)} data-testid="looker">
      <Avatar name={first} size="xs" />
    </span>
  );
}

/** A row whose window has not arrived. */
export function GhostTableRow({ top, d, columns }: { readonly top: number; readonly d: number; readonly columns: readonly Column[] }) {
  return (
    <div className="table-row table-ghost" aria-hidden="true" style={{ transform: `translateY(${top}px)` }}>
      {columns.map(({ id }, i) => (
        <div className="cell" key={id} data-cell={id}>
          <span className="skeleton" style={{ inlineSize: `${35 + ((d * 37 + i * 23) % 45)}%` }} />
        </div>
      ))}
    </div>
  );
}
