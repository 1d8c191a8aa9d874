import { type Badge, badgeOf, type ChatState } from '@foyer/domain/chat';
import { CHAT_TIMES } from '@foyer/protocol';
import type { LiveNode } from '../live/node.ts';
import type { Directory } from '../team/directory.ts';
import type { OpenConversations } from './open-conversations.ts';

interface BadgesDeps {
  readonly live: Pick<LiveNode, 'now' | 'converse'>;
  readonly directory: Pick<Directory, 'settings'>;
  readonly open: OpenConversations;
  /** By whom a visitor of a conversation is found on the map; '': is not. */
  readonly visitOf: (workspace: string, visitor: string) => string;
  readonly isShown: (workspace: string, visitor: string) => boolean;
}

/**
 * Badges — what conversations make visits show: told when it changes, and when a hold is over.
 *
 * Invariants  the times of what is told grow, so that the later of two always counts, whatever overtakes what.
 * Bound       visits that show a state.
 */
export class Badges {
  readonly #deps: BadgesDeps;
  readonly #told = new Map<string, Badge>();
  #lastAt = 0;

  constructor(deps: BadgesDeps) {
    this.#deps = deps;
  }

  /** Something about this visitor is another: a conversation, the screen, the visit. */
  look(workspace: string, visitor: string): void {
    if (visitor !== '') this.#show(workspace, visitor, this.#deps.open.ofVisitor(workspace, visitor));
  }

  lookAtAll(workspace: string): void {
    for (const { visitor } of this.#deps.open.all(workspace)) this.look(workspace, visitor);
  }

  /** Resolved ones whose hold is over show nothing any more, and are forgotten. Cost: what is open. */
  endHolds(): void {
    const { open, live } = this.#deps;
    const now = live.now();
    const over = open.sweep(({ workspace, phase }) => phase.status === 'resolved' && now >= phase.at + this.#holdMs(workspace));
    for (const { workspace, visitor } of over) this.#show(workspace, visitor, null);
  }

  #show(workspace: string, of: string, state: ChatState | null): void {
    const { live, visitOf, isShown } = this.#deps;
    const visitor = visitOf(workspace, of);
    if (visitor === '') return;
    const now = live.now();
    const badge = badgeOf(state, { now, resolvedHoldMs: this.#holdMs(workspace), chatShown: isShown(workspace, of) });
    const key = `${workspace}\n${visitor}`;
    const told = this.#told.get(key);
    if (told ? isSame(told, badge) : badge.state === 'none') return;
    if (badge.state === 'none') this.#told.delete(key);
    else this.#told.set(key, badge);
    this.#lastAt = Math.max(now, this.#lastAt + 1);
    const { state: shown, id, waitingSince } = badge;
    live.converse({ workspace, visitor, state: shown, id, waitingSince, at: this.#lastAt });
  }

  #holdMs(workspace: string): number {
    return this.#deps.directory.settings(workspace)?.resolvedHoldMs ?? CHAT_TIMES.resolvedHoldMs;
  }
}

const isSame = (a: Badge, b: Badge): boolean => a.state === b.state && a.id === b.id && a.waitingSince === b.waitingSince;
