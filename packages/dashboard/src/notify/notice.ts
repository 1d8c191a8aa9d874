import type { AlertFrame, ConsoleChange, Conversation, Message, MessageBody } from '@foyer/protocol';

export const NOTICE_KINDS = ['chat', 'message', 'given', 'mention', 'alert'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Something an agent may want to hear or see at once. */
export interface Notice {
  readonly kind: NoticeKind;
  /** Things with the same tag are one: the later notification takes the place of the earlier one. */
  readonly tag: string;
  /** Name of the person, or of the alert; '' = nobody's name is known. */
  readonly title: string;
  /** What was said; '' nothing. */
  readonly body: string;
  /** Where a click leads, within the dashboard. */
  readonly to: string;
  /** Conversation it is about; '' = a visit. */
  readonly conversation: string;
  readonly sound: boolean;
  readonly notify: boolean;
}

interface Known {
  readonly seq: number;
  readonly status: Conversation['status'];
  readonly owner: string;
}
/** Conversations whose last state is remembered; of one beyond that, at worst, an old word rings again. */
const MOST_KNOWN = 2_000;

/**
 * What the frames of this page's socket are worth telling this agent: a new chat that waits for anybody, a visitor's word in one's own
 * chat, a chat that was given to one, a mention, an alert. Only what is new: edits, marks and what was told before are not.
 */
export class NoticeSource {
  readonly #self: string;
  readonly #known = new Map<string, Known>();

  constructor(self: string) {
    this.#self = self;
  }

  ofChange({ conversation, messages }: ConsoleChange): Notice | null {
    const { id, status, owner, seq, contact, source, awaitingSince } = conversation;
    const before = this.#known.get(id);
    this.#keep(id, { seq, status, owner: owner.kind === 'agent' ? owner.id : '' });
    if (source === 'playground') return null;
    const fresh = messages.filter((message) => isNew(message) && message.seq > (before?.seq ?? 0));
    const word = fresh.findLast(({ from, body }) => from.kind === 'visitor' && wordsOf(body) !== '');
    const notice = (kind: NoticeKind, body: string): Notice => ({
      kind,
      tag: `chat:${id}`,
      title: contact.name,
      body,
      to: `/inbox/${encodeURIComponent(id)}`,
      conversation: id,
      sound: true,
      notify: true,
    });
    const mention = fresh.find(({ body, from }) => body.kind === 'note' && body.mentions.includes(this.#self) && from.id !== this.#self);
    if (mention?.body.kind === 'note') return notice('mention', mention.body.text);
    if (status === 'unassigned') {
      // Who waits already has rung; of a conversation that was not known, the first word of its wait tells.
      const begins = before ? before.status !== 'unassigned' : word !== undefined && awaitingSince === word.at;
      return begins ? notice('chat', word ? wordsOf(word.body) : '') : null;
    }
    if (status !== 'assigned' || owner.id !== this.#self) return null;
    if (word) return notice('message', wordsOf(word.body));
    const byOther = fresh.some(({ body, from }) => body.kind === 'event' && body.event === 'assigned' && from.id !== this.#self);
    return byOther ? notice('given', '') : null;
  }

  ofAlert(frame: AlertFrame): Notice {
    const { name, visitor, visitorName, n, city, country, title, sound, notify, conversation = '' } = frame;
    const who = visitorName || (n > 0 ? `#${n}` : '');
    const where = [city, country].filter((part) => part !== '').join(', ');
    return {
      kind: 'alert',
      // A new chat is one thing, whether it rings by itself or by an alert.
      tag: conversation === '' ? `visit:${visitor}` : `chat:${conversation}`,
      title: name,
      body: [who, where, title].filter((part) => part !== '').join(' · '),
      to: conversation === '' ? `/visitors?visitor=${encodeURIComponent(visitor)}` : `/inbox/${encodeURIComponent(conversation)}`,
      conversation,
      sound,
      notify,
    };
  }

  #keep(id: string, known: Known): void {
    this.#known.delete(id);
    this.#known.set(id, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_KNOWN && oldest !== undefined) this.#known.delete(oldest);
  }
}

const isNew = ({ editedAt, gone, answeredBy }: Message): boolean => editedAt === 0 && gone === '' && answeredBy === 0;

function wordsOf(body: MessageBody): string {
  switch (body.kind) {
    case 'text':
      return body.text;
    case 'attachment':
      return [body.text, ...body.files.map(({ name }) => `📎 ${name}`)].filter((part) => part !== '').join(' ');
    case 'choice':
      return body.label;
    case 'submission':
      return body.values.map(({ label, value }) => `${label}: ${value}`).join(', ');
    case 'buttons':
    case 'form':
    case 'rating':
    case 'note':
    case 'event':
      return '';
  }
}
