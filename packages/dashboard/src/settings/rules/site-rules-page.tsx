import './rules.css';
import type { Site } from '@foyer/protocol';
import { Link } from '@tanstack/react-router';
import { type ReactNode, Suspense } from 'react';
import { useMe } from '../../app/session.ts';
import { t } from '../../messages/catalogue.ts';
import { Icon } from '../../ui/icons.tsx';
import { Select } from '../setting.tsx';
import { SettingsHead, type SaveState } from '../settings-head.tsx';

/** A page of rules: one site's at a time, named in the address. Reading that fails is the router's to show. */
export function SiteRulesPage({
  title,
  text,
  chosen,
  onChoose,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly chosen: string | undefined;
  readonly onChoose: (site: string) => void;
  readonly children: (site: Site, head: (state: SaveState) => ReactNode) => ReactNode;
}) {
  const { sites } = useMe();
  const site = sites.find((one) => one.id === chosen) ?? sites[0];
  const head = (state: SaveState): ReactNode => (
    <SettingsHead title={title} text={text} state={state}>
      {sites.length > 1 && site && (
        <Select
          label={t.settings.install.site}
          value={site.id}
          options={sites.map((one) => ({ value: one.id, word: one.name }))}
          onChange={onChoose}
          testId="rules-site"
        />
      )}
    </SettingsHead>
  );
  return (
    <div className="settings-page rules-page">
      {site ? (
        <Suspense
          fallback={
            <>
              {head('idle')}
              <div className="card rules-waiting" aria-busy="true" />
            </>
          }
        >
          {children(site, head)}
        </Suspense>
      ) : (
        <>
          {head('idle')}
          <div className="card rules-none">
            <p className="name">{t.rules.noSite}</p>
            <Link className="button" to="/settings/install">
              <Icon name="plus" />
              {t.settings.install.addSite}
            </Link>
          </div>
        </>
      )}
    </div>
  );
}
