import './visitors.css';
import './live-page.css';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { useLive, useLiveView, useMeta, useTotals } from '../app/live.ts';
import { mayChangeSettings, useMe } from '../app/session.ts';
import { browserClock } from '../live/browser.ts';
import { VisitList } from '../live/visit-list.ts';
import { Overview } from '../monitor/overview.tsx';
import { AskWhom } from './ask-whom.tsx';
import { FilterBar } from './filter-bar.tsx';
import { NoVisitors, TrackingOff } from './empty-states.tsx';
import { ListTabs } from './list-tabs.tsx';
import { VisitListView } from './visit-list-view.tsx';

const VisitPanel = lazy(() => import('./visit-panel.tsx').then((module) => ({ default: module.VisitPanel })));
/** The address follows the typing at this distance: one entry per pause, not one per key. */
const ADDRESS_AFTER_MS = 200;

export function VisitorsPage() {
  const me = useMe();
  useEffect(() => {
    document.title = `Visitors · ${me.workspace.name} · Foyer`;
  }, [me.workspace.name]);
  if (!me.workspace.trackingInPlan) {
    return (
      <AskWhom
        icon="eyeoff"
        title="Visitor tracking is not part of your plan"
        text={`The plan of ${me.workspace.name} comes without visitor tracking, so nothing about visitors is collected. Whoever runs this Foyer can change the plan.`}
      />
    );
  }
  if (!me.settings.tracking) return <TrackingOff mayTurnOn={mayChangeSettings(me)} admins={me.admins} />;
  return <LiveVisitors />;
}

function LiveVisitors() {
  const me = useMe();
  const { client } = useLive();
  const search = useSearch({ from: '/app/visitors' });
  const navigate = useNavigate({ from: '/visitors' });
  const [filter, setFilter] = useFilterInAddress();
  const [list] = useState(() => new VisitList(client, browserClock));
  const { site, visitor } = search;
  const filtered = search.list === 'filtered';

  useEffect(() => {
    const query = { scope: { ...(site ? { site } : {}), ...(filtered ? { filtered: true } : {}) }, filter };
    const shown = list.get().query;
    // Another site or list is a click and shows at once; only typing waits for its pause.
    list.show(query, { soon: shown === null || shown.scope.site !== query.scope.site || shown.scope.filtered !== query.scope.filtered });
  }, [list, site, filtered, filter]);
  useEffect(() => () => list.dispose(), [list]);

  const state = useSyncExternalStore(list.subscribe, list.get);
  const everybody = useLiveView(`all ${site ?? ''}`, { scope: site ? { site } : {}, filter: '', streams: ['totals', 'cities'] });
  const all = useTotals(everybody);
  const isFilterShown = (state.query?.filter ?? '') !== '' && !filtered;
  const matching = useTotals(isFilterShown ? state.store : null);
  const counting = useMeta(state.store)?.counting ?? false;

  const select = (id: string | undefined): void =>
    void navigate({ search: (old) => ({ ...old, visitor: id }), replace: visitor !== undefined });
  const neverSeen = me.sites.every((s) => s.seenAt === null);
  if (neverSeen && all && all.listed === 0 && state.rows.total === 0 && !filtered && filter === '') {
    return (
      <NoVisitors
        site={me.sites.find((s) => s.id === site) ?? me.sites[0]}
        scope={site}
        mayInstall={mayChangeSettings(me)}
        admins={me.admins}
      />
    );
  }
  return (
    <div className="visitors" data-panel={visitor ? 'open' : undefined}>
      <h1 className="visually-hidden">Visitors</h1>
      <section className="sidebar" aria-label="List of visitors">
        <ListTabs
          site={site}
          filtered={filtered}
          listed={all?.listed ?? null}
          onChoose={(next) => void navigate({ search: (old) => ({ ...old, list: next ? 'filtered' : undefined, visitor: undefined }) })}
        />
        <FilterBar
          filter={filter}
          onFilter={setFilter}
          refused={state.refused}
          busy={(state.pending && state.query !== null) || counting}
          matches={filter === '' ? null : state.rows.total}
          of={filtered ? null : (all?.listed ?? null)}
          counting={counting}
          onDown={() => document.getElementById('visit-list')?.focus()}
        />
        <VisitListView
          list={list}
          sites={me.sites}
          selected={visitor ?? null}
          onSelect={select}
          showReason={filtered}
          filterOn={filter !== ''}
          onClearFilter={() => setFilter('')}
        />
      </section>
      <div className="stage">
        <Overview
          store={isFilterShown && matching ? state.store : everybody}
          all={all}
          matching={isFilterShown ? matching : null}
          isFilterOn={isFilterShown}
          filter={filter}
          onFilter={setFilter}
        />
      </div>
      {visitor && (
        <Suspense fallback={<aside className="visit-panel" aria-label="Visitor" aria-busy="true" />}>
          <VisitPanel key={visitor} id={visitor} list={list} sites={me.sites} onClose={() => select(undefined)} onSelect={select} />
        </Suspense>
      )}
    </div>
  );
}

/** The filter as typed, which the address follows; a change of the address (back, a sent link) is the filter too. */
function useFilterInAddress(): [string, (filter: string) => void] {
  const inAddress = useSearch({ from: '/app/visitors', select: (search) => search.filter ?? '' });
  const navigate = useNavigate({ from: '/visitors' });
  const [filter, setFilter] = useState(inAddress);
  const [written, setWritten] = useState(inAddress);
  if (inAddress !== written) {
    setWritten(inAddress);
    setFilter(inAddress);
  }
  useEffect(() => {
    if (filter === written) return;
    const timer = setTimeout(() => {
      setWritten(filter);
      void navigate({ search: (old) => ({ ...old, filter: filter || undefined }), replace: true });
    }, ADDRESS_AFTER_MS);
    return () => clearTimeout(timer);
  }, [filter, written, navigate]);
  return [filter, setFilter];
}
