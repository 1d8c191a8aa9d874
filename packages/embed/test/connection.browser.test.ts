import { keptParams } from '@foyer/domain/link';
import { describe, expect, it } from 'vitest';
import { fence, quietFence, say, useHostPages } from './host-page.testkit.ts';

const kit = useHostPages();
const { foyer } = kit;
const shop = (path: string) => foyer.origin('www.shop.test') + path;
const advice = (text: object) => JSON.stringify(text);

describe('a lost connection', () => {
  it('[EM31] comes back with the same tab id, the secret and the last resume token', async () => {
    const page = await kit.open();
    const first = await foyer.nth('hello', 0);
    await fence(foyer, page);
    foyer.push({ t: 'resume', token: 'resume-later' });
    await fence(foyer, page);
    foyer.cutAll();
    expect(await foyer.nth('hello', 1)).toMatchObject({
      tab: first.tab,
      secret: 'secret-1',
      resume: 'resume-later',
      pages: [{ n: 1, url: shop('/') }],
    });
    await page.evaluate(() => history.pushState(null, '', '/a'));
    expect(await foyer.nth('page', 0)).toMatchObject({ n: 2 });
  });

  it('[EM31] says for how long nobody has touched it', async () => {
    const page = await kit.tab();
    await page.clock.install();
    await kit.open({}, page);
    await foyer.nth('hello', 0);
    await page.mouse.move(10, 10);
    await page.clock.runFor(90_000);
    foyer.cutAll();
    await page.clock.runFor(100);
    const { idleMs } = await foyer.nth('hello', 1);
    expect(idleMs).toBeGreaterThanOrEqual(90_000);
    expect(idleMs).toBeLessThan(100_000);
    await page.mouse.move(20, 20);
    await foyer.nth('act', 0);
  });

  it('[EM31] a server that is away for longer than the window is found again', async () => {
    await kit.open();
    await foyer.nth('hello', 0);
    foyer.refuseSockets = 503;
    foyer.cutAll();
    await foyer.until(() => foyer.requests.filter((request) => request.includes('/socket')).length >= 4);
    foyer.refuseSockets = 0;
    await foyer.nth('hello', 1);
    expect(foyer.requests.join()).not.toContain('poll');
  });

  it('[EM31] a window in the close reason is kept to, and advice without a window ends it', async () => {
    const page = await kit.tab();
    await page.clock.install();
    await kit.open({}, page);
    await foyer.nth('hello', 0);
    foyer.closeAll(4429, advice({ code: 'rate_limited', minMs: 30_000, maxMs: 40_000 }));
    await foyer.until(() => foyer.open === 0);
    await quietFence(foyer, page);
    await page.clock.runFor(29_500);
    await quietFence(foyer, page);
    expect(foyer.open).toBe(0);
    await page.clock.runFor(11_000);
    await foyer.nth('hello', 1);
    foyer.closeAll(4451, advice({ code: 'blocked' }));
    await foyer.until(() => foyer.open === 0);
    const requests = foyer.requests.length;
    await page.clock.runFor(3_600_000);
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await quietFence(foyer, page);
    expect(foyer.requests).toHaveLength(requests);
  });

  it('[EM38] shown again or online again it tries at once, but not before the time the server asked for', async () => {
    const page = await kit.tab();
    await page.clock.install();
    await page.addInitScript(() => {
      Math.random = () => 0.99;
    });
    foyer.welcome = { ...foyer.welcome, retry: { minMs: 0, maxMs: 60_000 } };
    await kit.open({}, page);
    await foyer.nth('hello', 0);
    const online = () => page.evaluate(() => window.dispatchEvent(new Event('online')));
    const shown = () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
    foyer.cutAll();
    await foyer.until(() => foyer.open === 0);
    await quietFence(foyer, page);
    await online();
    await foyer.nth('hello', 1);
    await fence(foyer, page);
    foyer.cutAll();
    await foyer.until(() => foyer.open === 0);
    await quietFence(foyer, page);
    await shown();
    await foyer.nth('hello', 2);
    await fence(foyer, page);
    foyer.closeAll(4503, advice({ code: 'full', minMs: 20_000, maxMs: 60_000 }));
    await foyer.until(() => foyer.open === 0);
    await quietFence(foyer, page);
    const requests = foyer.requests.length;
    await online();
    await shown();
    await quietFence(foyer, page);
    expect(foyer.requests).toHaveLength(requests);
    await page.clock.runFor(20_100);
    await shown();
    await foyer.nth('hello', 3);
  });

  it('[EM32] page views are said again until they are stored', async () => {
    foyer.stores = false;
    const page = await kit.open();
    await foyer.nth('hello', 0);
    await page.evaluate(() => {
      history.pushState(null, '', '/a');
      history.pushState(null, '', '/b');
    });
    await foyer.nth('page', 1);
    foyer.push({ t: 'stored', n: 2 });
    await fence(foyer, page);
    foyer.cutAll();
    expect((await foyer.nth('hello', 1)).pages).toMatchObject([{ n: 3, url: shop('/b'), agoMs: expect.any(Number) as number }]);
    foyer.push({ t: 'stored', n: 3 });
    await fence(foyer, page);
    await page.evaluate(() => history.pushState(null, '', '/c'));
    await foyer.nth('page', 2);
    foyer.cutAll();
    expect((await foyer.nth('hello', 2)).pages.map(({ n }) => n)).toEqual([4]);
  });

  it('[EM32] of those seen while away the latest 20 come along, and no frame is larger than the server takes', async () => {
    const page = await kit.open();
    await foyer.nth('hello', 0);
    await fence(foyer, page);
    const visit = async (path: string) => {
      foyer.refuseSockets = 503;
      foyer.cutAll();
      await foyer.until(() => foyer.open === 0);
      await page.evaluate((to) => {
        for (let i = 0; i < 30; i++) history.pushState(null, '', `${to}${i}`);
      }, path);
      const hellos = foyer.all('hello').length;
      foyer.refuseSockets = 0;
      return foyer.nth('hello', hellos);
    };
    const { pages } = await visit('/a');
    expect(pages.map(({ n }) => n)).toEqual(Array.from({ length: 20 }, (_, i) => i + 12));
    await page.evaluate(() => void (document.title = '界'.repeat(1_000)));
    const long = await visit(`/${'x'.repeat(600)}`);
    expect(long.pages.at(-1)!.url).toBe(shop(`/${'x'.repeat(600)}29`));
    expect(Buffer.byteLength(JSON.stringify(long))).toBeLessThanOrEqual(16_384);
  });

  it('[EM32] after a day and more away the frames are still those of the protocol', async () => {
    const page = await kit.tab();
    await page.clock.install();
    await kit.open({}, page);
    await foyer.nth('hello', 0);
    await fence(foyer, page);
    foyer.refuseSockets = 503;
    foyer.cutAll();
    await foyer.until(() => foyer.open === 0);
    const tries = () => foyer.requests.filter((request) => request.includes('/socket')).length;
    await page.clock.fastForward(40 * 86_400_000);
    await foyer.until(() => tries() >= 2);
    await quietFence(foyer, page);
    foyer.refuseSockets = 0;
    await page.clock.fastForward(1_300_000);
    const { idleMs, pages } = await foyer.nth('hello', 1);
    expect([idleMs, pages[0]!.agoMs]).toEqual([86_400_000, 86_400_000]);
  });
});

describe('tracking turned off and on', () => {
  it('[EM33] off silences at once and forgets, on says hello with the current page, on the same socket', async () => {
    foyer.stores = false;
    const page = await kit.open();
    await foyer.nth('hello', 0);
    await fence(foyer, page);
    foyer.settings({ tracking: false });
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    await quietFence(foyer, page);
    const before = foyer.heard.length;
    await page.evaluate(() => history.pushState(null, '', '/while-off'));
    await page.mouse.move(8, 8);
    await say(page, 'page', { title: 'off' });
    await say(page, 'identify', { id: 'u' });
    await page.evaluate(() => history.pushState(null, '', '/now'));
    await quietFence(foyer, page);
    expect(foyer.heard).toHaveLength(before);
    foyer.settings({ tracking: true });
    expect((await foyer.nth('hello', 1)).pages).toMatchObject([{ n: 2, url: shop('/now') }]);
    expect(JSON.stringify(foyer.heard)).not.toContain('while-off');
    expect(foyer.requests.filter((request) => request.includes('/socket'))).toHaveLength(1);
    await page.evaluate(() => history.pushState(null, '', '/later'));
    expect(await foyer.nth('page', 0)).toMatchObject({ n: 3, url: shop('/later') });
  });

  it('[EM33] off from the beginning: nothing is said or stored, and the socket waits', async () => {
    foyer.settings({ tracking: false });
    const page = await kit.open();
    await foyer.until(() => foyer.open === 1);
    await page.mouse.move(8, 8);
    await quietFence(foyer, page);
    expect(foyer.heard).toEqual([]);
    expect(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length])).toEqual(['', 0, 0]);
    foyer.settings({ tracking: true });
    await foyer.nth('hello', 0);
  });

  it('[EM33] a welcome that changes nothing for the tab brings no second hello', async () => {
    const page = await kit.open();
    await foyer.nth('hello', 0);
    foyer.settings({ keep: keptParams(['color']) });
    await fence(foyer, page);
    await page.evaluate(() => history.pushState(null, '', '/a?color=red&q=1'));
    expect(await foyer.nth('page', 0)).toMatchObject({ url: shop('/a?color=red') });
    expect(foyer.all('hello')).toHaveLength(1);
  });
});

describe('the fallback', () => {
  it('[EM34] where no WebSocket opens the same frames go by POST, without preflight', async () => {
    foyer.refuseSockets = 403;
    const page = await kit.open();
    const hello = await foyer.nth('hello', 0);
    expect(foyer.heard[0]).toMatchObject({ via: 'poll' });
    await fence(foyer, page);
    await page.evaluate(() => history.pushState(null, '', '/a'));
    expect(await foyer.nth('page', 0)).toMatchObject({ n: 2, url: shop('/a') });
    expect(await page.evaluate(() => document.cookie)).toBe('foyer_KEY=nsecret-1');
    foyer.settings({ tracking: false });
    await page.waitForFunction(() => document.readyState === 'complete');
    foyer.settings({ tracking: true });
    expect(await foyer.nth('hello', 1)).toMatchObject({ tab: hello.tab, secret: 'secret-1' });
    expect(foyer.requests.join()).not.toContain('OPTIONS');
    expect(foyer.requests.filter((request) => request.includes('/socket')).length).toBe(2);
  });

  it('[EM34] a browser without WebSocket polls at once', async () => {
    await kit.open({ head: '<script>delete window.WebSocket</script>' });
    await foyer.nth('hello', 0);
    expect(foyer.requests).toEqual(['GET /foyer.js', 'GET /foyer.js/poll.js', 'POST /foyer.js/poll', 'POST /foyer.js/poll']);
  });

  it('[EM34] closed frames carry the same advice as close codes', async () => {
    foyer.refuseSockets = 403;
    await kit.open();
    await foyer.nth('hello', 0);
    foyer.closeAll(4500, advice({ code: 'fault', minMs: 0, maxMs: 10 }));
    expect(await foyer.nth('hello', 1)).toMatchObject({ secret: 'secret-1' });
  });

  it('[EM34] when the fallback fails too, the WebSocket has its turn again', async () => {
    foyer.refuseSockets = 403;
    foyer.refusePolls = 502;
    await kit.open();
    await foyer.until(() => foyer.requests.some((request) => request.startsWith('POST')));
    foyer.refuseSockets = 0;
    await foyer.nth('hello', 0);
    expect(foyer.heard[0]).toMatchObject({ via: 'socket' });
  });

  it('[EM34] leaving a polling page sends the beacon', async () => {
    foyer.refuseSockets = 403;
    const page = await kit.open();
    await foyer.nth('hello', 0);
    await fence(foyer, page);
    await page.goto('about:blank');
    await foyer.nth('bye', 0);
    expect(foyer.heard.filter(({ via }) => via === 'beacon').map(({ frame }) => frame.t)).toEqual(['hello', 'context', 'bye']);
  });

  it('[EM36] a WebSocket that opens again ends the polling at once', async () => {
    const page = await kit.tab();
    await page.clock.install();
    foyer.refuseSockets = 403;
    await kit.open({}, page);
    await page.clock.runFor(3_000);
    const { tab } = await foyer.nth('hello', 0);
    await fence(foyer, page);
    await page.clock.runFor(601_000);
    await foyer.until(() => foyer.requests.filter((request) => request.includes('/socket')).length === 3);
    foyer.refuseSockets = 0;
    await quietFence(foyer, page);
    await page.clock.runFor(601_000);
    const hello = await foyer.nth('hello', 1);
    expect(hello).toMatchObject({ tab, secret: 'secret-1' });
    expect(foyer.heard.filter(({ frame }) => frame.t === 'hello').map(({ via }) => via)).toEqual(['poll', 'socket']);
  });
});
