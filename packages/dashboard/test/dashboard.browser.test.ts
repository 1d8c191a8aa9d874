import { describe, expect, test } from 'vitest';
import type { FakeServer } from './fake-server.ts';
import { axe, expectNoFinding, looksAt } from './no-finding.ts';
import { useScreen } from './screen.ts';

const screen = useScreen();
const { go, rows, settle, at: text } = screen;

describe('live list', () => {
  test('[DA27] in a list of 10,000 a drag to anywhere shows the rows of that place, to the last', async () => {
    screen.server.fill(10_000);
    await go('/visitors');
    await rows().first().waitFor();
    const all = screen.server.visits();
    for (const share of [0.5, 1, 0.83, 0.07, 0]) {
      await screen.page.getByTestId('visit-list').evaluate((list, at) => {
        list.scrollTop = (list.scrollHeight - list.clientHeight) * at;
      }, share);
      const first = await screen.page.getByTestId('visit-list').evaluate((list) => Math.floor(list.scrollTop / 56) + 2);
      await settle(
        () =>
          screen.page
            .locator(`[role=option][aria-posinset="${first}"]`)
            .getAttribute('data-visit')
            .catch(() => null),
        all[first - 1]!.id,
      );
    }
    await screen.page.getByTestId('visit-list').evaluate((list) => {
      list.scrollTop = list.scrollHeight;
    });
    await settle(() => screen.page.locator('[role=option]').last().getAttribute('data-visit'), all.at(-1)!.id);
    expect(await screen.page.locator('[role=option]').count()).toBeLessThan(60);
  });

  test('[DA18] a change to one row changes no other row in the document', async () => {
    screen.server.fill(30);
    await go('/visitors');
    const second = screen.server.visits()[1]!;
    await screen.page.locator(`[data-visit="${second.id}"]`).waitFor();
    await screen.page.evaluate(() => {
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
    screen.server.change(second.id, { title: 'A page nobody else has' });
    await screen.page.getByText('A page nobody else has').waitFor();
    expect(new Set(await screen.page.evaluate(() => (window as unknown as { changed: string[] }).changed))).toEqual(new Set([second.id]));
  });

  test('[DA9] scrolled, the list stands still, says how many are new, and goes to them on a click', async () => {
    screen.server.fill(200);
    await go('/visitors');
    await rows().first().waitFor();
    await screen.page.getByTestId('visit-list').evaluate((list) => {
      list.scrollTop = 1_120;
    });
    const third = screen.page.locator('[role=option][aria-posinset="23"]');
    await third.waitFor();
    const id = await third.getAttribute('data-visit');
    const top = (): Promise<number> =>
      screen.page.locator(`[data-visit="${id}"]`).evaluate((row) => Math.round(row.getBoundingClientRect().top));
    const before = await top();
    for (let i = 0; i < 12; i += 1) screen.server.arrive();
    await settle(() => text('new-chip').textContent(), '12 new');
    expect(await top()).toBe(before);
    const newest = screen.server.visits()[0]!.id;
    await text('new-chip').click();
    await screen.page.mouse.move(1_200, 700);
    await settle(() => rows().first().getAttribute('data-visit'), newest);
    await text('new-chip').waitFor({ state: 'detached' });
  });

  test('[DA9] under the pointer the list stands still until the pointer leaves', async () => {
    screen.server.fill(40);
    await go('/visitors');
    const first = await rows().first().getAttribute('data-visit');
    await rows().nth(2).hover();
    screen.server.arrive();
    await settle(() => text('new-chip').textContent(), '1 new');
    expect(await rows().first().getAttribute('data-visit')).toBe(first);
    await screen.page.mouse.move(1_200, 700);
    await settle(() => rows().first().getAttribute('data-visit'), screen.server.visits()[0]!.id);
  });

  test('[DA11] a running clock goes on without a word from the server', async () => {
    const visit = screen.server.arrive({ startedAt: Date.now() - 57_000 });
    await go('/visitors');
    const side = screen.page.locator(`[data-visit="${visit.id}"] .visit-side`);
    await settle(() => side.textContent(), 'now');
    await settle(() => side.textContent(), '1m');
  });

  test('[DA19] the keyboard walks the list, opens, closes and finds the filter', async () => {
    screen.server.fill(300);
    await go('/visitors');
    await rows().first().waitFor();
    const all = screen.server.visits();
    const cursor = () => screen.page.getByTestId('visit-list').getAttribute('aria-activedescendant');
    await screen.page.keyboard.press('/');
    expect(await screen.page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('filter-input');
    await screen.page.keyboard.press('ArrowDown');
    await settle(cursor, `visit-${all[0]!.id}`);
    await screen.page.keyboard.press('ArrowDown');
    await screen.page.keyboard.press('ArrowDown');
    await settle(cursor, `visit-${all[2]!.id}`);
    await screen.page.keyboard.press('Enter');
    await settle(() => text('panel-visitor-id').textContent(), all[2]!.visitor);
    await screen.page.keyboard.press('ArrowUp');
    await settle(() => text('panel-visitor-id').textContent(), all[1]!.visitor);
    await screen.page.keyboard.press('Escape');
    await text('visit-panel').waitFor({ state: 'detached' });
    await screen.page.keyboard.press('End');
    await settle(cursor, `visit-${all.at(-1)!.id}`);
    await screen.page.keyboard.press('Home');
    await settle(cursor, `visit-${all[0]!.id}`);
  });

  test('[DA14] the filter narrows list and totals while typing, says how many of how many, and shows a refusal', async () => {
    screen.server.fill(60);
    const visit = screen.server.arrive({ name: 'Zazie Queneau' });
    await go('/visitors');
    await rows().nth(5).waitFor();
    await text('filter-input').pressSequentially('zazie', { delay: 15 });
    await settle(() => rows().count(), 1);
    expect(await rows().first().getAttribute('data-visit')).toBe(visit.id);
    await settle(() => text('filter-says').textContent(), '1 of 61');
    await settle(() => text('map-card-live').textContent(), `1 of ${screen.server.visits().filter((v) => v.online).length}`);
    await text('filter-input').fill('refuse-me');
    await settle(() => text('filter-says').textContent(), 'This filter is not one that can be read.');
    expect(await rows().count()).toBe(1);
    await text('filter-input').fill('country:at ');
    await screen.page.locator('.token', { hasText: 'country:at' }).waitFor();
    await screen.page.keyboard.press('Backspace');
    expect(await text('filter-input').inputValue()).toBe('country:at');
  });

  test('[DA20] site, filter and visitor are in the address and come back with a reload', async () => {
    screen.server.fill(120);
    const visit = screen.server.arrive({ site: 'site-2', title: 'Journal front page', country: 'AT', city: 'Vienna', region: 'Vienna' });
    await go('/visitors');
    await rows().first().waitFor();
    await text('site-switcher').click();
    await screen.page.getByRole('menuitemradio', { name: /Journal/ }).click();
    await text('filter-input').fill('country:at');
    await screen.page.locator(`[data-visit="${visit.id}"]`).click();
    await settle(async () => Object.fromEntries(new URL(screen.page.url()).searchParams), {
      site: 'site-2',
      filter: 'country:at',
      visitor: visit.visitor,
    });
    await screen.page.reload();
    await settle(() => text('panel-visitor-id').textContent(), visit.visitor);
    await screen.page.locator('.token', { hasText: 'country:at' }).waitFor();
    await settle(() => screen.page.locator(`[data-visit="${visit.id}"]`).getAttribute('aria-selected'), 'true');
    expect(await text('site-switcher').textContent()).toContain('Journal');
  });

  test('[DA12] a title or referrer that is no web address is shown as text', async () => {
    const visit = screen.server.arrive({
      title: '<img src=x onerror=alert(1)>',
      referrer: 'javascript:alert(1)',
      url: 'https://shop.example.com/a',
    });
    await go(`/visitors?visitor=${visit.visitor}`);
    await text('panel-name').waitFor();
    await screen.page.getByText('javascript:alert(1)').waitFor();
    const links = await text('visit-panel')
      .locator('a')
      .evaluateAll((all) =>
        all.map((a) => ({ href: a.getAttribute('href'), rel: a.getAttribute('rel'), target: a.getAttribute('target') })),
      );
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(link).toEqual({ href: 'https://shop.example.com/a', rel: 'noopener noreferrer', target: '_blank' });
  });

  test('[DA1] arrivals, page changes and totals show by themselves, and those left out are apart with the reason', async () => {
    screen.server.fill(3);
    await go('/visitors');
    await rows().nth(2).waitFor();
    const visit = screen.server.arrive({ title: 'Home' });
    screen.server.arrive({ filtered: 'Headless browser' });
    await settle(() => rows().first().getAttribute('data-visit'), visit.id);
    screen.server.change(visit.id, { title: 'Checkout', status: 'chatting' });
    await settle(() => screen.page.locator(`[data-visit="${visit.id}"]`).getAttribute('data-status'), 'chatting');
    await screen.page.locator(`[data-visit="${visit.id}"]`, { hasText: 'Checkout' }).waitFor();
    await settle(async () => (await text('tab-visitors').textContent())?.trim(), 'Visitors 4');
    await text('tab-filtered').click();
    await settle(() => text('filtered-reason').allTextContents(), ['Headless browser']);
  });
});

describe('connection', () => {
  test('[DA24] a lost connection is said with its time, the data stays, and all goes on by itself', async () => {
    screen.server.fill(20);
    await go('/visitors');
    await rows().nth(5).waitFor();
    const { port } = screen.server;
    await screen.server.stop();
    await text('connection-banner').waitFor();
    expect(await text('connection-banner').textContent()).toMatch(/Connection lost\. You see what was known at \d\d:\d\d:\d\d\./);
    expect(await rows().count()).toBeGreaterThan(5);
    expect(await screen.page.locator('.sidebar .goes-stale').evaluate((list) => getComputedStyle(list).opacity)).not.toBe('1');
    screen.server.newEpoch();
    await screen.server.start(port);
    const visit = screen.server.arrive();
    await text('connection-banner').waitFor({ state: 'detached', timeout: 20_000 });
    await screen.page.locator(`[data-visit="${visit.id}"]`).waitFor();
  });

  test('[DA6] a session that ends elsewhere leads to sign-in and back to the same place', async () => {
    screen.server.fill(5);
    await go('/visitors?filter=country%3Aat');
    await text('map-card-live').waitFor();
    screen.server.signedIn = false;
    screen.server.closeConsoles('signedOut');
    await screen.page.waitForURL(/\/login\?next=/);
    await screen.page.getByLabel('E-mail').fill('marta@example.com');
    await screen.page.getByLabel('Password').fill('wrong');
    await screen.page.getByRole('button', { name: 'Sign in' }).click();
    expect(await text('failure').textContent()).toContain('E-mail or password is not right.');
    await screen.page.getByLabel('Password').fill('right-password');
    await screen.page.getByRole('button', { name: 'Sign in' }).click();
    await screen.page.waitForURL(/\/visitors\?filter=country%3Aat$/);
  });

  test('[DA6] a changed role shows at once', async () => {
    screen.server.fill(5);
    await go('/visitors');
    await screen.page.locator('.rail a[href="/settings"]').waitFor();
    screen.server.me.role = 'agent';
    screen.server.closeConsoles('roleChanged');
    await screen.page.locator('.rail a[href="/settings"]').waitFor({ state: 'detached' });
  });
});

describe('settings', () => {
  test('[DA21] an Agent has no Settings item; deep link and tracking-off screen name whom to ask', async () => {
    screen.server.me.role = 'agent';
    screen.server.me.settings.tracking = false;
    await go('/visitors');
    await settle(() => text('ask-whom').locator('b').allTextContents(), ['Marta Lindqvist', 'Joon Park']);
    expect(await screen.page.locator('a[href^="/settings"]').count()).toBe(0);
    await go('/settings/visitors');
    await settle(() => text('ask-whom').locator('b').allTextContents(), ['Marta Lindqvist', 'Joon Park']);
    expect(await text('tracking').count()).toBe(0);
  });

  test('[VI9] Install keeps the identity secret to itself until it is wanted, and makes a new one when asked twice', async () => {
    screen.server.refusedHashes = { count: 3, lastAt: Date.now() };
    await go('/settings/install');
    await settle(() => text('identity-secret').textContent(), '•'.repeat(24));
    expect(await text('refused-hashes').textContent()).toContain('3 × a hash was wrong');
    await text('identity-show').click();
    await settle(() => text('identity-secret').textContent(), '0'.repeat(64));
    await text('identity-show').click();
    await settle(() => text('identity-secret').textContent(), '•'.repeat(24));
    await text('identity-rotate').click();
    expect(screen.server.rotations).toBe(0);
    await text('identity-rotate-now').click();
    await settle(() => text('identity-secret').textContent(), '1'.repeat(64));
    expect(await text('identity-before').textContent()).toContain('is good until');
    for (const [language, says] of [
      ['PHP', 'hash_hmac('],
      ['Python', 'hmac.new('],
      ['Ruby', 'OpenSSL::HMAC.hexdigest('],
      ['Node.js', 'createHmac('],
    ] as const) {
      await text('identity-language').selectOption(language);
      await settle(async () => (await text('identity-server').textContent())?.includes(says), true);
    }
  });

  test('[DA22] Install turns green by itself, and Allow lets a refused origin in', async () => {
    screen.server.me.sites[0]!.seenAt = null;
    await go('/settings/install');
    await settle(() => text('install-status').getAttribute('data-seen'), 'false');
    expect(await text('snippet').textContent()).toBe(
      '<script async src="https://foyer.example.com/foyer.js" data-site="s_site-1"></script>',
    );
    screen.server.me.sites[0]!.seenAt = Date.now();
    screen.server.say('install');
    await settle(() => text('install-status').getAttribute('data-seen'), 'true');
    await text('refused-origin').getByRole('button', { name: 'Allow' }).click();
    await text('refused-origin').waitFor({ state: 'detached' });
    await settle(() => screen.page.locator('.site-settings .token').allTextContents(), ['https://staging.example.net']);
  });

  test('[DA22] who came first and is left out is said with the reason, in Install and on the empty list', async () => {
    screen.server.me.sites[0]!.seenAt = null;
    screen.server.arrive({ filtered: 'Headless browser', site: screen.server.me.sites[0]!.id });
    await go('/settings/install');
    await settle(
      async () => (await text('left-out-note').textContent())?.includes('one visit was seen and left out of the counts (Headless browser)'),
      true,
    );
    expect(await text('install-status').getAttribute('data-seen')).toBe('false');
    for (const site of screen.server.me.sites) site.seenAt = null;
    await go('/visitors');
    await text('left-out-note').getByRole('link').click();
    await settle(() => text('filtered-reason').allTextContents(), ['Headless browser']);
  });

  test('[DA22] a warning about the address is shown', async () => {
    screen.server.warnings = [{ code: 'http_public_url', message: 'Foyer is reached over http.' }];
    await go('/settings/install');
    await settle(() => text('install-warning').getAttribute('data-code'), 'http_public_url');
  });

  test('[DA23] the tracking toggle saves itself, says Saved, and can be undone', async () => {
    await go('/settings/visitors');
    await text('tracking-offline').click();
    await settle(() => text('saved').textContent(), 'Saved');
    expect(screen.server.me.settings.tracking).toBe(false);
    await text('toast').getByRole('button', { name: 'Undo' }).click();
    await settle(async () => screen.server.me.settings.tracking, true);
    await settle(() => text('tracking').getAttribute('data-on'), 'true');
  });

  test('[DA23] addresses to leave out are added and removed; what is none is not sent', async () => {
    await go('/settings/visitors');
    await screen.page.getByRole('button', { name: 'Add to Leave out addresses' }).click();
    await screen.page.getByPlaceholder('203.0.113.0/28').fill('300.1.1.1');
    await screen.page.getByRole('button', { name: 'Add', exact: true }).click();
    await screen.page.getByText('An address such as').waitFor();
    await screen.page.getByPlaceholder('203.0.113.0/28').fill('2001:db8::/48');
    await screen.page.getByRole('button', { name: 'Add', exact: true }).click();
    await settle(async () => screen.server.me.settings.excludedAddresses, ['203.0.113.0/28', '198.51.100.17', '2001:db8::/48']);
    await screen.page.getByRole('button', { name: 'Remove 203.0.113.0/28' }).click();
    await settle(async () => screen.server.me.settings.excludedAddresses, ['198.51.100.17', '2001:db8::/48']);
  });

  test('[DA25] a plan without tracking has no Visitors item, and its deep links explain', async () => {
    screen.server.me.workspace.trackingInPlan = false;
    await go('/visitors');
    await screen.page.getByRole('heading', { name: 'Visitor tracking is not part of your plan' }).waitFor();
    expect(await screen.page.locator('.rail ul a[href="/visitors"]').count()).toBe(0);
    await go('/settings/install');
    await screen.page.getByRole('heading', { name: 'Visitor tracking is not part of your plan' }).waitFor();
  });

  test('[DA26] a new invitation shows its link, and the link leads in', async () => {
    await go('/settings/team');
    await screen.page.getByRole('button', { name: 'Make a link' }).click();
    await settle(() => text('invite-link').locator('pre').textContent(), `${screen.server.url}/invite#token=abc`);
    screen.server.signedIn = false;
    await go('/invite#token=abc');
    await screen.page.getByRole('heading', { name: 'Join Fernhill Outdoor' }).waitFor();
    await screen.page.getByLabel('Your name').fill('Nora');
    await screen.page.getByLabel('E-mail').fill('nora@example.com');
    await screen.page.getByLabel('Password').fill('a long enough sentence');
    await screen.page.getByRole('button', { name: 'Join' }).click();
    await screen.page.waitForURL(/\/visitors$/);
  });
});

describe('entrance', () => {
  test('[DA26] the set-up link leads into the workspace; a used one says so', async () => {
    screen.server.setUp = screen.server.signedIn = false;
    for (const token of ['used', 'right']) {
      await go('/login');
      await go(`/setup#token=${token}`);
      await screen.page.getByLabel('Workspace').fill('Fernhill');
      await screen.page.getByLabel('Your name').fill('Marta');
      await screen.page.getByLabel('E-mail').fill('marta@example.com');
      await screen.page.getByLabel('Password').fill('correct horse battery');
      await screen.page.getByLabel('Its domain').fill('https://shop.example.com/');
      await screen.page.getByRole('button', { name: 'Create workspace' }).click();
      if (token === 'used') await screen.page.getByText('This link has been used').waitFor();
    }
    await screen.page.waitForURL(/\/settings\/install$/);
  });

  test('[DA26] who is not signed in is asked to, and a link elsewhere is not followed afterwards', async () => {
    screen.server.signedIn = false;
    await go('/login?next=%2F%2Fevil.example%2F');
    await screen.page.getByLabel('E-mail').fill('marta@example.com');
    await screen.page.getByLabel('Password').fill('right-password');
    await screen.page.getByRole('button', { name: 'Sign in' }).click();
    await screen.page.waitForURL(`${screen.server.url}/visitors`);
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
      prepare(screen.server);
      await go(path);
      await screen.page.locator(ready).first().waitFor();
      await expectNoFinding(screen.page, looksAt([1_440, 900], [390, 844]));
    },
  );

  test('[DA17] menus are worked with the keyboard and have no axe finding', async () => {
    screen.server.fill(5);
    await go('/visitors');
    await text('user-menu').focus();
    await screen.page.keyboard.press('ArrowDown');
    await screen.page.getByRole('menu').waitFor();
    expect((await (await axe(screen.page)).analyze()).violations.map((v) => v.id)).toEqual([]);
    await screen.page.getByRole('menuitemradio', { name: 'Light' }).click();
    expect(await screen.page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light');
    await screen.page.reload();
    expect(await screen.page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light');
  });

  test('[DA17] right to left, nothing scrolls sideways and the list stands on the right', async () => {
    screen.server.fill(20);
    await go('/visitors');
    await rows().first().waitFor();
    await screen.page.evaluate(() => {
      document.documentElement.dir = 'rtl';
    });
    expect(await screen.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    const list = await screen.page.getByTestId('visit-list').boundingBox();
    expect(list!.x).toBeGreaterThan(700);
  });
});
