import { fail, ok } from '../result.ts';
import { reach } from '../rules/reach.ts';
import type { ChatCommand, ChatFacts, Origin } from './command.ts';
import * as messages from './messages.ts';
import { type Command, type Decision, message, refuse } from './messages.ts';
import * as ownership from './ownership.ts';
import { evolve } from './evolve.ts';
import type { ChatEvent, ChatState, Phase, Started } from './state.ts';

/**
 * What a command does to a conversation, or why it does nothing.
 *
 * Shape: events in order, for `evolve`; `[]` when it is done already (a repeated accept, a mark that was passed), so doing it twice
 * does no harm. A message repeated after its receipt was lost is the store's to know, by its client id.
 * Refusals are values; it never throws. Rules: CH1–CH24.
 */
export function decide(state: ChatState | null, command: ChatCommand, facts: ChatFacts): Decision {
  if (command.c === 'start' || command.c === 'invite') return state ? refuse('has_conversation', state.id) : begin(command, facts);
  if (!state) return refuse('not_found');
  switch (command.c) {
    case 'say':
    case 'choose':
    case 'submit':
      return speak(state, command, facts);
    case 'note':
      return messages.note(state, command, facts);
    case 'edit':
      return messages.edit(state, command, facts);
    case 'remove':
      return messages.remove(state, command, facts);
    case 'rate':
      return messages.rate(state, command, facts);
    case 'mark':
      return messages.mark(state, command);
    case 'introduce':
      return introduce(state, command, facts);
    case 'tag':
      return tag(state, command);
    case 'reach':
      return reached(state, command);
    case 'see_invitation':
      return state.phase.status === 'invited' && state.phase.seenAt === 0 ? ok([{ e: 'invitation_seen', at: facts.now }]) : ok([]);
    case 'dismiss_invitation':
      return ownership.dismissInvitation(state, command, facts);
    case 'accept':
      return ownership.accept(state, command, facts);
    case 'assign':
      return ownership.assign(state, command, facts);
    case 'transfer':
      return ownership.transfer(state, command, facts);
    case 'release':
      return ownership.release(state, command, facts);
    case 'requeue':
      return ownership.requeue(state, command, facts);
    case 'take_over':
      return ownership.takeOver(state, command, facts);
    case 'hand_to_ai':
      return ownership.handToAi(state, command, facts);
    case 'ask_for_person':
      return ownership.askForPerson(state, command, facts);
    case 'resolve':
      return ownership.resolve(state, command, facts);
    case 'reopen':
      return ownership.reopen(state, command, facts);
    case 'block':
      return ownership.block(state, command, facts);
    case 'unblock':
      return ownership.unblock(state, command, facts);
  }
}

/**
 * Whether a visitor's next message goes into this conversation, their latest one. `new`: it is over for good.
 *
 * Over for good: resolved longer than `reopenForMs` ago, or resolved and cookieless (whoever writes then may be somebody else).
 */
export function continuation(latest: ChatState | null, facts: Pick<ChatFacts, 'now' | 'reopenForMs'>): 'goes_on' | 'new' {
  if (!latest) return 'new';
  if (latest.phase.status !== 'resolved' || latest.blockedUntil > facts.now) return 'goes_on';
  return latest.cookieless || facts.now - latest.phase.at > facts.reopenForMs ? 'new' : 'goes_on';
}

function begin(command: Command<'start' | 'invite'>, facts: ChatFacts): Decision {
  const { origin, by, cid, words } = command;
  if (by.kind === 'visitor' && (words.kind === 'buttons' || words.kind === 'form')) return refuse('not_allowed');
  const body = messages.bodyOf(words, facts);
  if (!body.ok) return body;
  const { now } = facts;
  const { ai, ...rest } = origin;
  const started: Started = { e: 'started', ...rest, phase: firstPhase(command, origin, now), at: now };
  const empty = { seq: 0, rev: 0 };
  if (command.c === 'invite') {
    const said = message(empty, 2, by, cid, body.value, now);
    return ok([started, message(empty, 1, by, '', { kind: 'event', event: 'invited', whom: '' }, now), said]);
  }
  const said = message(empty, 1, by, cid, body.value, now);
  if (ai === '') return ok([started, said]);
  return ok([started, said, message(empty, 2, { kind: 'system' }, '', { kind: 'event', event: 'handed_to_ai', whom: ai }, now)]);
}

function firstPhase(command: Command<'start' | 'invite'>, { ai }: Origin, now: number): Phase {
  if (command.c === 'invite') return { status: 'invited', agent: command.by.id, at: now, seenAt: 0 };
  return ai === '' ? { status: 'unassigned', since: now } : { status: 'ai', ai, since: now };
}

/** A visitor's word reopens what is resolved and accepts an invitation; then it is said as any other. */
function speak(state: ChatState, command: Command<'say' | 'choose' | 'submit'>, facts: ChatFacts): Decision {
  const opening = command.by.kind === 'visitor' && state.blockedUntil <= facts.now ? openingOf(state, facts) : ok([]);
  if (!opening.ok) return opening;
  const opened = evolve(state, opening.value) ?? state;
  // One decision, one `rev`: what is said counts on from the state before it.
  const nth = opened.seq - state.seq + 1;
  const at = { ...opened, seq: state.seq, rev: state.rev };
  const said =
    command.c === 'say'
      ? messages.say(at, command, facts, nth)
      : command.c === 'choose'
        ? messages.choose(at, command, facts, nth)
        : messages.submit(at, command, facts, nth);
  return said.ok ? ok([...opening.value, ...said.value]) : fail(said.error);
}

function openingOf(state: ChatState, facts: ChatFacts): Decision {
  const { phase } = state;
  const by = { kind: 'visitor' } as const;
  const { now } = facts;
  if (phase.status === 'invited') {
    return ok(
      ownership.move(
        state,
        { phase: { status: 'assigned', agent: phase.agent, since: now }, by, event: 'accepted', whom: phase.agent },
        now,
      ),
    );
  }
  if (phase.status !== 'resolved') return ok([]);
  if (facts.openElsewhere !== '') return refuse('has_conversation', facts.openElsewhere);
  if (continuation(state, facts) === 'new') return refuse('resolved');
  return ok(ownership.move(state, { phase: { status: 'unassigned', since: now }, by, event: 'reopened' }, now));
}

/** What is verified is overwritten by nothing typed. */
function introduce(state: ChatState, { by, contact }: Command<'introduce'>, { now }: ChatFacts): Decision {
  if (by.kind === 'visitor' && state.blockedUntil > now) return refuse('blocked');
  // Somebody verified types what the site did not say, and nothing else.
  const isFixed = by.kind === 'visitor' && state.contact.verified;
  const said = {
    name: (isFixed && state.contact.name) || (contact.name ?? state.contact.name),
    email: (isFixed && state.contact.email) || (contact.email ?? state.contact.email),
    verified: by.kind === 'system' ? (contact.verified ?? state.contact.verified) : state.contact.verified,
  };
  const { name, email, verified } = state.contact;
  if (said.name === name && said.email === email && said.verified === verified) return ok([]);
  const events: ChatEvent[] = [{ e: 'introduced', contact: said }];
  if (by.kind === 'visitor') events.push(message(state, 1, by, '', { kind: 'event', event: 'introduced', whom: '' }, now));
  return ok(events);
}

function tag(state: ChatState, { tags }: Command<'tag'>): Decision {
  const distinct = [...new Set(tags)];
  const same = distinct.length === state.tags.length && distinct.every((name, i) => name === state.tags[i]);
  return same ? ok([]) : ok([{ e: 'tagged', tags: distinct }]);
}

/** Each counts once, with its first time and value, as on a visit; nobody's word is needed for it, and its visitor does not hear of it. */
function reached(state: ChatState, command: Command<'reach'>): Decision {
  const goals = reach(state.goals, command.reached);
  return goals === state.goals ? ok([]) : ok([{ e: 'reached', goals }]);
}
