import type { Author, InboxEntry, Site } from '@foyer/protocol';
import { memo } from 'react';
import { useLive } from '../../app/live.ts';
import { useEntry, useVisitorTyping } from '../../chat/use-chat.ts';
import { ConversationBadge } from '../../inbox/conversation-badge.tsx';
import { entryName, firstName, lastWords, type People } from '../../inbox/people.ts';
import { SourceMark } from '../../inbox/source-mark.tsx';
import { t } from '../../messages/catalogue.ts';
import { day, hoursMinutes, isSameDay } from '../../messages/format.ts';
import { Flag } from '../../ui/flag.tsx';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

interface RowProps {
  readonly id: string;
  readonly top: number;
  /** 1-based, in its stretch. */
  readonly position: number;
  /** -1: not known yet. */
  readonly total: number;
  readonly isChosen: boolean;
  readonly isCursor: boolean;
  readonly goalMs: number;
  readonly sites: readonly Site[];
  readonly people: People;
}

/** One conversation: who, in which state; what was said last, and when; from where. */
export const ElsewhereRow = memo(function ElsewhereRow({ id, top, position, total, isChosen, isCursor, goalMs, sites, people }: RowProps) {
  const entry = useEntry(id);
  if (!entry) return null;
  const { conversation } = entry;
  const site = sites.length > 1 ? (sites.find((one) => one.id === conversation.site)?.name ?? '') : '';
  return (
    <div
      id={`chat-${id}`}
      className="elsewhere-row"
      role="option"
      aria-selected={isChosen}
      aria-setsize={total}
      aria-posinset={position}
      data-testid="elsewhere-row"
      data-conversation={id}
      data-status={conversation.status}
      data-cursor={isCursor || undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span className="elsewhere-name">
        <bdi className="truncate">{entryName(entry)}</bdi>
        {entry.country !== undefined && entry.country !== '' && <Flag country={entry.country} />}
      </span>
      <ConversationBadge conversation={conversation} goalMs={goalMs} />
      <LastWords entry={entry} people={people} />
      <When at={conversation.lastMessageAt} />
      <span className="elsewhere-from">
        <SourceMark source={conversation.source} />
        {site !== '' && <bdi className="site truncate">{site}</bdi>}
      </span>
    </div>
  );
});

function When({ at }: { readonly at: number }) {
  const { client } = useLive();
  const now = client.time.now() || at;
  return (
    <time className="elsewhere-when num" dateTime={new Date(at).toISOString()}>
      {isSameDay(at, now) ? hoursMinutes(at, zone) : day(at, now)}
    </time>
  );
}

function LastWords({ entry, people }: { readonly entry: InboxEntry; readonly people: People }) {
  const typing = useVisitorTyping(entry.conversation.id);
  const { last } = entry;
  const by = last ? byWord(last.from, people) : '';
  return (
    <span className="elsewhere-text truncate" dir="auto">
      {typing ? (
        t.inbox.isTyping(firstName(entryName(entry)))
      ) : last ? (
        <>
          {by !== '' && `${by} `}
          {/* As much as a line can ever show: a text of 8 kB would be laid out in each row. */}
          {lastWords(last).text.slice(0, 160)}
        </>
      ) : (
        t.inbox.last.nothing
      )}
    </span>
  );
}

/** Who said it, before the words; the visitor needs no name here. */
function byWord({ kind, id }: Author, people: People): string {
  if (kind === 'agent') return id === people.self ? t.inbox.byYou : t.inbox.byName(people.short(id));
  return kind === 'ai' ? t.inbox.byName(t.inbox.ai) : '';
}

/** A row that has not come yet. */
export function GhostChat({ nth }: { readonly nth: number }) {
  return (
    <div className="elsewhere-row elsewhere-ghost" aria-hidden="true" style={{ transform: `translateY(${nth * 72}px)` }}>
      <span className="skeleton" style={{ inlineSize: `${34 + ((nth * 37) % 30)}%` }} />
      <span className="skeleton" style={{ inlineSize: `${58 + ((nth * 53) % 34)}%` }} />
      <span className="skeleton" style={{ inlineSize: `${22 + ((nth * 29) % 20)}%` }} />
    </div>
  );
}
