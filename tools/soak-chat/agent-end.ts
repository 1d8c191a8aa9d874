import { deliver, type Line, type LineEvent, newLine } from '@foyer/domain/chat';
import type { ChangesPage, ConsoleChatDown, ConsoleChatUp, Conversation, Message, MessagesPage } from '@foyer/protocol';
import type { Account } from '../../e2e/account.ts';
import type { Random } from '../fuzz/random.ts';
import { End } from './end.ts';

type Say = Extract<ConsoleChatUp, { t: 'chat.say' }>;
type Event = LineEvent<Say, Message>;
const AGAIN_MS = 100;

/** An agent's console, with the resend and gap logic of the dashboard, who accepts what comes and answers. */
export class AgentEnd extends End {
  readonly said = new Map<string, string[]>();
  readonly refused: string[] = [];
  readonly lines = new Map<string, Line<Say, Message>>();
  readonly conversations = new Map<string, Conversation>();
  readonly #account: Account;
  readonly #name: string;
  #user = '';
  #chatSeq = 0;
  #isFilling = false;
  /** The server has answered `chat.hello` on this connection. */
  #isReady = false;
  #timers = new Set<NodeJS.Timeout>();

  /** `origin`: of the proxy. REST goes to the server itself: what is not on a socket is not cut, it fails while the server is down. */
  constructor(options: { account: Account; origin: string; name: string; random: Random }) {
    const { account, origin, name, random } = options;
    super({
      url: `${origin.replace(/^http/, 'ws')}/api/v1/live`,
      headers: { origin: account.origin, host: new URL(account.origin).host, cookie: account.cookie },
      random,
    });
    this.#account = account;
    this.#name = name;
  }

  get own(): Conversation[] {
    return [...this.conversations.values()].filter(({ owner }) => owner.kind === 'agent' && owner.id === this.#user);
  }

  say(conversation: string): void {
    const said = this.said.get(conversation) ?? [];
    const text = `${this.#name} answers ${said.length + 1} in ${conversation}`;
    this.said.set(conversation, [...said, text]);
    const cid = `${this.#name}-${said.length + 1}-${conversation}`.slice(0, 64);
    this.#take(conversation, { e: 'say', frame: { t: 'chat.say', cid, conversation, body: { kind: 'text', text } } });
  }

  override stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    super.stop();
  }

  protected hear(frame: ConsoleChatDown | { t: 'hello'; me: { id: string } }): void {
    switch (frame.t) {
      case 'hello':
        this.#user = frame.me.id;
        return this.send({ t: 'chat.hello', chatSeq: this.#chatSeq });
      case 'chat.head':
        if (frame.chatSeq > this.#chatSeq) void this.#fill();
        if (!this.#isReady) for (const id of this.conversations.keys()) this.#take(id, { e: 'opened' });
        this.#isReady = true;
        return;
      case 'chat.change': {
        const { chatSeq, conversation, messages } = frame;
        if (chatSeq === this.#chatSeq + 1) this.#chatSeq = chatSeq;
        else if (chatSeq > this.#chatSeq) void this.#fill();
        return this.#changed(conversation, conversation.rev - 1, messages);
      }
      case 'chat.receipt':
        for (const [id, line] of this.lines) {
          const known = line.outgoing.find((one) => one.frame.cid === frame.cid);
          this.#take(id, { e: 'receipt', cid: frame.cid });
          if (known) this.send(known.frame);
        }
        return;
      case 'chat.refused':
        return this.#declined(frame);
      default:
    }
  }

  protected lost(): void {
    this.#isReady = false;
    for (const id of this.lines.keys()) this.#take(id, { e: 'closed' });
  }

  #declined(frame: Extract<ConsoleChatDown, { t: 'chat.refused' }>): void {
    const { cid, retryAfterMs } = frame;
    for (const [id, line] of this.lines) {
      if (!line.outgoing.some((one) => one.frame.cid === cid)) continue;
      if (retryAfterMs === undefined) this.refused.push(`${cid}: ${frame.code}`);
      else this.#later(retryAfterMs + 1, () => this.#take(id, { e: 'wake', now: performance.now() }));
      this.#take(id, { ...frame, e: 'refused', now: performance.now() });
    }
  }

  /** What changed while this end was away, as the dashboard reads it. */
  async #fill(): Promise<void> {
    if (this.#isFilling) return;
    this.#isFilling = true;
    try {
      for (let more = true; more;) {
        const page = await this.#account.get<ChangesPage>(`/chat/changes?after=${this.#chatSeq}`);
        for (const { conversation } of page.entries) this.#changed(conversation, conversation.rev, []);
        this.#chatSeq = Math.max(this.#chatSeq, page.chatSeq);
        more = page.more;
      }
    } catch {
      this.#later(AGAIN_MS, () => void this.#fill());
    } finally {
      this.#isFilling = false;
    }
  }

  #changed(conversation: Conversation, prev: number, messages: readonly Message[]): void {
    const { id, rev, status } = conversation;
    if (rev >= (this.conversations.get(id)?.rev ?? 0)) this.conversations.set(id, conversation);
    if (!this.lines.has(id) && this.#isReady) this.#take(id, { e: 'opened' });
    this.#take(id, { e: 'changes', conversation: id, prev, rev, messages });
    if (status !== 'unassigned') return;
    const accept = { t: 'chat.accept', cid: `${this.#name}-accepts-${id}`.slice(0, 64), conversation: id, anyway: true };
    this.send(accept);
    this.send(accept);
  }

  #take(id: string, event: Event): void {
    const { line, send, ask } = deliver(this.lines.get(id) ?? newLine<Say, Message>(), event);
    this.lines.set(id, line);
    if (ask) void this.#ask(ask.conversation, ask.rev);
    if (!send) return;
    this.send(send);
    this.send(send);
  }

  async #ask(conversation: string, rev: number): Promise<void> {
    try {
      const page = await this.#account.get<MessagesPage>(`/conversations/${conversation}/messages?after=${rev}`);
      this.#take(conversation, { ...page, e: 'changes', conversation, prev: rev, ...(page.more ? { more: true } : { more: undefined }) });
    } catch {
      this.#later(AGAIN_MS, () => void this.#ask(conversation, rev));
    }
  }

  #later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
  }
}
