import { useEffect, useState } from 'react';
import { ApiFailure } from '../../api/request.ts';
import { queryClient } from '../../app/query-client.ts';
import { t } from '../../messages/catalogue.ts';
import { showFailure } from '../../ui/failure.tsx';
import { showToast } from '../../ui/toast.tsx';
import type { SaveState } from '../settings-head.tsx';

/** What was edited and not saved, by page and site: it outlives the page, not the tab. */
const kept = new Map<string, unknown>();

export interface Draft<List> {
  readonly list: List;
  readonly isDirty: boolean;
  readonly state: SaveState;
  /** Of the last save; null: none, or edited since. */
  readonly failure: unknown;
  /** Somebody else saved meanwhile: saving replaces theirs. */
  readonly isOvertaken: boolean;
  readonly edit: (next: List) => void;
  readonly discard: () => void;
  readonly save: () => Promise<boolean>;
}

/**
 * A list that is saved as a whole, with *Undo*. Until it is edited it follows what is saved.
 * `saved`: as the server has it, in the shape that is edited; `send` answers what the server then has.
 */
export function useRulesDraft<List, Answer>(q: {
  readonly name: string;
  readonly queryKey: readonly string[];
  readonly saved: List;
  readonly send: (list: List) => Promise<Answer>;
  readonly said: string;
}): Draft<List> {
  const { name, queryKey, saved, send, said } = q;
  const [draft, setDraft] = useState<{ readonly list: List; readonly of: string } | null>(
    () => (kept.get(name) as { list: List; of: string } | undefined) ?? null,
  );
  const [state, setState] = useState<SaveState>('idle');
  const [failure, setFailure] = useState<unknown>(null);
  const savedText = JSON.stringify(saved);
  const list = draft?.list ?? saved;
  const isDirty = draft !== null && JSON.stringify(draft.list) !== savedText;

  const put = (next: { readonly list: List; readonly of: string } | null): void => {
    setDraft(next);
    if (next) kept.set(name, next);
    else kept.delete(name);
  };
  const store = async (next: List): Promise<void> => {
    const answer = await send(next);
    await queryClient.cancelQueries({ queryKey });
    queryClient.setQueryData(queryKey, answer);
  };
  const save = async (): Promise<boolean> => {
    if (state === 'saving') return false;
    const before = saved;
    setState('saving');
    setFailure(null);
    try {
      await store(list);
      put(null);
      setState('saved');
      showToast({ text: said, undo: () => void store(before).catch(showFailure) });
      return true;
    } catch (error) {
      setState('idle');
      setFailure(error);
      return false;
    }
  };
  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isDirty]);
  return {
    list,
    isDirty,
    state: isDirty && state === 'saved' ? 'idle' : state,
    failure,
    isOvertaken: isDirty && draft.of !== savedText,
    edit: (next) => {
      setFailure(null);
      put({ list: next, of: draft?.of ?? savedText });
    },
    discard: () => {
      setFailure(null);
      put(null);
    },
    save,
  };
}

/** A failure that is not about single fields, to be said beside the button; '' when it is. */
export const generalFailure = (failure: unknown): unknown =>
  failure instanceof ApiFailure && Object.keys(failure.fields).some((field) => /\.\d+\./.test(field)) ? null : failure;

export const unsavedWord = (isOvertaken: boolean): string => (isOvertaken ? t.rules.overtaken : t.rules.unsaved);
