import { randomBytes } from 'node:crypto';
import type { Person, Random } from '@foyer/domain/simulate';
import { type FormField, VISITOR_PROTOCOL, type VisitorChatDown, type VisitorChatUp } from '@foyer/protocol';
import { isLastWord, openingsIn, turnAfter, WORDS } from '../demo/dialogues.ts';
import type { Tab } from './tab.ts';

type Timer = ReturnType<typeof setTimeout>;
const MOST_REPLIES = 5;

/**
 * Chatter — somebody of the simulated world in chat, as the widget would say it: opens it, asks, reads, types and answers what an agent writes,
 * whoever that agent is. Goes on in the next document of the same browser.
 */
export class Chatter {
  readonly #person: Person;
  readonly #random: Random;
  readonly #pace: number;
  readonly #timers = new Set<Timer>();
  #tab: Tab | null = null;
  #isIn = false;
  #isOpen = false;
  #conversation = '';
  #rev = 0;
  /** The last `seq` that was answered. */
  #heard = 0;
  #isTalking = false;
  readonly #asked = new Set<string>();
  #lastSaid = '';
  #replies = 0;
  #isOver = false;

  constructor(options: { person: Person; random: Random; pace: number }) {
    this.#person = options.person;
    this.#random = options.random;
    this.#pace = options.pace;
  }

  /** The document that this person has before them; said again after a reconnect. */
  enter(tab: Tab): void {
    this.#tab = tab;
    this.#isIn = false;
    const { language: lang, timeZone: tz } = this.#person;
    const { secret } = tab.jar;
    const have = this.#conversation === '' ? {} : { have: { conversation: this.#conversation, rev: this.#rev } };
    const hello = { t: 'chat.hello', v: VISITOR_PROTOCOL, tab: tab.id, lang, tz, page: tab.page } as const;
    tab.say({ ...hello, ...(secret === undefined ? {} : { secret }), ...have });
  }

  hear(frame: VisitorChatDown): void {
    switch (frame.t) {
      case 'chat.you':
        this.#isIn = true;
        if (frame.conversation) this.#conversation = frame.conversation.id;
        this.#say({ t: 'chat.shown', open: this.#isOpen });
        if (frame.conversation?.invitation) this.#invited();
        else if (frame.rev > this.#rev) this.#say({ t: 'chat.after', conversation: this.#conversation, rev: this.#rev });
        return;
      case 'chat.head':
        if (frame.rev > this.#rev) this.#say({ t: 'chat.after', conversation: frame.conversation, rev: this.#rev });
        return;
      case 'chat.receipt':
        this.#conversation = frame.conversation;
        return;
      case 'chat.changes': {
        const { conversation, messages, rev } = frame;
        if (conversation.id !== this.#conversation) this.#rev = this.#heard = 0;
        this.#conversation = conversation.id;
        this.#rev = Math.max(this.#rev, rev);
        this.#isOver = conversation.status === 'resolved';
        const last = messages.findLast(({ from, body }) => (from.kind === 'agent' || from.kind === 'ai') && body.kind !== 'event');
        if (!last) return;
        if (conversation.invitation) return this.#invited();
        this.#later(1_500, () => this.#say({ t: 'chat.marks', conversation: conversation.id, delivered: last.seq, read: last.seq }));
        // What comes twice, after a gap, is answered once.
        if (this.#isOver || last.seq <= this.#heard) return;
        this.#heard = last.seq;
        if (last.body.kind === 'form') this.#fillIn(conversation.id, last.seq, last.body.fields);
        else this.#reply(last.body.kind === 'text' ? last.body.text : '');
        return;
      }
      default:
    }
  }

  open(): void {
    this.#isOpen = true;
    if (this.#isIn) this.#say({ t: 'chat.shown', open: true });
    else if (this.#tab) this.enter(this.#tab);
  }

  shut(): void {
    this.#isOpen = false;
    if (this.#isIn) this.#say({ t: 'chat.shown', open: false });
  }

  /** The first words, or new ones after it was over. */
  ask(): void {
    this.#isOpen = true;
    if (this.#isTalking && !this.#isOver) return;
    this.#open(this.#isIn ? 0 : 1_000);
  }

  leave(): void {
    if (this.#conversation === '' || this.#isOver) return;
    this.#say({ t: 'chat.end', cid: newCid(), conversation: this.#conversation });
  }

  end(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #invited(): void {
    const conversation = this.#conversation;
    this.#later(2_000, () => this.#say({ t: 'chat.invitation', conversation, act: 'seen' }));
    const draw = this.#random.next();
    if (draw < 0.45) this.#later(9_000, () => this.#open(3_000));
    else if (draw < 0.7) this.#later(7_000, () => this.#say({ t: 'chat.invitation', conversation, act: 'dismissed' }));
  }

  /** With a question that was not asked before. */
  #open(typingMs: number): void {
    const openings = openingsIn(this.#person.language).filter((one) => !this.#asked.has(one));
    if (openings.length === 0) return;
    const opening = this.#random.pick(openings);
    this.#asked.add(opening);
    this.#isTalking = true;
    this.#replies = 0;
    this.#write(opening, typingMs);
  }

  #reply(to: string): void {
    if (to === WORDS.greeting) return this.#open(4_000);
    if (++this.#replies > MOST_REPLIES) return;
    const foreseen = turnAfter(to, 1);
    // A known answer that ends its dialogue ends the talk too, and a goodbye any.
    if (isLastWord(to) || (foreseen === '' && turnAfter(to, 0) !== '')) {
      this.#isTalking = false;
      return;
    }
    this.#later(2_500, () => this.#write(foreseen || this.#random.pick(WORDS.visitor), 4_000));
  }

  #fillIn(conversation: string, to: number, fields: readonly FormField[]): void {
    const values = fields.flatMap(({ id, type, choices, required }) =>
      required ? [{ id, value: type === 'choice' ? this.#random.pick(choices) : (this.#person.identity?.name ?? 'Kim Reed') }] : [],
    );
    this.#later(12_000, () => this.#say({ t: 'chat.submit', cid: newCid(), conversation, to, values }));
  }

  /** Types for a while, then says it. */
  #write(text: string, typingMs: number): void {
    if (text === this.#lastSaid) return;
    this.#say({ t: 'chat.typing', on: true, text: text.slice(0, 20) });
    this.#later(typingMs, () => {
      this.#lastSaid = text;
      this.#say({ t: 'chat.say', cid: newCid(), body: { kind: 'text', text } });
    });
  }

  #later(medianMs: number, run: () => void): void {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        run();
      },
      this.#random.around(medianMs + 1, 0.4) / this.#pace,
    );
    this.#timers.add(timer);
  }

  #say(frame: VisitorChatUp): void {
    this.#tab?.say(frame);
  }
}

const newCid = (): string => randomBytes(9).toString('base64url');
