import { deliver, type Line, type LineEvent, newLine } from '@foyer/domain/chat';
import type { VisitorChatDown, VisitorChatUp, VisitorMessage, Welcome } from '@foyer/protocol';
import type { Random } from '../fuzz/random.ts';
import { End } from './end.ts';

type Say = Extract<VisitorChatUp, { t: 'chat.say' }>;
type Event = LineEvent<Say, VisitorMessage>;

/** A visitor's tab, with the resend and gap logic of the widget. */
export class VisitorEnd extends End {
  readonly said: string[] = [];
  readonly refused: string[] = [];
  readonly #name: string;
  readonly #secret: string;
  line: Line<Say, VisitorMessage> = newLine();

  constructor(options: { origin: string; key: string; name: string; random: Random }) {
    const { origin, key, name, random } = options;
    super({ url: `${origin.replace(/^http/, 'ws')}/foyer.js/socket?site=${key}&v=1`, headers: { origin }, random });
    this.#name = name;
    this.#secret = `secret-of-${name}-0123456789`;
  }

  say(): void {
    const text = `${this.#name} says ${this.said.length + 1}`;
    this.said.push(text);
    this.#take({ e: 'say', frame: { t: 'chat.say', cid: text.replaceAll(' ', '-').padEnd(8, '.'), body: { kind: 'text', text } } });
  }

  protected hear(frame: Welcome | VisitorChatDown): void {
    switch (frame.t) {
      case 'welcome': {
        const { conversation, rev } = this.line;
        const have = conversation === '' ? {} : { have: { conversation, rev } };
        const page = { url: 'https://shop.test/', title: 'Shop' };
        return this.send({ t: 'chat.hello', v: 1, tab: `tab-${this.#name}`, secret: this.#secret, lang: 'en', tz: 'UTC', page, ...have });
      }
      case 'chat.you':
        if (frame.conversation) this.#take({ e: 'head', conversation: frame.conversation.id, rev: frame.rev });
        return this.#take({ e: 'opened' });
      case 'chat.head':
        return this.#take({ e: 'head', conversation: frame.conversation, rev: frame.rev });
      case 'chat.changes':
        return this.#take({ ...frame, e: 'changes', conversation: frame.conversation.id });
      case 'chat.receipt':
        return this.#receipt(frame.cid);
      case 'chat.refused':
        if (frame.retryAfterMs === undefined) this.refused.push(`${frame.cid}: ${frame.code}`);
        else setTimeout(() => this.#take({ e: 'wake', now: performance.now() }), frame.retryAfterMs + 1);
        return this.#take({ ...frame, e: 'refused', now: performance.now() });
      default:
    }
  }

  protected lost(): void {
    this.#take({ e: 'closed' });
  }

  #receipt(cid: string): void {
    const known = this.line.outgoing.find(({ frame }) => frame.cid === cid);
    this.#take({ e: 'receipt', cid });
    // Once more, although it is known to be stored.
    if (known) this.send(known.frame);
  }

  #take(event: Event): void {
    const { line, send, ask } = deliver(this.line, event);
    this.line = line;
    if (ask) this.send({ t: 'chat.after', ...ask });
    if (!send) return;
    this.send(send);
    this.send(send);
  }
}
