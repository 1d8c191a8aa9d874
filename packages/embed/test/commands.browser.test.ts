import { describe, expect, it } from 'vitest';
import { expectFrames, fence, quietFence, say, STUB, useHostPages } from './host-page.testkit.ts';

const kit = useHostPages();
const { foyer } = kit;
const shop = (path: string) => foyer.origin('www.shop.test') + path;

describe('commands', () => {
  it('[EM27] commands queued before the script has loaded run in order', async () => {
    const page = await kit.open({
      head: `${STUB}<script>
        foyer('identify', { id: 'u-1', name: 'Anna', email: 'anna@shop.test', data: { plan: 'pro', seats: 3 } });
        foyer('on', 'ready', (detail) => (window.ready = detail));
        foyer('context', 'product', { sku: 'A1' });
        foyer('context', 'cart', { items: 2 });
      </script>`,
    });
    await foyer.nth('context', 0);
    await fence(foyer, page);
    expect(foyer.heard.map(({ frame }) => frame)).toMatchObject([
      { t: 'hello' },
      { t: 'identify', id: 'u-1', name: 'Anna', email: 'anna@shop.test', data: { plan: 'pro', seats: 3 } },
      { t: 'context', kind: 'cart', data: { items: 2 } },
    ]);
    expect(await page.evaluate(() => (window as unknown as { ready: unknown }).ready)).toEqual({
      visitor: 'of-secret-1',
      visit: 'visit-1',
    });
  });

  it('[EM27] a denial in the queue comes before any request', async () => {
    const page = await kit.open({ head: `${STUB}<script>foyer('context', 'cart'); foyer('consent', 'denied')</script>` });
    await quietFence(foyer, page);
    expect(foyer.requests).toEqual(['GET /foyer.js']);
  });

  it('[EM28] identify and context are said again with each hello, the latest of each', async () => {
    const page = await kit.open();
    await foyer.nth('hello', 0);
    await say(page, 'identify', { id: 'u-1', hash: 'abc' });
    await say(page, 'context', 'cart', { items: 1 });
    await say(page, 'context', 'checkout');
    await foyer.nth('context', 1);
    const before = foyer.heard.length;
    foyer.cutAll();
    await foyer.until(() => foyer.heard.length === before + 3);
    expect(foyer.heard.slice(before).map(({ frame }) => frame)).toMatchObject([
      { t: 'hello' },
      { t: 'identify', id: 'u-1', hash: 'abc' },
      { t: 'context', kind: 'checkout' },
    ]);
  });

  it('[EM28] a context is of the page it is said on: what comes after the next page view does not carry it', async () => {
    const page = await kit.open({
      head: `${STUB}<script>foyer('identify', { id: 'u-1' }); foyer('context', 'cart', { items: 2 })</script>`,
    });
    await foyer.nth('context', 0);
    const again = async () => {
      const hellos = foyer.all('hello').length;
      foyer.cutAll();
      await foyer.nth('hello', hellos);
      await fence(foyer, page);
      const from = foyer.heard.findLastIndex(({ frame }) => frame.t === 'hello');
      return foyer.heard.slice(from).flatMap(({ frame }) => (frame.t === 'context' ? [frame.kind] : []));
    };
    expect(await again()).toEqual(['cart']);
    await page.evaluate(() => history.pushState(null, '', '/checkout'));
    expect(await again()).toEqual([]);
    await say(page, 'context', 'product');
    expect(await again()).toEqual(['product']);
    expect(foyer.all('identify').length).toBeGreaterThan(2);
  });

  it('[EM39] a goal is said with the greeting when it was reached before, again while it may be lost, and never once it is stored', async () => {
    foyer.stores = false;
    const page = await kit.open({
      head: `${STUB}<script>foyer('goal', 'Booked', { value: 59.9, currency: 'EUR' }); foyer('context', 'cart')</script>`,
    });
    await foyer.nth('goal', 0);
    await fence(foyer, page);
    expect(foyer.heard.map(({ frame }) => frame)).toMatchObject([
      { t: 'hello' },
      { t: 'context' },
      { t: 'goal', name: 'Booked', value: 59.9, currency: 'EUR' },
    ]);
    expect(foyer.all('goal')[0]!.agoMs).toBeLessThan(60_000);
    await expectFrames(foyer, page, () => say(page, 'goal', 'Read all of it'), [{ t: 'goal', name: 'Read all of it' }]);
    foyer.cutAll();
    await foyer.nth('goal', 3);
    expect(foyer.all('goal').map(({ name }) => name)).toEqual(['Booked', 'Read all of it', 'Booked', 'Read all of it']);
    foyer.push({ t: 'stored', n: 1 });
    await fence(foyer, page);
    foyer.cutAll();
    await foyer.nth('hello', 2);
    await fence(foyer, page);
    expect(foyer.all('goal')).toHaveLength(4);
  });

  it('[EM39] of goals reached without a connection the latest 20 wait, with their age', async () => {
    foyer.stores = false;
    const page = await kit.open();
    await foyer.nth('hello', 0);
    foyer.refuseSockets = 503;
    foyer.cutAll();
    await foyer.until(() => foyer.open === 0);
    await page.evaluate(() => {
      const { foyer: tracker } = window as unknown as { foyer: (...args: unknown[]) => void };
      for (let i = 0; i < 25; i++) tracker('goal', `goal ${i}`);
    });
    foyer.refuseSockets = 0;
    await foyer.nth('goal', 19);
    await fence(foyer, page);
    expect(foyer.all('goal').map(({ name }) => name)).toEqual(Array.from({ length: 20 }, (_, i) => `goal ${i + 5}`));
    expect(foyer.all('goal')[0]!.agoMs).toBeGreaterThan(0);
  });

  it('[EM39] a page that is left says with its last words what it could not say before', async () => {
    foyer.stores = false;
    const page = await kit.open();
    await foyer.nth('hello', 0);
    foyer.refuseSockets = 503;
    foyer.cutAll();
    await foyer.until(() => foyer.open === 0);
    await say(page, 'goal', 'Called us');
    await page.goto('about:blank');
    expect(await foyer.nth('goal', 0)).toMatchObject({ name: 'Called us' });
    expect(foyer.heard.find(({ frame }) => frame.t === 'goal')!.via).toBe('beacon');
  });

  it('[EM8][EM39] what is no goal, or far too much of one, closes nothing', async () => {
    const page = await kit.open();
    await foyer.nth('hello', 0);
    await page.evaluate(() => {
      const { foyer: tracker } = window as unknown as { foyer: (...args: unknown[]) => void };
      const circle: Record<string, unknown> = {};
      circle['self'] = circle;
      const odd: unknown[] = ['x'.repeat(9_000), { a: 1 }, null, undefined, 7, true, [], circle, 10n];
      for (const name of odd) tracker('goal', name, { value: 'much', currency: [] });
      for (const data of odd) tracker('goal', 'Odd', data);
      tracker('goal', 'Sent', { t: 'bye', name: 'Other', agoMs: -5, value: 1 });
    });
    await foyer.until(() => foyer.all('goal').some(({ name }) => name === 'Sent'));
    await fence(foyer, page);
    expect(foyer.all('bye')).toEqual([]);
    expect(foyer.all('goal').at(-1)).toMatchObject({ name: 'Sent', value: 1 });
    expect(foyer.all('hello')).toHaveLength(1);
  });

  it('[EM40] a goal that nobody may hear of is never said', async () => {
    const page = await kit.open({ attributes: 'data-consent="required"', head: `${STUB}<script>foyer('goal', 'Before')</script>` });
    await quietFence(foyer, page);
    await say(page, 'goal', 'Before as well');
    await say(page, 'consent', 'granted');
    await foyer.nth('hello', 0);
    await expectFrames(foyer, page, () => say(page, 'goal', 'After'), [{ t: 'goal', name: 'After' }]);
    foyer.settings({ tracking: false });
    await quietFence(foyer, page);
    await say(page, 'goal', 'While off');
    foyer.settings({ tracking: true });
    await foyer.nth('hello', 1);
    await fence(foyer, page);
    expect(foyer.all('goal').map(({ name }) => name)).toEqual(['After']);
  });

  it('[EM40] one that waits for a server which asks for consent first is forgotten', async () => {
    foyer.settings({ consent: 'required' });
    const page = await kit.open({ head: `${STUB}<script>foyer('goal', 'Before')</script>` });
    await foyer.until(() => foyer.open === 1);
    await quietFence(foyer, page);
    await say(page, 'consent', 'granted');
    await foyer.nth('hello', 0);
    await fence(foyer, page);
    expect(foyer.all('goal')).toEqual([]);
  });

  it('[EM29] shutdown closes, takes listeners and history wrappers away and deletes nothing; start begins anew', async () => {
    const page = await kit.open({
      head: `<script>
        live = new Set(); native = [history.pushState, history.replaceState];
        for (const [name, change] of [['addEventListener', 'add'], ['removeEventListener', 'delete']]) {
          const original = EventTarget.prototype[name];
          EventTarget.prototype[name] = function (type, ...rest) { if (this === window || this === document) live[change](type); return original.call(this, type, ...rest); };
        }
      </script>`,
    });
    await foyer.nth('hello', 0);
    await fence(foyer, page);
    const cookie = await page.evaluate(() => document.cookie);
    await say(page, 'shutdown');
    await foyer.until(() => foyer.open === 0);
    expect(foyer.heard.at(-1)?.frame).toEqual({ t: 'bye' });
    const left = await page.evaluate(() => {
      const all = window as unknown as { live: Set<string>; native: unknown[] };
      return {
        listeners: [...all.live],
        history: all.native[0] === history.pushState && all.native[1] === history.replaceState,
        cookie: document.cookie,
      };
    });
    expect(left).toEqual({ listeners: [], history: true, cookie });
    const before = foyer.heard.length;
    await page.evaluate(() => history.pushState(null, '', '/quiet'));
    await page.mouse.move(4, 4);
    await quietFence(foyer, page);
    expect(foyer.heard).toHaveLength(before);
    await say(page, 'start');
    expect((await foyer.nth('hello', 1)).pages).toMatchObject([{ url: shop('/quiet') }]);
    await expectFrames(foyer, page, () => page.evaluate(() => history.pushState(null, '', '/loud')), [{ t: 'page', url: shop('/loud') }]);
  });

  it('[EM29] shutdown leaves alone what others wrapped around our wrappers', async () => {
    const page = await kit.open();
    await foyer.nth('hello', 0);
    await page.evaluate(() => {
      const original = history.pushState;
      history.pushState = function (...args) {
        (window as unknown as { wrapped: number }).wrapped = ((window as unknown as { wrapped?: number }).wrapped ?? 0) + 1;
        original.apply(this, args);
      };
    });
    await say(page, 'shutdown');
    await foyer.until(() => foyer.open === 0);
    const before = foyer.heard.length;
    await page.evaluate(() => history.pushState(null, '', '/a'));
    await quietFence(foyer, page);
    expect(await page.evaluate(() => [(window as unknown as { wrapped: number }).wrapped, location.pathname])).toEqual([1, '/a']);
    expect(foyer.heard).toHaveLength(before);
    await say(page, 'start');
    await foyer.nth('hello', 1);
    await expectFrames(foyer, page, () => page.evaluate(() => history.pushState(null, '', '/b')), [{ t: 'page', url: shop('/b') }]);
  });

  it('[EM30] on hears welcome, ready and offline, until its answer is called', async () => {
    const page = await kit.open({
      head: `${STUB}<script>
        events = [];
        for (const name of ['welcome', 'ready', 'offline']) foyer('on', name, (detail) => events.push([name, detail && (detail.visitor || detail.t)]));
      </script>`,
    });
    // A fence is answered with a welcome of its own.
    const events = async () =>
      (await page.evaluate(() => (window as unknown as { events: unknown[][] }).events)).filter(
        ([name], i, all) => name !== 'welcome' || i === 0 || all[i - 1]![0] === 'offline',
      );
    await foyer.nth('hello', 0);
    await fence(foyer, page);
    expect(await events()).toEqual([
      ['welcome', 'welcome'],
      ['ready', 'of-secret-1'],
    ]);
    await page.evaluate(() => {
      const all = window as unknown as { foyer: (...args: unknown[]) => () => void; stop: () => void; late: number };
      all.late = 0;
      all.stop = all.foyer('on', 'offline', () => all.late++);
    });
    foyer.cutAll();
    await foyer.nth('hello', 1);
    await fence(foyer, page);
    expect(await events()).toEqual([
      ['welcome', 'welcome'],
      ['ready', 'of-secret-1'],
      ['offline', undefined],
      ['welcome', 'welcome'],
      ['ready', 'of-secret-1'],
    ]);
    await page.evaluate(() => (window as unknown as { stop: () => void }).stop());
    foyer.cutAll();
    await foyer.nth('hello', 2);
    expect(await page.evaluate(() => (window as unknown as { late: number }).late)).toBe(1);
    expect(JSON.stringify(await events())).not.toContain('"secret-1"');
  });
});

describe('a guest on somebody else’s page', () => {
  it('[EM3] odd commands and a throwing hook do not reach the page', async () => {
    const page = await kit.open({ head: STUB });
    await foyer.nth('hello', 0);
    const thrown = await page.evaluate(() => {
      const { foyer } = window as unknown as { foyer: (...args: unknown[]) => unknown };
      const odd: unknown[] = [
        undefined,
        null,
        0,
        Number.NaN,
        '',
        'constructor',
        '__proto__',
        'toString',
        {},
        [],
        Symbol('s'),
        10n,
        () => 1,
      ];
      const names: unknown[] = ['identify', 'page', 'context', 'goal', 'on', 'start', ...odd];
      try {
        foyer();
        foyer('on', 'offline', () => {
          throw new Error('hook');
        });
        for (const name of names) for (const first of odd) for (const second of odd) foyer(name, first, second);
        return '';
      } catch (error) {
        return String(error);
      }
    });
    expect(thrown).toBe('');
    foyer.cutAll();
    await foyer.nth('hello', 1);
    await fence(foyer, page);
  });

  it('[EM3] malformed and unknown frames are passed over', async () => {
    const page = await kit.open();
    await foyer.nth('hello', 0);
    await fence(foyer, page);
    const odd = [
      '',
      '{',
      'null',
      '[]',
      '"you"',
      '7',
      '{}',
      '{"t":"toString"}',
      '{"t":"__proto__"}',
      '{"t":"chat","x":1}',
      '{"t":"you"}',
      '{"t":"stored"}',
      '{"t":"resume"}',
    ];
    for (const text of odd) foyer.pushRaw(text);
    await expectFrames(foyer, page, () => page.evaluate(() => history.pushState(null, '', '/a')), [{ t: 'page', url: shop('/a') }]);
    // Settings that say nothing allow nothing.
    foyer.pushRaw('{"t":"welcome"}');
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    foyer.cutAll();
    await foyer.until(() => foyer.open === 0);
    await quietFence(foyer, page);
  });

  it.each([
    ['WebSocket', 'delete window.WebSocket'],
    ['crypto', 'Object.defineProperty(window, "crypto", { value: undefined })'],
    ['sendBeacon', 'Navigator.prototype.sendBeacon = undefined'],
    ['a random number', 'Math.random = () => 0'],
    [
      'storage',
      'for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get() { throw new Error(name); } })',
    ],
    ['cookies', 'Object.defineProperty(document, "cookie", { get() { throw new Error("no"); }, set() { throw new Error("no"); } })'],
  ])('[EM3] a browser without %s still says hello', async (_, script) => {
    const page = await kit.open({ head: `<script>${script}</script>` });
    const hello = await foyer.nth('hello', 0);
    expect(hello.tab.length).toBeGreaterThanOrEqual(8);
    await fence(foyer, page);
    await page.goto('about:blank');
    await foyer.until(() => foyer.closed.length + foyer.heard.filter(({ frame }) => frame.t === 'bye').length > 0);
  });

  it.each([
    ['performance', 'Object.defineProperty(window, "performance", { value: undefined })'],
    ['JSON', 'delete window.JSON'],
    [
      'history',
      'for (const name of ["pushState", "replaceState"]) Object.freeze(History.prototype), Object.defineProperty(history, name, { value: undefined })',
    ],
  ])('[EM3] without %s it keeps silent', async (_, script) => {
    const page = await kit.open({ head: `<script>${script}</script>` });
    await page.waitForLoadState('load');
    await page.mouse.move(3, 3);
  });
});
