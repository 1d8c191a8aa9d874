import type { ChatState } from '@foyer/domain/chat';
import type { Clock } from '../ports/clock.ts';
import type { ChatService } from './chat-service.ts';

/** Who has the conversation open reads it within this, and one mark says both. */
const AFTER_MS = 400;

interface DeliveriesDeps {
  readonly clock: Clock;
  readonly chat: Pick<ChatService, 'roster' | 'here' | 'open' | 'request'>;
  readonly onOutage: (cause: unknown) => void;
}

/**
 * Deliveries — a visitor's word counts as delivered when a console of the team is there to get it; read is for an agent to say.
 *
 * Bound  one timer for each conversation in which something was just said.
 */
export class Deliveries {
  readonly #deps: DeliveriesDeps;
  readonly #waiting = new Map<string, () => void>();

  constructor(deps: DeliveriesDeps) {
    this.#deps = deps;
  }

  said({ workspace, id }: ChatState): void {
    const key = `${workspace}\n${id}`;
    if (this.#waiting.has(key)) return;
    const due = (): void => {
      this.#waiting.delete(key);
      this.#mark(workspace, id).catch(this.#deps.onOutage);
    };
    this.#waiting.set(key, this.#deps.clock.setTimeout(due, AFTER_MS));
  }

  stop(): void {
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }

  async #mark(workspace: string, conversation: string): Promise<void> {
    const { chat } = this.#deps;
    const state = chat.open.byId(workspace, conversation);
    if (!state || state.teamMarks.delivered >= state.visitorSeq) return;
    if (![...chat.roster.members(workspace)].some((user) => chat.here(workspace, user))) return;
    const command = { c: 'mark', by: { kind: 'agent', id: '' }, delivered: state.visitorSeq, read: 0 } as const;
    await chat.request({ do: 'act', workspace, conversation, command });
  }
}
