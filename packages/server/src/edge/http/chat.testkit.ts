/** Chat, mail and push as the HTTP edge sees them, on a real store and with nobody at the other end: those parts have tests of their own. */
import type { ChatState, Faces } from '@foyer/domain/chat';
import type { Availability, ChatSettings, MailBody, MailSettings, PushBody, PushDevice, TeamState } from '@foyer/protocol';
import { newChatSettings } from '../../chat/settings.ts';
import type { Chat, ChatAsk, ChatCountsOf } from '../../chat/service.ts';
import { Tickets } from '../../chat/tickets.ts';
import type { ChatOutcome, ChatStore } from '../../ports/chat-store.ts';
import type { Clock } from '../../ports/clock.ts';
import type { NoticeStore } from '../../ports/notice-store.ts';
import { deviceOf } from './chat-shapes.ts';
import type { Mailing, Pushing } from './deps.ts';

export class ChatOfTests implements Chat {
  readonly faces: Faces = (_, id) => ({ name: id === '' ? '' : `Face of ${id}`, face: '' });
  /** Users who are away or offline; everybody else is online. */
  readonly absent = new Map<string, Availability>();
  /** By the conversation's visitor. */
  readonly visitIds = new Map<string, string>();
  counted: ChatCountsOf = { active: 0, elsewhere: 0, unassigned: 0, byAgent: new Map() };
  readonly #tickets: Tickets;
  readonly #store: ChatStore;
  readonly #clock: Clock;
  readonly #told: string[];

  constructor(q: { store: ChatStore; clock: Clock; told: string[] }) {
    this.#store = q.store;
    this.#clock = q.clock;
    this.#told = q.told;
    this.#tickets = new Tickets({ key: 'key', embedPath: '/foyer.js', now: () => q.clock.now() });
  }

  request(q: ChatAsk): Promise<ChatOutcome> {
    const { reopenForMs, requeueAfterMs, capacity } = newChatSettings();
    return this.#store.request({ ...q, now: this.#clock.now(), reopenForMs, requeueAfterMs, capacity, undoForMs: 10_000, awaySince: 0 });
  }
  onChange(): () => void {
    return () => undefined;
  }
  availability(_: string, user: string): Availability {
    return this.absent.get(user) ?? 'online';
  }
  here(workspace: string, user: string): boolean {
    return this.availability(workspace, user) === 'online';
  }
  visitorHere(): boolean {
    return false;
  }
  visitIdOf({ visitor }: { readonly visitor: string }): string {
    return this.visitIds.get(visitor) ?? (visitor.startsWith('k') ? '' : visitor);
  }
  team(): TeamState {
    return { state: 'online', backAt: 0 };
  }
  counts(): ChatCountsOf {
    return this.counted;
  }
  /** Visitors with a pin. */
  readonly withPin = new Set<string>();
  /** Conversations that `withoutVisit` names. */
  readonly elsewhere: string[] = [];
  withoutVisit(): readonly string[] {
    return this.elsewhere;
  }
  onMap(_: string, conversations: readonly ChatState[]): Promise<ReadonlySet<string>> {
    return Promise.resolve(new Set(conversations.filter(({ visitor }) => this.withPin.has(visitor)).map(({ id }) => id)));
  }
  settings(): ChatSettings {
    return newChatSettings();
  }
  addAi(): () => void {
    return () => undefined;
  }
  hasAi(): boolean {
    return false;
  }
  changed(workspace: string): void {
    this.#told.push(`chat ${workspace}`);
  }
  signFile: Chat['signFile'] = (file, conversation) => this.#tickets.signFile(file, conversation);
  checkFile: Chat['checkFile'] = (q) => this.#tickets.checkFile(q);
  ticketOf: Chat['ticketOf'] = (q) => this.#tickets.ticketOf(q);
  readTicket: Chat['readTicket'] = (site, ticket) => this.#tickets.readTicket(site, ticket);
}

export class MailerOfTests implements Mailing {
  readonly sent: string[] = [];
  saved: MailBody | null = null;
  fails = '';

  isOn(): boolean {
    return this.saved !== null;
  }
  async settings(): Promise<MailSettings> {
    const { password, ...said } = this.saved ?? {
      host: '',
      port: 587,
      security: 'starttls' as const,
      user: '',
      fromName: '',
      fromEmail: '',
    };
    return { configured: this.isOn(), ...said, hasPassword: (password ?? '') !== '', lastError: '', lastErrorAt: 0, queued: 0 };
  }
  async save(_: string, body: MailBody): Promise<MailSettings> {
    this.saved = body;
    return this.settings();
  }
  async turnOff(): Promise<void> {
    this.saved = null;
  }
  test: Mailing['test'] = async (_, to) => {
    if (!this.isOn()) return { ok: false, code: 'mail_off', message: 'Mail is not set up.' };
    if (this.fails !== '') return { ok: false, code: 'mail_failed', message: this.fails };
    this.sent.push(`test to ${to}`);
    return { ok: true };
  };
  transcript: Mailing['transcript'] = async ({ conversation, to }) => {
    if (!this.isOn()) return 'mail_off';
    this.sent.push(`${conversation} to ${to}`);
    return this.sent.length > 2 ? 'too_many' : true;
  };
}

export class PushesOfTests implements Pushing {
  readonly key = 'public-key';
  readonly #store: NoticeStore;
  constructor(store: NoticeStore) {
    this.#store = store;
  }
  async subscribe(
    who: { workspace: string; user: string },
    { endpoint, keys, label, lang }: PushBody,
  ): Promise<PushDevice | 'bad_endpoint'> {
    if (new URL(endpoint).hostname === 'localhost') return 'bad_endpoint';
    const device = { id: `device-${endpoint.length}`, ...who, endpoint, ...keys, label, lang, createdAt: 1 };
    return deviceOf(await this.#store.putPushDevice({ device, most: 10 }));
  }
}
