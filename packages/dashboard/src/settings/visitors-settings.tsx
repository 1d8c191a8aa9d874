import type { Settings } from '@foyer/protocol';
import { useMe } from '../app/session.ts';
import { ChipList } from './chip-list.tsx';
import { parseAddress } from './parse.ts';
import { SelectSetting, SwitchSetting } from './setting.tsx';
import { SettingsHead } from './settings-head.tsx';
import { TrackingSwitch } from './tracking-switch.tsx';
import { useSave } from './use-save.ts';

const MASKS: readonly { value: Settings['ipMask']; word: string }[] = [
  { value: 'default', word: 'Last number dropped' },
  { value: 'strong', word: 'Last two dropped' },
  { value: 'none-stored', word: 'Not kept at all' },
];
const SIGNALS: readonly { value: Settings['signals']; word: string }[] = [
  { value: 'limit', word: 'Collect less' },
  { value: 'off', word: 'Do not track them' },
  { value: 'ignore', word: 'Ignore' },
];
const DAYS = [7, 30, 60, 90, 180, 365, 760] as const;

export function VisitorsSettings() {
  const { settings, sites } = useMe();
  const { state, save } = useSave();
  const days = [...new Set([...DAYS, settings.keepVisitsDays])].sort((a, b) => a - b);
  return (
    <div className="settings-page">
      <SettingsHead title="Visitors" text="Who is on your sites right now, and what is kept about them." state={state} />
      <TrackingSwitch
        on={settings.tracking}
        sites={sites.length}
        onChange={(tracking) =>
          void save(
            { tracking },
            tracking ? (
              <b>Tracking is online.</b>
            ) : (
              <>
                <b>Tracking is offline.</b> Running visits have ended.
              </>
            ),
          )
        }
      />

      <section className="setting-group">
        <h2>Who counts</h2>
        <div className="card">
          <SwitchSetting
            name="Leave out your own team"
            hint="Signed-in teammates are never listed or counted."
            on={settings.excludeOwnTeam}
            onChange={(excludeOwnTeam) => void save({ excludeOwnTeam })}
            testId="exclude-own-team"
          />
          <ChipList
            name="Leave out addresses"
            hint="Offices, monitoring, anything that is not a customer."
            placeholder="203.0.113.0/28"
            chips={settings.excludedAddresses}
            parse={parseAddress}
            onChange={(excludedAddresses) => void save({ excludedAddresses })}
          />
        </div>
      </section>

      <section className="setting-group">
        <h2>What is kept</h2>
        <div className="card">
          <SelectSetting
            name="IP addresses"
            hint="Masked before anything is stored, logged or shown."
            value={settings.ipMask}
            options={MASKS}
            onChange={(ipMask) => void save({ ipMask })}
          />
          <SelectSetting
            name="Keep past visits for"
            hint="Older visits are deleted every night."
            value={String(settings.keepVisitsDays)}
            options={days.map((n) => ({ value: String(n), word: n === 760 ? '25 months' : n === 365 ? '1 year' : `${n} days` }))}
            onChange={(text) => void save({ keepVisitsDays: Number(text) })}
          />
          <SwitchSetting
            name="Cookieless"
            hint="No storage in the browser. Returning visitors are not recognised."
            on={settings.cookieless}
            onChange={(cookieless) => void save({ cookieless })}
          />
          <SelectSetting
            name="Global Privacy Control, Do Not Track"
            hint="What to do for browsers that ask not to be tracked. “Collect less” keeps nothing in the browser."
            value={settings.signals}
            options={SIGNALS}
            onChange={(signals) => void save({ signals })}
          />
        </div>
      </section>
    </div>
  );
}
