import { type Result, fail } from '@foyer/domain';
import {
  type AgentBody,
  type Availability,
  type ChatFile,
  type ChatReceipt,
  type ConsoleChatDown,
  type ConsoleChatUp,
  type Conversation,
  type MessageBody,
} from '@foyer/protocol';
import type { LiveClock } from '../live/ports.ts';
import type { ChatRest, ChatWire, Declined, Done, InboxFilter, OutgoingMessage, Said } from './chat-types.ts';
import { type AskedFrame, ConversationLine, type LinePorts } from './conversation-line.ts';
import { countedAs, Counts } from './counts.ts';
import { EntryStore } from './entry-store.ts';
import { Heads } from './heads.ts';
import { InboxList } from './inbox-list.ts';
import { Signals } from './signals.ts';

/** Transcripts that are kept up to date although nobody looks at them: going back to one is at once. */
const KEPT_TRANSCRIPTS = 20;
/** A hole of more pages than this is not read: everything on screen is read anew. */
const MOST_PAGES = 10;
const AGAIN_MS = 2_000;
/** What was shown before the server agreed goes when no change followed the receipt. */
const AHEAD_MS = 1_500;
/** A typing signal is repeated so often while somebody types; it holds for 6 s. */
const TYPING_EVERY_MS = 3_000;

export interface ChatClientOptions {
  readonly wire: ChatWire;
  readonly rest: ChatRest;
  readonly clock: LiveClock;
  /** Epoch ms of the server. */
  readonly now: () => number;
  /** User id of who is signed in. */
  readonly self: string;
  readonly newId: () => string;
  /** Where words wait over a reload of the page. */
  readonly unsent: { read(): string | null; write(text: string | null): void };
  /** Other windows of the same agent. */
  readonly windows: { say(conversation: string): void; hear(listener: (conversation: string) => void): () => void };
}
type Act = Exclude<AskedFrame['t'], 'chat.say' | 'chat.note' | 'chat.invite'>;
type ActFrame<T extends Act> = Omit<Extract<AskedFrame, { t: T }>, 't' | 'cid' | 'conversation'>;

/**
 * ChatClient — conversations on the console's socket.
 *
 * Purpose     screens read stores and say what is to be done; that words are repeated and holes filled is not their business.
 * Lifecycle   start → stop. Beside the views of the same socket, which know nothing of it.
 * Invariants  nothing is applied twice (by `rev`), nothing is missed (by `chatSeq`), nothing said is lost (by client id).
 */
export class ChatClient {
  readonly self: string;
  readonly entries: EntryStore;
  readonly signals: Signals;
  readonly counts: Counts;
  readonly #o: ChatClientOptions;
  readonly #heads = new Heads();
  readonly #lines = new Map<string, ConversationLine>();
  readonly #byCid = new Map<string, ConversationLine>();
  readonly #lists = new Map<string, InboxList>();
  readonly #wanted = new Set<string>();
  #isFilling = false;
  #watched: string | null = null;
  #invited: string | null = null;
  #marks: { readonly conversation: string; readonly read: number } | null = null;
  #typingAt = new Map<string, number>();
  #undo: (() => void)[] = [];

  constructor(options: ChatClientOptions) {
    this.#o = options;
    this.self = options.self;
    this.entries = new EntryStore(() => options.self);
    this.signals = new Signals(options.clock);
    this.counts = new Counts(options.rest, options.clock);
  }

  start(): void {
    const { wire, windows } = this.#o;
    this.#undo = [
      wire.onFrame((frame) => this.#hear(frame)),
      wire.onConnection(() => this.#connection()),
      windows.hear((conversation) => {
        this.entries.read(conversation);
        this.counts.stale();
      }),
    ];
    this.#restore();
    this.#connection();
  }
  stop(): void {
    for (const undo of this.#undo.splice(0)) undo();
  }

  /** One conversation's transcript and words. */
  line(id: string): ConversationLine {
    const known = this.#lines.get(id);
    // The last ones used are the last to be forgotten.
    if (known) this.#lines.delete(id);
    const line = known ?? this.#newLine(id);
    this.#lines.set(id, line);
    this.#forgetLines();
    return line;
  }
  list(filter: InboxFilter): InboxList {
    const key = JSON.stringify(filter, Object.keys(filter).toSorted());
    let list = this.#lists.get(key);
    if (!list) {
      list = new InboxList(filter, { entries: this.entries, rest: this.#o.rest, clock: this.#o.clock, now: this.#o.now, self: this.self });
      this.#lists.set(key, list);
      if (this.#heads.seq >= 0) list.load();
    }
    return list;
  }
  /** Lists that nobody shows are given up. */
  giveUp(list: InboxList): void {
    if (list.isUsed) return;
    for (const [key, one] of this.#lists) if (one === list) this.#lists.delete(key);
    list.close();
  }
  /** Reads a line of the inbox unless it is known. */
  want(id: string): void {
    if (this.entries.get(id) || this.#wanted.has(id)) return;
    this.#wanted.add(id);
    void this.#read(id);
  }

  /** `files`: what the names in an attachment stand for, to be shown until it has arrived. */
  say(conversation: string, body: AgentBody, files: readonly ChatFile[] = []): Said {
    const cid = this.#o.newId();
    return this.#ask(conversation, { t: 'chat.say', cid, conversation, body }, shownBody(body, files));
  }
  note(conversation: string, text: string, mentions: readonly string[] = []): Said {
    const cid = this.#o.newId();
    return this.#ask(conversation, { t: 'chat.note', cid, conversation, text, mentions: [...mentions] }, { kind: 'note', text, mentions });
  }
  /** What failed is said again, under the same client id; or given up. */
  sayAgain(conversation: string, cid: string): void {
    this.line(conversation).retry(cid);
  }
  drop(conversation: string, cid: string): void {
    this.line(conversation).drop(cid);
  }

  edit(conversation: string, seq: number, text: string): Done {
    return this.#act('chat.edit', conversation, { seq, text });
  }
  remove(conversation: string, seq: number, how: 'delete' | 'undo'): Done {
    return this.#act('chat.remove', conversation, { seq, how });
  }
  accept(conversation: string, q: Anyway = {}): Done {
    return this.#act('chat.accept', conversation, anyway(q), this.#mine(conversation));
  }
  assign(conversation: string, agent: string, q: Anyway = {}): Done {
    const owner = { kind: 'agent' as const, id: agent, epoch: this.#epoch(conversation) + 1 };
    return this.#act('chat.assign', conversation, { agent, ...anyway(q) }, { status: 'assigned', owner });
  }
  transfer(conversation: string, team: string): Done {
    return this.#act('chat.transfer', conversation, { team }, { ...this.#nobodys(conversation), team });
  }
  release(conversation: string): Done {
    return this.#act('chat.release', conversation, {}, this.#nobodys(conversation));
  }
  takeOver(conversation: string): Done {
    return this.#act('chat.take_over', conversation, {}, this.#mine(conversation));
  }
  handToAi(conversation: string, ai: string): Done {
    const owner = { kind: 'ai' as const, id: ai, epoch: this.#epoch(conversation) + 1 };
    return this.#act('chat.hand_to_ai', conversation, { ai }, { status: 'ai', owner });
  }
  resolve(conversation: string): Done {
    const owner = { kind: 'nobody' as const, id: '', epoch: this.#epoch(conversation) + 1 };
    return this.#act('chat.resolve', conversation, {}, { status: 'resolved', owner, awaitingSince: 0, resolvedAt: this.#o.now() });
  }
  reopen(conversation: string): Done {
    return this.#act('chat.reopen', conversation, {}, { ...this.#mine(conversation), resolvedAt: 0 });
  }
  /** `forMs` undefined: until it is taken back. */
  block(conversation: string, forMs?: number): Done {
    return this.#act('chat.block', conversation, forMs === undefined ? {} : { forMs });
  }
  unblock(conversation: string): Done {
    return this.#act('chat.unblock', conversation, {});
  }
  tags(conversation: string, tags: readonly string[]): Done {
    return this.#act('chat.tags', conversation, { tags: [...tags] }, { tags });
  }

  /** The first message to a visitor. The receipt names the conversation. */
  invite(visitor: string, body: AgentBody, q: Anyway = {}): Done {
    if (!this.#o.wire.isOpen()) return away();
    const frame = { t: 'chat.invite' as const, cid: this.#o.newId(), visitor, body, ...anyway(q) };
    return this.#ask(`invite ${visitor}`, frame, null).done;
  }
  /** The agent writes a first message to this visitor, and colleagues are told; null: no more. */
  inviting(visitor: string | null): void {
    if (this.#invited === visitor) return;
    this.#invited = visitor;
    this.#o.wire.send({ t: 'chat.inviting', visitor });
  }
  /** Which conversation is open on the screen; null: none. */
  watch(conversation: string | null): void {
    if (this.#watched === conversation) return;
    this.#watched = conversation;
    this.#o.wire.send({ t: 'chat.watch', conversation });
  }
  /** As often as there is input; what goes out is bounded here. */
  typing(conversation: string, on: boolean): void {
    const at = this.#typingAt.get(conversation);
    const now = this.#o.clock.now();
    if (on ? at !== undefined && now - at < TYPING_EVERY_MS : at === undefined) return;
    if (on) this.#typingAt.set(conversation, now);
    else this.#typingAt.delete(conversation);
    this.#o.wire.send({ t: 'chat.typing', conversation, on });
  }
  /** Seen by this agent up to here. */
  marks(conversation: string, read: number): void {
    const known = this.entries.get(conversation)?.conversation;
    if (!known || (this.#marks?.conversation === conversation && this.#marks.read >= read)) return;
    this.#marks = { conversation, read };
    this.#o.wire.send({ t: 'chat.marks', conversation, read });
    if (read < known.seq) return;
    this.entries.read(conversation);
    this.#o.windows.say(conversation);
    this.counts.stale();
  }
  available(as: Availability): void {
    this.signals.hearAvailabilities({ t: 'chat.availabilities', set: { [this.self]: as } });
    this.#o.wire.send({ t: 'chat.available', as });
  }

  #mine = (id: string): Partial<Conversation> => ({
    status: 'assigned',
    owner: { kind: 'agent', id: this.self, epoch: this.#epoch(id) + 1 },
  });
  #nobodys = (id: string): Partial<Conversation> => ({
    status: 'unassigned',
    owner: { kind: 'nobody', id: '', epoch: this.#epoch(id) + 1 },
  });
  #epoch = (id: string): number => this.entries.get(id)?.conversation.owner.epoch ?? 0;

  #act<T extends Act>(t: T, conversation: string, given: ActFrame<T>, ahead?: Partial<Conversation>): Done {
    // Words wait for the connection; what somebody presses should not happen minutes later.
    if (!this.#o.wire.isOpen()) return away();
    const cid = this.#o.newId();
    if (ahead) this.entries.goAhead(conversation, cid, ahead);
    const { done } = this.#ask(conversation, { t, cid, conversation, ...given } as unknown as AskedFrame, null);
    void done.then((answer: Result<ChatReceipt, Declined>) => {
      if (!ahead) return;
      if (!answer.ok) return this.entries.takeBack(conversation, cid);
      this.entries.agreed(conversation, cid);
      this.#o.clock.after(AHEAD_MS, () => this.entries.takeBack(conversation, cid));
    });
    return done;
  }

  #ask(id: string, frame: AskedFrame, body: MessageBody | null): Said {
    const line = this.line(id);
    this.#byCid.set(frame.cid, line);
    const said = line.say(frame, body);
    void said.done.then(() => this.counts.stale());
    return said;
  }

  #newLine(id: string): ConversationLine {
    const ports: LinePorts = {
      rest: this.#o.rest,
      entries: this.entries,
      signals: this.signals,
      clock: this.#o.clock,
      now: this.#o.now,
      send: (frame: ConsoleChatUp) => this.#o.wire.send(frame),
      onOutgoing: () => this.#keep(),
    };
    const line = new ConversationLine(id, ports);
    line.connection(this.#o.wire.isOpen());
    return line;
  }
  #forgetLines(): void {
    let spare = this.#lines.size - KEPT_TRANSCRIPTS;
    for (const [id, line] of this.#lines) {
      if (spare <= 0) return;
      if (line.isUsed) continue;
      line.forget();
      this.#lines.delete(id);
      spare -= 1;
    }
  }

  #connection(): void {
    const { wire } = this.#o;
    const isOpen = wire.isOpen();
    if (isOpen) {
      wire.send({ t: 'chat.hello', chatSeq: Math.max(0, this.#heads.seq) });
      if (this.#watched) wire.send({ t: 'chat.watch', conversation: this.#watched });
      if (this.#invited) wire.send({ t: 'chat.inviting', visitor: this.#invited });
      if (this.#marks) wire.send({ t: 'chat.marks', ...this.#marks });
      this.#typingAt.clear();
      this.counts.stale();
    } else this.signals.clear();
    for (const line of this.#lines.values()) line.connection(isOpen);
  }

  #hear(frame: ConsoleChatDown): void {
    switch (frame.t) {
      case 'chat.head':
        if (this.#heads.head(frame.chatSeq) !== 'same') this.#readAnew();
        return void this.#fill();
      case 'chat.change': {
        const { conversation, messages, chatSeq } = frame;
        const { id } = conversation;
        const before = countedAs(this.entries.get(id), this.self);
        if (this.entries.change(conversation, messages) === 'unknown') void this.#read(id);
        this.#lines.get(id)?.hear(frame);
        if (messages.some(({ from }) => from.kind === 'visitor')) this.signals.hearTyping({ conversation: id, on: false, text: '' });
        this.#heads.took(chatSeq);
        if (before === null || before !== countedAs(this.entries.get(id), this.self)) this.counts.stale();
        return void this.#fill();
      }
      case 'chat.receipt':
        this.#byCid.get(frame.cid)?.receipt(frame);
        this.#byCid.delete(frame.cid);
        return;
      case 'chat.refused':
        this.#byCid.get(frame.cid)?.refused(frame);
        return;
      case 'chat.lookers':
        return this.signals.hearLookers(frame, this.self);
      case 'chat.typing':
        return this.signals.hearTyping(frame);
      case 'chat.availabilities':
        return this.signals.hearAvailabilities(frame);
      case 'chat.elsewhere':
        return this.counts.stale();
      case 'chat.alert':
        return;
    }
  }

  /** Closes the hole, if there is one. */
  async #fill(): Promise<void> {
    if (this.#isFilling || !this.#heads.hasGap) return;
    this.#isFilling = true;
    let isOther = false;
    try {
      for (let page = 0; this.#heads.hasGap; page += 1) {
        if (page === MOST_PAGES) {
          this.#heads.jump(Number.MAX_SAFE_INTEGER);
          this.#o.wire.send({ t: 'chat.hello', chatSeq: 0 });
          return;
        }
        const { chatSeq, entries } = await this.#o.rest.changes(this.#heads.seq);
        for (const entry of entries) {
          const before = countedAs(this.entries.get(entry.conversation.id), this.self);
          this.entries.put(entry);
          isOther ||= before === null || before !== countedAs(entry, this.self);
          this.#lines.get(entry.conversation.id)?.head(entry.conversation.rev);
        }
        this.#heads.filled(chatSeq);
      }
      if (isOther) this.counts.stale();
    } catch {
      this.#o.clock.after(AGAIN_MS, () => void this.#fill());
    } finally {
      this.#isFilling = false;
    }
  }
  /** Nothing that is known here can be told to be complete: lists and open transcripts are read again. */
  #readAnew(): void {
    for (const list of this.#lists.values()) list.load();
    for (const line of this.#lines.values()) {
      if (line.state !== 'open') continue;
      line.forget();
      line.open();
    }
    this.counts.stale();
  }
  async #read(id: string): Promise<void> {
    const entry = await this.#o.rest.entry(id).catch(() => null);
    this.#wanted.delete(id);
    if (entry) this.entries.put(entry);
  }

  #keep(): void {
    const waiting = [...this.#lines.values()].flatMap((line) => line.unsent.map(({ frame, shown }) => ({ id: line.id, frame, shown })));
    this.#o.unsent.write(waiting.length === 0 ? null : JSON.stringify(waiting));
  }
  #restore(): void {
    const text = this.#o.unsent.read();
    if (text === null) return;
    for (const { id, frame, shown } of JSON.parse(text) as { id: string; frame: AskedFrame; shown: OutgoingMessage }[]) {
      const line = this.line(id);
      this.#byCid.set(frame.cid, line);
      line.say(frame, shown.body, shown.at);
    }
  }
}

export interface Anyway {
  /** Although the agent has as many as they may, or a colleague invites already. */
  readonly anyway?: boolean | undefined;
}
const anyway = (q: Anyway): { anyway?: true } => (q.anyway === true ? { anyway: true } : {});
const away = (): Done => Promise.resolve(fail({ code: 'unavailable', message: 'The connection is lost.' }));

/** What an own message looks like before it has come back. */
function shownBody(body: AgentBody, files: readonly ChatFile[]): MessageBody {
  if (body.kind !== 'attachment') return body;
  return { kind: 'attachment', text: body.text, files: body.files.flatMap((id) => files.find((file) => file.id === id) ?? []) };
}
