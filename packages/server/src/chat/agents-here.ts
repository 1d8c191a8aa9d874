import { type AgentPresence, availabilityOf, awaySince } from '@foyer/domain/chat';
import type { Availability } from '@foyer/protocol';

/**
 * AgentsHere — who can be reckoned with: consoles open on any node, and since when not.
 *
 * Nobody knows of an agent who has not been here since the start when they left: they are offline, and for what waits for them they count
 * as gone since the start.
 */
export class AgentsHere {
  readonly #isHere: (workspace: string, user: string) => boolean;
  readonly #chosen: (workspace: string, user: string) => Availability;
  readonly #now: () => number;
  readonly #leftAt = new Map<string, number>();
  readonly #startedAt: number;

  constructor(options: {
    isHere: (workspace: string, user: string) => boolean;
    chosen: (workspace: string, user: string) => Availability;
    now: () => number;
  }) {
    this.#isHere = options.isHere;
    this.#chosen = options.chosen;
    this.#now = options.now;
    this.#startedAt = options.now();
  }

  /** Somebody's first console opened, or the last one closed. */
  seen(workspace: string, user: string, isHere: boolean): void {
    if (isHere) this.#leftAt.delete(`${workspace}\n${user}`);
    else this.#leftAt.set(`${workspace}\n${user}`, this.#now());
  }

  here(workspace: string, user: string): boolean {
    return this.#isHere(workspace, user);
  }

  availability(workspace: string, user: string): Availability {
    return availabilityOf(this.#presence(workspace, user), this.#now());
  }

  /** 0: is here. */
  awaySince(workspace: string, user: string): number {
    const presence = this.#presence(workspace, user);
    return awaySince({ ...presence, leftAt: presence.leftAt || this.#startedAt }, this.#now());
  }

  #presence(workspace: string, user: string): AgentPresence {
    return {
      chosen: this.#chosen(workspace, user),
      here: this.#isHere(workspace, user),
      leftAt: this.#leftAt.get(`${workspace}\n${user}`) ?? 0,
    };
  }
}
