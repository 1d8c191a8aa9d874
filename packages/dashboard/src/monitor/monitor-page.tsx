// The filter is the one of the Visitors page, with its looks.
import '../visitors/visitors.css';
import './monitor.css';
import { Link, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { useLiveView, useMeta, useTotals } from '../app/live.ts';
import { NotInPlan } from '../app/not-in-plan.tsx';
import { mayChangeSettings, useMe } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';
import { copyText } from '../ui/copy-text.ts';
import { Icon } from '../ui/icons.tsx';
import { showToast } from '../ui/toast.tsx';
import { TrackingOff } from '../visitors/empty-states.tsx';
import { FilterBar } from '../visitors/filter-bar.tsx';
import { SavedFiltersButton } from '../visitors/saved-filters-button.tsx';
import { useFilterInAddress } from '../visitors/use-filter-in-address.ts';
import { refusalText } from '../words/refusal.ts';
import { Overview } from './overview.tsx';

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
  const { site, filter: inAddress = '' } = useSearch({ from: '/app/monitor' });
  const [filter, setFilter] = useFilterInAddress('/monitor');
  const scope = site ? { site } : {};
  const everybody = useLiveView(`all ${site ?? ''}`, { scope, filter: '', streams: ['totals', 'cities'] });
  const found = useLiveView(
    `found ${site ?? ''} ${inAddress}`,
    inAddress === '' ? null : { scope, filter: inAddress, streams: ['totals', 'cities'] },
  );
  const all = useTotals(everybody);
  const matching = useTotals(found);
  const meta = useMeta(found);
  const source = useMemo(() => ({ everybody, rows: () => [], sites: me.sites }), [everybody, me.sites]);
  const isFilterOn = inAddress !== '' && filter !== '';
  const copyLink = async (): Promise<void> =>
    showToast({ text: (await copyText(location.href)) ? t.shell.linkCopied : t.shell.linkNotCopied });
  return (
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
          <Link className="button" to="/visitors" search={{ site, filter: inAddress || undefined }}>
            <Icon name="visitors" size="sm" />
            {t.monitor.onTheMap}
          </Link>
        </header>
        <FilterBar
          filter={filter}
          onFilter={setFilter}
          refused={meta?.refused ? refusalText(meta.refused) : null}
          busy={isFilterOn && matching === null}
          matches={isFilterOn ? (matching?.listed ?? null) : null}
          of={all?.listed ?? null}
          counting={meta?.counting ?? false}
          source={source}
          onDown={() => document.querySelector<HTMLElement>('.breakdown button')?.focus()}
        >
          <SavedFiltersButton filter={filter} onApply={setFilter} />
        </FilterBar>
        <Overview
          store={isFilterOn && matching ? found : everybody}
          all={all}
          matching={isFilterOn ? matching : null}
          isFilterOn={isFilterOn}
          filter={filter}
          onFilter={setFilter}
        />
      </div>
    </div>
  );
}
