import { describe, expect, it } from 'vitest';
import { fence, quietFence, say, STUB } from './host-page.testkit.ts';
import { useWidgets, widgetOf } from './widget.testkit.ts';

const kit = useWidgets();
const { foyer } = kit;
const asked = (name: string): boolean => foyer.requests.some((request) => request.includes(`/${name}`));

describe('coming and going', () => {
  it('[WG2] it comes with a welcome that has a chat, in an idle callback, and says nothing yet', async () => {
    const { page } = await kit.widget({
      head: '<script>idle=0;{const ask=requestIdleCallback;requestIdleCallback=(run)=>ask(()=>{idle++;run()})}</script>',
    });
    expect(await page.evaluate('idle')).toBe(1);
    expect(foyer.chatHeard).toEqual([]);
    expect(asked('forms.js') || asked('files.js') || asked('emoji.js')).toBe(false);
  });

  it('[WG2] a site without a chat loads nothing', async () => {
    const page = await kit.open();
    await fence(foyer, page);
    await quietFence(foyer, page);
    expect(asked('widget.js')).toBe(false);
  });

  it('[WG2] opened, it says hello; a conversation is remembered by the next page, which says hello by itself', async () => {
    kit.site();
    const widget = await kit.widget();
    await widget.talk();
    await widget.write('Hello');
    await foyer.until(() => kit.stored().length === 1);
    await widget.log.getByText('Hello', { exact: true }).waitFor();
    await widget.launcher.click();
    const before = foyer.allChat('chat.hello').length;
    expect(before).toBe(1);
    await kit.open({ path: '/other' }, widget.page);
    const hello = await foyer.nthChat('chat.hello', 1);
    expect(hello.secret).toBe('secret-1');
    expect(hello.page.url).toContain('/other');
  });

  it('[WG2] somebody wrote: a wake makes it say hello', async () => {
    const { page } = await kit.widget();
    foyer.push({ t: 'chat.wake' } as never);
    await foyer.nthChat('chat.hello', 0);
    await fence(foyer, page);
  });

  it('[EE45] who is blocked while it is loading never sees it, whatever the page calls', async () => {
    kit.site();
    const page = await kit.tab();
    const { promise, resolve: release } = Promise.withResolvers<void>();
    const isAsked = page.waitForRequest('**/widget.js');
    await page.route('**/widget.js', (route) => promise.then(() => route.continue()));
    await kit.open({}, page);
    await isAsked;
    await page.evaluate("foyer('on', 'offline', (waitMs) => (window.isSentAway = waitMs === Infinity))");
    foyer.closeAll(4451, JSON.stringify({ code: 'blocked' }));
    await page.waitForFunction('window.isSentAway');
    release();
    await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/widget.js')));
    await say(page, 'open');
    await quietFence(foyer, page);
    expect(asked('look')).toBe(false);
    expect(await page.locator('foyer-widget').count()).toBe(0);
  });

  it('[WG3] a visitor who denied gets nothing, whatever the page calls', async () => {
    kit.site();
    const page = await kit.open({ head: `${STUB}<script>foyer('consent','denied')</script>` });
    await page.waitForFunction('foyer.v');
    await say(page, 'open');
    await say(page, 'show');
    await quietFence(foyer, page);
    expect(foyer.requests.filter((request) => !request.endsWith('/foyer.js'))).toEqual([]);
    expect(await page.locator('foyer-widget').count()).toBe(0);
  });

  it.each(['data-consent="required"', 'data-manual'])('[WG3] %s: open connects for the chat alone', async (attributes) => {
    kit.site();
    const page = await kit.open({ attributes });
    await page.waitForFunction('foyer.v');
    await quietFence(foyer, page);
    expect(foyer.requests).toEqual(['GET /foyer.js']);
    await say(page, 'open');
    const widget = widgetOf(page);
    await widget.panel.waitFor();
    await widget.talk();
    await widget.write('May I ask?');
    await foyer.until(() => kit.stored().length === 1);
    await page.mouse.move(50, 50);
    await page.evaluate(() => history.pushState(0, '', '/next'));
    await widget.write('Again');
    await foyer.until(() => kit.stored().length === 2);
    expect(foyer.heard).toEqual([]);
    const kept = await page.evaluate(() => [document.cookie, Object.keys(localStorage).length, Object.keys(sessionStorage).length]);
    expect(kept).toEqual(['', 0, 0]);
  });

  it('[WG4] a welcome without a chat takes it away, another revision redraws it', async () => {
    kit.site();
    const { launcher, page } = await kit.widget();
    foyer.chat.look = { ...foyer.chat.look, accent: '#ff0000', revision: 'r2' };
    foyer.settings({ chat: 'r2' });
    await page.waitForFunction(
      () =>
        getComputedStyle(document.querySelector('foyer-widget')!.shadowRoot!.querySelector('.launcher')!).backgroundColor ===
        'rgb(255, 0, 0)',
    );
    const { chat: _, ...without } = foyer.welcome;
    foyer.welcome = without;
    foyer.push(without);
    await launcher.waitFor({ state: 'detached' });
  });

  it('[WG4] a denial and a shutdown take it away', async () => {
    kit.site();
    const widget = await kit.widget();
    await widget.talk();
    await say(widget.page, 'shutdown');
    await widget.launcher.waitFor({ state: 'detached' });
    await say(widget.page, 'start');
    await widget.launcher.waitFor();
    await say(widget.page, 'consent', 'denied');
    await widget.launcher.waitFor({ state: 'detached' });
    const kept = await widget.page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]);
    expect(kept).toEqual([]);
  });

  it('[WG5] nothing moves, no style reaches in, one element after the body', async () => {
    kit.site({ questions: ['Where is my order?'] });
    const widget = await kit.widget({
      head: `<style>*{color:red!important;font:40px serif}button{background:lime!important;padding:60px!important}foyer-widget{display:none;position:static}</style>
        <script>shift=0;new PerformanceObserver((list)=>{for(const entry of list.getEntries())shift+=entry.value}).observe({type:'layout-shift',buffered:true})</script>`,
      body: '<h1>Shop</h1>'.repeat(30),
    });
    await widget.talk();
    await widget.write('Hello');
    await foyer.until(() => kit.stored().length === 1);
    await widget.launcher.click();
    const seen = await widget.page.evaluate(() => {
      const { shift } = window as unknown as { shift: number };
      const host = document.querySelector('foyer-widget')!;
      const style = getComputedStyle(host.shadowRoot!.querySelector('.launcher')!);
      return [
        shift,
        document.documentElement.lastElementChild === host,
        document.body.querySelector('foyer-widget'),
        style.width,
        style.paddingTop,
        style.fontSize,
      ];
    });
    expect(seen).toEqual([0, true, null, '56px', '0px', '15px']);
  });

  it('[WG6] it works under a policy of a nonce and a connection', async () => {
    kit.site({ questions: ['Where is my order?'] });
    const csp = `default-src 'none'; script-src 'nonce-abc'; connect-src ${foyer.origin()} ${foyer.origin().replace('http', 'ws')}`;
    const widget = await kit.widget({ csp, attributes: 'nonce="abc"' });
    await widget.launcher.click();
    await widget.panel.getByText('Where is my order?').click();
    await foyer.until(() => kit.stored().length === 1);
    foyer.chat.says({ kind: 'buttons', text: 'Which?', buttons: [{ id: 'a', label: 'This' }] });
    await widget.panel.getByRole('button', { name: 'This' }).click();
    await foyer.nthChat('chat.answer', 0);
    await widget.panel.getByRole('button', { name: 'Emoji' }).click();
    await widget.panel.locator('.emoji button').first().click();
    expect(await widget.launcher.evaluate((element) => getComputedStyle(element).position)).toBe('fixed');
  });

  it('[WG27] cookieless nothing is kept, and the next page begins anew', async () => {
    kit.site();
    foyer.settings({ storage: 'none' });
    foyer.chat.keep = 'tab';
    const widget = await kit.widget();
    await widget.talk();
    await widget.write('Who am I?');
    await foyer.until(() => kit.stored().length === 1);
    foyer.cutAll();
    expect((await foyer.nthChat('chat.hello', 1)).secret).toBe('chat-secret-1');
    expect(await widget.page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length])).toEqual(['', 0, 0]);
    const next = await kit.widget({ path: '/next' }, widget.page);
    await next.launcher.click();
    const hello = await foyer.nthChat('chat.hello', 2);
    expect([hello.secret, hello.have]).toEqual([undefined, undefined]);
  });
});

describe('commands', () => {
  it('[WG28] open, close, show, hide and message, before and after it is loaded', async () => {
    kit.site();
    const page = await kit.open({
      head: `${STUB}<script>foyer('hide');foyer('on','open',()=>heard.push('open'));foyer('on','close',()=>heard.push('close'));heard=[]</script>`,
    });
    const widget = widgetOf(page);
    await foyer.until(() => asked('lang-en.js'));
    await fence(foyer, page);
    expect(await widget.launcher.count()).toBe(0);
    await say(page, 'show');
    await widget.launcher.waitFor();
    await say(page, 'open');
    await widget.panel.waitFor();
    await say(page, 'close');
    await widget.panel.waitFor({ state: 'detached' });
    await say(page, 'message', 'About order 1042: ');
    await widget.field.waitFor();
    expect(await widget.field.inputValue()).toBe('About order 1042: ');
    await say(page, 'message', 'About order 7: ');
    expect(await widget.field.inputValue()).toBe('About order 7: ');
    expect(kit.stored()).toEqual([]);
    await say(page, 'hide');
    await widget.launcher.waitFor({ state: 'detached' });
    expect(await page.evaluate('heard')).toEqual(['open', 'close', 'open', 'close']);
  });

  it('[WG28] hooks hear messages and how many are unread', async () => {
    kit.site();
    const widget = await kit.widget();
    await widget.page.evaluate(
      `heard=[];foyer('on','message',({from,text})=>heard.push([from,text]));foyer('on','unread',(n)=>heard.push(n))`,
    );
    await widget.talk();
    await widget.write('Hello');
    await foyer.until(() => kit.stored().length === 1);
    await widget.launcher.click();
    foyer.chat.says('Hi there');
    await widget.launcher.locator('.unread').waitFor();
    await widget.launcher.click();
    await widget.launcher.locator('.unread').waitFor({ state: 'detached' });
    expect(await widget.page.evaluate('heard')).toEqual([['agent', 'Hi there'], 1, 0]);
  });

  it('[WG28] a look that is tried shows at once, and the Playground is marked', async () => {
    kit.site();
    const widget = await kit.widget({ attributes: 'data-playground' });
    await say(widget.page, 'look', { accent: '#0000ff', greetingTitle: 'Tried' });
    await widget.launcher.click();
    await widget.panel.getByText('Tried').waitFor();
    expect((await foyer.nthChat('chat.hello', 0)).playground).toBe(true);
  });
});
