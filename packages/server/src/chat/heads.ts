import type { ChatState } from '@foyer/domain/chat';
import type { ChatChange, ChatStore } from '../ports/chat-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { ChangeOrder } from './change-order.ts';

const EVERY_MS = 2_000;
/** What is stored is told within this, unless it was lost: a second look then makes sure. */
const GRACE_MS = 500;
const PAGE = 200;

interface HeadsDeps {
  readonly store: Pick<ChatStore, 'heads' | 'changesAfter'>;
  readonly clock: Clock;
  readonly orderOf: (workspace: string) => ChangeOrder<ChatChange>;
  /** A conversation as it is now. */
  readonly found: (state: ChatState) => void;
  readonly deliver: (changes: readonly ChatChange[]) => void;
  /** Changes of this workspace were passed over: consoles have to ask. */
  readonly skipped: (workspace: string) => void;
  readonly onOutage: (cause: unknown) => void;
}

/**
 * Heads — compares what was told with what is stored, every 2 s: a change that was lost between nodes, or whose node died after storing it,
 * is read from the store within 3 s. Cost: one row a workspace.
 */
export class Heads {
  readonly #deps: HeadsDeps;
  #stop: () => void = () => {};
  #isLooking = false;

  constructor(deps: HeadsDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#stop = this.#deps.clock.setInterval(() => void this.look(), EVERY_MS);
  }

  stop(): void {
    this.#stop();
  }

  /** Never rejects. */
  async look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const { store, orderOf, clock } = this.#deps;
      const behind = [...(await store.heads())].filter(([workspace, head]) => orderOf(workspace).last < head);
      if (behind.length === 0) return;
      await new Promise<void>((resolve) => clock.setTimeout(resolve, GRACE_MS));
      for (const [workspace, head] of behind) if (orderOf(workspace).last < head) await this.#catchUp(workspace, head);
    } catch (cause) {
      this.#deps.onOutage(cause);
    } finally {
      this.#isLooking = false;
    }
  }

  async #catchUp(workspace: string, head: number): Promise<void> {
    const { store, orderOf, found, deliver, skipped } = this.#deps;
    const order = orderOf(workspace);
    for (let more = true; more;) {
      const entries = await store.changesAfter({ workspace, agent: '', chatSeq: order.last, limit: PAGE });
      for (const { state } of entries) found(state);
      more = entries.length === PAGE;
      // Numbers of what was deleted since are nobody's.
      const held = order.skipTo(more ? entries.at(-1)!.chatSeq : Math.max(head, entries.at(-1)?.chatSeq ?? 0));
      skipped(workspace);
      deliver(held);
    }
  }
}
