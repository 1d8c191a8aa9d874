import type { Invitation, Member, Role } from '@foyer/protocol';
import type {
  BlockRecord,
  FilterRecord,
  InvitationRecord,
  NoteRecord,
  SessionRecord,
  SiteRecord,
  UserRecord,
} from '../../ports/team-store.ts';

/** A row as SQLite answers it. */
export type Row = Record<string, unknown>;

/** A workspace with its settings still as text: they are validated by the reader, on the main thread. */
export interface WorkspaceRow {
  readonly id: string;
  readonly name: string;
  readonly settings: string;
  readonly trackingInPlan: boolean;
  readonly createdAt: number;
}

export const workspaceOf = (r: Row): WorkspaceRow => ({
  id: text(r, 'id'),
  name: text(r, 'name'),
  settings: text(r, 'settings'),
  trackingInPlan: r['tracking_in_plan'] === 1,
  createdAt: number(r, 'created_at'),
});

export const siteOf = (r: Row): SiteRecord => ({
  id: text(r, 'id'),
  workspace: text(r, 'workspace'),
  key: text(r, 'key'),
  name: text(r, 'name'),
  domain: text(r, 'domain'),
  origins: JSON.parse(text(r, 'origins')) as string[],
  params: JSON.parse(text(r, 'params')) as string[],
  hashRouting: r['hash_routing'] === 1,
  countAutomated: r['count_automated'] === 1,
  createdAt: number(r, 'created_at'),
  seenAt: r['seen_at'] === null ? null : number(r, 'seen_at'),
});

export const memberOf = (r: Row): Member => ({
  id: text(r, 'id'),
  name: text(r, 'name'),
  email: text(r, 'email'),
  role: text(r, 'role') as Role,
  createdAt: number(r, 'created_at'),
});

export const userOf = (r: Row): UserRecord => ({
  ...memberOf(r),
  workspace: text(r, 'workspace'),
  passwordHash: text(r, 'password_hash'),
});

export const sessionOf = (r: Row): SessionRecord => ({
  idHash: text(r, 'id_hash'),
  user: text(r, 'member'),
  workspace: text(r, 'workspace'),
  createdAt: number(r, 'created_at'),
  expiresAt: number(r, 'expires_at'),
  addressHash: text(r, 'address_hash'),
});

export const invitationOf = (r: Row): Invitation => ({
  id: text(r, 'id'),
  role: text(r, 'role') as Role,
  email: r['email'] === null ? null : text(r, 'email'),
  createdAt: number(r, 'created_at'),
  expiresAt: number(r, 'expires_at'),
});

export const fullInvitationOf = (r: Row): InvitationRecord => ({
  ...invitationOf(r),
  workspace: text(r, 'workspace'),
  tokenHash: text(r, 'token_hash'),
});

export const blockOf = (r: Row): BlockRecord => ({
  id: text(r, 'id'),
  workspace: text(r, 'workspace'),
  kind: text(r, 'kind') as BlockRecord['kind'],
  addressHash: text(r, 'address_hash'),
  what: text(r, 'what'),
  label: text(r, 'label'),
  until: r['ends_at'] === null ? null : number(r, 'ends_at'),
  note: text(r, 'note'),
  createdAt: number(r, 'created_at'),
  createdBy: text(r, 'created_by'),
});

export const filterOf = (r: Row): FilterRecord => ({
  id: text(r, 'id'),
  workspace: text(r, 'workspace'),
  name: text(r, 'name'),
  filter: text(r, 'filter'),
  shared: r['shared'] === 1,
  createdAt: number(r, 'created_at'),
  createdBy: text(r, 'created_by'),
});

export const noteOf = (r: Row): NoteRecord => ({
  id: text(r, 'id'),
  workspace: text(r, 'workspace'),
  visitor: text(r, 'visitor'),
  text: text(r, 'text'),
  createdAt: number(r, 'created_at'),
  createdBy: text(r, 'created_by'),
});

const text = (r: Row, column: string): string => r[column] as string;
const number = (r: Row, column: string): number => r[column] as number;
