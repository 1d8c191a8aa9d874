import type { Conversation, InboxEntry, Message } from '@foyer/protocol';
import { Listeners } from '../live/listeners.ts';

/** Beyond this the oldest that are over and that nobody looks at are forgotten; a list that needs one asks again. */
const MOST_ENTRIES = 5_000;
/** More are shown as "99+". */
const MOST_UNREAD = 100;

/** Whether a message is somebody's word, as the line of a list shows it. */
const isWord = ({ body, gone }: Message): boolean => body.kind !== 'event' && body.kind !== 'note' && gone !== 'undone';

/** What stands on the screen before the server has agreed; `base`: the `rev` it was done at. */
interface Ahead {
  readonly cid: string;
  readonly set: Partial<Conversation>;
  /** Agreed to: the next change has it in it. */
  agreed: boolean;
}

/**
 * EntryStore — every conversation that this console has heard of, as a line of the inbox.
 *
 * Invariants  a conversation is replaced by a higher `rev` only; what was done here and not answered yet lies over it.
 */
export class EntryStore {
  readonly #self: () => string;
  readonly #entries = new Map<string, InboxEntry>();
  readonly #shown = new Map<string, InboxEntry>();
  readonly #ahead = new Map<string, readonly Ahead[]>();
  readonly #byVisitor = new Map<string, string>();
  readonly #listeners = new Map<string, Listeners>();
  readonly #onAny = new Set<(id: string) => void>();

  /** `self`: one's own user id. */
  constructor(self: () => string) {
    this.#self = self;
  }

  get(id: string): InboxEntry | undefined {
    return this.#shown.get(id) ?? this.#entries.get(id);
  }
  all(): Iterable<string> {
    return this.#entries.keys();
  }
  /** The visitor's latest, of those that are known. */
  ofVisitor(visitor: string): InboxEntry | undefined {
    const id = this.#byVisitor.get(visitor);
    return id === undefined ? undefined : this.get(id);
  }

  subscribe(id: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(id) ?? new Listeners();
    this.#listeners.set(id, listeners);
    const undo = listeners.subscribe(listener);
    return () => {
      undo();
      if (listeners.size === 0 && this.#listeners.get(id) === listeners) this.#listeners.delete(id);
    };
  }
  subscribeAny(listener: (id: string) => void): () => void {
    this.#onAny.add(listener);
    return () => this.#onAny.delete(listener);
  }

  /** As read from the server. Older than what is known: nothing happens. */
  put(entry: InboxEntry): void {
    const { conversation } = entry;
    const known = this.#entries.get(conversation.id);
    if (known && known.conversation.rev > conversation.rev) return;
    this.#set(entry);
  }

  /** As heard. 'unknown': the line is incomplete (what came before, or how much is unread, is not known here). */
  change(conversation: Conversation, messages: readonly Message[]): 'known' | 'unknown' {
    const known = this.#entries.get(conversation.id);
    if (known && known.conversation.rev >= conversation.rev) return 'known';
    const before = known?.conversation.seq ?? 0;
    const isWhole = known !== undefined || messages[0]?.seq === 1;
    let last = known?.last ?? null;
    let isLost = false;
    for (const message of messages) {
      if (last && message.seq === last.seq && !isWord(message)) isLost = true;
      else if (isWord(message) && (!last || message.seq >= last.seq)) last = message;
    }
    const isAnswered = messages.some(
      (one) => one.from.kind === 'agent' && one.from.id === this.#self() && one.cid !== '' && isWord(one) && one.seq > before,
    );
    const more = messages.filter(({ from, body, seq }) => from.kind === 'visitor' && body.kind !== 'event' && seq > before).length;
    const unread = isAnswered ? 0 : Math.min(MOST_UNREAD, (known?.unread ?? 0) + more);
    this.#set({ ...known, conversation, last, unread });
    return isWhole && !isLost ? 'known' : 'unknown';
  }

  /** Read here, or in another window of the same agent. */
  read(id: string): void {
    const known = this.#entries.get(id);
    if (known && known.unread > 0) this.#set({ ...known, unread: 0 });
  }

  /** Shows at once what was asked for under this client id. */
  goAhead(id: string, cid: string, set: Partial<Conversation>): void {
    if (!this.#entries.has(id)) return;
    this.#ahead.set(id, [...(this.#ahead.get(id) ?? []), { cid, set, agreed: false }]);
    this.#show(id);
  }
  /** Done: what was shown ahead stays until the change comes. */
  agreed(id: string, cid: string): void {
    for (const ahead of this.#ahead.get(id) ?? []) if (ahead.cid === cid) ahead.agreed = true;
  }
  /** Not done, or too long ago: what is known counts again. */
  takeBack(id: string, cid: string): void {
    const left = (this.#ahead.get(id) ?? []).filter((ahead) => ahead.cid !== cid);
    this.#ahead.set(id, left);
    this.#show(id);
  }

  #set(entry: InboxEntry): void {
    const { id, visitor, startedAt } = entry.conversation;
    this.#entries.set(id, entry);
    const latest = this.#byVisitor.get(visitor);
    const isLatest = latest === undefined || (this.#entries.get(latest)?.conversation.startedAt ?? 0) <= startedAt;
    if (visitor !== '' && isLatest) this.#byVisitor.set(visitor, id);
    const waiting = this.#ahead.get(id)?.filter((ahead) => !ahead.agreed);
    if (waiting) this.#ahead.set(id, waiting);
    this.#show(id);
    if (this.#entries.size > MOST_ENTRIES) this.#forget();
  }

  #show(id: string): void {
    const entry = this.#entries.get(id);
    const ahead = this.#ahead.get(id) ?? [];
    if (ahead.length === 0) this.#ahead.delete(id);
    if (!entry || ahead.length === 0) this.#shown.delete(id);
    else {
      const conversation = ahead.reduce<Conversation>((shown, { set }) => ({ ...shown, ...set }), entry.conversation);
      this.#shown.set(id, { ...entry, conversation });
    }
    this.#listeners.get(id)?.notify();
    for (const listener of [...this.#onAny]) listener(id);
  }

  #forget(): void {
    for (const [id, { conversation }] of this.#entries) {
      if (this.#entries.size <= MOST_ENTRIES * 0.9) return;
      if (conversation.status !== 'resolved' || this.#listeners.has(id)) continue;
      this.#entries.delete(id);
      if (this.#byVisitor.get(conversation.visitor) === id) this.#byVisitor.delete(conversation.visitor);
    }
  }
}
