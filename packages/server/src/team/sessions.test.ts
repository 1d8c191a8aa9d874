import { readFileSync, readdirSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sessionCookie, tokenOf } from './session-cookie.ts';
import type { SessionEnd, SignedIn } from './sessions.ts';
import { type ATeam, aTeam, cookieOf, DAY_MS, join, PASSWORD, setUp } from './team.testkit.ts';
import { hashOf } from './tokens.ts';

let t: ATeam;
let owner: SignedIn;
const ends: SessionEnd[] = [];

beforeEach(async () => {
  t = await aTeam();
  owner = await setUp(t);
  ends.length = 0;
  t.sessions.onEnded((end) => ends.push(end));
});
afterEach(() => t.dispose());

const login = (over: Partial<{ email: string; password: string; addressHash: string }> = {}) =>
  t.sessions.login({ email: 'olga@fernhill.test', password: PASSWORD, addressHash: 'here', ...over });

test('[TM5] the right e-mail and password make a session, which its cookie names', async () => {
  const done = await login();
  if (!done.ok) throw new Error('the login was refused');
  const { actor, token, maxAgeS } = done.value;
  expect(actor).toEqual({
    user: { id: owner.actor.user.id, name: 'Olga', email: 'olga@fernhill.test' },
    session: hashOf(token),
    workspace: owner.actor.workspace,
    role: 'owner',
  });
  expect(maxAgeS).toBe(30 * 86_400);
  expect(token).not.toBe(owner.token);
  expect(await t.sessions.authenticate(`theme=dark; foyer_session=${token}; x=y`)).toEqual(actor);
});

test('[TM5] neither a token nor a password is in any file of the store', () => {
  const files = readdirSync(t.dataDir).map((name) => readFileSync(joinPath(t.dataDir, name), 'latin1'));
  expect(files.some((file) => file.includes(hashOf(owner.token)))).toBe(true);
  expect(files.some((file) => file.includes(owner.token) || file.includes(PASSWORD))).toBe(false);
});

test('[TM5] the cookie is for this host only, unseen by scripts, and for https when there is https', () => {
  expect(sessionCookie({ token: 't', maxAgeS: 60, secure: false })).toBe('foyer_session=t; Path=/; Max-Age=60; HttpOnly; SameSite=Lax');
  expect(sessionCookie({ token: 't', maxAgeS: 60, secure: true })).toBe(
    'foyer_session=t; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure',
  );
});

test('[TM6] an unknown e-mail is refused with the same words as a wrong password', async () => {
  expect(await login({ email: 'nobody@fernhill.test' })).toEqual({ ok: false, error: { code: 'bad_credentials' } });
  expect(await login({ password: 'wrong password' })).toEqual({ ok: false, error: { code: 'bad_credentials' } });
});

test('[TM7] one account tried from many addresses is slowed down, the right password too, until the wait is over', async () => {
  for (let i = 0; i < 6; i++) await login({ password: 'wrong password', addressHash: `from-${i}` });
  expect(await login({ addressHash: 'fresh' })).toEqual({ ok: false, error: { code: 'too_many_tries', retryAfterMs: 1_000 } });
  t.clock.advance(1_000);
  expect((await login({ addressHash: 'fresh' })).ok).toBe(true);
  expect(await login({ password: 'wrong password', addressHash: 'fresh' })).toEqual({ ok: false, error: { code: 'bad_credentials' } });
  expect((await login({ addressHash: 'fresh' })).ok).toBe(true);
});

test('[TM7] one address that tries many accounts is slowed down, and nobody else is', async () => {
  for (let i = 0; i < 6; i++) await login({ email: `user${i}@fernhill.test`, addressHash: 'attacker' });
  expect(await login({ addressHash: 'attacker' })).toMatchObject({ ok: false, error: { code: 'too_many_tries' } });
  expect((await login({ addressHash: 'elsewhere' })).ok).toBe(true);
});

test('[TM8] a session that is used every week lives; unused for 30 days it ends', async () => {
  for (let week = 0; week < 10; week++) {
    t.clock.jump(7 * DAY_MS);
    expect(await t.sessions.authenticate(cookieOf(owner))).not.toBeNull();
  }
  t.clock.jump(30 * DAY_MS - 1);
  expect(await t.sessions.authenticate(cookieOf(owner))).not.toBeNull();
  t.clock.jump(30 * DAY_MS);
  expect(await t.sessions.authenticate(cookieOf(owner))).toBeNull();
});

test('[TM8] after a year a session ends however much it is used', async () => {
  for (let day = 1; day < 365; day++) {
    t.clock.jump(DAY_MS);
    expect(await t.sessions.authenticate(cookieOf(owner))).not.toBeNull();
  }
  t.clock.jump(DAY_MS);
  expect(await t.sessions.authenticate(cookieOf(owner))).toBeNull();
});

test('[TM9] a logout is told with its session, and that session alone ends', async () => {
  const second = await login();
  if (!second.ok) throw new Error('the login was refused');
  await t.sessions.logout(owner.actor);
  expect(ends).toEqual([{ session: owner.actor.session, why: 'logout' }]);
  expect(await t.sessions.authenticate(cookieOf(owner))).toBeNull();
  expect(await t.sessions.authenticate(cookieOf(second.value))).not.toBeNull();
});

test('[TM9] an expiry is told within a second of it, once', () => {
  t.clock.jump(30 * DAY_MS - 2_000);
  t.clock.advance(1_999);
  expect(ends).toEqual([]);
  t.clock.advance(1_000);
  expect(ends).toEqual([{ session: owner.actor.session, why: 'expired' }]);
  t.clock.advance(60_000);
  expect(ends).toHaveLength(1);
});

test('[TM9] a removed member and a changed role are told with the user, and a removed one is not told of again', async () => {
  const anna = await join(t, owner, 'agent', 'Anna');
  await t.team.setRole(owner.actor, anna.actor.user.id, 'admin');
  await t.team.remove(owner.actor, anna.actor.user.id);
  expect(ends).toEqual([
    { user: anna.actor.user.id, why: 'role' },
    { user: anna.actor.user.id, why: 'removed' },
  ]);
  expect(await t.sessions.authenticate(cookieOf(anna))).toBeNull();
  t.clock.jump(31 * DAY_MS);
  t.clock.advance(1_000);
  expect(ends.filter(({ why }) => why === 'expired')).toEqual([{ session: owner.actor.session, why: 'expired' }]);
});

test('[TM10] a changed role holds for the next request of the same session', async () => {
  const anna = await join(t, owner, 'agent', 'Anna');
  expect((await t.sessions.authenticate(cookieOf(anna)))?.role).toBe('agent');
  await t.team.setRole(owner.actor, anna.actor.user.id, 'admin');
  expect((await t.sessions.authenticate(cookieOf(anna)))?.role).toBe('admin');
});

test.each([
  ['no header', null],
  ['an empty one', ''],
  ['another cookie', 'other=1'],
  ['a short token', 'foyer_session=abc'],
  ['a token with a quote', `foyer_session=${'a'.repeat(42)}'`],
  ['a token nobody was given', `foyer_session=${'a'.repeat(43)}`],
])('[TM11] %s opens nothing', async (_, header) => {
  expect(await t.sessions.authenticate(header)).toBeNull();
});

test('[TM11] two session cookies open nothing, because a neighbouring host may have planted one', () => {
  expect(tokenOf(`${cookieOf(owner)}; ${cookieOf(owner)}`)).toBeNull();
  expect(tokenOf(cookieOf(owner))).toBe(owner.token);
});
