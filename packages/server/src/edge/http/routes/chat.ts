import { conversationOf } from '@foyer/domain/chat';
import { ChangesQuery, CHAT_COUNTS_QUERY, ChatSearchQuery, type FoundMessage } from '@foyer/protocol';
import { ChangesAnswer, CountsAnswer, FoundAnswer } from '../chat-answers.ts';
import { entriesOf, messageOf, numbersOf } from '../chat-shapes.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { REFUSALS, reply } from '../replies.ts';

/** What is asked about all conversations together. */
export function chatRoutes({ guarded }: Endpoints, deps: HttpDeps): void {
  const { chats, chat, directory } = deps;

  guarded({
    method: 'get',
    path: '/chat/search',
    tag: 'Conversations',
    access: 'chat',
    status: 200,
    query: ChatSearchQuery,
    answer: FoundAnswer,
    summary: 'Search over all transcripts, newest message first',
    about: 'Every word must be in the message, as a word or the beginning of one; case and accents do not matter.',
    async handle({ actor, query: { text, after, limit } }) {
      const { found, next } = await chats.search({ workspace: actor.workspace, text, after, limit });
      const states = found.map(({ conversation }) => conversation.state);
      const numberOf = await numbersOf(deps, actor.workspace, states);
      const shown = found.map(({ conversation: { state }, message }): FoundMessage => {
        const n = numberOf(state);
        return { conversation: conversationOf(state), message: messageOf(chat, state.id, message), ...(n === undefined ? {} : { n }) };
      });
      return reply({ found: shown, next });
    },
  });

  guarded({
    method: 'get',
    path: '/chat/changes',
    tag: 'Conversations',
    access: 'chat',
    status: 200,
    query: ChangesQuery,
    answer: ChangesAnswer,
    summary: 'Conversations that changed after a `chatSeq`, oldest change first',
    about:
      'For whoever has missed a `chat.change` of the console socket. A `chatSeq` below the one asked for: the store is another one, begin anew.',
    async handle({ actor, query: { after, limit } }) {
      // First: what changes between the two is in the entries all the same.
      const head = (await chats.heads()).get(actor.workspace) ?? 0;
      const q = { workspace: actor.workspace, agent: actor.user.id, chatSeq: after };
      const found = await chats.changesAfter({ ...q, limit: limit + 1 });
      const shown = found.slice(0, limit);
      const more = found.length > limit;
      const last = shown.at(-1)?.chatSeq ?? 0;
      return reply({ chatSeq: more ? last : Math.max(head, last), entries: await entriesOf(deps, actor.workspace, shown), more });
    },
  });

  guarded({
    method: 'get',
    path: '/chat/counts',
    tag: 'Conversations',
    access: 'chat',
    status: 200,
    query: CHAT_COUNTS_QUERY,
    answer: CountsAnswer,
    summary: 'How many conversations there are now, and how many wait for the asking agent',
    async handle({ actor, query: { site } }) {
      const { workspace, user } = actor;
      if (site !== undefined && directory.site(site)?.workspace !== workspace) return REFUSALS.notFound;
      const { active, elsewhere, unassigned, byAgent } = chat.counts(workspace, site);
      const unread = await chats.unread({ workspace, agent: user.id });
      return reply({ active, elsewhere, unassigned, mine: byAgent.get(user.id) ?? 0, unread });
    },
  });
}
