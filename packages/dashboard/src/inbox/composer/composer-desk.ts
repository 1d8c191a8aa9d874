import type { Message } from '@foyer/protocol';
import { useSyncExternalStore } from 'react';
import { useMe } from '../../app/session.ts';
import { Listeners } from '../../live/listeners.ts';
import { type Draft, Drafts, type Mode } from './drafts.ts';
import { sendFile } from './send-file.ts';
import { type Upload, Uploads } from './uploads.ts';

export type { Mode } from './drafts.ts';

let kept: { readonly user: string; readonly drafts: Drafts; readonly uploads: Uploads } | null = null;

/** Browsers that forbid storage throw at the mere look at it. */
function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
/** What is being written by who is signed in. Somebody else on the same page begins anew. */
function deskOf(user: string): { readonly drafts: Drafts; readonly uploads: Uploads } {
  if (kept?.user !== user) kept = { user, drafts: new Drafts(user, storage(), Date.now), uploads: new Uploads(sendFile) };
  return kept;
}
export function useDesk(): { readonly drafts: Drafts; readonly uploads: Uploads } {
  return deskOf(useMe().user.id);
}
export function useDraft(conversation: string): Draft {
  const { drafts } = useDesk();
  return useSyncExternalStore(drafts.subscribe, () => drafts.get(conversation));
}
export function useUploads(conversation: string): readonly Upload[] {
  const { uploads } = useDesk();
  return useSyncExternalStore(uploads.subscribe, () => uploads.list(conversation));
}

let wanted: { readonly conversation: string } | null = null;
const asked = new Listeners();

/** Which composer is to take the focus; a new object with each wish. */
export const useWantsFocus = (): { readonly conversation: string } | null => useSyncExternalStore(asked.subscribe, () => wanted);
/** The wish was met: a composer that is drawn anew does not take the focus again. */
export function focusTaken(): void {
  wanted = null;
}

/** What other parts of the inbox ask of the composer. It may be drawn a moment later. */
export const desk = {
  /** `R` and `N`: puts the caret into the composer, in this mode; the draft stays. */
  focus(conversation: string, mode: Mode): void {
    kept?.drafts.set(conversation, { mode, editing: null });
    wanted = { conversation };
    asked.notify();
  },
  /** Puts an own message into the composer to be changed; what stood there comes back afterwards. */
  edit(conversation: string, message: Message): void {
    const { body, seq } = message;
    if (body.kind !== 'text' && body.kind !== 'note' && body.kind !== 'attachment') return;
    const kind: Mode = body.kind === 'note' ? 'note' : 'reply';
    kept?.drafts.set(conversation, { editing: { seq, kind, original: body.text, text: body.text } });
    wanted = { conversation };
    asked.notify();
  },
};
