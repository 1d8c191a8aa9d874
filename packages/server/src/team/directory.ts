/**
 * Directory — workspaces, sites, their looks, settings and blocks of the whole installation, in memory.
 *
 * Purpose     answer what every handshake and every view asks, in O(1) and without the store.
 * Owner       one per process. It alone writes these records, so what it holds is what the store holds.
 * Invariants  memory changes after the store has committed; writes are made one after the other, so that two
 *             changes of one record never lose each other; listeners hear of a change after it is visible here.
 * On error    a write that the store refuses rejects with its cause and changes nothing.
 */
import { type ContextEntry, type Goal, type RefusedOrigin, type Settings, WIDGET_LOOK, type WidgetLook } from '@foyer/protocol';
import type { Logger } from 'pino';
import type { Clock } from '../ports/clock.ts';
import type { BlockRecord, SiteRecord, TeamStore, WorkspaceRecord } from '../ports/team-store.ts';
import { Blocks } from './blocks.ts';
import { RefusedOrigins } from './refused-origins.ts';

export interface Change {
  readonly kind: 'settings' | 'sites' | 'team' | 'install' | 'blocks' | 'filters' | 'notes' | 'looks' | 'contexts' | 'goals' | 'chat';
  readonly workspace: string;
}
export interface DirectoryDeps {
  readonly store: Pick<
    TeamStore,
    | 'loadAll'
    | 'putWorkspace'
    | 'putSite'
    | 'deleteSite'
    | 'siteSeen'
    | 'putBlock'
    | 'deleteBlock'
    | 'dropEndedBlocks'
    | 'putLook'
    | 'putContexts'
    | 'putGoals'
    | 'teamAddresses'
  >;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn' | 'error'>;
}

/** Refused origins may arrive with every handshake; the Install page need not be told more often than this. */
const REFUSED_TOLD_EVERY_MS = 1_000;

export class Directory {
  readonly #deps: DirectoryDeps;
  readonly #workspaces = new Map<string, WorkspaceRecord>();
  readonly #sites = new Map<string, SiteRecord>();
  readonly #sitesByKey = new Map<string, SiteRecord>();
  readonly #looks = new Map<string, WidgetLook>();
  readonly #contexts = new Map<string, readonly ContextEntry[]>();
  readonly #goals = new Map<string, readonly Goal[]>();
  readonly #blocks = new Blocks();
  readonly #teamAddresses = new Map<string, Set<string>>();
  readonly #refused = new RefusedOrigins();
  readonly #refusedToTell = new Set<string>();
  readonly #beingSeen = new Set<string>();
  readonly #listeners = new Set<(change: Change) => void>();
  #writes: Promise<unknown> = Promise.resolve();

  private constructor(deps: DirectoryDeps) {
    this.#deps = deps;
  }

  /** Reads everything once. Rejects when the store is away. */
  static async open(deps: DirectoryDeps): Promise<Directory> {
    const directory = new Directory(deps);
    const all = await deps.store.loadAll();
    for (const workspace of all.workspaces) directory.#workspaces.set(workspace.id, workspace);
    for (const site of all.sites) directory.#keepSite(site);
    for (const block of all.blocks) directory.#blocks.put(block);
    for (const [site, look] of all.looks) directory.#looks.set(site, look);
    for (const [site, entries] of all.contexts) directory.#contexts.set(site, entries);
    for (const [site, goals] of all.goals) directory.#goals.set(site, goals);
    await Promise.all(all.workspaces.map((workspace) => directory.refreshTeamAddresses(workspace.id)));
    return directory;
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  // ── reads ────────────────────────────────────────────────────────────────────────────────────────────────────

  siteByKey(key: string): SiteRecord | null {
    return this.#sitesByKey.get(key) ?? null;
  }

  site(id: string): SiteRecord | null {
    return this.#sites.get(id) ?? null;
  }

  /** Oldest first. Cost: all sites of the installation. */
  sites(workspace: string): SiteRecord[] {
    return [...this.#sites.values()]
      .filter((site) => site.workspace === workspace)
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }

  workspace(id: string): WorkspaceRecord | null {
    return this.#workspaces.get(id) ?? null;
  }

  workspaces(): WorkspaceRecord[] {
    return [...this.#workspaces.values()];
  }

  settings(workspace: string): Settings | null {
    return this.#workspaces.get(workspace)?.settings ?? null;
  }

  /** What the site's widget looks like; of a site that changed nothing, the default. */
  look(site: string): WidgetLook {
    return this.#looks.get(site) ?? WIDGET_LOOK;
  }

  /** What its pages are, as its team has ordered the rules; null: as they ship. */
  contexts(site: string): readonly ContextEntry[] | null {
    return this.#contexts.get(site) ?? null;
  }

  /** null: those that ship. */
  goals(site: string): readonly Goal[] | null {
    return this.#goals.get(site) ?? null;
  }

  /** By address or range. `address` '': not known. */
  isBlocked(workspace: string, who: { readonly address: string; readonly addressHash: string }): boolean {
    return this.#blocks.holdsAddress(workspace, who, this.#deps.clock.now());
  }

  isVisitorBlocked(workspace: string, visitor: string): boolean {
    return this.#blocks.holdsVisitor(workspace, visitor, this.#deps.clock.now());
  }

  /** Those that hold now, newest first. */
  blocks(workspace: string): BlockRecord[] {
    return this.#blocks.list(workspace, this.#deps.clock.now());
  }

  /** Is a member signed in from this address (a keyed hash)? */
  isTeamAddress(workspace: string, addressHash: string): boolean {
    return this.#teamAddresses.get(workspace)?.has(addressHash) ?? false;
  }

  /** Newest first, at most 20. */
  refusedOrigins(site: string): RefusedOrigin[] {
    return this.#refused.of(site);
  }

  // ── what the edge reports ────────────────────────────────────────────────────────────────────────────────────

  /** Counted for the Install page, which hears of it at most once a second. `now`: epoch ms. */
  reportRefusedOrigin(site: string, origin: string, now: number): void {
    if (!this.#sites.has(site)) return;
    this.#refused.report(site, origin.slice(0, 300), now);
    this.installMayHaveChanged(site);
  }

  /** Something that the Install page counts: told at most once a second. */
  installMayHaveChanged(site: string): void {
    if (this.#refusedToTell.has(site)) return;
    this.#refusedToTell.add(site);
    this.#deps.clock.setTimeout(() => {
      this.#refusedToTell.delete(site);
      const workspace = this.#sites.get(site)?.workspace;
      if (workspace !== undefined) this.#tell({ kind: 'install', workspace });
    }, REFUSED_TOLD_EVERY_MS);
  }

  /** The first visitor of a site turns Install green. Free after that; an outage leaves it to the next visitor. */
  markSeen(siteId: string, now: number): void {
    if (this.#sites.get(siteId)?.seenAt !== null || this.#beingSeen.has(siteId)) return;
    this.#beingSeen.add(siteId);
    this.#inTurn(async () => {
      const first = await this.#deps.store.siteSeen({ site: siteId, at: now });
      const site = this.#sites.get(siteId);
      if (!first || site === undefined) return;
      this.#keepSite({ ...site, seenAt: now });
      this.#tell({ kind: 'install', workspace: site.workspace });
    })
      .catch((cause: unknown) => this.#deps.log.warn({ err: cause, site: siteId }, 'the first visitor of a site could not be noted'))
      .finally(() => this.#beingSeen.delete(siteId));
  }

  // ── writes ───────────────────────────────────────────────────────────────────────────────────────────────────

  /** A workspace that set-up has just stored. */
  adopt(workspace: WorkspaceRecord, site: SiteRecord): void {
    this.#workspaces.set(workspace.id, workspace);
    this.#keepSite(site);
    this.#tell({ kind: 'sites', workspace: workspace.id });
  }

  /** `change` gets what is stored now. Answers the new record, null when there is no such workspace. */
  changeWorkspace(
    id: string,
    change: (now: { name: string; settings: Settings }) => { name: string; settings: Settings },
  ): Promise<WorkspaceRecord | null> {
    return this.#inTurn(async () => {
      const before = this.#workspaces.get(id);
      if (before === undefined) return null;
      const after = { ...before, ...change({ name: before.name, settings: before.settings }) };
      await this.#deps.store.putWorkspace({ id, name: after.name, settings: after.settings });
      this.#workspaces.set(id, after);
      this.#tell({ kind: 'settings', workspace: id });
      return after;
    });
  }

  addSite(site: SiteRecord): Promise<void> {
    return this.#inTurn(async () => {
      await this.#deps.store.putSite(site);
      this.#keepSite(site);
      this.#tell({ kind: 'sites', workspace: site.workspace });
    });
  }

  /** Answers the new record, null when that workspace has no such site. */
  changeSite(workspace: string, id: string, change: (now: SiteRecord) => SiteRecord): Promise<SiteRecord | null> {
    return this.#inTurn(async () => {
      const before = this.#sites.get(id);
      if (before === undefined || before.workspace !== workspace) return null;
      const after = change(before);
      await this.#deps.store.putSite(after);
      this.#keepSite(after);
      this.#tell({ kind: 'sites', workspace });
      return after;
    });
  }

  /** Listeners find the site gone: its sockets close and its visits end. Answers whether there was one. */
  removeSite(workspace: string, id: string): Promise<boolean> {
    return this.#inTurn(async () => {
      const site = this.#sites.get(id);
      if (site === undefined || site.workspace !== workspace) return false;
      await this.#deps.store.deleteSite({ workspace, id });
      this.#sites.delete(id);
      this.#sitesByKey.delete(site.key);
      this.#looks.delete(id);
      this.#contexts.delete(id);
      this.#goals.delete(id);
      this.#refused.forget(id, () => false);
      this.#tell({ kind: 'sites', workspace });
      return true;
    });
  }

  /** `change` gets what holds now. Answers the new look, null when that workspace has no such site. */
  changeLook(workspace: string, site: string, change: (now: WidgetLook) => WidgetLook): Promise<WidgetLook | null> {
    return this.#inTurn(async () => {
      if (this.#sites.get(site)?.workspace !== workspace) return null;
      const look = change(this.look(site));
      await this.#deps.store.putLook({ workspace, site, look });
      this.#looks.set(site, look);
      this.#tell({ kind: 'looks', workspace });
      return look;
    });
  }

  /** false: that workspace has no such site. */
  putContexts(workspace: string, site: string, entries: readonly ContextEntry[]): Promise<boolean> {
    return this.#inTurn(async () => {
      if (this.#sites.get(site)?.workspace !== workspace) return false;
      await this.#deps.store.putContexts({ workspace, site, entries });
      this.#contexts.set(site, entries);
      this.#tell({ kind: 'contexts', workspace });
      return true;
    });
  }

  putGoals(workspace: string, site: string, goals: readonly Goal[]): Promise<boolean> {
    return this.#inTurn(async () => {
      if (this.#sites.get(site)?.workspace !== workspace) return false;
      await this.#deps.store.putGoals({ workspace, site, goals });
      this.#goals.set(site, goals);
      this.#tell({ kind: 'goals', workspace });
      return true;
    });
  }

  /** After an origin was allowed: takes it off the list of refused ones. */
  forgetRefused(site: string, stillRefused: (origin: string) => boolean): void {
    this.#refused.forget(site, stillRefused);
  }

  addBlock(block: BlockRecord): Promise<void> {
    return this.#inTurn(async () => {
      const now = this.#deps.clock.now();
      if (this.#blocks.hasEnded(now)) {
        await this.#deps.store.dropEndedBlocks(now);
        this.#blocks.sweep(now);
      }
      await this.#deps.store.putBlock(block);
      this.#blocks.put(block);
      this.#tell({ kind: 'blocks', workspace: block.workspace });
    });
  }

  removeBlock(workspace: string, id: string): Promise<boolean> {
    return this.#inTurn(async () => {
      if (!this.blocks(workspace).some((block) => block.id === id)) return false;
      await this.#deps.store.deleteBlock({ workspace, id });
      this.#blocks.remove(workspace, id);
      this.#tell({ kind: 'blocks', workspace });
      return true;
    });
  }

  /** Members or invitations changed. */
  teamChanged(workspace: string): void {
    this.#tell({ kind: 'team', workspace });
  }

  /** Saved filters, notes about a visitor, or what the team keeps for its chats, changed. */
  keepingChanged(workspace: string, kind: 'filters' | 'notes' | 'chat'): void {
    this.#tell({ kind, workspace });
  }

  // ── where the team sits ──────────────────────────────────────────────────────────────────────────────────────

  noteTeamAddress(workspace: string, addressHash: string): void {
    const known = this.#teamAddresses.get(workspace);
    if (known === undefined) this.#teamAddresses.set(workspace, new Set([addressHash]));
    else known.add(addressHash);
  }

  /** After a session ended or moved: which addresses still have one? */
  async refreshTeamAddresses(workspace: string): Promise<void> {
    const addresses = await this.#deps.store.teamAddresses({ workspace, now: this.#deps.clock.now() });
    this.#teamAddresses.set(workspace, new Set(addresses));
  }

  #keepSite(site: SiteRecord): void {
    this.#sites.set(site.id, site);
    this.#sitesByKey.set(site.key, site);
  }

  #inTurn<T>(write: () => Promise<T>): Promise<T> {
    const done = this.#writes.then(write);
    this.#writes = done.catch(() => undefined);
    return done;
  }

  #tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }
}
