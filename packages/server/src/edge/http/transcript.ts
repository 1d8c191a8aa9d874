/** A whole conversation as a file: read a page at a time, so that a long one costs no memory. */
import { conversationOf } from '@foyer/domain/chat';
import type { Message, MessageBody } from '@foyer/protocol';
import type { StoredConversation } from '../../ports/chat-store.ts';
import { messageOf } from './chat-shapes.ts';
import type { HttpDeps } from './deps.ts';

const PAGE = 200;

interface Export {
  readonly stored: StoredConversation;
  readonly timeZone: string;
  /** Of agents, AI agents and teams, by id. */
  readonly nameOf: (kind: 'agent' | 'ai', id: string) => string;
  readonly site: string;
  readonly now: number;
}

/** Everything in it, notes too: it is the team's own. What was taken back at once is in none. */
export function transcriptAsJson(deps: Pick<HttpDeps, 'chats' | 'chat'>, { stored, now }: Export): ReadableStream<Uint8Array> {
  const { state } = stored;
  const head = JSON.stringify({ exportedAt: now, conversation: conversationOf(state) }).slice(0, -1);
  return lines(async function* () {
    yield `${head},"messages":[`;
    let separator = '\n';
    for await (const message of messagesOf(deps, state)) {
      yield separator + JSON.stringify(messageOf(deps.chat, state.id, message));
      separator = ',\n';
    }
    yield '\n]}\n';
  });
}

/** For people: a line for each message, with the time of the workspace's zone. */
export function transcriptAsText(deps: Pick<HttpDeps, 'chats'>, q: Export): ReadableStream<Uint8Array> {
  const { state } = q.stored;
  const time = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: q.timeZone });
  const visitor = oneLine(state.contact.name) || state.contact.email || 'Visitor';
  const who = ({ from }: Message): string =>
    from.kind === 'visitor' ? visitor : from.kind === 'system' ? 'Foyer' : oneLine(q.nameOf(from.kind, from.id)) || 'Agent';
  return lines(async function* () {
    const { email } = state.contact;
    yield `Conversation with ${visitor}${email === '' || email === visitor ? '' : ` <${email}>`}\n`;
    yield `${oneLine(q.site)} · ${time.format(state.startedAt)} – ${time.format(state.lastMessageAt)} (${q.timeZone}) · ${state.phase.status}\n\n`;
    for await (const message of messagesOf(deps, state)) {
      const said = wordsOf(message.body, message.gone, (id) => q.nameOf('agent', id));
      const edited = message.editedAt > 0 ? ' (edited)' : '';
      // A second line of somebody's words must not look like another's.
      yield `[${time.format(message.at)}] ${who(message)}${said.mark}: ${said.text.replace(LINE_END, '\n    ')}${edited}\n`;
    }
  });
}

/** Whatever an editor or a terminal ends a line at (Unicode UAX 14, BK, CR, LF, NL). */
const LINE_END = /\r\n?|[\n\v\f\u0085\u2028\u2029]/g;
/** A name has no second line either, nor what turns the direction of the text behind it around. */
const oneLine = (name: string): string => name.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu, ' ').trim();

function wordsOf(body: MessageBody, gone: Message['gone'], nameOf: (id: string) => string): { mark: string; text: string } {
  const plain = (text: string, mark = ''): { mark: string; text: string } => ({ mark, text: gone === 'deleted' ? '(deleted)' : text });
  switch (body.kind) {
    case 'text':
      return plain(body.text);
    case 'note':
      return plain(body.text, ' (note)');
    case 'attachment':
      return plain([body.text, ...body.files.map(({ name, bytes }) => `[file: ${name}, ${bytes} bytes]`)].filter(Boolean).join('\n'));
    case 'buttons':
      return plain(`${body.text}\n${body.buttons.map(({ label }) => `( ${label} )`).join(' ')}`);
    case 'form':
      return plain(`${body.text}\n${body.fields.map(({ label }) => `${label}: ____`).join('\n')}`);
    case 'choice':
      return plain(`→ ${body.label}`);
    case 'submission':
      return plain(body.values.map(({ label, value }) => `${label}: ${value}`).join('\n'));
    case 'rating':
      return plain(`${'★'.repeat(body.stars)}${'☆'.repeat(5 - body.stars)} ${body.comment}`.trim(), ' (rating)');
    case 'event':
      return plain([body.event.replaceAll('_', ' '), nameOf(body.whom)].filter(Boolean).join(': '), ' *');
  }
}

async function* messagesOf({ chats }: Pick<HttpDeps, 'chats'>, { workspace, id }: StoredConversation['state']): AsyncGenerator<Message> {
  // `seq` has no holes, so a page forwards is the last ones before its end.
  for (let from = 1; ; from += PAGE) {
    const page = await chats.messagesBefore({ workspace, conversation: id, seq: from + PAGE, limit: PAGE });
    const next = page.filter(({ seq }) => seq >= from);
    for (const message of next) if (message.gone !== 'undone') yield message;
    if (next.length < PAGE) return;
  }
}

function lines(write: () => AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const source = write();
  return new ReadableStream({
    async pull(controller) {
      const next = await source.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await source.return(undefined);
    },
  });
}
