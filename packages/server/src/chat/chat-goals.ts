import type { ChatState } from '@foyer/domain/chat';
import { type Goals, LEAD } from '@foyer/domain/rules';
import type { Message, ReachedGoal } from '@foyer/protocol';
import type { ChatChange } from '../ports/chat-store.ts';
import type { Chat } from './service.ts';

/** A goal reached in chat. `email`: by giving this address, which is no news to a visit that is known by it; ''. */
export interface ChatGoal {
  readonly goal: string;
  readonly email: string;
}
export interface ChatGoalsDeps {
  readonly goalsOf: (site: string) => Goals;
  /** By whom a visitor of a conversation is found on the map; '': is not. */
  readonly visitOf: (q: { workspace: string; visitor: string }) => string;
  /** On the conversation itself. */
  readonly keep: (state: ChatState, reached: ReachedGoal) => void;
  readonly now: () => number;
  /** To the visit's home, which says it of the conversation too. */
  readonly reached: (q: ChatGoal & { readonly workspace: string; readonly visitor: string }) => void;
}

/**
 * Keeps what visitors reach in chat, on the conversation and on the visit: once for each change, on the node that it was asked of. Whether
 * an address is news the visit knows, where the site may have said it. Answers what ends it.
 */
export function followGoals(chat: Pick<Chat, 'onChange'>, { goalsOf, visitOf, reached, keep, now }: ChatGoalsDeps): () => void {
  return chat.onChange((change, { before }) => {
    const { workspace, site, visitor } = change.state;
    const goals = goalsIn(change, before, goalsOf(site));
    if (goals.length === 0) return;
    const visit = visitor === '' ? '' : visitOf({ workspace, visitor });
    for (const { goal, email } of goals) {
      // A visit without storage has no identity that the address could be of.
      if (email === '' || !visit.startsWith('v')) keep(change.state, { goal, at: now(), value: 0, currency: '' });
      if (visit !== '') reached({ workspace, visitor: visit, goal, email });
    }
  });
}

/** What this change of a conversation reaches: a form that was filled in, an address that its visitor gave. */
function goalsIn({ state, messages }: Pick<ChatChange, 'state' | 'messages'>, before: ChatState | null, goals: Goals): ChatGoal[] {
  const reached: ChatGoal[] = [];
  for (const { body } of messages) {
    if (body.kind !== 'submission') continue;
    // The form has changed with it: it is answered now.
    const form = messages.find(({ seq }) => seq === body.to)?.body;
    if (form?.kind === 'form') reached.push(...goals.ofForm(form, body).map((goal) => ({ goal, email: '' })));
  }
  if (goals.isOn(LEAD) && gaveAddress(state, before, messages)) reached.push({ goal: LEAD, email: state.contact.email });
  return reached;
}

/** An address that was not known before, with a word of the visitor's: before the first message, or in the step that asks for it. */
function gaveAddress({ contact }: ChatState, before: ChatState | null, messages: readonly Message[]): boolean {
  if (contact.email === '' || contact.verified || contact.email === before?.contact.email) return false;
  return messages.some(({ from }) => from.kind === 'visitor');
}
