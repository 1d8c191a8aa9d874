/** Decisions about who is in charge: accept, assign, transfer, release, take over, hand to an AI agent, resolve, reopen, block. */
import type { ChatEventKind } from '@foyer/protocol';
import { ok } from '../result.ts';
import type { Actor, ChatFacts } from './command.ts';
import { type Command, type Decision, message, refuse } from './messages.ts';
import { type ChatEvent, type ChatState, ownerOf, type Phase } from './state.ts';

interface Move {
  readonly phase: Phase;
  readonly by: Actor;
  readonly event: ChatEventKind;
  /** User id, AI agent or team concerned. */
  readonly whom?: string;
  readonly team?: string;
}

/** The change of phase and its line in the transcript. A new epoch whenever somebody else may answer than before. */
export function move(state: ChatState, { phase, by, event, whom = '', team = state.team }: Move, now: number): readonly ChatEvent[] {
  const [before, after] = [ownerOf(state), ownerOf({ phase, epoch: 0 })];
  const epoch = before.kind === after.kind && before.id === after.id ? state.epoch : state.epoch + 1;
  return [{ e: 'moved', phase, epoch, team }, message(state, 1, by, '', { kind: 'event', event, whom }, now)];
}

const isFull = ({ load, capacity }: ChatFacts): boolean => load >= capacity;

/** Of an unassigned one. Two at once: the first in the store wins, the second is told who. */
export function accept(state: ChatState, { by, anyway }: Command<'accept'>, facts: ChatFacts): Decision {
  const { phase } = state;
  if (phase.status === 'assigned' && phase.agent === by.id) return ok([]);
  if (phase.status === 'resolved') return refuse('resolved', phase.lastAgent);
  if (phase.status !== 'unassigned') return refuse('taken', ownerOf(state).id);
  if (isFull(facts) && !anyway) return refuse('at_capacity', by.id);
  return ok(move(state, { phase: { status: 'assigned', agent: by.id, since: facts.now }, by, event: 'accepted' }, facts.now));
}

/**
 * To an agent. The queue gives what is unassigned to who is here and has room; a colleague may give on what anybody has, to whoever
 * has room, and with `anyway` to whoever has not.
 */
export function assign(state: ChatState, { by, agent, anyway }: Command<'assign'>, facts: ChatFacts): Decision {
  const { phase } = state;
  if (phase.status === 'assigned' && phase.agent === agent) return ok([]);
  if (phase.status === 'resolved') return refuse('resolved', phase.lastAgent);
  if (phase.status === 'invited') return refuse('taken', phase.agent);
  if (by.kind === 'system' && phase.status !== 'unassigned') return refuse('taken', ownerOf(state).id);
  if (by.kind === 'system' && facts.awaySince > 0) return refuse('not_available', agent);
  if (isFull(facts) && (by.kind === 'system' || !anyway)) return refuse('at_capacity', agent);
  const event = phase.status === 'unassigned' ? 'assigned' : 'transferred';
  return ok(move(state, { phase: { status: 'assigned', agent, since: facts.now }, by, event, whom: agent }, facts.now));
}

/** To a team's queue. By whoever has it, or by anybody while nobody has. */
export function transfer(state: ChatState, { by, team }: Command<'transfer'>, { now }: ChatFacts): Decision {
  const { phase } = state;
  if (phase.status === 'unassigned' && state.team === team) return ok([]);
  const refusal = phase.status === 'unassigned' && by.kind === 'agent' ? null : notHis(state, by);
  if (refusal) return refusal;
  return ok(move(state, { phase: waiting(state, now), by, event: 'transferred', whom: team, team }, now));
}

/** Back to the queue, by its owner. An AI agent that does not know further does the same. */
export function release(state: ChatState, { by }: Command<'release'>, { now }: ChatFacts): Decision {
  if (state.phase.status === 'unassigned') return ok([]);
  return notHis(state, by) ?? ok(move(state, { phase: waiting(state, now), by, event: 'released' }, now));
}

/** Somebody waits in it and its agent left: it goes back to the queue, with the time already waited. */
export function requeue(state: ChatState, { by }: Command<'requeue'>, { now, awaySince, requeueAfterMs }: ChatFacts): Decision {
  const { phase } = state;
  if (phase.status !== 'assigned' || state.awaitingSince === 0) return ok([]);
  if (awaySince === 0 || now - awaySince < requeueAfterMs) return ok([]);
  return ok(move(state, { phase: waiting(state, now), by, event: 'requeued', whom: phase.agent }, now));
}

/** Any agent, at any moment, from an AI agent or a colleague. Never refused for lack of room: somebody has decided to step in. */
export function takeOver(state: ChatState, { by }: Command<'take_over'>, { now }: ChatFacts): Decision {
  const { phase } = state;
  if (phase.status === 'assigned' && phase.agent === by.id) return ok([]);
  if (phase.status === 'resolved') return refuse('resolved', phase.lastAgent);
  if (phase.status === 'invited') return refuse('taken', phase.agent);
  const whom = ownerOf(state).id;
  return ok(move(state, { phase: { status: 'assigned', agent: by.id, since: now }, by, event: 'taken_over', whom }, now));
}

export function handToAi(state: ChatState, { by, ai }: Command<'hand_to_ai'>, { now }: ChatFacts): Decision {
  const { phase } = state;
  if (phase.status === 'ai' && phase.ai === ai) return ok([]);
  if (phase.status !== 'unassigned') {
    const refusal = by.kind === 'system' ? refuse('taken', ownerOf(state).id) : phase.status === 'ai' ? null : notHis(state, by);
    if (refusal) return refusal;
  }
  return ok(move(state, { phase: { status: 'ai', ai, since: now }, by, event: 'handed_to_ai', whom: ai }, now));
}

export function askForPerson(state: ChatState, { by }: Command<'ask_for_person'>, { now }: ChatFacts): Decision {
  if (state.blockedUntil > now) return refuse('blocked');
  if (state.phase.status === 'resolved') return refuse('resolved');
  if (state.phase.status !== 'ai') return ok([]);
  return ok(move(state, { phase: waiting(state, now), by, event: 'asked_for_person' }, now));
}

/** By any agent, by the AI agent that has it, by its visitor (who ends the chat), or by a rule. */
export function resolve(state: ChatState, { by }: Command<'resolve'>, { now }: ChatFacts): Decision {
  const { phase } = state;
  if (phase.status === 'resolved') return ok([]);
  if (by.kind === 'ai') {
    const refusal = notHis(state, by);
    if (refusal) return refusal;
  }
  const owner = ownerOf(state);
  const lastAgent = owner.kind === 'agent' ? owner.id : by.kind === 'agent' ? by.id : '';
  const event = by.kind === 'visitor' ? 'ended' : 'resolved';
  return ok(move(state, { phase: { status: 'resolved', at: now, lastAgent }, by, event }, now));
}

/** By an agent, whose it then is; a visitor reopens it by writing. */
export function reopen(state: ChatState, { by }: Command<'reopen'>, { now, openElsewhere }: ChatFacts): Decision {
  const { phase } = state;
  if (phase.status === 'assigned' && phase.agent === by.id) return ok([]);
  if (phase.status !== 'resolved') return refuse('taken', ownerOf(state).id);
  if (openElsewhere !== '') return refuse('has_conversation', openElsewhere);
  return ok(move(state, { phase: { status: 'assigned', agent: by.id, since: now }, by, event: 'reopened' }, now));
}

/** Its visitor may not write until then; the conversation is over. */
export function block(state: ChatState, { by, until }: Command<'block'>, facts: ChatFacts): Decision {
  if (until <= facts.now) return refuse('not_allowed');
  if (until === state.blockedUntil) return ok([]);
  const blocked: ChatEvent = { e: 'blocked', until };
  const { phase } = state;
  if (phase.status === 'resolved')
    return ok([blocked, message(state, 1, by, '', { kind: 'event', event: 'blocked', whom: '' }, facts.now)]);
  const lastAgent = ownerOf(state).kind === 'agent' ? ownerOf(state).id : by.id;
  return ok([blocked, ...move(state, { phase: { status: 'resolved', at: facts.now, lastAgent }, by, event: 'blocked' }, facts.now)]);
}

export function unblock(state: ChatState, { by }: Command<'unblock'>, { now }: ChatFacts): Decision {
  if (state.blockedUntil === 0) return ok([]);
  return ok([{ e: 'blocked', until: 0 }, message(state, 1, by, '', { kind: 'event', event: 'unblocked', whom: '' }, now)]);
}

export function dismissInvitation(state: ChatState, { by }: Command<'dismiss_invitation'>, { now }: ChatFacts): Decision {
  const { phase } = state;
  if (phase.status !== 'invited') return ok([]);
  // Whoever puts the words away has read them: no badge goes on counting them, no mail repeats them.
  const marked: ChatEvent = { e: 'marked', side: 'visitor', marks: { delivered: state.seq, read: state.seq } };
  return ok([marked, ...move(state, { phase: { status: 'resolved', at: now, lastAgent: phase.agent }, by, event: 'dismissed' }, now)]);
}

/** Whoever waits already keeps the place that the wait gives. */
const waiting = (state: ChatState, now: number): Phase => ({ status: 'unassigned', since: state.awaitingSince || now });

function notHis(state: ChatState, by: Actor): ReturnType<typeof refuse> | null {
  const { phase } = state;
  if (phase.status === 'resolved') return refuse(by.kind === 'ai' ? 'stale_owner' : 'resolved', phase.lastAgent);
  const owner = ownerOf(state);
  if (by.kind === 'ai')
    return owner.kind === 'ai' && owner.id === by.id && owner.epoch === by.epoch ? null : refuse('stale_owner', owner.id);
  return by.kind === 'agent' && owner.kind === 'agent' && owner.id === by.id && phase.status !== 'invited'
    ? null
    : refuse('not_owner', owner.id);
}
