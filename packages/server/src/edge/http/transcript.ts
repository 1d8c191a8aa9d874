/** A whole conversation as a file: read a page at a time, so that a long one costs no memory. */
import { conversationOf } from '@foyer/domain/chat';
import type { Message } from '@foyer/protocol';
import type { StoredConversation } from '../../ports/chat-store.ts';
import { messageOf } from './chat-shapes.ts';
import type { HttpDeps } from './deps.ts';
import { type TextOptions, TranscriptText } from './transcript-text.ts';

const PAGE = 200;

interface Export extends Omit<TextOptions, 'state'> {
  readonly stored: StoredConversation;
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

/** For people, as `TranscriptText` writes it; with the team's notes only where they are asked for, since texts are passed on. */
export function transcriptAsText(deps: Pick<HttpDeps, 'chats'>, q: Export & { readonly hasNotes: boolean }): ReadableStream<Uint8Array> {
  const text = new TranscriptText({ ...q, state: q.stored.state });
  return lines(async function* () {
    yield text.head();
    for await (const message of messagesOf(deps, q.stored.state))
      if (q.hasNotes || message.body.kind !== 'note') yield text.message(message);
  });
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
