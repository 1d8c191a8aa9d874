import type { ChatState } from '@foyer/domain/chat';
import type { ChatChange, ChatStore } from '../ports/chat-store.ts';
import type { Clock } from '../ports/clock.ts';
import { ChangeOrder } from './change-order.ts';
import type { ChatConsoles } from './chat-consoles.ts';
import type { ChatTabs } from './chat-tabs.ts';
import { Heads } from './heads.ts';

interface TellingDeps {
  readonly store: Pick<ChatStore, 'heads' | 'changesAfter'>;
  readonly clock: Clock;
  readonly tabs: ChatTabs;
  readonly consoles: ChatConsoles;
  /** false: it is no news. */
  readonly learn: (state: ChatState) => boolean;
  /** It was found in the store, so nobody else tells visits what to show. */
  readonly found: (state: ChatState) => void;
  readonly onOutage: (cause: unknown) => void;
}

/** Telling — a change, from here or another node, to whoever is on this one: tabs at once, consoles in the order of `chatSeq`. */
export class Telling {
  readonly #deps: TellingDeps;
  readonly #orders = new Map<string, ChangeOrder<ChatChange>>();
  readonly #heads: Heads;

  constructor(deps: TellingDeps) {
    this.#deps = deps;
    this.#heads = new Heads({
      ...deps,
      orderOf: (workspace) => this.#order(workspace),
      found: (state) => this.late(state),
      deliver: (changes) => this.#toConsoles(changes),
      skipped: (workspace) => deps.consoles.head(workspace),
    });
  }

  async start(): Promise<void> {
    for (const [workspace, chatSeq] of await this.#deps.store.heads()) this.#orders.set(workspace, new ChangeOrder(chatSeq));
    this.#heads.start();
  }

  stop(): void {
    this.#heads.stop();
  }

  /** What consoles of this workspace have been told. */
  head(workspace: string): number {
    return this.#order(workspace).last;
  }

  take(change: ChatChange): void {
    this.#deps.learn(change.state);
    this.#deps.tabs.take(change);
    this.#toConsoles(this.#order(change.state.workspace).take(change));
  }

  /** Found in the store: tabs hear of the head, and visits of the state. */
  late(state: ChatState): void {
    if (!this.#deps.learn(state)) return;
    this.#deps.tabs.head(state);
    this.#deps.found(state);
  }

  #toConsoles(changes: readonly ChatChange[]): void {
    for (const change of changes) this.#deps.consoles.take(change);
  }

  #order(workspace: string): ChangeOrder<ChatChange> {
    let order = this.#orders.get(workspace);
    if (!order) this.#orders.set(workspace, (order = new ChangeOrder(0)));
    return order;
  }
}
