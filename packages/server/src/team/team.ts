/** Members and invitations of a workspace. Whoever calls has checked that the actor may manage the team. Rules TM15–TM19. */
import { fail, mayManage, ok, type Result } from '@foyer/domain';
import type { Invitation, InviteState, Member, Role } from '@foyer/protocol';
import type { Clock } from '../ports/clock.ts';
import type { TeamStore } from '../ports/team-store.ts';
import type { Directory } from './directory.ts';
import type { Passwords } from './passwords.ts';
import type { Actor, Sessions, SignedIn } from './sessions.ts';
import { freshId, hashOf, newToken } from './tokens.ts';

export interface TeamDeps {
  readonly store: TeamStore;
  readonly directory: Directory;
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  readonly clock: Clock;
}
export type TeamRefusal = 'not_found' | 'not_allowed' | 'last_owner';
export type AcceptRefusal = 'used_or_expired' | 'other_email' | 'email_taken' | 'busy';

/** Long enough for a holiday week; an old mail in somebody's archive opens nothing. */
const INVITATION_MS = 7 * 86_400_000;

export class Team {
  readonly #deps: TeamDeps;

  constructor(deps: TeamDeps) {
    this.#deps = deps;
  }

  members(workspace: string): Promise<Member[]> {
    return this.#deps.store.members(workspace);
  }

  async setRole(actor: Actor, user: string, role: Role): Promise<Result<Member, TeamRefusal>> {
    const { store, directory, sessions } = this.#deps;
    const member = await this.#member(actor.workspace, user);
    if (member === null) return fail('not_found');
    if (!mayManage(actor.role, member.role) || !mayManage(actor.role, role)) return fail('not_allowed');
    if (member.role === role) return ok(member);
    const done = await store.setRole({ workspace: actor.workspace, user, role });
    if (done !== true) return fail(done.conflict === 'last_owner' ? 'last_owner' : 'not_found');
    await sessions.userChanged({ user, workspace: actor.workspace, why: 'role' });
    await this.#changed(actor, 'team.role', `${member.email}: ${member.role} → ${role}`);
    directory.teamChanged(actor.workspace);
    return ok({ ...member, role });
  }

  async remove(actor: Actor, user: string): Promise<Result<true, TeamRefusal>> {
    const { store, directory, sessions } = this.#deps;
    const member = await this.#member(actor.workspace, user);
    if (member === null) return fail('not_found');
    if (!mayManage(actor.role, member.role)) return fail('not_allowed');
    const done = await store.removeMember({ workspace: actor.workspace, user });
    if (done !== true) return fail(done.conflict === 'last_owner' ? 'last_owner' : 'not_found');
    await sessions.userChanged({ user, workspace: actor.workspace, why: 'removed' });
    await this.#changed(actor, 'team.remove', member.email);
    directory.teamChanged(actor.workspace);
    return ok(true);
  }

  invitations(workspace: string): Promise<Invitation[]> {
    return this.#deps.store.invitations({ workspace, now: this.#deps.clock.now() });
  }

  /** `path`: path and fragment of the link; it is shown once, the store keeps a hash. */
  async invite(
    actor: Actor,
    q: { role: 'admin' | 'agent'; email?: string | undefined },
  ): Promise<{ invitation: Invitation; path: string }> {
    const now = this.#deps.clock.now();
    const token = newToken();
    const invitation: Invitation = {
      id: freshId(now),
      role: q.role,
      email: q.email ?? null,
      createdAt: now,
      expiresAt: now + INVITATION_MS,
    };
    await this.#deps.store.putInvitation({ ...invitation, workspace: actor.workspace, tokenHash: hashOf(token) });
    await this.#changed(actor, 'team.invite', `${q.role}${q.email === undefined ? '' : ` ${q.email}`}`);
    this.#deps.directory.teamChanged(actor.workspace);
    return { invitation, path: `/invite#token=${token}` };
  }

  /** Answers whether there was one. */
  async withdraw(actor: Actor, id: string): Promise<boolean> {
    const open = await this.invitations(actor.workspace);
    const invitation = open.find((each) => each.id === id);
    if (invitation === undefined) return false;
    await this.#deps.store.deleteInvitation({ workspace: actor.workspace, id });
    await this.#changed(actor, 'team.withdraw', `${invitation.role}${invitation.email === null ? '' : ` ${invitation.email}`}`);
    this.#deps.directory.teamChanged(actor.workspace);
    return true;
  }

  /** null: used, withdrawn, expired, or never made. */
  async look(token: string): Promise<InviteState | null> {
    const found = await this.#deps.store.invitationByToken({ tokenHash: hashOf(token), now: this.#deps.clock.now() });
    return found === null ? null : { workspace: found.workspaceName, role: found.role, email: found.email, expiresAt: found.expiresAt };
  }

  async accept(
    q: { token: string; name: string; email: string; password: string },
    addressHash: string,
  ): Promise<Result<SignedIn, AcceptRefusal>> {
    const { store, directory, sessions, passwords, clock } = this.#deps;
    // Before the hash, so that a guessed token costs a look-up and no more.
    const invitation = await this.look(q.token);
    if (invitation === null) return fail('used_or_expired');
    if (invitation.email !== null && invitation.email !== q.email) return fail('other_email');
    const passwordHash = await passwords.hash(q.password);
    if (passwordHash === null) return fail('busy');
    const now = clock.now();
    const user = await store.acceptInvitation({
      tokenHash: hashOf(q.token),
      now,
      user: { id: freshId(now), name: q.name, email: q.email, createdAt: now, passwordHash },
    });
    if ('conflict' in user) return fail(user.conflict === 'email_taken' ? 'email_taken' : 'used_or_expired');
    await store.audit({ workspace: user.workspace, user: user.id, at: now, action: 'team.join', detail: `${user.email}: ${user.role}` });
    directory.teamChanged(user.workspace);
    return ok(await sessions.begin(user, addressHash));
  }

  async #member(workspace: string, id: string): Promise<Member | null> {
    return (await this.#deps.store.members(workspace)).find((member) => member.id === id) ?? null;
  }

  #changed(actor: Actor, action: string, detail: string): Promise<void> {
    return this.#deps.store.audit({ workspace: actor.workspace, user: actor.user.id, at: this.#deps.clock.now(), action, detail });
  }
}
