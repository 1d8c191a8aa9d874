import type { InboxEntry, Message } from '@foyer/protocol';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { chatApi } from '../../api/chat-api.ts';
import { useLive } from '../../app/live.ts';
import { useEntry } from '../../chat/use-chat.ts';
import { t } from '../../messages/catalogue.ts';
import { day, isSameDay, number, timeOfDay } from '../../messages/format.ts';
import { FailureNote } from '../../ui/failure.tsx';
import { zonedShort } from '../../words/zoned-time.ts';
import { StatusBadge } from '../status-badge.tsx';
import { ConversationLink } from './conversation-link.tsx';

const SHOWN_FIRST = 5;

/** Newest first, the present one too. `latest`: id of the newest that is known: another one is another question. */
export const conversationsQuery = (visitor: string, latest: string) =>
  queryOptions({
    queryKey: ['conversations', 'earlier', visitor, latest],
    queryFn: () => chatApi.conversations({ visitor }),
    staleTime: 0,
    gcTime: 60_000,
    retry: false,
  });

/** Conversations of this visitor besides the present one, each a way into the inbox. */
export function EarlierConversations({
  visitor,
  current,
  latest,
}: {
  readonly visitor: string;
  /** Id of the conversation shown above; '' when there is none. */
  readonly current: string;
  readonly latest: string;
}) {
  const { data, error, isPending } = useQuery(conversationsQuery(visitor, latest));
  const entries = (data?.entries ?? []).filter(({ conversation }) => conversation.id !== current);
  const words = { title: t.visit.conversations.title, none: t.visit.conversations.none };
  return <ConversationsSection entries={entries} error={error} isPending={isPending} words={words} />;
}

/** Conversations, newest first, each a way into the inbox. */
export function ConversationsSection({
  entries,
  error,
  isPending,
  words,
  zone,
}: {
  readonly entries: readonly InboxEntry[];
  readonly error: unknown;
  readonly isPending: boolean;
  readonly words: { readonly title: string; readonly none: string };
  /** Times are of this zone; absent: the browser's. */
  readonly zone?: string | undefined;
}) {
  const [all, setAll] = useState(false);
  const shown = all ? entries : entries.slice(0, SHOWN_FIRST);
  return (
    <section className="section" aria-label={words.title} data-testid="earlier-conversations">
      <h3 className="section-title">
        {words.title} {entries.length > 0 && <span className="tally">{number(entries.length)}</span>}
      </h3>
      {isPending ? (
        <div aria-hidden="true">
          <span className="skeleton" style={{ inlineSize: '62%', marginBlock: 10 }} />
        </div>
      ) : error ? (
        <FailureNote failure={error} />
      ) : entries.length === 0 ? (
        <p className="hint">{words.none}</p>
      ) : (
        <ul className="past-chats">
          {shown.map((entry) => (
            <PastChat key={entry.conversation.id} read={entry} zone={zone} />
          ))}
        </ul>
      )}
      {shown.length < entries.length && (
        <button className="button button-ghost button-sm" type="button" onClick={() => setAll(true)}>
          {t.visit.conversations.more(entries.length - shown.length)}
        </button>
      )}
    </section>
  );
}

function PastChat({ read, zone }: { readonly read: InboxEntry; readonly zone: string | undefined }) {
  const { client } = useLive();
  const { conversation, last } = useEntry(read.conversation.id) ?? read;
  const now = client.time.now() || conversation.lastMessageAt;
  const at = conversation.lastMessageAt;
  const when = zone === undefined ? (isSameDay(at, now) ? timeOfDay(at) : day(at, now)) : zonedShort(at, now, zone);
  return (
    <li>
      <ConversationLink id={conversation.id} className="past-chat" testId="earlier-conversation">
        <span className="past-chat-text">
          <bdi className="truncate">{wordsOf(last)}</bdi>
        </span>
        {conversation.status === 'invited' ? (
          <span className="badge" data-status="inactive">
            {t.visit.conversations.invited}
          </span>
        ) : (
          <StatusBadge status={conversation.status} waitingSince={conversation.awaitingSince} />
        )}
        <span className="past-chat-meta num">
          {conversation.source !== 'widget' && `${t.visit.conversations.sources[conversation.source]} · `}
          {when}
        </span>
      </ConversationLink>
    </li>
  );
}

/** The last thing somebody said, on one line. */
function wordsOf(message: Message | null): string {
  if (!message || message.gone !== '') return t.visit.conversations.wordless;
  const { body } = message;
  if ('text' in body && body.text !== '') return body.text;
  if (body.kind === 'attachment') return body.files[0]?.name ?? t.visit.conversations.file;
  if (body.kind === 'choice') return body.label;
  if (body.kind === 'submission') return body.values.map(({ value }) => value).join(', ');
  if (body.kind === 'rating') return '★'.repeat(body.stars);
  return t.visit.conversations.wordless;
}
