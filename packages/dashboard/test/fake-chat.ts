/** The scripted server's conversations: decided by the same pure functions as the real one, kept in memory. */
import {
  type ChatCommand,
  type ChatEvent,
  type ChatState,
  conversationOf,
  decide,
  evolve,
  mayInvite,
  messageAfter,
  type Origin,
  type Words,
} from '@foyer/domain/chat';
import {
  CHAT_LIMITS,
  CHAT_TIMES,
  type Availability,
  type ChatFile,
  type ChatRefusal,
  type ConsoleChatDown,
  type ConsoleChatUp,
  type Conversation,
  type ConversationProfile,
  type InboxEntry,
  type Message,
} from '@foyer/protocol';

interface Kept {
  state: ChatState;
  readonly messages: Message[];
  chatSeq: number;
}
type Answer = [status: number, body: unknown];
type Act = Exclude<ChatCommand, { c: 'start' | 'invite' }>;

const isWord = ({ body, gone }: Message): boolean => body.kind !== 'event' && body.kind !== 'note' && gone !== 'undone';
const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const textOf = ({ body }: Message): string => ('text' in body ? body.text : body.kind === 'choice' ? body.label : '');

export class FakeChat {
  readonly #self: string;
  readonly #send: (frame: ConsoleChatDown) => void;
  readonly #kept = new Map<string, Kept>();
  /** By sender and client id, as receipts are. */
  readonly #receipts = new Map<string, { conversation: string; seq: number; at: number }>();
  readonly #seen = new Map<string, number>();
  readonly files = new Map<string, ChatFile>();
  readonly profiles = new Map<string, Partial<ConversationProfile>>();
  readonly heard: ConsoleChatUp[] = [];
  chatSeq = 0;
  now = (): number => Date.now();
  load = 0;
  capacity = 5;
  /** Conversations without a visit on the map. */
  readonly #without = new Set<string>();
  /** Frames that are swallowed: the wire was cut just there. */
  swallow: (frame: ConsoleChatDown) => boolean = () => false;
  /** Frames from consoles that never came. */
  lose: (frame: ConsoleChatUp) => boolean = () => false;
  readonly availabilities: Record<string, Availability> = { u1: 'online', u2: 'away', u3: 'online' };

  constructor(self: string, send: (frame: ConsoleChatDown) => void) {
    this.#self = self;
    this.#send = (frame) => {
      if (!this.swallow(frame)) send(frame);
    };
  }

  loadOf(agent: string): number {
    return [...this.#kept.values()].filter(({ state: { phase } }) => phase.status === 'assigned' && phase.agent === agent).length;
  }
  state(id: string): ChatState {
    const kept = this.#kept.get(id);
    if (!kept) throw new Error(`no conversation ${id}`);
    return kept.state;
  }
  messages(id: string): readonly Message[] {
    return this.#kept.get(id)?.messages ?? [];
  }

  /** A visitor writes: the conversation begins. */
  start(id: string, text: string, origin: Partial<Origin> = {}): string {
    const full: Origin = {
      id,
      workspace: 'w1',
      site: 'site-1',
      source: 'widget',
      visitor: `v-${id}`,
      cookieless: false,
      team: '',
      contact: { name: '', email: '', verified: false },
      ai: '',
      ...origin,
    };
    this.#decide(id, { c: 'start', by: { kind: 'visitor' }, cid: `start-${id}`, origin: full, words: { kind: 'text', text } });
    return id;
  }
  visitor(id: string, words: Words | string): void {
    const said: Words = typeof words === 'string' ? { kind: 'text', text: words } : words;
    this.does(id, { c: 'say', by: { kind: 'visitor' }, cid: `v-${this.chatSeq}-${id}`, words: said });
  }
  agent(id: string, user: string, words: Words | string): void {
    const said: Words = typeof words === 'string' ? { kind: 'text', text: words } : words;
    this.does(id, { c: 'say', by: { kind: 'agent', id: user }, cid: `${user}-${this.chatSeq}`, words: said });
  }
  does(id: string, command: Act): ChatRefusal | null {
    return this.#decide(id, command);
  }
  /** The last `seq` that this agent has seen. */
  saw(id: string, seq: number): void {
    this.#seen.set(id, Math.max(seq, this.#seen.get(id) ?? 0));
  }
  /** It has no visit on the map (any more), or has one again. */
  goesElsewhere(id: string, isElsewhere = true): void {
    if (isElsewhere) this.#without.add(id);
    else this.#without.delete(id);
    this.#send({ t: 'chat.elsewhere', now: this.now() });
  }
  say(frame: ConsoleChatDown): void {
    this.#send(frame);
  }

  #decide(id: string, command: ChatCommand): ChatRefusal | null {
    const kept = this.#kept.get(id);
    const target = 'seq' in command ? command.seq : 'to' in command ? command.to : 0;
    const answer = decide(kept?.state ?? null, command, {
      now: this.now(),
      reopenForMs: CHAT_TIMES.reopenForMs,
      undoForMs: CHAT_TIMES.undoForMs,
      target: kept?.messages.find(({ seq }) => seq === target) ?? null,
      files: [...this.files.values()],
      load: this.load,
      capacity: this.capacity,
      openElsewhere: '',
      awaySince: 0,
      requeueAfterMs: CHAT_TIMES.requeueAfterMs,
    });
    if (!answer.ok) return answer.error.code;
    if (answer.value.length > 0) this.#store(id, answer.value);
    return null;
  }
  #store(id: string, events: readonly ChatEvent[]): void {
    const before = this.#kept.get(id);
    const state = evolve(before?.state ?? null, events);
    if (!state) throw new Error('nothing began');
    const kept = before ?? { state, messages: [], chatSeq: 0 };
    kept.state = state;
    for (const event of events) {
      if (event.e === 'added') kept.messages.push(event.message);
      else kept.messages.forEach((message, i) => (kept.messages[i] = messageAfter(message, event, state.rev)));
    }
    this.chatSeq += 1;
    kept.chatSeq = this.chatSeq;
    this.#kept.set(id, kept);
    const messages = kept.messages.filter(({ rev }) => rev === state.rev);
    if (messages.some((one) => one.from.kind === 'agent' && one.from.id === this.#self && one.cid !== '' && isWord(one)))
      this.saw(id, state.seq);
    this.#send({ t: 'chat.change', now: this.now(), chatSeq: this.chatSeq, conversation: conversationOf(state), messages });
  }

  hear(up: ConsoleChatUp, reply: (frame: ConsoleChatDown) => void): void {
    if (this.lose(up)) return;
    this.heard.push(up);
    if (up.t === 'chat.hello') {
      reply({ t: 'chat.head', now: this.now(), chatSeq: this.chatSeq });
      return reply({ t: 'chat.availabilities', set: this.availabilities });
    }
    if (up.t === 'chat.marks') {
      this.saw(up.conversation, up.read);
      return void this.does(up.conversation, { c: 'mark', by: { kind: 'agent', id: this.#self }, delivered: up.read, read: up.read });
    }
    if (up.t === 'chat.available') {
      this.availabilities[this.#self] = up.as;
      return reply({ t: 'chat.availabilities', set: { [this.#self]: up.as } });
    }
    if (!('cid' in up)) return;
    const key = `${this.#self} ${up.cid}`;
    const known = this.#receipts.get(key);
    if (known) return reply({ t: 'chat.receipt', cid: up.cid, ...known });
    const id = up.t === 'chat.invite' ? this.#nextOf(up.visitor) : up.conversation;
    const refusal = up.t === 'chat.invite' ? this.invite(up.visitor, this.#self, up.body, up) : this.#decide(id, this.#commandOf(up));
    if (refusal) return reply({ t: 'chat.refused', cid: up.cid, code: refusal, message: refusal });
    const said = this.messages(id).find(({ cid }) => cid === up.cid);
    const receipt = { conversation: id, seq: said?.seq ?? 0, at: said?.at ?? this.now() };
    this.#receipts.set(key, receipt);
    reply({ t: 'chat.receipt', cid: up.cid, ...receipt });
  }
  #nextOf(visitor: string): string {
    const before = [...this.#kept.values()].filter(({ state }) => state.visitor === visitor).length;
    return before === 0 ? `c-${visitor}` : `c-${visitor}-${before + 1}`;
  }
  /** An agent writes first; an invitation that waits is withdrawn by it, a colleague's only `anyway`. */
  invite(
    visitor: string,
    user: string,
    words: Words,
    q: { readonly cid?: string; readonly anyway?: true | undefined } = {},
  ): ChatRefusal | null {
    const latest = [...this.#kept.values()].findLast(({ state }) => state.visitor === visitor)?.state ?? null;
    const may = mayInvite(latest, { agent: user, anyway: q.anyway === true, now: this.now() });
    if (!may.ok) return may.error.code;
    const by = { kind: 'agent', id: user } as const;
    const id = this.#nextOf(visitor);
    if (may.value.withdraw && latest) this.does(latest.id, { c: 'resolve', by });
    const contact = { name: '', email: '', verified: false };
    const origin = { id, workspace: 'w1', site: 'site-1', source: 'widget', visitor, cookieless: false, team: '', contact, ai: '' } as const; // prettier-ignore
    return this.#decide(id, { c: 'invite', by, cid: q.cid ?? `i-${this.chatSeq}-${id}`, origin, words });
  }
  #commandOf(up: Exclude<Extract<ConsoleChatUp, { cid: string }>, { t: 'chat.invite' }>): ChatCommand {
    const by = { kind: 'agent', id: this.#self } as const;
    switch (up.t) {
      case 'chat.say':
        return { c: 'say', by, cid: up.cid, words: up.body };
      case 'chat.note':
        return { c: 'note', by, cid: up.cid, text: up.text, mentions: up.mentions };
      case 'chat.edit':
        return { c: 'edit', by, seq: up.seq, text: up.text };
      case 'chat.remove':
        return { c: 'remove', by, seq: up.seq, how: up.how };
      case 'chat.accept':
        return { c: 'accept', by, anyway: up.anyway };
      case 'chat.assign':
        return { c: 'assign', by, agent: up.agent, anyway: up.anyway };
      case 'chat.transfer':
        return { c: 'transfer', by, team: up.team };
      case 'chat.release':
        return { c: 'release', by };
      case 'chat.take_over':
        return { c: 'take_over', by };
      case 'chat.hand_to_ai':
        return { c: 'hand_to_ai', by, ai: up.ai };
      case 'chat.resolve':
        return { c: 'resolve', by };
      case 'chat.reopen':
        return { c: 'reopen', by };
      case 'chat.block':
        return { c: 'block', by, until: up.forMs === undefined ? Number.MAX_SAFE_INTEGER : this.now() + up.forMs };
      case 'chat.unblock':
        return { c: 'unblock', by };
      case 'chat.tags':
        return { c: 'tag', by, tags: up.tags };
    }
  }

  entry({ state, messages }: Kept): InboxEntry {
    const seen = this.#seen.get(state.id) ?? 0;
    return {
      conversation: conversationOf(state),
      last: messages.findLast(isWord) ?? null,
      unread: Math.min(
        100,
        messages.filter(({ from, body, seq }) => from.kind === 'visitor' && body.kind !== 'event' && seq > seen).length,
      ),
    };
  }

  /** null: no route of chat. */
  answer(route: string, query: URLSearchParams): Answer | null {
    if (route === 'GET /conversations') return [200, this.#page(query)];
    if (route === 'GET /chat/changes') {
      const after = Number(query.get('after'));
      const changed = [...this.#kept.values()].filter(({ chatSeq }) => chatSeq > after).sort((a, b) => a.chatSeq - b.chatSeq);
      const shown = changed.slice(0, CHAT_LIMITS.pageConversations);
      const more = shown.length < changed.length;
      return [200, { chatSeq: more ? shown.at(-1)?.chatSeq : this.chatSeq, entries: shown.map((kept) => this.entry(kept)), more }];
    }
    if (route === 'GET /chat/counts') return [200, this.#counts()];
    if (route === 'GET /chat/search') return [200, this.#search(query.get('text') ?? '')];
    const [, id = '', rest = ''] = /^GET \/conversations\/([^/]+)(\/\w+)?$/.exec(route) ?? [];
    if (id === '') return null;
    const kept = this.#kept.get(decodeURIComponent(id));
    if (!kept) return [404, { error: { code: 'not_found', message: 'There is nothing here.' } }];
    if (rest === '') return [200, this.entry(kept)];
    if (rest === '/profile') return [200, this.#profile(kept)];
    if (rest !== '/messages') return null;
    const page = { conversation: conversationOf(kept.state), rev: kept.state.rev, more: false };
    if (query.has('after')) {
      const rev = Number(query.get('after'));
      return [200, { ...page, messages: kept.messages.filter((message) => message.rev > rev).sort((a, b) => a.rev - b.rev) }];
    }
    const before = Number(query.get('before') ?? Number.MAX_SAFE_INTEGER);
    const earlier = kept.messages.filter(({ seq }) => seq < before);
    return [200, { ...page, messages: earlier.slice(-CHAT_LIMITS.pageMessages), more: earlier.length > CHAT_LIMITS.pageMessages }];
  }

  #page(query: URLSearchParams): { entries: InboxEntry[]; next: string | null } {
    const list = (name: string): string[] | undefined => query.get(name)?.split(',');
    const sort = query.get('sort') ?? 'newest';
    const [status, source, assignee] = [list('status'), list('source'), list('assignee')];
    const rank = (c: Conversation): number => (sort === 'newest' ? -c.lastMessageAt : c.waitingSince);
    const all = [...this.#kept.values()]
      .map((kept) => ({ kept, c: conversationOf(kept.state) }))
      .filter(
        ({ c, kept }) =>
          (!status || status.includes(c.status)) &&
          (!source || source.includes(c.source)) &&
          (!assignee ||
            assignee.includes(c.owner.id || (kept.state.phase.status === 'resolved' ? kept.state.phase.lastAgent : 'none') || 'none')) &&
          (!query.has('team') || c.team === query.get('team')) &&
          (!query.has('tag') || c.tags.includes(query.get('tag') ?? '')) &&
          (!query.has('visit') || this.#without.has(c.id)) &&
          (!query.has('site') || c.site === query.get('site')) &&
          (!query.has('visitor') || c.visitor === query.get('visitor')) &&
          (!query.has('text') || this.#has(kept, query.get('text') ?? '')),
      )
      .sort((a, b) => rank(a.c) - rank(b.c) || ((sort === 'newest') === a.c.id > b.c.id ? -1 : 1));
    const from = Number(query.get('after') ?? 0);
    const to = from + CHAT_LIMITS.pageConversations;
    return { entries: all.slice(from, to).map(({ kept }) => this.entry(kept)), next: to < all.length ? String(to) : null };
  }
  #has({ state, messages }: Kept, text: string): boolean {
    const words = fold(text).split(/\s+/);
    const name = fold(`${state.contact.name} ${state.contact.email} ${state.tags.join(' ')}`);
    return [name, ...messages.filter(isWord).map((message) => fold(textOf(message)))].some((said) =>
      words.every((word) => said.includes(word)),
    );
  }
  #search(text: string) {
    const words = fold(text).split(/\s+/).filter(Boolean);
    const found = [...this.#kept.values()]
      .flatMap((kept) => kept.messages.map((message) => ({ conversation: conversationOf(kept.state), message, n: 601 })))
      .filter(({ message }) => message.body.kind !== 'event' && words.every((word) => fold(textOf(message)).includes(word)))
      .sort((a, b) => b.message.at - a.message.at)
      .slice(0, 50);
    return { found, next: null };
  }
  #counts() {
    const all = [...this.#kept.values()].map((kept) => ({ status: kept.state.phase.status, entry: this.entry(kept) }));
    const count = (check: (one: (typeof all)[number]) => boolean): number => all.filter(check).length;
    const isMine = ({ entry }: (typeof all)[number]): boolean => entry.conversation.owner.id === this.#self;
    return {
      active: count(({ status }) => status === 'unassigned' || status === 'assigned' || status === 'ai'),
      elsewhere: all.filter(({ entry: { conversation } }) => this.#without.has(conversation.id) && conversation.status !== 'resolved')
        .length,
      unassigned: count(({ status }) => status === 'unassigned'),
      mine: count((one) => one.status === 'assigned' && isMine(one)),
      unread: count((one) => one.entry.unread > 0 && (one.status === 'unassigned' || (one.status === 'assigned' && isMine(one)))),
    };
  }
  #profile({ state }: Kept): ConversationProfile {
    const earlier = [...this.#kept.values()].filter((one) => one.state.visitor === state.visitor && one.state.id !== state.id);
    return {
      conversation: state.id,
      visitor: state.visitor,
      n: 0,
      online: true,
      contact: state.contact,
      data: {},
      country: '',
      region: '',
      city: '',
      approximate: false,
      timeZone: '',
      lang: '',
      browser: '',
      browserVersion: '',
      os: '',
      osVersion: '',
      device: '',
      screen: '',
      organisation: '',
      referrer: '',
      campaign: '',
      firstSeenAt: state.startedAt,
      lastSeenAt: state.lastMessageAt,
      visits: 1,
      pages: [],
      earlier: earlier.map((one) => conversationOf(one.state)),
      ...this.profiles.get(state.id),
    };
  }
}
