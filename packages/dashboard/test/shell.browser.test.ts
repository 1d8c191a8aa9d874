import type { Seen } from '@foyer/protocol';
import { describe, expect, test } from 'vitest';
import { expectNoFinding, type Look, looksAt } from './no-finding.ts';
import { useScreen } from './screen.ts';

const screen = useScreen();
const { go, at, settle } = screen;
const path = (): string => new URL(screen.page.url()).pathname;
const search = (): Record<string, string> => Object.fromEntries(new URL(screen.page.url()).searchParams);
const lines = () => screen.page.locator('[role=option]');
const chosen = () => screen.page.locator('[role=option][aria-selected=true]').textContent();
const focused = () => screen.page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? null);

const SEEN: Seen = {
  address: {
    ip: '203.0.113.7',
    masked: '203.0.113.0',
    from: 'x-forwarded-for',
    header: '203.0.113.7',
    unread: [],
    chain: [
      { ip: '203.0.113.7', trusted: false },
      { ip: '127.0.0.1', trusted: true },
    ],
    trustedProxies: ['loopback'],
  },
  place: {
    country: 'AT',
    region: 'Vienna',
    city: 'Vienna',
    lat: 48.2,
    lon: 16.4,
    approximate: false,
    by: 'database',
    source: 'DB-IP City Lite',
    sourceBuiltAt: Date.UTC(2025, 10, 1),
    organisation: '',
  },
  browser: { name: 'Chrome', version: '141', os: 'Windows', osVersion: '11', device: 'desktop' },
  languages: ['de-AT', 'en'],
  timeZone: 'Europe/Vienna',
  screen: '1440 × 900',
  signals: { gpc: false, dnt: false, effect: 'limit', collect: 'all' },
  verdict: { filtered: '', reasons: [], tolerated: [] },
  ownTeam: { wouldBeLeftOut: false },
};
/** Answers GET /seen; the questions, to be counted. */
async function answerSeen(seen: () => Seen): Promise<string[]> {
  const asked: string[] = [];
  await screen.page.route('**/api/v1/seen?*', (route) => {
    asked.push(route.request().url());
    return route.fulfill({ json: seen() });
  });
  return asked;
}

async function openPalette(): Promise<void> {
  await at('open-palette').waitFor();
  await screen.page.keyboard.press('Control+K');
  await at('palette-input').waitFor();
}

const LOOKS = looksAt([1_440, 900], [390, 844]);
/** Other words do not change colours, so for a second language each width and each theme once are enough. */
const looksFor = (locale: string) => (locale === 'en-GB' ? LOOKS : [LOOKS[0]!, LOOKS[3]!]);
const noFinding = (looks: readonly Look[] = LOOKS): Promise<void> => expectNoFinding(screen.page, looks);

describe('palette', () => {
  test('[DA32] it opens by the keyboard, also from a field, is loaded after the list, and gives the focus back', async () => {
    screen.server.fill(10);
    await go('/visitors');
    await screen.rows().first().waitFor();
    await at('filter-input').focus();
    await openPalette();
    const asked = screen.server.requests;
    const first = (what: RegExp): number => asked.findIndex((request) => what.test(request));
    expect(first(/\/palette-[\w-]+\.js$/)).toBeGreaterThan(first(/\/visitors-page-[\w-]+\.js$/));
    expect(await focused()).toBe('palette-input');
    // However often Tab is pressed, the focus stays inside.
    for (let i = 0; i < 5; i += 1) {
      await screen.page.keyboard.press('Tab');
      expect(
        await screen.page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null),
      ).toBe(true);
    }
    await at('palette-input').focus();
    await screen.page.keyboard.type('x');
    await screen.page.keyboard.press('Escape');
    expect(await at('palette-input').inputValue()).toBe('');
    await screen.page.keyboard.press('Escape');
    await at('palette').waitFor({ state: 'detached' });
    await settle(focused, 'filter-input');
  });

  test('[DA32] arrows go round, Enter goes there, a press beside it closes it', async () => {
    await go('/visitors');
    await at('open-palette').click();
    await at('palette-input').waitFor();
    const all = await lines().count();
    await screen.page.keyboard.press('ArrowUp');
    expect(await chosen()).toBe(
      await lines()
        .nth(all - 1)
        .textContent(),
    );
    await screen.page.keyboard.press('ArrowDown');
    await screen.page.keyboard.press('ArrowDown');
    expect(await chosen()).toContain('Visitor Monitor');
    const active = await at('palette-input').getAttribute('aria-activedescendant');
    expect(await screen.page.locator(`[id="${active}"]`).textContent()).toContain('Visitor Monitor');
    await screen.page.keyboard.press('Enter');
    await settle(async () => path(), '/monitor');
    await at('palette').waitFor({ state: 'detached' });
    await openPalette();
    await screen.page.mouse.click(20, 700);
    await at('palette').waitFor({ state: 'detached' });
  });

  test('[DA33] words find pages, settings, themes, sites and saved filters; the last choice comes first the next time', async () => {
    screen.server.kept.filters = [
      { id: 'f1', name: 'Big carts', filter: 'context:cart', shared: true, mine: false, by: 'Joon Park', createdAt: Date.now() },
    ];
    await go('/visitors');
    await openPalette();
    const type = async (text: string): Promise<void> => at('palette-input').fill(text);
    await type('snippet');
    await settle(chosen, 'Install');
    await type('theme light');
    await settle(chosen, 'Light');
    await screen.page.keyboard.press('Enter');
    await settle(() => screen.page.evaluate(() => document.documentElement.dataset['theme']), 'light');
    await openPalette();
    await type('journal');
    await settle(async () => (await chosen())?.includes('Journal'), true);
    await screen.page.keyboard.press('Enter');
    await settle(async () => search(), { site: 'site-2' });
    await openPalette();
    await type('carts');
    await settle(async () => (await chosen())?.includes('Big carts'), true);
    await screen.page.keyboard.press('Enter');
    await settle(async () => search(), { site: 'site-2', filter: 'context:cart' });
    await openPalette();
    await settle(chosen, 'Big cartscontext:cart');
    expect(await screen.page.locator('[role=listbox] [role=group]').first().getAttribute('aria-label')).toBe('Recent');
  });

  test('[DA33] an Agent is offered what an Agent may open', async () => {
    screen.server.me = { ...screen.server.me, role: 'agent' };
    await go('/visitors');
    await openPalette();
    await at('palette-input').fill('settings');
    await settle(
      () => lines().allTextContents(),
      ['Blocks', 'How Foyer sees me', 'Canned replies', 'Alerts', 'Filter visitors: settings0 visitors'],
    );
  });

  test('[DA34] a visitor is found by name, number and id, is shown as they change, and opens; none is remembered', async () => {
    screen.server.fill(40);
    const visit = screen.server.arrive({ name: 'Zazie Queneau', n: 4_711, country: 'AT', city: 'Vienna', title: 'Ridge 2 tent' });
    await go('/monitor');
    await at('total-live').waitFor();
    await openPalette();
    const found = () => at('palette-visitor');
    await at('palette-input').fill('zazie');
    await settle(() => found().count(), 1);
    await settle(async () => (await found().textContent())?.includes('Ridge 2 tent'), true);
    screen.server.change(visit.id, { title: 'Checkout: delivery' });
    await settle(async () => (await found().textContent())?.includes('Checkout: delivery'), true);
    await at('palette-input').fill('4711');
    await settle(async () => (await found().first().textContent())?.includes('Zazie Queneau'), true);
    await at('palette-input').fill(visit.visitor);
    await settle(async () => (await found().first().textContent())?.includes('Zazie Queneau'), true);
    await screen.page.keyboard.press('Enter');
    await settle(async () => [path(), search()], ['/visitors', { visitor: visit.visitor }]);
    await settle(() => at('panel-visitor-id').textContent(), visit.visitor);
    expect(await screen.page.evaluate(() => JSON.stringify(Object.entries(localStorage)))).not.toContain(visit.visitor);
  });

  test('[DA34] at most eight visitors, and the text itself as a filter of the page one is on', async () => {
    screen.server.fill(200);
    await go('/monitor');
    await at('total-live').waitFor();
    await openPalette();
    await at('palette-input').fill('browser:Chrome');
    await settle(() => at('palette-visitor').count(), 8);
    await settle(async () => /Filter visitors: browser:Chrome\d+ visitors/.test((await lines().last().textContent()) ?? ''), true);
    await screen.page.keyboard.press('ArrowUp');
    await screen.page.keyboard.press('Enter');
    await settle(async () => [path(), search()], ['/monitor', { filter: 'browser:Chrome' }]);
    const { heard } = screen.server;
    const leftOpen = (): string[] =>
      heard.flatMap((up) =>
        up.t === 'open' && up.window?.after === 8 && !heard.some((end) => end.t === 'close' && end.view === up.view) ? [up.view] : [],
      );
    await settle(async () => leftOpen(), []);
    expect(heard.some((up) => up.t === 'open' && up.window?.after === 8)).toBe(true);
  });

  test('[DA38] the question mark lists the shortcuts there are, and not in a field', async () => {
    await go('/visitors');
    await at('filter-input').fill('?');
    expect(await at('shortcut-help').count()).toBe(0);
    await at('filter-input').fill('');
    await screen.page.locator('body').click({ position: { x: 700, y: 20 } });
    await screen.page.keyboard.press('?');
    await at('shortcut-help').waitFor();
    for (const word of [
      'Search or jump to',
      'Go to Visitors',
      'Go to Visitor Monitor',
      'Go to Settings',
      'Filter',
      'Move through the list',
    ])
      await at('shortcut-help').getByText(word, { exact: true }).waitFor();
    await screen.page.keyboard.press('Escape');
    await at('shortcut-help').waitFor({ state: 'detached' });
    screen.server.me = { ...screen.server.me, role: 'agent' };
    await screen.page.reload();
    await at('shortcuts').click();
    await at('shortcut-help').waitFor();
    expect(await at('shortcut-help').getByText('Go to Settings').count()).toBe(0);
  });
});

describe('visitor monitor', () => {
  test('[DA31] it is reached by its keys, counts what the visitors page counts, and keeps site and filter in the address', async () => {
    screen.server.fill(120);
    await go('/visitors');
    await screen.rows().first().waitFor();
    await screen.page.keyboard.press('g');
    await screen.page.keyboard.press('m');
    await settle(async () => path(), '/monitor');
    const visits = screen.server.visits();
    await settle(() => at('total-listed').textContent(), String(visits.length));
    await settle(() => at('total-live').textContent(), String(visits.filter((visit) => visit.online).length));
    await screen.page.getByRole('button', { name: 'Firefox', exact: true }).click();
    await settle(async () => search(), { filter: 'browser:Firefox' });
    await settle(async () => (await at('total-listed').textContent())?.endsWith(` of ${visits.length}`), true);
    await at('site-switcher').click();
    await screen.page.getByRole('menuitemradio', { name: /Journal/ }).click();
    await settle(async () => search(), { site: 'site-2', filter: 'browser:Firefox' });
    await screen.page.reload();
    await screen.page.locator('.token', { hasText: 'browser:Firefox' }).waitFor();
    await screen.page.getByRole('link', { name: 'Show on the map' }).click();
    await settle(async () => [path(), search()], ['/visitors', { site: 'site-2', filter: 'browser:Firefox' }]);
  });

  test('[DA31] a plan without tracking has no such item, and its deep link explains', async () => {
    screen.server.me = { ...screen.server.me, workspace: { ...screen.server.me.workspace, trackingInPlan: false } };
    await go('/monitor');
    await screen.page.getByRole('heading', { name: 'Visitor tracking is not part of your plan' }).waitFor();
    expect(await screen.page.getByRole('link', { name: /Monitor/ }).count()).toBe(0);
  });

  test('[DA31] on a phone the tabs at the bottom lead to the pages', async () => {
    await screen.page.setViewportSize({ width: 390, height: 844 });
    await go('/visitors');
    const tabs = screen.page.getByRole('navigation', { name: 'Main, phone' }).getByRole('link');
    await settle(() => tabs.allTextContents(), ['Visitors', 'Monitor', 'Inbox', 'Analytics']);
    await tabs.nth(1).click();
    await settle(async () => path(), '/monitor');
    expect(await tabs.nth(1).getAttribute('aria-current')).toBe('page');
  });
});

describe('language', () => {
  const lang = () => screen.page.evaluate(() => document.documentElement.lang);

  test('[DA29] chosen in the user menu it holds on every page and after a reload', async () => {
    screen.server.fill(12);
    await go('/visitors');
    expect(await lang()).toBe('en');
    await at('user-menu').click();
    // All of the menu is seen: what is below its end looks as if it did not exist.
    expect(await screen.page.getByRole('menu').evaluate((menu) => menu.scrollHeight - menu.clientHeight)).toBe(0);
    await screen.page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
    await screen.page.getByRole('link', { name: 'Einstellungen' }).first().waitFor();
    expect(await lang()).toBe('de');
    await go('/settings/visitors');
    await screen.page.getByRole('heading', { name: 'Das Besucher-Tracking ist an' }).waitFor();
    await settle(() => screen.page.title(), 'Besucher · Einstellungen · Fernhill Outdoor · Foyer');
  });

  test('[DA29] the browser’s language is taken when none was chosen, and another can be before sign-in', async () => {
    await screen.reopen({ locale: 'de-AT' });
    screen.server.signedIn = false;
    await go('/login');
    await screen.page.getByRole('heading', { name: 'Anmelden' }).waitFor();
    expect(await lang()).toBe('de');
    await screen.page.getByRole('button', { name: 'English' }).click();
    await screen.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await lang()).toBe('en');
  });

  test('[DA30] a refusal is read in one’s own language', async () => {
    await screen.reopen({ locale: 'de-DE' });
    screen.server.signedIn = false;
    await screen.page.route('**/api/v1/login', (route) =>
      route.fulfill({ status: 401, json: { error: { code: 'bad_credentials', message: 'E-mail or password is wrong.' } } }),
    );
    await go('/login');
    await screen.page.getByLabel('E-Mail').fill('marta@example.com');
    await screen.page.getByLabel('Passwort').fill('wrong');
    await screen.page.getByRole('button', { name: 'Anmelden' }).click();
    await settle(() => at('failure').textContent(), 'E-Mail oder Passwort stimmt nicht.');
  });
});

describe('how Foyer sees me', () => {
  test('[DA36] an Agent reaches it from the user menu, without the rest of settings', async () => {
    screen.server.me = { ...screen.server.me, role: 'agent' };
    const asked = await answerSeen(() => SEEN);
    await go('/visitors');
    await at('user-menu').click();
    await screen.page.getByRole('menuitem', { name: 'How Foyer sees me' }).click();
    await settle(() => at('seen-ip').textContent(), '203.0.113.7');
    expect(await screen.page.getByRole('navigation', { name: 'Settings' }).count()).toBe(0);
    expect(await at('seen-outcome').getAttribute('data-outcome')).toBe('counted');
    expect(await at('seen-place').textContent()).toBe('Vienna, Austria');
    const { searchParams } = new URL(asked[0] ?? '');
    expect(searchParams.get('timeZone')).toBe(await screen.page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone));
  });

  test('[DA36] Check again asks anew, and says why one would be left out', async () => {
    let seen = SEEN;
    const asked = await answerSeen(() => seen);
    await go('/settings/seen');
    await at('seen-outcome').waitFor();
    seen = {
      ...SEEN,
      verdict: {
        filtered: 'Headless browser',
        reasons: [
          { rule: 'headless', text: 'Headless browser' },
          { rule: 'own_team', text: 'Own team' },
        ],
        tolerated: [],
      },
      ownTeam: { wouldBeLeftOut: true },
      signals: { gpc: true, dnt: false, effect: 'limit', collect: 'limited' },
    };
    const before = asked.length;
    await at('seen-again').click();
    await settle(() => at('seen-outcome').getAttribute('data-outcome'), 'leftOut');
    expect(asked.length).toBe(before + 1);
    expect(await at('seen-reason').evaluateAll((all) => all.map((one) => one.getAttribute('data-rule')))).toEqual(['headless', 'own_team']);
    expect(await at('seen-verdict').textContent()).toBe('Headless browser');
    expect(await at('seen-signals').textContent()).toBe('Global Privacy Control');
    seen = { ...SEEN, signals: { gpc: false, dnt: true, effect: 'off', collect: 'nothing' } };
    await at('seen-again').click();
    await settle(() => at('seen-outcome').getAttribute('data-outcome'), 'nothing');
  });

  test('[DA35] a proxy that is not trusted is shown where it stands, with what to set', async () => {
    await answerSeen(() => ({
      ...SEEN,
      address: {
        ...SEEN.address,
        ip: '10.0.0.4',
        chain: [
          { ip: '203.0.113.7', trusted: false },
          { ip: '10.0.0.4', trusted: false },
        ],
        from: 'socket',
        unread: ['x-real-ip'],
        trustedProxies: [],
      },
    }));
    await go('/settings/seen');
    const hops = () => at('seen-way').locator('[data-hop]');
    await settle(() => hops().evaluateAll((all) => all.map((one) => one.getAttribute('data-hop'))), ['claimed', 'suspect', 'server']);
    expect(await at('seen-advice').textContent()).toContain('FOYER_TRUST_PROXY=10.0.0.4');
    expect(await at('seen-unread').textContent()).toContain('X-Real-IP');
  });
});

describe('top bar', () => {
  test('[DA37] colleagues come and go, four are shown and the rest counted, and whom they look at is said', async () => {
    screen.server.fill(3);
    const visit = screen.server.arrive({ n: 4_129, name: '' });
    await go('/visitors');
    await screen.rows().first().waitFor();
    expect(await at('colleagues').count()).toBe(0);
    screen.server.colleague('u2', 'Joon Park', []);
    screen.server.colleague('u3', 'Anna Keller', [visit.visitor]);
    await settle(() => at('colleagues').getAttribute('aria-label'), 'Online now: Anna Keller and Joon Park');
    await at('colleagues').hover();
    await settle(async () => (await at('colleagues-hint').textContent())?.includes('looks at Visitor 4129'), true);
    await at('colleagues').click();
    await screen.page.getByRole('menuitem', { name: /Anna Keller/ }).click();
    await settle(() => at('panel-visitor-id').textContent(), visit.visitor);
    for (const id of ['u4', 'u5', 'u6', 'u7', 'u8']) screen.server.colleague(id, `Zoe ${id}`, []);
    await settle(() => at('colleagues').locator('.avatar').allTextContents(), ['AK', 'JP', 'ZU', 'ZU', '+3']);
    for (const id of ['u2', 'u3', 'u4', 'u5', 'u6', 'u7', 'u8']) screen.server.colleague(id, '', null);
    await at('colleagues').waitFor({ state: 'detached' });
  });

  test('[DA39] without a network it says so, with one it counts down to the next try, and heals by itself', async () => {
    screen.server.fill(5);
    await go('/monitor');
    await at('total-live').waitFor();
    const { port } = screen.server;
    await screen.server.stop();
    await at('connection-banner').waitFor();
    expect(await at('connection-banner').getAttribute('data-network')).toBe('there');
    await settle(async () => /^(Next try in \d+ seconds?|Trying now…)$/.test((await at('next-try').textContent()) ?? ''), true);
    await screen.context.setOffline(true);
    await settle(() => at('connection-banner').getAttribute('data-network'), 'gone');
    await screen.context.setOffline(false);
    await screen.server.start(port);
    await at('connection-banner').waitFor({ state: 'detached', timeout: 20_000 });
  });
});

describe('nothing to find for axe', () => {
  test.each(['en-GB', 'de-DE'])('[DA17] the palette, in %s', async (locale) => {
    await screen.reopen({ locale });
    screen.server.fill(20);
    await go('/monitor');
    await at('total-live').waitFor();
    await openPalette();
    await noFinding(looksFor(locale));
    await at('palette-input').fill('a');
    await at('palette-visitor').first().waitFor();
    await noFinding(looksFor(locale));
  });

  test('[DA17] the list of shortcuts', async () => {
    await go('/monitor');
    await at('shortcuts').click();
    await at('shortcut-help').waitFor();
    await noFinding();
  });

  test.each(['en-GB', 'de-DE'])('[DA17] the monitor with a filter and colleagues, in %s', async (locale) => {
    await screen.reopen({ locale });
    screen.server.fill(60);
    screen.server.colleague('u2', 'Joon Park', []);
    await go('/monitor?filter=browser:Firefox');
    await at('total-live').waitFor();
    await noFinding(looksFor(locale));
  });

  test.each(['en-GB', 'de-DE'])('[DA17] how Foyer sees me, in %s', async (locale) => {
    await screen.reopen({ locale });
    await answerSeen(() => ({
      ...SEEN,
      address: { ...SEEN.address, unread: ['x-real-ip'] },
      verdict: {
        filtered: 'Own team',
        reasons: [{ rule: 'own_team', text: 'Own team' }],
        tolerated: [{ rule: 'automated', text: 'Automated browser' }],
      },
    }));
    await go('/settings/seen');
    await at('seen-outcome').waitFor();
    await noFinding(looksFor(locale));
  });

  test.each(['/settings/visitors', '/settings/install', '/settings/team', '/settings/general', '/nothing-here'])(
    '[DA17] %s in German',
    async (to) => {
      await screen.reopen({ locale: 'de-DE' });
      await go(to);
      await screen.page.getByRole('heading').first().waitFor();
      await noFinding(looksFor('de-DE'));
    },
  );
});
