import type { WidgetLook, WidgetLookPatch } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, useSyncExternalStore } from 'react';
import { chatApi } from '../api/chat-api.ts';
import { lookQuery } from '../api/chat-queries.ts';
import { queryClient } from '../app/query-client.ts';
import { changesOf, laidOver, lookDrafts } from './look-draft.ts';

export interface LookInHand {
  /** With what is not saved yet; undefined until it was loaded. */
  readonly look: WidgetLook | undefined;
  /** What differs from the site's; {} when nothing does. */
  readonly changes: WidgetLookPatch;
  readonly isChanged: boolean;
  readonly state: 'idle' | 'saving' | 'saved';
  readonly failure: unknown;
  change(patch: WidgetLookPatch): void;
  discard(): void;
  save(): Promise<void>;
  again(): void;
}

/** A site's look as it is being changed here; the Playground and the settings have the same in hand. */
export function useLook(site: string): LookInHand {
  const { data, error, refetch } = useQuery(lookQuery(site));
  const draft = useSyncExternalStore(lookDrafts.subscribe, () => lookDrafts.of(site));
  const [failure, setFailure] = useState<unknown>(null);
  const [state, setState] = useState<LookInHand['state']>('idle');
  const changes = useMemo(() => (data ? changesOf(data, draft) : {}), [data, draft]);
  const look = useMemo(() => (data ? laidOver(data, draft) : undefined), [data, draft]);
  const isChanged = Object.keys(changes).length > 0;
  return {
    look,
    changes,
    isChanged,
    state: state === 'saved' && isChanged ? 'idle' : state,
    failure: failure ?? error,
    change: (patch) => lookDrafts.change(site, patch),
    discard: () => {
      setFailure(null);
      lookDrafts.drop(site);
    },
    save: async () => {
      const saving = lookDrafts.of(site);
      setFailure(null);
      setState('saving');
      try {
        queryClient.setQueryData(lookQuery(site).queryKey, await chatApi.saveLook(site, changes));
        lookDrafts.drop(site, saving);
        setState('saved');
      } catch (problem) {
        setFailure(problem);
        setState('idle');
      }
    },
    again: () => void refetch(),
  };
}
