import { type ChatState, ownerOf } from '@foyer/domain/chat';
import type { ChatFile, Message, MessageBody } from '@foyer/protocol';

export interface TextOptions {
  readonly state: ChatState;
  /** `Visitor N`; 0: not known. */
  readonly number: number;
  readonly timeZone: string;
  /** Of agents and AI agents, by id; '' of others. */
  readonly nameOf: (kind: 'agent' | 'ai', id: string) => string;
  readonly teamOf: (id: string) => string;
  /** Lower case. A visitor who calls themselves like one is told apart. */
  readonly teamNames: ReadonlySet<string>;
  readonly site: string;
}

/**
 * TranscriptText — a conversation as a text that can be sent to its visitor: who said what, what happened in whole sentences, the day once and
 * the time with each line.
 *
 * Invariant   a line begins with `[hh:mm]` only where somebody begins to speak or something happened: further lines are indented.
 */
export class TranscriptText {
  readonly #q: TextOptions;
  readonly #visitor: string;
  readonly #day: Intl.DateTimeFormat;
  readonly #date: Intl.DateTimeFormat;
  readonly #time: Intl.DateTimeFormat;
  #shownDay = '';

  constructor(q: TextOptions) {
    this.#q = q;
    const { timeZone, state } = q;
    const name = oneLine(state.contact.name);
    const own = q.teamNames.has(name.toLowerCase()) ? `${name} (visitor)` : name;
    this.#visitor = own || (q.number > 0 ? `Visitor ${q.number}` : oneLine(state.contact.email) || 'Visitor');
    this.#day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone });
    this.#date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone });
    this.#time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
  }

  head(): string {
    const { state, site, timeZone } = this.#q;
    const email = oneLine(state.contact.email);
    const [from, to] = [state.startedAt, state.lastMessageAt];
    const end = this.#date.format(from) === this.#date.format(to) ? this.#time.format(to) : this.#moment(to);
    const about = [oneLine(site), `${this.#moment(from)} – ${end} (${timeZone.replaceAll('_', ' ')})`, this.#status()];
    return `Conversation with ${this.#visitor}${email === '' || email === this.#visitor ? '' : ` <${email}>`}\n${about.filter(Boolean).join(' · ')}\n`;
  }

  message(message: Message): string {
    const day = this.#day.format(message.at);
    const heading = day === this.#shownDay ? '' : `\n${day}\n\n`;
    this.#shownDay = day;
    // A second line of somebody's words must not look like another's.
    return `${heading}[${this.#time.format(message.at)}] ${this.#line(message).replace(LINE_END, '\n    ')}\n`;
  }

  #line(message: Message): string {
    const { body, gone, editedAt } = message;
    const who = this.#who(message);
    if (body.kind === 'event') return this.#event(who, message, body);
    if (body.kind === 'rating')
      return `${who} rated this conversation ${'★'.repeat(body.stars)}${'☆'.repeat(5 - body.stars)}${body.comment === '' ? '' : `: ${body.comment}`}`;
    const mark = body.kind === 'note' ? ' (private note)' : '';
    if (gone === 'deleted') return `${who}${mark}: (message deleted)`;
    return `${who}${mark}: ${wordsOf(body)}${editedAt > 0 ? ' (edited)' : ''}`;
  }

  #event(who: string, { from }: Message, { event, whom }: Extract<MessageBody, { kind: 'event' }>): string {
    const isSystem = from.kind === 'system';
    const other = oneLine(this.#q.nameOf('agent', whom));
    switch (event) {
      case 'invited':
        return `${who} wrote first`;
      case 'dismissed':
        return `${this.#visitor} closed the invitation`;
      case 'accepted':
        return from.kind === 'visitor' ? `${who} answered the invitation` : `${who} accepted`;
      case 'assigned':
        return isSystem ? `${other || 'An agent'} was assigned` : `${who} assigned it to ${other || 'a colleague'}`;
      case 'transferred':
        return `${who} transferred it to ${oneLine(this.#q.teamOf(whom)) || other || 'another team'}`;
      case 'released':
        return `${who} put it back in the queue`;
      case 'requeued':
        return 'Nobody answered, back in the queue';
      case 'taken_over':
        return `${who} took over${other === '' ? '' : ` from ${other}`}`;
      case 'handed_to_ai':
        return `${oneLine(this.#q.nameOf('ai', whom)) || 'An assistant'} took over`;
      case 'asked_for_person':
        return `${this.#visitor} asked for a person`;
      case 'resolved':
        return isSystem ? 'The conversation was closed' : `${who} resolved it`;
      case 'ended':
        return `${this.#visitor} ended the conversation`;
      case 'reopened':
        return from.kind === 'visitor' ? `${who} wrote again` : `${who} reopened it`;
      case 'blocked':
        return `${who} blocked ${this.#visitor}`;
      case 'unblocked':
        return `${who} unblocked ${this.#visitor}`;
      case 'introduced':
        return `${this.#visitor} left their contact details`;
    }
  }

  #who({ from }: Message): string {
    if (from.kind === 'visitor') return this.#visitor;
    if (from.kind === 'system') return 'Foyer';
    return oneLine(this.#q.nameOf(from.kind, from.id)) || 'Agent';
  }

  #status(): string {
    const { state, nameOf } = this.#q;
    const owner = ownerOf(state);
    switch (state.phase.status) {
      case 'invited':
        return 'Not answered yet';
      case 'unassigned':
        return 'Waiting for an agent';
      case 'assigned':
      case 'ai': {
        const name = owner.kind === 'nobody' ? '' : oneLine(nameOf(owner.kind, owner.id));
        return name === '' ? 'Open' : `Open, with ${name}`;
      }
      case 'resolved':
        return 'Resolved';
    }
  }

  #moment(at: number): string {
    return `${this.#date.format(at)}, ${this.#time.format(at)}`;
  }
}

/** Whatever an editor or a terminal ends a line at (Unicode UAX 14, BK, CR, LF, NL). */
const LINE_END = /\r\n?|[\n\v\f\u0085\u2028\u2029]/g;
/** A name has no second line either, nor what turns the direction of the text behind it around. */
const oneLine = (name: string): string => name.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu, ' ').trim();

function wordsOf(body: Exclude<MessageBody, { kind: 'event' | 'rating' }>): string {
  const below = (text: string, ...more: readonly string[]): string => [text, ...more].filter(Boolean).join('\n');
  switch (body.kind) {
    case 'text':
    case 'note':
      return body.text;
    case 'attachment':
      return below(body.text, ...body.files.map((file) => `Attached: ${oneLine(file.name)} (${sizeOf(file)})`));
    case 'buttons':
      return below(body.text, `Choices: ${body.buttons.map(({ label }) => oneLine(label)).join(' / ')}`);
    case 'form':
      return below(body.text, `Form: ${body.fields.map(({ label, required }) => `${oneLine(label)}${required ? ' *' : ''}`).join(', ')}`);
    case 'choice':
      return `Chose “${oneLine(body.label)}”`;
    case 'submission':
      return below('Filled in the form', ...body.values.map(({ label, value }) => `${oneLine(label)}: ${value}`));
  }
}

/** 1 kB = 1,000 bytes, as file managers show it. */
function sizeOf({ bytes }: Pick<ChatFile, 'bytes'>): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
