import { CHAT_TIMES, type ChatSettings, type ChatSettingsPatch } from '@foyer/protocol';

/** Of a workspace that has changed none. Six at once is what an agent who does nothing else keeps up with. */
export const newChatSettings = (): ChatSettings => ({
  reopenForMs: CHAT_TIMES.reopenForMs,
  requeueAfterMs: CHAT_TIMES.requeueAfterMs,
  assignment: 'manual',
  capacity: 6,
  hours: null,
  typingPreview: false,
  answerGoalMs: 2 * 60_000,
  keepDays: 730,
});

/** What the patch does not say stays. */
export function applyChatSettings(now: ChatSettings, patch: ChatSettingsPatch): ChatSettings {
  return { ...now, ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) };
}
