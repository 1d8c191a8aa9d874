import './monitor.css';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useLiveView, useMeta, useTotals } from '../app/live.ts';
import { NotInPlan } from '../app/not-in-plan.tsx';
import { mayChangeSettings, useMe } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';
import { copyText } from '../ui/copy-text.ts';
import { Icon } from '../ui/icons.tsx';
import { showToast } from '../ui/toast.tsx';
import { TrackingOff } from '../visitors/empty-states.tsx';
import { FilterTokens } from './filter-tokens.tsx';
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
  const { site, filter = '' } = useSearch({ from: '/app/monitor' });
  const navigate = useNavigate({ from: '/monitor' });
  const scope = site ? { site } : {};
  const everybody = useLiveView(`all ${site ?? ''}`, { scope, filter: '', streams: ['totals', 'cities'] });
  const found = useLiveView(`found ${site ?? ''} ${filter}`, filter === '' ? null : { scope, filter, streams: ['totals', 'cities'] });
  const all = useTotals(everybody);
  const matching = useTotals(found);
  const refused = useMeta(found)?.refused ?? null;
  const setFilter = (next: string): void => void navigate({ search: (old) => ({ ...old, filter: next || undefined }) });
  const copyLink = async (): Promise<void> => {
    if (await copyText(location.href)) showToast({ text: t.shell.linkCopied });
  };
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
          <Link className="button" to="/visitors" search={{ site, filter: filter || undefined }}>
            <Icon name="visitors" size="sm" />
            {t.monitor.onTheMap}
          </Link>
        </header>
        {filter !== '' && <FilterTokens filter={filter} problem={refused?.message ?? null} onFilter={setFilter} />}
        <Overview
          store={matching ? found : everybody}
          all={all}
          matching={matching}
          isFilterOn={filter !== ''}
          filter={filter}
          onFilter={setFilter}
        />
      </div>
    </div>
  );
}
