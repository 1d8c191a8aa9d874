import { type FormEvent, useId } from 'react';
import { useMe } from '../app/session.ts';
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
    if (name !== '' && name !== workspace.name)
      void save(
        { workspaceName: name },
        <>
          <b>Renamed</b> to {name}.
        </>,
      );
  };
  return (
    <div className="settings-page">
      <SettingsHead title="General" text="What this workspace is called, and when its days begin." state={state} />
      <div className="card">
        <Setting name={<label htmlFor={id}>Workspace name</label>} hint="Your team sees it in the top bar.">
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
          name="Time zone"
          hint="Days and months of “Visits today” and “This month” begin here."
          value={settings.timeZone}
          options={zones.map((zone) => ({ value: zone, word: zone.replaceAll('_', ' ') }))}
          onChange={(timeZone) => void save({ timeZone })}
        />
      </div>
    </div>
  );
}
