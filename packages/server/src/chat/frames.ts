/** Frames of chat as tabs and consoles get them. */
import { type ChatState, conversationOf, type Faces, visitorConversationOf, visitorMessageOf } from '@foyer/domain/chat';
import type { ChatFile, ConsoleChange, Message, VisitorChanges, VisitorHistory, VisitorMessage } from '@foyer/protocol';
import type { ChatChange } from '../ports/chat-store.ts';

export type SignFile = (file: ChatFile, conversation: string) => ChatFile;
/** An answer stops growing here and goes on with the next: what a phone on a bad network takes in a second or two. */
const MOST_ANSWER_BYTES = 48_000;

/** Its files with the addresses at which they are read. */
function signed<T extends Pick<Message, 'body'>>(message: T, conversation: string, sign: SignFile): T {
  const { body } = message;
  if (body.kind !== 'attachment') return message;
  return { ...message, body: { ...body, files: body.files.map((file) => sign(file, conversation)) } };
}

export function consoleChange(change: ChatChange, now: number, sign: SignFile): ConsoleChange {
  const { chatSeq, state } = change;
  const messages = change.messages.map((message) => signed(message, state.id, sign));
  return { t: 'chat.change', now, chatSeq, conversation: conversationOf(state), messages };
}

/** null: there was nothing for the visitor in it. */
export function visitorChanges(change: ChatChange, faces: Faces, sign: SignFile): VisitorChanges | null {
  const { state, prevShownRev: prev } = change;
  if (state.shownRev === prev) return null;
  return {
    t: 'chat.changes',
    prev,
    rev: state.shownRev,
    conversation: visitorConversationOf(state, faces),
    messages: shownTo(change.messages, state.id, faces, sign),
  };
}

/** The answer to `chat.after`: as many whole decisions as fit. */
export function changesAfter(
  q: { state: ChatState; asked: number; found: { messages: readonly Message[]; rev: number; more: boolean } },
  faces: Faces,
  sign: SignFile,
): VisitorChanges {
  const { state, asked, found } = q;
  const fitting = fit(found.messages, (a, b) => a.rev !== b.rev);
  const isCut = fitting.length < found.messages.length;
  return {
    t: 'chat.changes',
    prev: asked,
    rev: isCut ? fitting.at(-1)!.rev : found.rev,
    conversation: visitorConversationOf(state, faces),
    messages: shownTo(fitting, state.id, faces, sign),
    ...(isCut || found.more ? { more: true } : {}),
  };
}

/** The answer to `chat.before`: the nearest ones that fit. */
export function historyBefore(conversation: string, found: readonly Message[], faces: Faces, sign: SignFile): VisitorHistory {
  const fitting = fit(found.toReversed(), () => true).toReversed();
  return { t: 'chat.history', conversation, messages: shownTo(fitting, conversation, faces, sign) };
}

const shownTo = (messages: readonly Message[], conversation: string, faces: Faces, sign: SignFile): VisitorMessage[] =>
  messages.flatMap((message) => {
    const shown = visitorMessageOf(message, faces);
    return shown ? [signed(shown, conversation, sign)] : [];
  });

/** The first ones within the bound, cut where `mayCut` between two of them; one at least. */
function fit(messages: readonly Message[], mayCut: (a: Message, b: Message) => boolean): readonly Message[] {
  let bytes = 0;
  let cut = 0;
  for (const [i, message] of messages.entries()) {
    const before = messages[i - 1];
    if (before && mayCut(before, message)) cut = i;
    bytes += JSON.stringify(message).length;
    if (bytes > MOST_ANSWER_BYTES && cut > 0) return messages.slice(0, cut);
  }
  return messages;
}
