import { fold } from '@foyer/domain/rules';
import type { FoundMessage, InboxEntry } from '@foyer/protocol';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useDeferredValue, useEffect, useState } from 'react';
import { chatApi } from '../../api/chat-api.ts';
import { chatSearchQuery } from '../../api/chat-queries.ts';
import { useLive } from '../../app/live.ts';
import { useChat } from '../../chat/use-chat.ts';
import { t } from '../../messages/catalogue.ts';
import { day, hoursMinutes, isSameDay } from '../../messages/format.ts';
import { FailureNote } from '../../ui/failure.tsx';
import { authorName, lastWords, nameOf, type People } from '../people.ts';
import { ConversationRow, GhostConversation } from './conversation-row.tsx';

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
  people,
}: {
  readonly query: string;
  readonly chosen: string | null;
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
              <Found key={`${one.conversation.id} ${one.message.seq}`} found={one} text={text} people={people} />
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

function Found({ found, text, people }: { readonly found: FoundMessage; readonly text: string; readonly people: People }) {
  const { conversation, message } = found;
  const { client } = useLive();
  const name = nameOf(conversation);
  const now = client.time.now() || message.at;
  return (
    <li>
      <Link
        className="found"
        to="/inbox/$conversation"
        params={{ conversation: conversation.id }}
        search={(search) => ({ ...search, at: String(message.seq) })}
        data-testid="found-message"
        data-conversation={conversation.id}
        data-seq={message.seq}
      >
        <span className="found-who">
          <b className="truncate">
            <bdi>{name}</bdi>
          </b>
          <time className="num">{isSameDay(message.at, now) ? hoursMinutes(message.at, zone) : day(message.at, now)}</time>
        </span>
        <span className="found-text" dir="auto">
          {message.from.kind !== 'visitor' && <span className="by">{t.inbox.byName(authorName(message.from, name, people))} </span>}
          <Marked text={lastWords(message).text} words={text} />
        </span>
      </Link>
    </li>
  );
}

/** What lies around the first hit, with the hits marked. */
function Marked({ text, words }: { readonly text: string; readonly words: string }) {
  const folded = words
    .split(/\s+/)
    .map(fold)
    .filter((word) => word !== '');
  // Folding keeps places only where it keeps length; elsewhere the text stands unmarked.
  const chars = Array.from(text);
  const plain = chars.map((c) => fold(c).slice(0, 1) || ' ').join('');
  const hits = folded.flatMap((word) => {
    const at = plain.search(new RegExp(`(?<![\\p{L}\\p{N}])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 'u'));
    return at < 0 ? [] : [[at, at + word.length] as const];
  });
  const from = Math.max(0, (hits.length > 0 ? Math.min(...hits.map(([at]) => at)) : 0) - 30);
  const parts: { text: string; hit: boolean }[] = [];
  for (const [i, c] of chars.slice(from, from + 180).entries()) {
    const hit = hits.some(([a, b]) => i + from >= a && i + from < b);
    const last = parts.at(-1);
    if (last?.hit === hit) last.text += c;
    else parts.push({ text: c, hit });
  }
  return (
    <>
      {from > 0 && '…'}
      {parts.map((part, i) => (part.hit ? <mark key={i}>{part.text}</mark> : part.text))}
    </>
  );
}

function useRested(value: string): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
