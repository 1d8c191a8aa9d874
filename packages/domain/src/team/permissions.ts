/**
 * Who may do what: one table, read by every route, every console socket and every menu.
 * Source: product.md section 10; SPEC TM1, TM2.
 */
import type { Role } from '@foyer/protocol';

const everybody: readonly Role[] = ['owner', 'admin', 'agent'];
const leads: readonly Role[] = ['owner', 'admin'];
const owners: readonly Role[] = ['owner'];

const PERMISSIONS = {
  'visitors.see': everybody,
  /** Blocking is part of handling visitors, and so is taking it back. */
  'visitors.block': everybody,
  chat: everybody,
  'reports.see': everybody,
  'team.see': everybody,
  /** What others keep for the team: shared filters, notes about visitors. One's own anybody may change. */
  'kept.manage': leads,
  'settings.change': leads,
  'sites.manage': leads,
  'team.manage': leads,
  'ownership.transfer': owners,
  'workspace.delete': owners,
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof PERMISSIONS;
export const ACTIONS = Object.keys(PERMISSIONS) as readonly Action[];

export function can(role: Role, action: Action): boolean {
  const allowed: readonly Role[] = PERMISSIONS[action];
  return allowed.includes(role);
}

/** May `actor` change or remove a member who is `target`? Nobody manages upwards: an admin never touches an owner. */
export function mayManage(actor: Role, target: Role): boolean {
  return can(actor, 'team.manage') && (target !== 'owner' || can(actor, 'ownership.transfer'));
}

const SHOWN_TO_ALL: readonly string[] = [];
const HIDDEN_FROM_AGENTS: readonly string[] = ['ip'];

/** Fields of a row or detail that this role never receives, and so can neither filter nor sort by. The same array each call: it keys shared views. */
export function maskFor(role: Role): readonly string[] {
  return role === 'agent' ? HIDDEN_FROM_AGENTS : SHOWN_TO_ALL;
}
