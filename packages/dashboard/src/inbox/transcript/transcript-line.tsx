import { deliveryOf } from '@foyer/domain/chat';
import type { Conversation, Delivery, Message } from '@foyer/protocol';
import { memo } from 'react';
import { useLive } from '../../app/live.ts';
import type { OutgoingMessage } from '../../chat/chat-types.ts';
import { useChat } from '../../chat/use-chat.ts';
import { t } from '../../messages/catalogue.ts';
import { day, hoursMinutes, isSameDay, timeOfDay, weekday } from '../../messages/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Icon } from '../../ui/icons.tsx';
import { initials } from '../../words/names.ts';
import { MessageActions, UndoSend } from '../composer/message-actions.tsx';
import { InboxIcon } from '../inbox-icon.tsx';
import { authorName, firstName, isNumbered, type People } from '../people.ts';
import { EventLine } from './event-line.tsx';
import { GoalLine } from './goal-line.tsx';
import { MessageContent } from './message-body.tsx';
import type { TranscriptItem } from './transcript-items.ts';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

interface LineProps {
  readonly item: TranscriptItem;
  readonly conversation: Conversation;
  readonly name: string;
  readonly people: People;
}

/** One line of a transcript. */
export const TranscriptLine = memo(function TranscriptLine({ item, conversation, name, people }: LineProps) {
  switch (item.kind) {
    case 'day':
      return (
        <li className="day">
          <DayWord at={item.at} />
        </li>
      );
    case 'new':
      return (
        <li className="new-line" data-testid="new-line">
          <span>{t.inbox.newHere}</span>
        </li>
      );
    case 'goal':
      return <GoalLine reached={item.reached} site={conversation.site} />;
    case 'event':
      return <EventLine message={item.message} waitedMs={item.waitedMs} visitor={name} people={people} />;
    case 'message':
      return <MessageLine {...item} conversation={conversation} name={name} people={people} />;
    case 'outgoing':
      return <OutgoingLine outgoing={item.outgoing} isContinued={item.isContinued} conversation={conversation} people={people} />;
  }
});

function DayWord({ at }: { readonly at: number }) {
  const { client } = useLive();
  const now = client.time.now() || at;
  const word = isSameDay(at, now)
    ? t.inbox.today
    : isSameDay(at, now - 86_400_000)
      ? t.inbox.yesterday
      : t.inbox.day(day(at, now), weekday(at));
  return <time dateTime={new Date(at).toISOString().slice(0, 10)}>{word}</time>;
}

export function Clock({ at }: { readonly at: number }) {
  return (
    <time className="num" dateTime={new Date(at).toISOString()} title={`${day(at, 0)}, ${timeOfDay(at)}`}>
      {hoursMinutes(at, zone)}
    </time>
  );
}

const sideOf = ({ from, body }: Message): string => (body.kind === 'note' ? 'note' : from.kind === 'system' ? 'agent' : from.kind);

function MessageLine({
  message,
  isContinued,
  delivery,
  answer,
  asked,
  conversation,
  name,
  people,
}: Extract<TranscriptItem, { kind: 'message' }> & Omit<LineProps, 'item'>) {
  const { from, body } = message;
  const side = sideOf(message);
  const isOwn = from.kind === 'agent' && from.id === people.self;
  const isRead = isOwn && body.kind !== 'note' && deliveryOf(message, conversation.marks) === 'read';
  const mentions = body.kind === 'note' ? body.mentions.map(people.agent) : [];
  return (
    <li
      className={`message message-${side}${isContinued ? ' is-continued' : ''}`}
      data-testid="message"
      data-seq={message.seq}
      data-from={from.kind}
      data-kind={body.kind}
    >
      {!isContinued && <Face message={message} name={name} people={people} />}
      <p className={isContinued ? 'visually-hidden' : 'message-by'}>
        <bdi>{from.kind === 'visitor' ? firstName(name) : authorName(from, name, people)}</bdi>
        {body.kind === 'note' && (
          <span className="kind">
            <Icon name="lock" size="xs" />
            {isOwn ? t.inbox.onlyTeam : t.inbox.note}
          </span>
        )}
        <Clock at={message.at} />
      </p>
      {message.gone === 'deleted' ? (
        <div className="bubble bubble-gone">
          <Icon name="trash" size="xs" />
          {t.inbox.deleted}
        </div>
      ) : (
        <MessageContent body={body} answer={answer} asked={asked} mentions={mentions} />
      )}
      {(delivery !== null || message.editedAt > 0 || isOwn) && (
        <div className="delivery-line">
          {message.editedAt > 0 && message.gone === '' && <span className="edited">{t.inbox.edited}</span>}
          {delivery && <DeliveryWord delivery={delivery} />}
          {isOwn && message.gone === '' && (
            <>
              <UndoSend conversation={conversation.id} message={message} isRead={isRead} />
              <MessageActions conversation={conversation.id} message={message} isRead={isRead} />
            </>
          )}
        </div>
      )}
    </li>
  );
}

function Face({ message, name, people }: { readonly message: Message; readonly name: string; readonly people: People }) {
  const { from } = message;
  if (from.kind === 'agent') return <Avatar name={people.agent(from.id)} />;
  if (from.kind === 'visitor')
    return (
      <span className="avatar avatar-visitor" aria-hidden="true">
        {isNumbered(name) ? <Icon name="user" size="sm" /> : initials(name)}
      </span>
    );
  return (
    <span className="avatar avatar-ai" aria-hidden="true">
      <InboxIcon name="ai" size="sm" />
    </span>
  );
}

const TICKS: Readonly<Record<Delivery, 'clock' | 'check' | 'ticks' | 'warn'>> = {
  sending: 'clock',
  failed: 'warn',
  sent: 'check',
  delivered: 'ticks',
  read: 'ticks',
};
function DeliveryWord({ delivery }: { readonly delivery: Delivery }) {
  const icon = TICKS[delivery];
  return (
    <span className={`delivery delivery-${delivery}`} data-testid="delivery" data-state={delivery}>
      {icon === 'ticks' ? <InboxIcon name={icon} size="sm" /> : <Icon name={icon} size="sm" />}
      {t.inbox.delivery[delivery]}
    </span>
  );
}

/** Own words that the server has not acknowledged yet. */
function OutgoingLine({
  outgoing,
  isContinued,
  conversation,
  people,
}: {
  readonly outgoing: OutgoingMessage;
  readonly isContinued: boolean;
  readonly conversation: Conversation;
  readonly people: People;
}) {
  const chat = useChat();
  const { body, failed, cid } = outgoing;
  const mentions = body.kind === 'note' ? body.mentions.map(people.agent) : [];
  return (
    <li
      className={`message message-${body.kind === 'note' ? 'note' : 'agent'}${isContinued ? ' is-continued' : ''} is-outgoing`}
      data-testid="outgoing"
      data-failed={failed ?? undefined}
    >
      {!isContinued && <Avatar name={people.agent(people.self)} />}
      <p className={isContinued ? 'visually-hidden' : 'message-by'}>
        {t.inbox.you}
        {body.kind === 'note' && (
          <span className="kind">
            <Icon name="lock" size="xs" />
            {t.inbox.onlyTeam}
          </span>
        )}
        <Clock at={outgoing.at} />
      </p>
      <MessageContent body={body} mentions={mentions} />
      <div className="delivery-line" role={failed ? 'alert' : undefined}>
        <DeliveryWord delivery={failed ? 'failed' : 'sending'} />
        {failed && (
          <>
            <span className="failed-why">{t.inbox.refusals[failed]}</span>
            <button className="link-button" type="button" data-testid="send-again" onClick={() => chat.sayAgain(conversation.id, cid)}>
              <Icon name="retry" size="xs" />
              {t.inbox.sendAgain}
            </button>
            <button className="link-button" type="button" onClick={() => chat.drop(conversation.id, cid)}>
              {t.inbox.discard}
            </button>
          </>
        )}
      </div>
    </li>
  );
}
