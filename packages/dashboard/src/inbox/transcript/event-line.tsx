import type { Author, Message } from '@foyer/protocol';
import { t } from '../../messages/catalogue.ts';
import { Icon } from '../../ui/icons.tsx';
import { duration } from '../../words/time.ts';
import { InboxIcon, type InboxIconName } from '../inbox-icon.tsx';
import { firstName, type People } from '../people.ts';
import { Clock } from './transcript-line.tsx';

type EventBody = Extract<Message['body'], { kind: 'event' }>;

/** What happened, small and centred; what the visitor did (clicked, rated), small on the visitor's side. */
export function EventLine({
  message,
  waitedMs,
  visitor,
  people,
}: {
  readonly message: Message;
  /** How long somebody had waited who was accepted now; 0: no matter. */
  readonly waitedMs: number;
  readonly visitor: string;
  readonly people: People;
}) {
  const { body, from, at } = message;
  if (body.kind === 'choice')
    return (
      <li className="event event-visitor" data-testid="event" data-event="choice" data-seq={message.seq}>
        <InboxIcon name="click" />
        <span>
          {t.inbox.events.clicked(firstName(visitor))} <b dir="auto">{body.label}</b>
        </span>
        <Clock at={at} />
      </li>
    );
  if (body.kind === 'rating')
    return (
      <li className="event event-visitor event-rating" data-testid="event" data-event="rating" data-seq={message.seq}>
        <span>
          {t.inbox.events.rated(firstName(visitor))}{' '}
          <b className="stars" role="img" aria-label={t.inbox.stars(body.stars)}>
            {'★'.repeat(body.stars)}
            <span className="stars-left">{'★'.repeat(5 - body.stars)}</span>
          </b>
        </span>
        <Clock at={at} />
        {body.comment !== '' && (
          <q className="rating-comment" dir="auto">
            {body.comment}
          </q>
        )}
      </li>
    );
  if (body.kind !== 'event') return null;
  const isWaited = body.event === 'accepted' && from.kind === 'agent' && waitedMs >= 1_000;
  return (
    <li className="event" data-testid="event" data-event={body.event} data-seq={message.seq}>
      <EventIcon event={body.event} />
      <span>
        {isWaited ? (
          <>
            {t.inbox.events.acceptedAfter(whoOf(from, visitor, people))} <b className="num">{duration(waitedMs)}</b>{' '}
            {t.inbox.events.inQueue}
          </>
        ) : (
          eventWord(body, from, visitor, people)
        )}
      </span>
      <Clock at={at} />
    </li>
  );
}

const ICONS: Partial<Record<EventBody['event'], InboxIconName>> = {
  accepted: 'assign',
  assigned: 'assign',
  taken_over: 'hand',
  transferred: 'transfer',
  released: 'transfer',
  requeued: 'transfer',
  handed_to_ai: 'ai',
  asked_for_person: 'hand',
  invited: 'widget',
};
function EventIcon({ event }: { readonly event: EventBody['event'] }) {
  const icon = ICONS[event];
  if (icon) return <InboxIcon name={icon} />;
  if (event === 'resolved' || event === 'ended') return <Icon name="check" />;
  if (event === 'blocked' || event === 'unblocked') return <Icon name="ban" />;
  if (event === 'introduced') return <Icon name="user" />;
  return <Icon name="retry" />;
}

const whoOf = (from: Author, visitor: string, people: People): string =>
  from.kind === 'agent' ? people.short(from.id) : from.kind === 'ai' ? t.inbox.ai : firstName(visitor);

/** One sentence for what happened. */
function eventWord({ event, whom }: EventBody, from: Author, visitor: string, people: People): string {
  const e = t.inbox.events;
  const who = whoOf(from, visitor, people);
  const agent = (id: string): string => (id === people.self ? t.inbox.youLow : firstName(people.agent(id)));
  switch (event) {
    case 'invited':
      return e.invited(who);
    case 'dismissed':
      return e.dismissed;
    case 'accepted':
      return from.kind === 'visitor' ? e.acceptedInvitation : e.accepted(who);
    case 'assigned':
      return from.kind === 'system' ? e.assignedByQueue(agent(whom)) : e.assigned(who, agent(whom));
    case 'transferred':
      return e.transferred(who, people.teams.some(({ id }) => id === whom) ? people.team(whom) : whom === '' ? t.inbox.aTeam : agent(whom));
    case 'released':
      return e.released(who);
    case 'requeued':
      return e.requeued(agent(whom));
    case 'taken_over':
      return people.agents.some(({ id }) => id === whom) ? e.takenOver(who, agent(whom)) : e.tookOver(who);
    case 'handed_to_ai':
      return e.handedToAi;
    case 'asked_for_person':
      return e.askedForPerson;
    case 'resolved':
      return from.kind === 'system' ? e.resolvedByItself : e.resolved(who);
    case 'ended':
      return e.ended;
    case 'reopened':
      return from.kind === 'agent' ? e.reopened(who) : e.reopenedByVisitor;
    case 'blocked':
      return e.blocked(who);
    case 'unblocked':
      return e.unblocked(who);
    case 'introduced':
      return e.introduced;
  }
}
