import type { AlertFrame } from '@foyer/protocol';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectNoFinding, looksAt } from './no-finding.ts';
import { useScreen } from './screen.ts';

const screen = useScreen();
const { go, settle, at } = screen;

/** Counts what a page plays and shows, and answers the browser's question for it. */
const watched = (permission: NotificationPermission) => (page: Page) =>
  page.addInitScript((answer) => {
    const told = { tones: 0, shown: [] as string[], closed: 0, asked: 0 };
    Object.assign(window, { told });
    const make = AudioContext.prototype.createOscillator;
    AudioContext.prototype.createOscillator = function (this: AudioContext) {
      told.tones += 1;
      return make.call(this);
    };
    let now: NotificationPermission = answer;
    class Shown {
      static get permission() {
        return now;
      }
      static requestPermission() {
        told.asked += 1;
        now = 'granted';
        return Promise.resolve(now);
      }
      onclick: (() => void) | null = null;
      onclose: (() => void) | null = null;
      constructor(title: string, { body, tag }: { body: string; tag: string }) {
        told.shown.push(`${tag} ${title}: ${body}`);
        Object.assign(window, { last: this });
      }
      close() {
        told.closed += 1;
      }
    }
    Object.assign(window, { Notification: Shown });
  }, permission);
interface Told {
  readonly tones: number;
  readonly shown: readonly string[];
  readonly asked: number;
}
const told = (page: Page): Promise<Told> => page.evaluate(() => (window as unknown as { told: Told }).told);
/** Open, connected, and the chat has said hello. */
async function ready(page: Page, path: string): Promise<void> {
  const before = screen.server.chat.heard.length;
  await page.goto(screen.server.url + path);
  await expect.poll(() => screen.server.chat.heard.slice(before).some(({ t }) => t === 'chat.hello')).toBe(true);
}
const anAlert = (over: Partial<AlertFrame> = {}): AlertFrame => ({
  t: 'chat.alert',
  now: Date.now(),
  alert: 'a1',
  name: 'In the checkout',
  visit: 'visit-1',
  visitor: 'v-1',
  n: 12,
  visitorName: '',
  title: 'Pay',
  country: 'DE',
  city: 'Berlin',
  sound: true,
  notify: true,
  ...over,
});

describe('telling an agent', () => {
  test('[NT3][NT4] two tabs behind another window: one sound, one notification; opening the chat takes it away', async () => {
    const pages = [screen.page, await screen.context.newPage()];
    for (const page of pages) {
      await watched('granted')(page);
      await ready(page, '/visitors');
      // A first input, without which no page may sound.
      await page.mouse.click(700, 5);
      await page.evaluate(() => {
        Object.defineProperty(document, 'hasFocus', { value: () => false });
        window.dispatchEvent(new Event('blur'));
      });
    }
    screen.server.chat.start('c1', 'Where is my order?', { contact: { name: 'Eva', email: '', verified: false } });
    const all = async () => Promise.all(pages.map(told));
    await expect.poll(async () => (await all()).flatMap(({ shown }) => shown)).toEqual(['chat:c1 Eva: Where is my order?']);
    await expect.poll(async () => (await all()).map(({ tones }) => tones).toSorted((a, b) => a - b)).toEqual([0, 3]);
    const shower = pages[(await all()).findIndex(({ shown }) => shown.length > 0)]!;
    await shower.evaluate(() => (window as unknown as { last: { onclick: () => void } }).last.onclick());
    await expect.poll(() => new URL(shower.url()).pathname).toBe('/inbox/c1');
  });

  test('[NT3] when the tab that leads is closed another one tells', async () => {
    const [first, second] = [screen.page, await screen.context.newPage()];
    for (const page of [first, second]) {
      await watched('granted')(page);
      await ready(page, '/visitors');
      await page.evaluate(() => Object.defineProperty(document, 'hasFocus', { value: () => false }));
    }
    await first.close();
    await second.evaluate(() => window.dispatchEvent(new Event('blur')));
    await expect
      .poll(async () => {
        screen.server.chat.say(anAlert());
        return (await told(second)).shown[0] ?? '';
      })
      .toBe('visit:v-1 In the checkout: #12 · Berlin, DE · Pay');
  });

  test('[NT4] with Foyer in front nothing pops up', async () => {
    await watched('granted')(screen.page);
    await ready(screen.page, '/visitors');
    await screen.page.mouse.click(700, 5);
    await expect
      .poll(async () => {
        screen.server.chat.say(anAlert());
        return (await told(screen.page)).tones;
      })
      .toBeGreaterThan(0);
    expect((await told(screen.page)).shown).toEqual([]);
  });

  test('[NT7] what is new stands before the title, whatever page is shown, and goes with it', async () => {
    await ready(screen.page, '/visitors');
    screen.server.chat.start('c1', 'Hello');
    const title = () => screen.page.title();
    await expect.poll(title).toMatch(/^\(1\) Visitors · /);
    await screen.page
      .getByRole('link', { name: /Monitor/ })
      .first()
      .click();
    await expect.poll(title).toMatch(/^\(1\) Visitor Monitor · /);
    screen.server.chat.saw('c1', 10);
    screen.server.chat.does('c1', { c: 'resolve', by: { kind: 'agent', id: 'u2' } });
    await expect.poll(title).toMatch(/^Visitor Monitor · /);
  });
});

describe('settings of alerts', () => {
  test('[NT6] the browser is asked after a click only; then there are switches, and they are remembered', async () => {
    await watched('default')(screen.page);
    await go('/settings/alerts');
    await at('allow-notifications').waitFor();
    expect((await told(screen.page)).asked).toBe(0);
    await at('allow-notifications').click();
    await at('notifications').waitFor();
    expect((await told(screen.page)).asked).toBe(1);
    await at('kind-message').click();
    await at('sounds').click();
    await screen.page.reload();
    const checked = (id: string) => at(id).getAttribute('aria-checked');
    await settle(() => checked('kind-message'), 'false');
    expect([await checked('sounds'), await checked('kind-chat')]).toEqual(['false', 'true']);
  });

  test('[NT6] who has said no is told where it can be changed', async () => {
    await watched('denied')(screen.page);
    await go('/settings/alerts');
    await screen.page.getByText('are blocked in this browser').waitFor();
    expect(await at('allow-notifications').count()).toBe(0);
  });

  test('[AL1] an alert is made, tried with a filter that is none, changed, turned off, removed and brought back', async () => {
    await go('/settings/alerts');
    await screen.page.getByRole('button', { name: 'Somebody in the checkout' }).click();
    const form = at('alert-form');
    expect(await form.getByLabel('Filter', { exact: true }).inputValue()).toBe('context:checkout');
    await form.getByLabel('Filter', { exact: true }).fill('ip:1.2.3.4');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByRole('alert').waitFor();
    expect(screen.server.notices.alerts).toEqual([]);
    await form.getByLabel('Filter', { exact: true }).fill('page:/checkout');
    await form.getByRole('button', { name: 'Save' }).click();
    await at('alert').waitFor();
    expect(screen.server.notices.alerts).toMatchObject([{ name: 'Somebody in the checkout', kind: 'page', filter: 'page:/checkout' }]);
    await at('alert').getByRole('switch').click();
    await expect.poll(() => screen.server.notices.alerts[0]?.enabled).toBe(false);
    await at('alert').getByRole('button', { name: /^Edit/ }).click();
    await at('alert-form').getByLabel('Name').fill('Pays');
    await at('alert-form').getByLabel('Name').press('Enter');
    await expect.poll(() => screen.server.notices.alerts[0]?.name).toBe('Pays');
    await at('alert')
      .getByRole('button', { name: /^Remove/ })
      .click();
    await expect.poll(() => screen.server.notices.alerts.length).toBe(0);
    await at('toast').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => screen.server.notices.alerts.map(({ name, enabled }) => `${name} ${enabled}`)).toEqual(['Pays false']);
  });

  test('[NT5] an agent has the page too, and a list of browsers from which one that was lost is taken', async () => {
    screen.server.me.role = 'agent';
    screen.server.notices.devices = [{ id: 'd1', label: 'Safari · iPhone', endpoint: 'https://push.example/x', createdAt: Date.now() }];
    await go('/settings/alerts');
    await at('push-devices').getByText('Safari · iPhone').waitFor();
    await screen.page.getByRole('button', { name: 'Remove Safari · iPhone' }).click();
    await expect.poll(() => screen.server.notices.devices).toEqual([]);
  });

  test('[DA17] no finding, no sideways scrolling', async () => {
    screen.server.notices.alerts = [
      {
        id: 'a1',
        name: 'In the checkout',
        kind: 'page',
        filter: 'context:checkout',
        site: '',
        sound: true,
        notify: true,
        enabled: true,
        createdAt: 1,
      },
    ];
    await go('/settings/alerts');
    await at('add-alert').click();
    await at('alert-form').waitFor();
    await expectNoFinding(screen.page, looksAt([1_440, 900], [390, 844]));
  });
});

describe('the installed app', () => {
  const install = async (): Promise<void> => {
    await screen.reopen({ serviceWorkers: 'allow' });
    await ready(screen.page, '/visitors');
    await screen.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await expect.poll(() => screen.page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  };
  const stored = () =>
    screen.page.evaluate(async () => {
      const names = await caches.keys();
      const all = await Promise.all(
        names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)),
      );
      return { names, paths: all.flat() };
    });

  test('[NT8] has what browsers ask of an app: a manifest with icons that are there, and a worker', async () => {
    await install();
    const manifest = (await (await screen.page.request.get(`${screen.server.url}/manifest.webmanifest`)).json()) as {
      name: string;
      start_url: string;
      display: string;
      icons: { src: string; sizes: string; purpose: string }[];
    };
    expect(manifest).toMatchObject({ name: 'Foyer', start_url: '/', display: 'standalone' });
    for (const { src, sizes } of manifest.icons.filter((icon) => icon.sizes !== 'any')) {
      const size = await screen.page.evaluate(async (path) => {
        const image = await createImageBitmap(await (await fetch(path)).blob());
        return `${image.width}x${image.height}`;
      }, src);
      expect(size).toBe(sizes);
    }
    expect(manifest.icons.map(({ purpose }) => purpose)).toContain('maskable');
    const session = await screen.context.newCDPSession(screen.page);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
  });

  test('[NT8] opens without a network; nothing that the API said is stored', async () => {
    await install();
    screen.server.fill(5);
    await screen.page.reload();
    await screen.rows().first().waitFor();
    const { paths } = await stored();
    expect(paths).toContain('/');
    expect(paths.filter((path) => path !== '/' && !/^\/(assets\/|theme\.js$|icon\.svg$|manifest\.webmanifest$)/.test(path))).toEqual([]);
    await screen.context.setOffline(true);
    // One that may complain: what it cannot reach is an error in its console.
    const page = await screen.context.newPage();
    await page.goto(`${screen.server.url}/inbox`);
    // Who is signed in cannot be known, so it says that it cannot reach Foyer; it goes on when the network is back.
    const again = page.getByRole('button', { name: 'Try again' });
    await again.waitFor();
    await screen.context.setOffline(false);

    await page.getByRole('heading', { name: 'Inbox' }).waitFor();
    expect((await stored()).paths.filter((path) => path.startsWith('/api'))).toEqual([]);
  });

  test('[NT10] a push is shown with what it says, also one that nobody can read, and leads to its conversation', async () => {
    await install();
    await screen.context.grantPermissions(['notifications']);
    const session = await screen.context.newCDPSession(screen.page);
    const registered = new Promise<string>((found) => {
      session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        if (registrations[0]) found(registrations[0].registrationId);
      });
    });
    await session.send('ServiceWorker.enable');
    const registrationId = await registered;
    const push = (data: string) => session.send('ServiceWorker.deliverPushMessage', { origin: screen.server.url, registrationId, data });
    const shown = () =>
      screen.page.evaluate(async () => {
        const worker = await navigator.serviceWorker.ready;
        return (await worker.getNotifications()).map(({ title, body, tag, data }) => [title, body, tag, (data as { to: string }).to]);
      });
    await push(JSON.stringify({ title: 'Eva · Shop', body: 'Hello?', conversation: 'c/1', tag: 'chat:c/1' }));
    await expect.poll(shown).toEqual([['Eva · Shop', 'Hello?', 'chat:c/1', '/inbox/c%2F1']]);
    await push(JSON.stringify({ title: 'Eva · Shop', body: 'Still there?', conversation: 'c/1', tag: 'chat:c/1' }));
    await expect.poll(shown).toEqual([['Eva · Shop', 'Still there?', 'chat:c/1', '/inbox/c%2F1']]);
    await push(JSON.stringify({ title: 'Pricing', body: '', conversation: '', tag: 'visit:v 1' }));
    await push('nonsense');
    await expect
      .poll(async () => (await shown()).map(([title, , , to]) => `${title} ${to}`).toSorted((a, b) => a.localeCompare(b)))
      .toEqual(['Eva · Shop /inbox/c%2F1', 'Foyer /inbox', 'Pricing /visitors?visitor=v%201']);
  });

  test('[NT9] a new build is taken when the page is opened next, and the one before it stays for pages still open', async () => {
    await install();
    const [before] = (await stored()).names;
    screen.server.rewritten.set('sw.js', (text) => text.replaceAll(before!.slice(6), 'f'.repeat(16)));
    await screen.page.evaluate(async () => {
      await (await navigator.serviceWorker.getRegistration())?.update();
    });
    await expect.poll(async () => (await stored()).names).toEqual([before, `foyer-${'f'.repeat(16)}`]);
  });

  test('[NT8] addresses that are not the dashboard’s go to the server, whatever it answers', async () => {
    await install();
    for (const path of ['/foyer.js', '/healthz', '/demo/x', '/api/v1/me']) {
      const answer = await screen.page.goto(screen.server.url + path);
      expect([path, answer?.fromServiceWorker()]).toEqual([path, false]);
    }
  });
});
