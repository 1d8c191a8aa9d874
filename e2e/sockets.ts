import { randomBytes } from 'node:crypto';
import type {
  ChatRefused,
  ChatReceipt,
  CloseAdvice,
  ConsoleChatDown,
  ConsoleChatUp,
  Hello,
  PageView,
  VisitorChatDown,
  VisitorChatUp,
  VisitorDown,
  VisitorUp,
} from '@foyer/protocol';
import { WebSocket } from 'ws';
import type { Account } from './account.ts';
import { within } from './foyer-process.ts';

export interface Closing {
  readonly code: number;
  readonly advice: CloseAdvice | null;
  readonly at: number;
}

const WAIT_MS = 10_000;

/** A socket and all that came on it. */
class HeardSocket<Down extends { readonly t: string }> {
  readonly heard: Down[] = [];
  readonly closed: Promise<Closing>;
  protected readonly ws: WebSocket;
  #look: (() => void)[] = [];

  constructor(url: string, headers: Readonly<Record<string, string>>) {
    this.ws = new WebSocket(url, { headers, perMessageDeflate: false });
    this.ws.on('message', (data: Buffer) => {
      this.heard.push(JSON.parse(data.toString()) as Down);
      for (const look of [...this.#look]) look();
    });
    // A server that closes while we still write resets the connection; what it said comes as `close`.
    this.ws.on('error', () => {});
    this.closed = new Promise((resolve) => {
      this.ws.on('close', (code, reason) => {
        const text = reason.toString();
        resolve({ code, advice: text === '' ? null : (JSON.parse(text) as CloseAdvice), at: Date.now() });
      });
    });
  }

  /** As it stands, whatever it is. */
  raw(text: string): void {
    this.ws.send(text);
  }

  /** How it was closed; rejects when it is not. */
  closing(): Promise<Closing> {
    return within(this.closed, WAIT_MS, () => `still open; heard ${JSON.stringify(this.heard)}`);
  }

  /** The first frame of this kind, and like this; waits for it. */
  frame<T extends Down['t']>(t: T, like: (frame: Extract<Down, { t: T }>) => boolean = () => true): Promise<Extract<Down, { t: T }>> {
    type Wanted = Extract<Down, { t: T }>;
    return this.#first((frame): frame is Wanted => frame.t === t && like(frame as Wanted), t);
  }

  /** What became of something that was said under this client id. */
  answer(cid: string): Promise<Extract<Down, { t: 'chat.receipt' | 'chat.refused' }>> {
    type Wanted = Extract<Down, { t: 'chat.receipt' | 'chat.refused' }>;
    const is = (frame: Down): frame is Wanted => /^chat\.(receipt|refused)$/.test(frame.t) && 'cid' in frame && frame.cid === cid;
    return this.#first(is, `answer to ${cid}`);
  }

  async #first<Wanted extends Down>(is: (frame: Down) => frame is Wanted, name: string): Promise<Wanted> {
    const { promise, resolve, reject } = Promise.withResolvers<Wanted>();
    const look = (): void => {
      const found = this.heard.find(is);
      if (found) resolve(found);
    };
    this.#look.push(look);
    look();
    void this.closed.then(({ code, advice }) => reject(new Error(`closed with ${code} ${advice?.code ?? ''} before ${name}`)));
    try {
      return await within(promise, WAIT_MS, () => `no ${name}; heard ${JSON.stringify(this.heard)}`);
    } finally {
      this.#look = this.#look.filter((other) => other !== look);
    }
  }

  end(): void {
    this.ws.close();
  }
}

export interface TabSocketOptions {
  readonly origin: string;
  readonly key: string;
  /** Where the person is, for a server that trusts this machine as its proxy. */
  readonly from?: string;
  /** Of the page; the server's own when absent. */
  readonly page?: string;
  readonly version?: number;
  readonly userAgent?: string;
}

const PEOPLE = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** What a tracker's request says of its browser. */
export function tabHeaders({ origin, from, page = origin, userAgent = PEOPLE }: Omit<TabSocketOptions, 'key'>): Record<string, string> {
  return { origin: page, 'user-agent': userAgent, 'accept-language': 'cs', ...(from === undefined ? {} : { 'x-forwarded-for': from }) };
}

/** A tab without a browser around it. */
export class TabSocket extends HeardSocket<VisitorDown | VisitorChatDown> {
  readonly tab = randomBytes(9).toString('base64url');

  constructor(options: TabSocketOptions) {
    const { origin, key, version = 1 } = options;
    super(`${origin.replace(/^http/, 'ws')}/foyer.js/socket?site=${encodeURIComponent(key)}&v=${version}`, tabHeaders(options));
  }

  say(frame: VisitorUp | VisitorChatUp): void {
    this.raw(JSON.stringify(frame));
  }

  /** Opens the chat as the widget does. */
  async chat(more: Partial<Extract<VisitorChatUp, { t: 'chat.hello' }>> = {}): Promise<Extract<VisitorChatDown, { t: 'chat.you' }>> {
    const page = { url: 'https://shop.test/', title: 'Shop' };
    this.say({ t: 'chat.hello', v: 1, tab: this.tab, lang: 'cs', tz: 'Europe/Prague', page, ...more });
    return this.frame('chat.you');
  }

  async writes(text: string): Promise<ChatReceipt | ChatRefused> {
    const cid = newCid();
    this.say({ t: 'chat.say', cid, body: { kind: 'text', text } });
    return this.answer(cid);
  }

  hello(path: string, more: Partial<Hello> = {}): Hello {
    return helloOf(this.tab, path, more);
  }

  /** Greeted, said hello, named: the visit is there. */
  async arrive(path: string, more: Partial<Hello> = {}): Promise<Extract<VisitorDown, { t: 'you' }>> {
    await this.frame('welcome');
    this.say(this.hello(path, more));
    return this.frame('you');
  }
}

export const pageOf = (n: number, path: string): PageView => ({ n, url: `https://shop.test${path}`, title: `Page ${path}` });

export function helloOf(tab: string, path: string, more: Partial<Hello> = {}): Hello {
  return {
    t: 'hello',
    v: 1,
    tab,
    pages: [pageOf(1, path)],
    lang: 'cs',
    tz: 'Europe/Prague',
    screen: [1_440, 900, 1],
    hidden: false,
    focused: true,
    ...more,
  };
}

/** A console of somebody who is signed in. */
export class ConsoleSocket extends HeardSocket<
  { readonly t: 'hello' } | { readonly t: 'view' } | { readonly t: 'detail'; readonly detail: object | null } | ConsoleChatDown
> {
  constructor({ origin, cookie }: Account) {
    super(`${origin.replace(/^http/, 'ws')}/api/v1/live`, { origin, cookie });
  }

  /** One that takes part in chat. */
  static async chatting(account: Account): Promise<ConsoleSocket> {
    const socket = new ConsoleSocket(account);
    await socket.frame('hello');
    socket.say({ t: 'chat.hello', chatSeq: 0 });
    await socket.frame('chat.head');
    return socket;
  }

  say(frame: ConsoleChatUp): void {
    this.raw(JSON.stringify(frame));
  }

  /** Asks until it is done, as a console does: what comes too fast is said again when it may be. Throws what was refused for good. */
  async does(frame: Extract<ConsoleChatUp, { cid: string }>): Promise<ChatReceipt> {
    for (;;) {
      const answer = await this.ask(frame);
      if (answer.t === 'chat.receipt') return answer;
      if (answer.retryAfterMs === undefined) throw new Error(`${frame.t}: ${answer.code}, ${answer.message}`);
      await new Promise((resolve) => setTimeout(resolve, answer.retryAfterMs));
      // The refusal was heard; what comes next is another answer.
      this.heard.splice(this.heard.indexOf(answer), 1);
    }
  }

  /** Asks, and answers what became of it. */
  ask(frame: Extract<ConsoleChatUp, { cid: string }>): Promise<ChatReceipt | ChatRefused> {
    this.say(frame);
    return this.answer(frame.cid);
  }
}

/** A client id, as a program makes one for each thing that it says. */
export const newCid = (): string => randomBytes(9).toString('base64url');
