import { afterAll, beforeAll, expect, test } from 'vitest';
import { Outage } from '../../ports/outage.ts';
import { anHttpEdge, codeOf, type HttpEdge } from './http.testkit.ts';

let t: HttpEdge;
let failure: Error | null = null;
beforeAll(async () => {
  t = await anHttpEdge({
    wrap: (store) => ({ ...store, members: (workspace) => (failure === null ? store.members(workspace) : Promise.reject(failure)) }),
  });
});
afterAll(() => t.dispose());

test.each(['GET /api', 'GET /api/', 'GET /api/v1/nothing', 'PUT /api/v1/sites', 'POST /api/v2/login', 'GET /api/v1/sites/a/b/c'])(
  '[AP2] %s is 404 as JSON',
  async (target) => {
    const answer = await t.call(target, { as: t.owner });
    expect([answer.status, codeOf(answer)]).toEqual([404, 'no_route']);
  },
);

test.each([
  ['not JSON', '{"name":', 400, 'bad_json'],
  ['not UTF-8', '"\uD800', 400, 'bad_json'],
  ['not an object', '[]', 422, 'invalid'],
  ['nothing', '', 422, 'invalid'],
  ['64 kB and one', JSON.stringify({ name: 'x'.repeat(65_536 - 10) }), 413, 'too_big'],
] as const)('[AP4] a body that is %s', async (_, body, status, code) => {
  const answer = await t.call('POST /api/v1/sites', { as: t.owner, body });
  expect([answer.status, codeOf(answer)]).toEqual([status, code]);
});

test('[AP4] 64 kB are read; more are not, whatever the length header says', async () => {
  const fits = JSON.stringify({ name: 'x'.repeat(65_536 - 11) });
  expect(fits).toHaveLength(65_536);
  expect((await t.call('POST /api/v1/sites', { as: t.owner, body: fits })).status).toBe(422);
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 16_384;
      controller.enqueue(new Uint8Array(16_384).fill(32));
    },
  });
  const request = new Request('http://foyer.test/api/v1/login', { method: 'POST', body: endless, duplex: 'half' });
  expect((await t.app.request(request)).status).toBe(413);
  expect(sent).toBeLessThanOrEqual(65_536 + 3 * 16_384);
});

test('[AP4] what is wrong is told by field', async () => {
  const answer = await t.call('POST /api/v1/setup', {
    body: { token: 't', workspace: '', name: 'Olga', email: 'olga', password: 'short', site: { name: 'x' }, extra: 1 },
  });
  expect(answer.status).toBe(422);
  const { fields } = (answer.body as { error: { fields: Record<string, string> } }).error;
  expect(Object.keys(fields).sort()).toEqual(['email', 'extra', 'password', 'site.domain', 'workspace']);
});

test.each([
  ['GET /api/v1/request-log?limit=many&colour=red', undefined, { limit: 'a whole number is needed', colour: 'is not known here' }],
  ['GET /api/v1/analytics/overview?period=14d', undefined, { period: 'must be one of: today, 7d, 30d, 90d, own' }],
  [
    'POST /api/v1/sites',
    { name: 'x'.repeat(300), extra: 1 },
    { name: 'at most 120 characters', domain: 'is needed', extra: 'is not known here' },
  ],
  ['POST /api/v1/sites', { name: 5, domain: ['a'] }, { name: 'must be a text', domain: 'must be a text' }],
  ['PATCH /api/v1/settings', { tracking: 'yes', ipMask: 'none' }, { tracking: 'must be true or false' }],
] as const)('[AP4] what is wrong is a sentence for people: %s %j', async (target, body, fields) => {
  const answer = await t.call(target, { as: t.owner, ...(body ? { body } : {}) });
  const said = (answer.body as { error: { message: string; fields: Record<string, string> } }).error;
  expect(said.fields).toMatchObject(fields);
  expect(said.message).not.toMatch(/Expected|received|Invalid /);
});

test('[AP4] an unknown or malformed query parameter is told by name', async () => {
  const answer = await t.call('GET /api/v1/visitors?limit=many&colour=red', { as: t.owner });
  expect(Object.keys((answer.body as { error: { fields: Record<string, string> } }).error.fields).sort()).toEqual(['colour', 'limit']);
});

test('[AP19] an outage is 503 with Retry-After, logged when it starts and when it ends', async () => {
  t.logged.length = 0;
  failure = new Outage('core.db is away: SQLITE_IOERR at /data/core.db');
  for (let i = 0; i < 5; i++) {
    const answer = await t.call('GET /api/v1/team', { as: t.owner });
    expect([answer.status, codeOf(answer), answer.headers.get('retry-after')]).toEqual([503, 'unavailable', '2']);
    expect(JSON.stringify(answer.body)).not.toContain('SQLITE');
  }
  failure = null;
  expect((await t.call('GET /api/v1/team', { as: t.owner })).status).toBe(200);
  await t.call('GET /api/v1/team', { as: t.owner });
  expect(t.logged.map(({ msg }) => msg)).toEqual(['the store is away: requests are answered with 503', 'the store is back']);
});

test('[AP19] a bug is 500 and logged each time, [AP2] and the answer says nothing of it', async () => {
  t.logged.length = 0;
  failure = new TypeError('secret detail');
  for (let i = 0; i < 2; i++) {
    const answer = await t.call('GET /api/v1/team', { as: t.owner });
    expect([answer.status, codeOf(answer)]).toEqual([500, 'fault']);
    expect(JSON.stringify(answer.body)).not.toMatch(/secret detail|\bat\b.*\.ts/);
  }
  failure = null;
  expect(t.logged.map(({ msg }) => msg)).toEqual(['a request failed', 'a request failed']);
});

test('[AP24] the socket’s path answers 426 to plain HTTP', async () => {
  const live = await t.call('GET /api/v1/live');
  const socket = await t.call('GET /foyer.js/socket');
  expect([live.status, socket.status, codeOf(live)]).toEqual([426, 426, 'socket_only']);
});
