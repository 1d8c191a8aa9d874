import { type ChatState, isActive, type Waiting, waitingOf } from '@foyer/domain/chat';

interface Workspace {
  readonly byId: Map<string, ChatState>;
  /** The one that goes on, else the latest. */
  readonly byVisitor: Map<string, string>;
}

/**
 * OpenConversations — what is going on in chat, in memory on every node: active conversations, invitations, and what was just resolved.
 *
 * Purpose     badges, counts, queue, wake-ups and assignments without asking the store for each.
 * Invariants  the latest `rev` of each wins, in whatever order changes come.
 * Bound       conversations that nobody has resolved, ≈ 1 kB each; `sweep` forgets the resolved ones.
 */
export class OpenConversations {
  readonly #workspaces = new Map<string, Workspace>();

  /** Answers what was known before: null, or an earlier state; `state` itself when it is no news. */
  put(state: ChatState): ChatState | null {
    const { byId, byVisitor } = this.#of(state.workspace);
    const known = byId.get(state.id);
    if (known && known.rev >= state.rev) return state;
    byId.set(state.id, state);
    if (state.visitor === '') return known ?? null;
    const other = byId.get(byVisitor.get(state.visitor) ?? '');
    if (!other || other.id === state.id || isAfter(state, other)) byVisitor.set(state.visitor, state.id);
    return known ?? null;
  }

  byId(workspace: string, id: string): ChatState | null {
    return this.#workspaces.get(workspace)?.byId.get(id) ?? null;
  }

  /** The visitor's conversation that goes on, or that was just resolved. */
  ofVisitor(workspace: string, visitor: string): ChatState | null {
    const known = this.#workspaces.get(workspace);
    return known?.byId.get(known.byVisitor.get(visitor) ?? '') ?? null;
  }

  *all(workspace: string): Generator<ChatState> {
    yield* this.#workspaces.get(workspace)?.byId.values() ?? [];
  }

  *active(workspace: string): Generator<ChatState> {
    for (const state of this.all(workspace)) if (isActive(state)) yield state;
  }

  waiting(workspace: string): Waiting[] {
    return [...this.active(workspace)].flatMap((state) => waitingOf(state) ?? []);
  }

  workspaces(): string[] {
    return [...this.#workspaces.keys()];
  }

  /** Resolved ones whose badge is over, as `isOver` says, go; answers them. Cost: all that is remembered. */
  sweep(isOver: (state: ChatState) => boolean): ChatState[] {
    const gone: ChatState[] = [];
    for (const { byId, byVisitor } of this.#workspaces.values()) {
      for (const state of byId.values()) {
        if (state.phase.status !== 'resolved' || !isOver(state)) continue;
        byId.delete(state.id);
        if (byVisitor.get(state.visitor) === state.id) byVisitor.delete(state.visitor);
        gone.push(state);
      }
    }
    return gone;
  }

  #of(workspace: string): Workspace {
    let known = this.#workspaces.get(workspace);
    if (!known) this.#workspaces.set(workspace, (known = { byId: new Map(), byVisitor: new Map() }));
    return known;
  }
}

const isAfter = (a: ChatState, b: ChatState): boolean => {
  const [aIsOver, bIsOver] = [a.phase.status === 'resolved', b.phase.status === 'resolved'];
  return aIsOver === bIsOver ? a.startedAt >= b.startedAt : bIsOver;
};
