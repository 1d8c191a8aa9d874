import type { lookup as resolve } from 'node:dns';
import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../adapters/fake-clock.ts';
import { type ATeam, aTeam, join, setUp } from '../team/team.testkit.ts';
import { isPushEndpoint, postOverHttps } from './post.ts';
import { isPublicAddress } from './public-address.ts';
import { aPushService, CERTIFICATE, checkVapid, FakeBrowser } from './push.testkit.ts';
import { Pushes, type PushNote } from './pushes.ts';
import { newVapidKey, Vapid } from './vapid.ts';

let stores: ATeam;
let W: string;
let anna: string;
let ben: string;
let service: Awaited<ReturnType<typeof aPushService>>;
beforeAll(async () => {
  stores = await aTeam();
  const owner = await setUp(stores);
  W = owner.actor.workspace;
  anna = owner.actor.user.id;
  ben = (await join(stores, owner, 'agent', 'Ben')).actor.user.id;
});
afterAll(() => stores.dispose());
let clock: FakeClock;
let here: Set<string>;
let troubles: object[];
let pushes: Pushes;
beforeEach(async () => {
  service = await aPushService();
  clock = new FakeClock();
  here = new Set();
  troubles = [];
  pushes = somePushes();
});
afterEach(async () => {
  pushes.stop();
  for (const user of [anna, ben])
    for (const { id } of await stores.notices.pushDevices({ workspace: W, user }))
      await stores.notices.deletePushDevice({ workspace: W, user, id });
  await service.close();
});

const mayAsk = (address: string): boolean => address === '127.0.0.1' || isPublicAddress(address);
const somePushes = () =>
  new Pushes({
    store: stores.notices,
    clock,
    vapid: new Vapid(newVapidKey(), 'https://foyer.example'),
    post: postOverHttps({ clock, mayAsk, ca: CERTIFICATE }),
    mayAsk,
    here: (_, user) => here.has(user),
    random: () => Math.floor(Math.random() * 2 ** 32),
    onTrouble: (what, detail) => troubles.push({ what, ...detail }),
  });
const aNote = (over: Partial<PushNote> = {}): PushNote => ({
  kind: 'word',
  title: 'Eva',
  body: 'Hello?',
  conversation: 'c1',
  tag: 'chat:c1',
  ttlS: 600,
  urgency: 'high',
  ...over,
});
async function aBrowser(user = anna, path = '/one', over = {}) {
  const browser = new FakeBrowser();
  const device = await pushes.subscribe({ workspace: W, user }, browser.subscription(service.origin + path, over));
  if (device === 'bad_endpoint') throw new Error('refused');
  return Object.assign(browser, { device });
}
const idle = () => pushes.idle();
const devices = async (user = anna) => (await stores.notices.pushDevices({ workspace: W, user })).length;

describe('an agent without a page', () => {
  it('[PU4] is told in every browser of theirs, encrypted, signed, with TTL, urgency and topic', async () => {
    const [phone, laptop] = [await aBrowser(anna, '/phone'), await aBrowser(anna, '/laptop')];
    await aBrowser(ben, '/bens');
    pushes.tell(W, anna, aNote());
    await idle();
    expect(service.pushed.map(({ path }) => path).sort((a, b) => a.localeCompare(b))).toEqual(['/laptop', '/phone']);
    for (const [path, browser] of [
      ['/phone', phone],
      ['/laptop', laptop],
    ] as const) {
      const { headers, body } = service.pushed.find((one) => one.path === path)!;
      expect(browser.read(body)).toEqual({ title: 'Eva', body: 'Hello?', conversation: 'c1', tag: 'chat:c1' });
      expect(headers).toMatchObject({ ttl: '600', urgency: 'high', 'content-encoding': 'aes128gcm' });
      expect(headers['topic']).toMatch(/^[\w-]{1,32}$/);
      const checked = checkVapid(String(headers['authorization']), { origin: service.origin, now: clock.now() });
      expect([checked.ok, checked.key]).toEqual([true, pushes.key]);
    }
    expect(troubles).toEqual([]);
  });

  it('[PU5] with a page open anywhere is not, also when it opens while the note waits', async () => {
    await aBrowser();
    here.add(anna);
    pushes.tell(W, anna, aNote());
    await idle();
    expect(service.pushed).toEqual([]);
    here.delete(anna);
    pushes.tell(W, anna, aNote());
    pushes.tell(W, anna, aNote({ body: 'later' }));
    here.add(anna);
    clock.advance(15_000);
    await idle();
    expect(service.pushed).toHaveLength(1);
  });

  it('[PU6] hears of one thing at most every 15 s, and then the latest; of another thing at once', async () => {
    const browser = await aBrowser();
    for (let i = 1; i <= 10; i++) pushes.tell(W, anna, aNote({ body: `line ${i}` }));
    pushes.tell(W, anna, aNote({ body: 'other', conversation: 'c2', tag: 'chat:c2' }));
    await idle();
    const said = () => service.pushed.map(({ body }) => browser.read(body).body).sort((a, b) => a.localeCompare(b));
    expect(said()).toEqual(['line 1', 'other']);
    clock.advance(15_000);
    await idle();
    expect(said()).toEqual(['line 1', 'line 10', 'other']);
    clock.advance(60_000);
    await idle();
    expect(service.pushed).toHaveLength(3);
  });

  it('[PU4] what has no words says what it is in the agent’s language; what is long is cut, on one line', async () => {
    const browser = await aBrowser(anna, '/de', { lang: 'de' });
    pushes.tell(W, anna, aNote({ kind: 'chat', body: '', title: `${'é'.repeat(200)}` }));
    pushes.tell(W, anna, aNote({ tag: 'b', body: `a\r\n\u0000b ${'👋'.repeat(200)}` }));
    await idle();
    const messages = service.pushed.map(({ body }) => browser.read(body));
    const empty = messages.find(({ tag }) => tag === 'chat:c1')!;
    expect([empty.body, empty.title.length]).toEqual(['Neuer Chat', 80]);
    const long = messages.find(({ tag }) => tag === 'b')!.body;
    expect([long.startsWith('a b 👋'), long.length <= 140, long.isWellFormed()]).toEqual([true, true, true]);
  });
});

describe('a browser', () => {
  it.each([404, 410])('[PU7] that is gone (%i) is forgotten', async (status) => {
    await aBrowser();
    service.answer = { status, headers: {} };
    pushes.tell(W, anna, aNote());
    await idle();
    expect(await devices()).toBe(0);
    pushes.tell(W, anna, aNote({ tag: 'x' }));
    await idle();
    expect(service.pushed).toHaveLength(1);
  });

  it('[PU7] whose service is busy is told later, as it asks; after three attempts not any more', async () => {
    await aBrowser();
    service.answer = { status: 503, headers: { 'retry-after': '20' } };
    pushes.tell(W, anna, aNote());
    await idle();
    clock.advance(19_000);
    await idle();
    expect(service.pushed).toHaveLength(1);
    clock.advance(2_000);
    await idle();
    expect(service.pushed).toHaveLength(2);
    clock.advance(30_000);
    await idle();
    clock.advance(600_000);
    await idle();
    expect([service.pushed.length, await devices(), troubles]).toEqual([
      3,
      1,
      [{ what: 'a push could not be delivered', host: `127.0.0.1:${service.port}`, status: 503 }],
    ]);
  });

  it('[PU7] whose service refuses stays, and the operator is told once for each', async () => {
    await aBrowser();
    service.answer = { status: 403, headers: {} };
    pushes.tell(W, anna, aNote());
    await idle();
    expect([service.pushed.length, await devices(), troubles.length]).toEqual([1, 1, 1]);
  });

  it('[PU8] belongs to who subscribed with it last, and can be taken away', async () => {
    const { device } = await aBrowser(anna, '/shared');
    const bens = await aBrowser(ben, '/shared');
    expect([await devices(anna), await devices(ben), bens.device.id]).toEqual([0, 1, device.id]);
    pushes.tell(W, anna, aNote());
    await idle();
    expect(service.pushed).toEqual([]);
    expect(await pushes.remove({ workspace: W, user: anna, id: device.id })).toBe(false);
    expect(await pushes.remove({ workspace: W, user: ben, id: device.id })).toBe(true);
    pushes.tell(W, ben, aNote());
    await idle();
    expect(service.pushed).toEqual([]);
  });
});

describe('where a push may go', () => {
  it.each([
    'http://push.example.com/x',
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://[::ffff:10.0.0.1]/x',
    'https://10.1.2.3/x',
    'https://169.254.169.254/latest/meta-data',
    'https://2130706433/x',
    'https://0x7f.1/x',
    'https://localhost/x',
    'https://intranet/x',
    'https://user:secret@push.example.com/x',
    'https://[64:ff9b::7f00:1]/x',
    'https://[2002:7f00:1::]/x',
    'ftp://push.example.com',
    'nonsense',
  ])('[PU9] %s is refused', async (endpoint) => {
    expect(isPushEndpoint(endpoint)).toBe(false);
    const strict = new Pushes({
      store: stores.notices,
      clock,
      vapid: new Vapid(newVapidKey(), 'mailto:a@b.example'),
      post: () => Promise.reject(new Error('asked')),
      here: () => false,
      random: () => 1,
      onTrouble: () => undefined,
    });
    expect(await strict.subscribe({ workspace: W, user: anna }, new FakeBrowser().subscription(endpoint))).toBe('bad_endpoint');
  });

  it.each([
    'https://fcm.googleapis.com/fcm/send/x',
    'https://updates.push.services.mozilla.com/wpush/v2/x',
    'https://8.8.8.8/x',
    'https://[2606:4700::1]/x',
  ])('[PU9] %s is not', (endpoint) => expect(isPushEndpoint(endpoint)).toBe(true));

  it('[PU9] a name that leads inside is not asked, whatever was checked when it was taken', async () => {
    const leads = (...to: string[]): typeof resolve =>
      ((_: string, __: object, answer: (failure: null, found: { address: string; family: number }[]) => void) =>
        answer(
          null,
          to.map((address) => ({ address, family: 4 })),
        )) as typeof resolve;
    const push = { endpoint: `https://push.test:${service.port}/x`, headers: {}, body: Buffer.from('x') };
    for (const inside of [leads('127.0.0.1'), leads('8.8.8.8', '10.0.0.1'), leads()])
      await expect(postOverHttps({ clock, ca: CERTIFICATE, resolve: inside })(push)).rejects.toThrow('not on the public internet');
    expect(service.pushed).toEqual([]);
    expect(await postOverHttps({ clock, mayAsk, ca: CERTIFICATE, resolve: leads('127.0.0.1') })(push)).toMatchObject({ status: 201 });
    await expect(postOverHttps({ clock })({ ...push, endpoint: `https://127.0.0.1:${service.port}/x` })).rejects.toThrow(
      'not a public https address',
    );
    expect(service.pushed).toHaveLength(1);
  });

  it('[PU9] a redirect is not followed, and a certificate that nobody knows is refused', async () => {
    const push = { endpoint: `${service.origin}/x`, headers: {}, body: Buffer.from('x') };
    service.answer = { status: 302, headers: { location: `${service.origin}/elsewhere` } };
    expect(await postOverHttps({ clock, mayAsk, ca: CERTIFICATE })(push)).toEqual({ status: 302, retryAfterMs: 0 });
    expect(service.pushed).toHaveLength(1);
    await expect(postOverHttps({ clock, mayAsk })(push)).rejects.toThrow();
    expect(service.pushed).toHaveLength(1);
  });

  it('[PU10] a service that does not answer is given up after 10 s', async () => {
    service.answer = { status: 201, headers: {} };
    const silent = createServer(() => undefined);
    await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
    const { port } = silent.address() as { port: number };
    const connected = new Promise((met) => silent.once('connection', met));
    const answer = postOverHttps({ clock, mayAsk })({ endpoint: `https://127.0.0.1:${port}/`, headers: {}, body: Buffer.alloc(1) });
    await Promise.all([expect(answer).rejects.toThrow('no answer within 10 s'), connected.then(() => clock.advance(10_000))]);
    await new Promise((closed) => silent.close(closed));
  });
});
