import { Board, type PlaceTable, type TabState, type View, ViewStream, VisitTable, viewKey, WindowStream } from '@foyer/domain/board';
import { newId } from '@foyer/domain';
import { type ConversationState, Deadlines, Presence, type StoredVisit, type TabKey } from '@foyer/domain/presence';
import { fold, type PageVerdict, readFilter } from '@foyer/domain/rules';
import { type ReachedGoal, type Scope, TIMES, type Window } from '@foyer/protocol';
import type { FirstSeen, VisitorFacts, VisitRecord } from '../ports/history-store.ts';
import { AlertWatch } from './alert-watch.ts';
import { detailOf } from './detail-of.ts';
import type { Fact, Part, TabNote } from './messages.ts';
import { recordOf, storedVisit } from './visit-record.ts';

/** A running visit is written at most this often (product of a write and its rollup delta: ≈ 30 µs). */
const SAVE_EVERY_MS = 10_000;
/** Until a visit is looked at again that the store has not answered for. */
const UNREAD_AGAIN_MS = 250;
/** New filters are read in pieces of this, between events. */
const SLICE_MS = 2;
/** Read at once when a view is opened: enough for a small site to answer whole, little enough for twenty people who type. */
const FIRST_SLICE_MS = 0.5;
/** Views that sort out their top pages and referrers in one emission: with a million visits each takes milliseconds, and twenty would stall. */
const TOPS_AT_ONCE = 2;

export interface HubPorts {
  /** To the node that holds a tab's socket. */
  tell(edge: string, note: TabNote): void;
  /** To a console's node. */
  answer(node: string, part: Part): void;
  save(record: VisitRecord): void;
  /** false: enough states wait to be written; more of them would only be older by the time they are. */
  maySave(): boolean;
  /** Look the visitor up; the answer comes back through `met`. */
  meet(visit: FirstSeen): void;
  /** Somebody unfiltered arrived at this site. */
  arrived(site: string): void;
  /** Load a visit that a tab says it belongs to; the answer comes back through `restore`. */
  load(workspace: string, visit: string): void;
  /** What is known of a visitor's conversation, listed or not. */
  conversationOf(visitor: string): ConversationState | undefined;
  /** Whether this node is the visitor's home, as far as it knows the members. */
  isHome(visitor: string): boolean;
  /** What a page of a site is, by the rules that hold now. */
  judge(site: string, url: string): PageVerdict;
  /** What the workspace's sites are called now. */
  sites(): readonly { readonly id: string; readonly name: string }[];
  /** A goal counts on this visit, or on its visitor's chat: by a page, what a page said, or in chat. Said again it is the same. */
  reached(visitor: string, reached: ReachedGoal): void;
  /** A visit leaves for its home as it is. */
  handOver(record: VisitRecord): void;
  random(): number;
  mono(): number;
}
const NO_GOALS: readonly ReachedGoal[] = [];
const MAY_REACH: ReadonlySet<Fact['k']> = new Set(['announce', 'page', 'goal']);

interface OpenView {
  readonly boardKey: string;
  readonly view: View;
  readonly stream: ViewStream;
  readonly nodes: Set<string>;
  readonly windows: Map<string, { stream: WindowStream; nodes: Set<string> }>;
}

/**
 * Hub — one workspace on one node: its visits whose home is here, and the views over them.
 *
 * Purpose     the only place where facts become status, counts and writes.
 * Lifecycle   facts in at any time; `emit` at most every 100 ms (live/pace.ts) sends what changed; `advance` when something is due.
 * Cost        a fact O(1); emit: changed visits × views. See domain/board and domain/presence.
 */
export class Hub {
  readonly workspace: string;
  readonly table: VisitTable;
  readonly presence: Presence;
  readonly alerts: AlertWatch;
  readonly #board: Board;
  readonly #ports: HubPorts;
  readonly #saves = new Deadlines();
  #savedAt = new Float64Array(64);
  /** Visits that were taken up by what a tab says, until the store has said whether they go on: one that is over is not written again. */
  readonly #unread = new Set<string>();
  readonly #views = new Map<string, OpenView>();
  readonly #follows = new Map<string, { nodes: Set<string>; sent: number; slot: number }>();
  /** Slots whose state is due to be written: numbers, because a record that waits is a kilobyte that outlives the young generation. */
  readonly #toSave: number[] = [];
  readonly #addressHashes: string[] = [];
  /** Visitors taken in for nodes that know other members than we do: kept while a tab is connected, then handed over. */
  readonly #strays = new Set<string>();
  #now = 0;
  #changesTaken = 0;

  constructor(options: { workspace: string; places: PlaceTable; ports: HubPorts }) {
    this.workspace = options.workspace;
    this.#ports = options.ports;
    this.table = new VisitTable(options.places, fold);
    this.#board = new Board(this.table);
    this.nameSites();
    this.alerts = new AlertWatch(this.#board, () => this.#now);
    this.presence = new Presence({
      board: this.#board,
      newVisitId: (now) => newId(now, options.ports.random),
      conversationOf: (visitor) => options.ports.conversationOf(visitor),
      judge: (site, url) => options.ports.judge(site, url),
      sink: {
        started: (slot) => this.#started(slot),
        changed: (slot, soon) => this.#saves.set(slot, soon ? this.#now : Math.max(this.#now, (this.#savedAt[slot] ?? 0) + SAVE_EVERY_MS)),
        ended: (slot, endedAt) => this.#ports.save(recordOf(this.table, slot, this.workspace, endedAt)),
      },
    });
  }

  get size(): number {
    return this.table.size;
  }

  /** true: `emit` would have something to do. */
  get isDirty(): boolean {
    return this.#board.hasChanges || this.#board.isReading;
  }

  /** Changes of visits since the last call. */
  takeChanges(): number {
    const changes = this.#board.version - this.#changesTaken;
    this.#changesTaken = this.#board.version;
    return changes;
  }

  take(from: string, fact: Fact, now: number): void {
    this.#now = now;
    const { presence } = this;
    const visitor = fact.k === 'announce' ? fact.a.visitor : fact.key.visitor;
    if (!this.#ports.isHome(visitor)) this.#strays.add(visitor);
    const goals = MAY_REACH.has(fact.k) ? this.#goalsOf(visitor) : NO_GOALS;
    if (fact.k === 'announce') {
      this.#announce(fact.a, fact.addressHash, now);
      return this.#tellReached(visitor, goals);
    }
    if (fact.k === 'gone') return presence.gone(fact.key, now);
    const wasHeld = this.#isOverdue(visitor, now);
    const slot = this.#apply(fact, now);
    if (MAY_REACH.has(fact.k)) this.#tellReached(visitor, goals);
    if (slot === null) this.#ports.tell(from, { k: 'unknown', key: fact.key });
    // Its node thinks that the visit is over: it goes on, because a conversation held it.
    else if (wasHeld && !this.#isOverdue(visitor, now)) this.#sayYou(slot, fact.key);
  }

  #goalsOf(visitor: string): readonly ReachedGoal[] {
    const slot = this.table.slotOfVisitor(visitor);
    return (slot === undefined ? undefined : this.table.rare.get(slot)?.goals) ?? NO_GOALS;
  }

  #tellReached(visitor: string, before: readonly ReachedGoal[]): void {
    const after = this.#goalsOf(visitor);
    if (after !== before) for (const goal of after) if (!before.includes(goal)) this.#ports.reached(visitor, goal);
  }

  #isOverdue(visitor: string, now: number): boolean {
    const slot = this.table.slotOfVisitor(visitor);
    return slot !== undefined && now - this.table.lastActivityAt[slot]! >= TIMES.listedForMs;
  }

  /** A site came, or is called something else: rows sorted by site move. Cost: the visits of this node when a name changed. */
  nameSites(): void {
    const { table } = this;
    const renamed = new Set(this.#ports.sites().flatMap(({ id, name }) => (table.nameSite(id, name) ? [id] : [])));
    if (renamed.size === 0) return;
    for (let slot = 0; slot < table.end; slot++)
      if (table.used[slot] === 1 && renamed.has(table.getText(slot, 'site'))) this.#board.touch(slot);
  }

  /** The clock's turn: graces end, visits turn Inactive or end, changed visits are written. */
  advance(now: number): void {
    this.#now = now;
    this.presence.advance(now);
    for (const visitor of this.#strays) this.#lookAtStray(visitor);
    for (const slot of this.#saves.due(now)) this.#toSave.push(slot);
    this.saveMore(now);
  }

  /** Hands the store what is due, as far as it keeps up. */
  saveMore(now: number): void {
    let taken = 0;
    while (taken < this.#toSave.length && this.#ports.maySave()) this.#save(this.#toSave[taken++]!, now);
    if (taken > 0) this.#toSave.splice(0, taken);
  }

  #save(slot: number, now: number): void {
    if (this.table.used[slot] === 0) return;
    if (this.#unread.has(this.table.ids[slot]!)) return this.#saves.set(slot, now + UNREAD_AGAIN_MS);
    this.#savedAt[slot] = now;
    this.#ports.save(recordOf(this.table, slot, this.workspace, null));
  }

  met(facts: VisitorFacts, visit: string): void {
    this.presence.met(visit, facts);
    const slot = this.table.slotOfVisit(visit);
    if (slot !== undefined) this.alerts.met(slot);
  }

  restore(stored: StoredVisit, now: number, reconnectUntil: number): void {
    this.#now = now;
    const isNew = this.table.slotOfVisit(stored.visit) === undefined;
    const slot = this.presence.restore(stored, now, reconnectUntil);
    if (slot === null) return;
    // Whoever had to be told of it was told, here before the restart or on the node that it comes from.
    if (isNew) this.#board.quieten(slot);
    if (!this.#ports.isHome(stored.visitor)) this.#strays.add(stored.visitor);
    this.#reserve(slot);
    this.#savedAt[slot] = now;
    if (this.table.number[slot] === 0 && this.table.text.filtered[slot] === 0) this.#meet(slot);
  }

  /** The store has answered, or could not: what is known of this visit may be written. */
  loaded(visit: string): void {
    this.#unread.delete(visit);
  }

  /** The store says that this visit had ended: its tabs begin a new one. */
  dropEnded(visit: string): void {
    const slot = this.table.slotOfVisit(visit);
    if (slot === undefined) return;
    const keys = this.table.tabs[slot]!.flatMap((tab) => this.#keysOf(slot, tab));
    this.presence.releaseOne(slot, () => undefined);
    for (const key of keys) this.#ports.tell(key.edge, { k: 'unknown', key });
  }

  /** The store has this much of a visit: its connected tabs may forget those page views. */
  stored(record: VisitRecord): void {
    const slot = this.table.slotOfVisit(record.visit);
    if (slot === undefined) return;
    for (const tab of this.table.tabs[slot]!) {
      const n = record.tabs[tab.id];
      if (n === undefined) continue;
      for (const key of this.#keysOf(slot, tab)) this.#ports.tell(key.edge, { k: 'stored', key, n });
    }
  }

  /** Writes every visit that has changed since its last write, for a graceful end. */
  saveAll(): void {
    for (let slot = 0; slot < this.table.end; slot++) {
      if (this.table.used[slot] === 1 && !this.#unread.has(this.table.ids[slot]!))
        this.#ports.save(recordOf(this.table, slot, this.workspace, null));
    }
  }

  /** Members have changed: visits whose home is elsewhere now go there. Cost: the visits of this node. */
  release(leaves: (visitor: string) => boolean): void {
    this.presence.release(leaves, (slot) => this.#letGo(slot));
  }

  /** A visit comes from a node that held it before. A second visit of the same visitor ends: two nodes began one each. */
  takeOver(record: VisitRecord, now: number, reconnectUntil: number): void {
    const slot = this.table.slotOfVisitor(record.visitor);
    if (slot !== undefined && this.table.ids[slot] !== record.visit) this.#ports.save({ ...record, endedAt: record.lastActivityAt });
    else this.restore(storedVisit(record), now, reconnectUntil);
  }

  #lookAtStray(visitor: string): void {
    const slot = this.table.slotOfVisitor(visitor);
    if (slot === undefined || this.#ports.isHome(visitor)) {
      this.#strays.delete(visitor);
      return;
    }
    if (this.table.tabs[slot]!.some((tab) => tab.connected)) return;
    this.#strays.delete(visitor);
    this.presence.releaseOne(slot, () => this.#letGo(slot));
  }

  #letGo(slot: number): void {
    const record = recordOf(this.table, slot, this.workspace, null);
    this.#ports.save(record);
    this.#ports.handOver(record);
  }

  /** The chat of this visitor has reached a goal. Nothing when the site had already said this address; on no visit when none of theirs is listed. */
  goal(visitor: string, reached: ReachedGoal, email: string, now: number): void {
    this.#now = now;
    const slot = this.table.slotOfVisitor(visitor);
    const identity = slot === undefined ? undefined : this.table.rare.get(slot)?.identity;
    if (email !== '' && identity && (JSON.parse(identity) as { email: string }).email.toLowerCase() === email.toLowerCase()) return;
    this.presence.goal(visitor, reached, now);
    this.#ports.reached(visitor, reached);
  }

  /** Somebody wrote to this visitor. With a secret it is for one tab: the one that was last looked at. */
  wake(visitor: string, secret: string): void {
    const slot = this.table.slotOfVisitor(visitor);
    if (slot === undefined) return;
    const tabs = this.table.tabs[slot]!.filter(({ connected }) => connected);
    const chosen = secret === '' ? tabs : tabs.toSorted((a, b) => Number(b.focused) - Number(a.focused) || b.since - a.since).slice(0, 1);
    for (const tab of chosen) for (const key of this.#keysOf(slot, tab)) this.#ports.tell(key.edge, { k: 'wake', key, secret });
  }

  /** Says `you` again to every tab of `edge`. Cost: the visits of this node, once per loss on the bus. */
  retellTabs(edge: string): void {
    for (let slot = 0; slot < this.table.end; slot++) {
      if (this.table.used[slot] === 0) continue;
      for (const tab of this.table.tabs[slot]!) {
        for (const key of this.#keysOf(slot, tab)) if (key.edge === edge) this.#sayYou(slot, key);
      }
    }
  }

  openView(node: string, key: string, scope: Scope, filterText: string, nowMs: number): void {
    let open = this.#views.get(key);
    if (!open) {
      const boardKey = viewKey(scope, filterText);
      const view = this.#board.open(boardKey, { scope, filter: readFilter(filterText) });
      open = { boardKey, view, stream: new ViewStream(this.#board, view), nodes: new Set(), windows: new Map() };
      this.#views.set(key, open);
      this.#read(FIRST_SLICE_MS);
    }
    this.#board.commit();
    this.#emitView(key, open, nowMs);
    open.nodes.add(node);
    this.#ports.answer(node, { k: 'view', view: key, part: open.stream.full() });
  }

  closeView(node: string, key: string): void {
    const open = this.#views.get(key);
    if (!open) return;
    open.nodes.delete(node);
    for (const windowKey of [...open.windows.keys()]) this.closeWindow(node, key, windowKey);
    if (open.nodes.size > 0) return;
    this.#views.delete(key);
    this.#board.close(open.boardKey);
  }

  openWindow(node: string, key: string, windowKey: string, window: Window, nowMs: number): void {
    const open = this.#views.get(key);
    if (!open) return;
    let shared = open.windows.get(windowKey);
    if (!shared) {
      shared = { stream: new WindowStream(this.#board, open.view, window), nodes: new Set() };
      open.windows.set(windowKey, shared);
      this.#read(FIRST_SLICE_MS);
    }
    this.#board.commit();
    // A new order has to be read first: whoever waits for the whole must know that this is a part.
    if (!open.view.complete) this.#emitView(key, open, nowMs);
    this.#emitWindow(key, windowKey, shared, nowMs);
    shared.nodes.add(node);
    this.#ports.answer(node, { k: 'rows', view: key, key: windowKey, part: shared.stream.full() });
  }

  closeWindow(node: string, key: string, windowKey: string): void {
    const shared = this.#views.get(key)?.windows.get(windowKey);
    if (!shared) return;
    shared.nodes.delete(node);
    if (shared.nodes.size > 0) return;
    shared.stream.dispose();
    this.#views.get(key)!.windows.delete(windowKey);
  }

  follow(node: string, id: string): void {
    const follow = this.#follows.get(id) ?? { nodes: new Set<string>(), sent: -1, slot: -1 };
    this.#follows.set(id, follow);
    follow.nodes.add(node);
    follow.sent = -1;
    this.#emitFollow(id, follow);
  }

  unfollow(node: string, id: string): void {
    const follow = this.#follows.get(id);
    if (follow?.nodes.delete(node) && follow.nodes.size === 0) this.#follows.delete(id);
  }

  /** Full parts of everything `node` has open here. */
  retellViews(node: string, nowMs: number): void {
    this.#board.commit();
    for (const [key, open] of this.#views) {
      if (!open.nodes.has(node)) continue;
      this.#emitView(key, open, nowMs);
      this.#ports.answer(node, { k: 'view', view: key, part: open.stream.full() });
      for (const [windowKey, shared] of open.windows) {
        if (!shared.nodes.has(node)) continue;
        this.#emitWindow(key, windowKey, shared, nowMs);
        this.#ports.answer(node, { k: 'rows', view: key, key: windowKey, part: shared.stream.full() });
      }
    }
    for (const [id, follow] of this.#follows) if (follow.nodes.has(node)) this.follow(node, id);
  }

  /** A console's node is gone, or starts over. */
  forgetNode(node: string): void {
    for (const key of [...this.#views.keys()]) this.closeView(node, key);
    for (const id of [...this.#follows.keys()]) this.unfollow(node, id);
  }

  /** Brings the views up to date and sends what changed. Answers whether there is more to come without another fact. */
  emit(nowMs: number): boolean {
    this.#board.commit();
    const complete = this.#read();
    let owes = !complete;
    const tops = { left: TOPS_AT_ONCE };
    for (const [key, open] of this.#views) {
      // Rows first: that counting is over is the last thing to be said.
      for (const [windowKey, shared] of open.windows) this.#emitWindow(key, windowKey, shared, nowMs);
      this.#emitView(key, open, nowMs, tops);
      if (open.stream.owes) owes = true;
    }
    for (const [id, follow] of this.#follows) this.#emitFollow(id, follow);
    return owes;
  }

  /** Reads new views for one slice; true when all are read. */
  readOn(): boolean {
    return this.#read();
  }

  #read(sliceMs = SLICE_MS): boolean {
    if (!this.#board.isReading) return true;
    const until = this.#ports.mono() + sliceMs;
    return this.#board.read(() => this.#ports.mono() < until);
  }

  #emitView(key: string, open: OpenView, nowMs: number, tops?: { left: number }): void {
    const part = open.stream.take(nowMs, tops);
    if (part) for (const node of open.nodes) this.#ports.answer(node, { k: 'view', view: key, part });
  }

  #emitWindow(key: string, windowKey: string, shared: { stream: WindowStream; nodes: Set<string> }, nowMs: number): void {
    const part = shared.stream.take(nowMs);
    if (part) for (const node of shared.nodes) this.#ports.answer(node, { k: 'rows', view: key, key: windowKey, part });
  }

  #emitFollow(id: string, follow: { nodes: Set<string>; sent: number; slot: number }): void {
    const slot = this.table.slotOfVisit(id) ?? this.table.slotOfVisitor(id) ?? -1;
    const changed = slot === -1 ? 0 : this.table.changed[slot]!;
    if (slot === follow.slot && changed === follow.sent) return;
    follow.slot = slot;
    follow.sent = changed;
    const detail = slot === -1 ? null : detailOf(this.table, slot);
    for (const node of follow.nodes) {
      this.#ports.answer(node, { k: 'detail', workspace: this.workspace, id, detail, addressHash: this.#addressHashes[slot] ?? '' });
    }
  }

  #announce(a: (Fact & { k: 'announce' })['a'], addressHash: string, now: number): void {
    const isNew = this.table.slotOfVisitor(a.visitor) === undefined;
    const slot = this.presence.announce(a, now);
    if (slot === null) return;
    if (isNew && a.resume) this.#unread.add(a.resume.visit);
    this.#addressHashes[slot] = addressHash;
    this.#sayYou(slot, a);
    // Its earlier pages are in the store, or on their way there from its last home.
    if (isNew && a.resume) this.#ports.load(this.workspace, a.resume.visit);
  }

  #apply(fact: Exclude<Fact, { k: 'announce' | 'gone' }>, now: number): number | null {
    const { presence } = this;
    switch (fact.k) {
      case 'page':
        return presence.page(fact.key, fact.page, now);
      case 'title':
        return presence.title(fact.key, fact.n, fact.title, now);
      case 'state':
        return presence.state(fact.key, fact, now);
      case 'act':
        return presence.act(fact.key, now);
      case 'context':
        return presence.context(fact.key, fact, fact.data, now);
      case 'goal':
        return presence.goal(fact.key.visitor, { ...fact.reached, at: now - fact.agoMs }, now);
      case 'identify':
        return presence.identify(fact.key.visitor, fact.name, fact.identity, now);
    }
  }

  #started(slot: number): void {
    this.#reserve(slot);
    this.#savedAt[slot] = 0;
    this.#saves.clear(slot);
    this.#saves.set(slot, this.#now);
    if (this.table.text.filtered[slot] !== 0) return;
    this.#meet(slot);
    this.#ports.arrived(this.table.getText(slot, 'site'));
  }

  #meet(slot: number): void {
    const { table } = this;
    this.#ports.meet({
      workspace: this.workspace,
      visitor: table.visitors[slot]!,
      visit: table.ids[slot]!,
      startedAt: table.startedAt[slot]!,
    });
  }

  #reserve(slot: number): void {
    if (slot < this.#savedAt.length) return;
    const next = new Float64Array(Math.max(slot + 1, this.#savedAt.length * 2));
    next.set(this.#savedAt);
    this.#savedAt = next;
  }

  #sayYou(slot: number, { visitor, tab, edge, socket }: TabKey): void {
    this.#ports.tell(edge, {
      k: 'you',
      key: { visitor, tab, edge, socket },
      visit: this.table.ids[slot]!,
      startedAt: this.table.startedAt[slot]!,
    });
  }

  /** One for each socket that speaks for the tab. */
  #keysOf(slot: number, tab: TabState): TabKey[] {
    if (!tab.connected) return [];
    const visitor = this.table.visitors[slot]!;
    return [tab, ...(tab.others ?? [])].map(({ edge, socket }) => ({ visitor, tab: tab.id, edge, socket }));
  }
}
