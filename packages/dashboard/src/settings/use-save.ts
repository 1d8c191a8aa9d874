import type { Me, Settings, SettingsPatch, Site } from '@foyer/protocol';
import { type ReactNode, useState } from 'react';
import { api } from '../api/foyer-api.ts';
import { meQuery, queryClient } from '../app/query-client.ts';
import { messageOf } from '../ui/failure.tsx';
import { showToast } from '../ui/toast.tsx';
import type { SaveState } from './settings-head.tsx';

/**
 * Saves as soon as something is changed: shown at once, taken back when the server declines, and undone from the toast.
 * `say` is the toast's text; without it, *Saved* in the head is enough and only a refusal speaks.
 */
export function useSave(): {
  readonly state: SaveState;
  readonly save: (patch: SettingsPatch, say?: ReactNode) => Promise<void>;
  readonly saveSite: (site: string, patch: Partial<Site>) => Promise<void>;
} {
  const [state, setState] = useState<SaveState>('idle');

  const run = async (q: {
    change: (me: Me) => Me;
    send: () => Promise<unknown>;
    undo: () => Promise<void>;
    say?: ReactNode;
  }): Promise<void> => {
    await queryClient.cancelQueries(meQuery);
    const before = queryClient.getQueryData(meQuery.queryKey);
    if (before) queryClient.setQueryData(meQuery.queryKey, q.change(before));
    setState('saving');
    try {
      await q.send();
      setState('saved');
      showToast(q.say ? { text: q.say, undo: () => void q.undo() } : null);
    } catch (failure) {
      if (before) queryClient.setQueryData(meQuery.queryKey, before);
      setState('idle');
      showToast({ text: messageOf(failure) });
    }
    await queryClient.invalidateQueries(meQuery);
  };

  const save = (patch: SettingsPatch, say?: ReactNode): Promise<void> => {
    const before = queryClient.getQueryData(meQuery.queryKey);
    return run({
      change: (me) => changed(me, patch),
      send: () => api.saveSettings(patch),
      undo: () => (before ? save(opposite(before, patch)) : Promise.resolve()),
      ...(say ? { say } : {}),
    });
  };
  const saveSite = (site: string, patch: Partial<Site>): Promise<void> =>
    run({
      change: (me) => ({ ...me, sites: me.sites.map((s) => (s.id === site ? { ...s, ...patch } : s)) }),
      send: () => api.saveSite(site, patch),
      undo: () => Promise.resolve(),
    });
  return { state, save, saveSite };
}

function changed(me: Me, { workspaceName, ...settings }: SettingsPatch): Me {
  return {
    ...me,
    workspace: workspaceName === undefined ? me.workspace : { ...me.workspace, name: workspaceName },
    settings: { ...me.settings, ...(settings as Partial<Settings>) },
  };
}
/** The patch that brings back what `patch` changed. */
function opposite(before: Me, patch: SettingsPatch): SettingsPatch {
  const back: Record<string, unknown> = {};
  for (const key of Object.keys(patch))
    back[key] = key === 'workspaceName' ? before.workspace.name : before.settings[key as keyof Settings];
  return back as SettingsPatch;
}
