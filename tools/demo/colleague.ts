import { randomBytes } from 'node:crypto';
import { createRandom, type Random } from '@foyer/domain/simulate';
import type { ConsoleChatDown, ConsoleChatUp, Conversation, Message } from '@foyer/protocol';
import { WebSocket } from 'ws';
import { signIn } from '../swarm/sign-in.ts';
import { bodyOf, FILLED_IN, goodbyeTo, tagOf, turnAfter, WORDS } from './dialogues.ts';

/** How long somebody waits before a colleague takes the chat, and how long it is quiet before it is resolved. */
const PATIENCE_MS = 60_000;
const QUIET_MS = 70_000;
/** Chats at once; the rest is left to whoever tries the demo. */
const AT_ONCE = 4;
const BACK_AFTER_MS = 2_000;

export interface ColleagueOptions {
  readonly address: string;
  readonly email: string;
  readonly password: string;
  readonly seed: number;
  readonly pace: number;
}

/** A simulated agent of the demo at a real console: takes chats from the queue, types, answers and resolves them. */
export class Colleague {
  readonly #options: ColleagueOptions;
  readonly #random: Random;
  readonly #own = new Set<string>();
  /** What each visitor has said last, whoever had the conversation then. */
  readonly #said = new Map<string, { readonly text: string; readonly seq: number }>();
  /** Given to others because the answer was not known: not taken again. */
  readonly #handedOver = new Set<string>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #socket: WebSocket | null = null;
  #user = '';
  #isOver = false;

  constructor(options: ColleagueOptions) {
    this.#options = options;
    this.#random = createRandom(options.seed);
  }

  async open(): Promise<void> {
    const { address, email, password } = this.#options;
    const cookie = await signIn(address, { email, password });
    if (!this.#isOver) this.#connect(cookie);
  }

  end(): void {
    this.#isOver = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#socket?.terminate();
  }

  #connect(cookie: string): void {
    const { address } = this.#options;
    const socket = new WebSocket(`${address.replace(/^http/, 'ws')}/api/v1/live`, { headers: { cookie, origin: address } });
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#hear(JSON.parse(data.toString()) as ConsoleChatDown | { t: 'hello'; me: { id: string } }));
    socket.on('error', () => {});
    socket.on('close', () => {
      if (!this.#isOver) this.#later('back', BACK_AFTER_MS, () => this.#connect(cookie));
    });
  }

  #hear(frame: ConsoleChatDown | { t: 'hello'; me: { id: string } }): void {
    if (frame.t === 'hello') {
      this.#user = frame.me.id;
      return this.#say({ t: 'chat.hello', chatSeq: 0 });
    }
    if (frame.t === 'chat.change') this.#look(frame.conversation, frame.messages);
  }

  #look({ id, status, owner, source }: Conversation, messages: readonly Message[]): void {
    if (source === 'playground') return;
    const asked = messages.findLast(({ from, body }) => from.kind === 'visitor' && (body.kind === 'text' || body.kind === 'submission'));
    if (asked) this.#said.set(id, { text: asked.body.kind === 'text' ? asked.body.text : FILLED_IN, seq: asked.seq });
    if (status === 'resolved') this.#said.delete(id);
    const isOwn = status === 'assigned' && owner.id === this.#user;
    if (!isOwn) this.#own.delete(id);
    if (status === 'unassigned') {
      if (this.#own.size < AT_ONCE && !this.#timers.has(id) && !this.#handedOver.has(id))
        this.#later(id, this.#random.wait(PATIENCE_MS), () => this.#say({ t: 'chat.accept', cid: newCid(), conversation: id }));
      return;
    }
    if (!isOwn) return this.#drop(id);
    const isNew = !this.#own.has(id);
    this.#own.add(id);
    if (isNew) this.#say({ t: 'chat.watch', conversation: id });
    const said = this.#said.get(id);
    if (asked || isNew) this.#answer(id, said?.text ?? '', said?.seq ?? 0);
    else if (messages.length > 0) this.#later(id, this.#random.around(QUIET_MS, 0.5), () => this.#resolve(id));
  }

  #answer(conversation: string, to: string, seq: number): void {
    if (seq > 0) this.#say({ t: 'chat.marks', conversation, read: seq });
    const tag = tagOf(to);
    if (tag !== '') this.#say({ t: 'chat.tags', cid: newCid(), conversation, tags: [tag] });
    const known = to === '' ? WORDS.greeting : turnAfter(to, 1) || goodbyeTo(to);
    this.#later(conversation, this.#random.around(3_000, 0.4), () => {
      this.#say({ t: 'chat.typing', conversation, on: true });
      this.#later(conversation, this.#random.around(5_000, 0.4), () => {
        this.#say({ t: 'chat.say', cid: newCid(), conversation, body: bodyOf(known || WORDS.handOver) });
        if (known === '') this.#handOver(conversation);
      });
    });
  }

  /** What somebody real asks is for somebody real. */
  #handOver(conversation: string): void {
    this.#handedOver.add(conversation);
    this.#say({ t: 'chat.release', cid: newCid(), conversation });
    this.#own.delete(conversation);
  }

  #resolve(conversation: string): void {
    this.#say({ t: 'chat.resolve', cid: newCid(), conversation });
    this.#drop(conversation);
  }

  /** One thing at a time in each conversation. */
  #later(id: string, ms: number, run: () => void): void {
    clearTimeout(this.#timers.get(id));
    const timer = setTimeout(() => {
      this.#timers.delete(id);
      run();
    }, ms / this.#options.pace);
    this.#timers.set(id, timer);
  }

  #drop(id: string): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  #say(frame: ConsoleChatUp): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }
}

const newCid = (): string => randomBytes(9).toString('base64url');
