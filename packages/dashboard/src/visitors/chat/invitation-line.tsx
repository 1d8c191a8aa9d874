import type { Conversation } from '@foyer/protocol';
import type { ReactNode } from 'react';
import { useMe } from '../../app/session.ts';
import { useConversation } from '../../chat/use-chat.ts';
import { t } from '../../messages/catalogue.ts';
import { timeOfDay } from '../../messages/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { orColleague, useMemberName } from './use-visitor-chat.ts';

/** What became of a first message: seen or not, answered, dismissed. */
export function InvitationLine({ conversation }: { readonly conversation: Conversation }) {
  const me = useMe();
  const { invitation, id } = conversation;
  const name = useMemberName(invitation?.by ?? '');
  if (!invitation) return <DismissedLine id={id} />;
  const at = timeOfDay(invitation.at);
  return (
    <Line state={invitation.seenAt > 0 ? 'seen' : 'sent'} icon={invitation.seenAt > 0 ? 'eye' : 'send'}>
      {invitation.by === me.user.id ? t.visit.invite.byYou(at) : t.visit.invite.by(orColleague(name), at)}
      {' · '}
      {invitation.seenAt > 0 ? t.visit.invite.seen(timeOfDay(invitation.seenAt)) : t.visit.invite.notSeen}
    </Line>
  );
}

/** An invitation that is over without an answer is a conversation of hardly more than itself. */
const MOST_EVENTS = 4;
export const mayBeDismissed = ({ status, seq }: Conversation): boolean => status === 'resolved' && seq <= MOST_EVENTS;

function DismissedLine({ id }: { readonly id: string }) {
  const open = useConversation(id);
  const message = open?.messages.findLast(({ body }) => body.kind === 'event' && body.event === 'dismissed');
  if (!message) return null;
  return (
    <Line state="dismissed" icon="x">
      {t.visit.invite.state}
      {' · '}
      {t.visit.invite.dismissed(timeOfDay(message.at))}
    </Line>
  );
}

function Line({
  state,
  icon,
  children,
}: {
  readonly state: 'sent' | 'seen' | 'dismissed';
  readonly icon: 'eye' | 'send' | 'x';
  readonly children: ReactNode;
}) {
  return (
    <p className="invitation-line" role="status" data-testid="invitation" data-state={state}>
      <Icon name={icon} size="sm" />
      <span>{children}</span>
    </p>
  );
}
