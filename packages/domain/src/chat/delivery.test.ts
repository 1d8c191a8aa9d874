import type { Message } from '@foyer/protocol';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agent, Chat, text, visitor } from './chat.testkit.ts';
import { deliver, isFull, type Line, type LineEvent, newLine } from './delivery.ts';

interface Frame {
  readonly cid: string;
  readonly said: string;
}
type Event = LineEvent<Frame, Message>;
const frame = (n: number): Frame => ({ cid: `cid-${n}`, said: `${n}` });
const message = (seq: number, rev: number, cid = ''): Message => ({
  ...{ seq, rev, at: 0, from: { kind: 'agent', id: 'anna' }, cid, body: text(`${seq}`), editedAt: 0, gone: '', answeredBy: 0 },
});

/** A line and what left it. */
class End {
  line: Line<Frame, Message> = newLine();
  readonly sent: Frame[] = [];
  readonly asked: number[] = [];
  does(event: Event): this {
    const { line, send, ask } = deliver(this.line, event);
    this.line = line;
    if (send) this.sent.push(send);
    if (ask) this.asked.push(ask.rev);
    return this;
  }
}
const changes = (prev: number, rev: number, messages: Message[], conversation = 'c'): Event => ({
  e: 'changes',
  conversation,
  prev,
  rev,
  messages,
});

describe('one end of a conversation', () => {
  it('[CH33] words leave one after the other, and again from the first that has no receipt', () => {
    const end = new End();
    for (const n of [1, 2, 3]) end.does({ e: 'say', frame: frame(n) });
    expect(end.sent).toEqual([]);
    end.does({ e: 'opened' });
    expect(end.sent).toEqual([frame(1)]);
    end.does({ e: 'receipt', cid: 'cid-1' }).does({ e: 'closed' }).does({ e: 'opened' });
    expect(end.sent).toEqual([frame(1), frame(2), frame(2)]);
    end.does(changes(0, 2, [message(1, 1, 'cid-1'), message(2, 2, 'cid-2')]));
    expect(end.sent.at(-1)).toEqual(frame(3));
  });

  it('[CH33] what is refused for a while is sent again then, what is refused for good waits for a person, and the rest goes on', () => {
    const end = new End().does({ e: 'opened' });
    for (const n of [1, 2]) end.does({ e: 'say', frame: frame(n) });
    end.does({ e: 'refused', cid: 'cid-1', code: 'unavailable', retryAfterMs: 500, now: 1_000 });
    end.does({ e: 'wake', now: 1_499 });
    expect(end.sent).toHaveLength(1);
    end.does({ e: 'wake', now: 1_500 });
    expect(end.sent).toEqual([frame(1), frame(1)]);
    end.does({ e: 'refused', cid: 'cid-1', code: 'blocked', now: 2_000 });
    expect(end.line.outgoing).toMatchObject([{ failed: 'blocked' }, { failed: null }]);
    expect(end.sent.at(-1)).toEqual(frame(2));
    end.does({ e: 'receipt', cid: 'cid-2' }).does({ e: 'retry', cid: 'cid-1' });
    expect(end.sent.at(-1)).toEqual(frame(1));
    end.does({ e: 'drop', cid: 'cid-1' });
    expect(end.line.outgoing).toHaveLength(1);
    end.does({ e: 'refused', cid: 'cid-1', code: 'blocked', now: 3_000 }).does({ e: 'drop', cid: 'cid-1' });
    expect(end.line.outgoing).toEqual([]);
  });

  it('[CH33] a hundred wait at most; the next is not taken', () => {
    const end = new End();
    for (let n = 0; n < 101; n++) end.does({ e: 'say', frame: frame(n) }).does({ e: 'say', frame: frame(n) });
    expect(end.line.outgoing).toHaveLength(100);
    expect(isFull(end.line)).toBe(true);
  });

  it('[CH34] a gap is asked for, also one that only a head or a new connection shows; what is known is not', () => {
    const end = new End().does({ e: 'opened' }).does(changes(0, 1, [message(1, 1)]));
    expect(end.asked).toEqual([]);
    end.does(changes(3, 4, [message(3, 4)]));
    expect([end.asked, end.line.rev]).toEqual([[1], 1]);
    end.does(changes(1, 4, [message(2, 2), message(1, 3), message(3, 4)]));
    expect([end.line.rev, end.line.messages.map(({ seq, rev }) => [seq, rev])]).toEqual([4, [[1, 3], [2, 2], [3, 4]]]); // prettier-ignore
    end.does(changes(0, 2, [message(1, 1)]));
    expect([end.line.rev, end.line.messages[0]?.rev]).toEqual([4, 3]);
    end.does({ e: 'head', conversation: 'c', rev: 4 });
    expect(end.asked).toEqual([1]);
    end.does({ e: 'head', conversation: 'c', rev: 5 }).does({ e: 'closed' }).does({ e: 'opened' });
    expect(end.asked).toEqual([1, 4, 4]);
    end.does({ e: 'head', conversation: 'next', rev: 1 });
    expect([end.asked, end.line.messages]).toEqual([[1, 4, 4, 0], []]);
  });

  it('[CH35] over wires that are cut anywhere, every word is stored once and in order, and both ends see the same', () => {
    const happening = fc.oneof(
      { weight: 3, arbitrary: fc.constant('say' as const) },
      { weight: 2, arbitrary: fc.constant('reply' as const) },
      { weight: 1, arbitrary: fc.constant('edit' as const) },
      { weight: 1, arbitrary: fc.constant('note' as const) },
      { weight: 6, arbitrary: fc.constant('up' as const) },
      { weight: 6, arbitrary: fc.constant('down' as const) },
      { weight: 2, arbitrary: fc.constant('cut' as const) },
    );
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 80, size: 'max' }), (story) => {
        const wire = new Wire();
        for (const one of story) wire.happens(one);
        wire.settle();
        expect(wire.stored).toEqual(Array.from({ length: wire.said }, (_, i) => `cid-said-${i + 1}`));
        const shown = [...wire.chat.messages.values()].filter(({ body }) => body.kind !== 'note');
        expect(wire.end.line.messages).toEqual(shown);
        expect(wire.end.line.outgoing).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

/** A visitor's end, a server and two directions between them, each of which a cut empties. */
class Wire {
  readonly chat = new Chat();
  readonly end = new End();
  said = 0;
  stored: string[] = [];
  #up: (Frame | { rev: number })[] = [];
  #down: Event[] = [];
  #replies = 0;

  constructor() {
    this.chat.does({ c: 'take_over', by: agent() });
  }
  happens(one: 'say' | 'reply' | 'edit' | 'note' | 'up' | 'down' | 'cut'): void {
    const { chat } = this;
    if (one === 'say') this.#feed({ e: 'say', frame: { cid: `cid-said-${++this.said}`, said: `${this.said}` } });
    else if (one === 'reply') this.#decide(() => chat.does({ c: 'say', by: agent(), cid: `cid-reply-${++this.#replies}`, words: text() }));
    else if (one === 'edit') this.#decide(() => chat.does({ c: 'edit', by: agent(), seq: 3, text: `edited ${chat.state?.rev}` }));
    else if (one === 'note') this.#decide(() => chat.does({ c: 'note', by: agent(), cid: 'cid-note', text: 'n', mentions: [] }));
    else if (one === 'up') this.#serve();
    else if (one === 'down') this.#arrive();
    else this.#cut();
  }
  settle(): void {
    this.#cut();
    while (this.#up.length + this.#down.length > 0) {
      this.#serve();
      this.#arrive();
    }
  }
  #feed(event: Event): void {
    const { line, send, ask } = deliver(this.end.line, event);
    this.end.line = line;
    if (send) this.#up.push(send);
    if (ask) this.#up.push({ rev: ask.rev });
  }
  #cut(): void {
    this.#up = [];
    this.#down = [];
    this.#feed({ e: 'closed' });
    this.#feed({ e: 'opened' });
    this.#down.push({ e: 'head', conversation: 'c1', rev: this.chat.state!.shownRev });
  }
  #arrive(): void {
    const event = this.#down.shift();
    if (event) this.#feed(event);
  }
  #serve(): void {
    const given = this.#up.shift();
    if (!given) return;
    if ('rev' in given) {
      const messages = [...this.chat.messages.values()].filter((m) => m.rev > given.rev && m.body.kind !== 'note');
      this.#down.push({ e: 'changes', conversation: 'c1', prev: given.rev, rev: this.chat.state!.rev, messages });
      return;
    }
    if (!this.stored.includes(given.cid)) {
      this.stored.push(given.cid);
      this.#decide(() => this.chat.does({ c: 'say', by: visitor, cid: given.cid, words: text(given.said) }));
    }
    this.#down.push({ e: 'receipt', cid: given.cid });
  }
  /** As a server does: what changed for the visitor is pushed, with what was shown before. */
  #decide(act: () => unknown): void {
    const prev = this.chat.state!.shownRev;
    act();
    const { rev, shownRev } = this.chat.state!;
    if (shownRev === prev) return;
    const messages = [...this.chat.messages.values()].filter((m) => m.rev === rev && m.body.kind !== 'note');
    this.#down.push({ e: 'changes', conversation: 'c1', prev, rev, messages });
  }
}
