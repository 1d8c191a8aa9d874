import type { ChatSettings, ChatSettingsPatch } from '@foyer/protocol';
import { useSuspenseQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { chatApi } from '../../api/chat-api.ts';
import { chatSettingsQuery } from '../../api/chat-queries.ts';
import { queryClient } from '../../app/query-client.ts';
import { messageOf } from '../../ui/failure.tsx';
import { showToast } from '../../ui/toast.tsx';
import type { SaveState } from '../settings-head.tsx';

/** The workspace's chat settings, saved as soon as one is changed: shown at once, taken back when the server declines. */
export function useChatSave(): {
  readonly settings: ChatSettings;
  readonly state: SaveState;
  /** `say`: the toast's text, with *Undo*; without it *Saved* in the head is enough. */
  readonly save: (patch: ChatSettingsPatch, say?: ReactNode) => Promise<void>;
} {
  const { data: settings } = useSuspenseQuery(chatSettingsQuery);
  const [state, setState] = useState<SaveState>('idle');
  const save = async (patch: ChatSettingsPatch, say?: ReactNode): Promise<void> => {
    await queryClient.cancelQueries(chatSettingsQuery);
    const before = queryClient.getQueryData(chatSettingsQuery.queryKey) ?? settings;
    queryClient.setQueryData(chatSettingsQuery.queryKey, { ...before, ...(patch as Partial<ChatSettings>) });
    setState('saving');
    try {
      await chatApi.saveSettings(patch);
      setState('saved');
      const back = Object.fromEntries(Object.keys(patch).map((key) => [key, before[key as keyof ChatSettings]])) as ChatSettingsPatch;
      showToast(say ? { text: say, undo: () => void save(back) } : null);
    } catch (failure) {
      queryClient.setQueryData(chatSettingsQuery.queryKey, before);
      setState('idle');
      showToast({ text: messageOf(failure) });
    }
    await queryClient.invalidateQueries(chatSettingsQuery);
  };
  return { settings, state, save };
}
