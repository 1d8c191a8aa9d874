import { PlaceTable } from '@foyer/domain/board';
import { homeOf, SlewedClock } from '@foyer/domain/presence';
import { NO_VERDICT, type PageVerdict } from '@foyer/domain/rules';
import { type ChangedFrame, type ReachedGoal, type Row, TIMES } from '@foyer/protocol';
import type { ChatNote } from '../chat/notes.ts';
import type { Bus } from '../ports/bus.ts';
import type { Clock } from '../ports/clock.ts';
import type { HistoryStore, VisitRecord } from '../ports/history-store.ts';
import type { Watched } from './alert-watch.ts';
import { Channels } from './channels.ts';
import { type ConversationNote, Conversations } from './conversations.ts';
import { Hub, type HubPorts } from './hub.ts';
import { Meeter } from './meeter.ts';
import { Membership } from './membership.ts';
import type { AlertNote, ColleaguesNote, Fact, NodeMessage, Part, TabNote, ViewOrder } from './messages.ts';
import { Pace } from './pace.ts';
import { storedVisit } from './visit-record.ts';

/** How often due things are looked at. A quarter second, because leaving has to show within 7 s of which 5 s are grace. */
const ADVANCE_EVERY_MS = 250;
/** Between slices of reading a new view: as long as a slice, so that events get at least half of the time. */
const SLICE_PAUSE_MS = 3;
/** A visit whose old home still writes may not be in the store yet when its new home reads: it reads again after this. */
const READ_AGAIN_MS = 1_500;
const RECENT_PAGE = 2_000;
/** Visit states that wait for the store at once: its next batch. What is due beyond it is made into records when the store has room. */
const MOST_PENDING = 1_000;
/** How often conversations that are over are forgotten. */
const SWEEP_EVERY_MS = 60_000;

/** The part of a node that holds tabs' sockets. */
export interface TabSide {
  note(note: TabNote): void;
  /** Announcements of every tab whose visit's home is `node`. */
  announcements(node: string): Iterable<Fact & { k: 'announce' }>;
  /** Homes have changed: announce again the tabs whose home did. */
  rehome(): void;
}
/** The part of a node that holds consoles' sockets. */
export interface ConsoleSide {
  part(from: string, part: Part): void;
  /** Everything that is open here, for `node` to know. */
  orders(): Iterable<ViewOrder>;
  left(node: string): void;
}
/** The part of a node that knows the agents behind the consoles. */
export interface PeopleSide {
  take(from: string, note: ColleaguesNote): void;
  /** Every agent with a console here, for another node to know. */
  everything(): ColleaguesNote;
  left(node: string): void;
  changed(workspace: string, what: ChangedFrame['what']): void;
  /** Something that another node said may have been lost on the way. */
  missed(): void;
  /** Nothing more is told to anybody. */
  stop(): void;
}
/** The part of a node that keeps conversations. */
export interface ChatSide {
  take(from: string, note: ChatNote): void;
  /** What another node has to know of those who chat here. */
  everything(): Iterable<ChatNote>;
  left(node: string): void;
}
/** The part of a node that tells agents of visits they asked for. */
export interface AlertSide {
  take(note: AlertNote): void;
  changedElsewhere(workspace: string): void;
}
/** A goal counts on a visit whose home is here, or in its visitor's chat. */
export type OnGoal = (workspace: string, visitor: string, reached: ReachedGoal) => void;
export interface NodeOptions {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly epoch: string;
  readonly random: () => number;
  readonly history: Pick<HistoryStore, 'meetVisitors' | 'recentVisits' | 'visitsById'>;
  readonly writer: { put(record: VisitRecord): void; readonly pending: number };
  /** How long after a death tabs are expected back. */
  readonly retryMaxMs: number;
  readonly onArrival: (site: string, now: number) => void;
  /** What a page of a site is, by the rules that hold now; absent: no site has rules. */
  readonly judge?: (site: string, url: string) => PageVerdict;
  /** The sites of a workspace, for lists sorted by what they are called; absent: by their ids. */
  readonly sitesOf?: (workspace: string) => readonly { readonly id: string; readonly name: string }[];
  readonly onOutage: (what: string, cause: unknown) => void;
}

/**
 * LiveNode — this process in the live core: the hubs of the visits whose home is here, and the way to all others.
 *
 * Purpose     one home per visit by rendezvous hash; with one node that is this one, and the same code runs.
 * Lifecycle   `attach` both sides → `start` (reads what the store knows of the last half hour) → `stop`.
 * On error    outages of the store are reported and retried; a bug throws.
 */
export class LiveNode {
  readonly places = new PlaceTable();
  readonly channels: Channels<NodeMessage>;
  readonly membership: Membership;
  readonly #options: NodeOptions;
  readonly #time: SlewedClock;
  readonly #hubs = new Map<string, Hub>();
  readonly #endedAt = new Map<string, number>();
  readonly #dirty = new Set<Hub>();
  readonly #pace: Pace;
  readonly #meeter: Meeter;
  readonly #stop: (() => void)[] = [];
  /** Of each other node's places, our index by theirs; and how many of ours it has been told. */
  readonly #placesOf = new Map<string, number[]>();
  readonly #placesTold = new Map<string, number>();
  #tabs: TabSide | null = null;
  #consoles: ConsoleSide | null = null;
  #people: PeopleSide | null = null;
  #alerts: AlertSide | null = null;
  #chat: ChatSide | null = null;
  #onGoal: OnGoal | null = null;
  /** Heard before the chat had started. */
  #forChat: { readonly from: string; readonly note: ChatNote }[] = [];
  readonly #conversations = new Conversations();
  #reading: (() => void) | null = null;

  constructor(options: NodeOptions) {
    this.#options = options;
    const { clock } = options;
    this.#time = new SlewedClock(clock.mono(), clock.now());
    this.channels = new Channels<NodeMessage>({
      bus: options.bus,
      epoch: options.epoch,
      events: {
        isMember: (node) => this.membership.members.includes(node),
        receive: (from, message) => this.#receive(from, message),
        resync: (to) => this.#resync(to),
      },
    });
    this.membership = new Membership({
      bus: options.bus,
      clock,
      epoch: options.epoch,
      heads: () => this.channels.heads(),
      events: {
        changed: (_, joined, left) => this.#membersChanged(joined, left),
        beat: (from, epoch, head) => this.channels.compare(from, epoch, head),
      },
    });
    this.#pace = new Pace(clock, () => this.#emit());
    this.#meeter = new Meeter({
      store: options.history,
      clock,
      met: (visit, facts) => {
        const hub = this.hub(visit.workspace);
        hub.met(facts, visit.visit);
        this.touched(hub);
      },
      onOutage: (cause) => options.onOutage('meetVisitors', cause),
    });
  }

  get name(): string {
    return this.#options.bus.node;
  }

  get epoch(): string {
    return this.#options.epoch;
  }

  /** Whole epoch ms for people, from monotonic time with a slewed offset. */
  now(): number {
    return Math.floor(this.#time.now(this.#options.clock.mono(), this.#options.clock.now()));
  }

  /** Visits whose home is here. */
  get size(): number {
    let size = 0;
    for (const hub of this.#hubs.values()) size += hub.size;
    return size;
  }

  attach(tabs: TabSide, consoles: ConsoleSide, people: PeopleSide | null = null): void {
    this.#tabs = tabs;
    this.#consoles = consoles;
    this.#people = people;
  }

  /** What was heard for it meanwhile comes now: it is told once only. */
  attachChat(chat: ChatSide): void {
    this.#chat = chat;
    for (const { from, note } of this.#forChat.splice(0)) chat.take(from, note);
  }

  attachAlerts(alerts: AlertSide): void {
    this.#alerts = alerts;
  }

  attachGoals(onGoal: OnGoal): void {
    this.#onGoal = onGoal;
  }

  /** What this node's visits of a workspace are watched for from now on: see alert-watch.ts. */
  watch(workspace: string, all: readonly Watched[], tell: (key: string, row: Row) => void): void {
    const hub = this.hub(workspace);
    hub.alerts.set(all, tell);
    // A small site is read at once, so that whoever arrives next is news; a large one in slices, like a console's view.
    if (hub.readOn()) return;
    this.touched(hub);
    this.#readOn();
  }

  async start(): Promise<void> {
    await this.#readRecent();
    this.#stop.push(this.#options.clock.setInterval(() => this.advance(), ADVANCE_EVERY_MS));
    this.#stop.push(this.#options.clock.setInterval(() => this.#conversations.sweep(this.now()), SWEEP_EVERY_MS));
    this.membership.start();
  }

  /** Writes everything; call the writer's `flush` after it. */
  stop(): void {
    this.membership.stop();
    this.halt();
    for (const hub of this.#hubs.values()) hub.saveAll();
  }

  /** Ends at once, without a word: what a death looks like to the others. */
  halt(): void {
    for (const stop of this.#stop) stop();
    this.#pace.stop();
    this.#meeter.stop();
    this.#reading?.();
    this.#people?.stop();
    this.membership.halt();
    this.channels.close();
  }

  hub(workspace: string): Hub {
    let hub = this.#hubs.get(workspace);
    if (!hub) {
      hub = new Hub({ workspace, places: this.places, ports: this.#ports(workspace) });
      this.#hubs.set(workspace, hub);
    }
    return hub;
  }

  homeOf(visitor: string): string {
    return homeOf(visitor, this.membership.members);
  }

  /** A tab's fact to the home of its visit. */
  fact(fact: Fact): void {
    this.channels.send(this.homeOf(fact.k === 'announce' ? fact.a.visitor : fact.key.visitor), fact);
  }

  /** A tab whose visit's home has changed says good-bye to the old one, which may not know yet. */
  leave(home: string, fact: Fact & { k: 'gone' }): void {
    this.channels.send(home, fact);
  }

  /** To every node, this one included. */
  broadcast(message: NodeMessage): void {
    for (const node of this.membership.members) this.channels.send(node, message);
  }

  order(order: ViewOrder): void {
    this.broadcast(order);
  }

  /**
   * What a visitor's conversation makes its visit show from now on, wherever its home is and whether or not it is listed now.
   * Whoever keeps conversations says it with every change, and at the start for all that are open; saying it twice does no harm.
   */
  converse(note: Omit<ConversationNote, 'k'>): void {
    this.broadcast({ k: 'conversation', ...note });
  }

  /** To the visitor's tabs, wherever they are: somebody wrote. With a `secret` to one tab alone, which is that visitor from then on. */
  wake(q: { workspace: string; visitor: string; secret?: string }): void {
    const { workspace, visitor, secret = '' } = q;
    this.channels.send(this.homeOf(visitor), { k: 'wake-visitor', workspace, visitor, secret });
  }

  /** The chat of this visitor has reached a goal, wherever the home of their visit is. */
  goal(q: { workspace: string; visitor: string; goal: string; email?: string }): void {
    const { workspace, visitor, goal, email = '' } = q;
    const reached = { goal, at: this.now(), value: 0, currency: '' };
    this.channels.send(this.homeOf(visitor), { k: 'visitor-goal', workspace, visitor, reached, email });
  }

  /** Whether a visit of this visitor is listed, as far as its home is here. */
  isListed(workspace: string, visitor: string): boolean {
    return this.#hubs.get(workspace)?.table.slotOfVisitor(visitor) !== undefined;
  }

  /** Whether this visitor has a pin, as far as their home is here: listed, and in the counts. */
  isOnMap(workspace: string, visitor: string): boolean {
    const table = this.#hubs.get(workspace)?.table;
    const slot = table?.slotOfVisitor(visitor);
    return table !== undefined && slot !== undefined && table.text.filtered[slot] === 0;
  }

  /** The workspace's consoles, on every node, read this part of the REST side again. */
  changed(workspace: string, what: ChangedFrame['what']): void {
    this.broadcast({ k: 'changed', workspace, what });
  }

  /** Visits that are listed only because of an open conversation: the store must not take them for over. */
  *held(): Generator<string> {
    const before = this.now() - TIMES.listedForMs;
    for (const { workspace, visitor } of this.#conversations.open()) {
      const table = this.#hubs.get(workspace)?.table;
      const slot = table?.slotOfVisitor(visitor);
      if (table && slot !== undefined && table.lastActivityAt[slot]! <= before) yield table.ids[slot]!;
    }
  }

  /** Sites of this workspace came, or are called something else. */
  nameSites(workspace: string): void {
    const hub = this.#hubs.get(workspace);
    if (!hub) return;
    hub.nameSites();
    if (hub.isDirty) this.touched(hub);
  }

  /** Ends visits at once: tracking turned off, site deleted. Each node does its own. */
  endVisits(workspace: string, site?: string): void {
    const now = this.now();
    if (site === undefined) this.#endedAt.set(workspace, now);
    const hub = this.#hubs.get(workspace);
    if (!hub) return;
    hub.advance(now);
    hub.presence.endAll(now, (slot) => site === undefined || hub.table.getText(slot, 'site') === site);
    this.touched(hub);
  }

  /** When all visits of this workspace were last ended at once; 0: never. Nothing that began before goes on. */
  endedAt(workspace: string): number {
    return this.#endedAt.get(workspace) ?? 0;
  }

  stored(records: readonly VisitRecord[]): void {
    for (const record of records) this.#hubs.get(record.workspace)?.stored(record);
    const now = this.now();
    for (const hub of this.#hubs.values()) hub.saveMore(now);
  }

  advance(): void {
    const now = this.now();
    for (const hub of this.#hubs.values()) {
      hub.advance(now);
      if (hub.isDirty) this.touched(hub);
    }
  }

  touched(hub: Hub): void {
    this.#dirty.add(hub);
    this.#pace.want();
  }

  /** Online visits by workspace and site, for the minute's sample. Cost: the visits of this node, once a minute. */
  *online(): Generator<{ workspace: string; site: string; online: number }> {
    for (const hub of this.#hubs.values()) {
      const bySite = new Map<number, number>();
      const { table } = hub;
      for (let slot = 0; slot < table.end; slot++) {
        if (table.used[slot] === 0 || table.online[slot] === 0 || table.text.filtered[slot] !== 0) continue;
        const site = table.text.site[slot]!;
        bySite.set(site, (bySite.get(site) ?? 0) + 1);
      }
      for (const [site, online] of bySite) yield { workspace: hub.workspace, site: table.dictionaries.site.text(site), online };
    }
  }

  #emit(): number {
    const now = this.now();
    const again: Hub[] = [];
    let changes = 0;
    for (const hub of this.#dirty) {
      changes += hub.takeChanges();
      if (hub.emit(now)) again.push(hub);
    }
    this.#dirty.clear();
    for (const hub of again) this.touched(hub);
    if (again.some((hub) => hub.isDirty)) this.#readOn();
    return changes;
  }

  /** New views are read in slices between events, however long that takes. */
  #readOn(): void {
    if (this.#reading) return;
    this.#reading = this.#options.clock.setTimeout(() => {
      this.#reading = null;
      let more = false;
      for (const hub of this.#hubs.values()) {
        if (hub.readOn()) continue;
        more = true;
        this.touched(hub);
        break;
      }
      if (more) this.#readOn();
    }, SLICE_PAUSE_MS);
  }

  #receive(from: string, message: NodeMessage): void {
    switch (message.k) {
      case 'announce':
      case 'page':
      case 'title':
      case 'state':
      case 'act':
      case 'gone':
      case 'context':
      case 'goal':
      case 'identify': {
        const hub = this.hub(message.workspace);
        hub.take(from, message, this.now());
        if (hub.isDirty) this.touched(hub);
        return;
      }
      case 'complete': {
        const sockets = new Set(message.sockets);
        const now = this.now();
        for (const hub of this.#hubs.values()) {
          hub.presence.keepOnly(from, sockets, now);
          this.touched(hub);
        }
        return;
      }
      case 'handover': {
        const hub = this.hub(message.record.workspace);
        const now = this.now();
        hub.takeOver(message.record, now, now + this.#options.retryMaxMs + TIMES.graceMs);
        return this.touched(hub);
      }
      case 'conversation': {
        if (!this.#conversations.put(message)) return;
        const hub = this.#hubs.get(message.workspace);
        if (!hub) return;
        hub.presence.converse(message.visitor, message, this.now());
        if (hub.isDirty) this.touched(hub);
        return;
      }
      case 'colleagues':
        this.#people?.take(from, message);
        return;
      case 'chat-change':
      case 'chat-typing':
      case 'chat-here':
      case 'chat-looks':
      case 'chat-elsewhere':
      case 'chat-on-map?':
      case 'chat-on-map':
      case 'chat-settings':
        if (this.#chat) this.#chat.take(from, message);
        else this.#forChat.push({ from, note: message });
        return;
      case 'visitor-goal': {
        const hub = this.hub(message.workspace);
        hub.goal(message.visitor, message.reached, message.email, this.now());
        if (hub.isDirty) this.touched(hub);
        return;
      }
      case 'wake-visitor':
        this.#hubs.get(message.workspace)?.wake(message.visitor, message.secret);
        return;
      case 'alert':
        this.#alerts?.take(message);
        return;
      case 'alerts-changed':
        this.#alerts?.changedElsewhere(message.workspace);
        return;
      case 'changed':
        this.#people?.changed(message.workspace, message.what);
        return;
      case 'you':
      case 'stored':
      case 'unknown':
      case 'wake':
        this.#tabs?.note(message);
        return;
      case 'views-reset':
        this.#people?.missed();
        for (const hub of this.#hubs.values()) hub.forgetNode(from);
        return;
      case 'places':
        this.#learnPlaces(from, message.places);
        return;
      case 'view':
      case 'rows':
      case 'detail':
        this.#consoles?.part(from, message);
        return;
      default:
        this.#takeOrder(from, message);
    }
  }

  #takeOrder(from: string, order: ViewOrder): void {
    const hub = this.hub('workspace' in order ? order.workspace : order.view.slice(0, order.view.indexOf('\n')));
    switch (order.k) {
      case 'open':
        hub.openView(from, order.view, order.scope, order.filter, this.now());
        break;
      case 'close':
        return hub.closeView(from, order.view);
      case 'window':
        hub.openWindow(from, order.view, order.key, order.window, this.now());
        break;
      case 'unwindow':
        return hub.closeWindow(from, order.view, order.key);
      case 'follow':
        return hub.follow(from, order.id);
      case 'unfollow':
        return hub.unfollow(from, order.id);
    }
    if (!hub.isDirty) return;
    this.touched(hub);
    this.#readOn();
  }

  /** Our index of a place that `node` names by its own. */
  placeOf(node: string, index: number): number {
    return node === this.name ? index : (this.#placesOf.get(node)?.[index] ?? 0);
  }

  #learnPlaces(
    from: string,
    places: readonly {
      index: number;
      id: string;
      city: string;
      region: string;
      country: string;
      lat: number;
      lon: number;
      approximate: boolean;
    }[],
  ): void {
    const known = this.#placesOf.get(from) ?? [];
    for (const { index, ...facts } of places) known[index] = this.places.learn(facts);
    this.#placesOf.set(from, known);
  }

  #answer(node: string, part: Part): void {
    if (node !== this.name && part.k === 'view') {
      const told = this.#placesTold.get(node) ?? 1;
      if (told < this.places.size) {
        this.#placesTold.set(node, this.places.size);
        this.channels.send(node, { k: 'places', places: this.places.from(told, this.places.size) });
      }
    }
    this.channels.send(node, part);
  }

  /** Everything we have for `to`, in the order in which it has to be known. */
  #resync(to: string): void {
    this.#placesTold.delete(to);
    // First of all, so that tabs which follow are met with what is known of their visitors.
    for (const note of this.#conversations.all()) this.channels.send(to, note);
    if (this.#people) this.channels.send(to, this.#people.everything());
    for (const note of this.#chat?.everything() ?? []) this.channels.send(to, note);
    const sockets: number[] = [];
    for (const announcement of this.#tabs?.announcements(to) ?? []) {
      sockets.push(announcement.a.socket);
      this.channels.send(to, announcement);
    }
    this.channels.send(to, { k: 'complete', sockets });
    for (const hub of this.#hubs.values()) hub.retellTabs(to);
    this.channels.send(to, { k: 'views-reset' });
    for (const order of this.#consoles?.orders() ?? []) this.channels.send(to, order);
    const now = this.now();
    for (const hub of this.#hubs.values()) hub.retellViews(to, now);
  }

  #membersChanged(joined: readonly string[], left: readonly string[]): void {
    const now = this.now();
    for (const node of left) {
      this.channels.forget(node);
      this.#consoles?.left(node);
      this.#people?.left(node);
      this.#chat?.left(node);
      this.#forChat = this.#forChat.filter(({ from }) => from !== node);
      for (const hub of this.#hubs.values()) {
        hub.forgetNode(node);
        hub.presence.edgeLost(node, now, now + this.#options.retryMaxMs + TIMES.graceMs);
        this.touched(hub);
      }
    }
    for (const hub of this.#hubs.values()) {
      hub.release((visitor) => this.homeOf(visitor) !== this.name);
      this.touched(hub);
    }
    for (const node of joined) this.channels.retell(node);
    this.#tabs?.rehome();
    const read = (): void => void this.#readRecent().catch((cause) => this.#options.onOutage('recentVisits', cause));
    read();
    this.#stop.push(this.#options.clock.setTimeout(read, READ_AGAIN_MS));
  }

  /** Visits of the last half hour whose home is here now. Cost: those visits, at start and when membership changes. */
  async #readRecent(): Promise<void> {
    const since = this.now() - TIMES.listedForMs;
    let after = '';
    for (;;) {
      const page = await this.#options.history.recentVisits({ since, after, limit: RECENT_PAGE });
      const now = this.now();
      for (const record of page) {
        if (this.homeOf(record.visitor) !== this.name) continue;
        const hub = this.hub(record.workspace);
        hub.restore(storedVisit(record), now, now + this.#options.retryMaxMs + TIMES.graceMs);
        this.touched(hub);
      }
      if (page.length < RECENT_PAGE) return;
      after = page.at(-1)!.visit;
    }
  }

  #ports(workspace: string): HubPorts {
    const options = this.#options;
    return {
      tell: (edge, note) => this.channels.send(edge, note),
      answer: (node, part) => this.#answer(node, part),
      save: (record) => options.writer.put(record),
      maySave: () => options.writer.pending < MOST_PENDING,
      meet: (visit) => this.#meeter.put(visit),
      arrived: (site) => options.onArrival(site, this.now()),
      load: (_, visit) => {
        options.history.visitsById([visit]).then(
          (records) => {
            const now = this.now();
            for (const record of records) {
              if (record.workspace !== workspace) continue;
              const hub = this.hub(workspace);
              // Ended before the tab came back (tracking was off, then a restart): nothing more is stored under this id.
              if (record.endedAt !== null || !hub.presence.goesOn(storedVisit(record))) hub.dropEnded(record.visit);
              else hub.restore(storedVisit(record), now, now);
              this.touched(hub);
            }
            this.#hubs.get(workspace)?.loaded(visit);
          },
          (cause) => {
            this.#hubs.get(workspace)?.loaded(visit);
            options.onOutage('visitsById', cause);
          },
        );
      },
      conversationOf: (visitor) => this.#conversations.of(workspace, visitor),
      isHome: (visitor) => this.homeOf(visitor) === this.name,
      judge: options.judge ?? (() => NO_VERDICT),
      sites: () => options.sitesOf?.(workspace) ?? [],
      reached: (visitor, goal) => this.#onGoal?.(workspace, visitor, goal),
      handOver: (record) => this.channels.send(this.homeOf(record.visitor), { k: 'handover', record }),
      random: options.random,
      mono: () => options.clock.mono(),
    };
  }
}
