import type { ChatState } from '@foyer/domain/chat';
import { type Goals, LEAD } from '@foyer/domain/rules';
import type { Message } from '@foyer/protocol';
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
  /** To the visit's home. Nothing when no visit is listed: a visit is what keeps goals. */
  readonly reached: (q: ChatGoal & { readonly workspace: string; readonly visitor: string }) => void;
}

/** Tells visits which goals their visitors reach in chat: once for each change, on the node that it was asked of. Answers what ends it. */
export function followGoals(chat: Pick<Chat, 'onChange'>, { goalsOf, visitOf, reached }: ChatGoalsDeps): () => void {
  return chat.onChange((change, { before }) => {
    const { workspace, site, visitor } = change.state;
    const goals = goalsIn(change, before, goalsOf(site));
    const visit = goals.length === 0 || visitor === '' ? '' : visitOf({ workspace, visitor });
    if (visit !== '') for (const goal of goals) reached({ workspace, visitor: visit, ...goal });
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
