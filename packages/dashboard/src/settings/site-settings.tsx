import type { Site } from '@foyer/protocol';
import { t } from '../messages/catalogue.ts';
import { ChipList } from './chip-list.tsx';
import { parseOrigin, parseParameter } from './parse.ts';
import { SwitchSetting } from './setting.tsx';

export function SiteSettings({
  site,
  onChange,
}: {
  readonly site: Site;
  readonly onChange: (patch: Partial<Pick<Site, 'origins' | 'params' | 'hashRouting' | 'countAutomated'>>) => void;
}) {
  return (
    <section className="setting-group site-settings">
      <h2>{t.settings.install.thisSite}</h2>
      <div className="card">
        <ChipList
          name={t.settings.install.origins}
          hint={site.domain.startsWith('localhost') ? t.settings.install.originsHintLocal : t.settings.install.originsHint(site.domain)}
          placeholder={t.settings.install.originExample}
          chips={site.origins}
          parse={parseOrigin}
          onChange={(origins) => onChange({ origins })}
        />
        <ChipList
          name={t.settings.install.params}
          hint={t.settings.install.paramsHint}
          placeholder={t.settings.install.paramExample}
          chips={site.params}
          parse={parseParameter}
          onChange={(params) => onChange({ params })}
        />
        <SwitchSetting
          name={t.settings.install.hash}
          hint={t.settings.install.hashHint}
          on={site.hashRouting}
          onChange={(hashRouting) => onChange({ hashRouting })}
        />
        <SwitchSetting
          name={t.settings.install.automated}
          hint={t.settings.install.automatedHint}
          on={site.countAutomated}
          onChange={(countAutomated) => onChange({ countAutomated })}
          testId="count-automated"
        />
      </div>
    </section>
  );
}
