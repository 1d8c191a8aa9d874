import { type ChatState, hasVisit, isActive } from '@foyer/domain/chat';
import type { LiveNode } from '../live/node.ts';
import type { Clock } from '../ports/clock.ts';
import type { ChatService } from './chat-service.ts';
import type { ChatNote } from './notes.ts';

/** Longer than a node takes to answer; of one that does not, nobody is known to be on the map. */
const ANSWER_WITHIN_MS = 1_000;

interface Options {
  readonly live: Pick<LiveNode, 'homeOf' | 'isOnMap' | 'name' | 'channels'>;
  readonly clock: Clock;
  readonly chat: Pick<ChatService, 'open' | 'visitIdOf'>;
  readonly broadcast: (note: ChatNote) => void;
  /** Consoles of this node hear that it is others than before. */
  readonly tell: (workspace: string) => void;
}

/**
 * Elsewhere — conversations that have no visit on the map: of another source, of a visitor who is not tracked or in no count, or who has gone.
 *
 * Purpose     the home of a visit alone knows whether it is on the map, so each node finds those it is the home of, and tells the others
 *             and every console when they change.
 * Cost        what is open, once a second; a question to each other node for what was resolved long ago.
 */
export class Elsewhere {
  readonly #options: Options;
  /** By node and workspace. */
  readonly #parts = new Map<string, Map<string, Set<string>>>();
  #told = new Map<string, ReadonlySet<string>>();
  #asks = 0;
  readonly #asked = new Map<number, (visitors: readonly string[]) => void>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Active ones. */
  count(workspace: string, site?: string): number {
    const { open } = this.#options.chat;
    let count = 0;
    for (const id of this.ids(workspace)) {
      const state = open.byId(workspace, id);
      if (state && isActive(state) && (site === undefined || state.site === site)) count++;
    }
    return count;
  }

  ids(workspace: string): string[] {
    const ids = this.#own(workspace);
    for (const part of this.#parts.values()) for (const id of part.get(workspace) ?? []) ids.add(id);
    return [...ids];
  }

  async onMap(workspace: string, conversations: readonly ChatState[]): Promise<ReadonlySet<string>> {
    const { live } = this.#options;
    const visits = new Map(conversations.map((state) => [state.id, this.#visitOf(state)]));
    const byHome = Map.groupBy(new Set(visits.values()), (visit) => (visit === '' ? '' : live.homeOf(visit)));
    byHome.delete('');
    const found = new Set((await Promise.all([...byHome].map(([home, visitors]) => this.#ask(home, workspace, visitors)))).flat());
    return new Set([...visits].flatMap(([id, visit]) => (found.has(visit) ? [id] : [])));
  }

  /** Once a second. */
  beat(): void {
    const { chat, broadcast, tell } = this.#options;
    const now = new Map<string, ReadonlySet<string>>();
    const set: Record<string, Record<string, true | null>> = {};
    for (const workspace of new Set([...chat.open.workspaces(), ...this.#told.keys()])) {
      const own = this.#own(workspace);
      const told = this.#told.get(workspace);
      if (own.size > 0) now.set(workspace, own);
      const changed: Record<string, true | null> = {};
      for (const id of own) if (!told?.has(id)) changed[id] = true;
      for (const id of told ?? []) if (!own.has(id)) changed[id] = null;
      if (Object.keys(changed).length > 0) set[workspace] = changed;
    }
    this.#told = now;
    if (Object.keys(set).length === 0) return;
    broadcast({ k: 'chat-elsewhere', set });
    for (const workspace of Object.keys(set)) tell(workspace);
  }

  everything(): ChatNote {
    const set: Record<string, Record<string, true>> = {};
    for (const [workspace, ids] of this.#told) set[workspace] = Object.fromEntries([...ids].map((id) => [id, true] as const));
    return { k: 'chat-elsewhere', full: true, set };
  }

  take(from: string, note: ChatNote & { k: 'chat-elsewhere' | 'chat-on-map?' | 'chat-on-map' }): void {
    const { live, tell } = this.#options;
    if (note.k === 'chat-on-map') return this.#asked.get(note.ask)?.(note.visitors);
    if (note.k === 'chat-on-map?') {
      const visitors = note.visitors.filter((visitor) => live.isOnMap(note.workspace, visitor));
      return live.channels.send(from, { k: 'chat-on-map', ask: note.ask, visitors });
    }
    if (note.full) this.#parts.delete(from);
    const part = this.#parts.get(from) ?? new Map<string, Set<string>>();
    this.#parts.set(from, part);
    for (const [workspace, set] of Object.entries(note.set)) {
      const ids = part.get(workspace) ?? new Set();
      for (const [id, is] of Object.entries(set))
        if (is) ids.add(id);
        else ids.delete(id);
      part.set(workspace, ids);
      tell(workspace);
    }
  }

  left(node: string): void {
    this.#parts.delete(node);
  }

  #ask(home: string, workspace: string, visitors: string[]): Promise<readonly string[]> {
    const { live, clock } = this.#options;
    if (home === live.name) return Promise.resolve(visitors.filter((visitor) => live.isOnMap(workspace, visitor)));
    const ask = ++this.#asks;
    return new Promise((resolve) => {
      const end = (found: readonly string[]): void => {
        this.#asked.delete(ask);
        cancel();
        resolve(found);
      };
      const cancel = clock.setTimeout(() => end([]), ANSWER_WITHIN_MS);
      this.#asked.set(ask, end);
      live.channels.send(home, { k: 'chat-on-map?', ask, workspace, visitors });
    });
  }

  #visitOf(state: ChatState): string {
    return hasVisit(state) ? this.#options.chat.visitIdOf(state) : '';
  }

  #own(workspace: string): Set<string> {
    const { chat, live } = this.#options;
    const own = new Set<string>();
    for (const state of chat.open.all(workspace)) {
      if (state.phase.status === 'invited') continue;
      const visit = this.#visitOf(state);
      // Who has no visit is found by the home of the conversation's own id, so that it is one node.
      if (live.homeOf(visit === '' ? state.id : visit) !== live.name) continue;
      if (visit === '' || !live.isOnMap(workspace, visit)) own.add(state.id);
    }
    return own;
  }
}
