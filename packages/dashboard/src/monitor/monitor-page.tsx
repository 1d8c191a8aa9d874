// The filter is the one of the Visitors page, with its looks.
import '../visitors/visitors.css';
import './monitor.css';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useLive, useLiveView } from '../app/live.ts';
import type { MonitorSearch } from '../app/search.ts';
import { mayChangeSettings, useMe } from '../app/session.ts';
import { browserClock } from '../live/browser.ts';
import type { ListOrder } from '../live/row-order.ts';
import type { Mark } from '../live/seek.ts';
import { seekAnywhere } from '../live/seek-anywhere.ts';
import { VisitList } from '../live/visit-list.ts';
import { t, withTexts } from '../messages/catalogue.ts';
import { copyText } from '../ui/copy-text.ts';
import { Icon } from '../ui/icons.tsx';
import { late, NotLoaded, preloadLate } from '../ui/late.tsx';
import { PanelBack } from '../ui/panel-back.tsx';
import { showToast } from '../ui/toast.tsx';
import { AskLayer, preloadAsk } from '../visitors/chat/ask-layer.tsx';
import { preloadSuggestions } from '../visitors/filter-bar.tsx';
import { preloadSavedFilters } from '../visitors/saved-filters-button.tsx';
import { useFilterInAddress } from '../visitors/use-filter-in-address.ts';
import { useListPart } from '../visitors/use-list.ts';
import { Overview } from './overview.tsx';
import { Stats } from './stats.tsx';
import { useLivePast } from './use-past.ts';
import { columnsFrom, columnsParam, orderFrom } from './table/columns.ts';
import type { ToRow } from './table/visit-table.tsx';

const NotInPlan = late(() => import('../app/not-in-plan.tsx').then((module) => module.NotInPlan));
const TrackingOff = late(withTexts(['start'], () => import('../visitors/empty-states.tsx').then((module) => module.TrackingOff)));
const TableCard = late(
  withTexts(['table', 'visit'], () => import('./table/table-card.tsx').then((module) => module.TableCard)),
  { waiting: () => <section className="card visits visits-wait" aria-busy="true" /> },
);
const OnlineCard = late(
  withTexts(['analytics'], () => import('./online-card.tsx').then((module) => module.OnlineCard)),
  { waiting: () => <section className="card panel" aria-busy="true" /> },
);
const MonitorPanel = late(
  withTexts(['visit', 'blocks'], () => import('./monitor-panel.tsx').then((module) => module.MonitorPanel)),
  {
    waiting: () => <div className="monitor-panel" aria-busy="true" />,
    failed: (again, { onClose }) => (
      <div className="monitor-panel">
        <PanelBack word={t.monitor.closePanel} onClick={onClose} testId="panel-back" />
        <NotLoaded onAgain={again} />
      </div>
    ),
  },
);
/** What a click here may need: loaded once the table is there. */
const SOON = [MonitorPanel.preload, preloadAsk, preloadSuggestions, preloadSavedFilters];
/** Up to so many listed, a filter costs the server so little that each key may have its own. */
const FILTERED_AT_ONCE = 20_000;
/** Rows that come or change places all the time do so this often: each time the table is painted anew. */
const REORDER_EVERY_MS = 1_000;

export function MonitorPage() {
  const me = useMe();
  useEffect(() => {
    document.title = t.shell.pageTitle(t.shell.monitor, me.workspace.name);
  }, [me.workspace.name]);
  if (!me.workspace.trackingInPlan) return <NotInPlan />;
  if (!me.settings.tracking) return <TrackingOff mayTurnOn={mayChangeSettings(me)} admins={me.admins} />;
  return <LiveMonitor />;
}

function LiveMonitor() {
  const me = useMe();
  const { client } = useLive();
  const { site, sort, group, columns: columnsText, visitor } = useSearch({ from: '/app/monitor' });
  const navigate = useNavigate({ from: '/monitor' });
  const [filter, setFilter] = useFilterInAddress('/monitor');
  const [list] = useState(() => new VisitList(client, browserClock, { seek: seekAnywhere, everyMs: REORDER_EVERY_MS }));
  const columns = useMemo(() => columnsFrom(columnsText), [columnsText]);
  const everybody = useLiveView(`all ${site ?? ''}`, { scope: site ? { site } : {}, filter: '', streams: ['totals', 'cities'] });

  const asked = useRef('');
  /** At once: the address follows, and then asks for what is shown already. */
  const show = (to: { readonly filter?: string; readonly sort?: string | undefined; readonly group?: ListOrder['group'] }): void => {
    const now = { site, filter, sort, group, ...to };
    const query = { scope: now.site ? { site: now.site } : {}, filter: now.filter, order: orderFrom(now) };
    const text = JSON.stringify(query);
    if (text === asked.current) return;
    asked.current = text;
    const shown = list.get().query;
    const isSmall = (everybody?.totals?.listed ?? Number.POSITIVE_INFINITY) <= FILTERED_AT_ONCE;
    const isTyped = shown !== null && shown.filter !== now.filter && shown.scope.site === query.scope.site;
    list.show(query, { soon: !isTyped || isSmall });
  };
  const onAddress = useEffectEvent(() => show({}));
  useEffect(() => onAddress(), [site, filter, sort, group]);
  useEffect(
    () => () => {
      asked.current = '';
      list.dispose();
    },
    [list],
  );
  const filterBy = (text: string): void => {
    show({ filter: text });
    setFilter(text);
  };
  const isThere = useListPart(list, (state) => state.query !== null && !state.pending);
  useEffect(() => (isThere ? preloadLate(SOON) : undefined), [isThere]);

  const found = useListPart(list, (state) => (state.query?.filter ? state.store : null));
  const past = useLivePast(site);
  const isFilterOn = filter !== '' && found !== null;

  const way = useRef<ToRow | null>(null);
  const setWay = useCallback((next: ToRow | null) => {
    way.current = next;
  }, []);
  const showRow = useCallback((mark: Mark) => way.current?.(mark), []);
  const cameFromTable = useRef(false);
  const returns = useRef(false);
  const change = useCallback(
    (set: Partial<MonitorSearch>, options: { readonly replace?: boolean } = {}) =>
      void navigate({ search: (old) => ({ ...old, ...set }), ...options, resetScroll: false }),
    [navigate],
  );
  const select = useCallback(
    (id: string) => {
      cameFromTable.current = true;
      // Walking from one to the next is one entry of the history, not twenty.
      void navigate({ search: (old) => ({ ...old, visitor: id }), replace: visitor !== undefined, resetScroll: false });
    },
    [navigate, visitor],
  );
  const close = useCallback(() => {
    const { activeElement } = document;
    returns.current = activeElement === document.body || Boolean(activeElement?.closest('.monitor-panel'));
    void navigate({ search: (old) => ({ ...old, visitor: undefined }), resetScroll: false });
  }, [navigate]);
  useLayoutEffect(() => {
    if (visitor !== undefined) return;
    if (returns.current) document.getElementById('visit-table')?.focus({ preventScroll: true });
    returns.current = false;
    cameFromTable.current = false;
  }, [visitor]);
  const copyLink = async (): Promise<void> =>
    showToast({ text: (await copyText(location.href)) ? t.shell.linkCopied : t.shell.linkNotCopied });
  return (
    <div className="monitor-frame">
      <div className="page-scroll">
        <div className="monitor">
          <header className="page-head">
            <h1>{t.monitor.title}</h1>
            <span className="live">
              <span className="dot pulse" data-status="active" />
              {t.monitor.live}
            </span>
            <span className="spacer" />
            <button className="button only-wide" type="button" onClick={() => void copyLink()}>
              <Icon name="copy" size="sm" />
              {t.monitor.copyLink}
            </button>
            <Link className="button" to="/visitors" search={{ site, filter: filter || undefined }}>
              <Icon name="visitors" size="sm" />
              <span className="on-the-map">{t.monitor.onTheMap}</span>
            </Link>
          </header>
          <Stats everybody={everybody} found={isFilterOn ? found : null} past={past} />
          <Overview store={isFilterOn ? found : everybody} filter={filter} onFilter={filterBy}>
            <OnlineCard past={past} everybody={everybody} />
          </Overview>
          <TableCard
            list={list}
            everybody={everybody}
            sites={me.sites}
            filter={filter}
            columns={columns}
            sort={sort}
            group={group}
            selected={visitor}
            onWay={setWay}
            onFilter={filterBy}
            onColumns={(next) => change({ columns: columnsParam(next) }, { replace: true })}
            onSort={(next) => {
              show({ sort: next });
              change({ sort: next }, { replace: true });
            }}
            onGroup={(next) => {
              show({ group: next });
              change({ group: next }, { replace: true });
            }}
            onSelect={select}
          />
        </div>
      </div>
      {visitor !== undefined && (
        <MonitorPanel
          id={visitor}
          list={list}
          sites={me.sites}
          takesFocus={cameFromTable.current}
          onClose={close}
          onSelect={select}
          onFound={showRow}
        />
      )}
      <AskLayer isListThere={isThere} onChoose={select} />
    </div>
  );
}
