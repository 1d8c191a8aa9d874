import { CHAT_LIMITS } from '@foyer/protocol';
import { useMe } from '../../app/session.ts';
import { t } from '../../messages/catalogue.ts';
import { Rich } from '../../ui/rich.tsx';
import { SelectSetting, SwitchSetting } from '../setting.tsx';
import { SettingsHead } from '../settings-head.tsx';
import { useSave } from '../use-save.ts';
import { ChatPage } from './chat-page.tsx';
import { NumberSetting } from './number-setting.tsx';
import { useChatSave } from './use-chat-save.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const REOPEN_MS = [0, HOUR_MS, 4 * HOUR_MS, 12 * HOUR_MS, DAY_MS, 3 * DAY_MS, 7 * DAY_MS, 30 * DAY_MS];
const REQUEUE_MS = [MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS];
const GOAL_MS = [MINUTE_MS, 2 * MINUTE_MS, 3 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS];
const HOLD_MS = [0, MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS];
const KEEP_DAYS = [30, 90, 180, 365, 730, 1_825, 0];

export function ConversationsSettings() {
  return (
    <ChatPage>
      <Page />
    </ChatPage>
  );
}

function Page() {
  const { settings, state, save } = useChatSave();
  // One of the visits, beside those of chat.
  const { resolvedHoldMs } = useMe().settings;
  const { state: holdState, save: saveHold } = useSave();
  const words = t.chatSettings.conversations;
  const times = (list: readonly number[], chosen: number, zero = t.chatSettings.never) =>
    [...new Set([...list, chosen])].sort((a, b) => a - b).map((ms) => ({ value: String(ms), word: ms === 0 ? zero : timeWord(ms) }));
  const days = [...new Set([...KEEP_DAYS, settings.keepDays])].sort((a, b) => (a || Infinity) - (b || Infinity));
  return (
    <>
      <SettingsHead
        title={t.settings.pages.conversations}
        text={words.text}
        state={state === 'idle' || holdState === 'saving' ? holdState : state}
      />
      <section className="setting-group">
        <h2>{words.assignment}</h2>
        <div className="card">
          <SelectSetting
            name={words.assign}
            hint={words.assignHint[settings.assignment]}
            value={settings.assignment}
            options={(['manual', 'automatic'] as const).map((value) => ({ value, word: words.ways[value] }))}
            onChange={(assignment) => void save({ assignment })}
            testId="assignment"
          />
          <NumberSetting
            name={words.capacity}
            hint={words.capacityHint}
            value={settings.capacity}
            min={1}
            max={CHAT_LIMITS.capacity}
            testId="capacity"
            onChange={(capacity) => void save({ capacity })}
          />
          <SelectSetting
            name={words.requeue}
            hint={words.requeueHint}
            value={String(settings.requeueAfterMs)}
            options={times(REQUEUE_MS, settings.requeueAfterMs)}
            onChange={(ms) => void save({ requeueAfterMs: Number(ms) })}
          />
        </div>
      </section>
      <section className="setting-group">
        <h2>{words.answers}</h2>
        <div className="card">
          <SelectSetting
            name={words.goal}
            hint={words.goalHint}
            value={String(settings.answerGoalMs)}
            options={times(GOAL_MS, settings.answerGoalMs)}
            onChange={(ms) => void save({ answerGoalMs: Number(ms) })}
          />
          <SwitchSetting
            name={words.preview}
            hint={words.previewHint}
            on={settings.typingPreview}
            onChange={(typingPreview) => void save({ typingPreview }, typingPreview ? <Rich text={words.previewOn} /> : undefined)}
            testId="typing-preview-setting"
          />
        </div>
      </section>
      <section className="setting-group">
        <h2>{words.ending}</h2>
        <div className="card">
          <SelectSetting
            name={words.reopen}
            hint={words.reopenHint}
            value={String(settings.reopenForMs)}
            options={times(REOPEN_MS, settings.reopenForMs)}
            onChange={(ms) => void save({ reopenForMs: Number(ms) })}
          />
          <SelectSetting
            name={words.hold}
            hint={words.holdHint}
            value={String(resolvedHoldMs)}
            options={times(HOLD_MS, resolvedHoldMs, words.notHeld)}
            onChange={(ms) => void saveHold({ resolvedHoldMs: Number(ms) })}
            testId="resolved-hold"
          />
          <SelectSetting
            name={words.keep}
            hint={words.keepHint}
            value={String(settings.keepDays)}
            options={days.map((n) => ({ value: String(n), word: n === 0 ? words.forEver : t.words.days(n) }))}
            onChange={(n) => void save({ keepDays: Number(n) })}
          />
        </div>
      </section>
    </>
  );
}

/** In the largest unit that says it without a fraction. */
function timeWord(ms: number): string {
  if (ms % DAY_MS === 0) return t.words.days(ms / DAY_MS);
  if (ms % HOUR_MS === 0) return t.chatSettings.hoursLong(ms / HOUR_MS);
  return t.chatSettings.minutes(Math.max(1, Math.round(ms / MINUTE_MS)));
}
