import { type Availabilities, type Availability, CHAT_TIMES, type Lookers, type VisitorTyping } from '@foyer/protocol';
import { Listeners } from '../live/listeners.ts';
import type { LiveClock } from '../live/ports.ts';
import type { Looker, VisitorTypes } from './chat-types.ts';

const NOBODY: readonly Looker[] = [];

/** What holds now and is kept nowhere: who types, who looks, who is available. Each conversation's readers hear of their own only. */
export class Signals {
  readonly #clock: LiveClock;
  readonly #typing = new Map<string, { types: VisitorTypes; end: () => void }>();
  readonly #lookers = new Map<string, readonly Looker[]>();
  readonly #listeners = new Map<string, Listeners>();
  readonly #onAvailable = new Listeners();
  #available: ReadonlyMap<string, Availability> = new Map();

  constructor(clock: LiveClock) {
    this.#clock = clock;
  }

  typing(conversation: string): VisitorTypes | null {
    return this.#typing.get(conversation)?.types ?? null;
  }
  /** The others who have it open. */
  lookers(conversation: string): readonly Looker[] {
    return this.#lookers.get(conversation) ?? NOBODY;
  }
  /** By user id. */
  get available(): ReadonlyMap<string, Availability> {
    return this.#available;
  }
  readonly subscribeAvailable = this.#onAvailable.subscribe;
  subscribe(conversation: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(conversation) ?? new Listeners();
    this.#listeners.set(conversation, listeners);
    const undo = listeners.subscribe(listener);
    return () => {
      undo();
      if (listeners.size === 0 && this.#listeners.get(conversation) === listeners) this.#listeners.delete(conversation);
    };
  }

  hearTyping({ conversation, on, text }: Pick<VisitorTyping, 'conversation' | 'on' | 'text'>): void {
    this.#typing.get(conversation)?.end();
    if (!on) {
      if (this.#typing.delete(conversation)) this.#notify(conversation);
      return;
    }
    const end = this.#clock.after(CHAT_TIMES.typingForMs, () => this.hearTyping({ conversation, on: false, text: '' }));
    this.#typing.set(conversation, { types: { text }, end });
    this.#notify(conversation);
  }

  hearLookers({ conversation, agents }: Lookers, self: string): void {
    const others = agents.filter(({ id }) => id !== self);
    if (others.length > 0) this.#lookers.set(conversation, others);
    else this.#lookers.delete(conversation);
    this.#notify(conversation);
  }

  hearAvailabilities({ set }: Availabilities): void {
    this.#available = new Map([...this.#available, ...Object.entries(set)]);
    this.#onAvailable.notify();
  }

  /** The connection is lost: nothing of it holds any more. */
  clear(): void {
    const touched = [...this.#typing.keys(), ...this.#lookers.keys()];
    for (const { end } of this.#typing.values()) end();
    this.#typing.clear();
    this.#lookers.clear();
    for (const conversation of touched) this.#notify(conversation);
  }

  #notify(conversation: string): void {
    this.#listeners.get(conversation)?.notify();
  }
}
