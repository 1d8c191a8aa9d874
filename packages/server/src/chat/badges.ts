import { type Badge, badgeOf, type ChatState } from '@foyer/domain/chat';

/** What visits are told; see LiveNode.converse. */
export interface BadgeNote {
  readonly workspace: string;
  readonly visitor: string;
  readonly state: Badge['state'];
  readonly id: string;
  readonly waitingSince: number;
  readonly at: number;
}

/**
 * Badges — what conversations make visits show: told when it changes, and when a hold is over.
 *
 * Invariants  the times of what is told grow, so that the later of two always counts, whatever overtakes what.
 * Bound       visits that show a state.
 */
export class Badges {
  readonly #told = new Map<string, Badge>();
  readonly #now: () => number;
  readonly #converse: (note: BadgeNote) => void;
  #lastAt = 0;

  constructor(options: { now: () => number; converse: (note: BadgeNote) => void }) {
    this.#now = options.now;
    this.#converse = options.converse;
  }

  /** `visit`: by whom the visit is found; '' : there is none. */
  show(q: { workspace: string; visit: string; state: ChatState | null; chatShown: boolean; resolvedHoldMs: number }): void {
    const { workspace, visit: visitor } = q;
    if (visitor === '') return;
    const now = this.#now();
    const badge = badgeOf(q.state, { now, resolvedHoldMs: q.resolvedHoldMs, chatShown: q.chatShown });
    const key = `${workspace}\n${visitor}`;
    const told = this.#told.get(key);
    if (told ? isSame(told, badge) : badge.state === 'none') return;
    if (badge.state === 'none') this.#told.delete(key);
    else this.#told.set(key, badge);
    this.#lastAt = Math.max(now, this.#lastAt + 1);
    const { state, id, waitingSince } = badge;
    this.#converse({ workspace, visitor, state, id, waitingSince, at: this.#lastAt });
  }
}

const isSame = (a: Badge, b: Badge): boolean => a.state === b.state && a.id === b.id && a.waitingSince === b.waitingSince;
