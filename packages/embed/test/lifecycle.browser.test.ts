import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ARGS, CHROMIUM, expectFrames, fence, quietFence, say, useHostPages } from './host-page.testkit.ts';

const kit = useHostPages();
const { foyer } = kit;
const shop = (path: string) => foyer.origin('www.shop.test') + path;

describe('leaving and coming back', () => {
  it('[EM13] leaving closes the socket and sends what is not stored by beacon', async () => {
    foyer.stores = false;
    const page = await kit.open();
    const hello = await foyer.nth('hello', 0);
    await page.evaluate(() => history.pushState(null, '', '/a'));
    await foyer.nth('page', 0);
    await page.goto('about:blank');
    await foyer.nth('bye', 0);
    await foyer.until(() => foyer.closed.length === 1);
    const beacon = foyer.heard.filter(({ via }) => via === 'beacon').map(({ frame }) => frame);
    expect(beacon).toMatchObject([
      {
        t: 'hello',
        tab: hello.tab,
        secret: 'secret-1',
        resume: 'resume-secret-1',
        pages: [
          { n: 1, url: shop('/') },
          { n: 2, url: shop('/a') },
        ],
      },
      { t: 'bye' },
    ]);
  });

  it('[EM13] with all stored the beacon has the current page alone, and closing the tab sends it too', async () => {
    const page = await kit.open();
    await foyer.nth('hello', 0);
    await page.evaluate(() => history.pushState(null, '', '/a'));
    await foyer.nth('page', 0);
    await fence(foyer, page);
    await page.close({ runBeforeUnload: true });
    await foyer.nth('bye', 0);
    expect(foyer.all('hello').at(-1)?.pages).toMatchObject([{ n: 2, url: shop('/a') }]);
  });

  it('[EM13] while tracking is off, leaving sends nothing', async () => {
    foyer.settings({ tracking: false });
    const page = await kit.open();
    await foyer.until(() => foyer.open === 1);
    await quietFence(foyer, page);
    await page.goto(kit.host({ host: 'elsewhere.test', tags: 0 }));
    await foyer.until(() => foyer.closed.length === 1);
    await quietFence(foyer, page);
    expect(foyer.heard).toEqual([]);
    expect(foyer.requests.join()).not.toContain('beacon');
  });

  it('[EM14][EM28] back brings the page from the bfcache, with the same tab id, a page view and what it had declared', async () => {
    const page = await kit.open({
      head: `<script>addEventListener('pageshow', (event) => { (window.shown ||= []).push(event.persisted); });</script>`,
      path: '/first',
    });
    const hello = await foyer.nth('hello', 0);
    await fence(foyer, page);
    await say(page, 'context', 'product');
    await foyer.nth('context', 0);
    await page.goto(kit.host({ path: '/second' }));
    await foyer.until(() => foyer.all('hello').at(-1)?.pages[0]?.url === shop('/second'));
    await fence(foyer, page);
    const before = foyer.heard.length;
    // No load event follows: that is the point.
    await page.goBack({ waitUntil: 'commit' });
    await foyer.until(() => foyer.all('hello').filter(({ tab }) => tab === hello.tab).length === 3);
    expect(await page.evaluate(() => (window as unknown as { shown: boolean[] }).shown)).toEqual([false, true]);
    const again = foyer.heard
      .slice(before)
      .filter(({ via }) => via === 'socket')
      .map(({ frame }) => frame);
    expect(again[0]).toMatchObject({ t: 'hello', tab: hello.tab, secret: 'secret-1', pages: [{ n: 2, url: shop('/first') }] });
    await fence(foyer, page);
    const contexts = foyer.heard.slice(before).flatMap(({ frame, via }) => (via === 'socket' && frame.t === 'context' ? [frame.kind] : []));
    expect(contexts).toEqual(['product']);
    await page.evaluate(() => history.pushState(null, '', '/third'));
    expect(await foyer.nth('page', 0)).toMatchObject({ n: 3, url: shop('/third') });
  });

  it('[EM15] a prerendered page does nothing until it is activated', async () => {
    const page = await kit.tab();
    await page.addInitScript(() => {
      let prerendering = true;
      Object.defineProperty(document, 'prerendering', { get: () => prerendering });
      (window as unknown as { activate: () => void }).activate = () => {
        prerendering = false;
        document.dispatchEvent(new Event('prerenderingchange'));
      };
    });
    await kit.open(
      {
        tags: 2,
        head: '<script>foyer = function () { (foyer.q = foyer.q || []).push(arguments); }; foyer("identify", { id: "a" })</script>',
      },
      page,
    );
    await quietFence(foyer, page);
    await page.mouse.move(5, 5);
    await page.evaluate(() => history.pushState(null, '', '/while-hidden'));
    await quietFence(foyer, page);
    expect(foyer.requests.filter((request) => !request.endsWith('.js'))).toEqual([]);
    expect(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length])).toEqual(['', 0, 0]);
    await page.evaluate(() => (window as unknown as { activate: () => void }).activate());
    expect((await foyer.nth('hello', 0)).pages).toMatchObject([{ n: 1, url: shop('/while-hidden') }]);
    expect(await foyer.nth('identify', 0)).toMatchObject({ id: 'a' });
    await fence(foyer, page);
    expect(foyer.all('hello')).toHaveLength(1);
  });

  it('[EM15] a page that Chromium prerenders by speculation rules is seen when a click activates it, and not before', async () => {
    const target = kit.host({ path: '/next', head: '<script>document.prerendering && fetch("/prerendered")</script>' });
    const click = foyer.hold('/click');
    const start = kit.host({
      body: `<a href="/next">next</a>
        <script type="speculationrules">{"prerender":[{"source":"list","urls":["/next"],"eagerness":"immediate"}]}</script>
        <script>fetch('/click').then(() => document.querySelector('a').click())</script>`,
    });
    // A debugger turns prerendering off, so nobody drives this browser: the page clicks by itself.
    const profile = await mkdtemp(join(tmpdir(), 'foyer-prerender-'));
    const chromium = spawn(
      CHROMIUM,
      [...ARGS, '--headless', '--no-first-run', '--disable-background-networking', `--user-data-dir=${profile}`, start],
      {
        stdio: 'ignore',
      },
    );
    try {
      await foyer.until(() => foyer.hostRequests.includes('/prerendered'));
      await foyer.nth('hello', 0);
      await foyer.until(() => foyer.requests.filter((request) => request === 'GET /foyer.js').length > 0);
      expect(foyer.requests.filter((request) => request.includes('/socket'))).toHaveLength(1);
      click();
      await foyer.until(() => foyer.all('hello').at(-1)?.pages[0]?.url === target);
      expect(foyer.all('hello').filter(({ pages }) => pages[0]?.url === target)).toHaveLength(1);
    } finally {
      const gone = once(chromium, 'exit');
      chromium.kill();
      await gone;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });
});

describe('presence of a tab', () => {
  it('[EM16] hidden and focus are said when they change, and only then', async () => {
    const page = await kit.tab();
    await page.addInitScript(() => {
      const state = { hidden: false, focused: true };
      Object.defineProperty(document, 'hidden', { get: () => state.hidden });
      document.hasFocus = () => state.focused;
      (window as unknown as { become: (to: Partial<typeof state>, type: string) => void }).become = (to, type) => {
        Object.assign(state, to);
        (type === 'visibilitychange' ? document : window).dispatchEvent(new Event(type, { bubbles: type === 'visibilitychange' }));
      };
    });
    await kit.open({ body: '<input>' }, page);
    await foyer.nth('hello', 0);
    const become = (to: object, type: string) =>
      page.evaluate(([next, event]) => (window as unknown as { become: (to: unknown, type: unknown) => void }).become(next, event), [
        to,
        type,
      ] as const);
    await expectFrames(foyer, page, () => become({ focused: false }, 'blur'), [{ t: 'state', hidden: false, focused: false }]);
    await expectFrames(foyer, page, () => become({ hidden: true }, 'visibilitychange'), [{ t: 'state', hidden: true, focused: false }]);
    await expectFrames(foyer, page, () => become({ hidden: true }, 'visibilitychange'), []);
    await expectFrames(foyer, page, () => become({ hidden: false }, 'visibilitychange'), [{ t: 'state', hidden: false, focused: false }]);
    await expectFrames(foyer, page, () => become({ focused: true }, 'focus'), [{ t: 'state', hidden: false, focused: true }]);
    await expectFrames(foyer, page, () => page.focus('input'), []);
  });

  it('[EM17] input is said at once, then at most every 15 s, and never what it was', async () => {
    const page = await kit.tab();
    await page.clock.install();
    await kit.open({ body: '<input><div style="height:5000px">' }, page);
    await foyer.nth('hello', 0);
    // Opening the page was activity.
    await expectFrames(foyer, page, () => page.keyboard.press('a'), []);
    await page.clock.runFor(15_000);
    await expectFrames(foyer, page, () => page.fill('input', 'secret words').then(() => page.keyboard.press('b')), [{ t: 'act' }]);
    await expectFrames(foyer, page, () => page.mouse.move(30, 30), []);
    await page.clock.runFor(14_000);
    await expectFrames(foyer, page, () => page.mouse.move(40, 40), []);
    await page.clock.runFor(1_100);
    await expectFrames(foyer, page, () => page.mouse.move(50, 50), [{ t: 'act' }]);
    await page.clock.runFor(15_100);
    await expectFrames(foyer, page, () => page.mouse.wheel(0, 100).then(() => page.waitForFunction(() => scrollY > 0)), [{ t: 'act' }]);
    await page.clock.runFor(15_100);
    await expectFrames(foyer, page, () => page.mouse.click(50, 50), [{ t: 'act' }]);
    expect(foyer.all('act').every((frame) => Object.keys(frame).length === 1)).toBe(true);
    expect(JSON.stringify(foyer.heard)).not.toContain('words');
  });

  it('[EM17] a page that stops events still counts as used', async () => {
    const page = await kit.tab();
    await page.clock.install();
    await kit.open({ head: '<script>addEventListener("keydown", (event) => event.stopImmediatePropagation(), true)</script>' }, page);
    await foyer.nth('hello', 0);
    await page.clock.runFor(15_100);
    await expectFrames(foyer, page, () => page.mouse.click(5, 5), [{ t: 'act' }]);
  });
});
