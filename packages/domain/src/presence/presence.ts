import { type ReachedGoal, TIMES } from '@foyer/protocol';
import type { Board, TabState, VisitTable } from '../board/index.ts';
import { NO_VERDICT, type PageVerdict } from '../rules/index.ts';
import { Deadlines } from './deadlines.ts';
import type { Announcement, Declared, PageSeen, PresenceSink, StoredVisit, TabKey, VisitFacts } from './facts.ts';
import {
  declare,
  mergeStoredFacts,
  rareOf,
  reachGoal,
  seePage,
  showContext,
  takeStoredFacts,
  undeclare,
  UNDECLARED,
} from './page-facts.ts';
import { CHAT, type ConversationState, isOpen, statusOf } from './status.ts';
import { asTold, isVerified } from './identity.ts';
import { appendToTrail, currentTab, linkTab, mergeTrails, retitle, unlinkTab } from './tabs.ts';

/**
 * Tabs that are gone are remembered as long as their visit, because they may come back (a phone that slept) and tell their page again: by
 * number alone, as those from the store. Of more than so many (on most sites every page load is one) only those that went less than a
 * minute ago, so that a late beacon of theirs still counts once.
 */
const MOST_TABS = 4;
const FORGET_TAB_AFTER_MS = 60_000;
/** A page seen so long before a visit began was part of another: that one had been over for 30 min, and clocks are set by a little. */
const OF_ANOTHER_VISIT_MS = TIMES.listedForMs - 300_000;

/**
 * Presence — who is here: facts about tabs in, status out.
 *
 * Purpose     keep what each visit is from what its tabs say; nothing is assigned that can be derived.
 * Time        `now` is an argument, epoch ms, never going back. No timer: the owner calls `advance` at `nextWakeAt`.
 * Invariants  one listed visit a visitor; a page number of a tab counts once; lastActivityAt never goes back.
 * Cost        O(1) an event; `advance` what is due; `edgeLost` the visits of this node.
 * Rules       SPEC.md PR1–PR20.
 */
export class Presence {
  readonly #board: Board;
  readonly #table: VisitTable;
  readonly #sink: PresenceSink;
  readonly #newVisitId: (now: number) => string;
  readonly #conversationOf: (visitor: string) => ConversationState | undefined;
  readonly #judge: (site: string, url: string) => PageVerdict;
  readonly #deadlines = new Deadlines();
  /** Visits read back from the store: not heard of yet. Until when they keep their status. */
  readonly #reconnectUntil = new Map<number, number>();

  /** `conversationOf`: what is known of a visitor who becomes listed; undefined: nothing. `judge`: what a page of a site is, by its rules. */
  constructor(options: {
    board: Board;
    sink: PresenceSink;
    newVisitId: (now: number) => string;
    conversationOf?: (visitor: string) => ConversationState | undefined;
    judge?: (site: string, url: string) => PageVerdict;
  }) {
    this.#board = options.board;
    this.#table = options.board.table;
    this.#sink = options.sink;
    this.#newVisitId = options.newVisitId;
    this.#conversationOf = options.conversationOf ?? (() => undefined);
    this.#judge = options.judge ?? (() => NO_VERDICT);
  }

  /**
   * Answers the slot of the visit the tab is part of now.
   * null: idle for longer than a visit is listed, with no open conversation; its next input has to announce it again.
   */
  announce(a: Announcement, now: number): number | null {
    let slot = this.#table.slotOfVisitor(a.visitor);
    const begins = slot === undefined;
    if (slot === undefined) {
      if (a.idleMs >= TIMES.listedForMs && !isOpen(CHAT[this.#conversationOf(a.visitor)?.state ?? 'none'])) return null;
      slot = this.#start(a, now);
    }
    const isKnown = this.#findTab(slot, a.tab) !== undefined;
    const tab = this.#tabOf(slot, a, now);
    if (linkTab(tab, a) && a.focused) tab.focusedAt = now;
    tab.connected = true;
    tab.seenAt = now;
    const last = a.pages.at(-1);
    const isNew = begins && a.beganAgoMs !== undefined;
    const notBefore = this.#table.startedAt[slot]! - (isNew ? 0 : OF_ANOTHER_VISIT_MS);
    // A page that was seen in an earlier visit was counted there.
    const isEarlier = (page: PageSeen): boolean => now - page.agoMs < notBefore;
    // A visit that begins in a tab that was open begins with its page.
    const isLookedAt = isNew && a.pages.every(isEarlier);
    for (const page of a.pages) this.#takePage(slot, tab, page, now, page === last, isEarlier(page) && !(isLookedAt && page === last));
    if (a.declared && !isKnown) declare(this.#table, slot, tab, a.declared);
    this.#active(slot, now - a.idleMs);
    this.#comeBack(slot, now);
    this.#showCurrentTab(slot);
    this.#settle(slot, now);
    return slot;
  }

  /** The slot, or null: no listed visit knows this tab, so its edge has to announce it again. */
  page(key: TabKey, page: PageSeen, now: number): number | null {
    const slot = this.#table.slotOfVisitor(key.visitor);
    const tab = slot === undefined ? undefined : this.#findTab(slot, key.tab);
    if (slot === undefined || !tab) return null;
    tab.seenAt = now;
    if (this.#takePage(slot, tab, page, now, true, false)) {
      this.#active(slot, now - page.agoMs);
      this.#showCurrentTab(slot);
      this.#settle(slot, now);
    }
    return slot;
  }

  title(key: TabKey, n: number, title: string, now: number): number | null {
    const slot = this.#table.slotOfVisitor(key.visitor);
    const tab = slot === undefined ? undefined : this.#findTab(slot, key.tab);
    if (slot === undefined || !tab) return null;
    if (tab.shownN !== n) return slot;
    retitle(this.#table, slot, tab, title);
    this.#showCurrentTab(slot);
    this.#settle(slot, now);
    return slot;
  }

  state(key: TabKey, state: { hidden: boolean; focused: boolean }, now: number): number | null {
    const slot = this.#table.slotOfVisitor(key.visitor);
    const tab = slot === undefined ? undefined : this.#findTab(slot, key.tab);
    if (slot === undefined || !tab) return null;
    const other = tab.others?.find((link) => link.edge === key.edge && link.socket === key.socket);
    if (other) {
      // Not the one that speaks for the tab now; it may be again.
      other.hidden = state.hidden;
      other.focused = state.focused;
    }
    if (tab.edge !== key.edge || tab.socket !== key.socket) return slot;
    tab.hidden = state.hidden;
    tab.focused = state.focused;
    tab.seenAt = now;
    if (state.focused) tab.focusedAt = now;
    this.#showCurrentTab(slot);
    this.#settle(slot, now);
    return slot;
  }

  act(key: TabKey, now: number): number | null {
    const slot = this.#table.slotOfVisitor(key.visitor);
    if (slot === undefined || !this.#findTab(slot, key.tab)) return null;
    this.#active(slot, now);
    this.#settle(slot, now);
    return slot;
  }

  /** A page says what it is; `data`: all it said, as JSON. */
  context(key: TabKey, declared: Declared, data: string, now: number): number | null {
    const slot = this.#table.slotOfVisitor(key.visitor);
    const tab = slot === undefined ? undefined : this.#findTab(slot, key.tab);
    if (slot === undefined || !tab) return null;
    declare(this.#table, slot, tab, declared);
    if (data !== '' || this.#table.rare.get(slot)?.contextData) rareOf(this.#table, slot).contextData = data;
    this.#showCurrentTab(slot);
    this.#settle(slot, now);
    return slot;
  }

  /** A goal is reached, by what the page or the chat says. A repeat is no news. */
  goal(visitor: string, reached: ReachedGoal, now: number): number | null {
    const slot = this.#table.slotOfVisitor(visitor);
    if (slot === undefined) return null;
    // Said late it was of this visit all the same.
    const at = Math.min(now, Math.max(this.#table.startedAt[slot]!, reached.at));
    if (reachGoal(this.#table, slot, { ...reached, at })) this.#sink.changed(slot, true);
    this.#showCurrentTab(slot);
    this.#settle(slot, now);
    return slot;
  }

  identify(visitor: string, name: string, identity: string, now: number): number | null {
    const slot = this.#table.slotOfVisitor(visitor);
    if (slot === undefined) return null;
    const rare = rareOf(this.#table, slot);
    if (isVerified(rare.identity) && !isVerified(identity)) return slot;
    this.#table.setText(slot, 'name', name);
    rare.identity = identity;
    this.#settle(slot, now);
    return slot;
  }

  /** A visitor's conversation has this state from now on. null: the visitor is not listed, so there is nothing to show it. */
  converse(visitor: string, conversation: ConversationState, now: number): number | null {
    const slot = this.#table.slotOfVisitor(visitor);
    if (slot === undefined) return null;
    this.#show(slot, conversation);
    this.#settle(slot, now);
    return slot;
  }

  /** A socket closed. The tab counts as online for the grace period. */
  gone(key: TabKey, now: number): void {
    const slot = this.#table.slotOfVisitor(key.visitor);
    const tab = slot === undefined ? undefined : this.#findTab(slot, key.tab);
    if (slot === undefined || !tab?.connected) return;
    this.#unlink(slot, tab, now, (edge, socket) => edge === key.edge && socket === key.socket);
  }

  /**
   * A node is gone with all its sockets: its tabs have the retry window to come back elsewhere, instead of the grace.
   * Cost: the visits of this workspace on this node, once per lost node.
   */
  edgeLost(edge: string, now: number, reconnectUntil: number): void {
    for (let slot = 0; slot < this.#table.end; slot++) {
      if (this.#table.used[slot] === 0) continue;
      let lost = false;
      for (const tab of this.#table.tabs[slot]!) {
        if (!tab.connected) continue;
        if (!unlinkTab(tab, (other) => other === edge)) {
          this.#showCurrentTab(slot);
          continue;
        }
        tab.connected = false;
        tab.seenAt = now;
        lost = true;
      }
      if (!lost || this.#isConnected(slot)) continue;
      this.#table.reconnecting[slot] = 1;
      this.#reconnectUntil.set(slot, reconnectUntil);
      this.#settle(slot, now);
    }
  }

  /** Sockets of `edge` that it did not name in a complete announcement: their close was lost on the way. Cost: the visits of this node. */
  keepOnly(edge: string, sockets: ReadonlySet<number>, now: number): void {
    for (let slot = 0; slot < this.#table.end; slot++) {
      if (this.#table.used[slot] === 0) continue;
      for (const tab of this.#table.tabs[slot]!) {
        if (tab.connected) this.#unlink(slot, tab, now, (other, socket) => other === edge && !sockets.has(socket));
      }
    }
  }

  /**
   * A visit read back from the store. A visit that is listed already gets what it did not know: pages before its own, number of tabs' pages.
   * Answers the slot, or null when it is no longer to be listed.
   */
  restore(visit: StoredVisit, now: number, reconnectUntil: number): number | null {
    const table = this.#table;
    // Another node's clock may be ahead: nothing has happened in the future.
    const stored = {
      ...visit,
      lastActivityAt: Math.min(visit.lastActivityAt, now),
      startedAt: Math.min(visit.startedAt, now),
      leftAt: Math.min(visit.leftAt, now),
    };
    const known = table.slotOfVisit(stored.visit);
    if (known !== undefined) return this.#mergeStored(known, stored, now);
    if (now - stored.lastActivityAt >= TIMES.listedForMs || table.slotOfVisitor(stored.visitor) !== undefined) return null;
    const slot = this.#fill(stored.visit, stored.visitor, stored, stored.startedAt);
    this.#takeStored(slot, stored);
    table.lastActivityAt[slot] = stored.lastActivityAt;
    const last = stored.trail.at(-1);
    table.setText(slot, 'url', last?.url ?? '');
    table.setText(slot, 'title', last?.title ?? '');
    if (stored.leftAt === 0 && now < reconnectUntil) {
      table.online[slot] = 1;
      table.reconnecting[slot] = 1;
      this.#reconnectUntil.set(slot, reconnectUntil);
    } else {
      table.leftAt[slot] = stored.leftAt || stored.lastActivityAt;
    }
    this.#settle(slot, now);
    return slot;
  }

  /**
   * Whether a visit that was taken up by what a tab said is the stored one: it is not when that had been over before anything that is
   * known here was done. One that a conversation may have held goes on.
   */
  goesOn(stored: StoredVisit): boolean {
    const table = this.#table;
    const slot = table.slotOfVisit(stored.visit);
    if (slot === undefined || isOpen(table.chat[slot]!)) return true;
    const trail = table.trails[slot]!;
    let next = table.lastActivityAt[slot]!;
    for (let i = 2; i < trail.length; i += 3) {
      const at = table.startedAt[slot]! + trail[i]! * 1_000;
      if (at > stored.lastActivityAt) next = Math.min(next, at);
    }
    return next - stored.lastActivityAt < TIMES.listedForMs;
  }

  /** What the store knows of the visitor: number, visits so far, name of an earlier identification. */
  met(
    visit: string,
    facts: { number: number; visits: number; firstVisitAt: number; previousVisitAt: number; name: string; identity: string },
  ): void {
    const slot = this.#table.slotOfVisit(visit);
    if (slot === undefined) return;
    const table = this.#table;
    table.number[slot] = facts.number;
    table.visits[slot] = facts.visits;
    if (facts.visits > 1) {
      const rare = rareOf(this.#table, slot);
      rare.firstVisitAt = facts.firstVisitAt;
      rare.previousVisitAt = facts.previousVisitAt;
    }
    if (facts.name !== '' && table.text.name[slot] === 0) {
      table.setText(slot, 'name', facts.name);
      // Whoever is here now may be somebody else: this visit has to prove it itself.
      rareOf(this.#table, slot).identity = asTold(facts.identity);
    }
    this.#board.touch(slot);
  }

  /** Ends visits at once (tracking turned off, site deleted). Cost: the visits of this node. */
  endAll(now: number, belongs: (slot: number) => boolean): void {
    for (let slot = 0; slot < this.#table.end; slot++) {
      if (this.#table.used[slot] === 1 && belongs(slot)) this.#end(slot, now);
    }
  }

  /** Lets go of visits whose home is elsewhere now, without ending them. Cost: the visits of this node, once per membership change. */
  release(leaves: (visitor: string) => boolean, beforeLeaving: (slot: number) => void): void {
    for (let slot = 0; slot < this.#table.end; slot++) {
      if (this.#table.used[slot] === 0 || !leaves(this.#table.visitors[slot]!)) continue;
      beforeLeaving(slot);
      this.#remove(slot);
    }
  }

  releaseOne(slot: number, beforeLeaving: () => void): void {
    beforeLeaving();
    this.#remove(slot);
  }

  /** Does what has come due: graces end, visits turn Inactive, visits end. */
  advance(now: number): void {
    for (const slot of this.#deadlines.due(now)) {
      if (this.#table.used[slot] === 1) this.#settle(slot, now);
    }
  }

  nextWakeAt(): number {
    return this.#deadlines.nextAt();
  }

  #start(a: Announcement, now: number): number {
    const first = a.pages[0];
    const startedAt = a.resume ? Math.min(a.resume.startedAt, now) : now - (a.beganAgoMs ?? first?.agoMs ?? 0);
    const slot = this.#fill(a.resume?.visit ?? this.#newVisitId(startedAt), a.visitor, a.facts, startedAt);
    this.#table.lastActivityAt[slot] = Math.max(startedAt, now - a.idleMs);
    this.#table.online[slot] = 1;
    this.#sink.started(slot);
    return slot;
  }

  #fill(visit: string, visitor: string, facts: VisitFacts, startedAt: number): number {
    const table = this.#table;
    const slot = table.take(visit, visitor);
    for (const column of FACT_COLUMNS) table.setText(slot, column, facts[column]);
    table.place[slot] = table.places.learn(facts.place);
    table.startedAt[slot] = startedAt;
    const conversation = this.#conversationOf(visitor);
    if (conversation) this.#show(slot, conversation);
    this.#deadlines.clear(slot);
    this.#reconnectUntil.delete(slot);
    return slot;
  }

  #takeStored(slot: number, stored: StoredVisit): void {
    const table = this.#table;
    const { url, title } = table.dictionaries;
    table.pages[slot] = stored.pages;
    const trail = table.trails[slot]!;
    for (const entry of stored.trail)
      trail.push(url.hold(entry.url), title.hold(entry.title), Math.round((entry.at - stored.startedAt) / 1000));
    this.#takeStoredTabs(slot, stored);
    takeStoredFacts(table, slot, stored);
    table.setText(slot, 'name', stored.name);
    if (stored.identity !== '') rareOf(this.#table, slot).identity = stored.identity;
  }

  /** Tabs that have not come back yet: what they had told is counted, and they will tell it again. */
  #takeStoredTabs(slot: number, stored: StoredVisit): void {
    for (const [id, n] of Object.entries(stored.tabs)) {
      const known = this.#findTab(slot, id);
      if (known) known.n = Math.max(known.n, n);
      else
        this.#table.tabs[slot]!.push({
          id,
          edge: '',
          socket: 0,
          since: 0,
          connected: false,
          hidden: true,
          focused: false,
          focusedAt: 0,
          seenAt: stored.lastActivityAt,
          n,
          firstN: 0,
          shownN: 0,
          url: 0,
          title: 0,
          ...UNDECLARED,
        });
    }
  }

  #mergeStored(slot: number, stored: StoredVisit, now: number): number {
    const table = this.#table;
    let missing = 0;
    for (const tab of table.tabs[slot]!) missing += Math.max(0, tab.n - Math.max(stored.tabs[tab.id] ?? 0, tab.firstN - 1));
    this.#takeStoredTabs(slot, stored);
    mergeTrails(table, slot, stored, missing);
    table.pages[slot] = stored.pages + missing;
    table.startedAt[slot] = Math.min(table.startedAt[slot]!, stored.startedAt);
    table.lastActivityAt[slot] = Math.max(table.lastActivityAt[slot]!, stored.lastActivityAt);
    if (table.text.name[slot] === 0) table.setText(slot, 'name', stored.name);
    mergeStoredFacts(table, slot, stored);
    if (stored.identity !== '') {
      const rare = rareOf(table, slot);
      if (isVerified(stored.identity) && !isVerified(rare.identity)) {
        rare.identity = stored.identity;
        table.setText(slot, 'name', stored.name);
      } else rare.identity ??= stored.identity;
    }
    this.#settle(slot, now);
    return slot;
  }

  #findTab(slot: number, id: string): TabState | undefined {
    for (const tab of this.#table.tabs[slot]!) if (tab.id === id) return tab;
    return undefined;
  }

  #tabOf(slot: number, a: Announcement, now: number): TabState {
    const known = this.#findTab(slot, a.tab);
    if (known) return known;
    const tab: TabState = {
      id: a.tab,
      edge: a.edge,
      socket: a.socket,
      since: a.since,
      connected: true,
      hidden: a.hidden,
      focused: a.focused,
      focusedAt: a.focused ? now : 0,
      seenAt: 0,
      n: 0,
      firstN: 0,
      shownN: 0,
      url: 0,
      title: 0,
      ...UNDECLARED,
    };
    // A literal has room for one; pushing to an empty array makes room for seventeen, and nearly all visits have one tab.
    if (this.#table.tabs[slot]!.length === 0) this.#table.tabs[slot] = [tab];
    else this.#table.tabs[slot]!.push(tab);
    return tab;
  }

  /** false: this page view was taken before, or is of an earlier visit (`isEarlier`): then it is shown and not counted. */
  #takePage(slot: number, tab: TabState, page: PageSeen, now: number, isCurrent: boolean, isEarlier: boolean): boolean {
    const table = this.#table;
    const isNew = page.n > tab.n;
    // A tab read back from the store knows its number but not its page: the current page comes back, the count does not. An earlier
    // "current" page may have come before it, late.
    if (!isNew && !(isCurrent && page.n > tab.shownN)) return false;
    const { url, title } = table.dictionaries;
    const urlId = url.hold(page.url);
    const titleId = title.hold(page.title);
    // Of a tab that was away the address is forgotten, the number of the page that declared is not.
    if (tab.url === 0 ? page.n !== tab.declaredN : tab.url !== urlId) undeclare(tab);
    url.release(tab.url);
    title.release(tab.title);
    tab.url = urlId;
    tab.title = titleId;
    tab.shownN = page.n;
    const verdict = this.#judge(table.getText(slot, 'site'), page.url);
    tab.context = verdict.context;
    if (!isNew) return false;
    tab.n = page.n;
    if (tab.firstN === 0 || (isEarlier && tab.firstN === page.n)) tab.firstN = isEarlier ? page.n + 1 : page.n;
    if (isEarlier) return false;
    table.pages[slot] = table.pages[slot]! + 1;
    const at = Math.max(table.startedAt[slot]!, now - page.agoMs);
    appendToTrail(table, slot, url.holdAgain(urlId), title.holdAgain(titleId), Math.round((at - table.startedAt[slot]!) / 1000));
    if (seePage(table, slot, tab, verdict, at)) this.#sink.changed(slot, true);
    return true;
  }

  #active(slot: number, at: number): void {
    if (at > this.#table.lastActivityAt[slot]!) this.#table.lastActivityAt[slot] = at;
  }

  #comeBack(slot: number, now: number): void {
    const table = this.#table;
    this.#reconnectUntil.delete(slot);
    const wasAway = table.online[slot] === 0 || table.reconnecting[slot] === 1;
    table.reconnecting[slot] = 0;
    table.online[slot] = 1;
    table.leftAt[slot] = 0;
    const tabs = table.tabs[slot]!;
    const { url, title } = table.dictionaries;
    for (let i = 0; i < tabs.length;) {
      const tab = tabs[i]!;
      if (tab.connected || now - tab.seenAt < FORGET_TAB_AFTER_MS) {
        i++;
        continue;
      }
      url.release(tab.url);
      title.release(tab.title);
      tab.url = tab.title = tab.shownN = 0;
      if (tabs.length > MOST_TABS) tabs.splice(i, 1);
      else i++;
    }
    if (wasAway) this.#sink.changed(slot, true);
  }

  /** Sockets of the tab are gone; another one may speak for it now, and say otherwise whether it has the focus. */
  #unlink(slot: number, tab: TabState, now: number, isGone: (edge: string, socket: number) => boolean): void {
    const { edge, socket } = tab;
    if (unlinkTab(tab, isGone)) return this.#disconnect(slot, tab, now);
    if (tab.edge === edge && tab.socket === socket) return;
    this.#showCurrentTab(slot);
    this.#settle(slot, now);
  }

  #disconnect(slot: number, tab: TabState, now: number): void {
    if (!tab.connected) return;
    tab.connected = false;
    tab.focused = false;
    tab.seenAt = now;
    this.#showCurrentTab(slot);
    this.#settle(slot, now);
  }

  #isConnected(slot: number): boolean {
    for (const tab of this.#table.tabs[slot]!) if (tab.connected) return true;
    return false;
  }

  #showCurrentTab(slot: number): void {
    const tab = currentTab(this.#table.tabs[slot]!);
    if (!tab) return;
    const { text, dictionaries } = this.#table;
    if (text.url[slot] !== tab.url) {
      const old = text.url[slot]!;
      text.url[slot] = dictionaries.url.holdAgain(tab.url);
      dictionaries.url.release(old);
    }
    if (text.title[slot] !== tab.title) {
      const old = text.title[slot]!;
      text.title[slot] = dictionaries.title.holdAgain(tab.title);
      dictionaries.title.release(old);
    }
    showContext(this.#table, slot, tab);
  }

  #show(slot: number, { state, id, waitingSince }: ConversationState): void {
    this.#table.chat[slot] = CHAT[state];
    if (state !== 'none') rareOf(this.#table, slot).conversation = { id, waitingSince: state === 'unassigned' ? waitingSince : 0 };
    else if (this.#table.rare.has(slot)) delete rareOf(this.#table, slot).conversation;
  }

  /** Derives online and status from the facts, ends what is over, and sets the next deadline. */
  #settle(slot: number, now: number): void {
    const table = this.#table;
    const lastActivityAt = table.lastActivityAt[slot]!;
    const endsAt = lastActivityAt + TIMES.listedForMs;
    if (now >= endsAt && !this.#isHeld(slot)) return this.#end(slot, lastActivityAt);

    let offlineAt = Number.POSITIVE_INFINITY;
    if (table.online[slot] === 1 && !this.#isConnected(slot)) {
      const lastSeen = this.#lastSeen(slot);
      offlineAt = this.#reconnectUntil.get(slot) ?? lastSeen + TIMES.graceMs;
      if (now >= offlineAt) {
        table.online[slot] = 0;
        table.reconnecting[slot] = 0;
        table.leftAt[slot] = Math.max(lastSeen, lastActivityAt);
        this.#reconnectUntil.delete(slot);
        offlineAt = Number.POSITIVE_INFINITY;
        this.#sink.changed(slot, true);
      }
    }
    const isHeld = this.#isHeld(slot);
    if (now >= endsAt && !isHeld) return this.#end(slot, lastActivityAt);
    const visit = { chat: table.chat[slot]!, online: table.online[slot] === 1, lastActivityAt };
    table.status[slot] = statusOf(visit, now);
    const inactiveAt =
      visit.online && visit.chat === CHAT.none && now - lastActivityAt < TIMES.activeForMs
        ? lastActivityAt + TIMES.activeForMs
        : Number.POSITIVE_INFINITY;
    const wakeAt = Math.min(isHeld ? Number.POSITIVE_INFINITY : endsAt, offlineAt, inactiveAt);
    if (wakeAt !== Number.POSITIVE_INFINITY) this.#deadlines.set(slot, wakeAt);
    this.#board.touch(slot);
    this.#sink.changed(slot, false);
  }

  /** Somebody is waited for or talked to, and there: the visit is listed however long ago the last activity was. */
  #isHeld(slot: number): boolean {
    return this.#table.online[slot] === 1 && isOpen(this.#table.chat[slot]!);
  }

  #lastSeen(slot: number): number {
    let last = 0;
    for (const tab of this.#table.tabs[slot]!) if (tab.seenAt > last) last = tab.seenAt;
    return last;
  }

  #end(slot: number, endedAt: number): void {
    this.#sink.ended(slot, endedAt);
    this.#remove(slot);
  }

  #remove(slot: number): void {
    this.#table.forget(slot);
    this.#deadlines.clear(slot);
    this.#reconnectUntil.delete(slot);
    this.#board.touch(slot);
  }
}

const FACT_COLUMNS = [
  'site',
  'referrer',
  'referrerHost',
  'campaign',
  'lang',
  'timeZone',
  'screen',
  'browser',
  'browserVersion',
  'os',
  'osVersion',
  'device',
  'ip',
  'organisation',
  'source',
  'filtered',
] as const;
