import { conversationOf } from '@foyer/domain/chat';
import { CHAT_LIMITS, InboxQuery, MessagesQuery, TranscriptMailBody, TranscriptQuery } from '@foyer/protocol';
import type { StoredConversation } from '../../../ports/chat-store.ts';
import type { Actor } from '../../../team/sessions.ts';
import { ConversationsAnswer, InboxAnswer, InboxEntryAnswer, MessagesAnswer } from '../chat-answers.ts';
import { entriesOf, messageOf, numbersOf } from '../chat-shapes.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { inboxElsewhere } from '../inbox-elsewhere.ts';
import { REFUSALS, refuse, reply } from '../replies.ts';
import { transcriptAsJson, transcriptAsText } from '../transcript.ts';

/** Of one visitor: more is a search. */
const MOST_OF_VISITOR = 100;
/** `seq` of no message: before it stand all. */
const END = Number.MAX_SAFE_INTEGER;

export function conversationsRoutes({ guarded }: Endpoints, deps: HttpDeps): void {
  const { chats, chat, directory, team, mailer, store, clock } = deps;
  const own = (actor: Actor, id: string): Promise<StoredConversation | null> => chats.conversation({ workspace: actor.workspace, id });

  guarded({
    method: 'get',
    path: '/conversations',
    tag: 'Conversations',
    access: 'chat',
    status: 200,
    query: InboxQuery,
    answer: InboxAnswer,
    summary: 'The inbox, a page at a time',
    about:
      'Newest first, or with `sort=waiting` those in which somebody waits, longest first. Lists are comma-separated; within one any, between them all. `assignee=none`: nobody’s. `text` looks into names, addresses and transcripts. `visit=none`: those that have no visit on the map; a page may then be short, and goes on while there is a `next`.',
    async handle({ actor, query }) {
      const { visit, sort, after, limit, ...filter } = query;
      const q = { workspace: actor.workspace, agent: actor.user.id, filter, sort, after, limit };
      const page = await (visit === 'none' ? inboxElsewhere(deps, q) : chats.inbox(q));
      return reply({ entries: await entriesOf(deps, q.workspace, page.entries), next: page.next });
    },
  });

  guarded({
    method: 'get',
    path: '/conversations/:id',
    tag: 'Conversations',
    access: 'chat',
    status: 200,
    answer: InboxEntryAnswer,
    summary: 'One conversation, as a line of the inbox',
    async handle({ actor, param }) {
      const stored = await chats.entry({ workspace: actor.workspace, agent: actor.user.id, id: param('id') });
      if (stored === null) return REFUSALS.notFound;
      const [entry] = await entriesOf(deps, actor.workspace, [stored]);
      return entry ? reply(entry) : REFUSALS.notFound;
    },
  });

  guarded({
    method: 'get',
    path: '/conversations/:id/messages',
    tag: 'Conversations',
    access: 'chat',
    status: 200,
    query: MessagesQuery,
    answer: MessagesAnswer,
    summary: 'A piece of a transcript',
    about: `The last ${CHAT_LIMITS.pageMessages}; those \`before\` a \`seq\`; or with \`after\` a \`rev\`, everything that changed since, oldest change first.`,
    async handle({ actor, query, param }) {
      const stored = await own(actor, param('id'));
      if (stored === null) return REFUSALS.notFound;
      const { limit, after, before } = query;
      const q = { workspace: actor.workspace, conversation: stored.state.id };
      const shown = (messages: readonly Parameters<typeof messageOf>[2][]) =>
        messages.map((message) => messageOf(chat, q.conversation, message));
      const conversation = conversationOf(stored.state);
      if (after !== undefined) {
        const { messages, rev, more } = await chats.messagesAfter({ ...q, rev: after, limit });
        return reply({ conversation, messages: shown(messages), rev, more });
      }
      const messages = await chats.messagesBefore({ ...q, seq: before ?? END, limit });
      return reply({ conversation, messages: shown(messages), rev: stored.state.rev, more: (messages[0]?.seq ?? 1) > 1 });
    },
  });

  guarded({
    method: 'get',
    path: '/visitors/:id/conversations',
    tag: 'Conversations',
    access: 'chat',
    status: 200,
    answer: ConversationsAnswer,
    summary: 'Conversations of a visitor, newest first',
    about: `At most ${MOST_OF_VISITOR}.`,
    async handle({ actor, param }) {
      const found = await chats.conversationsOf({ workspace: actor.workspace, visitor: param('id'), limit: MOST_OF_VISITOR });
      return reply(found.map(({ state }) => conversationOf(state)));
    },
  });

  guarded({
    method: 'get',
    path: '/conversations/:id/transcript',
    tag: 'Conversations',
    access: 'chat',
    status: 200,
    query: TranscriptQuery,
    produces: ['text/plain', 'application/json'],
    summary: 'A whole conversation as a file',
    about:
      'As JSON with everything in it, for machines. As text for people, in the workspace’s time zone, and without the team’s notes unless `notes=yes`, because texts are passed on.',
    async handle({ actor, query, param }) {
      const stored = await own(actor, param('id'));
      if (stored === null) return REFUSALS.notFound;
      const [people, teams, numbers] = await Promise.all([
        team.members(actor.workspace),
        chats.teams(actor.workspace),
        numbersOf(deps, actor.workspace, [stored.state]),
      ]);
      const members = new Map(people.map(({ id, name }) => [id, name]));
      const q = {
        stored,
        number: numbers(stored.state) ?? 0,
        teamOf: (id: string) => teams.find((one) => one.id === id)?.name ?? '',
        teamNames: new Set(people.map(({ name }) => name.toLowerCase())),
        hasNotes: query.notes === 'yes',
        timeZone: directory.settings(actor.workspace)?.timeZone ?? 'UTC',
        nameOf: (kind: 'agent' | 'ai', id: string) => members.get(id) ?? (id === '' ? '' : chat.faces(kind, id).name),
        site: directory.site(stored.state.site)?.name ?? '',
        now: clock.now(),
      };
      const isJson = query.format === 'json';
      await store.audit({
        workspace: actor.workspace,
        user: actor.user.id,
        at: q.now,
        action: 'conversation.export',
        detail: `${stored.state.id} as ${query.format}`,
      });
      return reply(
        new Response(isJson ? transcriptAsJson(deps, q) : transcriptAsText(deps, q), {
          headers: { 'content-type': isJson ? 'application/json' : 'text/plain; charset=utf-8' },
        }),
        { 'content-disposition': `attachment; filename="conversation-${stored.state.id}.${isJson ? 'json' : 'txt'}"` },
      );
    },
  });

  guarded({
    method: 'post',
    path: '/conversations/:id/transcript',
    tag: 'Conversations',
    access: 'chat',
    status: 204,
    body: TranscriptMailBody,
    refuses: [409, 429],
    summary: 'Send a conversation by mail, without its notes',
    async handle({ actor, body, param }) {
      const done = await mailer.transcript({ workspace: actor.workspace, conversation: param('id'), to: body.email });
      if (done === 'not_found') return REFUSALS.notFound;
      if (done === 'mail_off') return refuse(409, 'mail_off', 'Mail is not set up. An owner or admin does that in Settings → Mail.');
      if (done === 'too_many')
        return refuse(429, 'too_fast', 'Too many mails of this conversation. Try again in an hour.', { retryAfterMs: 3_600_000 });
      return reply(undefined);
    },
  });
}
