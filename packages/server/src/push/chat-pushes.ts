import type { ChatState } from '@foyer/domain/chat';
import type { Message, MessageBody } from '@foyer/protocol';
import type { ChatChange } from '../ports/chat-store.ts';
import type { PushNote } from './pushes.ts';

/** Whom a change of a conversation concerns who may not be looking. */
export interface Ring {
  /** User ids; 'anybody': whoever may accept it, of this team ('': of all). */
  readonly users: readonly string[] | 'anybody';
  readonly team: string;
  readonly note: PushNote;
}

/** A new chat: later it is somebody else's, or the visitor is gone. A word in one's own: worth knowing this long. */
const NEW_CHAT_TTL_S = 600;
const WORD_TTL_S = 4 * 3_600;

/**
 * What agents are told of a change: a chat that waits for anybody, a word in one's own, a chat that was given to one, a mention.
 * `siteName`: stands for a visitor without a name, and beside one with. Nothing for the Playground: whoever tries it looks at it.
 */
export function ringsOf({ state, messages }: ChatChange, before: ChatState | null, siteName: string): Ring[] {
  if (state.source === 'playground') return [];
  const fresh = messages.filter(({ seq, gone }) => seq > (before?.seq ?? 0) && gone === '');
  const { phase, id, contact, team } = state;
  const title = [contact.name, siteName].filter((part) => part !== '').join(' · ');
  const note = (kind: PushNote['kind'], body: string, ttlS = WORD_TTL_S): PushNote => ({
    kind,
    title,
    body,
    conversation: id,
    tag: `chat:${id}`,
    ttlS,
    urgency: kind === 'mention' ? 'normal' : 'high',
  });
  const rings: Ring[] = [];
  const word = fresh.findLast((message) => message.from.kind === 'visitor' && previewOf(message.body) !== '');
  const said = word ? previewOf(word.body) : '';

  if (phase.status === 'unassigned' && before?.phase.status !== 'unassigned')
    rings.push({ users: 'anybody', team, note: note('chat', said, NEW_CHAT_TTL_S) });
  if (phase.status === 'assigned') {
    const wasTheirs = before?.phase.status === 'assigned' && before.phase.agent === phase.agent;
    const took = fresh.some(({ from, body }) => body.kind === 'event' && from.kind === 'agent' && from.id === phase.agent);
    if (word || (!wasTheirs && !took)) rings.push({ users: [phase.agent], team: '', note: note(word ? 'word' : 'given', said) });
  }
  for (const { body, from } of fresh) {
    if (body.kind !== 'note') continue;
    const users = body.mentions.filter((user) => user !== from.id);
    if (users.length > 0) rings.push({ users, team: '', note: note('mention', body.text) });
  }
  return rings;
}

/** What a message says, in its own words: nothing here has to be in a language that the agent reads. '' when it says nothing. */
export function previewOf(body: Message['body']): string {
  const words = wordsOf(body);
  return words.filter((part) => part !== '').join(' ');
}

function wordsOf(body: MessageBody): readonly string[] {
  switch (body.kind) {
    case 'text':
    case 'buttons':
    case 'form':
      return [body.text];
    case 'attachment':
      return [body.text, ...body.files.map(({ name }) => `📎 ${name}`)];
    case 'choice':
      return [body.label];
    case 'submission':
      return body.values.map(({ label, value }) => `${label}: ${value}`);
    case 'rating':
      return [`${'★'.repeat(body.stars)}${'☆'.repeat(5 - body.stars)}`, body.comment];
    case 'note':
    case 'event':
      return [];
  }
}
