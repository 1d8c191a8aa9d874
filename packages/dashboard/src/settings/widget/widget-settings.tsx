import '../../playground/playground.css';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMe } from '../../app/session.ts';
import { t } from '../../messages/catalogue.ts';
import { LookEditor } from '../../playground/look-editor.tsx';
import { SaveBar } from '../../playground/save-bar.tsx';
import { Stage } from '../../playground/stage.tsx';
import { useLook } from '../../playground/use-look.ts';
import { FailureNote } from '../../ui/failure.tsx';
import { Select } from '../setting.tsx';
import { SettingsHead } from '../settings-head.tsx';

/** Settings, Widget: one site's look, with the real widget beside it. */
export function WidgetSettings() {
  const me = useMe();
  const navigate = useNavigate({ from: '/settings/widget' });
  const { site: asked } = useSearch({ from: '/app/settings/widget' });
  const site = me.sites.find((one) => one.id === asked) ?? me.sites[0];
  if (!site) return null;
  return (
    <div className="settings-page widget-settings">
      <SettingsHead title={t.look.settingsTitle} text={t.look.settingsText}>
        {me.sites.length > 1 && (
          <Select
            label={t.look.site}
            value={site.id}
            options={me.sites.map((one) => ({ value: one.id, word: one.name }))}
            onChange={(id) => void navigate({ search: { site: id } })}
            testId="widget-site"
          />
        )}
        <Link className="button" to="/playground" search={{ site: site.id }}>
          {t.look.openPlayground}
        </Link>
      </SettingsHead>
      <Editor key={site.id} id={site.id} />
    </div>
  );
}

function Editor({ id }: { readonly id: string }) {
  const me = useMe();
  const hand = useLook(id);
  const site = me.sites.find((one) => one.id === id);
  if (!site) return null;
  if (!hand.look) return hand.failure ? <FailureNote failure={hand.failure} /> : <div className="card widget-wait" aria-busy="true" />;
  return (
    <div className="widget-columns">
      <div className="widget-fields">
        <LookEditor look={hand.look} change={hand.change} mayChange />
        <SaveBar hand={hand} />
      </div>
      <Stage site={site} look={hand.look} />
    </div>
  );
}
