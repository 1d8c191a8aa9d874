import { type AgentBody, CHAT_LIMITS, type Conversation } from '@foyer/protocol';
import { useEffect, useEffectEvent, useState } from 'react';
import { useChat } from '../../chat/use-chat.ts';
import { t } from '../../messages/catalogue.ts';
import { showToast } from '../../ui/toast.tsx';
import type { People } from '../people.ts';
import { unfilled } from './canned.ts';
import { useDesk, useDraft, useUploads } from './composer-desk.ts';
import { modeOf, textOf } from './drafts.ts';
import { mentioned } from './mentions.ts';
import { refusedWord } from './refused-word.ts';

export interface Sending {
  readonly send: () => void;
  /** There is something that can go out. */
  readonly maySend: boolean;
  /** Pressed already; it goes as soon as the files are there. */
  readonly waits: boolean;
  readonly bytesTooMany: number;
  /** Values of canned replies that nobody has filled in: they hold the message back, and `sendAsIs` lets it go. */
  readonly unknown: ReturnType<typeof unfilled>;
  readonly sendAsIs: () => void;
  /** Another kind of message, in place of what stands in the field. */
  readonly sendBody: (body: AgentBody) => void;
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** What happens with the words in the field: a message, a note, or the change of an earlier one. The field is empty when it is taken. */
export function useSend(conversation: Conversation, people: People): Sending {
  const chat = useChat();
  const { drafts, uploads } = useDesk();
  const { id } = conversation;
  const draft = useDraft(id);
  const files = useUploads(id);
  const [waits, setWaits] = useState(false);
  const text = textOf(draft);
  const mode = modeOf(draft);
  const isReply = mode === 'reply' && !draft.editing;
  const unknown = mode === 'reply' ? unfilled(text) : [];
  const bytesTooMany = Math.max(0, bytesOf(text.trimEnd()) - CHAT_LIMITS.textBytes);
  const hasFiles = isReply && files.length > 0;
  const isFileLess = draft.editing !== null && text === draft.editing.original;
  const maySend = bytesTooMany === 0 && (text.trim() !== '' || hasFiles) && !(hasFiles && files.some((one) => one.problem)) && !isFileLess;

  const sayFull = (cid: string): boolean => {
    if (cid !== '') return false;
    showToast({ text: t.composer.full });
    return true;
  };

  const change = (): void => {
    const { editing } = draft;
    if (!editing) return;
    drafts.set(id, { editing: null });
    void chat.edit(id, editing.seq, text.trimEnd()).then((result) => {
      if (result.ok) return;
      showToast({ text: refusedWord(result.error.code) });
      // Unless something else is being changed meanwhile, the words are still there.
      if (!drafts.get(id).editing) drafts.set(id, { editing });
    });
  };

  const go = (asIs: boolean): void => {
    if (!maySend || (unknown.length > 0 && !asIs)) return;
    if (draft.editing) return change();
    if (mode === 'note') {
      const calls = [...new Set(mentioned(text, people.agents).map((one) => one.id))].slice(0, CHAT_LIMITS.mentions);
      if (!sayFull(chat.note(id, text.trimEnd(), calls).cid)) drafts.set(id, { note: '' });
      return;
    }
    if (files.some((one) => !one.file)) return setWaits(true);
    const stored = files.flatMap((one) => one.file ?? []);
    const words = text.trimEnd();
    const body: AgentBody =
      stored.length > 0 ? { kind: 'attachment', text: words, files: stored.map((file) => file.id) } : { kind: 'text', text: words };
    if (sayFull(chat.say(id, body, stored).cid)) return;
    uploads.sent(id);
    drafts.set(id, { reply: '' });
    chat.typing(id, false);
  };

  const pressed = useEffectEvent(() => {
    setWaits(false);
    go(true);
  });
  const filesAreThere = files.every((one) => one.file);
  useEffect(() => {
    if (waits && filesAreThere) pressed();
  }, [waits, filesAreThere]);
  // A file that did not come, or words that were changed: nothing goes out behind anybody's back.
  const hasProblem = files.some((one) => one.problem);
  useEffect(() => setWaits(false), [text, files.length, hasProblem]);

  return {
    send: () => go(false),
    sendAsIs: () => go(true),
    maySend,
    waits,
    bytesTooMany,
    unknown,
    sendBody: (body) => {
      if (!sayFull(chat.say(id, body).cid)) drafts.set(id, { reply: '' });
    },
  };
}
