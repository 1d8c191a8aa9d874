/** What of a conversation goes out: to the team, and to its visitor. */
import type { Conversation, Delivery, Message, VisitorConversation, VisitorMessage } from '@foyer/protocol';
import type { ChatEvent, ChatState } from './state.ts';
import { ownerOf } from './state.ts';

export function conversationOf(state: ChatState): Conversation {
  const { phase, id, site, source, visitor, team, contact, tags, goals, startedAt, lastMessageAt, awaitingSince, seq, rev, shownRev } =
    state;
  return {
    id,
    site,
    source,
    visitor,
    status: phase.status,
    owner: ownerOf(state),
    team,
    contact,
    tags,
    goals,
    startedAt,
    lastMessageAt,
    awaitingSince,
    waitingSince: phase.status === 'unassigned' ? phase.since : 0,
    resolvedAt: phase.status === 'resolved' ? phase.at : 0,
    seq,
    rev,
    shownRev,
    marks: { visitor: state.visitorMarks, team: state.teamMarks },
    rating: state.rating,
    invitation: phase.status === 'invited' ? { by: phase.agent, at: phase.at, seenAt: phase.seenAt } : null,
    blockedUntil: state.blockedUntil,
  };
}

/** Name and picture of an agent or AI agent, as visitors may see them; '' for whoever is gone. */
export type Faces = (kind: 'agent' | 'ai', id: string) => { readonly name: string; readonly face: string };

export function visitorConversationOf(state: ChatState, faces: Faces): VisitorConversation {
  const { kind, id } = ownerOf(state);
  return {
    id: state.id,
    status: state.phase.status,
    owner: kind === 'nobody' ? null : { kind, ...faces(kind, id) },
    marks: { visitor: state.visitorMarks, team: state.teamMarks },
    rated: state.rating !== null,
    hasEmail: state.contact.email !== '',
    invitation: state.phase.status === 'invited',
  };
}

/** null: not for visitors. Ids of colleagues and teams stay inside, and so do the client ids of others. */
export function visitorMessageOf(message: Message, faces: Faces): VisitorMessage | null {
  const { from, body } = message;
  if (body.kind === 'note') return null;
  const shown = from.kind === 'agent' || from.kind === 'ai' ? faces(from.kind, from.id) : { name: '', face: '' };
  return {
    ...message,
    cid: from.kind === 'visitor' ? message.cid : '',
    from: { kind: from.kind, ...shown },
    body: body.kind === 'event' ? { ...body, whom: '' } : body,
  };
}

/** What became of a message of one side, by the other side's marks. */
export function deliveryOf(message: Pick<Message, 'seq' | 'from'>, marks: Conversation['marks']): Exclude<Delivery, 'sending' | 'failed'> {
  const { delivered, read } = message.from.kind === 'visitor' ? marks.team : marks.visitor;
  return message.seq <= read ? 'read' : message.seq <= delivered ? 'delivered' : 'sent';
}

const EMPTY = { kind: 'text', text: '' } as const;

/** A stored message after a decision; the same object when the decision is not about it. `rev`: of the state after. */
export function messageAfter(message: Message, event: ChatEvent, rev: number): Message {
  if (event.e !== 'edited' && event.e !== 'removed' && event.e !== 'answered') return message;
  if (event.seq !== message.seq) return message;
  if (event.e === 'edited') return { ...message, rev, body: event.body, editedAt: event.at };
  if (event.e === 'answered') return { ...message, rev, answeredBy: event.by };
  // Its words are gone for good; a note stays one, so that visitors are not told of its end either.
  const body = message.body.kind === 'note' ? { ...message.body, text: '', mentions: [] } : EMPTY;
  return { ...message, rev, body, gone: event.how };
}
