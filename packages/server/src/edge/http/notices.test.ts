import type { Alert, MailSettings, PushDevice } from '@foyer/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../team/sessions.ts';
import { auditOf } from '../../team/team.testkit.ts';
import { anHttpEdge, codeOf, type HttpEdge } from './http.testkit.ts';

let t: HttpEdge;
let anna: SignedIn;
let bert: SignedIn;
let far: SignedIn;
beforeAll(async () => {
  t = await anHttpEdge();
  [anna, bert, far] = [await t.join('agent', 'Anna'), await t.join('agent', 'Bert'), await t.elsewhere()];
});
afterAll(() => t.dispose());

describe('alerts', () => {
  const anAlert = { name: 'Checkout', kind: 'page', filter: 'page:/checkout', site: '', sound: true, notify: true, enabled: true };
  const list = async (as: SignedIn) => (await t.call('GET /api/v1/alerts', { as })).body as Alert[];
  const add = (body: object, as = anna) => t.call('POST /api/v1/alerts', { as, body: { ...anAlert, ...body } });

  it('[CR15] are one’s own: nobody else sees, changes or deletes them', async () => {
    const made = (await add({ site: t.site.id, name: ' <b>VIP</b> ' })).body as Alert;
    expect(made).toEqual({ ...anAlert, id: made.id, name: '<b>VIP</b>', site: t.site.id, createdAt: t.clock.now() });
    expect([await list(anna), await list(bert), await list(t.owner), await list(far)]).toEqual([[made], [], [], []]);
    for (const as of [bert, t.owner, far]) {
      expect((await t.call(`PATCH /api/v1/alerts/${made.id}`, { as, body: { enabled: false } })).status).toBe(404);
      expect((await t.call(`DELETE /api/v1/alerts/${made.id}`, { as })).status).toBe(404);
    }
    const after = (await t.call(`PATCH /api/v1/alerts/${made.id}`, { as: anna, body: { enabled: false } })).body;
    expect(after).toEqual({ ...made, enabled: false });
    expect((await t.call(`DELETE /api/v1/alerts/${made.id}`, { as: anna })).status).toBe(204);
    expect(await list(anna)).toEqual([]);
    expect(t.told.filter((one) => one === `alerts ${anna.actor.workspace}`)).toHaveLength(3);
  });

  it.each([
    [{ filter: 'country:' }, 'a filter that says nothing yet'],
    [{ filter: '-' }, 'a filter without a word'],
    [{ filter: '' }, 'a page alert without a page'],
    [{ filter: `page:${'x'.repeat(500)}` }, 'a filter that is too long'],
    [{ kind: 'chat' }, 'a chat alert with a filter'],
    [{ site: 'far-site' }, "another workspace's site"],
    [{ kind: 'mail' }, 'an unknown kind'],
    [{ name: '' }, 'no name'],
    [{ sound: 'loud' }, 'a sound that is no yes or no'],
  ])('[CR15] %j is 422: %s', async (body, _why) => {
    expect((await add(body)).status).toBe(422);
  });

  it('[CR15] a filter by what the role may not see is refused, also when it is changed later', async () => {
    expect((await add({ filter: 'ip:203.0.113.' })).status).toBe(422);
    const owner = (await add({ filter: 'ip:203.0.113.' }, t.owner)).body as Alert;
    expect(owner.filter).toBe('ip:203.0.113.');
    const made = (await add({})).body as Alert;
    expect((await t.call(`PATCH /api/v1/alerts/${made.id}`, { as: anna, body: { filter: 'ip:1.' } })).status).toBe(422);
    expect((await t.call(`PATCH /api/v1/alerts/${made.id}`, { as: anna, body: { kind: 'chat' } })).status).toBe(422);
    expect((await t.call(`PATCH /api/v1/alerts/${made.id}`, { as: anna, body: { kind: 'chat', filter: '' } })).status).toBe(200);
  });

  it('[CR15] are at most 20 of one agent', async () => {
    for (let i = (await list(anna)).length; i < 20; i++) expect((await add({ name: `${i}` })).status).toBe(201);
    const answer = await add({});
    expect([answer.status, codeOf(answer)]).toEqual([409, 'too_many']);
    expect((await add({}, bert)).status).toBe(201);
  });
});

describe('push', () => {
  const keys = { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) };
  const subscribe = (body: unknown, as = anna) => t.call('POST /api/v1/push/devices', { as, body });

  it('[CR16] one’s own browsers are listed without their keys, and taken off by nobody else', async () => {
    expect((await t.call('GET /api/v1/push/key', { as: anna })).body).toEqual({ key: 'public-key' });
    const made = (await subscribe({ endpoint: 'https://push.example/abc', keys, label: ' Firefox ', lang: 'de' })).body as PushDevice;
    expect(made).toEqual({ id: made.id, label: 'Firefox', endpoint: 'https://push.example/abc', createdAt: 1 });
    const list = async (as: SignedIn) => (await t.call('GET /api/v1/push/devices', { as })).body;
    expect([await list(anna), await list(bert), await list(far)]).toEqual([[made], [], []]);
    for (const as of [bert, far]) expect((await t.call(`DELETE /api/v1/push/devices/${made.id}`, { as })).status).toBe(404);
    expect((await t.call(`DELETE /api/v1/push/devices/${made.id}`, { as: anna })).status).toBe(204);
    expect(await list(anna)).toEqual([]);
  });

  it.each([
    { endpoint: 'http://push.example/abc', keys },
    { endpoint: 'https://localhost/abc', keys },
    { endpoint: 'javascript:alert(1)', keys },
    { endpoint: `https://push.example/${'x'.repeat(1_000)}`, keys },
    { endpoint: 'https://push.example/abc', keys: { ...keys, auth: 'short' } },
    { endpoint: 'https://push.example/abc', keys: { ...keys, p256dh: '<'.repeat(87) } },
    { endpoint: 'https://push.example/abc' },
  ])('[CR16] %j is 422', async (body) => {
    expect((await subscribe(body)).status).toBe(422);
  });
});

describe('mail', () => {
  const options = {
    host: 'smtp.example',
    port: 465,
    security: 'tls',
    user: 'foyer',
    password: 's3cret',
    fromName: 'Shop',
    fromEmail: 'Shop@Example.com',
  };
  const put = (body: object, as = t.owner) => t.call('PUT /api/v1/mail', { as, body: { ...options, ...body } });
  const test = () => t.call('POST /api/v1/mail/test', { as: t.owner, body: { to: 'olga@fernhill.test' } });

  it('[CR17] is set by leads; the password is never answered nor noted', async () => {
    expect([(await test()).status, codeOf(await test())]).toEqual([409, 'mail_off']);
    const saved = await put({});
    expect(saved.body).toMatchObject({ configured: true, host: 'smtp.example', hasPassword: true, fromEmail: 'shop@example.com' });
    expect((await t.call('GET /api/v1/mail', { as: t.owner })).body).toEqual(saved.body as MailSettings);
    expect(JSON.stringify([saved.body, auditOf(t.dataDir)])).not.toContain('s3cret');
    expect(auditOf(t.dataDir).at(-1)).toMatchObject({ action: 'mail.set', detail: 'smtp.example:465, tls, from shop@example.com' });
  });

  it.each([
    { host: '' },
    { port: 0 },
    { port: 65_536 },
    { security: 'maybe' },
    { fromEmail: 'shop' },
    { fromEmail: 'a@b.c\nBcc: x@y.z' },
    { password: 7 },
    { extra: 1 },
  ])('[CR17] %j is 422', async (body) => {
    expect((await put(body)).status).toBe(422);
  });

  it('[CR17] a test says what the mail server said, five times and then in a while', async () => {
    t.clock.advance(600_000);
    expect((await test()).status).toBe(204);
    t.mailer.fails = '535 Authentication failed';
    const answer = await test();
    expect([answer.status, codeOf(answer), (answer.body as { error: { message: string } }).error.message]).toEqual([
      502,
      'mail_failed',
      '535 Authentication failed',
    ]);
    for (let i = 0; i < 3; i++) await test();
    expect([(await test()).status, (await test()).headers.get('retry-after')]).toEqual([429, '20']);
    expect((await t.call('DELETE /api/v1/mail', { as: t.owner })).status).toBe(204);
    expect((await t.call('GET /api/v1/mail', { as: t.owner })).body).toMatchObject({ configured: false });
  });
});
