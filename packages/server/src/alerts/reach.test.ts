/** A whole server on its own disk, with a real mail server and a real push service beside it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Foyer, startFoyer } from '../app.ts';
import { loadConfig } from '../config.ts';
import { aPostbox, type Postbox } from '../mail/smtp.testkit.ts';
import { aPushService, CERTIFICATE, checkVapid, FakeBrowser } from '../push/push.testkit.ts';

let data: string;
let foyer: Foyer;
let box: Postbox;
let service: Awaited<ReturnType<typeof aPushService>>;
let cookie = '';
let workspace = '';
let site = '';
let siteKey = '';

const start = async (): Promise<Foyer> => {
  const loaded = loadConfig(['--port', '0', '--host', '127.0.0.1'], { FOYER_DATA: data, FOYER_PUBLIC_URL: 'https://foyer.example' });
  if (!loaded.ok || loaded.value.kind === 'help') throw new Error('the configuration is not understood');
  return startFoyer({
    config: loaded.value.config,
    log: pino({ level: 'silent' }),
    version: '0.0.0',
    pushTrust: { mayAsk: (address) => address === '127.0.0.1', ca: CERTIFICATE },
  });
};
async function ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(`http://127.0.0.1:${foyer.port}/api/v1${path}`, {
    method,
    headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const set = answer.headers.get('set-cookie');
  if (set) cookie = set.split(';')[0]!;
  return { status: answer.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
}

beforeAll(async () => {
  data = mkdtempSync(joinPath(tmpdir(), 'foyer-reach-'));
  [foyer, box, service] = await Promise.all([start(), aPostbox(), aPushService()]);
  const made = await ask('POST', '/setup', {
    token: foyer.setupPath?.split('#token=')[1] ?? '',
    workspace: 'Fernhill',
    name: 'Olga',
    email: 'olga@fernhill.test',
    password: 'correct horse battery',
    timeZone: 'Europe/Berlin',
    site: { name: 'Shop', domain: 'shop.test' },
  });
  const me = made.body as { workspace: { id: string }; sites: { id: string; key: string }[] };
  workspace = me.workspace.id;
  site = me.sites[0]!.id;
  siteKey = me.sites[0]!.key;
});
afterAll(async () => {
  await foyer.close();
  await Promise.all([box.close(), service.close()]);
  rmSync(data, { recursive: true, force: true });
});

/** Who says nothing of itself is left out as a robot. */
const CHROME = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
let cids = 0;
const write = (visitor: string, text: string) =>
  foyer.chat.request({
    do: 'write',
    cid: `visitor-cid-${++cids}`,
    words: { kind: 'text', text },
    origin: {
      id: `conversation-of-${visitor}`,
      workspace,
      site,
      source: 'widget',
      visitor,
      cookieless: false,
      team: '',
      contact: { name: 'Eva', email: 'eva@example.com', verified: false },
      ai: '',
    },
  });

it('[PU4][PU5][PU11] a new chat is pushed to an agent without a page, and not to one who has one open', async () => {
  const { body } = await ask('GET', '/push/key');
  const browser = new FakeBrowser();
  const added = await ask('POST', '/push/devices', browser.subscription(`${service.origin}/olga`));
  expect(added.status).toBe(201);
  expect((await ask('POST', '/push/devices', browser.subscription('https://10.0.0.1/olga'))).status).toBe(422);
  expect((await write('eva', 'Where is my order?')).ok).toBe(true);
  await expect.poll(() => service.pushed.length, { timeout: 5_000 }).toBe(1);
  const [push] = service.pushed;
  expect(browser.read(push!.body)).toEqual({
    title: 'Eva · Shop',
    body: 'Where is my order?',
    conversation: 'conversation-of-eva',
    tag: 'chat:conversation-of-eva',
  });
  const checked = checkVapid(String(push!.headers['authorization']), { origin: service.origin, now: Date.now() });
  expect([checked.ok, checked.key, checked.claims['sub']]).toEqual([true, body['key'], 'https://foyer.example']);

  const console = new WebSocket(`ws://127.0.0.1:${foyer.port}/api/v1/live`, {
    headers: { cookie, origin: `http://127.0.0.1:${foyer.port}` },
  });
  const hello = await new Promise<{ me: { id: string } }>((said) =>
    console.once('message', (text: Buffer) => said(JSON.parse(text.toString()))),
  );
  await expect.poll(() => foyer.chat.here(workspace, hello.me.id)).toBe(true);
  expect((await write('ida', 'Hello?')).ok).toBe(true);
  console.close();
  await expect.poll(() => foyer.chat.here(workspace, hello.me.id)).toBe(false);
  expect((await write('udo', 'Anybody?')).ok).toBe(true);
  await expect.poll(() => service.pushed.length, { timeout: 5_000 }).toBe(2);
  expect(browser.read(service.pushed[1]!.body).body).toBe('Anybody?');
});

it('[AL1][AL5] an alert that is made by REST is told on the agent’s page when a real tab comes to match', async () => {
  await ask('PATCH', '/settings', { tracking: true });
  const body = { name: 'Pricing', kind: 'page', filter: 'page:/pricing', site: '', sound: true, notify: true, enabled: true };
  expect((await ask('POST', '/alerts', body)).status).toBe(201);
  const console = new WebSocket(`ws://127.0.0.1:${foyer.port}/api/v1/live`, {
    headers: { cookie, origin: `http://127.0.0.1:${foyer.port}` },
  });
  const alerts: { name: string; title: string }[] = [];
  console.on('message', (text: Buffer) => {
    const frame = JSON.parse(text.toString()) as { t: string; name: string; title: string };
    if (frame.t === 'chat.alert') alerts.push(frame);
  });
  await new Promise((open) => console.once('open', open));
  const tab = new WebSocket(`ws://127.0.0.1:${foyer.port}/foyer.js/socket?site=${siteKey}&v=1`, {
    headers: { origin: 'https://shop.test', 'user-agent': CHROME, 'accept-language': 'de' },
  });
  await new Promise((welcome) => tab.once('message', welcome));
  const pages = [{ n: 1, url: 'https://shop.test/', title: 'Home' }];
  tab.send(
    JSON.stringify({
      t: 'hello',
      v: 1,
      tab: 'tab00001',
      pages,
      lang: 'de',
      tz: 'Europe/Berlin',
      screen: [1, 1, 1],
      hidden: false,
      focused: true,
    }),
  );
  let n = 1;
  // Until the server has read the alert, and the visit has its number: each page is another one.
  await expect
    .poll(
      () => {
        tab.send(
          JSON.stringify({ t: 'page', n: ++n, url: `https://shop.test/${n % 2 ? 'pricing' : 'home'}`, title: n % 2 ? 'Prices' : 'Home' }),
        );
        return alerts.length;
      },
      { timeout: 10_000, interval: 300 },
    )
    .toBe(1);
  for (const path of ['home', 'pricing', 'home'])
    tab.send(JSON.stringify({ t: 'page', n: ++n, url: `https://shop.test/${path}`, title: path }));
  await expect.poll(async () => ((await ask('GET', '/visitors')).body as { rows: { title: string }[] }).rows[0]?.title).toBe('home');
  expect(alerts).toMatchObject([{ name: 'Pricing', title: 'Prices' }]);
  tab.close();
  console.close();
});

it('[ML12][ML11][ML10] mail is set by REST, tested, and sends a transcript; what is queued survives a restart', async () => {
  expect((await ask('POST', '/mail/test', { to: 'olga@fernhill.test' })).status).toBeGreaterThanOrEqual(400);
  const settings = {
    host: '127.0.0.1',
    port: box.port,
    security: 'none',
    user: '',
    password: 'unused',
    fromName: 'Fernhill',
    fromEmail: 'team@fernhill.test',
  };
  const saved = await ask('PUT', '/mail', settings);
  expect(saved.body).toMatchObject({ configured: true, hasPassword: true, lastError: '' });
  expect(JSON.stringify(saved.body)).not.toContain('unused');
  expect((await ask('POST', '/mail/test', { to: 'olga@fernhill.test' })).status).toBeLessThan(300);
  expect(box.received[0]).toMatchObject({ to: ['olga@fernhill.test'], from: 'team@fernhill.test' });

  const asked = await ask('POST', '/conversations/conversation-of-eva/transcript', { email: 'eva@example.com' });
  expect(asked.status).toBeLessThan(300);
  await expect.poll(() => box.received.length, { timeout: 5_000 }).toBe(2);
  expect(box.received[1]!.text).toContain('Where is my order?');

  // A reply to a visitor who is not here waits; the mail server is away when the server ends.
  const accepted = await foyer.chat.request({
    do: 'act',
    workspace,
    conversation: 'conversation-of-eva',
    command: { c: 'accept', by: { kind: 'agent', id: 'olga' }, anyway: true },
  });
  expect(accepted.ok).toBe(true);
  await foyer.chat.request({
    do: 'act',
    workspace,
    conversation: 'conversation-of-eva',
    command: { c: 'say', by: { kind: 'agent', id: 'olga' }, cid: 'agent-cid-1', words: { kind: 'text', text: 'Tomorrow.' } },
  });
  await expect.poll(async () => (await ask('GET', '/mail')).body['queued']).toBe(1);
  await foyer.close();
  foyer = await start();
  expect((await ask('GET', '/mail')).body).toMatchObject({ configured: true, queued: 1 });
});
