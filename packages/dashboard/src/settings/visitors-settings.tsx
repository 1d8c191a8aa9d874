import type { Settings } from '@foyer/protocol';
import { useMe } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';
import { Rich } from '../ui/rich.tsx';
import { ChipList } from './chip-list.tsx';
import { parseAddress } from './parse.ts';
import { SelectSetting, SwitchSetting } from './setting.tsx';
import { SettingsHead } from './settings-head.tsx';
import { TrackingSwitch } from './tracking-switch.tsx';
import { useSave } from './use-save.ts';

const MASKS: readonly Settings['ipMask'][] = ['default', 'strong', 'none-stored'];
const SIGNALS: readonly Settings['signals'][] = ['limit', 'off', 'ignore'];
const DAYS = [7, 30, 60, 90, 180, 365, 760] as const;

export function VisitorsSettings() {
  const { settings, sites } = useMe();
  const { state, save } = useSave();
  const days = [...new Set([...DAYS, settings.keepVisitsDays])].sort((a, b) => a - b);
  return (
    <div className="settings-page">
      <SettingsHead title={t.settings.pages.visitors} text={t.settings.visitors.text} state={state} />
      <TrackingSwitch
        on={settings.tracking}
        sites={sites.length}
        onChange={(tracking) =>
          void save({ tracking }, <Rich text={tracking ? t.settings.visitors.turnedOn : t.settings.visitors.turnedOff} />)
        }
      />

      <section className="setting-group">
        <h2>{t.settings.visitors.whoCounts}</h2>
        <div className="card">
          <SwitchSetting
            name={t.settings.visitors.ownTeam}
            hint={t.settings.visitors.ownTeamHint}
            on={settings.excludeOwnTeam}
            onChange={(excludeOwnTeam) => void save({ excludeOwnTeam })}
            testId="exclude-own-team"
          />
          <ChipList
            name={t.settings.visitors.addresses}
            hint={t.settings.visitors.addressesHint}
            placeholder={t.settings.visitors.addressExample}
            chips={settings.excludedAddresses}
            parse={parseAddress}
            onChange={(excludedAddresses) => void save({ excludedAddresses })}
          />
        </div>
      </section>

      <section className="setting-group">
        <h2>{t.settings.visitors.kept}</h2>
        <div className="card">
          <SelectSetting
            name={t.settings.visitors.ip}
            hint={t.settings.visitors.ipHint}
            value={settings.ipMask}
            options={MASKS.map((value) => ({ value, word: t.settings.visitors.masks[value] }))}
            onChange={(ipMask) => void save({ ipMask })}
          />
          <SelectSetting
            name={t.settings.visitors.keep}
            hint={t.settings.visitors.keepHint}
            value={String(settings.keepVisitsDays)}
            options={days.map((n) => ({
              value: String(n),
              word: n === 760 ? t.settings.visitors.months(25) : n === 365 ? t.settings.visitors.oneYear : t.words.days(n),
            }))}
            onChange={(text) => void save({ keepVisitsDays: Number(text) })}
          />
          <SwitchSetting
            name={t.settings.visitors.cookieless}
            hint={t.settings.visitors.cookielessHint}
            on={settings.cookieless}
            onChange={(cookieless) => void save({ cookieless })}
          />
          <SelectSetting
            name={t.settings.visitors.signals}
            hint={t.settings.visitors.signalsHint}
            value={settings.signals}
            options={SIGNALS.map((value) => ({ value, word: t.settings.visitors.effects[value] }))}
            onChange={(signals) => void save({ signals })}
          />
        </div>
      </section>
    </div>
  );
}
