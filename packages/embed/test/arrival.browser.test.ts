import { keptParams } from '@foyer/domain/link';
import { describe, expect, it } from 'vitest';
import { fence, quietFence, say, STUB, useHostPages } from './host-page.testkit.ts';

const kit = useHostPages();
const { foyer } = kit;
const shop = (path: string) => foyer.origin('www.shop.test') + path;

describe('arriving', () => {
  it('[EM6] hello follows welcome and has the page and the browser', async () => {
    const page = await kit.open({ path: '/shoes', title: 'Shoes' });
    const hello = await foyer.nth('hello', 0);
    expect(hello).toMatchObject({
      v: 1,
      pages: [{ n: 1, url: shop('/shoes'), title: 'Shoes', ref: '' }],
      hidden: false,
      focused: true,
      auto: true,
    });
    expect(hello).toMatchObject(
      await page.evaluate(() => ({
        lang: navigator.language,
        tz: Intl.DateTimeFormat().resolvedOptions().timeZone,
        screen: [screen.width, screen.height, devicePixelRatio],
      })),
    );
    expect(hello.secret).toBeUndefined();
    await fence(foyer, page);
    expect(foyer.heard).toHaveLength(1);
  });

  it('[EM6] a server that has not spoken yet is told nothing, not even in the last moment', async () => {
    foyer.greets = false;
    const page = await kit.open();
    await foyer.until(() => foyer.open === 1);
    await page.evaluate(() => history.pushState(null, '', '/next'));
    await page.mouse.move(10, 10);
    await page.goto('about:blank');
    await foyer.until(() => foyer.closed.length === 1);
    expect(foyer.heard).toEqual([]);
    expect(foyer.requests).toEqual(['GET /foyer.js', 'GET /foyer.js/socket?site=KEY&v=1']);
  });

  it('[EM5] everything lies under the address of the script, whatever it is', async () => {
    foyer.embedPath = '/assets/app-7.js';
    foyer.refuseSockets = 403;
    const page = await kit.open();
    await foyer.nth('hello', 0);
    await page.goto('about:blank');
    await foyer.nth('bye', 0);
    expect(new Set(foyer.requests)).toEqual(
      new Set([
        'GET /assets/app-7.js',
        'GET /assets/app-7.js/socket?site=KEY&v=1',
        'GET /assets/app-7.js/poll.js',
        'POST /assets/app-7.js/poll',
        'POST /assets/app-7.js/beacon',
      ]),
    );
  });

  it('[EM7] the address leaves with utm_* and listed parameters alone, the referrer with neither', async () => {
    const body = '<a href="/to?utm_source=mail&token=T&q=red&email=a@b.c#access_token=T">go</a>';
    const page = await kit.open({ path: '/from?utm_source=x&q=1&secret=S#part', body });
    expect((await foyer.nth('hello', 0)).pages).toMatchObject([{ url: shop('/from?utm_source=x&q=1') }]);
    kit.host({ path: '/to' });
    await page.click('a');
    await foyer.until(() => foyer.all('hello').at(-1)?.pages[0]?.url === shop('/to?utm_source=mail&q=red'));
    expect(foyer.all('hello').at(-1)?.pages[0]?.ref).toBe(shop('/from'));
    expect(JSON.stringify(foyer.heard)).not.toMatch(/token|secret=|email|part/);
  });

  it('[EM7] a referrer of another origin leaves without its query too', async () => {
    kit.host({
      host: 'other.test',
      path: '/results',
      head: '<meta name="referrer" content="unsafe-url">',
      body: `<a href="${shop('/')}">go</a>`,
    });
    const target = kit.host({});
    const page = await kit.tab();
    await page.goto(`${foyer.origin('other.test')}/results?query=private`);
    await foyer.nth('hello', 0);
    await page.click('a');
    await page.waitForURL(target);
    await foyer.until(() => foyer.all('hello').at(-1)?.pages[0]?.url === target);
    expect(foyer.all('hello').at(-1)?.pages[0]?.ref).toBe(`${foyer.origin('other.test')}/results`);
    expect(JSON.stringify(foyer.heard)).not.toContain('private');
  });

  it('[EM7] page views from before welcome are cleaned by its lists', async () => {
    foyer.greets = false;
    foyer.welcome = { ...foyer.welcome, keep: keptParams(['color']) };
    const page = await kit.open({ path: '/a?color=red&token=T' });
    await foyer.until(() => foyer.open === 1);
    await page.evaluate(() => history.pushState(null, '', '/b?token=T&color=blue#frag'));
    foyer.push(foyer.welcome);
    const { pages } = await foyer.nth('hello', 0);
    expect(pages.map(({ n, url }) => [n, url])).toEqual([
      [1, shop('/a?color=red')],
      [2, shop('/b?color=blue')],
    ]);
  });

  it('[EM18] each document has its own tab id, which no storage has; the secret is shared', async () => {
    const first = await kit.open();
    const { tab } = await foyer.nth('hello', 0);
    await fence(foyer, first);
    const second = await kit.open();
    const hello = await foyer.nth('hello', 1);
    expect(hello.tab).not.toBe(tab);
    expect(hello.secret).toBe('secret-1');
    await fence(foyer, second);
    await first.reload();
    await foyer.until(() => foyer.heard.at(-1)?.frame.t === 'hello' && foyer.heard.at(-1)?.via === 'socket');
    const again = foyer.all('hello').at(-1)!;
    expect(again.secret).toBe('secret-1');
    expect(again.tab).not.toBe(tab);
    expect(again.tab).not.toBe(hello.tab);
    const kept = await second.evaluate(() =>
      JSON.stringify([document.cookie, Object.entries(localStorage), Object.entries(sessionStorage)]),
    );
    for (const id of [tab, hello.tab, again.tab]) expect(kept).not.toContain(id);
  });

  it('[EM35] a strict policy with a nonce is enough, for the fallback too', async () => {
    const csp = (port: number) =>
      `default-src 'none'; script-src 'nonce-abc'; connect-src http://foyer.test:${port} ws://foyer.test:${port}`;
    foyer.refuseSockets = 403;
    const page = await kit.open({ attributes: 'nonce="abc"', csp: csp(foyer.port) });
    await foyer.nth('hello', 0);
    await page.goto('about:blank');
    await foyer.nth('bye', 0);
    expect(foyer.heard.map(({ via }) => via)).toEqual(['poll', 'beacon', 'beacon']);
  });

  it('[EM4] embedded three times it runs once', async () => {
    const page = await kit.open({ tags: 3 });
    await foyer.nth('hello', 0);
    await fence(foyer, page);
    await page.evaluate(() => history.pushState(null, '', '/once'));
    await fence(foyer, page);
    expect(foyer.all('hello')).toHaveLength(1);
    expect(foyer.all('page')).toHaveLength(1);
    expect(foyer.requests.filter((request) => request.includes('/socket'))).toHaveLength(1);
  });

  it('[EM2] it adds no global but foyer, listens passively and reads no layout', async () => {
    const watch = `<script>
      before = Object.keys(window).concat('before', 'eager', 'layout');
      eager = []; layout = [];
      const add = EventTarget.prototype.addEventListener;
      EventTarget.prototype.addEventListener = function (type, run, options) {
        if (!options?.passive) eager.push(type);
        return add.call(this, type, run, options);
      };
      for (const [proto, names] of [[Element.prototype, ['clientWidth', 'clientHeight', 'scrollTop', 'scrollHeight']], [HTMLElement.prototype, ['offsetTop', 'offsetWidth', 'innerText']]])
        for (const name of names) {
          const { get } = Object.getOwnPropertyDescriptor(proto, name);
          Object.defineProperty(proto, name, { get() { layout.push(name); return get.call(this); } });
        }
      for (const name of ['getBoundingClientRect', 'getClientRects']) Element.prototype[name] = () => layout.push(name);
      for (const name of ['scrollX', 'scrollY', 'innerWidth', 'innerHeight', 'pageYOffset']) Object.defineProperty(window, name, { get: () => layout.push(name) });
      getComputedStyle = () => layout.push('getComputedStyle');
    </script>`;
    const page = await kit.open({ head: watch });
    await foyer.nth('hello', 0);
    await page.mouse.move(20, 20);
    await page.mouse.wheel(0, 200);
    await page.keyboard.press('a');
    await page.evaluate(() => history.pushState(null, '', '/x'));
    await fence(foyer, page);
    const seen = await page.evaluate(() => {
      const all = window as unknown as { before: string[]; eager: string[]; layout: string[] };
      return { globals: Object.keys(window).filter((key) => !all.before.includes(key)), eager: all.eager, layout: all.layout };
    });
    expect(seen).toEqual({ globals: ['foyer'], eager: [], layout: [] });
  });

  it('[EM6] a page that is not of the web is no page', async () => {
    const inner = `<script async src='${foyer.script}' data-site='KEY'></script>`;
    const page = await kit.open({ tags: 0, body: `<iframe srcdoc="${inner}"></iframe>` });
    await foyer.until(() => foyer.open === 1);
    await quietFence(foyer, page);
    expect(foyer.heard).toEqual([]);
  });

  it('[EM8] whatever the page says, frames are those of the protocol', async () => {
    const page = await kit.open({ head: STUB });
    await foyer.nth('hello', 0);
    const long = 'x'.repeat(1_000);
    await say(page, 'identify', {
      id: 42,
      hash: long,
      name: { first: 'A' },
      email: null,
      plan: 'pro',
      data: { deep: { er: 1 }, list: [1], text: long, none: null, yes: true, [long]: 1 },
    });
    await say(page, 'identify');
    await say(page, 'identify', null);
    await say(page, 'identify', 'Anna');
    await say(page, 'identify', { id: 'a', data: 'text' });
    await say(page, 'identify', {
      id: 'b',
      data: Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`key ${i}`, '界'.repeat(300)])),
    });
    await say(page, 'context', 'sauna', { a: 1 });
    await say(page, 'context', 'cart', { items: 2, total: 9.5, coupon: 'X'.repeat(999), nested: { a: 1 } });
    await say(page, 'context', { kind: 'cart' });
    await say(page, 'page', { url: long, title: long });
    await say(page, 'page', 'odd');
    await say(page, 'page', { title: 7 });
    await say(page, 'page', { url: 'javascript:alert(1)' });
    await page.evaluate(() => {
      const { foyer } = window as unknown as { foyer: (...args: unknown[]) => void };
      const ring: Record<string, unknown> = {};
      ring['self'] = ring;
      foyer('identify', { id: () => 1, name: Symbol('s'), data: { ring, big: 10n, f() {}, nan: Number.NaN, un: undefined } });
      foyer('context', 'cart', ring);
      foyer('context', 'cart', {
        get trap() {
          throw new Error('trap');
        },
      });
    });
    await fence(foyer, page);
    const identities = foyer.all('identify');
    expect(identities[0]).toMatchObject({ id: '42', data: { none: null, yes: true } });
    expect(identities[0]).not.toHaveProperty('plan');
    expect(identities[0]!.data!['text']).toHaveLength(200);
    const kinds = foyer.all('context').map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['none', 'cart']));
    expect(foyer.all('context').find(({ kind }) => kind === 'cart')?.data).toMatchObject({ items: 2, total: 9.5 });
  });
});
