import { Link } from '@tanstack/react-router';
import type { InboxEntry } from '@foyer/protocol';
import { memo } from 'react';
import { useLive } from '../../app/live.ts';
import { useEntry, useVisitorTyping } from '../../chat/use-chat.ts';
import { t } from '../../messages/catalogue.ts';
import { day, hoursMinutes, isSameDay } from '../../messages/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Flag } from '../../ui/flag.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ConversationBadge } from '../conversation-badge.tsx';
import { InboxIcon } from '../inbox-icon.tsx';
import { entryName, firstName, lastWords, type People } from '../people.ts';
import { SourceMark } from '../source-mark.tsx';
import { VisitorFace } from '../visitor-face.tsx';
import { useVisitOf } from '../visits.tsx';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const MOST_UNREAD = 99;

interface RowProps {
  readonly id: string;
  readonly top: number;
  readonly position: number;
  readonly total: number;
  readonly isChosen: boolean;
  readonly goalMs: number;
  readonly people: People;
}

/** One conversation: who and when, what was said, what needs doing. The text gives way, never the status. */
export const ConversationRow = memo(function ConversationRow({ id, top, position, total, isChosen, goalMs, people }: RowProps) {
  const entry = useEntry(id);
  if (!entry) return null;
  const { status, owner } = entry.conversation;
  // What an AI agent or a colleague answers asks nothing of this agent.
  const isUnread = entry.unread > 0 && !isChosen && (status === 'unassigned' || owner.id === people.self);
  return (
    <li
      className="conversation-item"
      style={{ transform: `translateY(${top}px)` }}
      aria-setsize={total}
      aria-posinset={position}
      data-testid="conversation-row"
      data-conversation={id}
      data-status={status}
      data-unread={entry.unread}
    >
      <Link
        to="/inbox/$conversation"
        params={{ conversation: id }}
        search={({ at: _, ...search }) => search}
        className={`conversation-row${isUnread ? ' is-unread' : ''}${status === 'resolved' ? ' is-resolved' : ''}`}
        aria-current={isChosen ? 'true' : undefined}
        draggable={false}
      >
        <RowContent entry={entry} isUnread={isUnread} goalMs={goalMs} people={people} />
      </Link>
    </li>
  );
});

function RowContent({
  entry,
  isUnread,
  goalMs,
  people,
}: {
  readonly entry: InboxEntry;
  readonly isUnread: boolean;
  readonly goalMs: number;
  readonly people: People;
}) {
  const { conversation } = entry;
  const visit = useVisitOf(conversation.visitor);
  const name = entryName(entry, visit);
  const country = visit?.country ?? entry.country ?? '';
  const { owner, status } = conversation;
  return (
    <>
      <VisitorFace name={name} visit={visit} />
      <span className="conversation-row-name">
        <b>
          <bdi>{name}</bdi>
        </b>
        {conversation.contact.verified && (
          <span className="verified-mark" role="img" aria-label={t.inbox.verified}>
            <Icon name="shield" size="sm" />
          </span>
        )}
        {country !== '' && <Flag country={country} />}
      </span>
      <When at={conversation.lastMessageAt} />
      <LastLine entry={entry} name={name} people={people} />
      <span className="conversation-row-meta">
        <ConversationBadge conversation={conversation} goalMs={goalMs} />
        <SourceMark source={conversation.source} />
        {status === 'unassigned' && conversation.team !== '' && (
          <span className="assignee" title={t.inbox.teamOf(people.team(conversation.team))}>
            <bdi className="truncate">{people.team(conversation.team)}</bdi>
          </span>
        )}
        {isUnread ? (
          <b className="unread num">
            <span aria-hidden="true">{entry.unread > MOST_UNREAD ? t.inbox.unreadMost : entry.unread}</span>
            <span className="visually-hidden">{t.inbox.unread(entry.unread)}</span>
          </b>
        ) : (
          owner.kind === 'agent' && (
            <span className="assignee" title={t.inbox.assignedTo(people.agent(owner.id))}>
              <Avatar name={people.agent(owner.id)} size="xs" />
              <bdi className="truncate">{people.short(owner.id)}</bdi>
            </span>
          )
        )}
      </span>
    </>
  );
}

function When({ at }: { readonly at: number }) {
  const { client } = useLive();
  const now = client.time.now() || at;
  return (
    <time className="num" dateTime={new Date(at).toISOString()}>
      {isSameDay(at, now) ? hoursMinutes(at, zone) : day(at, now)}
    </time>
  );
}

function LastLine({ entry, name, people }: { readonly entry: InboxEntry; readonly name: string; readonly people: People }) {
  const typing = useVisitorTyping(entry.conversation.id);
  const { last } = entry;
  if (typing)
    return (
      <span className="conversation-row-text is-typing">
        <TypingDots />
        {t.inbox.isTyping(firstName(name))}
      </span>
    );
  if (!last) return <span className="conversation-row-text">{t.inbox.last.nothing}</span>;
  const { text, icon } = lastWords(last);
  const { from } = last;
  return (
    <span className="conversation-row-text" dir="auto">
      {from.kind === 'agent' && (
        <span className="by">{from.id === people.self ? t.inbox.byYou : t.inbox.byName(people.short(from.id))} </span>
      )}
      {from.kind === 'ai' && <span className="by">{t.inbox.byName(t.inbox.ai)} </span>}
      {icon && <InboxIcon name={icon} size="sm" />}
      {/* As much as a line can ever show: a text of 8 kB would be laid out in each row. */}
      {text.slice(0, 160)}
    </span>
  );
}

const TypingDots = () => (
  <span className="typing-dots" aria-hidden="true">
    <i />
    <i />
    <i />
  </span>
);

/** A row that has not come yet. */
export function GhostConversation({ nth }: { readonly nth: number }) {
  return (
    <li className="conversation-ghost" aria-hidden="true">
      <span className="skeleton ghost-face" />
      <span className="skeleton" style={{ inlineSize: `${34 + ((nth * 37) % 30)}%` }} />
      <span className="skeleton" style={{ inlineSize: `${58 + ((nth * 53) % 34)}%` }} />
      <span className="skeleton" style={{ inlineSize: `${38 + ((nth * 29) % 20)}%` }} />
    </li>
  );
}
