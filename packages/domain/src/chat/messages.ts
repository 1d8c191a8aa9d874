/** Decisions about messages: who may say what, edit, take back, answer, rate. */
import type { Author, Message, MessageBody } from '@foyer/protocol';
import { fail, ok, type Result } from '../result.ts';
import type { Actor, ChatCommand, ChatFacts, Words } from './command.ts';
import { type ChatEvent, type ChatState, ownerOf, type Refusal } from './state.ts';

export type Decision = Result<readonly ChatEvent[], Refusal>;
export const refuse = (code: Refusal['code'], who = ''): { readonly ok: false; readonly error: Refusal } => fail({ code, who });
export type Command<C extends ChatCommand['c']> = Extract<ChatCommand, { c: C }>;

const authorOf = (by: Actor): Author => ({ kind: by.kind, id: by.kind === 'agent' || by.kind === 'ai' ? by.id : '' });

/** A message to be added as the `nth` of this decision, from 1. */
export function message(
  state: Pick<ChatState, 'seq' | 'rev'>,
  nth: number,
  from: Actor,
  cid: string,
  body: MessageBody,
  at: number,
): ChatEvent {
  return {
    e: 'added',
    message: { seq: state.seq + nth, rev: state.rev + 1, at, from: authorOf(from), cid, body, editedAt: 0, gone: '', answeredBy: 0 },
  };
}

/** What the words become with the files they name. */
export function bodyOf(words: Words, facts: ChatFacts): Result<MessageBody, Refusal> {
  if (words.kind !== 'attachment') return ok(words);
  const files = words.files.flatMap((id) => facts.files.find((file) => file.id === id) ?? []);
  const distinct = new Set(words.files).size;
  if (files.length === 0 || files.length < words.files.length || distinct < words.files.length) return refuse('bad_file');
  return ok({ kind: 'attachment', text: words.text, files });
}

/**
 * Whether `by` may put a message before the visitor now; null: yes. The one place where speaking is allowed.
 *
 * A visitor may unless blocked (a resolved conversation is reopened before, see `decide`); of all others the owner only, and an AI
 * agent only under the ownership it began under: an answer that comes after somebody took over is never shown.
 */
export function maySpeak(state: ChatState, by: Exclude<Actor, { kind: 'system' }>, now: number): Refusal | null {
  const { phase } = state;
  if (by.kind === 'visitor') return state.blockedUntil > now ? { code: 'blocked', who: '' } : null;
  const owner = ownerOf(state);
  if (by.kind === 'ai') {
    if (owner.kind === 'ai' && owner.id === by.id && owner.epoch === by.epoch) return null;
    return { code: 'stale_owner', who: owner.id };
  }
  if (phase.status === 'resolved') return { code: 'resolved', who: phase.lastAgent };
  return owner.kind === 'agent' && owner.id === by.id ? null : { code: 'not_owner', who: owner.id };
}

export function say(state: ChatState, { by, cid, words }: Command<'say'>, facts: ChatFacts, nth = 1): Decision {
  const refusal = maySpeak(state, by, facts.now);
  if (refusal) return fail(refusal);
  if (by.kind === 'visitor' && (words.kind === 'buttons' || words.kind === 'form')) return refuse('not_allowed');
  const body = bodyOf(words, facts);
  return body.ok ? ok([message(state, nth, by, cid, body.value, facts.now)]) : body;
}

const isOwn = (target: Message, by: Actor): boolean => target.from.kind === by.kind && target.from.id === authorOf(by).id;

export function edit(state: ChatState, { by, text }: Command<'edit'>, { target, now }: ChatFacts): Decision {
  if (!target || target.gone !== '') return refuse('not_found');
  if (!isOwn(target, by)) return refuse('not_yours');
  const { body } = target;
  // Buttons and forms were maybe answered as they were.
  if (body.kind !== 'text' && body.kind !== 'note' && body.kind !== 'attachment') return refuse('not_allowed');
  if (by.kind === 'visitor' && state.blockedUntil > now) return refuse('blocked');
  return body.text === text ? ok([]) : ok([{ e: 'edited', seq: target.seq, body: { ...body, text }, at: now }]);
}

/** Deleting leaves a place in the transcript; undoing, just after sending, leaves nothing. */
export function remove(_state: ChatState, { by, how }: Command<'remove'>, { target, now, undoForMs }: ChatFacts): Decision {
  if (!target) return refuse('not_found');
  if (!isOwn(target, by)) return refuse('not_yours');
  if (target.gone !== '') return ok([]);
  const { kind } = target.body;
  if (kind === 'event' || kind === 'choice' || kind === 'submission' || kind === 'rating') return refuse('not_allowed');
  if (how === 'delete') return ok([{ e: 'removed', seq: target.seq, how: 'deleted', note: kind === 'note' }]);
  // What was answered cannot be as if never sent.
  if (now - target.at > undoForMs || target.answeredBy > 0) return refuse('too_late');
  return ok([{ e: 'removed', seq: target.seq, how: 'undone', note: kind === 'note' }]);
}

export function choose(state: ChatState, { by, cid, to, button }: Command<'choose'>, facts: ChatFacts, nth = 1): Decision {
  const { target } = facts;
  if (!target || target.body.kind !== 'buttons' || target.gone !== '') return refuse('not_answerable');
  if (target.answeredBy > 0) return refuse('already_answered');
  const chosen = target.body.buttons.find(({ id }) => id === button);
  if (!chosen) return refuse('bad_answer');
  return answer(state, { by, cid, to, nth }, facts, { kind: 'choice', to, button, label: chosen.label });
}

export function submit(state: ChatState, { by, cid, to, values }: Command<'submit'>, facts: ChatFacts, nth = 1): Decision {
  const { target } = facts;
  if (!target || target.body.kind !== 'form' || target.gone !== '') return refuse('not_answerable');
  if (target.answeredBy > 0) return refuse('already_answered');
  const { fields } = target.body;
  if (values.some(({ id }) => !fields.some((field) => field.id === id))) return refuse('bad_answer');
  const filled = fields.map((field) => ({ field, value: values.find(({ id }) => id === field.id)?.value.trim() ?? '' }));
  for (const { field, value } of filled) {
    if (value === '' ? field.required : field.type === 'choice' && !field.choices.includes(value)) return refuse('bad_answer');
  }
  const kept = filled.filter(({ value }) => value !== '').map(({ field: { id, label }, value }) => ({ id, label, value }));
  return answer(state, { by, cid, to, nth }, facts, { kind: 'submission', to, values: kept });
}

function answer(
  state: ChatState,
  { by, cid, to, nth }: { by: Extract<Actor, { kind: 'visitor' }>; cid: string; to: number; nth: number },
  { now }: ChatFacts,
  body: MessageBody,
): Decision {
  const refusal = maySpeak(state, by, now);
  if (refusal) return fail(refusal);
  return ok([message(state, nth, by, cid, body, now), { e: 'answered', seq: to, by: state.seq + nth }]);
}

export function rate(state: ChatState, { by, cid, stars, comment }: Command<'rate'>, { now }: ChatFacts): Decision {
  if (state.blockedUntil > now) return refuse('blocked');
  if (state.phase.status === 'invited') return refuse('not_allowed');
  if (state.rating) return refuse('already_rated');
  return ok([message(state, 1, by, cid, { kind: 'rating', stars, comment }, now), { e: 'rated', stars, comment }]);
}

export function note(state: ChatState, { by, cid, text, mentions }: Command<'note'>, { now }: ChatFacts): Decision {
  return ok([message(state, 1, by, cid, { kind: 'note', text, mentions: [...new Set(mentions)] }, now)]);
}

/** How far a side has read: monotone, never beyond what there is, and what was read was delivered. */
export function mark(state: ChatState, { by, delivered, read }: Command<'mark'>): Decision {
  const side = by.kind === 'visitor' ? 'visitor' : 'team';
  const before = side === 'visitor' ? state.visitorMarks : state.teamMarks;
  const marks = {
    read: Math.max(before.read, Math.min(read, state.seq)),
    delivered: Math.max(before.delivered, Math.min(Math.max(delivered, read), state.seq)),
  };
  if (marks.read === before.read && marks.delivered === before.delivered) return ok([]);
  return ok([{ e: 'marked', side, marks }]);
}
