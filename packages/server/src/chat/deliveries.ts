import type { ChatState } from '@foyer/domain/chat';
import type { Clock } from '../ports/clock.ts';

/** Who has the conversation open reads it within this, and one mark says both. */
const AFTER_MS = 400;

/**
 * Deliveries — a visitor's word counts as delivered when a console of the team is there to get it; read is for an agent to say.
 *
 * Bound  one timer for each conversation in which something was just said.
 */
export class Deliveries {
  readonly #waiting = new Map<string, { state: ChatState; cancel: () => void }>();
  readonly #clock: Clock;
  readonly #isAnybodyHere: (workspace: string) => boolean;
  readonly #mark: (state: ChatState) => void;

  constructor(options: { clock: Clock; isAnybodyHere: (workspace: string) => boolean; mark: (state: ChatState) => void }) {
    this.#clock = options.clock;
    this.#isAnybodyHere = options.isAnybodyHere;
    this.#mark = options.mark;
  }

  said(state: ChatState): void {
    const key = `${state.workspace}\n${state.id}`;
    const known = this.#waiting.get(key);
    if (known) {
      known.state = state;
      return;
    }
    const waiting = { state, cancel: this.#clock.setTimeout(() => this.#due(key), AFTER_MS) };
    this.#waiting.set(key, waiting);
  }

  stop(): void {
    for (const { cancel } of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }

  #due(key: string): void {
    const { state } = this.#waiting.get(key)!;
    this.#waiting.delete(key);
    if (this.#isAnybodyHere(state.workspace)) this.#mark(state);
  }
}
