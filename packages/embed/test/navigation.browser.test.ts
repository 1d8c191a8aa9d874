import { describe, expect, it } from 'vitest';
import { expectFrames, fence, say, useHostPages } from './host-page.testkit.ts';

const kit = useHostPages();
const { foyer } = kit;
const shop = (path: string) => foyer.origin('www.shop.test') + path;

describe('navigation within a document', () => {
  it('[EM9] pushState and replaceState to another address are page views, to the same cleaned address they are none', async () => {
    const page = await kit.open({ path: '/' });
    await foyer.nth('hello', 0);
    await expectFrames(foyer, page, () => page.evaluate(() => history.pushState(null, '', '/a')), [
      { t: 'page', n: 2, url: shop('/a'), title: 'Home' },
    ]);
    await expectFrames(foyer, page, () => page.evaluate(() => history.replaceState(null, '', '/b')), [
      { t: 'page', n: 3, url: shop('/b') },
    ]);
    await expectFrames(foyer, page, () => page.evaluate(() => history.replaceState({ scroll: 1 }, '', '/b?session=1#x')), []);
    await expectFrames(foyer, page, () => page.evaluate(() => history.pushState(null, '', '/b?session=2')), []);
    await expectFrames(foyer, page, () => page.evaluate(() => history.pushState(null, '', '/b?q=2')), [
      { t: 'page', n: 4, url: shop('/b?q=2') },
    ]);
    expect(foyer.all('page').every((view) => view.ref === undefined)).toBe(true);
  });

  it('[EM9] back and forward are page views', async () => {
    const page = await kit.open({ path: '/' });
    await foyer.nth('hello', 0);
    await page.evaluate(() => history.pushState(null, '', '/a'));
    await foyer.nth('page', 0);
    await page.evaluate(() => history.back());
    expect(await foyer.nth('page', 1)).toMatchObject({ n: 3, url: shop('/') });
    await page.evaluate(() => history.forward());
    expect(await foyer.nth('page', 2)).toMatchObject({ n: 4, url: shop('/a') });
  });

  it('[EM9] a fragment is no page view, unless the site routes by hash', async () => {
    const page = await kit.open({ path: '/' });
    await foyer.nth('hello', 0);
    await expectFrames(foyer, page, () => page.evaluate(() => void (location.hash = '/cart')), []);
    foyer.settings({ hash: true });
    await fence(foyer, page);
    await page.evaluate(() => void (location.hash = '#/checkout?token=T'));
    expect(await foyer.nth('page', 0)).toMatchObject({ url: shop('/#/checkout') });
    await page.evaluate(() => void (location.hash = '!/done'));
    expect(await foyer.nth('page', 1)).toMatchObject({ url: shop('/#!/done') });
    await page.evaluate(() => void (location.hash = 'top'));
    expect(await foyer.nth('page', 2)).toMatchObject({ url: shop('/') });
  });

  it('[EM10] answer, this and exceptions of the history methods are as before, and a patcher on either side is called', async () => {
    const page = await kit.open({
      head: `<script>
        calls = [];
        const wrap = (owner, label) => {
          const original = owner.pushState;
          owner.pushState = function (...args) { calls.push([label, this === history, args.length]); original.apply(this, args); return label; };
        };
        wrap(History.prototype, 'before, prototype');
        wrap(history, 'before, object');
      </script>`,
    });
    await foyer.nth('hello', 0);
    const seen = await page.evaluate(() => {
      const all = window as unknown as { calls: unknown[][]; wrap(owner: History, label: string): void };
      const answer = history.pushState({ a: 1 }, '', '/one');
      // eslint-disable-next-line no-eval
      (0, eval)("wrap(history, 'after, object')");
      history.pushState(null, '', '/two');
      let thrown = '';
      try {
        history.pushState(null, '', 'https://elsewhere.test/');
      } catch (error) {
        thrown = (error as Error).name;
      }
      let illegal = '';
      try {
        history.replaceState.call({} as History, null, '', '/three');
      } catch (error) {
        illegal = (error as Error).name;
      }
      return { answer, calls: all.calls.slice(0, 5), thrown, illegal, state: history.state as unknown };
    });
    expect(seen).toEqual({
      answer: 'before, object',
      calls: [
        ['before, object', true, 3],
        ['before, prototype', true, 3],
        ['after, object', true, 3],
        ['before, object', true, 3],
        ['before, prototype', true, 3],
      ],
      thrown: 'SecurityError',
      illegal: 'TypeError',
      state: null,
    });
    await fence(foyer, page);
    expect(foyer.all('page').map(({ url }) => url)).toEqual([shop('/one'), shop('/two')]);
  });

  it('[EM10] a patcher of the prototype that comes after us is called', async () => {
    const page = await kit.open();
    await foyer.nth('hello', 0);
    const calls = await page.evaluate(() => {
      let count = 0;
      const original = History.prototype.pushState;
      History.prototype.pushState = function (...args) {
        count++;
        original.apply(this, args);
      };
      history.pushState(null, '', '/a');
      return count;
    });
    expect(calls).toBe(1);
    expect(await foyer.nth('page', 0)).toMatchObject({ url: shop('/a') });
  });

  it('[EM11] the page goes out at once, a title that is set after it follows', async () => {
    const page = await kit.open();
    await foyer.nth('hello', 0);
    await page.evaluate(() => {
      history.pushState(null, '', '/product');
      document.title = 'Red shoes';
    });
    expect(await foyer.nth('page', 0)).toMatchObject({ n: 2, title: 'Home' });
    expect(await foyer.nth('title', 0)).toEqual({ t: 'title', n: 2, title: 'Red shoes' });
    await page.evaluate(() => void (document.title = 'Red shoes, size 40'));
    expect(await foyer.nth('title', 1)).toEqual({ t: 'title', n: 2, title: 'Red shoes, size 40' });
  });

  it('[EM11] a title that blinks later is not followed', async () => {
    const page = await kit.tab();
    await page.clock.install();
    await kit.open({}, page);
    await foyer.nth('hello', 0);
    await page.clock.runFor(3_300);
    await page.evaluate(() => void (document.title = '(1) new message'));
    await page.clock.runFor(10_000);
    await fence(foyer, page);
    expect(foyer.all('title')).toEqual([]);
  });

  it('[EM12] page() is a page view with its own address and title, which stays', async () => {
    const page = await kit.tab();
    await page.clock.install();
    await kit.open({}, page);
    await foyer.nth('hello', 0);
    await page.clock.runFor(4_000);
    await say(page, 'page', { url: '/step-2?token=T', title: 'Step 2' });
    expect(await foyer.nth('page', 0)).toMatchObject({ n: 2, url: shop('/step-2'), title: 'Step 2' });
    await page.evaluate(() => void (document.title = 'Something else'));
    await page.clock.runFor(4_000);
    await say(page, 'page');
    expect(await foyer.nth('page', 1)).toMatchObject({ n: 3, url: shop('/'), title: 'Something else' });
    await say(page, 'page', { title: 'The same address' });
    expect(await foyer.nth('page', 2)).toMatchObject({ n: 4, url: shop('/'), title: 'The same address' });
    expect(foyer.all('title')).toEqual([]);
  });

  it('[EM32] page views from before the first welcome keep their order and say how long ago they were', async () => {
    const page = await kit.tab();
    await page.clock.install();
    foyer.greets = false;
    await kit.open({}, page);
    await foyer.until(() => foyer.open === 1);
    await page.evaluate(() => history.pushState(null, '', '/a'));
    await page.clock.runFor(5_000);
    await page.evaluate(() => history.pushState(null, '', '/b'));
    foyer.push(foyer.welcome);
    const { pages } = await foyer.nth('hello', 0);
    expect(pages.map(({ url }) => url)).toEqual([shop('/'), shop('/a'), shop('/b')]);
    expect(pages[1]!.agoMs! - pages[2]!.agoMs!).toBeGreaterThanOrEqual(5_000);
  });
});
