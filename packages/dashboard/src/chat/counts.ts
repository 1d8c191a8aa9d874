import type { ChatCounts, InboxEntry } from '@foyer/protocol';
import { Listeners } from '../live/listeners.ts';
import type { LiveClock } from '../live/ports.ts';
import type { ChatRest } from './chat-types.ts';

/** Changes come by the dozen a second; a number on a badge is read once in a while. */
const AT_MOST_EVERY_MS = 1_000;

interface Kept {
  counts: ChatCounts | null;
  readonly listeners: Listeners;
}

/**
 * What a conversation has in the counts of an agent: another text, other counts. Most of what happens in a conversation changes none: its
 * second unread message, what a colleague or the bot is told, a tag.
 */
export function countedAs(entry: InboxEntry | undefined, self: string): string | null {
  if (!entry) return null;
  const { site, status, owner } = entry.conversation;
  const isMine = status === 'assigned' && owner.id === self;
  return [site, status, isMine, (isMine || status === 'unassigned') && entry.unread > 0].join(' ');
}

/** How many chats there are, as the server counts them; read again when something changed, at most once a second, while somebody shows it. */
export class Counts {
  readonly #rest: Pick<ChatRest, 'counts'>;
  readonly #clock: LiveClock;
  /** By site; '': all. */
  readonly #kept = new Map<string, Kept>();
  #isDue = false;
  #isStale = false;

  constructor(rest: Pick<ChatRest, 'counts'>, clock: LiveClock) {
    this.#rest = rest;
    this.#clock = clock;
  }

  get(site = ''): ChatCounts | null {
    return this.#kept.get(site)?.counts ?? null;
  }
  subscribe(site: string, listener: () => void): () => void {
    let kept = this.#kept.get(site);
    if (!kept) {
      kept = { counts: null, listeners: new Listeners() };
      this.#kept.set(site, kept);
    }
    const undo = kept.listeners.subscribe(listener);
    if (!kept.counts) void this.#read(site, kept);
    return () => {
      undo();
      if (kept.listeners.size === 0) this.#kept.delete(site);
    };
  }

  /** Something changed. */
  stale(): void {
    if (this.#isDue) {
      this.#isStale = true;
      return;
    }
    this.#isDue = true;
    for (const [site, kept] of this.#kept) void this.#read(site, kept);
    this.#clock.after(AT_MOST_EVERY_MS, () => {
      this.#isDue = false;
      if (this.#isStale) {
        this.#isStale = false;
        this.stale();
      }
    });
  }

  async #read(site: string, kept: Kept): Promise<void> {
    const counts = await this.#rest.counts(site === '' ? undefined : site).catch(() => null);
    if (!counts || JSON.stringify(counts) === JSON.stringify(kept.counts)) return;
    kept.counts = counts;
    kept.listeners.notify();
  }
}
