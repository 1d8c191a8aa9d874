/** Records of chat as the API shows them. */
import { type ChatState, conversationOf } from '@foyer/domain/chat';
import type { Alert, CannedReply, InboxEntry, Message, PushDevice } from '@foyer/protocol';
import type { CannedRecord, StoredEntry } from '../../ports/chat-store.ts';
import type { AlertRecord, PushRecord } from '../../ports/notice-store.ts';
import type { Actor } from '../../team/sessions.ts';
import type { HttpDeps } from './deps.ts';

type Signs = Pick<HttpDeps['chat'], 'signFile'>;

/** With addresses at which its files are read. */
export function messageOf(chat: Signs, conversation: string, message: Message): Message {
  const { body } = message;
  if (body.kind !== 'attachment') return message;
  return { ...message, body: { ...body, files: body.files.map((file) => chat.signFile(file, conversation)) } };
}

/** `Visitor N` of each of these; undefined where it is not known. Asks once for all of them. */
export async function numbersOf(
  { chat, history }: Pick<HttpDeps, 'chat' | 'history'>,
  workspace: string,
  states: readonly ChatState[],
): Promise<(of: ChatState) => number | undefined> {
  const visits = new Map(states.map((state) => [state, chat.visitIdOf(state) || state.visitor]));
  const visitors = [...new Set(visits.values())].filter((visitor) => visitor !== '');
  const met = visitors.length === 0 ? [] : await history.lastMet({ workspace, visitors });
  const numbers = new Map(met.map(({ visitor, number }) => [visitor, number]));
  return (of) => numbers.get(visits.get(of) ?? '');
}

/** In the order given. Asks once who all these visitors are. */
export async function entriesOf(
  { chat, history }: Pick<HttpDeps, 'chat' | 'history'>,
  workspace: string,
  entries: readonly StoredEntry[],
): Promise<InboxEntry[]> {
  const states = entries.map(({ state }) => state);
  const numberOf = await numbersOf({ chat, history }, workspace, states);
  return entries.map(({ state, last, unread, country }): InboxEntry => {
    const n = numberOf(state);
    return {
      conversation: conversationOf(state),
      last: last && messageOf(chat, state.id, last),
      unread,
      ...(n === undefined ? {} : { n }),
      ...(country === '' ? {} : { country }),
    };
  });
}

export function cannedReplyOf(actor: Actor, { id, shortcut, text, shared, createdBy }: CannedRecord): CannedReply {
  return { id, shortcut, text, shared, mine: createdBy === actor.user.id };
}

/** Not the keys: whoever has them can tell this browser anything. */
export function deviceOf({ id, label, createdAt, endpoint }: PushRecord): PushDevice {
  return { id, label, createdAt, endpoint };
}

export function alertOf({ workspace: _, user: __, ...alert }: AlertRecord): Alert {
  return alert;
}
