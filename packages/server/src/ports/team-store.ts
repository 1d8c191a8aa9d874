/**
 * TeamStore — who may do what: workspaces, users, sessions, sites, settings, keys (core.db, synchronous=FULL).
 * Verbs resolve after commit. Tokens are stored as SHA-256 (hex) only; callers hash. On error: rejects with its cause.
 */
import type { Block, ContextEntry, Goal, Invitation, Member, Role, Settings, Site, WidgetLook } from '@foyer/protocol';

export interface WorkspaceRecord {
  readonly id: string;
  readonly name: string;
  readonly settings: Settings;
  readonly trackingInPlan: boolean;
  readonly createdAt: number;
}
export interface SiteRecord extends Site {
  readonly workspace: string;
}
export interface UserRecord extends Member {
  readonly workspace: string;
  readonly passwordHash: string;
}
export interface SessionRecord {
  readonly idHash: string;
  readonly user: string;
  readonly workspace: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Keyed hash of the full address it was last used from, for *leave out own team*. */
  readonly addressHash: string;
}
export interface InvitationRecord extends Invitation {
  readonly workspace: string;
  readonly tokenHash: string;
}
export interface BlockRecord {
  readonly id: string;
  readonly workspace: string;
  readonly kind: Block['kind'];
  /** Of an address: its keyed hash, never the address; '' else. */
  readonly addressHash: string;
  /** The range as typed, the visitor's id; '' of an address. */
  readonly what: string;
  /** Of whom it was made, as it was called then; ''. */
  readonly label: string;
  /** Epoch ms; null: until it is taken back. */
  readonly until: number | null;
  readonly note: string;
  readonly createdAt: number;
  readonly createdBy: string;
}
export interface FilterRecord {
  readonly id: string;
  readonly workspace: string;
  readonly name: string;
  readonly filter: string;
  readonly shared: boolean;
  readonly createdAt: number;
  /** User id. */
  readonly createdBy: string;
}
export interface NoteRecord {
  readonly id: string;
  readonly workspace: string;
  readonly visitor: string;
  readonly text: string;
  readonly createdAt: number;
  readonly createdBy: string;
}
/** With what a site's own server signs whom it names. */
export interface IdentitySecret {
  readonly site: string;
  readonly secret: string;
  readonly madeAt: number;
  /** The one before the last rotation, good until `beforeUntil`; ''. */
  readonly before: string;
  readonly beforeUntil: number;
}
/** With the name of who made it; '' when that member is gone. */
export type By<T> = T & { readonly by: string };
export type Conflict = {
  readonly conflict: 'email_taken' | 'already_set_up' | 'used_or_expired' | 'not_found' | 'last_owner' | 'too_many';
};

export interface TeamStore {
  /** Everything small that each node keeps in memory. */
  loadAll(): Promise<{
    workspaces: WorkspaceRecord[];
    sites: SiteRecord[];
    blocks: BlockRecord[];
    /** By site id; sites that changed nothing of theirs are absent. */
    looks: ReadonlyMap<string, WidgetLook>;
    /** The same of what pages are, and of goals. */
    contexts: ReadonlyMap<string, readonly ContextEntry[]>;
    goals: ReadonlyMap<string, readonly Goal[]>;
  }>;
  /** The named secret of this installation, made by `make` on first use (same value for every caller ever after). */
  secret(name: 'resume' | 'address' | 'visitor' | 'cookieless' | 'chat' | 'vapid', make: string): Promise<string>;
  isSetUp(): Promise<boolean>;
  /** Hash of the one-time set-up token that is valid now; replaces an earlier one. */
  putSetupToken(hash: string): Promise<void>;
  /** Consumes the token and creates workspace, owner and first site in one transaction. */
  setUp(q: { tokenHash: string; workspace: WorkspaceRecord; owner: UserRecord; site: SiteRecord }): Promise<true | Conflict>;
  userByEmail(email: string): Promise<UserRecord | null>;
  user(id: string): Promise<UserRecord | null>;
  members(workspace: string): Promise<Member[]>;
  setRole(q: { workspace: string; user: string; role: Role }): Promise<true | Conflict>;
  /** Sessions and private filters go with them; what they shared and wrote stays. */
  removeMember(q: { workspace: string; user: string }): Promise<true | Conflict>;
  putSession(session: SessionRecord): Promise<void>;
  session(idHash: string): Promise<SessionRecord | null>;
  /** Slides the expiry and the address; never brings an ended session back. */
  touchSession(q: { idHash: string; expiresAt: number; addressHash: string }): Promise<void>;
  endSession(idHash: string): Promise<void>;
  /** Address hashes of sessions of this workspace alive at `now`. */
  teamAddresses(q: { workspace: string; now: number }): Promise<string[]>;
  putInvitation(invitation: InvitationRecord): Promise<void>;
  invitationByToken(q: { tokenHash: string; now: number }): Promise<(InvitationRecord & { workspaceName: string }) | null>;
  invitations(q: { workspace: string; now: number }): Promise<Invitation[]>;
  deleteInvitation(q: { workspace: string; id: string }): Promise<void>;
  /** Consumes the invitation and creates the member in one transaction. */
  acceptInvitation(q: { tokenHash: string; now: number; user: Omit<UserRecord, 'role' | 'workspace'> }): Promise<UserRecord | Conflict>;
  putSite(site: SiteRecord): Promise<void>;
  deleteSite(q: { workspace: string; id: string }): Promise<void>;
  /** Nothing when that workspace has no such site. */
  putLook(q: { workspace: string; site: string; look: WidgetLook }): Promise<void>;
  /** As `putLook`; the whole list each time. */
  putContexts(q: { workspace: string; site: string; entries: readonly ContextEntry[] }): Promise<void>;
  putGoals(q: { workspace: string; site: string; goals: readonly Goal[] }): Promise<void>;
  /** Of all sites that have one. */
  identitySecrets(): Promise<IdentitySecret[]>;
  /** `make` when it has none (same value for every caller ever after); null: no such site. */
  identitySecret(q: { site: string; make: string; now: number }): Promise<IdentitySecret | null>;
  /** `make` is the secret from now on, what was is the one before. */
  rotateIdentitySecret(q: { site: string; make: string; now: number; beforeUntil: number }): Promise<IdentitySecret | null>;
  /** Whether the visitor is this subject: the first one claimed is. Some claims not made again since `forgetBefore` are forgotten. */
  claimVisitor(q: { workspace: string; visitor: string; subject: string; now: number; forgetBefore: number }): Promise<boolean>;
  /** Sets seenAt once; answers whether it was this call that did. */
  siteSeen(q: { site: string; at: number }): Promise<boolean>;
  putWorkspace(q: { id: string; name: string; settings: Settings }): Promise<void>;
  putBlock(block: BlockRecord): Promise<void>;
  deleteBlock(q: { workspace: string; id: string }): Promise<void>;
  /** Those that have ended at `now`; answers how many went. */
  dropEndedBlocks(now: number): Promise<number>;
  /** Filters that `user` made and those that anybody shared, by name. */
  filters(q: { workspace: string; user: string }): Promise<By<FilterRecord>[]>;
  /** `most`: private ones of its maker, shared ones of the workspace. */
  addFilter(q: { filter: FilterRecord; most: { own: number; shared: number } }): Promise<true | Conflict>;
  /** What is not said stays. */
  changeFilter(q: {
    workspace: string;
    id: string;
    patch: { readonly name?: string | undefined; readonly filter?: string | undefined; readonly shared?: boolean | undefined };
    most: { own: number; shared: number };
  }): Promise<true | Conflict>;
  deleteFilter(q: { workspace: string; id: string }): Promise<boolean>;
  /** Newest first. */
  notes(q: { workspace: string; visitor: string }): Promise<By<NoteRecord>[]>;
  /** `most`: notes about one visitor. */
  addNote(q: { note: NoteRecord; most: number }): Promise<true | Conflict>;
  deleteNote(q: { workspace: string; visitor: string; id: string }): Promise<boolean>;
  /** Visitors whose notes are all from before `before`, by id, from the one after `after` on. */
  notedVisitors(q: { workspace: string; before: number; after: string; limit: number }): Promise<string[]>;
  /** Every note about these visitors; answers how many. */
  deleteNotesOf(q: { workspace: string; visitors: readonly string[] }): Promise<number>;
  audit(entry: { workspace: string; user: string; at: number; action: string; detail: string }): Promise<void>;
  close(): Promise<void>;
}
