import { useSyncExternalStore } from 'react';
import { t } from '../../messages/catalogue.ts';
import { NOTICE_KINDS } from '../../notify/notice.ts';
import { notifyPrefs, savePrefs, subscribePrefs } from '../../notify/prefs.ts';
import { Icon } from '../../ui/icons.tsx';
import { Setting, SwitchSetting } from '../setting.tsx';
import { PermissionSetting } from './permission-setting.tsx';
import { trySound } from './try-sound.ts';

const VOLUMES = 10;

/** How this browser tells its agent. Saved in the browser, at once. */
export function BrowserSettings() {
  const prefs = useSyncExternalStore(subscribePrefs, notifyPrefs);
  return (
    <>
      <section className="setting-group">
        <div className="group-head">
          <h2>{t.notify.browser}</h2>
          <span className="hint">{t.notify.browserHint}</span>
        </div>
        <div className="card">
          <SwitchSetting
            name={t.notify.sounds}
            hint={t.notify.soundsHint}
            on={prefs.sound}
            testId="sounds"
            onChange={(sound) => savePrefs({ sound })}
          />
          {prefs.sound && (
            <Setting name={t.notify.volume}>
              <span className="volume">
                <input
                  type="range"
                  min={1}
                  max={VOLUMES}
                  step={1}
                  aria-label={t.notify.volume}
                  value={Math.round(prefs.volume * VOLUMES)}
                  onChange={(event) => savePrefs({ volume: Number(event.target.value) / VOLUMES })}
                />
                <button className="button button-sm" type="button" onClick={() => trySound('chat', prefs.volume)}>
                  <Icon name="bell" size="sm" />
                  {t.notify.tryIt}
                </button>
              </span>
            </Setting>
          )}
          <PermissionSetting prefs={prefs} />
        </div>
      </section>
      <section className="setting-group">
        <h2>{t.notify.which}</h2>
        <div className="card">
          {NOTICE_KINDS.map((kind) => (
            <SwitchSetting
              key={kind}
              name={t.notify.kinds[kind]}
              hint={t.notify.whichHint[kind]}
              on={prefs.kinds[kind]}
              testId={`kind-${kind}`}
              onChange={(on) => savePrefs({ kinds: { ...prefs.kinds, [kind]: on } })}
            />
          ))}
        </div>
      </section>
    </>
  );
}
