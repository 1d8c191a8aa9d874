import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fence, quietFence, say, STUB, useHostPages } from './host-page.testkit.ts';

const kit = useHostPages();
const { foyer } = kit;

const kept = (page: Page) =>
  page.evaluate(() => ({
    cookie: document.cookie,
    local: Object.fromEntries(Object.entries(localStorage)) as object,
    session: Object.fromEntries(Object.entries(sessionStorage)) as object,
  }));
const NOTHING = { cookie: '', local: {}, session: {} };
/** Everything but the script itself. */
const asked = () => foyer.requests.filter((request) => request !== 'GET /foyer.js');
/** Writes to document.cookie, with their attributes, as the page sees them from then on. */
const SPY = `<script>
  cookieWrites = [];
  { const { get, set } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
    Object.defineProperty(document, 'cookie', { get: () => get.call(document), set(value) { cookieWrites.push(value); set.call(document, value); } }); }
</script>`;
const writes = (page: Page) => page.evaluate(() => (window as unknown as { cookieWrites: string[] }).cookieWrites);
const signal = (name: 'gpc' | 'dnt') =>
  name === 'gpc'
    ? '<script>Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { value: true })</script>'
    : '<script>Object.defineProperty(Navigator.prototype, "doNotTrack", { value: "1" })</script>';

describe('the secret', () => {
  it('[EM19] one cookie on the widest domain, Lax, 13 months, not prolonged by later visits', async () => {
    const page = await kit.open({ host: 'new.shop.example.test', head: SPY });
    await foyer.nth('hello', 0);
    await fence(foyer, page);
    const [cookie, ...others] = await kit.context.cookies();
    expect(others).toEqual([]);
    expect(cookie).toMatchObject({
      name: 'foyer_KEY',
      value: 'nsecret-1',
      domain: '.example.test',
      path: '/',
      sameSite: 'Lax',
      secure: false,
    });
    const months = (cookie!.expires - Date.now() / 1000) / (86_400 * 30.4);
    expect(months).toBeGreaterThan(12.9);
    expect(months).toBeLessThan(13.1);
    await page.reload();
    await foyer.until(() => foyer.heard.at(-1)?.via === 'socket' && foyer.all('hello').at(-1)?.secret === 'secret-1');
    await fence(foyer, page);
    expect(await writes(page)).toEqual([]);
    expect((await kit.context.cookies())[0]!.expires).toBe(cookie!.expires);
  });

  it('[EM19] www. and shop. of one domain are one visitor', async () => {
    await kit.open({ host: 'www.example.test' }).then((page) => foyer.nth('hello', 0).then(() => fence(foyer, page)));
    await kit.open({ host: 'shop.example.test' });
    expect((await foyer.nth('hello', 1)).secret).toBe('secret-1');
  });

  it('[EM19] a public suffix is passed over, and a single name or an address will do', async () => {
    for (const host of ['shop.co.uk', 'localhost', '127.0.0.1']) {
      const context = await kit.otherContext();
      const page = await kit.tab(context);
      const before = foyer.all('hello').length;
      await kit.open({ host }, page);
      await foyer.nth('hello', before);
      await fence(foyer, page);
      expect(await context.cookies()).toMatchObject([{ name: 'foyer_KEY', domain: host === 'shop.co.uk' ? '.shop.co.uk' : host }]);
    }
  });

  it('[EM19] on https the cookie is Secure', async () => {
    const page = await kit.tab();
    const script = await readFile(new URL('../dist/foyer.js', import.meta.url), 'utf8');
    await page.route('https://secure.test/**', (route) =>
      route.fulfill(
        route.request().url().endsWith('.js')
          ? { contentType: 'text/javascript', body: script }
          : { contentType: 'text/html', body: `${SPY}<script async src="/foyer.js" data-site="KEY"></script>` },
      ),
    );
    await page.routeWebSocket(/socket/, (ws) => {
      expect(ws.url()).toBe('wss://secure.test/foyer.js/socket?site=KEY&v=1');
      ws.onMessage(() => ws.send(JSON.stringify({ t: 'you', secret: 'secret-9', visitor: 'a', visit: 'b', resume: 'resume-9' })));
      ws.send(JSON.stringify(foyer.welcome));
    });
    await page.goto('https://secure.test/');
    await page.waitForFunction(() => document.cookie.includes('secret-9'));
    expect((await kit.context.cookies())[0]).toMatchObject({ name: 'foyer_KEY', secure: true });
  });

  it('[EM19] where cookies are refused localStorage has it', async () => {
    const head = '<script>Object.defineProperty(document, "cookie", { get: () => "", set() {} })</script>';
    const page = await kit.open({ head });
    await foyer.nth('hello', 0);
    await fence(foyer, page);
    expect((await kept(page)).local).toEqual({ foyer_KEY: 'nsecret-1' });
    await page.reload();
    await foyer.until(() => foyer.all('hello').at(-1)?.secret === 'secret-1');
  });

  it('[EM20] where storage throws it works from memory', async () => {
    kit.host({ path: '/frame' });
    const page = await kit.open({ tags: 0, body: '<iframe sandbox="allow-scripts" src="/frame"></iframe>' });
    const frame = page.frames()[1]!;
    await foyer.nth('hello', 0);
    expect(
      await frame.evaluate(() => {
        try {
          return document.cookie;
        } catch (error) {
          return (error as Error).name;
        }
      }),
    ).toBe('SecurityError');
    foyer.cutAll();
    expect(await foyer.nth('hello', 1)).toMatchObject({ secret: 'secret-1', resume: 'resume-secret-1' });
  });

  it('[EM37] a reload says the same secret and resume token', async () => {
    const page = await kit.open();
    await foyer.nth('hello', 0);
    await fence(foyer, page);
    foyer.push({ t: 'resume', token: 'resume-renewed' });
    await page.waitForFunction(() => sessionStorage['foyer_KEY'] === 'resume-renewed');
    await page.reload();
    await foyer.until(() => foyer.heard.at(-1)?.frame.t === 'hello' && foyer.heard.at(-1)?.via === 'socket');
    expect(foyer.all('hello').at(-1)).toMatchObject({ secret: 'secret-1', resume: 'resume-renewed' });
  });

  it('[EM8] a secret that the page has spoiled is not said', async () => {
    const page = await kit.open({ head: '<script>document.cookie = "foyer_KEY=n<b>"; sessionStorage.foyer_KEY = "{}"</script>' });
    expect((await foyer.nth('hello', 0)).secret).toBeUndefined();
    await fence(foyer, page);
  });

  it("[EM21] with storage 'none' nothing is stored, and what was is deleted and not said", async () => {
    const page = await kit.open({ head: SPY });
    await foyer.nth('hello', 0);
    await fence(foyer, page);
    foyer.settings({ storage: 'none' });
    await page.waitForFunction(() => document.cookie === '');
    await page.reload();
    await foyer.until(() => foyer.heard.at(-1)?.frame.t === 'hello' && foyer.heard.at(-1)?.via === 'socket');
    expect(foyer.all('hello').at(-1)?.secret).toBeUndefined();
    await fence(foyer, page);
    expect(await kept(page)).toEqual(NOTHING);
    expect(await writes(page)).toEqual([]);
  });
});

describe('signals of the browser', () => {
  it.each(['gpc', 'dnt'] as const)("[EM22] %s and 'limit': a visit that stores nothing and says no secret", async (name) => {
    const page = await kit.open({ head: SPY + signal(name) });
    const hello = await foyer.nth('hello', 0);
    expect(hello).toMatchObject({ signal: true });
    await page.evaluate("foyer('identify', { name: 'Somebody' })");
    await fence(foyer, page);
    expect(foyer.all('identify')).toEqual([]);
    expect(await kept(page)).toEqual(NOTHING);
    expect(await writes(page)).toEqual([]);
    foyer.cutAll();
    const again = await foyer.nth('hello', 1);
    expect(again).toMatchObject({ signal: true, resume: expect.any(String) as string, tab: hello.tab });
    expect(again.secret).toBeUndefined();
  });

  it("[EM22] 'limit' deletes what a visit before the signal had stored", async () => {
    const page = await kit.open();
    await foyer.nth('hello', 0);
    await fence(foyer, page);
    await kit.open({ head: signal('gpc') }, page);
    await foyer.until(() => foyer.all('hello').at(-1)?.signal === true);
    expect(foyer.all('hello').at(-1)?.secret).toBeUndefined();
    await fence(foyer, page);
    expect(await kept(page)).toEqual(NOTHING);
  });

  it("[EM22] 'off': no hello and no storage", async () => {
    foyer.settings({ signals: 'off' });
    const page = await kit.open({ head: signal('gpc') });
    await foyer.until(() => foyer.open === 1);
    await page.evaluate(() => history.pushState(null, '', '/a'));
    await page.mouse.move(9, 9);
    await quietFence(foyer, page);
    expect(foyer.heard).toEqual([]);
    expect(await kept(page)).toEqual(NOTHING);
  });

  it("[EM22] 'ignore': as if there were none", async () => {
    foyer.settings({ signals: 'ignore' });
    const page = await kit.open({ head: signal('gpc') });
    expect((await foyer.nth('hello', 0)).signal ?? false).toBe(false);
    await fence(foyer, page);
    expect((await kept(page)).cookie).toBe('foyer_KEY=nsecret-1');
  });

  it('[EM22] without a signal hello says none', async () => {
    await kit.open();
    expect((await foyer.nth('hello', 0)).signal ?? false).toBe(false);
  });
});

describe('consent', () => {
  const REQUIRED = { attributes: 'data-consent="required"', head: STUB };

  it('[EM23] nothing is asked and nothing stored before consent; granted, it is remembered', async () => {
    const page = await kit.open({ ...REQUIRED, path: '/first' });
    await page.mouse.move(3, 3);
    await page.evaluate(() => history.pushState(null, '', '/second'));
    await quietFence(foyer, page);
    expect(asked()).toEqual([]);
    expect(await kept(page)).toEqual(NOTHING);
    await say(page, 'consent', 'granted');
    expect((await foyer.nth('hello', 0)).pages).toMatchObject([{ n: 1, url: `${foyer.origin('www.shop.test')}/second` }]);
    await fence(foyer, page);
    expect((await kept(page)).cookie).toBe('foyer_KEY=gsecret-1');
    await kit.open(REQUIRED, page);
    await foyer.until(() => foyer.all('hello').at(-1)?.secret === 'secret-1');
  });

  it('[EM23] consent given by the stub before the script has loaded counts', async () => {
    await kit.open({ ...REQUIRED, head: `${STUB}<script>foyer('consent', 'granted')</script>` });
    await foyer.nth('hello', 0);
  });

  it('[EM23] a grant is not stored before the server has said that it may be', async () => {
    foyer.settings({ storage: 'none' });
    const page = await kit.open({ ...REQUIRED, head: SPY + STUB });
    await say(page, 'consent', 'granted');
    await foyer.nth('hello', 0);
    await fence(foyer, page);
    expect(await writes(page)).toEqual([]);
    expect(await kept(page)).toEqual(NOTHING);
  });

  it('[EM24] when the server requires consent there is no hello before it', async () => {
    foyer.settings({ consent: 'required' });
    const page = await kit.open();
    await foyer.until(() => foyer.open === 1);
    await page.evaluate(() => history.pushState(null, '', '/a'));
    await quietFence(foyer, page);
    expect(foyer.heard).toEqual([]);
    expect(await kept(page)).toEqual(NOTHING);
    await say(page, 'consent', 'granted');
    expect((await foyer.nth('hello', 0)).pages).toMatchObject([{ url: `${foyer.origin('www.shop.test')}/a` }]);
    expect(foyer.open).toBe(1);
  });

  it('[EM25] denied: closed, deleted, remembered; nothing leaves this page or the next', async () => {
    const page = await kit.open();
    await foyer.nth('hello', 0);
    await fence(foyer, page);
    await say(page, 'consent', 'denied');
    await foyer.until(() => foyer.open === 0);
    expect(await kept(page)).toEqual({ cookie: 'foyer_KEY=d', local: {}, session: {} });
    foyer.heard = [];
    foyer.requests = [];
    await page.evaluate(() => history.pushState(null, '', '/after'));
    await page.mouse.move(7, 7);
    await say(page, 'page', { title: 'after' });
    await say(page, 'start');
    await quietFence(foyer, page);
    await kit.open({}, page);
    await page.mouse.move(8, 8);
    await quietFence(foyer, page);
    expect(asked()).toEqual([]);
    expect(foyer.heard).toEqual([]);
    await say(page, 'consent', 'granted');
    const hello = await foyer.nth('hello', 0);
    expect(hello.secret).toBeUndefined();
    await fence(foyer, page);
    expect((await kept(page)).cookie).toMatch(/^foyer_KEY=gsecret/);
  });

  it('[EM25] granted and denied again on one page, and back', async () => {
    const page = await kit.open(REQUIRED);
    for (let round = 0; round < 2; round++) {
      await say(page, 'consent', 'granted');
      await foyer.nth('hello', round);
      await fence(foyer, page);
      await say(page, 'consent', 'denied');
      await foyer.until(() => foyer.open === 0);
    }
    expect(foyer.all('hello')[1]!.secret).toBeUndefined();
  });

  it('[EM25] what another tab was told holds for this one when it connects again', async () => {
    const first = await kit.open();
    await foyer.nth('hello', 0);
    await fence(foyer, first);
    const second = await kit.open();
    await foyer.nth('hello', 1);
    await fence(foyer, second);
    await say(second, 'consent', 'denied');
    await foyer.until(() => foyer.open === 1);
    const requests = foyer.requests.length;
    foyer.cutAll();
    await foyer.until(() => foyer.requests.length > requests && foyer.open === 1);
    await quietFence(foyer, first);
    expect(foyer.all('hello')).toHaveLength(2);
    expect((await kept(first)).cookie).toBe('foyer_KEY=d');
  });

  it('[EM26] data-manual waits for start', async () => {
    const page = await kit.open({ attributes: 'data-manual', head: STUB });
    await page.evaluate(() => history.pushState(null, '', '/a'));
    await quietFence(foyer, page);
    expect(asked()).toEqual([]);
    expect(await kept(page)).toEqual(NOTHING);
    await say(page, 'start');
    await say(page, 'start');
    await foyer.nth('hello', 0);
    await fence(foyer, page);
    expect(foyer.all('hello')).toHaveLength(1);
  });

  it('[EM26] start does not stand in for consent, nor consent for start', async () => {
    const page = await kit.open({ attributes: 'data-manual data-consent="required"', head: STUB });
    await say(page, 'start');
    await quietFence(foyer, page);
    expect(asked()).toEqual([]);
    await say(page, 'consent', 'granted');
    await foyer.nth('hello', 0);

    foyer.heard = [];
    foyer.requests = [];
    const context = await kit.otherContext();
    const other = await kit.tab(context);
    await kit.open({ attributes: 'data-manual', head: STUB }, other);
    await say(other, 'consent', 'granted');
    await quietFence(foyer, other);
    expect(asked()).toEqual([]);
  });
});
