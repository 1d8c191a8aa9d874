import { type ChatCommand, type ChatState, continuation, visitorConversationOf } from '@foyer/domain/chat';
import { hasSignal } from '@foyer/domain/privacy';
import { CHAT_LIMITS, type Contact, type VisitorChatDown, type VisitorChatUp } from '@foyer/protocol';
import type { ChatService } from '../../chat/chat-service.ts';
import type { ChatTabPeer } from '../../chat/chat-tabs.ts';
import { changesAfter, historyBefore } from '../../chat/frames.ts';
import { type SeenRequest, statusOf } from '../../history/request-log.ts';
import { LatestMarks } from '../../chat/latest-marks.ts';
import type { Profiles } from '../../chat/profiles.ts';
import { refused, unavailable } from '../../chat/refusals.ts';
import { Turns } from '../../chat/turns.ts';
import type { ChatOutcome, ChatStore } from '../../ports/chat-store.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SiteRecord } from '../../ports/team-store.ts';
import type { Directory } from '../../team/directory.ts';
import { Bucket, type KeyedBuckets, MESSAGES_PER_TAB, QUESTIONS_PER_TAB, SIGNS_PER_TAB } from '../rate-limits.ts';
import type { Identities } from './identities.ts';
import { recognise } from './recognise.ts';
import type { Handshake } from './tab-session.ts';
import { visitorCommand } from './visitor-command.ts';

export interface ChatSessionDeps {
  readonly chat: ChatService;
  readonly store: Pick<ChatStore, 'conversationsOf' | 'messagesAfter' | 'messagesBefore'>;
  readonly profiles: Profiles;
  readonly identities: Identities;
  readonly directory: Pick<Directory, 'settings' | 'isVisitorBlocked'>;
  readonly clock: Clock;
  /** Messages by address, over all its tabs. */
  readonly perAddress: KeyedBuckets;
  /** Transcripts by mail, the same. */
  readonly perAddressMails: KeyedBuckets;
  /** Sends a transcript; false: no mail can be sent. */
  readonly mailTranscript: (q: { workspace: string; conversation: string; email: string }) => Promise<boolean>;
  readonly onOutage: (what: string, cause: unknown) => void;
  /** A line in the request log. */
  readonly noteRequest?: (seen: SeenRequest) => void;
}
/** The tab that a chat is in. */
export interface TabOfChat {
  readonly site: SiteRecord;
  readonly shake: Omit<Handshake, 'site'>;
  /** By whom its visit is found; '' when it is not tracked. */
  readonly visitor: string;
  /** Who the site has proved that this is. */
  readonly person: Contact | null;
  /** The secret given to it since the page came, because it is somebody else's browser now; ''. */
  readonly renewed: string;
  give(text: string): void;
  /** A message is activity. */
  act(): void;
  refuse(kind: 'blocked' | 'unknownSite'): void;
}
type Frame<T extends VisitorChatUp['t']> = Extract<VisitorChatUp, { t: T }>;
type Asked = Extract<VisitorChatUp, { cid: string }>;

/** Found among a visitor's latest: an older one may be the open one, because an agent can reopen it. */
const LATEST = 10;

/** One tab's chat: who the visitor is, what they say in its order, and what they are told. */
export class ChatSession implements ChatTabPeer {
  readonly workspace: string;
  readonly site: string;
  state: ChatState | null = null;
  visitor = '';
  isShown = false;
  readonly #deps: ChatSessionDeps;
  readonly #tab: TabOfChat;
  readonly #turns: Turns;
  readonly #marks: LatestMarks<Frame<'chat.marks'>>;
  readonly #messages = new Bucket(MESSAGES_PER_TAB);
  readonly #questions = new Bucket(QUESTIONS_PER_TAB);
  readonly #signs = new Bucket(SIGNS_PER_TAB);
  #hello: Frame<'chat.hello'> | null = null;
  #secret: string | undefined;
  #keep: 'cookie' | 'tab' = 'tab';
  #offered: string;
  #isTyping = false;
  #isClosed = false;

  /** `offered`: the secret under which an agent has written to this tab; ''. */
  constructor(deps: ChatSessionDeps, tab: TabOfChat, offered: string) {
    this.#deps = deps;
    this.#tab = tab;
    this.#offered = offered;
    this.workspace = tab.site.workspace;
    this.site = tab.site.id;
    this.#turns = new Turns((cause) => deps.onOutage('answer a chat', cause));
    this.#marks = new LatestMarks(
      (_, mark) => this.#mark(mark),
      (cause) => deps.onOutage('store what was read', cause),
    );
  }

  get visit(): string {
    return this.#tab.visitor;
  }

  get hasSaidHello(): boolean {
    return this.#hello !== null;
  }

  /** The secret of its visitor, which the browser keeps as soon as it may keep anything; '' where it is the tab's alone. */
  get storableSecret(): string {
    return this.#hello && this.#keep === 'cookie' ? this.#offered : '';
  }

  /** The tab's visit began or ended. */
  linked(): void {
    if (this.#hello) this.#deps.chat.tabs.here.changed(this);
  }

  /** The site has proved who the tab's visitor is: so is who has their conversation. */
  identified(): void {
    const { person } = this.#tab;
    const { state } = this;
    if (!person || !state || state.phase.status === 'resolved') return;
    // VI6: nobody moves the mails of somebody proved elsewhere.
    const email = state.contact.verified && state.contact.email !== '' ? state.contact.email : person.email;
    const command = { c: 'introduce', by: { kind: 'system' }, contact: { ...person, email } } as const;
    this.#act(state.id, command).catch((cause: unknown) => this.#deps.onOutage('keep who somebody is', cause));
  }

  /** Somebody else is at the tab: whoever was there before has their conversation, and this one does not see it. */
  renewed(): void {
    const hello = this.#hello;
    if (hello && !this.#isClosed) this.#enter(hello);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#hello) this.#deps.chat.tabs.here.leave(this);
  }

  tell(text: string): void {
    if (!this.#isClosed) this.#tab.give(text);
  }

  take(frame: VisitorChatUp): void {
    if (frame.t === 'chat.hello') return this.#greet(frame);
    if (!this.#hello) return 'cid' in frame ? this.#say(refused(frame.cid, 'unavailable', { retryAfterMs: 1_000 })) : undefined;
    switch (frame.t) {
      case 'chat.shown':
        if (this.isShown === frame.open) return;
        this.isShown = frame.open;
        return this.#deps.chat.tabs.here.changed(this);
      case 'chat.page':
        return this.#page(frame);
      case 'chat.typing':
        return this.#typing(frame);
      case 'chat.marks':
        return this.#marks.put(frame.conversation, frame);
      case 'chat.after':
        return this.#ask(() => this.#after(frame));
      case 'chat.before':
        return this.#ask(() => this.#before(frame));
      case 'chat.invitation':
        return this.#ask(() => this.#invitation(frame));
      default:
        return this.#inTurn(frame);
    }
  }

  sayYou(): void {
    const hello = this.#hello;
    if (!hello || this.#isClosed) return;
    const { chat } = this.#deps;
    const { state } = this;
    this.#say({
      t: 'chat.you',
      now: chat.now(),
      ...(this.#secret === undefined ? {} : { secret: this.#secret }),
      keep: this.#keep,
      team: chat.team(this.workspace),
      conversation: state ? visitorConversationOf(state, chat.faces) : null,
      rev: state?.shownRev ?? 0,
      ticket: chat.ticketOf({ site: this.site, visitor: this.visitor }),
      preview: chat.settings(this.workspace).typingPreview,
    });
  }

  #greet(frame: Frame<'chat.hello'>): void {
    if (this.#questions.take(this.#deps.clock.mono())) this.#enter(frame);
  }

  #enter(frame: Frame<'chat.hello'>): void {
    const { chat, directory } = this.#deps;
    if (this.#hello) chat.tabs.here.leave(this);
    const before = this.visitor;
    if (!this.#recognise(frame)) return this.#tab.refuse('unknownSite');
    // Somebody else at the same tab has none of what the one before them had.
    if (this.visitor !== before) this.state = null;
    if (directory.isVisitorBlocked(this.workspace, this.visitor)) return this.#tab.refuse('blocked');
    this.#hello = frame;
    // Before the store is asked, so that nothing falls between what it answers and what comes.
    chat.tabs.here.join(this);
    this.#run(async () => {
      const { visitor } = this;
      const found = await this.#current(frame.have?.conversation);
      // Asked for the one before.
      if (visitor !== this.visitor) return;
      if (found && (this.state?.id !== found.id || this.state.rev < found.rev)) this.state = found;
      this.sayYou();
      this.identified();
      if (this.state?.phase.status === 'unassigned') chat.arrived(this.state);
    });
  }

  /** Who says so; false: the site is gone. */
  #recognise(hello: Frame<'chat.hello'>): boolean {
    const { identities, directory } = this.#deps;
    // What the page says may be from before.
    const secret = this.#tab.renewed || hello.secret;
    const { signal = false } = hello;
    const settings = directory.settings(this.workspace);
    if (!settings) return false;
    const { shake, visitor } = this.#tab;
    const known = recognise({ site: this.site, shake, settings, secret, signal, visitor, offered: this.#offered }, identities);
    this.#keep = known.keep;
    this.visitor = known.visitor;
    this.#secret = known.isNew ? known.secret : undefined;
    this.#offered = known.secret;
    return true;
  }

  /** The conversation that the next word goes into, or that this tab has before it. */
  async #current(have: string | undefined): Promise<ChatState | null> {
    const { chat, store } = this.#deps;
    const { workspace, visitor } = this;
    const known = chat.open.ofVisitor(workspace, visitor);
    if (known && known.phase.status !== 'resolved') return known;
    const latest = (await store.conversationsOf({ workspace, visitor, limit: LATEST })).map(({ state }) => state);
    const current = latest.find(({ phase }) => phase.status !== 'resolved') ?? latest[0] ?? null;
    if (current && current.id === have) return current;
    const { reopenForMs } = chat.settings(workspace);
    return continuation(current, { now: chat.now(), reopenForMs }) === 'goes_on' ? current : null;
  }

  #inTurn(frame: Asked): void {
    const { clock, perAddress } = this.#deps;
    const nowMs = clock.mono();
    const waitMs = Math.max(this.#messages.wait(nowMs), perAddress.take(this.#tab.shake.addressHash, nowMs));
    if (waitMs > 0) {
      this.#note(frame, nowMs, 'rate_limited');
      return this.#say(refused(frame.cid, 'rate_limited', { retryAfterMs: waitMs }));
    }
    const taken = this.#turns.take(async () => {
      try {
        this.#note(frame, nowMs, await this.#request(frame));
      } catch (cause) {
        this.#note(frame, nowMs, 'unavailable');
        this.#say(unavailable(frame.cid));
        throw cause;
      }
    });
    if (!taken) this.#say(refused(frame.cid, 'rate_limited', { retryAfterMs: 1_000 }));
  }

  #note(frame: Asked, startedMs: number, error: string): void {
    const { noteRequest, clock } = this.#deps;
    const { shake } = this.#tab;
    // Who asked not to be tracked is in the log without address and browser.
    const isPrivate = this.#hello?.signal === true || hasSignal(shake);
    noteRequest?.({
      workspace: this.workspace,
      source: this.#hello?.playground && shake.isOwnPage === true ? 'playground' : 'widget',
      ...{ endpoint: frame.t, method: 'FRAME', status: statusOf(error), error, latencyMs: clock.mono() - startedMs },
      ...{ address: isPrivate ? '' : shake.address, userAgent: isPrivate ? '' : shake.userAgent },
    });
  }

  /** Answers why not; ''. */
  async #request(frame: Asked): Promise<string> {
    if (frame.t === 'chat.mail') return this.#mail(frame);
    const outcome = frame.t === 'chat.say' ? await this.#write(frame) : await this.#act(frame.conversation, visitorCommand(frame));
    if (!outcome.ok) {
      this.#say(refused(frame.cid, outcome.refusal.code));
      return outcome.refusal.code;
    }
    const { conversation, seq, at } = outcome.receipt;
    this.#say({ t: 'chat.receipt', cid: frame.cid, conversation, seq, at });
    if (outcome.changes.length > 0) this.#tab.act();
    return '';
  }

  async #write({ cid, body, contact, team }: Frame<'chat.say'>): Promise<ChatOutcome> {
    const { chat, profiles } = this.#deps;
    const { workspace, site, visitor } = this;
    const hello = this.#hello!;
    const isNew = !this.state || this.state.phase.status === 'resolved';
    const known = isNew ? (this.#tab.person ?? (await profiles.contactOf(workspace, this.visit))) : null;
    const outcome = await chat.request({
      do: 'write',
      cid,
      words: body,
      origin: {
        id: chat.newId(),
        workspace,
        site,
        source: hello.playground && this.#tab.shake.isOwnPage === true ? 'playground' : 'widget',
        visitor,
        cookieless: this.#keep === 'tab',
        team: team !== undefined && chat.roster.hasTeam(workspace, team) ? team : '',
        contact: contactFrom(known, contact),
        ai: '',
      },
    });
    const begun = outcome.ok ? outcome.changes.find(({ before }) => before === null || before.visitorSeq === 0) : undefined;
    if (begun) profiles.begin(begun.state, { hello, visit: this.visit, site: this.#tab.site, shake: this.#tab.shake });
    return outcome;
  }

  #act(conversation: string, command: Exclude<ChatCommand, { c: 'start' | 'invite' }>): Promise<ChatOutcome> {
    const { workspace, visitor } = this;
    return this.#deps.chat.request({ do: 'act', workspace, conversation, visitor, command });
  }

  async #mail({ cid, conversation, email }: Frame<'chat.mail'>): Promise<string> {
    const { workspace, visitor } = this;
    const { store, mailTranscript, perAddressMails, chat } = this.#deps;
    const own = (await store.conversationsOf({ workspace, visitor, limit: LATEST })).some(({ state }) => state.id === conversation);
    if (!own) {
      this.#say(refused(cid, 'not_found'));
      return 'not_found';
    }
    // Who begins conversations by the dozen would else have as many letters to strangers.
    const isSent =
      perAddressMails.take(this.#tab.shake.addressHash, this.#deps.clock.mono()) === 0 &&
      (await mailTranscript({ workspace, conversation, email }));
    this.#say(isSent ? { t: 'chat.receipt', cid, conversation, seq: 0, at: chat.now() } : refused(cid, 'not_allowed'));
    return isSent ? '' : 'not_allowed';
  }

  /** A question or a sign without receipt: dropped when there are too many, and after an outage; whoever misses the answer asks again. */
  #ask(work: () => Promise<unknown>): void {
    if (this.#questions.take(this.#deps.clock.mono())) this.#run(work);
  }

  #run(work: () => Promise<unknown>): void {
    work().catch((cause: unknown) => this.#deps.onOutage('answer a chat', cause));
  }

  async #after({ conversation, rev }: Frame<'chat.after'>): Promise<void> {
    const { chat, store } = this.#deps;
    const { workspace } = this;
    const state = await this.#own(conversation);
    if (!state) return;
    const found = await store.messagesAfter({ workspace, conversation, rev, limit: CHAT_LIMITS.pageMessages });
    const newest = this.state?.id === conversation && this.state.rev > state.rev ? this.state : state;
    this.#say(changesAfter({ state: newest, asked: rev, found }, chat.faces, chat.signFile));
  }

  async #before({ conversation, seq }: Frame<'chat.before'>): Promise<void> {
    const { chat, store } = this.#deps;
    const { workspace } = this;
    if (!(await this.#own(conversation))) return;
    for (let before = seq; ;) {
      const found = await store.messagesBefore({ workspace, conversation, seq: before, limit: CHAT_LIMITS.pageMessages });
      const history = historyBefore(conversation, found, chat.faces, chat.signFile);
      // A page of notes alone is not the beginning.
      if (history.messages.length > 0 || found.length === 0) return this.#say(history);
      before = found[0]!.seq;
    }
  }

  /** Theirs, or as if there were none. */
  async #own(conversation: string): Promise<ChatState | null> {
    const { workspace, visitor } = this;
    const known = this.#deps.chat.open.byId(workspace, conversation);
    if (known) return known.visitor === visitor ? known : null;
    const latest = await this.#deps.store.conversationsOf({ workspace, visitor, limit: LATEST });
    return latest.find(({ state }) => state.id === conversation)?.state ?? null;
  }

  async #invitation({ conversation, act }: Frame<'chat.invitation'>): Promise<void> {
    const by = { kind: 'visitor' } as const;
    await this.#act(conversation, act === 'seen' ? { c: 'see_invitation', by } : { c: 'dismiss_invitation', by });
  }

  async #mark({ conversation, delivered, read }: Frame<'chat.marks'>): Promise<void> {
    const known = this.state?.id === conversation ? this.state.visitorMarks : null;
    if (known && delivered <= known.delivered && read <= known.read) return;
    await this.#act(conversation, { c: 'mark', by: { kind: 'visitor' }, delivered, read });
  }

  #typing({ on, text }: Frame<'chat.typing'>): void {
    const { chat, clock } = this.#deps;
    const { workspace, visitor, state } = this;
    if (!state || state.phase.status === 'resolved' || (on ? !this.#signs.take(clock.mono()) : !this.#isTyping)) return;
    this.#isTyping = on;
    const preview = on && chat.settings(workspace).typingPreview ? (text ?? '') : '';
    chat.typing({ workspace, conversation: state.id, visitor, agent: '', on, text: preview });
  }

  #page({ url, title }: Frame<'chat.page'>): void {
    if (this.#hello) this.#hello = { ...this.#hello, page: { url, title } };
    if (!this.state || this.#tab.visitor !== '' || !this.#signs.take(this.#deps.clock.mono())) return;
    this.#deps.profiles.page(this.state, { url, title }, this.#tab.site);
  }

  #say(frame: VisitorChatDown): void {
    this.tell(JSON.stringify(frame));
  }
}

/** VI5: what is proved stands before what is typed, which stands before what is told. */
function contactFrom(known: Contact | null, typed: { name?: string | undefined; email?: string | undefined } = {}): Contact {
  const { name = '', email = '', verified = false } = known ?? {};
  return verified
    ? { name: name || (typed.name ?? ''), email: email || (typed.email ?? ''), verified }
    : { name: typed.name ?? name, email: typed.email ?? email, verified };
}
