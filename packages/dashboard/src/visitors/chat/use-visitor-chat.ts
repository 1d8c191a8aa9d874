import type { Conversation, Detail, Row } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { chatAgentsQuery } from '../../api/chat-queries.ts';
import { useColleagues } from '../../app/live.ts';
import { useMe } from '../../app/session.ts';
import { useChat, useConversationOfVisitor, useEntry } from '../../chat/use-chat.ts';
import { t } from '../../messages/catalogue.ts';

const ACTIVE: readonly Conversation['status'][] = ['unassigned', 'assigned', 'ai'];
export const isActive = ({ status }: Pick<Conversation, 'status'>): boolean => ACTIVE.includes(status);

/** A visitor's latest conversation: the one their visit shows, else the one under their id. undefined: not known yet; null: none. */
export function useVisitorChat(visit: Pick<Row, 'visitor'> & Partial<Pick<Detail, 'chat'>>): Conversation | null | undefined {
  const shown = useEntry(visit.chat ?? '');
  const latest = useConversationOfVisitor(visit.visitor);
  const entry = shown && latest ? (shown.conversation.startedAt > latest.conversation.startedAt ? shown : latest) : (shown ?? latest);
  return entry === undefined || entry === null ? entry : entry.conversation;
}

const NOBODY: readonly string[] = [];

/** Names of the others who are writing a first message to this visitor. */
export function useInviters(visitor: string): readonly string[] {
  const { self } = useChat();
  const colleagues = useColleagues();
  const names = [...colleagues].flatMap(([id, { name, inviting }]) => (id !== self && inviting?.includes(visitor) ? [name] : []));
  return names.length === 0 ? NOBODY : names;
}

/** A colleague's name; '' when it is not known yet, or they are no longer a member. */
export function useMemberName(id: string): string {
  const me = useMe();
  const { data: agents = [] } = useQuery(chatAgentsQuery);
  const online = useColleagues();
  return me.user.id === id ? me.user.name : (agents.find((one) => one.id === id)?.name ?? online.get(id)?.name ?? '');
}
export const orColleague = (name: string): string => name || t.visit.invite.aColleague;
