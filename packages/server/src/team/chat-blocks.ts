import type { Clock } from '../ports/clock.ts';
import type { Chat, OnChange } from '../chat/service.ts';
import type { BlockRecord, TeamStore } from '../ports/team-store.ts';
import type { Directory } from './directory.ts';

/** The largest time that `Date` can hold: until it is taken back. */
const FOR_EVER = 8_640_000_000_000_000;

/**
 * Who is blocked in a conversation is blocked as a visitor: not tracked, no widget, until it is over or taken back.
 *
 * The block has the conversation's id, so the same decision heard twice is one block, and the one who takes it back finds it. The words of
 * who is blocked are refused by the conversation itself; an outage here leaves that as it is.
 */
export class ChatBlocks {
  readonly #deps: {
    readonly directory: Pick<Directory, 'addBlock' | 'removeBlock'>;
    readonly store: Pick<TeamStore, 'audit'>;
    readonly clock: Pick<Clock, 'now'>;
    readonly onOutage: (cause: unknown) => void;
  };

  constructor(deps: {
    directory: Pick<Directory, 'addBlock' | 'removeBlock'>;
    store: Pick<TeamStore, 'audit'>;
    clock: Pick<Clock, 'now'>;
    onOutage: (cause: unknown) => void;
  }) {
    this.#deps = deps;
  }

  /** Answers what ends it. */
  follow(chat: Pick<Chat, 'onChange'>): () => void {
    return chat.onChange((change, entry) => {
      this.#heard(change, entry).catch(this.#deps.onOutage);
    });
  }

  async #heard({ workspace, state, messages }: Parameters<OnChange>[0], { before }: Parameters<OnChange>[1]): Promise<void> {
    const until = state.blockedUntil;
    if (state.visitor === '' || until === (before?.blockedUntil ?? 0)) return;
    const { directory, store, clock } = this.#deps;
    const at = clock.now();
    const user = messages.findLast(({ from }) => from.kind === 'agent')?.from.id ?? '';
    const noted = (action: string): Promise<void> =>
      store.audit({ workspace, user, at, action, detail: `${state.id}: in the conversation` });
    if (until <= at) {
      if (await directory.removeBlock(workspace, state.id)) await noted('block.remove');
      return;
    }
    const block: BlockRecord = {
      id: state.id,
      workspace,
      kind: 'visitor',
      addressHash: '',
      what: state.visitor,
      label: state.contact.name || state.contact.email,
      until: until >= FOR_EVER ? null : until,
      note: '',
      createdAt: at,
      createdBy: user,
    };
    await directory.addBlock(block);
    await noted('block.add');
  }
}
