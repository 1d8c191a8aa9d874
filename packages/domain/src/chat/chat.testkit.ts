import type { ChatFile, Message } from '@foyer/protocol';
import type { ChatCommand, ChatFacts, Origin } from './command.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import { messageAfter } from './shown.ts';
import type { ChatEvent, ChatState, Refusal } from './state.ts';

export const NOW = 1_790_000_000_000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;

export const visitor = { kind: 'visitor' } as const;
export const agent = (id = 'anna') => ({ kind: 'agent', id }) as const;
export const system = { kind: 'system' } as const;
export const ai = (epoch: number, id = 'robot') => ({ kind: 'ai', id, epoch }) as const;
export const text = (said = 'hello') => ({ kind: 'text', text: said }) as const;
export const buttons = { kind: 'buttons', text: 'Which?', buttons: [{ id: 'a', label: 'Apples' }, { id: 'b', label: 'Pears' }] } as const; // prettier-ignore
export const form = {
  kind: 'form',
  text: 'Tell us',
  fields: [
    { id: 'mail', label: 'E-mail', type: 'email', required: true, choices: [] },
    { id: 'size', label: 'Size', type: 'choice', required: false, choices: ['S', 'L'] },
  ],
} as const;
export const aFile = (id = 'f1'): ChatFile => ({ id, name: 'cat.png', type: 'image/png', bytes: 9, width: 3, height: 3 });

export const anOrigin = (given: Partial<Origin> = {}): Origin => ({
  id: 'c1',
  workspace: 'w',
  site: 's',
  source: 'widget',
  visitor: 'v',
  cookieless: false,
  team: '',
  contact: { name: '', email: '', verified: false },
  ai: '',
  ...given,
});
const theFacts = (given: Partial<ChatFacts> = {}): ChatFacts => ({
  now: NOW,
  reopenForMs: 24 * HOUR,
  undoForMs: 10_000,
  target: null,
  files: [],
  load: 0,
  capacity: 3,
  openElsewhere: '',
  awaySince: 0,
  requeueAfterMs: 2 * MINUTE,
  ...given,
});

/** A conversation with its transcript, as a store keeps it; commands name messages by `seq`. */
export class Chat {
  state: ChatState | null = null;
  readonly messages = new Map<number, Message>();
  now = NOW;

  constructor(origin: Partial<Origin> | null = {}) {
    if (origin) this.does({ c: 'start', by: visitor, cid: 'cid-start', origin: anOrigin(origin), words: text() });
  }

  get status(): string {
    return this.state?.phase.status ?? 'none';
  }

  /** What came of it: the events, or the refusal's code. */
  does(command: ChatCommand, given: Partial<ChatFacts> = {}): readonly ChatEvent[] | Refusal['code'] {
    const answer = this.tries(command, given);
    if (!answer.ok) return answer.error.code;
    this.apply(answer.value);
    return answer.value;
  }

  tries(command: ChatCommand, given: Partial<ChatFacts> = {}) {
    const seq = 'seq' in command ? command.seq : 'to' in command ? command.to : 0;
    return decide(this.state, command, theFacts({ now: this.now, target: this.messages.get(seq) ?? null, ...given }));
  }

  apply(events: readonly ChatEvent[]): void {
    this.state = evolve(this.state, events);
    for (const event of events) {
      if (event.e === 'added') this.messages.set(event.message.seq, event.message);
      else for (const [seq, message] of this.messages) this.messages.set(seq, messageAfter(message, event, this.state?.rev ?? 0));
    }
  }

  later(ms: number): this {
    this.now += ms;
    return this;
  }

  last(): Message {
    return this.messages.get(this.state?.seq ?? 0)!;
  }
  bodies(): string[] {
    return [...this.messages.values()].map(({ body }) => (body.kind === 'event' ? body.event : body.kind));
  }
}
