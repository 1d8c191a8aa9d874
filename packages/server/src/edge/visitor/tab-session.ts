import type { PlaceFacts } from '@foyer/domain/board';
import { cleanUrl } from '@foyer/domain/link';
import type { Announcement, Declared, PageSeen, TabKey, VisitFacts } from '@foyer/domain/presence';
import type { Collect } from '@foyer/domain/privacy';
import { itemsOf, valueOf } from '@foyer/domain/rules';
import {
  CHAT_LIMITS,
  type ChatWake,
  CLOSE,
  type CloseKind,
  type Contact,
  type Hello,
  LIMITS,
  type PageView,
  type Settings,
  TIMES,
  VISITOR_PROTOCOL_FLOOR,
  VisitorChatUp,
  type VisitorDown,
  VisitorUp,
} from '@foyer/protocol';
import * as v from 'valibot';
import type { GeoPlace } from '../../geo/geo.ts';
import type { SiteRecord } from '../../ports/team-store.ts';
import type { Peer, Socket } from '../../ports/socket.ts';
import type { Fact, TabNote } from '../../live/messages.ts';
import { closeReason } from '../close-reason.ts';
import { parseJson } from '../parse-json.ts';
import { Bucket, FRAMES_PER_TAB, GOALS_PER_TAB } from '../rate-limits.ts';
import { assess, collectOf } from './assess.ts';
import type { ChatSession, TabOfChat } from './chat-session.ts';
import { campaignOf, hostOf, withoutCampaign } from './campaign.ts';
import { type Identified, identityOf, unproved } from './identity-of.ts';
import type { VisitorDeps } from './deps.ts';

/** What the handshake knows of a socket. Nothing of it is stored or logged before `hello`. */
export interface Handshake {
  readonly site: SiteRecord;
  /** Full address: for geo, masking and hashing only. */
  readonly address: string;
  readonly addressHash: string;
  readonly userAgent: string;
  readonly acceptLanguage: string;
  readonly secGpc: string | undefined;
  readonly dnt: string | undefined;
  /** The page is our own: its conversations may be the Playground's. */
  readonly isOwnPage?: boolean;
}

/** Unread by a tab in chat: three full answers to a gap. */
const MOST_QUEUED_CHARS = 150_000;
/** Resume tokens are renewed with activity, but not more often than this. */
const RENEW_EVERY_MS = 10 * 60_000;

/**
 * One connected tab, as the node with its socket knows it: parses what it says, passes facts to the visit's home, and can announce itself
 * again to a new home at any time.
 */
export class TabSession implements Peer, TabOfChat {
  readonly no: number;
  readonly #deps: VisitorDeps;
  readonly #socket: Socket;
  readonly shake: Handshake;
  readonly #bucket = new Bucket(FRAMES_PER_TAB);
  #site: SiteRecord;
  /** The current page, then those not yet stored; oldest first. */
  #pages: { n: number; url: string; title: string; seenAtMs: number }[] = [];
  #storedN = 0;
  #facts: VisitFacts | null = null;
  #tab = '';
  #visitor = '';
  #newSecret: string | undefined;
  /** Said hello, and not been told `you` since: also who resumes is answered, or the tab's backoff would never be over. */
  #awaitsYou = false;
  #visit = '';
  #startedAt = 0;
  #home = '';
  #hidden = false;
  #focused = false;
  #lastInputMs = 0;
  #renewedMs = Number.NEGATIVE_INFINITY;
  readonly #since: number;
  /** What the current page last said that it is: a new home has to know it. */
  #declared: Declared | null = null;
  /** Only of a tab that has declared a goal. */
  #goals: Bucket | null = null;
  #isClosed = false;
  /** The server has ended what this tab was part of, or declined its hello: frames it sent before it knew are dropped, not an error. */
  #mayBeLate = false;
  /** Only of a tab that has said something in chat: a field each, and nothing more, for all the others. */
  #chat: ChatSession | null = null;
  /** Under which secret an agent has written to this tab; ''. */
  #offered = '';
  #queuedChars = 0;
  /** Who the site has proved that this is. */
  #person: Contact | null = null;
  /** The store is asked who this is; what is said in chat meanwhile waits for its answer. */
  #proving: Promise<void> | null = null;
  /** In place of the secret that this tab came with, which was somebody else's; ''. */
  #renewed = '';

  constructor(no: number, deps: VisitorDeps, socket: Socket, shake: Handshake) {
    this.no = no;
    this.#deps = deps;
    this.#socket = socket;
    this.shake = shake;
    this.#site = shake.site;
    this.#since = deps.live.now();
    socket.send(deps.greetings.welcome(shake.site));
  }

  get site(): SiteRecord {
    return this.#site;
  }

  get address(): string {
    return this.shake.address;
  }

  get addressHash(): string {
    return this.shake.addressHash;
  }

  get hasVisitor(): boolean {
    return this.#facts !== null;
  }

  get tab(): string {
    return this.#tab;
  }

  get visitor(): string {
    return this.#visitor;
  }

  /** Of its chat; '' before it is one. */
  get chatVisitor(): string {
    return this.#chat?.visitor ?? '';
  }

  get person(): Contact | null {
    return this.#person;
  }

  get renewed(): string {
    return this.#renewed;
  }

  get home(): string {
    return this.#home;
  }

  text(frame: string): void {
    if (this.#isClosed) return;
    if (!this.#mayTake()) return;
    if (frame.length > CHAT_LIMITS.maxFrameBytes) return this.refuse('tooBig');
    let parsed: unknown;
    try {
      parsed = parseJson(frame);
    } catch {
      return this.refuse(frame.length > LIMITS.maxFrameBytes ? 'tooBig' : 'badFrame');
    }
    if (frame.length > LIMITS.maxFrameBytes && !isOfChat(parsed)) return this.refuse('tooBig');
    this.#take(parsed);
  }

  /** One frame out of a post. */
  frame(parsed: unknown): void {
    if (!this.#isClosed && this.#mayTake()) this.#take(parsed);
  }

  #mayTake(): boolean {
    this.#deps.counts.frames++;
    if (this.#bucket.take(this.#deps.clock.mono())) return true;
    this.refuse('rateLimited');
    return false;
  }

  #take(parsed: unknown): void {
    if (isOfChat(parsed)) return this.#takeChat(parsed);
    const result = v.safeParse(VisitorUp, parsed, ABORT_EARLY);
    if (!result.success) return this.refuse('badFrame');
    const frame = result.output;
    if (frame.t === 'hello') return this.#hello(frame);
    if (frame.t === 'bye') return this.#bye();
    if (this.#facts === null) {
      if (this.#mayBeLate || !this.#isTracking()) return;
      return this.refuse('outOfOrder');
    }
    const mono = this.#deps.clock.mono();
    switch (frame.t) {
      case 'page':
        return this.#page(frame, mono);
      case 'title':
        return this.#title(frame.n, frame.title);
      case 'state':
        this.#hidden = frame.hidden;
        this.#focused = frame.focused;
        return this.#tell({ k: 'state', workspace: this.#site.workspace, key: this.#key(), hidden: frame.hidden, focused: frame.focused });
      case 'act':
        return this.#act(mono);
      case 'context':
        this.#declared = { kind: frame.kind, items: itemsOf(frame.data) };
        return this.#tell({
          k: 'context',
          workspace: this.#site.workspace,
          key: this.#key(),
          ...this.#declared,
          data: frame.data ? JSON.stringify(frame.data) : '',
        });
      case 'goal':
        return this.#goal(frame, mono);
      case 'identify':
        // Without storage there is no identity either (product.md section 9).
        if (this.#visitor.startsWith('c')) return;
        return this.#identify(identityOf(frame, this.#site.id, (text, hash) => this.#deps.people.proves(this.#site.id, text, hash)));
    }
  }

  #goal(frame: Extract<VisitorUp, { t: 'goal' }>, mono: number): void {
    if (!(this.#goals ??= new Bucket(GOALS_PER_TAB)).take(mono)) return;
    const goal = frame.name === undefined ? null : this.#deps.goalOf(this.#site.id, frame.name);
    if (goal === null) return;
    const reached = { goal, ...valueOf(frame.value, frame.currency) };
    this.#tell({ k: 'goal', workspace: this.#site.workspace, key: this.#key(), reached, agoMs: frame.agoMs ?? 0 });
  }

  #identify(said: Identified): void {
    if (said.subject === '') return this.#tellWho(said);
    const visitor = this.#visitor;
    const proving = (this.#proving ?? Promise.resolve())
      .then(() => this.#prove(said, visitor))
      .finally(() => {
        if (this.#proving === proving) this.#proving = null;
      });
    this.#proving = proving;
  }

  /** `visitor`: who it was said of. */
  async #prove(said: Identified, visitor: string): Promise<void> {
    const { people, identities } = this.#deps;
    const { workspace } = this.#site;
    // Who an earlier proof has begun anew here is still in this tab.
    const isHere = (): boolean => this.#facts !== null && (this.#visitor === visitor || this.#renewed !== '');
    if (!isHere()) return;
    const of = this.#visitor;
    let claim = await people.claim({ workspace, visitor: of, subject: said.subject });
    if (claim === 'of another') {
      if (!isHere()) return;
      this.#renew(identities.secretAfter(of, said.subject));
      if (this.#facts === null) return;
      claim = await people.claim({ workspace, visitor: this.#visitor, subject: said.subject });
    }
    if (!isHere()) return;
    if (claim !== 'theirs') return this.#tellWho(unproved(said));
    this.#person = said.contact;
    this.#tellWho(said);
    this.#chat?.identified();
  }

  #tellWho({ name, identity }: Identified): void {
    this.#tell({ k: 'identify', workspace: this.#site.workspace, key: this.#key(), name, identity });
  }

  /** Somebody else is at this browser: their visit begins, with nothing of the one before them. */
  #renew(secret: string): void {
    const { identities, directory } = this.#deps;
    this.#tell({ k: 'gone', workspace: this.#site.workspace, key: this.#key() });
    this.#renewed = this.#newSecret = secret;
    this.#visitor = identities.visitorOf(this.#site.id, secret);
    this.#visit = this.#home = this.#offered = '';
    this.#startedAt = 0;
    this.#person = null;
    this.#pages = this.#pages.slice(-1);
    this.#awaitsYou = true;
    if (directory.isVisitorBlocked(this.#site.workspace, this.#visitor)) return this.refuse('blocked');
    this.announce();
    this.#chat?.renewed();
  }

  #takeChat(parsed: unknown): void {
    const result = v.safeParse(VisitorChatUp, parsed, ABORT_EARLY);
    if (!result.success) return this.refuse('badFrame');
    const { output } = result;
    const take = (): void => {
      if (this.#isClosed) return;
      this.#chat ??= this.#deps.openChat?.(this, this.#offered) ?? null;
      this.#chat?.take(output);
    };
    if (this.#proving) void this.#proving.then(take);
    else take();
  }

  /** A message of the visitor's is activity, as input is. */
  act(): void {
    if (this.#facts !== null) this.#act(this.#deps.clock.mono());
  }

  drained(): void {
    this.#queuedChars = 0;
  }

  closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#chat?.close();
    this.#bye();
    this.#deps.tabs.delete(this);
  }

  /** Closes for a named reason, with advice on when to come back. */
  refuse(kind: CloseKind): void {
    if (this.#isClosed) return;
    this.#deps.counts.refused(kind);
    this.#socket.close(CLOSE[kind].code, closeReason(kind, this.#deps.retry));
    this.closed();
  }

  /**
   * Settings of the workspace or site changed: greet anew. Tracking that went off forgets everything about the visit (the hub has ended it).
   * `wasReset`: what may be collected has changed, so the tab leaves, and is asked for a new hello.
   */
  greet(site: SiteRecord, wasReset: boolean): void {
    const { greetings } = this.#deps;
    this.#site = site;
    if (!this.#isTracking()) this.#forget();
    else if (wasReset) {
      this.#bye();
      this.give(greetings.silence(site));
    }
    this.#mayBeLate = this.#facts === null;
    this.give(greetings.welcome(site));
  }

  note(note: TabNote): void {
    if (this.#facts === null || note.key.tab !== this.#tab || note.key.visitor !== this.#visitor) return;
    if (note.k === 'wake') return this.#wake(note.secret);
    if (note.k === 'stored') return this.#stored(note.n);
    if (note.k === 'unknown') {
      this.#visit = '';
      return this.announce();
    }
    const isNews = this.#visit !== note.visit;
    this.#visit = note.visit;
    this.#startedAt = note.startedAt;
    if (isNews || this.#awaitsYou) this.#sayYou();
  }

  /** Tells the home of the visit all it needs to know of this tab. */
  announce(): void {
    const fact = this.announcement();
    if (!fact) return;
    const home = this.#deps.live.homeOf(this.#visitor);
    if (this.#home !== '' && this.#home !== home)
      this.#deps.live.leave(this.#home, { k: 'gone', workspace: this.#site.workspace, key: this.#key() });
    this.#home = home;
    this.#deps.live.fact(fact);
  }

  announcement(): (Fact & { k: 'announce' }) | null {
    if (this.#facts === null || this.#isClosed) return null;
    const mono = this.#deps.clock.mono();
    const a: Announcement = {
      ...this.#key(),
      since: this.#since,
      facts: this.#facts,
      resume: this.#visit === '' ? null : { visit: this.#visit, startedAt: this.#startedAt },
      pages: this.#pages.map(({ n, url, title, seenAtMs }): PageSeen => ({
        n,
        url,
        title,
        agoMs: Math.max(0, Math.round(mono - seenAtMs)),
      })),
      hidden: this.#hidden,
      focused: this.#focused,
      ...(this.#declared ? { declared: this.#declared } : {}),
      idleMs: Math.max(0, Math.round(mono - this.#lastInputMs)),
      ...(this.#visit === '' ? { beganAgoMs: this.#beganAgoMs(mono) } : {}),
    };
    return { k: 'announce', workspace: this.#site.workspace, addressHash: this.shake.addressHash, a };
  }

  /** Since the first of what was done here without a pause in which a visit ends. */
  #beganAgoMs(mono: number): number {
    let at = this.#lastInputMs;
    for (const { seenAtMs } of this.#pages.toReversed()) {
      if (at - seenAtMs >= TIMES.listedForMs) break;
      at = Math.min(at, seenAtMs);
    }
    return Math.max(0, Math.round(mono - at));
  }

  #hello(hello: Hello): void {
    if (hello.v < VISITOR_PROTOCOL_FLOOR) return this.refuse('version');
    if (this.#facts !== null) return this.refuse('outOfOrder');
    const deps = this.#deps;
    const shake = this.shake;
    const settings = deps.directory.settings(this.#site.workspace);
    if (!settings) return this.refuse('unknownSite');
    const collect = collectOf(shake, { signal: hello.signal === true }, settings);
    this.#mayBeLate = collect === 'nothing';
    if (collect === 'nothing') return;

    const now = deps.live.now();
    const mono = deps.clock.mono();
    this.#tab = hello.tab;
    this.#renewed = '';
    let resume = hello.resume ? deps.identities.readResume(hello.resume, this.#site.id, now) : null;
    if (collect === 'limited') {
      this.#visitor = resume?.visitor.startsWith('c')
        ? resume.visitor
        : deps.identities.cookielessVisitor(this.#site.id, shake.address, shake.userAgent, now);
    } else {
      // Who has chatted in this tab before consent keeps that conversation on the pages that follow.
      const secret = hello.secret ?? (this.#newSecret = this.#chat?.storableSecret || deps.identities.newSecret());
      this.#visitor = deps.identities.visitorOf(this.#site.id, secret);
    }
    if (deps.directory.isVisitorBlocked(this.#site.workspace, this.#visitor)) return this.refuse('blocked');
    // A token of somebody else's visit (copied, or from before the cookie was deleted) is worth nothing.
    if (resume?.visitor !== this.#visitor) resume = null;
    // The store takes nothing more for a visit that ended when tracking went off.
    if (resume && resume.startedAt <= deps.live.endedAt(this.#site.workspace)) resume = null;
    this.#visit = resume?.visit ?? '';
    this.#startedAt = resume?.startedAt ?? 0;
    this.#hidden = hello.hidden;
    this.#focused = hello.focused;
    this.#lastInputMs = mono - (hello.idleMs ?? 0);
    const first = hello.pages[0]!;
    this.#facts = this.#factsOf(hello, first, settings, collect);
    this.#pages = hello.pages.map((page) => this.#seen(page, mono));
    this.#awaitsYou = true;
    deps.counts.hellos++;
    this.announce();
    this.#chat?.linked();
  }

  #factsOf(hello: Hello, first: PageView, settings: Settings, collect: Collect): VisitFacts {
    const deps = this.#deps;
    const site = this.#site;
    const told = { timeZone: hello.tz, hints: hello.hints, auto: hello.auto === true, signal: hello.signal === true };
    const { place, agent, ip, reasons } = assess(this.shake, told, { site, settings, collect }, deps);
    const ownReferrer = cleanUrl(first.ref ?? '');
    const referrerHost = hostOf(ownReferrer);
    const isOwn = referrerHost !== '' && referrerHost === hostOf(first.url);
    return {
      site: site.id,
      place: placeFactsOf(place),
      // Of an app its name is all there is to show.
      referrer: isOwn ? '' : ownReferrer.startsWith('android-app:') ? referrerHost : ownReferrer,
      referrerHost: isOwn ? '' : referrerHost,
      campaign: campaignOf(first.url),
      lang: deps.shared(hello.lang),
      timeZone: deps.shared(hello.tz),
      screen: deps.shared(hello.screen.slice(0, 2).map(Math.round).join(' × ')),
      ...agent,
      ip,
      organisation: place.organisation,
      source: 'Widget',
      filtered: reasons[0]?.text ?? '',
    };
  }

  #seen(page: PageView, mono: number): { n: number; url: string; title: string; seenAtMs: number } {
    const clean = this.#deps.pageOf(this.#site, page.url);
    return {
      n: page.n,
      url: this.#deps.shared(withoutCampaign(clean)),
      title: this.#deps.shared(page.title),
      seenAtMs: mono - (page.agoMs ?? 0),
    };
  }

  #page(page: PageView, mono: number): void {
    const last = this.#pages.at(-1);
    if (last && page.n <= last.n) return;
    const seen = this.#seen(page, mono);
    if (last?.url !== seen.url) this.#declared = null;
    // The current page stays even when it is stored: a new home has to know it.
    if (this.#pages.length >= LIMITS.unstoredPages || (last && last.n <= this.#storedN)) this.#pages.shift();
    this.#pages.push(seen);
    this.#input(mono);
    this.#tell({
      k: 'page',
      workspace: this.#site.workspace,
      key: this.#key(),
      page: { n: seen.n, url: seen.url, title: seen.title, agoMs: Math.round(page.agoMs ?? 0) },
    });
  }

  #title(n: number, title: string): void {
    const page = this.#pages.at(-1);
    if (page?.n !== n) return;
    page.title = this.#deps.shared(title);
    this.#tell({ k: 'title', workspace: this.#site.workspace, key: this.#key(), n, title });
  }

  #act(mono: number): void {
    // Idle for longer than a visit is listed: whatever the home still knows, this input begins a new visit.
    if (mono - this.#lastInputMs >= TIMES.listedForMs) this.#visit = '';
    this.#input(mono);
    this.#tell({ k: 'act', workspace: this.#site.workspace, key: this.#key() });
  }

  #input(mono: number): void {
    this.#lastInputMs = mono;
    if (this.#visit !== '' && mono - this.#renewedMs >= RENEW_EVERY_MS) {
      this.#renewedMs = mono;
      this.#send({ t: 'resume', token: this.#token() });
    }
  }

  #bye(): void {
    if (this.#facts === null) return;
    this.#tell({ k: 'gone', workspace: this.#site.workspace, key: this.#key() });
    this.#forget();
  }

  #forget(): void {
    this.#facts = null;
    this.#pages = [];
    this.#visit = '';
    this.#visitor = '';
    this.#home = '';
    this.#declared = null;
    this.#newSecret = undefined;
    this.#person = null;
    this.#chat?.linked();
  }

  #stored(n: number): void {
    if (n <= this.#storedN && n < (this.#pages.at(-1)?.n ?? 0)) return;
    this.#storedN = Math.max(n, this.#storedN);
    const last = this.#pages.at(-1);
    this.#pages = this.#pages.filter((page) => page.n > n || page === last);
    this.#send({ t: 'stored', n });
  }

  #sayYou(): void {
    this.#renewedMs = this.#deps.clock.mono();
    this.#awaitsYou = false;
    this.#send({
      t: 'you',
      ...(this.#newSecret === undefined ? {} : { secret: this.#newSecret }),
      visitor: this.#visitor,
      visit: this.#visit,
      resume: this.#token(),
    });
    this.#newSecret = undefined;
    if (this.#deps.isAwaited?.(this.#site.workspace, this.#visitor)) this.#wake('');
  }

  /** Its visitor is spoken to: the tab loads the chat, unless it has it. */
  #wake(secret: string): void {
    if (this.#chat?.hasSaidHello) return;
    if (secret !== '') this.#offered = secret;
    this.#send({ t: 'chat.wake' });
  }

  #token(): string {
    return this.#deps.identities.resumeToken(
      { site: this.#site.id, visitor: this.#visitor, visit: this.#visit, startedAt: this.#startedAt },
      this.#deps.live.now(),
    );
  }

  #isTracking(): boolean {
    return this.#deps.directory.settings(this.#site.workspace)?.tracking === true;
  }

  #key(): TabKey {
    return { visitor: this.#visitor, tab: this.#tab, edge: this.#deps.live.name, socket: this.no };
  }

  #tell(fact: Fact): void {
    this.#deps.live.fact(fact);
  }

  #send(frame: VisitorDown | ChatWake): void {
    this.give(JSON.stringify(frame));
  }

  /**
   * A tab gets a frame of 100 B now and then: one that leaves 64 kB unread is not reading at all. One in chat may have a transcript on its
   * way over a bad network.
   */
  give(text: string): void {
    if (this.#socket.send(text) !== 'queued') return;
    this.#queuedChars += text.length;
    if (this.#chat === null || this.#queuedChars > MOST_QUEUED_CHARS) this.refuse('slowConsumer');
  }
}

const isOfChat = (parsed: unknown): boolean =>
  typeof parsed === 'object' && parsed !== null && 't' in parsed && typeof parsed.t === 'string' && parsed.t.startsWith('chat.');

const ABORT_EARLY = { abortEarly: true, abortPipeEarly: true } as const;

/** One object a place, as geo has one: a million visits share it. */
const PLACES = new WeakMap<GeoPlace, PlaceFacts>();

function placeFactsOf(geo: GeoPlace): PlaceFacts {
  let facts = PLACES.get(geo);
  if (!facts) {
    const { place: id, city, region, country, lat, lon, approximate } = geo;
    facts = { id, city, region, country, lat, lon, approximate };
    PLACES.set(geo, facts);
  }
  return facts;
}
