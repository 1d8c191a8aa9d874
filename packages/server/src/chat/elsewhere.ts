import { hasVisit } from '@foyer/domain/chat';
import type { LiveNode } from '../live/node.ts';
import type { ChatService } from './chat-service.ts';
import type { ChatNote } from './notes.ts';

type BySite = Readonly<Record<string, number>>;

/**
 * Elsewhere — active conversations that have no visit on the map: of another source, of a visitor who is not tracked, or who has gone.
 *
 * Only the home of a visit knows whether it is listed, so each node counts those it is the home of and tells the others when it changes.
 */
export class Elsewhere {
  readonly #live: Pick<LiveNode, 'homeOf' | 'isListed' | 'name' | 'membership'>;
  readonly #chat: ChatService;
  readonly #broadcast: (note: ChatNote) => void;
  readonly #parts = new Map<string, Readonly<Record<string, BySite>>>();
  #told = '{}';

  constructor(options: {
    live: Pick<LiveNode, 'homeOf' | 'isListed' | 'name' | 'membership'>;
    chat: ChatService;
    broadcast: (note: ChatNote) => void;
  }) {
    this.#live = options.live;
    this.#chat = options.chat;
    this.#broadcast = options.broadcast;
  }

  count(workspace: string, site?: string): number {
    const sum = (part: BySite | undefined): number =>
      Object.entries(part ?? {}).reduce((n, [of, count]) => (site === undefined || of === site ? n + count : n), 0);
    let count = sum(this.#own(workspace));
    for (const part of this.#parts.values()) count += sum(part[workspace]);
    return count;
  }

  /** Once a second; free while this node is alone. */
  beat(): void {
    if (this.#live.membership.members.length < 2) return;
    const set = Object.fromEntries(this.#chat.open.workspaces().map((workspace) => [workspace, this.#own(workspace)]));
    const text = JSON.stringify(set);
    if (text === this.#told) return;
    this.#told = text;
    this.#broadcast({ k: 'chat-elsewhere', set });
  }

  take(from: string, note: ChatNote & { k: 'chat-elsewhere' }): void {
    this.#parts.set(from, note.set);
  }

  left(node: string): void {
    this.#parts.delete(node);
    this.#told = '';
  }

  #own(workspace: string): BySite {
    const bySite: Record<string, number> = {};
    for (const state of this.#chat.open.active(workspace)) {
      const visit = hasVisit(state) ? this.#chat.visitIdOf(state) : '';
      // Who has no visit is counted by the home of the conversation's own id, so that it is one node.
      if (this.#live.homeOf(visit === '' ? state.id : visit) !== this.#live.name) continue;
      if (visit === '' || !this.#live.isListed(workspace, visit)) bySite[state.site] = (bySite[state.site] ?? 0) + 1;
    }
    return bySite;
  }
}
