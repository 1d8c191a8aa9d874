import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import type { PollAnswer, VisitorPost } from '@foyer/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { FoyerProcess } from './foyer-process.ts';
import { helloOf, pageOf, tabHeaders, TabSocket, type TabSocketOptions } from './sockets.ts';

const browsing = useBrowser();
let foyer: FoyerProcess;
let owner: Account;
let key: string;
/** Somebody else on the same site, who must notice nothing. */
let bystander: TabSocket;
let bystandersVisit = '';
let bystandersPages = 1;
beforeAll(async () => {
  foyer = await FoyerProcess.start({ env: { FOYER_TRUST_PROXY: 'loopback' } });
  owner = await Account.setUp(foyer);
  ({ key } = await owner.site());
  bystander = socket({ from: '192.0.2.20' });
  bystandersVisit = (await bystander.arrive('/1')).visit;
});
afterAll(async () => {
  await foyer.dispose();
});

const socket = (more: Partial<TabSocketOptions> = {}): TabSocket =>
  new TabSocket({ origin: foyer.origin, key, from: '203.0.113.9', ...more });

/** The bystander views one more page; answers after how many ms it is there for an agent. */
async function bystanderGoesOn(): Promise<number> {
  const fromMs = performance.now();
  const pages = ++bystandersPages;
  bystander.say({ t: 'page', ...pageOf(pages, `/${pages}`) });
  await expect
    .poll(() => owner.get(`/visitors/${bystandersVisit}`), { interval: 10, timeout: 5_000 })
    .toMatchObject({ pages, online: true });
  return Math.round(performance.now() - fromMs);
}

/** How often the server says that it refused for this reason. */
async function refusals(reason: string): Promise<number> {
  const metrics = await (await fetch(`${foyer.origin}/metrics`)).text();
  return Number(new RegExp(`^foyer_refused_total\\{reason="${reason}"\\} (\\d+)$`, 'm').exec(metrics)?.[1] ?? 0);
}

describe('bad input', () => {
  let counted: Record<string, number> = {};
  beforeEach(async () => {
    counted = {};
    for (const reason of ['bad_frame', 'too_big', 'rate_limited', 'version', 'out_of_order']) counted[reason] = await refusals(reason);
  });
  // Whatever was done, somebody else goes on as if nothing had been.
  afterEach(async () => {
    await bystanderGoesOn();
  });

  async function expectClosed(by: TabSocket, code: number, reason: string): Promise<void> {
    const closing = await by.closing();
    expect(closing).toMatchObject({ code, advice: { code: reason } });
    expect(closing.advice?.minMs).toBeGreaterThan(0);
    expect(closing.advice?.maxMs).toBeGreaterThanOrEqual(closing.advice?.minMs ?? Infinity);
    if (reason in counted) expect(await refusals(reason)).toBe((counted[reason] ?? 0) + 1);
  }

  test('[EE15] a key that no site has, a version that is not served', async () => {
    await expectClosed(socket({ key: 'no-such-site' }), 4404, 'unknown_site');
    await expectClosed(socket({ version: 0 }), 4426, 'version');
  });

  const frames: readonly (readonly [string, string, (tab: TabSocket) => unknown])[] = [
    ['no JSON', 'bad_frame', () => '{'],
    ['no object', 'bad_frame', () => [1, 2]],
    ['an unknown kind', 'bad_frame', () => ({ t: 'shout' })],
    ['an unknown field', 'bad_frame', (tab) => ({ ...tab.hello('/'), shoe: 44 })],
    ['a field of a prototype', 'bad_frame', (tab) => JSON.stringify(tab.hello('/')).replace('{', '{"__proto__":{"x":1},')],
    [
      'a page of an age that is no number',
      'bad_frame',
      (tab) => tab.hello('/', { pages: [{ ...pageOf(1, '/'), agoMs: 'long ago' as unknown as number }] }),
    ],
    ['a page from the future', 'bad_frame', (tab) => tab.hello('/', { pages: [{ ...pageOf(1, '/'), agoMs: -5_000 }] })],
    ['a page before hello', 'out_of_order', () => ({ t: 'page', ...pageOf(1, '/') })],
  ];
  test.each(frames)('[EE15] %s', async (_, reason, make) => {
    const tab = socket();
    await tab.frame('welcome');
    const frame = make(tab);
    tab.raw(typeof frame === 'string' ? frame : JSON.stringify(frame));
    await expectClosed(tab, reason === 'bad_frame' ? 4400 : 4409, reason);
  });

  test('[EE15] hello twice', async () => {
    const tab = socket();
    await tab.arrive('/');
    tab.say(tab.hello('/'));
    await expectClosed(tab, 4409, 'out_of_order');
  });

  test.each([16_385, 17_000, 1_000_000])('[EE15] a frame of %i bytes', async (bytes) => {
    const tab = socket();
    await tab.frame('welcome');
    tab.raw(JSON.stringify({ t: 'title', n: 1, title: 'x'.repeat(bytes) }).slice(0, bytes));
    const closing = await tab.closing();
    expect(closing).toMatchObject({ code: 4413, advice: { code: 'too_big' } });
    expect(closing.advice?.minMs).toBeGreaterThan(0);
  });

  test('[EE15] 10,000 frames at once from one tab', async () => {
    const tab = socket();
    await tab.arrive('/flood');
    const act = JSON.stringify({ t: 'act' });
    for (let i = 0; i < 10_000; i++) tab.raw(act);
    const waitedMs = await bystanderGoesOn();
    process.stdout.write(`page view of another tab in the middle of a flood, seen by an agent: ${waitedMs} ms\n`);
    await expectClosed(tab, 4429, 'rate_limited');
    expect(waitedMs).toBeLessThan(2_000);
  });
});

describe('who may not come in', () => {
  test('[EE16] a refused origin is shown in Install, and let in by Allow', async () => {
    const page = 'https://other.test';
    const refused = await socket({ page }).closing();
    expect(refused).toMatchObject({ code: 4403, advice: { code: 'origin_refused' } });
    const install = await browsing.dashboard(owner, '/settings/install');
    const line = install.getByTestId('refused-origin').filter({ hasText: page });
    await line.getByRole('button', { name: 'Allow' }).click();
    await line.waitFor({ state: 'detached' });
    const tab = socket({ page });
    await tab.arrive('/allowed');
    tab.end();
  });

  test('[EE15] a blocked address is sent away for good, and its open sockets with it', async () => {
    const first = socket({ from: '203.0.113.66' });
    const { visit } = await first.arrive('/rude');
    const { id } = await owner.post<{ id: string }>(`/visitors/${visit}/block`, { note: 'rude' });
    const closing = await first.closing();
    expect(closing).toMatchObject({ code: 4451, advice: { code: 'blocked' } });
    expect(closing.advice).not.toHaveProperty('minMs');
    expect(await socket({ from: '203.0.113.66' }).closing()).toMatchObject({ code: 4451 });
    await owner.delete(`/blocks/${id}`);
    const again = socket({ from: '203.0.113.66' });
    await again.arrive('/sorry');
    again.end();
  });
});

describe('without a socket', () => {
  const tabId = (): string => randomBytes(9).toString('base64url');
  const post = (way: 'poll' | 'beacon', body: VisitorPost): Promise<Response> =>
    fetch(`${foyer.origin}/foyer.js/${way}`, {
      method: 'POST',
      headers: { ...tabHeaders({ origin: foyer.origin, from: '192.0.2.30' }), 'content-type': 'text/plain' },
      body: JSON.stringify(body),
    });
  const poll = async (body: Omit<VisitorPost, 'site' | 'v'>): Promise<PollAnswer> =>
    (await post('poll', { site: key, v: 1, ...body })).json() as Promise<PollAnswer>;

  test('[EE17] a poll session is greeted, named, told what is stored, and goes on as a socket', async () => {
    const tab = tabId();
    const opened = await poll({ frames: [] });
    expect(opened.frames).toMatchObject([{ t: 'welcome', tracking: true }]);
    const { sid } = opened;
    const heard = [...(await poll({ sid, frames: [helloOf(tab, '/poll')] })).frames];
    const until = async (t: string) => {
      while (!heard.some((frame) => frame.t === t)) heard.push(...(await poll({ sid, frames: [] })).frames);
      return heard.find((frame) => frame.t === t);
    };
    const you = await until('you');
    if (you?.t !== 'you') throw new Error('not named');
    expect(await until('stored')).toMatchObject({ n: 1 });
    // Said while another request is held: that one is answered, and this one held in its place.
    const held = poll({ sid, frames: [] });
    const next = poll({ sid, frames: [{ t: 'page', ...pageOf(2, '/poll/2') }] });
    await held;
    await expect.poll(() => owner.get(`/visitors/${you.visit}`)).toMatchObject({ pages: 2, online: true, url: 'https://shop.test/poll/2' });

    // The network has changed: the same tab by socket, with a page the server knows and one it does not.
    const socketOfIt = socket({ from: '192.0.2.30' });
    await socketOfIt.frame('welcome');
    const pages = [pageOf(2, '/poll/2'), pageOf(3, '/poll/3')];
    socketOfIt.say(helloOf(tab, '/', { pages, resume: you.resume, ...(you.secret === undefined ? {} : { secret: you.secret }) }));
    expect(await socketOfIt.frame('you')).toMatchObject({ visit: you.visit, visitor: you.visitor });
    await expect.poll(() => owner.get(`/visitors/${you.visit}`)).toMatchObject({ pages: 3, tabs: 1 });
    expect((await post('beacon', { site: key, v: 1, sid, frames: [{ t: 'bye' }] })).status).toBe(204);
    expect((await next).sid).toBe(sid);
    expect(await owner.get(`/visitors/${you.visit}`)).toMatchObject({ online: true, tabs: 1 });
    socketOfIt.end();
    expect((await poll({ sid: 'no-such-session', frames: [] })).frames).toMatchObject([{ t: 'closed', code: 1001 }]);
    expect((await poll({ frames: [], sid: 'short' })).frames).toMatchObject([{ t: 'closed', code: 4400 }]);
  });

  test('[EE17] a beacon says a tab’s last pages once, whatever the socket has said', async () => {
    const tab = socket({ from: '192.0.2.30' });
    const you = await tab.arrive('/beacon');
    tab.say({ t: 'page', ...pageOf(2, '/beacon/2') });
    tab.end();
    await tab.closed;
    const { visit, resume, secret } = you;
    const pages = [pageOf(2, '/beacon/2'), pageOf(3, '/beacon/3')];
    const hello = helloOf(tab.tab, '/', { pages, resume, ...(secret === undefined ? {} : { secret }) });
    const answer = await post('beacon', { site: key, v: 1, frames: [hello, { t: 'bye' }] });
    expect(answer.status).toBe(204);
    await expect.poll(() => owner.get(`/visitors/${visit}`)).toMatchObject({ pages: 3, url: 'https://shop.test/beacon/3' });
    // [PR23] The tab that went last counts until it is known that no other follows.
    await expect.poll(() => owner.get(`/visitors/${visit}`), { timeout: 10_000 }).toMatchObject({ online: false, tabs: 0 });
    const alone = helloOf(tabId(), '/only-by-beacon');
    expect((await post('beacon', { site: key, v: 1, frames: [alone, { t: 'bye' }] })).status).toBe(204);
    await expect.poll(() => owner.get('/visitors?filter=page:only-by-beacon')).toMatchObject({ total: 1, rows: [{ pages: 1 }] });
    expect((await fetch(`${foyer.origin}/foyer.js/beacon`, { method: 'POST', body: '{"site":1}' })).status).toBe(400);
  });

  test('[EE15] a first line or Host that is no address is 400 to an upgrade, for the tracker as for the console', async () => {
    const { hostname, port } = new URL(foyer.origin);
    for (const [path, host] of [
      ['//', 'localhost'],
      ['//:99999', 'localhost'],
      ['http://[', 'localhost'],
      ['/api/v1/live', '['],
    ]) {
      const answer = await new Promise<string>((resolve, reject) => {
        const raw = connect(Number(port), hostname, () =>
          raw.write(
            `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
          ),
        );
        raw.once('data', (data) => {
          resolve(data.toString('latin1').split('\r\n')[0] ?? '');
          raw.destroy();
        });
        raw.once('error', reject);
        raw.once('close', () => resolve('closed'));
      });
      expect([path, answer]).toEqual([path, 'HTTP/1.1 400 Bad Request']);
    }
  });
});
