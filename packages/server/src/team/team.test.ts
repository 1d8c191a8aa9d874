import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SignedIn } from './sessions.ts';
import { type ATeam, aTeam, auditOf, cookieOf, DAY_MS, join, PASSWORD } from './team.testkit.ts';

let t: ATeam;
let owner: SignedIn;
beforeEach(async () => {
  t = await aTeam({ elsewhere: true });
  const otto = await t.sessions.login({ email: 'otto@elsewhere.test', password: PASSWORD, addressHash: 'far' });
  if (!otto.ok) throw new Error('the login was refused');
  owner = otto.value;
});
afterEach(() => t.dispose());

const tokenOf = (path: string): string => path.split('#token=')[1] ?? '';
const accept = (token: string, email = 'anna@elsewhere.test') =>
  t.team.accept({ token, name: 'Anna', email, password: PASSWORD }, 'her address');

test('[TM15] an invitation works until the end of its seventh day, and not after', async () => {
  const { path, invitation } = await t.team.invite(owner.actor, { role: 'agent' });
  expect(path).toMatch(/^\/invite#token=[\w-]{43}$/);
  expect(invitation.expiresAt - invitation.createdAt).toBe(7 * DAY_MS);
  t.clock.jump(7 * DAY_MS - 1);
  expect(await t.team.look(tokenOf(path))).toEqual({ workspace: 'Elsewhere', role: 'agent', email: null, expiresAt: invitation.expiresAt });
  t.clock.advance(1);
  expect(await t.team.look(tokenOf(path))).toBeNull();
  expect(await accept(tokenOf(path))).toEqual({ ok: false, error: 'used_or_expired' });
});

test('[TM15] an invitation works once, and not when withdrawn', async () => {
  const first = await t.team.invite(owner.actor, { role: 'agent' });
  expect((await accept(tokenOf(first.path))).ok).toBe(true);
  expect(await accept(tokenOf(first.path), 'second@elsewhere.test')).toEqual({ ok: false, error: 'used_or_expired' });
  const second = await t.team.invite(owner.actor, { role: 'agent' });
  expect(await t.team.withdraw(owner.actor, second.invitation.id)).toBe(true);
  expect(await t.team.withdraw(owner.actor, second.invitation.id)).toBe(false);
  expect(await accept(tokenOf(second.path), 'third@elsewhere.test')).toEqual({ ok: false, error: 'used_or_expired' });
});

test('[TM15] one that was made for an e-mail is for that e-mail', async () => {
  const { path } = await t.team.invite(owner.actor, { role: 'agent', email: 'anna@elsewhere.test' });
  expect(await accept(tokenOf(path), 'mallory@elsewhere.test')).toEqual({ ok: false, error: 'other_email' });
  expect((await accept(tokenOf(path))).ok).toBe(true);
});

test('[TM16] accepting makes a member with the invited role, signed in', async () => {
  const { path } = await t.team.invite(owner.actor, { role: 'admin' });
  const done = await accept(tokenOf(path));
  if (!done.ok) throw new Error('the invitation was refused');
  expect((await t.sessions.authenticate(cookieOf(done.value)))?.role).toBe('admin');
  expect((await t.team.members('elsewhere')).map(({ name, role }) => `${name} ${role}`)).toEqual(['Otto owner', 'Anna admin']);
});

test('[TM16] an e-mail that has an account does not get a second one, and the invitation stays', async () => {
  const { path } = await t.team.invite(owner.actor, { role: 'agent' });
  expect(await accept(tokenOf(path), 'otto@elsewhere.test')).toEqual({ ok: false, error: 'email_taken' });
  expect(await t.team.look(tokenOf(path))).not.toBeNull();
});

test('[TM17] the last owner is neither removed nor made something else; with a second owner both go', async () => {
  const id = owner.actor.user.id;
  expect(await t.team.remove(owner.actor, id)).toEqual({ ok: false, error: 'last_owner' });
  expect(await t.team.setRole(owner.actor, id, 'admin')).toEqual({ ok: false, error: 'last_owner' });
  const anna = await join(t, owner, 'admin', 'Anna');
  expect((await t.team.setRole(owner.actor, anna.actor.user.id, 'owner')).ok).toBe(true);
  expect((await t.team.setRole(owner.actor, id, 'agent')).ok).toBe(true);
});

test('[TM1] an admin neither makes, changes nor removes an owner', async () => {
  const anna = await join(t, owner, 'admin', 'Anna');
  const bert = await join(t, owner, 'agent', 'Bert');
  const notAllowed = { ok: false, error: 'not_allowed' };
  expect(await t.team.setRole(anna.actor, owner.actor.user.id, 'agent')).toEqual(notAllowed);
  expect(await t.team.remove(anna.actor, owner.actor.user.id)).toEqual(notAllowed);
  expect(await t.team.setRole(anna.actor, bert.actor.user.id, 'owner')).toEqual(notAllowed);
  expect((await t.team.setRole(anna.actor, bert.actor.user.id, 'admin')).ok).toBe(true);
});

test('[TM19] each change of the team is in the audit log, with who made it', async () => {
  const anna = await join(t, owner, 'agent', 'Anna');
  await t.team.setRole(owner.actor, anna.actor.user.id, 'admin');
  await t.team.setRole(owner.actor, anna.actor.user.id, 'admin');
  await t.team.remove(owner.actor, anna.actor.user.id);
  const by = owner.actor.user.id;
  const at = t.clock.now();
  expect(auditOf(t.dataDir)).toEqual([
    { workspace: 'elsewhere', member: by, at, action: 'team.invite', detail: 'agent' },
    { workspace: 'elsewhere', member: anna.actor.user.id, at, action: 'team.join', detail: 'anna@fernhill.test: agent' },
    { workspace: 'elsewhere', member: by, at, action: 'team.role', detail: 'anna@fernhill.test: agent → admin' },
    { workspace: 'elsewhere', member: by, at, action: 'team.remove', detail: 'anna@fernhill.test' },
  ]);
});
