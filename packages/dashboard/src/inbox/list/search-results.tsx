import { fold } from '@foyer/domain/rules';
import type { FoundMessage, InboxEntry } from '@foyer/protocol';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useDeferredValue, useEffect, useState } from 'react';
import { chatApi } from '../../api/chat-api.ts';
import { chatSearchQuery } from '../../api/chat-queries.ts';
import { useLive } from '../../app/live.ts';
import { useChat, useKnownEntry } from '../../chat/use-chat.ts';
import { t } from '../../messages/catalogue.ts';
import { day, hoursMinutes, isSameDay } from '../../messages/format.ts';
import { FailureNote } from '../../ui/failure.tsx';
import { ConversationBadge } from '../conversation-badge.tsx';
import { authorName, nameOf, type People } from '../people.ts';
import { SourceMark } from '../source-mark.tsx';
import { VisitorFace } from '../visitor-face.tsx';
import { useVisitOf } from '../visits.tsx';
import { ConversationRow, GhostConversation } from './conversation-row.tsx';
import { markedParts, searchedText } from './found-words.ts';

/** Asked when the typing rests for this long. */
const REST_MS = 180;
/** People and addresses that fit; more are found by typing on. */
const MOST_PEOPLE = 8;
const ROW_PX = 76;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Everything that was ever written, and who wrote it. */
export function SearchResults({
  query,
  chosen,
  at,
  people,
}: {
  readonly query: string;
  readonly chosen: string | null;
  /** `seq` of the message that is shown; '': none. */
  readonly at: string;
  readonly people: People;
}) {
  const chat = useChat();
  const text = useRested(query.trim());
  const found = useInfiniteQuery(chatSearchQuery(text));
  const persons = useQuery({
    queryKey: ['conversations', 'named', text],
    enabled: text !== '',
    staleTime: 0,
    queryFn: ({ signal }) => chatApi.conversations({ text, limit: 50 }, signal),
  });
  const messages = found.data?.pages.flatMap((page) => page.found) ?? [];
  const named = (persons.data?.entries ?? []).filter((entry) => isNamed(entry, text)).slice(0, MOST_PEOPLE);
  useEffect(() => {
    for (const entry of persons.data?.entries ?? []) chat.entries.put(entry);
  }, [chat, persons.data]);
  const isPending = text !== query.trim() || found.isPending || persons.isPending;
  const count = named.length + messages.length;
  const deferred = useDeferredValue(messages);
  return (
    <div className="conversations-scroll goes-stale" data-testid="search-results" aria-busy={isPending}>
      <p className="visually-hidden" role="status">
        {isPending ? t.inbox.found.searching : t.inbox.found.results(count)}
      </p>
      {isPending && count === 0 && (
        <ul className="conversation-ghosts">
          {Array.from({ length: 4 }, (_, i) => (
            <GhostConversation key={i} nth={i} />
          ))}
        </ul>
      )}
      {!isPending && <FailureNote failure={found.error ?? persons.error} />}
      {!isPending && count === 0 && !found.error && (
        <div className="list-note" data-testid="nothing-found">
          <b>{t.inbox.empty.search}</b>
          <p>{t.inbox.empty.searchText}</p>
        </div>
      )}
      {named.length > 0 && (
        <section className="list-section" style={{ height: 28 + named.length * ROW_PX }}>
          <h2 className="list-heading">{t.inbox.found.people}</h2>
          <ul className="conversation-rows">
            {named.map(({ conversation: { id } }, i) => (
              <ConversationRow
                key={id}
                id={id}
                top={i * ROW_PX}
                position={i + 1}
                total={named.length}
                isChosen={id === chosen}
                goalMs={0}
                people={people}
              />
            ))}
          </ul>
        </section>
      )}
      {deferred.length > 0 && (
        <section>
          <h2 className="list-heading">{t.inbox.found.messages}</h2>
          <ul>
            {deferred.map((one) => (
              <Found
                key={`${one.conversation.id} ${one.message.seq}`}
                found={one}
                text={text}
                isChosen={one.conversation.id === chosen && String(one.message.seq) === at}
                people={people}
              />
            ))}
          </ul>
          {found.hasNextPage && (
            <button
              className="button button-ghost button-sm more-found"
              type="button"
              disabled={found.isFetchingNextPage}
              onClick={() => void found.fetchNextPage()}
            >
              {t.inbox.moreFound}
            </button>
          )}
        </section>
      )}
    </div>
  );
}

/** Found by who it is, not by what was said: that is below. */
function isNamed({ conversation: { contact, tags } }: InboxEntry, text: string): boolean {
  const said = fold([contact.name, contact.email, ...tags].join(' '));
  return said.includes(fold(text));
}

/** One hit: who, when, the words around it, and of which conversation they are. */
function Found({
  found,
  text,
  isChosen,
  people,
}: {
  readonly found: FoundMessage;
  readonly text: string;
  readonly isChosen: boolean;
  readonly people: People;
}) {
  const { message } = found;
  const { client } = useLive();
  // What the inbox knows of it runs on; what was found stands still.
  const entry = useKnownEntry(found.conversation.id);
  const conversation = entry?.conversation ?? found.conversation;
  const visit = useVisitOf(conversation.visitor);
  const name = nameOf(conversation, visit, found.n ?? entry?.n ?? 0);
  const now = client.time.now() || message.at;
  return (
    <li>
      <Link
        className="found"
        aria-current={isChosen ? 'true' : undefined}
        to="/inbox/$conversation"
        params={{ conversation: conversation.id }}
        search={(search) => ({ ...search, at: String(message.seq) })}
        data-testid="found-message"
        data-conversation={conversation.id}
        data-seq={message.seq}
      >
        <VisitorFace name={name} visit={visit} />
        <span className="found-who">
          <b className="truncate">
            <bdi>{name}</bdi>
          </b>
          <time className="num">{isSameDay(message.at, now) ? hoursMinutes(message.at, zone) : day(message.at, now)}</time>
        </span>
        <span className="found-text" dir="auto">
          {message.from.kind !== 'visitor' && <span className="by">{t.inbox.byName(authorName(message.from, name, people))} </span>}
          <Marked text={searchedText(message)} words={text} />
        </span>
        <span className="conversation-row-meta">
          <ConversationBadge conversation={conversation} />
          <SourceMark source={conversation.source} />
        </span>
      </Link>
    </li>
  );
}

function Marked({ text, words }: { readonly text: string; readonly words: string }) {
  return markedParts(text, words).map((part, i) => (part.isHit ? <mark key={i}>{part.text}</mark> : part.text));
}

function useRested(value: string): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
