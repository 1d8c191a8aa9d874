import type { Marks } from '@foyer/protocol';
import type { ChatEvent, ChatState } from './state.ts';

const NONE: Marks = { delivered: 0, read: 0 };

/**
 * The state after one decision. `events`: all of it, in order; none leaves the state as it is.
 *
 * `rev` counts decisions and not events, so that whoever follows it sees a decision whole or not at all.
 * Throws on events that no `decide` answers: a conversation that begins twice, a hole in `seq`.
 */
export function evolve(state: ChatState | null, events: readonly ChatEvent[]): ChatState | null {
  if (events.length === 0) return state;
  const after = events.reduce<ChatState | null>(apply, state);
  if (after === null) throw new Error('a conversation begins with `started`');
  const rev = (state?.rev ?? 0) + 1;
  return { ...after, rev, shownRev: events.some(isShown) ? rev : after.shownRev };
}

/** Whether a visitor's screen changes by it. */
export function isShown(event: ChatEvent): boolean {
  switch (event.e) {
    case 'added':
      return event.message.body.kind !== 'note';
    case 'edited':
      return event.body.kind !== 'note';
    case 'removed':
      return !event.note;
    case 'tagged':
    case 'reached':
    case 'invitation_seen':
      return false;
    default:
      return true;
  }
}

function apply(state: ChatState | null, event: ChatEvent): ChatState | null {
  if (event.e === 'started') {
    if (state) throw new Error(`conversation ${state.id} begins twice`);
    const { e: _, at, ...origin } = event;
    return {
      ...origin,
      epoch: 1,
      tags: [],
      goals: [],
      startedAt: at,
      lastMessageAt: at,
      awaitingSince: 0,
      seq: 0,
      rev: 0,
      shownRev: 0,
      visitorMarks: NONE,
      teamMarks: NONE,
      visitorSeq: 0,
      rating: null,
      blockedUntil: 0,
    };
  }
  if (!state) return null;
  switch (event.e) {
    case 'added':
      return added(state, event);
    case 'moved':
      return moved(state, event);
    case 'marked':
      return event.side === 'visitor' ? { ...state, visitorMarks: event.marks } : { ...state, teamMarks: event.marks };
    case 'invitation_seen':
      return state.phase.status === 'invited' ? { ...state, phase: { ...state.phase, seenAt: event.at } } : state;
    case 'tagged':
      return { ...state, tags: event.tags };
    case 'reached':
      return { ...state, goals: event.goals };
    case 'introduced':
      return { ...state, contact: event.contact };
    case 'rated':
      return { ...state, rating: { stars: event.stars, comment: event.comment } };
    case 'blocked':
      return { ...state, blockedUntil: event.until };
    case 'edited':
    case 'removed':
    case 'answered':
      return state;
  }
}

function added(state: ChatState, { message }: Extract<ChatEvent, { e: 'added' }>): ChatState {
  if (message.seq !== state.seq + 1) throw new Error(`conversation ${state.id}: message ${message.seq} after ${state.seq}`);
  const next = { ...state, seq: message.seq };
  const { kind } = message.body;
  if (message.body.kind === 'event' && message.body.event === 'asked_for_person')
    return { ...next, awaitingSince: state.awaitingSince || message.at };
  if (kind === 'event' || kind === 'note') return next;
  const spoken = { ...next, lastMessageAt: Math.max(state.lastMessageAt, message.at) };
  if (message.from.kind !== 'visitor') return { ...spoken, awaitingSince: 0 };
  // A rating asks for no answer.
  const awaitingSince = kind === 'rating' ? state.awaitingSince : state.awaitingSince || message.at;
  return { ...spoken, visitorSeq: message.seq, awaitingSince };
}

function moved(state: ChatState, { phase, epoch, team }: Extract<ChatEvent, { e: 'moved' }>): ChatState {
  const reopened = state.phase.status === 'resolved' && phase.status !== 'resolved';
  const awaitingSince = phase.status === 'resolved' ? 0 : state.awaitingSince;
  // Each time it is resolved it can be rated anew.
  return { ...state, phase, epoch, team, awaitingSince, rating: reopened ? null : state.rating };
}
