import { conversationFigures } from '@foyer/domain/analytics';
import type { Message } from '@foyer/protocol';
import type { ChatStore, StoredEntry } from '../ports/chat-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConversationRecord, HistoryStore } from '../ports/history-store.ts';

/** How far figures may be behind the chats; in it, what changes often is counted once. */
const EVERY_MS = 2_000;
/** Conversations in one transaction. */
const TOGETHER = 100;
const MESSAGES_AT_ONCE = 500;

interface ChatCountsDeps {
  readonly clock: Clock;
  readonly chats: Pick<ChatStore, 'heads' | 'changesAfter' | 'messagesAfter'>;
  readonly history: Pick<HistoryStore, 'bookConversations' | 'chatMarks'>;
  readonly onOutage: (what: string, cause: unknown) => void;
}

/**
 * ChatCounts — brings conversations into the figures.
 *
 * Purpose     chats live in one file and figures in another, and no transaction spans both: changes are followed by `chatSeq`, and how far
 *             is kept with the figures. What was not counted before a kill is counted at the next start; what is counted again is said
 *             absolutely, so it changes nothing.
 * Cost        the messages of what changed; nothing while nothing changes but one question for the heads.
 * On error    kept for the next round.
 */
export class ChatCounts {
  readonly #deps: ChatCountsDeps;
  #marks: Map<string, number> | null = null;
  #running: Promise<void> | null = null;
  #stop: () => void = () => {};

  constructor(deps: ChatCountsDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#stop = this.#deps.clock.setInterval(() => void this.run(), EVERY_MS);
  }

  /** Resolves when nothing of it is under way. */
  async stop(): Promise<void> {
    this.#stop();
    await this.#running;
  }

  /** Counts what has changed; while a round is under way, waits for that one. Never rejects. */
  run(): Promise<void> {
    this.#running ??= this.#round()
      .catch((cause: unknown) => this.#deps.onOutage('count conversations', cause))
      .finally(() => (this.#running = null));
    return this.#running;
  }

  async #round(): Promise<void> {
    const { chats, history } = this.#deps;
    this.#marks ??= new Map(await history.chatMarks());
    for (const [workspace, head] of await chats.heads()) {
      const mark = this.#marks.get(workspace) ?? 0;
      // The chats are older than the figures: a backup was put back, and all of them are counted anew.
      if (head !== mark) await this.#follow(workspace, head < mark ? { from: 0, head, again: true } : { from: mark, head, again: false });
    }
  }

  async #follow(workspace: string, { from, head, again }: { from: number; head: number; again: boolean }): Promise<void> {
    const { chats, history } = this.#deps;
    for (let chatSeq = from; ;) {
      const changed = await chats.changesAfter({ workspace, agent: '', chatSeq, limit: TOGETHER });
      const conversations: ConversationRecord[] = [];
      for (const entry of changed) conversations.push(await this.#recordOf(entry));
      const isLast = changed.length < TOGETHER;
      chatSeq = Math.max(changed.at(-1)?.chatSeq ?? chatSeq, isLast ? head : 0);
      await history.bookConversations({ workspace, upTo: chatSeq, conversations, again });
      this.#marks?.set(workspace, chatSeq);
      if (isLast) return;
    }
  }

  async #recordOf({ state, chatSeq, country }: StoredEntry): Promise<ConversationRecord> {
    const { workspace, id: conversation, site, source, visitor, contact, startedAt, lastMessageAt, phase } = state;
    const messages = await this.#messagesOf(workspace, conversation);
    return {
      workspace,
      conversation,
      site,
      source,
      visitor,
      status: phase.status,
      country,
      name: contact.name,
      email: contact.email,
      startedAt,
      lastMessageAt,
      chatSeq,
      figures: conversationFigures(state, messages),
    };
  }

  async #messagesOf(workspace: string, conversation: string): Promise<Message[]> {
    const all: Message[] = [];
    for (let rev = 0; ;) {
      const page = await this.#deps.chats.messagesAfter({ workspace, conversation, rev, limit: MESSAGES_AT_ONCE });
      all.push(...page.messages);
      if (!page.more) return all;
      rev = page.rev;
    }
  }
}
