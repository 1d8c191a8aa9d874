import { createPerson, createRandom, type Person, type Random } from '@foyer/domain/simulate';
import type { ConsoleChatDown, ConsoleChatUp, ConsoleDown } from '@foyer/protocol';
import { type LeanSocket, openLeanSocket } from '../../tools/swarm/lean-socket.ts';
import { markersIn, markTitle, nowMicros, percentile } from '../../tools/swarm/marker.ts';
import type { Target } from '../../tools/swarm/tab.ts';
import { ChatTab } from './chat-tab.ts';

export interface GatherOrder {
  readonly target: Target;
  /** One session cookie an agent. */
  readonly cookies: readonly string[];
  readonly chats: number;
}
export interface TalkOrder {
  readonly messagesPerS: number;
  readonly seconds: number;
}
export interface TalkStats {
  readonly sent: number;
  readonly seen: number;
  readonly screenP50Ms: number;
  readonly screenP99Ms: number;
  readonly receiptP50Ms: number;
  readonly receiptP99Ms: number;
  readonly behindMsMax: number;
  readonly refused: Readonly<Record<string, number>>;
}

interface Agent {
  readonly socket: LeanSocket;
  /** What the agent waits for a receipt of, by client id. */
  readonly wait: Map<string, () => void>;
}

/** Connected at a time: each is an arrival beside its first message and its acceptance. */
const AT_ONCE = 20;
const DRAIN_MS = 2_000;

/**
 * Conversations of real sockets on both sides, in one process.
 *
 * Shape    conversation i is agent i mod agents'. Odd messages are the visitor's, even ones the agent's; either end marks as read what it gets.
 * Measures from just before a message is written to the frame with it at the other side's socket, and to the sender's receipt.
 */
export class Talkers {
  readonly #agents: Agent[] = [];
  readonly #tabs: ChatTab[] = [];
  readonly #sentAt = new Map<string, number>();
  readonly #random: Random = createRandom(7);
  #screenMs: number[] = [];
  #receiptMs: number[] = [];
  readonly #seen = new Set<string>();
  readonly #refused: Record<string, number> = {};
  #broken = '';
  #people = 1_000_000;
  #cids = 0;

  async gather({ target, cookies, chats }: GatherOrder): Promise<void> {
    this.#agents.push(...(await Promise.all(cookies.map((cookie, i) => this.#openAgent(target, cookie, i)))));
    for (let from = 0; from < chats; from += AT_ONCE)
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, chats - from) }, (_, i) => this.#beginChat(target, from + i)));
  }

  /** Open loop: what is late is sent late, and its lag counts from when it was written. */
  async talk({ messagesPerS, seconds }: TalkOrder): Promise<TalkStats> {
    this.#screenMs = [];
    this.#receiptMs = [];
    this.#seen.clear();
    const beganMs = performance.now();
    let behindMsMax = 0;
    const total = messagesPerS * seconds;
    for (let i = 0; i < total; i++) {
      const dueMs = beganMs + (i * 1_000) / messagesPerS;
      while (performance.now() < dueMs) await pause(1);
      behindMsMax = Math.max(behindMsMax, performance.now() - dueMs);
      this.#sayOne(Math.floor(i / 2) % this.#tabs.length, i % 2 === 0);
    }
    await pause(DRAIN_MS);
    if (this.#broken !== '') throw new Error(`a socket was closed: ${this.#broken}`);
    return {
      sent: total,
      seen: this.#screenMs.length,
      screenP50Ms: percentile(this.#screenMs, 0.5),
      screenP99Ms: percentile(this.#screenMs, 0.99),
      receiptP50Ms: percentile(this.#receiptMs, 0.5),
      receiptP99Ms: percentile(this.#receiptMs, 0.99),
      behindMsMax,
      refused: { ...this.#refused },
    };
  }

  end(): void {
    for (const { socket } of this.#agents) socket.cut();
    for (const tab of this.#tabs) tab.cut();
  }

  #cid(): string {
    return `bench-${(++this.#cids).toString(36).padStart(6, '0')}`;
  }

  /** The marker's salt says which conversation and which direction. */
  #sayOne(chat: number, fromVisitor: boolean): void {
    const tab = this.#tabs[chat] as ChatTab;
    const agent = this.#agents[chat % this.#agents.length] as Agent;
    const cid = this.#cid();
    const text = markTitle('Where is my order, please? It was sent on Monday and has not come.', 2 * chat + Number(fromVisitor));
    const body = { kind: 'text', text } as const;
    this.#sentAt.set(cid, performance.now());
    if (fromVisitor) tab.say({ t: 'chat.say', cid, body });
    else sayAs(agent, { t: 'chat.say', cid, conversation: tab.conversation, body });
  }

  #measure(text: string, isMine: (salt: number) => boolean): boolean {
    const atMicros = nowMicros();
    let isNew = false;
    for (const { key, sentMicros } of markersIn(text)) {
      const salt = Number.parseInt(key.split('.')[1] ?? '', 36);
      if (!isMine(salt) || this.#seen.has(key)) continue;
      this.#seen.add(key);
      this.#screenMs.push((atMicros - sentMicros) / 1_000);
      isNew = true;
    }
    return isNew;
  }

  #answered(cid: string): void {
    const at = this.#sentAt.get(cid);
    if (at === undefined) return;
    this.#sentAt.delete(cid);
    this.#receiptMs.push(performance.now() - at);
  }

  #openAgent(target: Target, cookie: string, index: number): Promise<Agent> {
    return new Promise((resolve, reject) => {
      const wait: Agent['wait'] = new Map();
      const socket = openLeanSocket({
        host: target.host,
        port: target.port,
        path: '/api/v1/live',
        headers: { Cookie: cookie, Origin: target.pageOrigin },
        onOpen() {},
        onText: (text) => {
          if (text.includes('"t":"chat.change"')) {
            // All agents get every change; each parses only what it has to answer.
            if (this.#measure(text, (salt) => salt % 2 === 1 && ((salt - 1) / 2) % this.#agents.length === index)) markRead(socket, text);
            return;
          }
          const frame = JSON.parse(text) as ConsoleDown | ConsoleChatDown;
          if (frame.t === 'hello') socket.send(JSON.stringify({ t: 'chat.hello', chatSeq: 0 } satisfies ConsoleChatUp));
          else if (frame.t === 'chat.head') resolve({ socket, wait });
          else if (frame.t === 'chat.receipt') {
            wait.get(frame.cid)?.();
            this.#answered(frame.cid);
          } else if (frame.t === 'chat.refused') {
            this.#refused[frame.code] = (this.#refused[frame.code] ?? 0) + 1;
            wait.get(frame.cid)?.();
          }
        },
        onClose: (code, reason) => {
          this.#broken ||= `a console, ${code} ${reason}`;
          reject(new Error(`a console was closed: ${code} ${reason}`));
        },
      });
    });
  }

  /** The visitor's first words, taken by their agent. */
  async #beginChat(target: Target, index: number): Promise<void> {
    const agent = this.#agents[index % this.#agents.length] as Agent;
    const cid = this.#cid();
    const tab = await new Promise<ChatTab>((resolve, reject) => {
      const opened: ChatTab = new ChatTab({
        target,
        person: this.#somebody(),
        localAddress: `127.0.0.${202 + (index % 50)}`,
        onFrame: (frame, text) => {
          if (frame.t === 'chat.changes') this.#measure(text, (salt) => salt === 2 * index);
          else if (frame.t === 'chat.you') opened.say({ t: 'chat.say', cid, body: { kind: 'text', text: 'Hello' } });
          else if (frame.t === 'chat.refused') {
            this.#refused[frame.code] = (this.#refused[frame.code] ?? 0) + 1;
            if (opened.conversation === '') reject(new Error(`the first words were refused: ${frame.code} ${frame.message}`));
          } else if (frame.t === 'chat.receipt') {
            opened.conversation ||= frame.conversation;
            if (frame.cid === cid) resolve(opened);
            else this.#answered(frame.cid);
          }
        },
        onClose: (why) => {
          this.#broken ||= `a tab, ${why}`;
          reject(new Error(`a tab was closed: ${why}`));
        },
      });
    });
    this.#tabs[index] = tab;
    const accepted = this.#cid();
    await new Promise<void>((resolve) => {
      agent.wait.set(accepted, () => {
        agent.wait.delete(accepted);
        resolve();
      });
      sayAs(agent, { t: 'chat.accept', cid: accepted, conversation: tab.conversation, anyway: true });
    });
    if (Object.keys(this.#refused).length > 0) throw new Error(`not accepted: ${JSON.stringify(this.#refused)}`);
  }

  #somebody(): Person {
    for (;;) {
      const person = createPerson(++this.#people, this.#random);
      if (!person.device.bot && !person.device.automated) return person;
    }
  }
}

function sayAs(agent: Agent, frame: ConsoleChatUp): void {
  agent.socket.send(JSON.stringify(frame));
}

function markRead(socket: LeanSocket, text: string): void {
  const { conversation } = JSON.parse(text) as Extract<ConsoleChatDown, { t: 'chat.change' }>;
  socket.send(JSON.stringify({ t: 'chat.marks', conversation: conversation.id, read: conversation.seq } satisfies ConsoleChatUp));
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
