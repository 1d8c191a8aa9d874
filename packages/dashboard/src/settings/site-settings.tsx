import type { Site } from '@foyer/protocol';
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
      <h2>This site</h2>
      <div className="card">
        <ChipList
          name="Also allowed on"
          hint={site.domain.startsWith('localhost') ? 'Besides localhost.' : `Besides ${site.domain}, what is under it, and localhost.`}
          placeholder="https://staging.example.net"
          chips={site.origins}
          parse={parseOrigin}
          onChange={(origins) => onChange({ origins })}
        />
        <ChipList
          name="Query parameters to keep"
          hint="Everything after ? is dropped from page addresses, except utm_* and these."
          placeholder="color"
          chips={site.params}
          parse={parseParameter}
          onChange={(params) => onChange({ params })}
        />
        <SwitchSetting
          name="Hash routing"
          hint="The part after # is the page, as in older single-page apps. Otherwise it is dropped."
          on={site.hashRouting}
          onChange={(hashRouting) => onChange({ hashRouting })}
        />
        <SwitchSetting
          name="Count automated browsers"
          hint="Bots are listed apart, with the reason. This puts automated browsers, such as tests, into the counts."
          on={site.countAutomated}
          onChange={(countAutomated) => onChange({ countAutomated })}
          testId="count-automated"
        />
      </div>
    </section>
  );
}
