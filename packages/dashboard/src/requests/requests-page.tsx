import './requests.css';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useLive } from '../app/live.ts';
import type { RequestsSearch } from '../app/search.ts';
import { useMe } from '../app/session.ts';
import { ChartIcon } from '../charts/chart-icon.tsx';
import { saveCsv } from '../charts/csv.ts';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { FailureNote } from '../ui/failure.tsx';
import { Icon } from '../ui/icons.tsx';
import { dayIn } from '../words/zoned-time.ts';
import { requestsTable } from './csv.ts';
import { FilterField } from './filter-field.tsx';
import { freshSince } from './fresh.ts';
import { ALL_SOURCES, FILTER_KEYS, type FilterKey, filterOf, type FilterRules, hasReads, leftOutOf, storedAs } from './request-filter.ts';
import { RequestTable, TableGhost } from './request-table.tsx';
import { newestQuery, PAGE_ROWS, pageQuery, type PageQuery } from './requests-api.ts';
import { TimeRange } from './time-range-field.tsx';
import { askedOf, spanOf } from './time-range.ts';
import { TopLists } from './top-lists.tsx';

const NO_PAGE = { after: undefined, before: undefined };

/** What was asked of chat, API and AI, newest first; narrowed by what the address says. */
export function RequestsPage() {
  const me = useMe();
  const { client } = useLive();
  const search = useSearch({ from: '/app/analytics/requests' });
  const navigate = useNavigate({ from: '/analytics/requests' });
  const { timeZone, ipMask } = me.settings;
  const rules: FilterRules = { seesAddresses: me.role !== 'agent', ipMask };
  useEffect(() => {
    document.title = t.shell.pageTitle(t.requests.title, me.workspace.name);
  }, [me.workspace.name]);

  const go = (change: Partial<RequestsSearch>): void => void navigate({ search: (old) => ({ ...old, ...NO_PAGE, ...change }) });
  const turn = (page: Partial<RequestsSearch>): void => {
    go(page);
    list.current?.scrollIntoView({ block: 'nearest' });
  };
  const list = useRef<HTMLElement>(null);
  const now = (): number => client.time.now() || Date.now();
  const filter = filterOf({ ...search }, rules);
  const asked = askedOf(search, timeZone, now());
  const span = () => spanOf(asked, timeZone, now());
  const range = asked.range ?? `${asked.from} ${asked.to}`;
  const q: PageQuery = { filter, span, range, after: search.after, before: search.before };
  const page = useQuery({ ...pageQuery(q), enabled: asked.problem === null });
  const isNewest = search.after === undefined && search.before === undefined;
  const isOpenEnd = asked.to === '';
  const newest = useQuery(newestQuery({ ...q, after: undefined, before: undefined }, isNewest && isOpenEnd && page.data !== undefined));

  const { data } = page;
  const fresh = data && newest.data && isNewest ? freshSince(data.rows, newest.data.rows) : 0;
  const isFiltered = FILTER_KEYS.some((key) => filter[key] !== undefined);
  const toggle = (key: FilterKey, value: string): void => go({ [key]: filter[key] === value ? undefined : value });
  const clear = (): void => go(Object.fromEntries(FILTER_KEYS.map((key) => [key, undefined])));
  const stored = storedAs(filter.ip, ipMask);
  const isPart = data !== undefined && data.next !== null && data.rows.length < PAGE_ROWS;
  const save = (): void => {
    if (data) saveCsv(`foyer-requests-${dayIn(now(), timeZone)}`, requestsTable(data.rows, rules.seesAddresses));
  };

  return (
    <div className="requests">
      <header className="requests-head">
        <h1>{t.requests.title}</h1>
        <TimeRange asked={asked} timeZone={timeZone} onRange={go} />
        <span className="spacer" />
        <button
          className="button"
          type="button"
          aria-label={t.requests.csvLabel}
          disabled={!data || data.rows.length === 0}
          data-testid="requests-csv"
          onClick={save}
        >
          <ChartIcon name="download" />
          {t.requests.csv}
        </button>
      </header>
      {asked.problem === null && <TopLists span={span} range={range} filter={filter} onToggle={toggle} />}

      <section className="card log-card" aria-busy={page.isFetching && !data} ref={list}>
        <FilterField filter={filter} rules={rules} onChange={go} onClear={clear} />
        <div role="status">
          {fresh > 0 && (
            <button
              className="fresh-chip"
              type="button"
              data-testid="requests-fresh"
              data-value={fresh}
              onClick={() => void page.refetch()}
            >
              <Icon name="up" size="sm" />
              {t.requests.fresh(fresh, fresh >= PAGE_ROWS ? `${number(PAGE_ROWS)}+` : number(fresh))}
            </button>
          )}
        </div>
        {search.ip !== undefined && !rules.seesAddresses && <LogNote testId="requests-no-ip">{t.requests.linkWithAddress}</LogNote>}
        {leftOutOf({ ...search }, rules).map((problem) => (
          <LogNote key={problem} testId="requests-left-out" isWarning>
            {t.requests.leftOut(problem)}
          </LogNote>
        ))}
        {stored !== null && <LogNote testId="requests-stored">{t.requests.storedAs(filter.ip ?? '', stored)}</LogNote>}
        {data && data.dropped > 0 && (
          <LogNote testId="requests-dropped" isWarning>
            {t.requests.dropped(data.dropped, number(data.dropped))}
          </LogNote>
        )}
        {page.error && (
          <div className="log-failed">
            <FailureNote failure={page.error} />
            <button className="button button-sm" type="button" data-testid="requests-again" onClick={() => void page.refetch()}>
              <Icon name="retry" size="sm" />
              {t.requests.again}
            </button>
          </div>
        )}
        {data && data.rows.length > 0 && (
          <RequestTable
            rows={data.rows}
            filter={filter}
            seesAddresses={rules.seesAddresses}
            timeZone={timeZone}
            now={now()}
            isOld={page.isPlaceholderData}
            onToggle={toggle}
          />
        )}
        {data && data.rows.length === 0 && !isPart && (
          <Nothing isFiltered={isFiltered} isNewestEver={!isFiltered && asked.range === '30d'} onClear={clear} />
        )}
        {!data && page.isFetching && <TableGhost />}
        {isPart && (
          <div className="log-part" data-testid="requests-part">
            <p className="hint">{t.requests.searched}</p>
            <button className="button button-sm" type="button" onClick={() => turn({ after: data.next ?? undefined })}>
              {t.requests.searchOn}
            </button>
          </div>
        )}
        <footer className="log-foot">
          <p className="hint">
            {rules.seesAddresses && ipMask !== 'none-stored' && (data?.ipMasked ?? true) && <span>{t.requests.masked} </span>}
            {data && <span data-testid="requests-kept">{t.requests.kept(number(data.keptDays))}</span>}
            {!hasReads(filter) && filter.source === undefined && (
              <span data-testid="requests-no-reads">
                {' '}
                {t.requests.readsLeftOut}{' '}
                <button type="button" className="log-show" data-testid="requests-reads" onClick={() => go({ source: ALL_SOURCES })}>
                  {t.requests.showReads}
                </button>
              </span>
            )}
          </p>
          <span className="spacer" />
          {data && (
            <span className="hint num" data-testid="requests-shown">
              {t.requests.shown(data.rows.length, number(data.rows.length))}
            </span>
          )}
          <nav className="log-pages" aria-label={t.requests.pages}>
            {!isNewest && (
              <button className="button button-sm" type="button" data-testid="requests-newest" onClick={() => turn({})}>
                {t.requests.newest}
              </button>
            )}
            <button
              className="button button-sm"
              type="button"
              disabled={isNewest || !data?.previous}
              data-testid="requests-newer"
              onClick={() => turn({ before: data?.previous ?? undefined })}
            >
              <Icon name="left" size="sm" />
              {t.requests.newer}
            </button>
            <button
              className="button button-sm"
              type="button"
              disabled={!data?.next}
              data-testid="requests-older"
              onClick={() => turn({ after: data?.next ?? undefined })}
            >
              {t.requests.older}
              <Icon name="right" size="sm" />
            </button>
          </nav>
        </footer>
      </section>
    </div>
  );
}

function LogNote({
  isWarning = false,
  testId,
  children,
}: {
  readonly isWarning?: boolean;
  readonly testId: string;
  readonly children: string;
}) {
  return (
    <p className="log-note" role="note" data-warning={isWarning || undefined} data-testid={testId}>
      <Icon name={isWarning ? 'warn' : 'info'} size="sm" />
      {children}
    </p>
  );
}

function Nothing({
  isFiltered,
  isNewestEver,
  onClear,
}: {
  readonly isFiltered: boolean;
  /** As far back as there is anything. */
  readonly isNewestEver: boolean;
  readonly onClear: () => void;
}) {
  const [title, text] = isFiltered
    ? [t.requests.none, t.requests.noneText]
    : isNewestEver
      ? [t.requests.empty, t.requests.emptyText]
      : [t.requests.emptyTime, t.requests.emptyTimeText];
  return (
    <div className="empty log-empty" data-testid="requests-empty">
      <h2>{title}</h2>
      <p>{text}</p>
      {isFiltered && (
        <button className="button" type="button" data-testid="requests-clear" onClick={onClear}>
          {t.requests.clear}
        </button>
      )}
    </div>
  );
}
