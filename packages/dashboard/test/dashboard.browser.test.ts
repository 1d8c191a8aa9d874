import { rmSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildDashboard } from './built.ts';
import { FakeServer } from './fake-server.ts';

let browser: Browser;
let dist = '';
let server: FakeServer;
let context: BrowserContext;
let page: Page;
/** Errors and policy violations of the page; a test that passes with one is not a pass. */
let complaints: string[] = [];
/** Connections lost on purpose leave their mark in the console, and so do requests that are meant to fail. */
const EXPECTED = /WebSocket connection|Failed to load resource|ERR_CONNECTION/;

beforeAll(async () => {
  [browser, dist] = await Promise.all([
    chromium.launch({ executablePath: process.env['FOYER_CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] }),
    buildDashboard(),
  ]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  rmSync(dist, { recursive: true, force: true });
});
beforeEach(async () => {
  server = await new FakeServer(dist).start();
  await open();
});
afterEach(async () => {
  await context.close();
  await server.stop();
  if (complaints.length > 0) throw new Error(`The page complained: ${complaints.join('; ')}`);
});

async function open(): Promise<void> {
  complaints = [];
  context = await browser.newContext({ viewport: { width: 1_440, height: 900 }, reducedMotion: 'reduce' });
  page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== server.url) complaints.push(`asked ${request.url()}`);
  });
}
const go = (path: string) => page.goto(server.url + path);
const rows = () => page.getByTestId('visitor-row');
const text = (id: string) => page.getByTestId(id);
async function settle(check: () => Promise<unknown>, expected: unknown): Promise<void> {
  await expect.poll(check, { timeout: 5_000, interval: 20 }).toEqual(expected);
}

describe('live list', () => {
  test('[DA27] in a list of 10,000 a drag to anywhere shows the rows of that place, to the last', async () => {
    server.fill(10_000);
    await go('/visitors');
    await rows().first().waitFor();
    const all = server.visits();
    for (const share of [0.5, 1, 0.83, 0.07, 0]) {
      await page.getByTestId('visit-list').evaluate((list, at) => {
        list.scrollTop = (list.scrollHeight - list.clientHeight) * at;
      }, share);
      const first = await page.getByTestId('visit-list').evaluate((list) => Math.floor(list.scrollTop / 56) + 2);
      await settle(
        () =>
          page
            .locator(`[role=option][aria-posinset="${first}"]`)
            .getAttribute('data-visit')
            .catch(() => null),
        all[first - 1]!.id,
      );
    }
    await page.getByTestId('visit-list').evaluate((list) => {
      list.scrollTop = list.scrollHeight;
    });
    await settle(() => page.locator('[role=option]').last().getAttribute('data-visit'), all.at(-1)!.id);
    expect(await page.locator('[role=option]').count()).toBeLessThan(60);
  });

  test('[DA18] a change to one row changes no other row in the document', async () => {
    server.fill(30);
    await go('/visitors');
    const second = server.visits()[1]!;
    await page.locator(`[data-visit="${second.id}"]`).waitFor();
    await page.evaluate(() => {
      const changed: string[] = [];
      Object.assign(window, { changed });
      new MutationObserver((records) => {
        for (const { target } of records) {
          const element = target instanceof Element ? target : target.parentElement;
          // Every row's clock may tick meanwhile; that is no change to a row.
          if (!element?.closest('.visit-side')) changed.push(element?.closest('[data-visit]')?.getAttribute('data-visit') ?? 'list');
        }
      }).observe(document.querySelector('#visit-list')!, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
        attributeFilter: ['class', 'style', 'data-status', 'aria-selected', 'aria-posinset', 'title'],
      });
    });
    server.change(second.id, { title: 'A page nobody else has' });
    await page.getByText('A page nobody else has').waitFor();
    expect(new Set(await page.evaluate(() => (window as unknown as { changed: string[] }).changed))).toEqual(new Set([second.id]));
  });

  test('[DA9] scrolled, the list stands still, says how many are new, and goes to them on a click', async () => {
    server.fill(200);
    await go('/visitors');
    await rows().first().waitFor();
    await page.getByTestId('visit-list').evaluate((list) => {
      list.scrollTop = 1_120;
    });
    const third = page.locator('[role=option][aria-posinset="23"]');
    await third.waitFor();
    const id = await third.getAttribute('data-visit');
    const top = (): Promise<number> => page.locator(`[data-visit="${id}"]`).evaluate((row) => Math.round(row.getBoundingClientRect().top));
    const before = await top();
    for (let i = 0; i < 12; i += 1) server.arrive();
    await settle(() => text('new-chip').textContent(), '12 new');
    expect(await top()).toBe(before);
    const newest = server.visits()[0]!.id;
    await text('new-chip').click();
    await page.mouse.move(1_200, 700);
    await settle(() => rows().first().getAttribute('data-visit'), newest);
    await text('new-chip').waitFor({ state: 'detached' });
  });

  test('[DA9] under the pointer the list stands still until the pointer leaves', async () => {
    server.fill(40);
    await go('/visitors');
    const first = await rows().first().getAttribute('data-visit');
    await rows().nth(2).hover();
    server.arrive();
    await settle(() => text('new-chip').textContent(), '1 new');
    expect(await rows().first().getAttribute('data-visit')).toBe(first);
    await page.mouse.move(1_200, 700);
    await settle(() => rows().first().getAttribute('data-visit'), server.visits()[0]!.id);
  });

  test('[DA11] a running clock goes on without a word from the server', async () => {
    const visit = server.arrive({ lastActivityAt: Date.now() - 57_000 });
    await go('/visitors');
    const side = page.locator(`[data-visit="${visit.id}"] .visit-side`);
    await settle(() => side.textContent(), 'Active');
    await settle(() => side.textContent(), '1m ago');
  });

  test('[DA19] the keyboard walks the list, opens, closes and finds the filter', async () => {
    server.fill(300);
    await go('/visitors');
    await rows().first().waitFor();
    const all = server.visits();
    const cursor = () => page.getByTestId('visit-list').getAttribute('aria-activedescendant');
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('filter-input');
    await page.keyboard.press('ArrowDown');
    await settle(cursor, `visit-${all[0]!.id}`);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await settle(cursor, `visit-${all[2]!.id}`);
    await page.keyboard.press('Enter');
    await settle(() => text('panel-visitor-id').textContent(), all[2]!.visitor);
    await page.keyboard.press('ArrowUp');
    await settle(() => text('panel-visitor-id').textContent(), all[1]!.visitor);
    await page.keyboard.press('Escape');
    await text('visit-panel').waitFor({ state: 'detached' });
    await page.keyboard.press('End');
    await settle(cursor, `visit-${all.at(-1)!.id}`);
    await page.keyboard.press('Home');
    await settle(cursor, `visit-${all[0]!.id}`);
  });

  test('[DA14] the filter narrows list and totals while typing, says how many of how many, and shows a refusal', async () => {
    server.fill(60);
    const visit = server.arrive({ name: 'Zazie Queneau' });
    await go('/visitors');
    await rows().nth(5).waitFor();
    await text('filter-input').pressSequentially('zazie', { delay: 15 });
    await settle(() => rows().count(), 1);
    expect(await rows().first().getAttribute('data-visit')).toBe(visit.id);
    await settle(() => text('filter-says').textContent(), '1 of 61');
    await settle(() => text('total-live').textContent(), `1 of ${server.visits().filter((v) => v.online).length}`);
    await text('filter-input').fill('refuse-me');
    await settle(() => text('filter-says').textContent(), 'This filter is not one that can be read.');
    expect(await rows().count()).toBe(1);
    await text('filter-input').fill('country:at ');
    await page.locator('.token', { hasText: 'country:at' }).waitFor();
    await page.keyboard.press('Backspace');
    expect(await text('filter-input').inputValue()).toBe('country:at');
  });

  test('[DA13] a click on a bar puts its term into the filter, a second one takes it out', async () => {
    server.fill(80);
    await go('/visitors');
    await page.getByRole('button', { name: 'Firefox', exact: true }).click();
    await page.locator('.token', { hasText: 'browser:Firefox' }).waitFor();
    await settle(async () => new URL(page.url()).searchParams.get('filter'), 'browser:Firefox');
    await page.getByRole('button', { name: 'Firefox', exact: true }).click();
    await settle(async () => new URL(page.url()).search, '');
  });

  test('[DA20] site, filter and visitor are in the address and come back with a reload', async () => {
    server.fill(120);
    const visit = server.arrive({ site: 'site-2', title: 'Journal front page', country: 'AT', city: 'Vienna', region: 'Vienna' });
    await go('/visitors');
    await rows().first().waitFor();
    await text('site-switcher').click();
    await page.getByRole('menuitemradio', { name: /Journal/ }).click();
    await text('filter-input').fill('country:at');
    await page.locator(`[data-visit="${visit.id}"]`).click();
    await settle(async () => Object.fromEntries(new URL(page.url()).searchParams), {
      site: 'site-2',
      filter: 'country:at',
      visitor: visit.visitor,
    });
    await page.reload();
    await settle(() => text('panel-visitor-id').textContent(), visit.visitor);
    await page.locator('.token', { hasText: 'country:at' }).waitFor();
    await settle(() => page.locator(`[data-visit="${visit.id}"]`).getAttribute('aria-selected'), 'true');
    expect(await text('site-switcher').textContent()).toContain('Journal');
  });

  test('[DA12] a title or referrer that is no web address is shown as text', async () => {
    const visit = server.arrive({
      title: '<img src=x onerror=alert(1)>',
      referrer: 'javascript:alert(1)',
      url: 'https://shop.example.com/a',
    });
    await go(`/visitors?visitor=${visit.visitor}`);
    await text('panel-name').waitFor();
    await page.getByText('javascript:alert(1)').waitFor();
    const links = await text('visit-panel')
      .locator('a')
      .evaluateAll((all) =>
        all.map((a) => ({ href: a.getAttribute('href'), rel: a.getAttribute('rel'), target: a.getAttribute('target') })),
      );
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(link).toEqual({ href: 'https://shop.example.com/a', rel: 'noopener noreferrer', target: '_blank' });
  });

  test('[DA1] arrivals, page changes and totals show by themselves, and those left out are apart with the reason', async () => {
    server.fill(3);
    await go('/visitors');
    await rows().nth(2).waitFor();
    const visit = server.arrive({ title: 'Home' });
    server.arrive({ filtered: 'Headless browser' });
    await settle(() => rows().first().getAttribute('data-visit'), visit.id);
    server.change(visit.id, { title: 'Checkout', status: 'chatting' });
    await settle(() => page.locator(`[data-visit="${visit.id}"]`).getAttribute('data-status'), 'chatting');
    await page.locator(`[data-visit="${visit.id}"]`, { hasText: 'Checkout' }).waitFor();
    await settle(() => text('total-listed').textContent(), '4');
    await text('tab-filtered').click();
    await settle(() => text('filtered-reason').allTextContents(), ['Headless browser']);
  });
});

describe('connection', () => {
  test('[DA24] a lost connection is said with its time, the data stays, and all goes on by itself', async () => {
    server.fill(20);
    await go('/visitors');
    await rows().nth(5).waitFor();
    const { port } = server;
    await server.stop();
    await text('connection-banner').waitFor();
    expect(await text('connection-banner').textContent()).toMatch(/Connection lost\. You see what was known at \d\d:\d\d:\d\d\./);
    expect(await rows().count()).toBeGreaterThan(5);
    expect(await page.locator('.sidebar .goes-stale').evaluate((list) => getComputedStyle(list).opacity)).not.toBe('1');
    server.newEpoch();
    await server.start(port);
    const visit = server.arrive();
    await text('connection-banner').waitFor({ state: 'detached', timeout: 20_000 });
    await page.locator(`[data-visit="${visit.id}"]`).waitFor();
  });

  test('[DA6] a session that ends elsewhere leads to sign-in and back to the same place', async () => {
    server.fill(5);
    await go('/visitors?filter=country%3Aat');
    await text('total-live').waitFor();
    server.signedIn = false;
    server.closeConsoles('signedOut');
    await page.waitForURL(/\/login\?next=/);
    await page.getByLabel('E-mail').fill('marta@example.com');
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await text('failure').textContent()).toContain('E-mail or password is not right.');
    await page.getByLabel('Password').fill('right-password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/\/visitors\?filter=country%3Aat$/);
  });

  test('[DA6] a changed role shows at once', async () => {
    server.fill(5);
    await go('/visitors');
    await page.locator('.rail a[href="/settings"]').waitFor();
    server.me.role = 'agent';
    server.closeConsoles('roleChanged');
    await page.locator('.rail a[href="/settings"]').waitFor({ state: 'detached' });
  });
});

describe('settings', () => {
  test('[DA21] an Agent has no Settings item; deep link and tracking-off screen name whom to ask', async () => {
    server.me.role = 'agent';
    server.me.settings.tracking = false;
    await go('/visitors');
    await settle(() => text('ask-whom').locator('b').allTextContents(), ['Marta Lindqvist', 'Joon Park']);
    expect(await page.locator('a[href^="/settings"]').count()).toBe(0);
    await go('/settings/visitors');
    await settle(() => text('ask-whom').locator('b').allTextContents(), ['Marta Lindqvist', 'Joon Park']);
    expect(await text('tracking').count()).toBe(0);
  });

  test('[DA22] Install turns green by itself, and Allow lets a refused origin in', async () => {
    server.me.sites[0]!.seenAt = null;
    await go('/settings/install');
    await settle(() => text('install-status').getAttribute('data-seen'), 'false');
    expect(await text('snippet').textContent()).toBe(
      '<script async src="https://foyer.example.com/foyer.js" data-site="s_site-1"></script>',
    );
    server.me.sites[0]!.seenAt = Date.now();
    server.say('install');
    await settle(() => text('install-status').getAttribute('data-seen'), 'true');
    await text('refused-origin').getByRole('button', { name: 'Allow' }).click();
    await text('refused-origin').waitFor({ state: 'detached' });
    await settle(() => page.locator('.site-settings .token').allTextContents(), ['https://staging.example.net']);
  });

  test('[DA22] who came first and is left out is said with the reason, in Install and on the empty list', async () => {
    server.me.sites[0]!.seenAt = null;
    server.arrive({ filtered: 'Headless browser', site: server.me.sites[0]!.id });
    await go('/settings/install');
    await settle(
      async () => (await text('left-out-note').textContent())?.includes('one visit was seen and left out of the counts (Headless browser)'),
      true,
    );
    expect(await text('install-status').getAttribute('data-seen')).toBe('false');
    for (const site of server.me.sites) site.seenAt = null;
    await go('/visitors');
    await text('left-out-note').getByRole('link').click();
    await settle(() => text('filtered-reason').allTextContents(), ['Headless browser']);
  });

  test('[DA22] a warning about the address is shown', async () => {
    server.warnings = [{ code: 'http_public_url', message: 'Foyer is reached over http.' }];
    await go('/settings/install');
    await settle(() => text('install-warning').getAttribute('data-code'), 'http_public_url');
  });

  test('[DA23] the tracking toggle saves itself, says Saved, and can be undone', async () => {
    await go('/settings/visitors');
    await text('tracking-offline').click();
    await settle(() => text('saved').textContent(), 'Saved');
    expect(server.me.settings.tracking).toBe(false);
    await text('toast').getByRole('button', { name: 'Undo' }).click();
    await settle(async () => server.me.settings.tracking, true);
    await settle(() => text('tracking').getAttribute('data-on'), 'true');
  });

  test('[DA23] addresses to leave out are added and removed; what is none is not sent', async () => {
    await go('/settings/visitors');
    await page.getByRole('button', { name: 'Add to Leave out addresses' }).click();
    await page.getByPlaceholder('203.0.113.0/28').fill('300.1.1.1');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('An address such as').waitFor();
    await page.getByPlaceholder('203.0.113.0/28').fill('2001:db8::/48');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await settle(async () => server.me.settings.excludedAddresses, ['203.0.113.0/28', '198.51.100.17', '2001:db8::/48']);
    await page.getByRole('button', { name: 'Remove 203.0.113.0/28' }).click();
    await settle(async () => server.me.settings.excludedAddresses, ['198.51.100.17', '2001:db8::/48']);
  });

  test('[DA25] a plan without tracking has no Visitors item, and its deep links explain', async () => {
    server.me.workspace.trackingInPlan = false;
    await go('/visitors');
    await page.getByRole('heading', { name: 'Visitor tracking is not part of your plan' }).waitFor();
    expect(await page.locator('.rail ul a[href="/visitors"]').count()).toBe(0);
    await go('/settings/install');
    await page.getByRole('heading', { name: 'Visitor tracking is not part of your plan' }).waitFor();
  });

  test('[DA26] a new invitation shows its link, and the link leads in', async () => {
    await go('/settings/team');
    await page.getByRole('button', { name: 'Make a link' }).click();
    await settle(() => text('invite-link').locator('pre').textContent(), `${server.url}/invite#token=abc`);
    server.signedIn = false;
    await go('/invite#token=abc');
    await page.getByRole('heading', { name: 'Join Fernhill Outdoor' }).waitFor();
    await page.getByLabel('Your name').fill('Nora');
    await page.getByLabel('E-mail').fill('nora@example.com');
    await page.getByLabel('Password').fill('a long enough sentence');
    await page.getByRole('button', { name: 'Join' }).click();
    await page.waitForURL(/\/visitors$/);
  });
});

describe('entrance', () => {
  test('[DA26] the set-up link leads into the workspace; a used one says so', async () => {
    server.setUp = server.signedIn = false;
    for (const token of ['used', 'right']) {
      await go('/login');
      await go(`/setup#token=${token}`);
      await page.getByLabel('Workspace').fill('Fernhill');
      await page.getByLabel('Your name').fill('Marta');
      await page.getByLabel('E-mail').fill('marta@example.com');
      await page.getByLabel('Password').fill('correct horse battery');
      await page.getByLabel('Its domain').fill('https://shop.example.com/');
      await page.getByRole('button', { name: 'Create workspace' }).click();
      if (token === 'used') await page.getByText('This set-up link was used').waitFor();
    }
    await page.waitForURL(/\/settings\/install$/);
  });

  test('[DA26] who is not signed in is asked to, and a link elsewhere is not followed afterwards', async () => {
    server.signedIn = false;
    await go('/login?next=%2F%2Fevil.example%2F');
    await page.getByLabel('E-mail').fill('marta@example.com');
    await page.getByLabel('Password').fill('right-password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${server.url}/visitors`);
  });
});

describe('accessibility', () => {
  const screens: readonly (readonly [name: string, path: string, prepare: (server: FakeServer) => void, ready: string])[] = [
    [
      'sign-in',
      '/login',
      (s) => {
        s.signedIn = false;
      },
      'h1',
    ],
    [
      'set-up',
      '/setup#token=x',
      (s) => {
        s.signedIn = s.setUp = false;
      },
      'h1',
    ],
    [
      'invitation',
      '/invite#token=x',
      (s) => {
        s.signedIn = false;
      },
      'form',
    ],
    ['visitors', '/visitors', (s) => s.fill(40), '[data-testid=visitor-row]'],
    ['visitors, filtered', '/visitors?filter=country%3Ade+-page%3A%2Fjobs', (s) => s.fill(40), '.token'],
    ['one visitor', '/visitors?visitor=v_63j', (s) => s.fill(40), '[data-testid=visit-panel]'],
    [
      'left out',
      '/visitors?list=filtered',
      (s) => {
        s.fill(3);
        s.arrive({ filtered: 'Bot: Googlebot' });
      },
      '[data-testid=filtered-reason]',
    ],
    [
      'tracking off',
      '/visitors',
      (s) => {
        s.me.settings.tracking = false;
      },
      'h1',
    ],
    [
      'no visitor yet',
      '/visitors',
      (s) => {
        for (const site of s.me.sites) site.seenAt = null;
      },
      '.wait',
    ],
    [
      'settings for an agent',
      '/settings',
      (s) => {
        s.me.role = 'agent';
      },
      '[data-testid=ask-whom]',
    ],
    ['settings, visitors', '/settings/visitors', () => {}, '[data-testid=tracking]'],
    [
      'settings, install',
      '/settings/install',
      (s) => {
        s.me.sites[0]!.seenAt = null;
        s.warnings = [{ code: 'proxy_not_trusted', message: 'Nearly all visitors come from one private address.' }];
      },
      '[data-testid=install-status]',
    ],
    ['settings, team', '/settings/team', () => {}, '.person'],
    ['settings, general', '/settings/general', () => {}, 'select'],
  ];
  test.each(screens)(
    '[DA17] %s: no axe finding and no sideways scrolling, in both themes, wide and on a phone',
    async (_, path, prepare, ready) => {
      prepare(server);
      await go(path);
      await page.locator(ready).first().waitFor();
      for (const [width, height] of [
        [1_440, 900],
        [390, 844],
      ] as const) {
        await page.setViewportSize({ width, height });
        for (const theme of ['dark', 'light']) {
          await page.evaluate((name) => {
            document.documentElement.dataset['theme'] = name;
          }, theme);
          const { violations } = await new AxeBuilder({ page })
            .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
            .analyze();
          expect(violations.map((v) => `${theme} ${width}: ${v.id}: ${v.nodes.map((node) => node.target.join(' ')).join(' | ')}`)).toEqual(
            [],
          );
          expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
        }
      }
    },
  );

  test('[DA17] menus are worked with the keyboard and have no axe finding', async () => {
    server.fill(5);
    await go('/visitors');
    await text('user-menu').focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('menu').waitFor();
    expect((await new AxeBuilder({ page }).analyze()).violations.map((v) => v.id)).toEqual([]);
    await page.getByRole('menuitemradio', { name: 'Light' }).click();
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light');
    await page.reload();
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light');
  });

  test('[DA17] right to left, nothing scrolls sideways and the list stands on the right', async () => {
    server.fill(20);
    await go('/visitors');
    await rows().first().waitFor();
    await page.evaluate(() => {
      document.documentElement.dir = 'rtl';
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    const list = await page.getByTestId('visit-list').boundingBox();
    expect(list!.x).toBeGreaterThan(700);
  });
});
