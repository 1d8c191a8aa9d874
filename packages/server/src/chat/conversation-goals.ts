import type { ChatState } from '@foyer/domain/chat';
import { reach } from '@foyer/domain/rules';
import type { ReachedGoal } from '@foyer/protocol';
import type { OpenConversations } from './open-conversations.ts';
import type { Chat } from './service.ts';

export interface ConversationGoalsDeps {
  readonly chat: Pick<Chat, 'request'>;
  readonly open: Pick<OpenConversations, 'ofVisitor'>;
  readonly onOutage: (cause: unknown) => void;
}

/**
 * ConversationGoals — goals are kept on the conversation during which they were reached, as well as on the visit.
 *
 * Purpose     what a chat has led to is told by the conversation alone, long after its visit is gone.
 * Invariants  a goal counts once in a conversation; said again it costs a look at the state in memory.
 * On error    an outage is told, and the goal stays on the visit alone.
 */
export class ConversationGoals {
  readonly #deps: ConversationGoalsDeps;

  constructor(deps: ConversationGoalsDeps) {
    this.#deps = deps;
  }

  /** On a visit: of a visitor whose conversation goes on, or was just resolved. */
  readonly onVisit = (workspace: string, visitor: string, reached: ReachedGoal): void => {
    const state = this.#deps.open.ofVisitor(workspace, visitor);
    if (state && state.phase.status !== 'invited' && reached.at >= state.startedAt) this.keep(state, reached);
  };

  keep(state: Pick<ChatState, 'id' | 'workspace' | 'goals'>, reached: ReachedGoal): void {
    if (reach(state.goals, reached) === state.goals) return;
    const { id: conversation, workspace } = state;
    this.#deps.chat
      .request({ do: 'act', workspace, conversation, command: { c: 'reach', by: { kind: 'system' }, reached } })
      .catch(this.#deps.onOutage);
  }
}
