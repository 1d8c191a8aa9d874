import { randomBytes } from 'node:crypto';
import { newId } from '@foyer/domain';
import { type ChatState, type Faces, teamState } from '@foyer/domain/chat';
import { type Availability, CHAT_TIMES, type ChatSettings, type ConsoleHead, type TeamState } from '@foyer/protocol';
import type { LiveReads } from '../edge/http/deps.ts';
import type { Colleagues } from '../live/colleagues.ts';
import type { ChatSide, LiveNode } from '../live/node.ts';
import type { ChatChange, ChatOutcome, ChatStore } from '../ports/chat-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { TeamStore } from '../ports/team-store.ts';
import type { Directory } from '../team/directory.ts';
import { AgentsHere } from './agents-here.ts';
import { Badges } from './badges.ts';
import { ChatConsoles } from './chat-consoles.ts';
import { ChatTabs } from './chat-tabs.ts';
import { circumstancesOf } from './circumstances.ts';
import { Deliveries } from './deliveries.ts';
import { Invitations, type InviteAsk } from './invitations.ts';
import { Lookers } from './lookers.ts';
import type { ChatNote } from './notes.ts';
import { OpenConversations } from './open-conversations.ts';
import { Elsewhere } from './elsewhere.ts';
import { QueuePlaces } from './queue-places.ts';
import { Roster } from './roster.ts';
import type { Chat, ChatAsk, ChatCountsOf, OnChange } from './service.ts';
import { Telling } from './telling.ts';
import { Tickets } from './tickets.ts';

export interface ChatDeps {
  readonly live: LiveNode;
  readonly clock: Clock;
  readonly store: ChatStore;
  readonly team: Pick<TeamStore, 'members'>;
  readonly directory: Pick<Directory, 'settings' | 'workspaces' | 'onChange'>;
  readonly colleagues: Pick<Colleagues, 'has'>;
  readonly reads: Pick<LiveReads, 'detail'>;
  /** Visitor ids of tabs without storage. */
  readonly tabVisitorOf: (site: string, secret: string) => string;
  readonly key: string;
  readonly embedPath: string;
  /** Contents of files that nobody may have any more. */
  readonly dropFiles: (ids: readonly string[]) => void;
  readonly onOutage: (what: string, cause: unknown) => void;
}

/**
 * ChatService — conversations on this node: decides by the store, and tells everybody who may see it.
 *
 * Order       changes reach consoles in the order of `chatSeq`, tabs in the order of `rev`; what is lost on the way between nodes is found
 *             out by comparing heads with the store (heads.ts).
 * Lifecycle   `start` → in use → `stop`.
 */
export class ChatService implements Chat, ChatSide {
  readonly roster: Roster;
  readonly open = new OpenConversations();
  readonly agents: AgentsHere;
  readonly tabs: ChatTabs;
  readonly consoles: ChatConsoles;
  readonly lookers: Lookers;
  readonly #deps: ChatDeps;
  readonly #tickets: Tickets;
  readonly #badges: Badges;
  readonly #telling: Telling;
  readonly #queue: QueuePlaces;
  readonly #elsewhere: Elsewhere;
  readonly #invitations: Invitations;
  readonly #deliveries: Deliveries;
  readonly #broadcast: (note: ChatNote) => void;
  readonly #listeners = new Set<OnChange>();
  readonly #ais = new Map<string, { readonly workspace: string; readonly name: string }>();
  readonly #stop: (() => void)[] = [];

  constructor(deps: ChatDeps) {
    this.#deps = deps;
    const { live, clock, store } = deps;
    const now = (): number => live.now();
    const broadcast = (note: ChatNote): void => {
      for (const node of live.membership.members) if (node !== live.name) live.channels.send(node, note);
    };
    this.#broadcast = broadcast;
    this.roster = new Roster({ store, team: deps.team });
    this.agents = new AgentsHere({
      isHere: (workspace, user) => deps.colleagues.has(workspace, user),
      chosen: (workspace, user) => this.roster.chosen(workspace, user),
      now,
    });
    this.#tickets = new Tickets({ key: deps.key, embedPath: deps.embedPath, now });
    this.#badges = new Badges({
      ...deps,
      open: this.open,
      visitOf: (workspace, visitor) => this.visitIdOf({ workspace, visitor }),
      isShown: (workspace, visitor) => this.tabs.here.isShown(workspace, visitor),
    });
    this.tabs = new ChatTabs({ clock, broadcast, onChanged: (workspace, visitor) => this.#badges.look(workspace, visitor), chat: this });
    this.consoles = new ChatConsoles({ chat: this, now });
    this.lookers = new Lookers({ clock, broadcast });
    this.#queue = new QueuePlaces({ clock, now, chat: this });
    this.#elsewhere = new Elsewhere({ live, clock, chat: this, broadcast, tell: (workspace) => this.consoles.elsewhere(workspace) });
    this.#invitations = new Invitations({ ...deps, chat: this });
    this.#deliveries = new Deliveries({ clock, chat: this, onOutage: (cause) => deps.onOutage('note a delivery', cause) });
    this.#telling = new Telling({
      ...deps,
      tabs: this.tabs,
      consoles: this.consoles,
      learn: (state) => this.#learn(state),
      found: ({ workspace, visitor }) => this.#badges.look(workspace, visitor),
      onOutage: (cause) => deps.onOutage('compare heads', cause),
    });
  }

  /** Reads what is going on. Rejects when the store is away. */
  async start(): Promise<void> {
    const { store, directory, clock, live } = this.#deps;
    await Promise.all(directory.workspaces().map(({ id }) => this.roster.read(id)));
    await this.#telling.start();
    const longestHold = Math.max(0, ...directory.workspaces().map(({ settings }) => settings.resolvedHoldMs));
    for (const { state } of await store.shown({ resolvedAfter: live.now() - longestHold })) this.#telling.late(state);
    this.#stop.push(
      directory.onChange(({ kind, workspace }) => {
        if (kind === 'team' || kind === 'sites') this.#readAgain(workspace);
        if (kind === 'settings') this.#badges.lookAtAll(workspace);
      }),
      clock.setInterval(() => this.#beat(), 1_000),
      clock.setInterval(() => this.#tellHeads(), CHAT_TIMES.headsEveryMs - 1_000),
    );
    live.attachChat(this);
  }

  stop(): void {
    for (const stop of this.#stop.splice(0)) stop();
    this.#telling.stop();
    this.#deliveries.stop();
    this.#queue.stop();
    this.tabs.stop();
    this.lookers.stop();
  }

  now(): number {
    return this.#deps.live.now();
  }

  newId(): string {
    return newId(this.now(), () => randomBytes(4).readUInt32LE());
  }

  async request(q: ChatAsk): Promise<ChatOutcome> {
    const outcome = await this.#deps.store.request({ ...q, ...circumstancesOf(q, this) });
    if (!outcome.ok) return outcome;
    for (const change of outcome.changes) {
      this.#telling.take(change);
      this.#broadcast({ k: 'chat-change', change: { ...change, before: null } });
      this.#badges.look(change.state.workspace, change.state.visitor);
      this.#wake(change);
      if (change.messages.some(({ from }) => from.kind === 'visitor')) this.#deliveries.said(change.state);
      if (change.goneFiles.length > 0) this.#deps.dropFiles(change.goneFiles);
      for (const listener of this.#listeners) listener(change, { before: change.before });
    }
    return outcome;
  }

  /** An agent's first words to a visitor of the live list; see invitations.ts. */
  invite(q: InviteAsk): Promise<ChatOutcome> {
    return this.#invitations.invite(q);
  }

  onChange(listener: OnChange): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  availability(workspace: string, user: string): Availability {
    return this.agents.availability(workspace, user);
  }

  here(workspace: string, user: string): boolean {
    return this.agents.here(workspace, user);
  }

  visitorHere(workspace: string, visitor: string): boolean {
    return this.tabs.here.isHere(workspace, visitor);
  }

  visitIdOf({ workspace, visitor }: { workspace: string; visitor: string }): string {
    return visitor.startsWith('v') ? visitor : this.tabs.here.visitOf(workspace, visitor);
  }

  team(workspace: string): TeamState {
    const agents = [...this.roster.members(workspace)].map((user) => this.availability(workspace, user));
    const timeZone = this.#deps.directory.settings(workspace)?.timeZone ?? 'UTC';
    return teamState({ hours: this.settings(workspace).hours, timeZone, agents, now: this.now() });
  }

  counts(workspace: string, site?: string): ChatCountsOf {
    const byAgent = new Map<string, number>();
    let active = 0;
    let unassigned = 0;
    for (const { phase, site: of } of this.open.active(workspace)) {
      if (site !== undefined && of !== site) continue;
      active++;
      if (phase.status === 'unassigned') unassigned++;
      if (phase.status === 'assigned') byAgent.set(phase.agent, (byAgent.get(phase.agent) ?? 0) + 1);
    }
    return { active, unassigned, byAgent, elsewhere: this.#elsewhere.count(workspace, site) };
  }

  withoutVisit(workspace: string): readonly string[] {
    return this.#elsewhere.ids(workspace);
  }

  onMap(workspace: string, conversations: readonly ChatState[]): Promise<ReadonlySet<string>> {
    return this.#elsewhere.onMap(workspace, conversations);
  }

  settings(workspace: string): ChatSettings {
    return this.roster.settings(workspace);
  }

  changed(workspace: string): void {
    this.#broadcast({ k: 'chat-settings', workspace });
    this.#readAgain(workspace);
  }

  addAi(ai: { workspace: string; id: string; name: string }): () => void {
    this.#ais.set(ai.id, ai);
    return () => void this.#ais.delete(ai.id);
  }

  hasAi(workspace: string, ai: string): boolean {
    return this.#ais.get(ai)?.workspace === workspace;
  }

  readonly faces: Faces = (kind, id) => ({ name: kind === 'agent' ? this.roster.nameOf(id) : (this.#ais.get(id)?.name ?? ''), face: '' });
  readonly signFile: Chat['signFile'] = (file, conversation) => this.#tickets.signFile(file, conversation);
  readonly checkFile: Chat['checkFile'] = (q) => this.#tickets.checkFile(q);
  readonly ticketOf: Chat['ticketOf'] = (q) => this.#tickets.ticketOf(q);
  readonly readTicket: Chat['readTicket'] = (site, ticket) => this.#tickets.readTicket(site, ticket);

  /** Of a tab without storage. */
  readonly tabVisitorOf = (site: string, secret: string): string => this.#deps.tabVisitorOf(site, secret);

  /** Something waits for this visitor: an open conversation, or an invitation. */
  isAwaited(workspace: string, visitor: string): boolean {
    const state = this.open.ofVisitor(workspace, visitor);
    return state !== null && state.phase.status !== 'resolved';
  }

  /** What consoles count by. */
  head(workspace: string): ConsoleHead {
    return { t: 'chat.head', now: this.now(), chatSeq: this.#telling.head(workspace) };
  }

  /** A tab of somebody who waits has come. */
  arrived(state: ChatState): void {
    this.#queue.arrived(state);
  }

  /** A console opened or closed, a choice was made, a member came or went. */
  availabilityMayHaveChanged(workspace: string): void {
    if (this.consoles.tellAvailabilities(workspace)) this.#teamChanged(workspace);
  }

  typing(note: Omit<ChatNote & { k: 'chat-typing' }, 'k'>): void {
    this.#broadcast({ k: 'chat-typing', ...note });
    this.#tellTyping(note);
  }

  async choose(workspace: string, user: string, as: Availability): Promise<void> {
    await this.roster.choose(workspace, user, as);
    this.changed(workspace);
  }

  take(from: string, note: ChatNote): void {
    switch (note.k) {
      case 'chat-change':
        this.#telling.take(note.change);
        return;
      case 'chat-typing':
        return this.#tellTyping(note);
      case 'chat-here':
        return this.tabs.here.take(from, note);
      case 'chat-looks':
        return this.lookers.take(from, note);
      case 'chat-elsewhere':
      case 'chat-on-map?':
      case 'chat-on-map':
        return this.#elsewhere.take(from, note);
      case 'chat-settings':
        return this.#readAgain(note.workspace);
    }
  }

  everything(): Iterable<ChatNote> {
    return [this.tabs.here.everything(), this.lookers.everything(), this.#elsewhere.everything()];
  }

  left(node: string): void {
    this.tabs.here.left(node);
    this.lookers.left(node);
    this.#elsewhere.left(node);
  }

  /** false: it is no news. */
  #learn(state: ChatState): boolean {
    const before = this.open.put(state);
    if (before === state) return false;
    this.#queue.changed(before, state);
    const { phase } = state;
    if (phase.status === 'assigned' && state.epoch !== before?.epoch) this.roster.assigned(state.workspace, phase.agent, phase.since);
    return true;
  }

  /** Somebody wrote to a visitor: their tabs that have no chat yet load it. */
  #wake({ workspace, state: { visitor }, messages }: ChatChange): void {
    const isForThem = messages.some(({ from, body }) => (from.kind === 'agent' || from.kind === 'ai') && body.kind !== 'note');
    if (isForThem && visitor.startsWith('v')) this.#deps.live.wake({ workspace, visitor });
  }

  #tellTyping(note: Omit<ChatNote & { k: 'chat-typing' }, 'k'>): void {
    if (note.agent === '') this.consoles.typing(note, this.lookers);
    else this.tabs.typing(note, this.faces('agent', note.agent).name);
  }

  #teamChanged(workspace: string): void {
    this.tabs.teamChanged(workspace);
    this.#queue.teamChanged(workspace);
  }

  #readAgain(workspace: string): void {
    this.roster.read(workspace).then(
      () => {
        this.availabilityMayHaveChanged(workspace);
        this.#teamChanged(workspace);
      },
      (cause: unknown) => this.#deps.onOutage('read the team’s settings', cause),
    );
  }

  /** What changes by the clock alone. Cost: what is open, once a second. */
  #beat(): void {
    this.#badges.endHolds();
    for (const { id } of this.#deps.directory.workspaces()) this.availabilityMayHaveChanged(id);
    this.#elsewhere.beat();
  }

  #tellHeads(): void {
    this.consoles.heads();
    this.tabs.heads();
  }
}
