import type { Row } from '@foyer/protocol';
import { describe, expect, test } from 'vitest';
import { aHistoryVisit, aPerson } from './fake-history.ts';
import { expectNoFinding, looksAt } from './no-finding.ts';
import { aPastVisit } from './fake-visitor-api.ts';
import { useScreen } from './screen.ts';

const screen = useScreen();
const { go, at, settle } = screen;
const rows = () => at('history-row');
const links = () => at('history-link');
const search = (): Record<string, string> => Object.fromEntries(new URL(screen.page.url()).searchParams);
const ids = (): Promise<(string | null)[]> => rows().evaluateAll((all) => all.map((row) => row.getAttribute('data-id')));
const focusedRow = (): Promise<string | null> => screen.page.evaluate(() => document.activeElement?.getAttribute('data-row') ?? null);
const cells = (n: number): Promise<string[]> => rows().nth(n).locator('th, td').allTextContents();
const HOSTILE = '<img src=x onerror=alert(1)>';

describe('the list of visitors', () => {
  test('[HV4] has everybody with what is known of them, people without a website too', async () => {
    const { history } = screen.server;
    history.people = [
      aPerson(0, { name: 'Elif Aydın', email: 'elif@example.com', goals: { checkout: 2 }, conversations: 3, campaign: 'autumn' }),
      aPerson(1),
      aPerson(2, { id: '@lars@example.com', n: 0, email: 'lars@example.com', source: 'whatsapp', website: false, visits: 0, pages: 0, totalMs: 0, browser: '', os: '', device: '', city: '', region: '', country: 'NO', referrerHost: '', conversations: 1 }), // prettier-ignore
    ];
    await go('/analytics/visitors');
    await rows().nth(2).waitFor();
    expect(await at('history-row').nth(0).locator('th').textContent()).toContain('Elif Aydınelif@example.com · Shop');
    const [, , , visits, pages, time, place, browser, source, goals, chats] = await cells(0);
    expect([visits, pages, time, place, browser, source]).toEqual([
      '3',
      '14',
      '12m 34s',
      'ViennaAustria',
      'FirefoxLinux, Desktop',
      'Websiteautumn',
    ]);
    await settle(async () => (await cells(0))[9], 'Checkout × 2');
    expect([goals === '' ? '' : 'said', chats]).toEqual(['said', '33 conversations']);
    expect((await cells(1))[0]).toContain('Visitor 101');
    expect(await cells(2)).toEqual(['lars@example.comShop', expect.any(String), expect.any(String), '—', '—', '—', 'Norway', '—', 'WhatsApp', '—', '11 conversation']); // prettier-ignore
    expect(await screen.page.locator('thead th').allTextContents()).toEqual(['Visitor', 'Last seen', 'First seen', 'Visits', 'Pages', 'Total time', 'Place', 'Browser', 'Source', 'Goals', 'Chats']); // prettier-ignore
  });

  test('[HV13] stays without tracking in the plan, where visits are not', async () => {
    screen.server.me.workspace.trackingInPlan = false;
    screen.server.history.people = [aPerson(0, { website: false, source: 'api', id: 'c-1', name: 'Lars' })];
    await go('/analytics/visitors');
    await rows().first().waitFor();
    await go('/analytics/visits');
    await screen.page.getByText('Visitor tracking is not part of your plan').waitFor();
    expect(screen.server.history.asked.some((one) => one.startsWith('visits'))).toBe(false);
  });
});

describe('the list of visits', () => {
  test('[HV5][HV7] says when, who, which pages, how long, with the bot, where, from where, and what was reached', async () => {
    const startedAt = Date.UTC(2026, 5, 3, 22, 30, 5);
    screen.server.history.visits = [
      aHistoryVisit(0, { startedAt, name: 'Elif', conversations: 1, botMs: 95_000, context: 'cart', campaign: 'autumn', goals: [{ goal: 'lead-captured', at: startedAt, value: 0, currency: '' }] }), // prettier-ignore
    ];
    await go('/analytics/visits');
    await rows().first().waitFor();
    await settle(async () => (await cells(0))[7], 'CartLead captured');
    const [, who, pages, duration, place, browser, from, , chats] = await cells(0);
    expect([who, pages, duration]).toEqual(['ElifShop', '2 pages/gear → /cart', '3m 20s1m 35s with the bot']);
    expect([place, browser, from]).toEqual(['Vienna203.0.113.0', 'Firefox 141Linux, Desktop', 'forum.example.orgautumn']);
    expect(chats).toBe('11 conversation');
    // The workspace is in Vienna, two hours on: there it is the next day already.
    const time = rows().first().locator('time');
    expect(await time.textContent()).toMatch(/^4 Jun.* 00:30$/);
    expect(await time.getAttribute('title')).toMatch(/^Thursday,? 4 June 2026 at 00:30:05, Europe\/Vienna$/);
  });

  test('[HV5] the IP is absent where the role may not see it', async () => {
    const { ip: _, ...without } = aHistoryVisit(0);
    screen.server.history.visits = [without];
    await go('/analytics/visits');
    await rows().first().waitFor();
    expect((await cells(0))[4]).toBe('ViennaAustria');
    expect(await screen.page.locator('thead th').nth(4).textContent()).toBe('Place');
  });

  test('[HV6] one that goes on is live and moves by itself; new ones are told, and come when asked for', async () => {
    const { server } = screen;
    const live = server.arrive({ startedAt: Date.now() - 65_000, pages: 2, country: 'DE' });
    const left = server.arrive({ startedAt: Date.now() - 70_000, online: false, status: 'inactive', leftAt: Date.now() });
    const stored = ({ id, visitor, startedAt }: Row) => aHistoryVisit(0, { id, visitor, startedAt, endedAt: null, pages: 2 });
    server.history.visits = [stored(live), stored(left), aHistoryVisit(1)];
    await go('/analytics/visits');
    await rows().nth(2).waitFor();
    await settle(() => rows().nth(0).getByTestId('live-badge').count(), 1);
    await settle(() => rows().nth(1).getByTestId('left-badge').count(), 1);
    expect(await rows().nth(2).locator('.live').count()).toBe(0);
    const before = (await cells(0))[3];
    server.change(live.id, { pages: 7, url: 'https://shop.example.com/checkout' });
    await settle(async () => (await cells(0))[2], '7 pages/gear → /checkout');
    await settle(async () => (await cells(0))[3] !== before, true);
    const next = server.arrive();
    await settle(() => at('new-visits').textContent(), '1 new visit');
    expect(await rows().count()).toBe(3);
    server.history.visits = [stored(next), ...server.history.visits];
    await at('new-visits').click();
    await settle(ids, [next.id, live.id, left.id, 'past-1']);
    await at('new-visits').waitFor({ state: 'detached' });
    server.change(live.id, { online: false, leftAt: Date.now(), status: 'inactive' });
    await settle(() => rows().nth(1).getByTestId('left-badge').count(), 1);
  });
});

test('[HV21] whoever of the page is here now is marked, whatever is searched for and however many came since', async () => {
  const { server } = screen;
  const early = server.arrive({ startedAt: Date.now() - 25 * 60_000, lastActivityAt: Date.now() - 20 * 60_000, pages: 2 });
  const gone = server.arrive({ online: false, status: 'inactive', startedAt: Date.now() - 26 * 60_000, leftAt: Date.now() - 60_000 });
  for (let i = 0; i < 320; i += 1) server.arrive();
  const person = ({ visitor }: Row, n: number) => aPerson(n, { id: visitor, name: `Elif ${n}`, lastSeenAt: Date.now() - 20 * 60_000 });
  server.history.people = [person(early, 1), person(gone, 2), aPerson(3, { name: 'Elif 3' })];
  server.history.visits = [early, gone].map(({ id, visitor, startedAt }, n) =>
    aHistoryVisit(n, { id, visitor, startedAt, endedAt: null, name: 'Elif', pages: 2 }),
  );
  await go('/analytics/visitors?q=elif');
  await settle(() => rows().count(), 3);
  const dots = (status: string) => screen.page.locator(`th .dot[data-status=${status}]`).count();
  await settle(async () => [await dots('active'), await dots('inactive')], [1, 2]);
  await settle(() => screen.page.locator('th .dot[data-unknown]').count(), 0);
  await settle(() => rows().first().locator('[data-status=active]').count(), 1);
  server.change(gone.id, { online: true, leftAt: 0, status: 'active' });
  await settle(() => dots('active'), 2);
  server.change(gone.id, { online: false, leftAt: Date.now(), status: 'inactive' });
  await go('/analytics/visits?q=elif');
  await settle(() => at('live-badge').count(), 1);
  await settle(() => at('left-badge').count(), 1);
  server.change(early.id, { pages: 9 });
  await settle(async () => (await cells(0))[2]?.startsWith('9 pages'), true);
});

test('[HV22] the total time of somebody who is here runs, from what is stored and how long they are here', async () => {
  const { server } = screen;
  const live = server.arrive({ startedAt: Date.now() - 65_000, lastActivityAt: Date.now() - 65_000 });
  const stored = { totalMs: 300_000, lastSeenAt: Date.now() };
  server.history.people = [
    aPerson(1, { ...stored, id: live.visitor, running: { visit: live.id, ms: 20_000 } }),
    aPerson(2, { ...stored, running: { visit: 'another', ms: 20_000 } }),
  ];
  const seconds = (text: string | null): number => {
    const [minutes = 0, rest = 0] = text?.match(/\d+/g)?.map(Number) ?? [];
    return minutes * 60 + rest;
  };
  await go('/analytics/visitors');
  const time = async (row: number) => seconds(await rows().nth(row).locator('[data-column=time]').textContent());
  // 280 s before, and 65 and more now.
  await settle(async () => (await time(0)) >= 345 && (await time(0)) < 420, true);
  const first = await time(0);
  await settle(async () => (await time(0)) > first, true);
  expect(await time(1)).toBe(300);
  await rows().first().locator('a').click();
  const inAll = at('in-all').locator('dt', { hasText: 'Total time' }).locator('xpath=following-sibling::dd[1]');
  await settle(async () => seconds(await inAll.textContent()) > first, true);
});

describe('search, filters and pages', () => {
  const many = (count: number) => Array.from({ length: count }, (_, n) => aHistoryVisit(n));

  test('[HV8][HV12][HV23] what is typed waits for a pause, is in the address, and can be cleared where nothing was found', async () => {
    const { history } = screen.server;
    history.visits = [aHistoryVisit(0, { name: 'Elif' }), aHistoryVisit(1)];
    await go('/analytics/visits');
    await rows().nth(1).waitFor();
    await screen.page.keyboard.press('/');
    await screen.page.keyboard.type('elif', { delay: 20 });
    await settle(() => rows().count(), 1);
    expect(search()).toEqual({ q: 'elif' });
    expect(history.asked.filter((one) => one.includes('text='))).toHaveLength(1);
    await at('history-search').fill('nobody at all');
    await at('history-empty').waitFor();
    expect(await at('history-empty').textContent()).toContain('Nothing found');
    expect(await at('clear-filters').count()).toBe(0);
    await at('empty-clear').click();
    await settle(() => rows().count(), 2);
    expect([search(), await at('history-search').inputValue()]).toEqual([{}, '']);
    await screen.page.goBack();
    await settle(() => at('history-search').inputValue(), 'nobody at all');
  });

  test('[HV8] filters are in the address, read from it, and begin at the newest', async () => {
    const { history } = screen.server;
    history.visits = [...many(60), aHistoryVisit(99, { country: 'DE', city: 'Berlin', site: 'site-2', campaign: 'autumn-tents', conversations: 1, goals: [{ goal: 'lead-captured', at: 0, value: 0, currency: '' }] })]; // prettier-ignore
    await go('/analytics/visits?after=past-5');
    await rows().first().waitFor();
    await at('filter-country').click();
    await at('filter-country-find').fill('germ');
    await screen.page.getByRole('option', { name: 'Germany' }).waitFor();
    await screen.page.keyboard.press('Enter');
    await settle(() => ids(), ['past-99']);
    expect(search()).toEqual({ country: 'DE' });
    await at('filter-campaign').click();
    await at('filter-campaign-find').fill('Spring');
    await screen.page.keyboard.press('Enter');
    await at('history-empty').waitFor();
    expect(search()).toEqual({ country: 'DE', campaign: 'Spring' });
    await at('filter-campaign').click();
    await screen.page.getByRole('option', { name: 'autumn-tents' }).click();
    await settle(() => ids(), ['past-99']);
    for (const [filter, option] of [
      ['site', 'Journal'],
      ['goal', 'Lead captured'],
      ['conversation', 'With a conversation'],
    ] as const) {
      // prettier-ignore
      await at(`filter-${filter}`).click();
      await screen.page.getByRole('menuitemradio', { name: option }).click();
    }
    await settle(async () => search(), {
      country: 'DE',
      campaign: 'autumn-tents',
      site: 'site-2',
      goal: 'lead-captured',
      conversation: 'true',
    });
    await screen.page.reload();
    await settle(() => ids(), ['past-99']);
    expect(await at('filter-country').getAttribute('aria-label')).toBe('Country: Germany');
    await at('clear-filters').click();
    await settle(async () => search(), {});
    await screen.page.goBack();
    await settle(async () => search()['site'], 'site-2');
  });

  test('[HV9] days are the workspace’s; an own range that ends before it begins is not applied', async () => {
    screen.server.me.settings.timeZone = 'Pacific/Auckland';
    screen.server.history.visits = many(2);
    await go('/analytics/visits');
    await rows().first().waitFor();
    await at('filter-time').click();
    await screen.page.getByRole('menuitemradio', { name: 'Today' }).click();
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Pacific/Auckland' }).format(Date.now());
    await settle(async () => search(), { from: today, to: today });
    await at('filter-time').click();
    await screen.page.getByRole('menuitemradio', { name: 'Own range…' }).click();
    await at('range-from').fill('2026-03-05');
    await at('range-to').fill('2026-03-04');
    expect(await at('range-dialog').textContent()).toContain('The range ends before it begins.');
    expect(await at('range-apply').getAttribute('aria-disabled')).toBe('true');
    await at('range-to').press('Enter');
    expect(search()['from']).toBe(today);
    await at('range-to').fill('2026-03-09');
    await at('range-apply').click();
    await settle(async () => search(), { from: '2026-03-05', to: '2026-03-09' });
    expect(await at('filter-time').textContent()).toMatch(/5\s?–\s?9 Mar 2026/);
  });

  test('[HV10] older and newer pages are in the address, come back the same, and no total is told', async () => {
    screen.server.history.visits = many(120);
    await go('/analytics/visits');
    await rows().nth(49).waitFor();
    const first = await ids();
    expect(await at('page-newer').getAttribute('aria-disabled')).toBe('true');
    await at('page-older').click();
    await settle(async () => (await ids())[0], 'past-50');
    expect(search()).toEqual({ after: 'past-49' });
    await at('page-older').click();
    await settle(() => rows().count(), 20);
    expect(await at('page-older').getAttribute('aria-disabled')).toBe('true');
    await at('page-newer').click();
    await settle(async () => (await ids())[0], 'past-50');
    await screen.page.reload();
    await settle(async () => (await ids())[0], 'past-50');
    await at('page-newer').click();
    await settle(ids, first);
    await screen.page.goBack();
    await settle(async () => (await ids())[0], 'past-50');
    await at('page-newest').click();
    await settle(ids, first);
    expect(search()).toEqual({});
    expect(await screen.page.locator('.history-pager').textContent()).toBe('NewerOlder');
  });

  test('[HV10] a page that was cut short says so, and searches on', async () => {
    const { history } = screen.server;
    history.visits = [...many(60), aHistoryVisit(90, { country: 'DE' })];
    history.mostRead = 30;
    await go('/analytics/visits?country=DE');
    await at('history-empty').waitFor();
    expect(await at('history-empty').textContent()).toContain('There is more further back');
    expect(await at('page-older').textContent()).toBe('Search further back');
    await at('page-older').click();
    await settle(async () => search()['after'], 'past-29');
    await at('page-older').click();
    await settle(ids, ['past-90']);
  });

  test('[HV11] the file has what is filtered, and says that it comes', async () => {
    screen.server.history.visits = many(3);
    await go('/analytics/visits?country=AT&q=vienna&after=past-0');
    await rows().first().waitFor();
    const [file] = await Promise.all([screen.page.waitForEvent('download'), at('csv').click()]);
    expect(file.suggestedFilename()).toBe('visits.csv');
    expect(screen.server.history.asked.at(-1)).toBe('visits.csv?text=vienna&country=AT');
    expect(await at('toast').textContent()).toContain('visits.csv is on its way');
  });

  test('[HV12] nothing yet, loading, and a failure that is tried again', async () => {
    const { history } = screen.server;
    await go('/analytics/visitors');
    await at('history-empty').waitFor();
    expect(await at('history-empty').textContent()).toContain('Nobody was here yet');
    history.fails = true;
    await screen.page.route('**/api/v1/history/visits?*', async (route) => {
      await at('history-wait').waitFor();
      await route.continue();
    }, { times: 1 }); // prettier-ignore
    await go('/analytics/visits');
    await at('history-failed').waitFor();
    history.fails = false;
    history.visits = [aHistoryVisit(0)];
    await at('history-failed').getByRole('button', { name: 'Try again' }).click();
    await rows().first().waitFor();
    // An address that was changed by hand.
    await screen.page.route('**/api/v1/history/visits?*', (route) =>
      route.fulfill({
        status: 422,
        json: { error: { code: 'invalid', message: 'no', fields: { after: 'is not from a page of this list' } } },
      }),
    );
    await go('/analytics/visits?after=zzz');
    await at('history-failed').waitFor();
    expect(await at('history-failed').textContent()).toContain('Something in the address cannot be understood');
    await screen.page.unrouteAll();
    await at('history-failed').getByRole('button', { name: 'Go to the newest' }).click();
    await rows().first().waitFor();
    expect(search()).toEqual({});
  });
});

describe('details', () => {
  test('[HV15] a row opens by click, Enter and address; j, k and arrows go on; Esc closes and gives the focus back', async () => {
    screen.server.history.visits = Array.from({ length: 6 }, (_, n) => aHistoryVisit(n));
    await go('/analytics/visits');
    await rows().nth(5).waitFor();
    const { keyboard } = screen.page;
    await keyboard.press('j');
    await settle(focusedRow, 'past-0');
    await keyboard.press('ArrowDown');
    await keyboard.press('j');
    await keyboard.press('k');
    await settle(focusedRow, 'past-1');
    await keyboard.press('Enter');
    await settle(() => at('panel-name').textContent(), 'Visitor 101');
    expect(search()).toEqual({ open: 'past-1' });
    await keyboard.press('j');
    await settle(() => at('panel-name').textContent(), 'Visitor 102');
    await keyboard.press('ArrowDown');
    await settle(() => at('panel-name').textContent(), 'Visitor 103');
    await at('panel-previous').click();
    await settle(() => at('panel-name').textContent(), 'Visitor 102');
    expect(await at('panel-position').textContent()).toBe('3');
    await keyboard.press('Escape');
    await at('past-panel').waitFor({ state: 'detached' });
    await settle(focusedRow, 'past-2');
    expect(search()).toEqual({});
    // Walking was one entry of the browser's history.
    await screen.page.goBack();
    await settle(async () => search()['open'], 'past-2');
    await rows().nth(4).locator('td').nth(3).click();
    await settle(() => at('panel-name').textContent(), 'Visitor 104');
    await screen.page.reload();
    await settle(() => at('panel-name').textContent(), 'Visitor 104');
  });

  test('[HV15][HV16] an address opens what is on no page that is shown', async () => {
    screen.server.history.visits = Array.from({ length: 70 }, (_, n) => aHistoryVisit(n));
    await go('/analytics/visits?open=past-66');
    await settle(() => at('panel-name').textContent(), 'Visitor 166');
    expect(await at('panel-previous').getAttribute('aria-disabled')).toBe('true');
  });

  test('[HV16] a past visit has its pages, facts, goals, conversations, notes and other visits; writing first needs them online', async () => {
    const { server } = screen;
    const visit = aHistoryVisit(3, { visitor: 'v-mia', botMs: 61_000, conversations: 1, goals: [{ goal: 'checkout', at: Date.now() - 3_600_000, value: 59.9, currency: 'EUR' }] }); // prettier-ignore
    server.history.visits = [visit];
    server.chat.start('talk', 'Is it waterproof?', { visitor: 'v-mia' });
    server.kept.notes.set('v-mia', [{ id: 'n1', text: 'Asked for a quote', createdAt: Date.now(), by: 'Anna Keller', mine: false }]);
    await go('/analytics/visits');
    await links().first().click();
    await at('page-history').waitFor();
    const panel = at('past-panel');
    expect(await at('page-history').locator('a').allTextContents()).toEqual(['Your cart', 'Gear']);
    expect(await at('past-duration').textContent()).toBe('3m 20s');
    expect(await at('past-bot').textContent()).toBe('1m 01s');
    await settle(async () => /Checkout.*59\.90/.test((await at('past-goals').textContent()) ?? ''), true);
    await settle(async () => (await at('notes').textContent())?.includes('Asked for a quote'), true);
    expect(await at('earlier-conversation').getAttribute('href')).toBe('/inbox/talk');
    expect(await panel.locator('dl').last().textContent()).toContain('203.0.113.0');
    expect(await at('earlier-visits').textContent()).toContain('No other visit is kept.');
    server.chat.does('talk', { c: 'resolve', by: { kind: 'agent', id: 'u1' } });
    await settle(() => at('start-chat').getAttribute('aria-disabled'), 'true');
    // They come back: now there is somebody to write to.
    server.arrive({ visitor: 'v-mia', n: 103 });
    await at('online-now').waitFor();
    await at('invite').click();
    await screen.page.getByRole('textbox', { name: 'First message' }).waitFor();
  });

  test('[HV16] a visit that goes on is the panel of the map', async () => {
    const { server } = screen;
    const row = server.arrive({ n: 4242 });
    server.history.visits = [aHistoryVisit(0, { id: row.id, visitor: row.visitor, n: 4242, endedAt: null, startedAt: row.startedAt })];
    await go('/analytics/visits');
    await links().first().click();
    await at('start-chat').waitFor();
    await settle(() => at('panel-pages').textContent(), '1');
    server.change(row.id, { pages: 5 });
    await settle(() => at('panel-pages').textContent(), '5');
    await settle(async () => server.heard.some((up) => up.t === 'follow' && up.looking === true), true);
  });

  test('[HV17] a person is all their visits together; without a browser, their conversations', async () => {
    const { server } = screen;
    const lars = { n: 0, email: 'lars@example.com', source: 'whatsapp', website: false, visits: 0, pages: 0, totalMs: 0 } as const;
    server.history.people = [
      aPerson(0, { goals: { checkout: 3 }, email: 'mia@example.com' }),
      aPerson(1, { id: '@lars@example.com', ...lars, conversations: 1 }),
    ];
    const before = aPastVisit(server.arrive({ visitor: 'somebody-else' }));
    server.kept.past.set('v-0', [before]);
    server.chat.start('wa', 'Hei! lars@example.com', { visitor: '', source: 'whatsapp', contact: { name: '', email: 'Lars@example.com', verified: false } }); // prettier-ignore
    server.chat.start('other', 'About lars@example.com', { visitor: '', source: 'api' });
    await go('/analytics/visitors');
    await links().first().click();
    await at('in-all').waitFor();
    expect(await at('in-all').textContent()).toContain('Visits3Pages14Total time12m 34s');
    await settle(async () => (await at('past-goals').textContent())?.includes('Checkout3 times'), true);
    await at('notes').waitFor();
    await at('earlier-visit').locator('summary').click();
    expect(await at('open-visit').getAttribute('href')).toBe(`/analytics/visits?open=${before.visit}`);
    await screen.page.keyboard.press('j');
    await settle(() => at('panel-name').textContent(), 'lars@example.com');
    await settle(() => at('earlier-conversation').evaluateAll((all) => all.map((one) => one.getAttribute('href'))), ['/inbox/wa']);
    expect(await at('notes').count()).toBe(0);
    expect(await at('start-chat').count()).toBe(0);
  });

  test('[HV18] an id that nobody has says so, and leads back', async () => {
    screen.server.history.visits = [aHistoryVisit(0)];
    for (const [page, words] of [
      ['visits', 'No visit by this id'],
      ['visitors', 'Nobody by this id'],
    ] as const) {
      // prettier-ignore
      await go(`/analytics/${page}?open=gone`);
      await at('past-gone').waitFor();
      expect(await at('past-gone').textContent()).toContain(words);
      await at('past-gone').getByRole('button').click();
      await settle(async () => search(), {});
    }
  });

  test('[HV19] what visitors bring is text; however long and in either direction it moves nothing', async () => {
    const long = 'Donaudampfschifffahrtsgesellschaft'.repeat(12);
    const { history, me } = screen.server;
    history.visits = [
      aHistoryVisit(0, { name: HOSTILE, city: HOSTILE, campaign: HOSTILE, referrer: 'javascript:alert(1)', referrerHost: HOSTILE, organisation: HOSTILE, context: 'custom', goals: [{ goal: HOSTILE, at: Date.now(), value: 1, currency: 'ZZZ' }], trail: [{ at: Date.now() - 50_000, url: 'javascript:alert(1)', title: HOSTILE }] }), // prettier-ignore
      aHistoryVisit(1, { name: long, city: long, campaign: long, referrerHost: long, os: long, trail: [{ at: Date.now(), url: `https://shop.example.com/${long}`, title: long }] }), // prettier-ignore
      aHistoryVisit(2, { name: 'محمد بن عبد الله', city: 'القاهرة' }),
    ];
    history.people = [aPerson(0, { name: HOSTILE, email: HOSTILE, goals: { [HOSTILE]: 1 } }), aPerson(1, { name: long, email: `${long}@example.com`, city: long })]; // prettier-ignore
    me.sites[0]!.name = long;
    for (const width of [1_440, 390]) {
      await screen.page.setViewportSize({ width, height: 844 });
      for (const path of [
        '/analytics/visits',
        '/analytics/visits?open=past-0',
        '/analytics/visits?open=past-1',
        '/analytics/visitors',
        '/analytics/visitors?open=v-0',
        '/analytics/visitors?open=v-1',
      ]) {
        // prettier-ignore
        await go(path);
        await (path.includes('open') ? at('panel-name') : rows().first()).waitFor();
        for (const dir of ['ltr', 'rtl']) {
          await screen.page.evaluate((to) => void (document.documentElement.dir = to), dir);
          const over = await screen.page.evaluate(() => ({
            page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
            list: document.querySelector('.history-main')!.scrollWidth - document.querySelector('.history-main')!.clientWidth,
            panel:
              (document.querySelector('.panel-scroll')?.scrollWidth ?? 0) - (document.querySelector('.panel-scroll')?.clientWidth ?? 0),
          }));
          expect({ path, width, dir, over }).toEqual({ path, width, dir, over: { page: 0, list: 0, panel: 0 } });
        }
        expect(await screen.page.locator('img[src=x], a[href^="javascript:"]').count()).toBe(0);
      }
    }
  });

  test('[HV14] on a phone rows are cards, and details cover them', async () => {
    await screen.page.setViewportSize({ width: 390, height: 844 });
    screen.server.history.visits = [aHistoryVisit(0, { conversations: 2 }), aHistoryVisit(1)];
    await go('/analytics/visits');
    await rows().nth(1).waitFor();
    expect(await screen.page.locator('table').count()).toBe(0);
    expect((await rows().first().boundingBox())!.height).toBeLessThanOrEqual(64);
    await links().first().click();
    await at('panel-name').waitFor();
    const box = (await at('past-panel').boundingBox())!;
    expect([box.x, box.width]).toEqual([0, 390]);
    await at('panel-back').click();
    await at('past-panel').waitFor({ state: 'detached' });
  });

  test('[HV20] axe finds nothing', async () => {
    const { server } = screen;
    const row = server.arrive();
    server.chat.start('talk', 'Hello', { visitor: 'v-1' });
    server.history.visits = [
      aHistoryVisit(0, { id: row.id, visitor: row.visitor, endedAt: null, startedAt: row.startedAt }),
      aHistoryVisit(1, { context: 'checkout', conversations: 1, botMs: 5_000, goals: [{ goal: 'lead-captured', at: Date.now(), value: 4, currency: 'EUR' }] }), // prettier-ignore
    ];
    server.history.people = [aPerson(0), aPerson(1, { goals: { 'lead-captured': 2, checkout: 1 }, conversations: 1 })];
    for (const path of ['/analytics/visits?open=past-1', '/analytics/visitors?open=v-1']) {
      await go(path);
      await at('panel-name').waitFor();
      await screen.page.waitForLoadState('networkidle');
      await expectNoFinding(screen.page, looksAt([1_440, 900], [390, 844]));
    }
    await go('/analytics/visits?country=AT');
    await rows().first().waitFor();
    await expectNoFinding(screen.page, looksAt([1_440, 900], [390, 844]));
    await screen.page.setViewportSize({ width: 1_440, height: 900 });
    await at('filter-campaign').click();
    await at('filter-campaign-find').waitFor();
    await expectNoFinding(screen.page, looksAt([1_440, 900]));
  });
});
