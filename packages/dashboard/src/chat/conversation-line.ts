import { deliver, isFull, type Line, type LineEvent, newLine } from '@foyer/domain/chat';
import { fail, ok, type Result } from '@foyer/domain';
import type { ChatReceipt, ChatRefused, ConsoleChange, ConsoleChatUp, Message, MessageBody } from '@foyer/protocol';
import { ApiFailure } from '../api/request.ts';
import { Listeners } from '../live/listeners.ts';
import type { LiveClock } from '../live/ports.ts';
import type { ChatRest, Declined, OpenConversation, OutgoingMessage, Said, TranscriptState } from './chat-types.ts';
import type { EntryStore } from './entry-store.ts';
import type { Signals } from './signals.ts';

/** What is answered by `chat.receipt` or `chat.refused`. */
export type AskedFrame = Extract<ConsoleChatUp, { readonly cid: string }>;
/** Asked again at this distance when a page or what is missing did not come. */
const AGAIN_MS = 2_000;

export interface LinePorts {
  readonly rest: ChatRest;
  readonly entries: EntryStore;
  readonly signals: Signals;
  readonly clock: LiveClock;
  /** Epoch ms of the server. */
  readonly now: () => number;
  readonly send: (frame: AskedFrame) => void;
  /** What waits for its receipt has changed. */
  readonly onOutgoing: () => void;
}
interface Waiting {
  readonly resolve: (answer: Result<ChatReceipt, Declined>) => void;
  /** null: not a message. */
  readonly shown: OutgoingMessage | null;
}

/**
 * ConversationLine — one conversation at this end: its transcript as far as it is loaded, and what is still to be said in it.
 *
 * Purpose     nothing said here is lost or said twice, nothing that was said is missing: `deliver` decides, this owns wire and pages.
 * Lifecycle   closed (only words on their way) → loading → open (kept up to date until `forget`) ; missing | failed.
 * Invariants  `messages` has no hole from its first one on; what is older comes by `loadEarlier`.
 */
export class ConversationLine {
  readonly id: string;
  readonly #ports: LinePorts;
  readonly #changed = new Listeners();
  readonly #waiting = new Map<string, Waiting>();
  /** In the transcript's place for own words until they stand in it. */
  readonly #outgoing = new Map<string, OutgoingMessage>();
  #line: Line<AskedFrame, Message> = newLine();
  #state: TranscriptState | 'closed' = 'closed';
  /** `seq` of the first message that is loaded; 1: all. */
  #from = 1;
  #heard: ConsoleChange[] = [];
  #snapshot: OpenConversation | null = null;
  #visible: { of: readonly Message[] | null; shown: readonly Message[] } = { of: null, shown: [] };
  #said: readonly OutgoingMessage[] = [];
  #isAsking = false;
  #earlier: Promise<void> | null = null;
  #cancelWake: () => void = () => {};
  #undo: (() => void)[] = [];

  constructor(id: string, ports: LinePorts) {
    this.id = id;
    this.#ports = ports;
    this.#line = { ...newLine<AskedFrame, Message>(), conversation: id };
  }

  get state(): TranscriptState | 'closed' {
    return this.#state;
  }
  readonly subscribe = this.#changed.subscribe;
  get isUsed(): boolean {
    return this.#changed.size > 0 || this.#line.outgoing.length > 0;
  }
  /** Words and notes that wait for their receipt. */
  get unsent(): readonly { readonly frame: AskedFrame; readonly shown: OutgoingMessage }[] {
    return this.#line.outgoing.flatMap(({ frame }) => {
      const shown = this.#outgoing.get(frame.cid);
      return shown ? [{ frame, shown }] : [];
    });
  }
  /** null until it is loaded. The same object as long as nothing changed. */
  readonly get = (): OpenConversation | null => {
    if (this.#state !== 'open') return null;
    this.#snapshot ??= this.#draw();
    return this.#snapshot;
  };

  /** Loads the end of the transcript, unless it is there. */
  open(): void {
    if (this.#state === 'open' || this.#state === 'loading') return;
    this.#state = 'loading';
    const { entries, signals } = this.#ports;
    this.#undo = [entries.subscribe(this.id, this.#redraw), signals.subscribe(this.id, this.#redraw)];
    this.#redraw();
    void this.#load();
  }
  /** Lets go of the transcript; what is to be said stays. */
  forget(): void {
    for (const undo of this.#undo.splice(0)) undo();
    this.#state = 'closed';
    this.#snapshot = null;
    this.#heard = [];
    this.#line = { ...this.#line, rev: 0, messages: [] };
  }

  connection(isOpen: boolean): void {
    this.#take(isOpen ? { e: 'opened' } : { e: 'closed' });
  }

  say(frame: AskedFrame, body: MessageBody | null, at = this.#ports.now()): Said {
    const waiting: { resolve: Waiting['resolve'] } = { resolve: () => {} };
    const done = new Promise<Result<ChatReceipt, Declined>>((resolve) => (waiting.resolve = resolve));
    if (isFull(this.#line)) {
      waiting.resolve(fail({ code: 'rate_limited', message: 'Too much waits to be sent.' }));
      return { cid: '', done };
    }
    const shown = body && { cid: frame.cid, at, body, failed: null };
    this.#waiting.set(frame.cid, { resolve: waiting.resolve, shown });
    if (shown) this.#outgoing.set(frame.cid, shown);
    this.#take({ e: 'say', frame });
    return { cid: frame.cid, done };
  }
  retry(cid: string): void {
    const shown = this.#outgoing.get(cid);
    if (shown) this.#outgoing.set(cid, { ...shown, failed: null });
    this.#take({ e: 'retry', cid });
  }
  drop(cid: string): void {
    this.#outgoing.delete(cid);
    this.#take({ e: 'drop', cid });
  }

  receipt(frame: ChatReceipt): void {
    this.#waiting.get(frame.cid)?.resolve(ok(frame));
    this.#waiting.delete(frame.cid);
    // A transcript that is not loaded will never show it.
    if (this.#state !== 'open') this.#outgoing.delete(frame.cid);
    this.#take({ e: 'receipt', cid: frame.cid });
  }
  refused({ cid, code, message, retryAfterMs }: ChatRefused): void {
    this.#take({ e: 'refused', cid, code, retryAfterMs, now: this.#ports.clock.now() });
    if (retryAfterMs !== undefined) return;
    const waiting = this.#waiting.get(cid);
    this.#waiting.delete(cid);
    waiting?.resolve(fail({ code, message }));
    const shown = this.#outgoing.get(cid);
    if (shown) this.#outgoing.set(cid, { ...shown, failed: code });
    else this.#take({ e: 'drop', cid });
    this.#redraw();
  }

  hear(change: ConsoleChange): void {
    if (this.#state === 'loading') this.#heard.push(change);
    else if (this.#state === 'open') this.#apply(change);
    else {
      for (const { cid } of change.messages) if (this.#waiting.has(cid)) this.#take({ e: 'receipt', cid });
      this.#arrived(change.messages);
    }
  }
  /** Seen in the transcript is as good as a receipt, which may have been cut off. */
  #arrived(messages: readonly Message[]): void {
    for (const { cid, seq, at } of messages) {
      if (cid === '') continue;
      this.#outgoing.delete(cid);
      this.#waiting.get(cid)?.resolve(ok({ t: 'chat.receipt', cid, conversation: this.id, seq, at }));
      this.#waiting.delete(cid);
    }
  }
  /** The conversation is known to be at this `rev`. */
  head(rev: number): void {
    if (this.#state === 'open') this.#take({ e: 'head', conversation: this.id, rev });
  }

  readonly loadEarlier = (): void => void this.#loadEarlier();
  /** Loads as far back as this message. */
  async loadTo(seq: number): Promise<void> {
    while (this.#state === 'open' && this.#from > Math.max(1, seq)) {
      const before = this.#from;
      await this.#loadEarlier();
      if (this.#from === before) return;
    }
  }

  #loadEarlier(): Promise<void> {
    if (this.#state !== 'open' || this.#from <= 1) return Promise.resolve();
    this.#earlier ??= this.#ports.rest
      .before(this.id, this.#from)
      .then(
        (page) => {
          if (this.#state !== 'open') return;
          this.#from = page[0]?.seq ?? 1;
          this.#line = { ...this.#line, messages: [...page, ...this.#line.messages] };
          this.#redraw();
        },
        () => undefined,
      )
      .finally(() => {
        this.#earlier = null;
      });
    return this.#earlier;
  }

  async #load(): Promise<void> {
    const { rest, entries, clock } = this.#ports;
    try {
      // The page is read after the line of the list is known, so it has at least what that one knows.
      if (!entries.get(this.id)) entries.put(await rest.entry(this.id));
      const rev = entries.get(this.id)?.conversation.rev ?? 0;
      const page = await rest.before(this.id);
      if (this.#state !== 'loading') return;
      this.#from = page[0]?.seq ?? 1;
      this.#line = { ...this.#line, conversation: this.id, rev, messages: page };
      this.#state = 'open';
      for (const change of this.#heard.splice(0)) this.#apply(change);
      this.#redraw();
    } catch (failure) {
      if (this.#state !== 'loading') return;
      const isMissing = failure instanceof ApiFailure && failure.status === 404;
      this.forget();
      this.#state = isMissing ? 'missing' : 'failed';
      this.#redraw();
      if (!isMissing) clock.after(AGAIN_MS, () => this.#state === 'failed' && this.#changed.size > 0 && this.open());
    }
  }

  #apply({ conversation, messages }: Pick<ConsoleChange, 'conversation' | 'messages'>): void {
    this.#take({
      e: 'changes',
      conversation: this.id,
      prev: conversation.rev - 1,
      rev: conversation.rev,
      messages: this.#loaded(messages),
    });
  }
  /** Without what lies before the first that is loaded: it is read when it is asked for. */
  #loaded(messages: readonly Message[]): readonly Message[] {
    return this.#from <= 1 ? messages : messages.filter(({ seq }) => seq >= this.#from);
  }

  #take(event: LineEvent<AskedFrame, Message>): void {
    const { line, send, ask } = deliver(this.#line, event);
    const isSaying = line.outgoing !== this.#line.outgoing;
    this.#line = line;
    if (send) this.#ports.send(send);
    if (ask && this.#state === 'open') void this.#ask(ask.rev);
    if (line.waitUntil > 0) {
      this.#cancelWake();
      const { clock } = this.#ports;
      this.#cancelWake = clock.after(line.waitUntil - clock.now(), () => this.#take({ e: 'wake', now: clock.now() }));
    }
    if (event.e === 'changes') this.#arrived(event.messages);
    if (isSaying) this.#ports.onOutgoing();
    this.#redraw();
  }

  async #ask(rev: number): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const answer = await this.#ports.rest.after(this.id, rev).catch(() => null);
    this.#isAsking = false;
    if (this.#state !== 'open') return;
    if (!answer) {
      this.#ports.clock.after(AGAIN_MS, () => {
        if (this.#state === 'open' && this.#line.rev === rev) void this.#ask(rev);
      });
      return;
    }
    this.#take({
      e: 'changes',
      conversation: this.id,
      prev: rev,
      rev: answer.rev,
      messages: this.#loaded(answer.messages),
      ...(answer.more ? { more: true as const } : {}),
    });
    // Somebody spoke while it was asked.
    this.head(this.#ports.entries.get(this.id)?.conversation.rev ?? 0);
  }

  readonly #redraw = (): void => {
    this.#snapshot = null;
    this.#changed.notify();
  };
  #draw(): OpenConversation | null {
    const { entries, signals } = this.#ports;
    const entry = entries.get(this.id);
    if (!entry) return null;
    const { messages } = this.#line;
    // The same arrays as long as nothing in them changed: a transcript is laid out again only then.
    if (this.#visible.of !== messages) this.#visible = { of: messages, shown: messages.filter(({ gone }) => gone !== 'undone') };
    const outgoing = [...this.#outgoing.values()];
    if (outgoing.length !== this.#said.length || outgoing.some((one, i) => one !== this.#said[i])) this.#said = outgoing;
    return {
      conversation: entry.conversation,
      messages: this.#visible.shown,
      outgoing: this.#said,
      lookers: signals.lookers(this.id),
      visitorTyping: signals.typing(this.id),
      hasEarlier: this.#from > 1,
      loadEarlier: this.loadEarlier,
    };
  }
}
