import { randomBytes } from 'node:crypto';
import type { Person } from '@foyer/domain/simulate';
import { VISITOR_PROTOCOL, type VisitorChatDown, type VisitorChatUp, type VisitorDown, type VisitorUp } from '@foyer/protocol';
import { type LeanSocket, openLeanSocket } from '../../tools/swarm/lean-socket.ts';
import type { Target } from '../../tools/swarm/tab.ts';

export interface ChatTabOptions {
  readonly target: Target;
  readonly person: Person;
  readonly localAddress: string;
  readonly onFrame: (frame: VisitorDown | VisitorChatDown, text: string) => void;
  readonly onClose: (why: string) => void;
}

/** A visitor with the chat open, as far as the wire goes: presence, `chat.hello`, and marks for what it has received. */
export class ChatTab {
  conversation = '';
  readonly #options: ChatTabOptions;
  readonly #tab = randomBytes(9).toString('base64url');
  readonly #socket: LeanSocket;
  #marked = 0;

  constructor(options: ChatTabOptions) {
    this.#options = options;
    const { target, person, localAddress, onClose } = options;
    this.#socket = openLeanSocket({
      host: target.host,
      port: target.port,
      path: `${target.embedPath}/socket?site=${target.siteKey}&v=${VISITOR_PROTOCOL}`,
      localAddress,
      headers: {
        Origin: target.pageOrigin,
        'User-Agent': person.device.userAgent,
        'X-Forwarded-For': person.address,
        'Accept-Language': person.language,
      },
      onOpen() {},
      onText: (text) => this.#hear(text),
      onClose: (code, reason) => onClose(`${code} ${reason}`.trim()),
    });
  }

  say(frame: VisitorUp | VisitorChatUp): boolean {
    return this.#socket.send(JSON.stringify(frame));
  }

  cut(): void {
    this.#socket.cut();
  }

  #hear(text: string): void {
    const frame = JSON.parse(text) as VisitorDown | VisitorChatDown;
    if (frame.t === 'welcome') this.#greet();
    else if (frame.t === 'you') this.#beginChat(frame.secret);
    else if (frame.t === 'chat.changes') this.#mark(frame.messages);
    this.#options.onFrame(frame, text);
  }

  #greet(): void {
    const { person, target } = this.#options;
    const pages = [{ n: 1, url: `${target.pageOrigin}/demo/`, title: 'Fernhill Outdoor' }];
    const screen = [...person.screen];
    const { language: lang, timeZone: tz } = person;
    this.say({ t: 'hello', v: VISITOR_PROTOCOL, tab: this.#tab, pages, lang, tz, screen, hidden: false, focused: true });
  }

  #beginChat(secret: string | undefined): void {
    const { person, target } = this.#options;
    const page = { url: `${target.pageOrigin}/demo/`, title: 'Fernhill Outdoor' };
    const who = secret === undefined ? {} : { secret };
    this.say({ t: 'chat.hello', v: VISITOR_PROTOCOL, tab: this.#tab, ...who, lang: person.language, tz: person.timeZone, page });
    this.say({ t: 'chat.shown', open: true });
  }

  #mark(messages: readonly { readonly seq: number; readonly from: { readonly kind: string } }[]): void {
    const theirs = messages.findLast(({ from }) => from.kind === 'agent')?.seq ?? 0;
    if (theirs <= this.#marked || this.conversation === '') return;
    this.#marked = theirs;
    this.say({ t: 'chat.marks', conversation: this.conversation, delivered: theirs, read: theirs });
  }
}
