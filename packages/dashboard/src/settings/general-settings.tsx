import { type FormEvent, useId } from 'react';
import { useMe } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';
import { SelectSetting, Setting } from './setting.tsx';
import { SettingsHead } from './settings-head.tsx';
import { useSave } from './use-save.ts';

export function GeneralSettings() {
  const { workspace, settings } = useMe();
  const { state, save } = useSave();
  const id = useId();
  const zones = [...new Set(['UTC', settings.timeZone, ...Intl.supportedValuesOf('timeZone')])].sort();
  const rename = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name') ?? '').trim();
    if (name !== '' && name !== workspace.name) void save({ workspaceName: name }, t.settings.general.renamed(name));
  };
  return (
    <div className="settings-page">
      <SettingsHead title={t.settings.pages.general} text={t.settings.general.text} state={state} />
      <div className="card">
        <Setting name={<label htmlFor={id}>{t.settings.general.name}</label>} hint={t.settings.general.nameHint}>
          <form onSubmit={rename} className="inline-form">
            <input
              id={id}
              className="field"
              name="name"
              key={workspace.name}
              defaultValue={workspace.name}
              maxLength={120}
              required
              onBlur={(event) => event.currentTarget.form?.requestSubmit()}
            />
          </form>
        </Setting>
        <SelectSetting
          name={t.settings.general.timeZone}
          hint={t.settings.general.timeZoneHint}
          value={settings.timeZone}
          options={zones.map((zone) => ({ value: zone, word: zone.replaceAll('_', ' ') }))}
          onChange={(timeZone) => void save({ timeZone })}
        />
      </div>
    </div>
  );
}
