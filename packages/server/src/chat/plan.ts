/**
 * What a request needs from the store, and what the store is to write: the same on every adapter, which loads and writes and decides nothing.
 */
import { type ChatEvent, type ChatFacts, type ChatState, continuation, decide, evolve, mayInvite, messageAfter } from '@foyer/domain/chat';
import type { ChatFile, Message } from '@foyer/protocol';
import type { ChatRequest, Receipt } from '../ports/chat-store.ts';

/** To be loaded in the transaction. '' and [] = nothing. */
export interface Needs {
  readonly workspace: string;
  /** By id, or the visitor's: the open one, or the latest. */
  readonly conversation: { readonly id: string } | { readonly latestOf: string };
  readonly cid: string;
  readonly seq: number;
  readonly files: readonly string[];
  /** Whose load and capacity count. */
  readonly agent: string;
}
export interface Loaded {
  readonly state: ChatState | null;
  /** What this sender's `cid` got before. */
  readonly receipt: Receipt | null;
  readonly target: Message | null;
  readonly files: readonly ChatFile[];
  readonly load: number;
  /** null: the workspace's. */
  readonly capacity: number | null;
  /** Of a resolved one: the visitor's conversation that is open; ''. */
  readonly openElsewhere: string;
}
/** One decision to be written, with the next `chatSeq`. */
export interface Writing {
  readonly before: ChatState | null;
  readonly after: ChatState;
  readonly added: readonly Message[];
  readonly changed: readonly Message[];
  readonly files: readonly string[];
  /** Of a message that was taken back: nobody may have them any more. */
  readonly goneFiles: readonly string[];
}
export type Plan =
  | { readonly ok: true; readonly receipt: Receipt; readonly writings: readonly Writing[] }
  | { readonly ok: false; readonly refusal: { readonly code: Refused['code']; readonly who: string } };
type Refused = Extract<ReturnType<typeof decide>, { ok: false }>['error'];

/** Under whose name client ids are told apart and files are kept. Somebody without a browser is known by the conversation. */
export function senderOf(q: ChatRequest, state: Pick<ChatState, 'id' | 'visitor'> | null): string {
  if (q.do === 'invite') return `agent:${q.agent}`;
  if (q.do === 'act') {
    const { by } = q.command;
    if (by.kind === 'agent' || by.kind === 'ai') return `${by.kind}:${by.id}`;
    if (by.kind === 'system') return '';
  }
  return visitorSender(q.do === 'write' ? q.origin : (state ?? { id: q.conversation, visitor: '' }));
}
const visitorSender = ({ id, visitor }: Pick<ChatState, 'id' | 'visitor'>): string =>
  visitor === '' ? `chat:${id}` : `visitor:${visitor}`;

export function needsOf(q: ChatRequest): Needs {
  if (q.do !== 'act') {
    const { workspace, visitor, id } = q.origin;
    const conversation = visitor === '' ? { id } : { latestOf: visitor };
    return { workspace, conversation, cid: q.cid, seq: 0, files: q.words.kind === 'attachment' ? q.words.files : [], agent: '' };
  }
  const { command } = q;
  return {
    workspace: q.workspace,
    conversation: { id: q.conversation },
    cid: 'cid' in command ? command.cid : '',
    seq: 'seq' in command ? command.seq : 'to' in command ? command.to : 0,
    files: command.c === 'say' && command.words.kind === 'attachment' ? command.words.files : [],
    agent: command.c === 'accept' ? command.by.id : command.c === 'assign' ? command.agent : '',
  };
}

export function planOf(q: ChatRequest, loaded: Loaded): Plan {
  // Before the receipt: what somebody else was told is nobody's business.
  if (q.do === 'act' && q.visitor !== undefined && loaded.state?.visitor !== q.visitor)
    return { ok: false, refusal: { code: 'not_found', who: '' } };
  if (loaded.receipt) return { ok: true, receipt: loaded.receipt, writings: [] };
  const facts: ChatFacts = { ...q, ...loaded, capacity: loaded.capacity ?? q.capacity };
  switch (q.do) {
    case 'act':
      return one(loaded.state, decide(loaded.state, q.command, facts), facts, q);
    case 'write': {
      const { origin, cid, words } = q;
      const by = { kind: 'visitor' } as const;
      const state = continuation(loaded.state, facts) === 'new' ? null : loaded.state;
      return one(state, decide(state, state ? { c: 'say', by, cid, words } : { c: 'start', by, cid, origin, words }, facts), facts, q);
    }
    case 'invite': {
      const { origin, cid, words, agent } = q;
      const by = { kind: 'agent', id: agent } as const;
      const may = mayInvite(loaded.state, { agent, anyway: q.anyway, now: q.now });
      if (!may.ok) return { ok: false, refusal: may.error };
      const invited = one(null, decide(null, { c: 'invite', by, cid, origin, words }, facts), facts, q);
      if (!invited.ok || !may.value.withdraw) return invited;
      const withdrawn = one(loaded.state, decide(loaded.state, { c: 'resolve', by }, facts), facts, q);
      return withdrawn.ok ? { ...invited, writings: [...withdrawn.writings, ...invited.writings] } : withdrawn;
    }
  }
}

function one(before: ChatState | null, decision: ReturnType<typeof decide>, { target, now }: ChatFacts, q: ChatRequest): Plan {
  if (!decision.ok) return { ok: false, refusal: decision.error };
  const events = decision.value;
  const after = evolve(before, events);
  if (!after) throw new Error('a decision about nothing');
  const added = events.flatMap((event) => (event.e === 'added' ? [event.message] : []));
  const { cid } = needsOf(q);
  const said = added.find((message) => message.cid !== '' && message.cid === cid);
  const receipt: Receipt = { conversation: after.id, seq: said?.seq ?? 0, at: said?.at ?? now };
  if (events.length === 0) return { ok: true, receipt, writings: [] };
  const changed = changedBy(events, target, after.rev);
  const goneFiles = target && changed[0]?.gone !== '' && changed.length > 0 ? filesOf([target]) : [];
  return { ok: true, receipt, writings: [{ before, after, added, changed, files: filesOf(added), goneFiles }] };
}

function changedBy(events: readonly ChatEvent[], target: Message | null, rev: number): readonly Message[] {
  if (!target) return [];
  const changed = events.reduce((message, event) => messageAfter(message, event, rev), target);
  return changed === target ? [] : [changed];
}

const filesOf = (messages: readonly Message[]): readonly string[] =>
  messages.flatMap(({ body }) => (body.kind === 'attachment' ? body.files.map(({ id }) => id) : []));
