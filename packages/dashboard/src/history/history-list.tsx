// The panel is the one of the Visitors page, with its looks.
import '../visitors/visitors.css';
import './history.css';
import { type HistoryPage, LIMITS } from '@foyer/protocol';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { csvUrl, type HistoryFilter } from '../api/history-queries.ts';
import { ApiFailure } from '../api/request.ts';
import { useLive } from '../app/live.ts';
import { useMe } from '../app/session.ts';
import { InboxIcon } from '../inbox/inbox-icon.tsx';
import { t, withTexts } from '../messages/catalogue.ts';
import { FailureNote } from '../ui/failure.tsx';
import { Icon } from '../ui/icons.tsx';
import { late, NotLoaded } from '../ui/late.tsx';
import { PanelBack } from '../ui/panel-back.tsx';
import { showToast } from '../ui/toast.tsx';
import { usePhone } from '../ui/use-phone.ts';
import { AskLayer } from '../visitors/chat/ask-layer.tsx';
import { dayIn } from '../words/zoned-time.ts';
import type { ListFrame } from './cells.tsx';
import { HistoryFilters } from './history-filters.tsx';
import { Pager } from './pager.tsx';
import { SearchField } from './search-field.tsx';
import { useArrivals, useLiveNow, type LiveNow } from './use-live-now.ts';
import { useGoalNames } from './use-goal-names.ts';
import { type HistoryAddress, type HistoryKind, NO_FILTER } from './use-history-address.ts';
import { useRowKeys } from './use-row-keys.ts';

const PastPanel = late(
  withTexts(['visit', 'blocks'], () => import('./past-panel.tsx').then((module) => module.PastPanel)),
  {
    waiting: () => <div className="visit-panel" aria-busy="true" />,
    failed: (again, { kind, onClose }) => (
      <div className="visit-panel">
        <PanelBack word={t.history.panel.back[kind]} onClick={onClose} testId="panel-back" />
        <NotLoaded onAgain={again} />
      </div>
    ),
  },
);

interface Column {
  readonly id: string;
  readonly word: string;
  readonly end?: boolean;
}
type Part<Row> = (props: { readonly row: Row; readonly frame: ListFrame; readonly live: LiveNow | null }) => ReactNode;

const NO_ROWS: readonly never[] = [];

/** A list of the past: its filters, its rows, its pages, and what is open of it. */
export function HistoryList<Row extends { readonly id: string }>({
  kind,
  address,
  answer,
  columns,
  Cells,
  Card,
  beganAt,
  visitorOf,
}: {
  readonly kind: HistoryKind;
  readonly address: HistoryAddress;
  readonly answer: UseQueryResult<HistoryPage<Row>>;
  readonly columns: readonly Column[];
  readonly Cells: Part<Row>;
  readonly Card: Part<Row>;
  /** When the newest thing that a row tells of was. */
  readonly beganAt: (row: Row) => number;
  /** Whose row it is, if they may be here now. */
  readonly visitorOf: (row: Row) => string | null;
}) {
  const me = useMe();
  const { client } = useLive();
  const isPhone = usePhone();
  const list = useRef<HTMLDivElement>(null);
  const { search, query, narrow, open, isNarrowed } = address;
  const isTracking = me.workspace.trackingInPlan && me.settings.tracking;
  const zone = me.settings.timeZone;
  const goals = useGoalNames(me.sites, search.site);
  const rows = answer.data?.rows ?? NO_ROWS;
  const newest = rows[0];
  const isFirstPage = query.after === undefined && query.before === undefined;
  const now = client.time.now() || Date.now();
  const keys = useRowKeys({ list, ids: rows.map(({ id }) => id), open: search.open, onOpen: open });
  const frame: ListFrame = {
    zone,
    now,
    goals,
    siteName: (id) => (me.sites.length > 1 ? (me.sites.find((site) => site.id === id)?.name ?? '') : ''),
    open: search.open,
    current: keys.current,
  };
  // Somebody new fits a list that is of everybody, and at its newest.
  const onlySite =
    !isNarrowed ||
    (search.site !== undefined && Object.keys(NO_FILTER).every((name) => name === 'site' || !search[name as keyof typeof search]));
  const isAtNewest = answer.data !== undefined && !answer.isPlaceholderData && isFirstPage && onlySite;
  const since = isAtNewest ? (newest ? beganAt(newest) : 0) : null;
  const visitors = useMemo(
    () => [...new Set(rows.flatMap((row) => visitorOf(row) ?? []))].slice(0, LIMITS.scopeVisitors),
    [rows, visitorOf],
  );
  // Who is on the page, whatever was filtered and however far back it is.
  const live = useLiveNow(isTracking && visitors.length > 0 ? { visitors } : null, 'arrived');
  const news = useLiveNow(
    isTracking && isAtNewest ? (search.site === undefined ? {} : { site: search.site }) : null,
    kind === 'visits' ? 'arrived' : 'activity',
  );
  const arrivals = useArrivals(news, since);
  const arrivalsWord = news && since !== null && !news.reaches(since) ? t.history.newVisitsMany(arrivals) : t.history.newVisits(arrivals);
  // Where it says that nothing was found, the way back to all is there.
  const isSaid = answer.isError || (answer.data !== undefined && rows.length === 0);
  const { after: _after, before: _before, ...filter } = query;
  // What the scroll position was of another page is none of this one.
  useEffect(() => {
    list.current?.closest('.history-main')?.scrollTo({ top: 0 });
  }, [query.after, query.before]);

  return (
    <div className="history" data-open={search.open !== undefined || undefined}>
      <div className="history-main">
        <header className="page-head">
          <h1>{t.history[kind]}</h1>
          {arrivals > 0 && (
            <button className="button button-sm new-visits" type="button" data-testid="new-visits" onClick={() => void answer.refetch()}>
              <span className="dot" data-status="active" />
              {arrivalsWord}
            </button>
          )}
          <span className="spacer" />
          <button
            className="icon-button"
            type="button"
            aria-label={t.history.refresh}
            title={t.history.refresh}
            data-testid="refresh"
            onClick={() => void answer.refetch()}
          >
            <Icon name="retry" size="sm" />
          </button>
          <CsvLink kind={kind} filter={filter} />
        </header>
        <span className="visually-hidden" role="status">
          {arrivals > 0 ? arrivalsWord : ''}
        </span>
        <SearchField
          text={search.q ?? ''}
          placeholder={t.history.search[kind]}
          onText={(text) => narrow({ q: text || undefined }, { typing: true })}
          onDown={() => keys.stand(keys.current)}
        />
        <HistoryFilters
          kind={kind}
          address={address}
          sites={me.sites}
          goals={goals}
          today={dayIn(now, zone)}
          zone={zone}
          isSaidBelow={isSaid}
        />
        <div
          className="history-list"
          ref={list}
          aria-busy={answer.isFetching}
          data-stale={answer.isPlaceholderData || undefined}
          onFocus={(event) => {
            const id = event.target.closest<HTMLElement>('[data-row]')?.dataset['row'];
            if (id !== undefined) keys.setStood(id);
          }}
        >
          {answer.isError ? (
            <Failed
              failure={answer.error}
              onAgain={() => void answer.refetch()}
              onClear={isNarrowed || !isFirstPage ? () => narrow(NO_FILTER) : null}
              clearWord={isNarrowed ? t.history.filters.clear : t.history.empty.toNewest}
            />
          ) : answer.data === undefined ? (
            <Waiting columns={columns.length} />
          ) : rows.length === 0 ? (
            <Nothing kind={kind} page={answer.data} address={address} isTracking={isTracking} />
          ) : isPhone ? (
            <ul className="history-cards" aria-label={kind === 'people' ? t.history.peopleList : t.history.visitsList}>
              {rows.map((row) => (
                <li key={row.id} data-testid="history-row" data-open={row.id === search.open || undefined}>
                  <Card row={row} frame={frame} live={live} />
                </li>
              ))}
            </ul>
          ) : (
            <table className={`history-table history-${kind}`}>
              <caption className="visually-hidden">{kind === 'people' ? t.history.peopleList : t.history.visitsList}</caption>
              <thead>
                <tr>
                  {columns.map(({ id, word, end }) => (
                    <th key={id} scope="col" data-column={id} className={end ? 'end' : undefined}>
                      {word}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr
                    key={row.id}
                    data-testid="history-row"
                    data-id={row.id}
                    data-open={row.id === search.open || undefined}
                    onClick={(event) => {
                      if (event.target instanceof Element && event.target.closest('a, button')) return;
                      // Somebody who marks words to copy them opens nothing.
                      if (getSelection()?.isCollapsed === false) return;
                      open(row.id);
                    }}
                  >
                    <Cells row={row} frame={frame} live={live} />
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
        {answer.data && !answer.isError && <Pager kind={kind} page={answer.data} isAtNewest={isFirstPage} />}
      </div>
      {search.open !== undefined && (
        <aside className="history-aside">
          <PastPanel
            kind={kind}
            id={search.open}
            known={rows.find(({ id }) => id === search.open)}
            at={rows.findIndex(({ id }) => id === search.open)}
            count={rows.length}
            zone={zone}
            sites={me.sites}
            goals={goals}
            onStep={keys.step}
            onClose={() => open(undefined)}
          />
        </aside>
      )}
      {isTracking && <AskLayer isListThere onChoose={() => {}} />}
    </div>
  );
}

/** A plain link: the browser saves the file as it comes, however long it is. */
function CsvLink({ kind, filter }: { readonly kind: HistoryKind; readonly filter: HistoryFilter }) {
  const file = kind === 'people' ? 'people.csv' : 'visits.csv';
  return (
    <a
      className="button"
      href={csvUrl(kind, filter)}
      download={file}
      title={t.history.download}
      aria-label={t.history.download}
      data-testid="csv"
      onClick={() => showToast({ text: t.history.onItsWay(file) })}
    >
      <InboxIcon name="download" size="sm" />
      {t.history.csv}
    </a>
  );
}

/** As high as the rows will be. */
function Waiting({ columns }: { readonly columns: number }) {
  return (
    <div className="history-wait" role="status" aria-label={t.shell.loading} data-testid="history-wait">
      {Array.from({ length: 8 }, (_, row) => (
        <div key={row} aria-hidden="true" style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }}>
          {Array.from({ length: columns }, (__, i) => (
            <span key={i} className="skeleton" style={{ inlineSize: `${45 + ((row * 31 + i * 17) % 40)}%` }} />
          ))}
        </div>
      ))}
    </div>
  );
}

function Failed({
  failure,
  onAgain,
  onClear,
  clearWord,
}: {
  readonly failure: unknown;
  readonly onAgain: () => void;
  /** The way out of an address that cannot be read. */
  readonly onClear: (() => void) | null;
  readonly clearWord: string;
}) {
  return (
    <div className="history-says" data-testid="history-failed">
      <div className="empty">
        <h2>{t.history.failed}</h2>
        {failure instanceof ApiFailure && failure.code === 'invalid' ? <p>{t.history.badAddress}</p> : <FailureNote failure={failure} />}
        <div className="history-says-actions">
          <button className="button" type="button" onClick={onAgain}>
            <Icon name="retry" size="sm" />
            {t.shell.tryAgain}
          </button>
          {onClear && (
            <button className="button button-ghost" type="button" onClick={onClear}>
              {clearWord}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}

/** Nothing yet, nothing found, nothing so far, or nothing any more: each is another thing. */
function Nothing({
  kind,
  page,
  address,
  isTracking,
}: {
  readonly kind: HistoryKind;
  readonly page: HistoryPage<unknown>;
  readonly address: HistoryAddress;
  readonly isTracking: boolean;
}) {
  const { empty, filters } = t.history;
  const { query, isNarrowed, narrow } = address;
  const isCut = page.next !== null;
  const isLater = query.after !== undefined || query.before !== undefined;
  const [title, text] = isCut
    ? [empty.cut, empty.cutText]
    : isNarrowed
      ? [empty.found, empty.foundText]
      : isLater
        ? [empty.page, '']
        : kind === 'people'
          ? [empty.people, empty.peopleText]
          : [empty.visits, isTracking ? empty.visitsText : empty.visitsOff];
  return (
    <div className="history-says" data-testid="history-empty">
      <div className="empty">
        <span className="empty-mark">
          <Icon name={isNarrowed || isCut ? 'search' : kind === 'people' ? 'users' : 'activity'} size="lg" />
        </span>
        <h2>{title}</h2>
        {text !== '' && <p>{text}</p>}
        <div className="history-says-actions">
          {isNarrowed && (
            <button className="button" type="button" data-testid="empty-clear" onClick={() => narrow(NO_FILTER)}>
              {filters.clear}
            </button>
          )}
          {isLater && !isNarrowed && (
            <button className="button" type="button" onClick={() => narrow({})}>
              {empty.toNewest}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}
