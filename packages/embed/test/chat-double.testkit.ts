import {
  type ChatCommand,
  type ChatState,
  continuation,
  decide,
  evolve,
  messageAfter,
  visitorConversationOf,
  visitorMessageOf,
  type Words,
} from '@foyer/domain/chat';
import type { ChatFile, Message, PublicLook, TeamState, VisitorChatDown, VisitorChatUp, VisitorMessage } from '@foyer/protocol';
import { CHAT_LIMITS, WIDGET_LOOK } from '@foyer/protocol';

type Say = (frame: VisitorChatDown) => void;
type Ask = Extract<VisitorChatUp, { cid: string }>;

const MARTA = { name: 'Marta', face: '' };
const faces = (kind: 'agent' | 'ai') => (kind === 'ai' ? { name: 'Juno', face: '' } : MARTA);
const agent = { kind: 'agent', id: 'marta' } as const;
const visitor = { kind: 'visitor' } as const;

/**
 * One visitor's chat as the server has it, in memory: what is decided is decided by the domain, what is acknowledged is kept, a message is
 * kept once. Tests play the agent by `says` and `does`.
 */
export class ChatDouble {
  look: PublicLook = lookOf();
  team: TeamState = { state: 'online', backAt: 0 };
  preview = false;
  keep: 'cookie' | 'tab' = 'cookie';
  state: ChatState | null = null;
  messages: Message[] = [];
  /** The next so many things said are not acknowledged, as if the connection had been cut right after. */
  swallow = 0;
  /** Takes transcripts to be mailed. */
  mails = true;
  /** Answers what changed after a revision. */
  answersGaps = true;
  /** Answer to an upload: a status other than 200 refuses it. */
  uploadStatus = 200;
  readonly uploads: { name: string; body: Buffer }[] = [];
  readonly #tabs = new Set<Say>();
  readonly #receipts = new Map<string, VisitorChatDown>();
  readonly #files = new Map<string, ChatFile>();
  #conversations = 0;

  hear(frame: VisitorChatUp, say: Say): void {
    switch (frame.t) {
      case 'chat.hello':
        this.#tabs.add(say);
        return say({
          t: 'chat.you',
          now: Date.now(),
          ...(frame.secret ? {} : { secret: 'chat-secret-1' }),
          keep: this.keep,
          team: this.team,
          conversation: this.state && visitorConversationOf(this.state, faces),
          rev: this.state?.shownRev ?? 0,
          ticket: 'ticket-1',
          preview: this.preview,
        });
      case 'chat.after':
        return this.answersGaps ? say(this.#changes(frame.rev)) : undefined;
      case 'chat.before':
        return say({
          t: 'chat.history',
          conversation: frame.conversation,
          messages: this.#shown(({ seq }) => seq < frame.seq).slice(-CHAT_LIMITS.pageMessages),
        });
      case 'chat.marks':
        return void this.does({ c: 'mark', by: visitor, delivered: frame.delivered, read: frame.read });
      case 'chat.invitation':
        return void this.does({ c: frame.act === 'seen' ? 'see_invitation' : 'dismiss_invitation', by: visitor });
      case 'chat.shown':
      case 'chat.page':
      case 'chat.typing':
        return;
      default:
        return this.#take(frame, say);
    }
  }
  leave(say: Say): void {
    this.#tabs.delete(say);
  }

  #take(frame: Ask, say: Say): void {
    const known = this.#receipts.get(frame.cid);
    if (known) return say(known);
    const answer = this.#store(frame);
    if (answer.t === 'chat.receipt') this.#receipts.set(frame.cid, answer);
    if (this.swallow === 0) return say(answer);
    this.swallow--;
    this.#tabs.clear();
  }
  #store(frame: Ask): VisitorChatDown {
    const refused = (code: string): VisitorChatDown => ({ t: 'chat.refused', cid: frame.cid, code: code as 'blocked', message: code });
    if (frame.t === 'chat.mail' && !this.mails) return refused('not_allowed');
    const command = this.#commandOf(frame);
    if (command) {
      const refusal = this.does(command, false);
      if (refusal) return refused(refusal);
    }
    const answer: VisitorChatDown = {
      t: 'chat.receipt',
      cid: frame.cid,
      conversation: this.state!.id,
      seq: this.state!.seq,
      at: Date.now(),
    };
    queueMicrotask(() => this.#publish());
    return answer;
  }
  #commandOf(frame: Ask): ChatCommand | null {
    const { cid } = frame;
    switch (frame.t) {
      case 'chat.say': {
        const words = frame.body as Words;
        const goesOn = continuation(this.state, { now: Date.now(), reopenForMs: 86_400_000 }) === 'goes_on';
        if (goesOn) return { c: 'say', by: visitor, cid, words };
        this.#forget();
        const { name = '', email = '' } = frame.contact ?? {};
        return { c: 'start', by: visitor, cid, words, origin: this.#origin({ name, email, verified: false }, frame.team ?? '') };
      }
      case 'chat.answer':
        return { c: 'choose', by: visitor, cid, to: frame.to, button: frame.button };
      case 'chat.submit':
        return { c: 'submit', by: visitor, cid, to: frame.to, values: frame.values };
      case 'chat.rate':
        return { c: 'rate', by: visitor, cid, stars: frame.stars, comment: frame.comment };
      case 'chat.introduce':
        return { c: 'introduce', by: visitor, contact: { email: frame.email ?? '' } };
      case 'chat.person':
        return { c: 'ask_for_person', by: visitor };
      case 'chat.end':
        return { c: 'resolve', by: visitor };
      case 'chat.mail':
        return null;
    }
  }
  #origin = (contact: { name: string; email: string; verified: boolean }, team = '') => ({
    id: `conversation-${++this.#conversations}`,
    workspace: 'w',
    site: 's',
    source: 'widget' as const,
    visitor: 'v',
    cookieless: this.keep === 'tab',
    team,
    contact,
    ai: '',
  });
  #forget(): void {
    this.state = null;
    this.messages = [];
  }

  /** Decides, keeps and tells everybody; the refusal's code, or ''. */
  does(command: ChatCommand, tells = true): string {
    const now = Date.now();
    const to = 'to' in command ? command.to : 'seq' in command ? command.seq : 0;
    const decision = decide(this.state, command, {
      now,
      reopenForMs: 86_400_000,
      undoForMs: 10_000,
      target: this.messages.find(({ seq }) => seq === to) ?? null,
      files: [...this.#files.values()],
      load: 0,
      capacity: 9,
      openElsewhere: '',
      awaySince: 0,
      requeueAfterMs: 1e9,
    });
    if (!decision.ok) return decision.error.code;
    this.state = evolve(this.state, decision.value);
    for (const event of decision.value) {
      this.messages = this.messages.map((message) => messageAfter(message, event, this.state!.rev));
      if (event.e === 'added') this.messages.push(event.message);
    }
    if (tells && decision.value.length > 0) this.#publish();
    return '';
  }
  /** Marta answers; accepts first what is nobody's. */
  says(words: Words | string): void {
    if (this.state!.phase.status === 'unassigned') this.does({ c: 'accept', by: agent });
    const refusal = this.does({
      c: 'say',
      by: agent,
      cid: `agent-${this.state!.seq + 1}`,
      words: typeof words === 'string' ? { kind: 'text', text: words } : words,
    });
    if (refusal) throw new Error(refusal);
  }
  agent(command: Extract<ChatCommand['c'], 'accept' | 'resolve' | 'reopen' | 'release'>): void {
    this.does({ c: command, by: agent });
  }
  /** The team has the visitor's words on a screen, and has read them. */
  reads(read = true): void {
    const { seq } = this.state!;
    this.does({ c: 'mark', by: agent, delivered: seq, read: read ? seq : 0 });
  }
  invites(text: string): void {
    this.does({
      c: 'invite',
      by: agent,
      cid: 'invitation-1',
      origin: this.#origin({ name: '', email: '', verified: false }),
      words: { kind: 'text', text },
    });
    this.tell({ t: 'chat.wake' });
  }
  tell(frame: VisitorChatDown): void {
    for (const say of this.#tabs) say(frame);
  }
  get id(): string {
    return this.state!.id;
  }

  /** What a visitor may see of the messages. */
  #shown(which: (message: Message) => boolean): VisitorMessage[] {
    return this.messages.filter(which).flatMap((message) => {
      const shown = visitorMessageOf(message, faces);
      if (shown?.body.kind !== 'attachment') return shown ?? [];
      const files = shown.body.files.map((file) => ({ ...file, url: `/foyer.js/files/${file.id}?s=1` }));
      return { ...shown, body: { ...shown.body, files } };
    });
  }
  #changes(after: number): VisitorChatDown {
    const state = this.state!;
    return {
      t: 'chat.changes',
      prev: after,
      rev: state.shownRev,
      conversation: visitorConversationOf(state, faces),
      messages: this.#shown(({ rev }) => rev > after),
    };
  }
  #told = 0;
  #publish(): void {
    const prev = this.#told > this.state!.rev ? 0 : this.#told;
    this.#told = this.state!.shownRev;
    this.tell(this.#changes(prev));
  }

  /** POST files; GET files/:id. */
  file(method: string, url: URL, body: Buffer): { status: number; type: string; body: Buffer | string } {
    if (method === 'GET')
      return { status: 200, type: 'image/png', body: this.uploads[Number(/file-(\d+)/.exec(url.pathname)![1]) - 1]!.body };
    if (this.uploadStatus !== 200) return { status: this.uploadStatus, type: 'application/json', body: '{}' };
    const name = url.searchParams.get('name')!;
    this.uploads.push({ name, body });
    const isPicture = /\.png$/.test(name);
    const file: ChatFile = {
      id: `file-${this.uploads.length}`,
      name,
      type: isPicture ? 'image/png' : 'application/pdf',
      bytes: body.length,
      width: isPicture ? 1440 : 0,
      height: isPicture ? 900 : 0,
    };
    this.#files.set(file.id, file);
    return { status: 200, type: 'application/json', body: JSON.stringify({ file }) };
  }
}

export const lookOf = (change: Partial<PublicLook> = {}): PublicLook => ({
  ...WIDGET_LOOK,
  language: 'en',
  teamName: 'Fernhill',
  captureEmail: false,
  offerRating: true,
  revision: 'r1',
  site: 'KEY',
  faces: [MARTA, { name: 'Anna Berg', face: '' }],
  teams: [],
  team: { state: 'online', backAt: 0 },
  mail: true,
  ...change,
});
