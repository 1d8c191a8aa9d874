import { afterEach, beforeEach, expect, test } from 'vitest';
import { PASSWORD, SETUP } from '../../team/team.testkit.ts';
import { anHttpEdge, codeOf, type HttpEdge } from './http.testkit.ts';

let t: HttpEdge;
beforeEach(async () => {
  t = await anHttpEdge();
});
afterEach(() => t.dispose());

const olga = { email: 'olga@fernhill.test', password: PASSWORD };
const cookieIn = (headers: Headers): string => headers.get('set-cookie')?.split(';')[0] ?? '';

test('[AP6] a program logs in with JSON, and the cookie opens everything that follows', async () => {
  const login = await t.call('POST /api/v1/login', { body: { email: ' Olga@Fernhill.test ', password: PASSWORD } });
  expect(login.status).toBe(200);
  expect(login.headers.get('cache-control')).toBe('no-store');
  const cookie = cookieIn(login.headers);
  const me = await t.call('GET /api/v1/me', { headers: { cookie } });
  expect(me.body).toEqual(login.body);
  expect(me.body).toMatchObject({
    user: { name: 'Olga', email: 'olga@fernhill.test' },
    role: 'owner',
    workspace: { name: 'Fernhill', trackingInPlan: true },
    sites: [{ domain: 'shop.fernhill.test' }],
    settings: { tracking: false },
    admins: ['Olga'],
    placesBy: null,
  });
  const logout = await t.call('POST /api/v1/logout', { headers: { cookie } });
  expect([logout.status, logout.body]).toEqual([204, '']);
  expect(logout.headers.get('set-cookie')).toContain('Max-Age=0');
  expect((await t.call('GET /api/v1/me', { headers: { cookie } })).status).toBe(401);
});

test('[AP6] curl without a content type is understood as well', async () => {
  const login = await t.call('POST /api/v1/login', { body: olga, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  expect(login.status).toBe(200);
});

test('[TM5] the cookie is Secure when the browser or the public URL is on https', async () => {
  const plain = await t.call('POST /api/v1/login', { body: olga });
  expect(plain.headers.get('set-cookie')).not.toContain('Secure');
  const overTls = await t.call('POST /api/v1/login', { body: olga, headers: { 'x-forwarded-proto': 'https' } });
  expect(overTls.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Lax; Secure$/);
  const behind = await anHttpEdge({ config: { publicUrl: 'https://foyer.example' } });
  const login = await behind.call('POST /api/v1/login', { body: olga });
  expect(login.headers.get('set-cookie')).toContain('; Secure');
  await behind.dispose();
});

test('[TM6] an unknown e-mail and a wrong password get the same answer', async () => {
  const wrong = await t.call('POST /api/v1/login', { body: { ...olga, password: 'wrong' } });
  const unknown = await t.call('POST /api/v1/login', { body: { ...olga, email: 'nobody@fernhill.test' } });
  expect(wrong.status).toBe(401);
  expect(unknown.body).toEqual(wrong.body);
});

test('[AP23] too many tries are 429 and say when to come back', async () => {
  for (let i = 0; i < 6; i++) await t.call('POST /api/v1/login', { body: { ...olga, password: 'wrong' } });
  const refused = await t.call('POST /api/v1/login', { body: olga });
  expect([refused.status, codeOf(refused), refused.headers.get('retry-after')]).toEqual([429, 'too_many_tries', '1']);
  t.clock.advance(1_000);
  expect((await t.call('POST /api/v1/login', { body: olga })).status).toBe(200);
});

test('[TM14] once set up, set-up is closed', async () => {
  expect((await t.call('GET /api/v1/setup')).body).toEqual({ needed: false });
  const again = await t.call('POST /api/v1/setup', { body: { ...SETUP, token: 'x'.repeat(43) } });
  expect([again.status, codeOf(again)]).toEqual([409, 'already_set_up']);
});

test('[TM16] an invitation is read and accepted from its link, and signs in', async () => {
  const made = await t.call('POST /api/v1/invitations', { as: t.owner, body: { role: 'agent', email: 'anna@fernhill.test' } });
  const link = (made.body as { link: string }).link;
  expect(link).toMatch(/^http:\/\/foyer\.test\/invite#token=/);
  const token = link.split('#token=')[1] ?? '';
  expect((await t.call('GET /api/v1/invite', { headers: { 'foyer-invite': token } })).body).toMatchObject({
    workspace: 'Fernhill',
    role: 'agent',
    email: 'anna@fernhill.test',
  });
  expect((await t.call('GET /api/v1/invite')).status).toBe(404);
  const other = await t.call('POST /api/v1/invite', {
    body: { token, name: 'Mallory', email: 'mallory@fernhill.test', password: PASSWORD },
  });
  expect([other.status, codeOf(other)]).toEqual([422, 'invalid']);
  const accepted = await t.call('POST /api/v1/invite', { body: { token, name: 'Anna', email: 'anna@fernhill.test', password: PASSWORD } });
  expect([accepted.status, (accepted.body as { role: string }).role]).toEqual([201, 'agent']);
  expect((await t.call('GET /api/v1/me', { headers: { cookie: cookieIn(accepted.headers) } })).status).toBe(200);
  expect(
    codeOf(await t.call('POST /api/v1/invite', { body: { token, name: 'Anna', email: 'anna@fernhill.test', password: PASSWORD } })),
  ).toBe('used_or_expired');
});

test('[TM28] a member who may not change settings sees no excluded addresses', async () => {
  await t.call('PATCH /api/v1/settings', { as: t.owner, body: { excludedAddresses: ['203.0.113.77'] } });
  const anna = await t.join('agent', 'Anna');
  const settingsOf = async (as: typeof anna) =>
    ((await t.call('GET /api/v1/me', { as })).body as { settings: { excludedAddresses: string[] } }).settings.excludedAddresses;
  expect(await settingsOf(anna)).toEqual([]);
  expect(await settingsOf(t.owner)).toEqual(['203.0.113.77']);
});
