import type { Install, Site } from '@foyer/protocol';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { api } from '../api/foyer-api.ts';
import { installQuery, queryClient } from '../app/query-client.ts';
import { useMe } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { FailureNote } from '../ui/failure.tsx';
import { Icon } from '../ui/icons.tsx';
import { Rich } from '../ui/rich.tsx';
import { LeftOutNote } from '../visitors/left-out-note.tsx';
import { day } from '../words/time.ts';
import { AddSite } from './add-site.tsx';
import { Guidance } from './guidance.tsx';
import { VerifiedIdentity } from './identity/verified-identity.tsx';
import { Select } from './setting.tsx';
import { SettingsHead } from './settings-head.tsx';
import { SiteSettings } from './site-settings.tsx';
import { Snippet } from './snippet.tsx';
import { useSave } from './use-save.ts';

export function InstallSettings() {
  const { sites } = useMe();
  const navigate = useNavigate();
  const chosen = useSearch({ from: '/app/settings/install', select: (search) => search.site });
  const [adding, setAdding] = useState(false);
  const { state, saveSite } = useSave();
  const site = sites.find((s) => s.id === chosen) ?? sites[0];
  const choose = (id: string): void => void navigate({ to: '/settings/install', search: { site: id } });
  return (
    <div className="settings-page">
      <SettingsHead title={t.settings.pages.install} text={t.settings.install.text} state={state}>
        {sites.length > 1 && site && (
          <Select
            label={t.settings.install.site}
            value={site.id}
            options={sites.map((s) => ({ value: s.id, word: s.name }))}
            onChange={choose}
            testId="install-site"
          />
        )}
        <button className="button" type="button" onClick={() => setAdding(!adding)} aria-expanded={adding}>
          <Icon name="plus" />
          {t.settings.install.addSite}
        </button>
      </SettingsHead>
      {(adding || !site) && (
        <AddSite
          onAdded={(added) => {
            setAdding(false);
            choose(added.id);
          }}
          onCancel={site ? () => setAdding(false) : undefined}
        />
      )}
      {site && (
        <>
          <Suspense fallback={<ol className="steps" aria-busy="true" />}>
            <Steps key={site.id} site={site} />
          </Suspense>
          <Suspense>
            <Identity key={`identity ${site.id}`} site={site.id} />
          </Suspense>
          <SiteSettings site={site} onChange={(patch) => void saveSite(site.id, patch)} />
          <Guidance />
        </>
      )}
    </div>
  );
}

function Identity({ site }: { readonly site: string }) {
  return <VerifiedIdentity install={useSuspenseQuery(installQuery(site)).data} />;
}

function Steps({ site }: { readonly site: Site }) {
  const { settings } = useMe();
  const { data } = useSuspenseQuery(installQuery(site.id));
  const seen = data.site.seenAt;
  return (
    <>
      {data.warnings.map((warning) => (
        <div className="verdict" data-status="unassigned" key={warning.code} data-testid="install-warning" data-code={warning.code}>
          <Icon name="warn" />
          <p>{t.settings.install.warnings[warning.code] ?? warning.message}</p>
        </div>
      ))}
      <ol className="steps">
        <li className={seen === null ? 'step' : 'step is-done'}>
          <Number n={1} done={seen !== null} />
          <div>
            <h2>{t.settings.install.paste}</h2>
            <p>
              <Rich text={t.settings.install.pasteText} />
            </p>
            <Snippet code={data.snippet} />
          </div>
        </li>
        <li className={seen === null ? 'step' : 'step is-done'}>
          <Number n={2} done={seen !== null} />
          <div>
            <h2>{t.settings.install.openSite}</h2>
            <a
              className="button"
              href={`${data.site.domain.startsWith('localhost') ? 'http' : 'https'}://${data.site.domain}`}
              target="_blank"
              rel="noopener noreferrer"
            >
              {t.settings.install.open(data.site.domain)}
              <Icon name="external" />
            </a>
            {!settings.tracking && (
              <p className="hint step-note">
                <Rich text={t.settings.install.trackingOff} link={(words) => <Link to="/settings/visitors">{words}</Link>} />
              </p>
            )}
          </div>
        </li>
        <li className={seen === null ? 'step' : 'step is-done'}>
          <Number n={3} done={seen !== null} />
          <div>
            <h2>{t.settings.install.first}</h2>
            <Arrival install={data} />
            {seen === null && <LeftOutNote site={site.id} />}
            {seen === null && (
              <p className="hint step-note">
                <Rich text={t.settings.install.nothingYet} link={(words) => <Link to="/settings/seen">{words}</Link>} />
              </p>
            )}
            <Refused install={data} />
          </div>
        </li>
      </ol>
    </>
  );
}

function Number({ n, done }: { readonly n: number; readonly done: boolean }) {
  return <span className="number">{done ? <Icon name="check" size="sm" /> : n}</span>;
}

function Arrival({ install }: { readonly install: Install }) {
  const { domain, seenAt, id } = install.site;
  if (seenAt === null) {
    return (
      <div className="card arrival" role="status" data-testid="install-status" data-seen="false">
        <span className="tracking-mark" data-status="inactive">
          <span className="dot pulse arrival-dot" />
        </span>
        <div>
          <b>{t.settings.install.waiting}</b>
          <small>{t.settings.install.listening(domain)}</small>
        </div>
      </div>
    );
  }
  return (
    <div className="card arrival is-here" role="status" data-testid="install-status" data-seen="true">
      <span className="tracking-mark arrival-done" data-status="active">
        <Icon name="check" size="lg" />
      </span>
      <div>
        <b>{t.settings.install.installed}</b>
        <small>
          {Date.now() - seenAt < 60_000
            ? t.settings.install.firstSeenNow(domain)
            : t.settings.install.firstSeen(domain, day(seenAt, Date.now()))}
        </small>
      </div>
      <span className="spacer" />
      <Link className="button button-primary" to="/visitors" search={{ site: id }}>
        {t.settings.install.seeVisitors}
        <Icon name="arrow" />
      </Link>
    </div>
  );
}

function Refused({ install }: { readonly install: Install }) {
  const [failure, setFailure] = useState<unknown>(null);
  const allow = async (origin: string): Promise<void> => {
    setFailure(null);
    await api.allowOrigin(install.site.id, origin).catch(setFailure);
    await Promise.all([queryClient.invalidateQueries({ queryKey: ['install'] }), queryClient.invalidateQueries({ queryKey: ['me'] })]);
  };
  if (install.refused.length === 0) return null;
  return (
    <section className="refused" aria-label={t.settings.install.refused}>
      <p>{t.settings.install.refusedText}</p>
      <FailureNote failure={failure} />
      <ul>
        {install.refused.map((refused) => (
          <li key={refused.origin} data-testid="refused-origin">
            <Icon name="globe" />
            <span className="truncate">{refused.origin}</span>
            <span className="muted num">{t.settings.install.times(number(refused.count))}</span>
            <span className="spacer" />
            <button className="button button-sm" type="button" onClick={() => void allow(refused.origin)}>
              {t.settings.install.allow}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
