import { describe, expect, test } from 'vitest';
import { aFilteredVisit, aPastVisit } from './fake-visitor-api.ts';
import { expectNoFinding, looksAt } from './no-finding.ts';
import { useScreen } from './screen.ts';

const screen = useScreen();
const { go, at, rows, row, settle } = screen;
const search = async (): Promise<Record<string, string>> => Object.fromEntries(new URL(screen.page.url()).searchParams);
const box = async (id: string) => (await at(id).boundingBox())!;
const focused = (): Promise<string | null> => screen.page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? null);

describe('list', () => {
  test('[VP2] a row says who, where, which page and site, the chat with the time waited, and how long ago', async () => {
    const { server } = screen;
    const visit = server.arrive({
      name: 'Elif Aydın',
      country: 'TR',
      title: 'Checkout: delivery',
      status: 'unassigned',
      waitingSince: Date.now() - 102_000,
      visits: 4,
      startedAt: Date.now() - 190_000,
    });
    await go('/visitors');
    const one = row(visit.id);
    await one.waitFor();
    expect(await one.locator('.dot').getAttribute('data-status')).toBe('unassigned');
    expect(await one.locator('img.flag').getAttribute('src')).toMatch(/\/tr\.svg$/);
    expect(await one.textContent()).toContain('Elif Aydın');
    expect(await one.getByTestId('returning').getAttribute('title')).toBe('Returning: visit 4');
    expect(await one.locator('.visit-page').textContent()).toBe('Checkout: deliveryShop');
    await settle(async () => /Unassigned.*1:4\d$/.test((await one.getByTestId('status-badge').textContent()) ?? ''), true);
    expect(await one.locator('.visit-age').textContent()).toBe('3m');
    server.change(visit.id, { status: 'assigned', waitingSince: 0 });
    await settle(() => one.getByTestId('status-badge').textContent(), 'Assigned');
    server.change(visit.id, { status: 'active' });
    await one.getByTestId('status-badge').waitFor({ state: 'detached' });
  });

  test('[VP2] a workspace with one site leaves its name out', async () => {
    screen.server.me.sites.splice(1);
    const visit = screen.server.arrive({ title: 'Home' });
    await go('/visitors');
    await settle(() => row(visit.id).locator('.visit-page').textContent(), 'Home');
  });

  test('[VP2][VP7] who else looks stands in the row, and the panel says it too', async () => {
    const visit = screen.server.arrive();
    await go('/visitors');
    await row(visit.id).waitFor();
    screen.server.colleague('u3', 'Anna Keller', [visit.visitor]);
    await settle(() => row(visit.id).getByTestId('looker').textContent(), 'AKAnna is looking');
    await row(visit.id).click();
    await settle(async () => (await at('also-looking').textContent())?.includes('Anna Keller is also looking'), true);
    screen.server.colleague('u3', 'Anna Keller', []);
    await at('also-looking').waitFor({ state: 'detached' });
    expect(screen.server.heard.filter((up) => up.t === 'follow').map((up) => up.t === 'follow' && up.looking)).toEqual([true]);
  });

  test('[VP3] a second passing changes clocks and nothing else', async () => {
    screen.server.fill(40);
    const visit = screen.server.arrive({ status: 'unassigned', waitingSince: Date.now() - 5_000 });
    await go(`/visitors?visitor=${visit.visitor}`);
    await at('page-history').waitFor();
    await at('map').waitFor();
    // Notes and earlier visits come later than the page itself.
    await screen.page.waitForLoadState('networkidle');
    await screen.page.evaluate(() => {
      const seen = { clocks: 0, others: [] as string[] };
      Object.assign(window, { seen });
      new MutationObserver((records) => {
        for (const { target, type } of records) {
          const element = target instanceof Element ? target : target.parentElement;
          if (element?.closest('.map')) continue;
          if (type !== 'attributes' && element?.closest('time, .visit-age, .num, .facts dd, .badge, .panel-who')) seen.clocks += 1;
          else seen.others.push(`${type} ${element?.className}`);
        }
      }).observe(document.querySelector('.visitors')!, { subtree: true, childList: true, characterData: true, attributes: true });
    });
    await settle(() => screen.page.evaluate(() => (window as unknown as { seen: { clocks: number } }).seen.clocks > 6), true);
    expect(await screen.page.evaluate(() => (window as unknown as { seen: { others: string[] } }).seen.others)).toEqual([]);
  });

  test('[VP19] arrivals under the pointer are announced', async () => {
    screen.server.fill(20);
    await go('/visitors');
    await rows().nth(2).hover();
    screen.server.arrive();
    await settle(() => at('new-said').textContent(), '1 visitor arrived above');
    for (let i = 0; i < 5; i += 1) screen.server.arrive();
    await settle(() => at('new-chip').textContent(), '6 new');
    expect(await at('new-said').textContent()).toBe('1 visitor arrived above');
  });

  test('[VP1] the edge is dragged, moved by keys, remembered, and given back', async () => {
    screen.server.fill(20);
    await go('/visitors');
    await rows().first().waitFor();
    const width = async (): Promise<number> => Math.round((await screen.page.locator('.sidebar').boundingBox())!.width);
    const usual = await width();
    const handle = await box('resize-handle');
    await screen.page.mouse.move(handle.x + 5, 400);
    await screen.page.mouse.down();
    await screen.page.mouse.move(56 + 480, 400, { steps: 4 });
    await screen.page.mouse.up();
    expect(Math.abs((await width()) - 481)).toBeLessThanOrEqual(2);
    await screen.page.reload();
    await rows().first().waitFor();
    expect(Math.abs((await width()) - 481)).toBeLessThanOrEqual(2);
    await at('resize-handle').focus();
    await screen.page.keyboard.press('End');
    expect(await width()).toBe(600);
    await screen.page.keyboard.press('ArrowLeft');
    expect(await width()).toBe(584);
    await settle(() => at('resize-handle').getAttribute('aria-valuenow'), '584');
    await screen.page.keyboard.press('Home');
    expect(await width()).toBe(325);
    await at('resize-handle').dblclick({ position: { x: 6, y: 300 } });
    expect(await width()).toBe(usual);
  });
});

describe('tooltip', () => {
  test('[VP4][VP5] resting on a row shows its details beside it, live, under the map’s card, to be entered; Esc closes', async () => {
    const { server, page } = screen;
    server.fill(40);
    const visit = server.visits()[0]!;
    server.change(visit.id, { status: 'unassigned', waitingSince: Date.now() - 60_000, visits: 3, online: true });
    await go('/visitors');
    await page.locator('.map-card').waitFor();
    await row(visit.id).hover();
    await at('visit-tip').waitFor();
    await page.getByText('203.0.113.0').waitFor();
    const tip = await box('visit-tip');
    const card = (await page.locator('.map-card').boundingBox())!;
    expect(tip.y).toBeGreaterThan(card.y + card.height);
    expect(tip.y + tip.height).toBeLessThanOrEqual(900);
    const words = await at('visit-tip').locator('dt').allTextContents();
    expect(words).toEqual([
      'Connected at',
      'Last seen',
      'Time on site',
      'Pages viewed',
      'Last page',
      'Referrer',
      'Location',
      'Local time',
      'Language',
      'IP address',
      'Network',
      'Device',
      'Source',
      'Campaign',
      'Identity',
      'Returning',
      'Goals',
      'Visitor id',
    ]);
    expect(await at('visit-tip').locator('.chat-line').textContent()).toMatch(/^Unassigned.*1:0\dChat c\d+$/);
    server.change(visit.id, { title: 'Quite another page' });
    await at('visit-tip').getByText('Quite another page').waitFor();
    await page.mouse.move(tip.x + 100, tip.y + 200, { steps: 8 });
    expect(await at('visit-tip').getAttribute('data-visit')).toBe(visit.id);
    await page.keyboard.press('Escape');
    await at('visit-tip').waitFor({ state: 'detached' });
    expect(await search()).toEqual({});
    expect(server.heard.filter((up) => up.t === 'follow').every((up) => up.t === 'follow' && up.looking === undefined)).toBe(true);
  });

  test('[VP4] the keyboard asks with i, goes in, and comes back with Esc', async () => {
    screen.server.fill(20);
    await go('/visitors');
    await rows().first().waitFor();
    await at('visit-list').focus();
    await screen.page.keyboard.press('ArrowDown');
    await screen.page.keyboard.press('i');
    await settle(focused, 'visit-tip');
    expect(await at('visit-tip').getAttribute('data-visit')).toBe(screen.server.visits()[1]!.id);
    await screen.page.keyboard.press('Escape');
    await settle(focused, 'visit-list');
    await screen.page.keyboard.press('ArrowDown');
    await settle(() => at('visit-tip').getAttribute('data-visit'), screen.server.visits()[2]!.id);
    expect(await focused()).toBe('visit-list');
  });

  test('[VP4] it fits a low screen by scrolling inside', async () => {
    screen.server.fill(20);
    await screen.page.setViewportSize({ width: 1_024, height: 480 });
    await go('/visitors');
    await rows().nth(4).hover();
    await at('visit-tip').waitFor();
    await screen.page.getByText('203.0.113.0').waitFor({ state: 'attached' });
    const tip = await box('visit-tip');
    expect(tip.y).toBeGreaterThanOrEqual(0);
    expect(tip.y + tip.height).toBeLessThanOrEqual(480);
  });

  test('[VP4] a touch shows none', async () => {
    screen.server.fill(20);
    await screen.reopen({ viewport: { width: 1_024, height: 768 }, hasTouch: true });
    await go('/visitors');
    await rows().nth(1).tap();
    await at('visit-panel').waitFor();
    expect(await at('visit-tip').count()).toBe(0);
  });
});

describe('one visitor', () => {
  test('[VP8] a click opens the details over the list; position, previous, next and the way back are right', async () => {
    const { server, page } = screen;
    server.fill(120);
    const all = server.visits();
    await go('/visitors');
    await row(all[3]!.id).click();
    await settle(() => at('panel-position').textContent(), '4 of 120');
    expect(await focused()).toBe('visit-panel');
    expect((await box('visit-panel')).x).toBeLessThan(100);
    await at('panel-next').click();
    await settle(() => at('panel-visitor-id').textContent(), all[4]!.visitor);
    await settle(() => at('panel-position').textContent(), '5 of 120');
    await at('panel-previous').click();
    await settle(() => at('panel-visitor-id').textContent(), all[3]!.visitor);
    server.arrive();
    await settle(() => at('panel-position').textContent(), '5 of 121');
    await page.keyboard.press('Escape');
    await at('visit-panel').waitFor({ state: 'detached' });
    await settle(focused, 'visit-list');
    await settle(() => at('visit-list').getAttribute('aria-activedescendant'), `visit-${all[3]!.id}`);
    await page.keyboard.press('Enter');
    await at('visit-panel').waitFor();
    await at('panel-back').click();
    await at('visit-panel').waitFor({ state: 'detached' });
  });

  test('[VP9] a link to somebody far down opens the list at their row', async () => {
    const { server } = screen;
    server.fill(10_000);
    const far = server.visits()[8_321]!;
    await go(`/visitors?visitor=${far.visitor}`);
    await settle(() => at('panel-position').textContent(), '8,322 of 10,000');
    await settle(() => row(far.id).getAttribute('aria-posinset'), '8322');
    expect(await row(far.id).getAttribute('aria-selected')).toBe('true');
    await at('panel-back').click();
    const list = await box('visit-list');
    const its = (await row(far.id).boundingBox())!;
    expect(its.y).toBeGreaterThan(list.y);
    expect(its.y + its.height).toBeLessThan(list.y + list.height);
  });

  test('[VP5] the panel has every field, and no IP for a role that may not see it', async () => {
    const { server } = screen;
    const visit = server.arrive({ campaign: 'autumn-tents', context: 'cart', visits: 1 });
    await go(`/visitors?visitor=${visit.visitor}`);
    await at('page-history').waitFor();
    const words = await at('visit-panel').locator('dt').allTextContents();
    for (const word of ['Connected at', 'Last seen', 'Time on site', 'Last page', 'Referrer', 'Campaign', 'Source', 'Site', 'Context'])
      expect(words).toContain(word);
    for (const word of [
      'Identity',
      'Location',
      'Local time',
      'Language',
      'Browser',
      'Device',
      'IP address',
      'Network',
      'Returning',
      'Goals',
    ])
      expect(words).toContain(word);
    await at('earlier-conversations').getByText('No earlier conversations.').waitFor();
    expect(await at('visit-panel').textContent()).toContain('autumn-tents');
    expect(await screen.page.locator('.page-history .now').count()).toBe(1);
  });

  test('[VP11] who is gone from the list is shown from history, and nobody by that id is said', async () => {
    const { server } = screen;
    server.fill(3);
    const gone = server.visits()[1]!;
    server.leave(gone.id);
    server.kept.past.set(gone.visitor, [aPastVisit(gone)]);
    await go(`/visitors?visitor=${gone.visitor}`);
    await at('not-listed').getByText('Not on the list any more').waitFor();
    await at('earlier-visit').locator('summary').click();
    await at('earlier-visit').getByText('Size guide').waitFor();
    await go('/visitors?visitor=v_nobody');
    await at('not-listed').getByText('Nobody by this id').waitFor();
  });

  test('[VP11] who leaves the list while looked at stays as last known', async () => {
    const { server } = screen;
    const visit = server.arrive({ name: 'Camille R.' });
    await go(`/visitors?visitor=${visit.visitor}`);
    await settle(() => at('panel-name').textContent(), 'Camille R.');
    server.leave(visit.id);
    await at('panel-gone').waitFor();
    expect(await at('panel-name').textContent()).toBe('Camille R.');
  });

  test('[VP12] writing first needs an open page, and says so where there is none', async () => {
    const { server, page } = screen;
    const visit = server.arrive({ online: false, status: 'inactive', leftAt: Date.now() - 5_000 });
    await go(`/visitors?visitor=${visit.visitor}`);
    for (const id of ['start-chat', 'invite']) {
      expect(await at(id).getAttribute('aria-disabled')).toBe('true');
      await at(id).focus();
      await page.getByRole('tooltip', { name: 'The visitor has left' }).filter({ visible: true }).waitFor();
    }
    server.change(visit.id, { online: true, status: 'active', leftAt: 0 });
    await settle(() => at('start-chat').getAttribute('aria-disabled'), null);
  });

  test('[VP12] notes are written, deleted, and brought back', async () => {
    const { server } = screen;
    const visit = server.arrive();
    await go(`/visitors?visitor=${visit.visitor}`);
    await at('note-action').click();
    await at('note-text').fill('Asked about delivery to islands.');
    await at('add-note').click();
    await settle(() => at('note').locator('.note-text').allTextContents(), ['Asked about delivery to islands.']);
    await at('remove-note').click();
    await at('note').waitFor({ state: 'detached' });
    await at('toast').getByRole('button', { name: 'Undo' }).click();
    await settle(() => at('note').count(), 1);
    server.kept.notes.set(visit.visitor, [{ id: 'x', text: 'From Anna', createdAt: Date.now(), by: 'Anna Keller', mine: false }]);
    server.say('notes');
    await settle(() => at('note').locator('.note-text').allTextContents(), ['From Anna']);
    await at('remove-note').click();
    expect(await at('note').count()).toBe(1);
    await at('remove-note').click();
    await at('note').waitFor({ state: 'detached' });
  });
});

describe('place', () => {
  test('[VP10] a place has its own list under the filter, in the address, with the way back', async () => {
    const { server, page } = screen;
    server.fill(200);
    const inVienna = server.visits().filter((visit) => visit.city === 'Vienna');
    await go('/visitors?place=AT%7CVienna%7CVienna');
    await settle(() => at('place-head').locator('h2').textContent(), 'Vienna');
    await settle(() => at('place-count').textContent(), `${inVienna.length} visitors`);
    expect(await rows().first().getAttribute('data-visit')).toBe(inVienna[0]!.id);
    await rows().nth(1).click();
    await settle(() => at('panel-position').textContent(), `2 of ${inVienna.length}`);
    expect(await at('panel-back').textContent()).toBe('Vienna');
    await page.keyboard.press('Escape');
    await at('visit-panel').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await at('place-head').waitFor({ state: 'detached' });
    expect(await search()).toEqual({});
  });

  test('[VP10] a region, and those without a place', async () => {
    const { server } = screen;
    server.fill(200);
    const unknown = server.visits().filter((visit) => visit.place === '').length;
    const bavaria = server.visits().filter((visit) => visit.region === 'Berlin').length;
    await go('/visitors?place=unknown');
    await settle(() => at('place-head').locator('h2').textContent(), 'Unknown location');
    await settle(() => at('place-count').textContent(), `${unknown} visitors`);
    await go('/visitors?place=region%3ADE%7CBerlin');
    await settle(() => at('place-count').textContent(), `${bavaria} visitors`);
    await settle(() => at('place-head').locator('h2').textContent(), 'Berlin');
  });

  test('[VP10][VP20] the filter holds within a place, and the map keeps all it finds', async () => {
    const { server } = screen;
    server.fill(200);
    const found = server.visits().filter((visit) => visit.browser === 'Firefox');
    const here = found.filter((visit) => visit.city === 'London').length;
    await go('/visitors?place=GB%7CEngland%7CLondon&filter=browser%3Afirefox');
    await settle(() => at('place-count').textContent(), here === 1 ? '1 match' : `${here} matches`);
    await settle(() => at('map-card-live').getAttribute('data-value'), String(found.filter((visit) => visit.online).length));
  });

  test('[VP22] its filter is seen, changed and cleared with the place open, and says how many of the place', async () => {
    const { server, page } = screen;
    server.fill(200);
    const inLondon = server.visits().filter((visit) => visit.city === 'London');
    const ofBrowser = (name: string): number => inLondon.filter((visit) => visit.browser === name).length;
    await go('/visitors?place=GB%7CEngland%7CLondon&filter=browser%3Afirefox');
    await page.locator('.token', { hasText: 'browser:firefox' }).waitFor();
    await settle(() => at('filter-says').textContent(), `${ofBrowser('Firefox')} of ${inLondon.length}`);
    await page.keyboard.press('/');
    expect(await focused()).toBe('filter-input');
    await page.keyboard.press('Backspace');
    await at('filter-input').fill('browser:chrome ');
    await settle(() => at('filter-says').textContent(), `${ofBrowser('Chrome')} of ${inLondon.length}`);
    expect(await at('place-head').locator('h2').textContent()).toBe('London');
    const chrome = server.visits().filter((visit) => visit.browser === 'Chrome' && visit.online).length;
    await settle(() => at('map-card-live').getAttribute('data-value'), String(chrome));
    await page.locator('.filter-field').getByRole('button', { name: 'Clear the filter' }).click();
    await settle(() => at('place-count').textContent(), `${inLondon.length} visitors`);
    await settle(search, { place: 'GB|England|London' });
  });
});

describe('without a network', () => {
  test('[VP21] what was not opened before it went opens all the same', async () => {
    const { server, page, context } = screen;
    server.fill(60);
    await go('/visitors');
    await rows().nth(5).waitFor();
    const parts = ['visit-panel', 'visit-tip', 'suggestions', 'saved-filters', 'filtered-report', 'palette', 'shortcut-help'];
    await settle(async () => parts.filter((part) => !server.requests.some((asked) => asked.includes(`/assets/${part}-`))), []);
    await page.waitForLoadState('networkidle');
    await context.setOffline(true);
    await settle(() => at('connection-banner').getAttribute('data-network'), 'gone');
    await rows().nth(2).click();
    await at('visit-panel').locator('.panel-scroll').waitFor();
    await at('panel-back').click();
    await at('visit-panel').waitFor({ state: 'detached' });
    await at('filter-input').fill('coun');
    await at('suggestion').first().waitFor();
    await at('filter-input').fill('');
    await at('saved-filters-button').click();
    await at('saved-filters').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await at('palette-input').waitFor();
    await page.keyboard.press('Escape');
    await at('tab-filtered').click();
    await at('filtered-report').waitFor();
    expect(await at('not-loaded').count()).toBe(0);
    await at('tab-visitors').click();
    await context.setOffline(false);
    await at('connection-banner').waitFor({ state: 'detached', timeout: 20_000 });
    await rows().nth(2).click();
    await at('panel-visitor-id').waitFor();
  }, 30_000);

  test('[VP21] a part whose files did not come says so in its place, and comes by itself, with its style', async () => {
    const { server, page } = screen;
    const parts = /\/assets\/visit-panel-[\w-]+\.(js|css)$/;
    await page.route(parts, (route) => route.abort());
    server.fill(30);
    await go('/visitors');
    await rows().nth(3).click();
    await at('not-loaded').waitFor();
    expect(await at('map-card-live').count()).toBe(1);
    await at('panel-back').click();
    await rows().nth(4).click();
    await at('not-loaded').waitFor();
    await page.unroute(parts);
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await at('panel-visitor-id').waitFor();
    expect(await page.locator('.panel-who').evaluate((who) => getComputedStyle(who).display)).toBe('grid');
  });

  test('[VP21] a page whose files did not come leaves the way to the others', async () => {
    const { server, page } = screen;
    const parts = /\/assets\/monitor-page-[\w-]+\.js$/;
    await page.route(parts, (route) => route.abort());
    server.fill(5);
    await go('/visitors');
    await rows().first().waitFor();
    await page
      .getByRole('navigation', { name: 'Main', exact: true })
      .getByRole('link', { name: /Monitor/ })
      .click();
    await at('not-loaded').waitFor();
    await page.unroute(parts);
    await at('not-loaded').getByRole('button').click();
    await at('total-live').waitFor();
  });
});

describe('filter', () => {
  test('[VP13] suggestions are worked with the keyboard', async () => {
    const { server, page } = screen;
    server.fill(80);
    await go('/visitors');
    await rows().first().waitFor();
    await at('filter-input').click();
    await at('suggestion').first().waitFor();
    await page.keyboard.type('country:ger');
    await settle(() => at('suggestion').locator('bdi').allTextContents(), ['Germany']);
    await page.keyboard.press('ArrowDown');
    expect(await at('filter-input').getAttribute('aria-activedescendant')).toMatch(/-0$/);
    await page.keyboard.press('Enter');
    await page.locator('.token', { hasText: 'country:de' }).waitFor();
    const here = server.visits().filter((visit) => visit.country === 'DE').length;
    await settle(() => at('filter-says').textContent(), `${here} of 80`);
    await page.keyboard.type('status:');
    await settle(() => at('suggestion').count(), 7);
    await page.keyboard.press('Escape');
    await settle(() => at('suggestions').count(), 0);
    expect(await at('filter-input').inputValue()).toBe('status:');
  });

  test('[VP13] and with the pointer', async () => {
    const { server, page } = screen;
    server.fill(80);
    await go('/visitors');
    await rows().first().waitFor();
    await at('filter-input').click();
    await at('suggestion').getByText('browser:', { exact: true }).click();
    await at('suggestion').getByText('Firefox', { exact: true }).click();
    await page.locator('.token', { hasText: 'browser:Firefox' }).waitFor();
    expect(await focused()).toBe('filter-input');
  });

  test('[VP14] a filter is saved, shared, applied, renamed and deleted', async () => {
    const { server, page } = screen;
    server.fill(60);
    await go('/visitors?filter=country%3Ade');
    await at('saved-filters-button').click();
    await at('save-filter-name').fill('Germany');
    await at('share-filter').click();
    await at('save-filter').click();
    await settle(
      async () => server.kept.filters.map(({ name, filter, shared }) => ({ name, filter, shared })),
      [{ name: 'Germany', filter: 'country:de', shared: true }],
    );
    await page.getByRole('button', { name: 'Rename Germany' }).click();
    await page.keyboard.type('From Germany');
    await page.keyboard.press('Enter');
    await settle(async () => server.kept.filters[0]?.name, 'From Germany');
    await page.keyboard.press('Escape');
    await at('saved-filters').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await settle(async () => search(), {});
    await at('saved-filters-button').click();
    await at('saved-filter').getByText('From Germany').click();
    await settle(async () => search(), { filter: 'country:de' });
    await at('saved-filters-button').click();
    await page.getByRole('button', { name: 'Delete From Germany' }).click();
    await settle(async () => server.kept.filters.length, 0);
    await at('toast').getByRole('button', { name: 'Undo' }).click();
    await settle(async () => server.kept.filters.length, 1);
  });
});

describe('left out', () => {
  test('[VP15] who is left out now is the list, and the last 24 hours stand beside it by rule', async () => {
    const { server } = screen;
    server.arrive({ filtered: 'Headless browser' });
    for (let i = 0; i < 70; i += 1)
      server.kept.filtered.push(aFilteredVisit({ visit: `f${i}`, ...(i < 10 ? { rule: 'bot:googlebot', text: 'Bot: Googlebot' } : {}) }));
    await go('/visitors?list=filtered');
    await settle(() => at('filtered-reason').allTextContents(), ['Headless browser']);
    await settle(async () => (await at('rule').locator('b').allTextContents()).map(Number), [70, 60, 10]);
    await settle(() => at('filtered-visit').count(), 50);
    await screen.page.getByRole('button', { name: 'Show more' }).click();
    await settle(() => at('filtered-visit').count(), 70);
    await at('rule').filter({ hasText: 'Googlebot' }).click();
    await settle(() => at('filtered-visit').count(), 10);
  });
});

describe('states', () => {
  test('[VP16] nobody yet: the snippet for who may install it, whom to ask for who may not', async () => {
    for (const site of screen.server.me.sites) site.seenAt = null;
    await go('/visitors');
    await at('first-visitor').getByText('Waiting for the first visitor').waitFor();
    await settle(
      () => at('snippet').textContent(),
      '<script async src="https://foyer.example.com/foyer.js" data-site="s_site-1"></script>',
    );
    screen.server.me.role = 'agent';
    await go('/visitors');
    await at('first-visitor')
      .getByText(/Marta Lindqvist or Joon Park/)
      .waitFor();
    expect(await at('snippet').count()).toBe(0);
    screen.server.arrive();
    await rows().first().waitFor();
    await at('first-visitor').waitFor({ state: 'detached' });
  });

  test('[VP16] nobody here, nobody matching, everybody from a place gone', async () => {
    await go('/visitors');
    await screen.page.getByText('Nobody here right now').waitFor();
    screen.server.fill(5);
    await rows().nth(4).waitFor();
    await at('filter-input').fill('zzz');
    await screen.page.getByText('Nobody matches').waitFor();
    await screen.page.locator('.sidebar-empty').getByRole('button', { name: 'Clear the filter' }).click();
    await rows().nth(4).waitFor();
    await go('/visitors?place=XX%7CNowhere%7CNowhere');
    await screen.page.getByText('Everybody from here has gone').waitFor();
  });

  test('[VP16] a map that cannot be loaded is said, and the list goes on', async () => {
    screen.server.fill(20);
    await screen.page.route(/visitor-map-.*\.js/, (route) => route.abort());
    await go('/visitors');
    await screen.page.getByText('The map could not be loaded.').waitFor();
    const visit = screen.server.arrive();
    await row(visit.id).waitFor();
  });
});

describe('phone', () => {
  test('[VP18] the sheet stops at three heights, by tap, keys and drag; details open in it', async () => {
    const { server } = screen;
    server.fill(40);
    await screen.reopen({ viewport: { width: 390, height: 844 }, hasTouch: true });
    await go('/visitors');
    const { page } = screen;
    await rows().first().waitFor();
    const stop = (): Promise<string | null> => page.locator('.visitors').getAttribute('data-sheet');
    const height = async (): Promise<number> => Math.round((await page.locator('.sidebar').boundingBox())!.height);
    expect(await stop()).toBe('half');
    await at('sheet-handle').tap();
    await settle(stop, 'full');
    await at('sheet-handle').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await settle(stop, 'peek');
    expect(await height()).toBe(132);
    const handle = await box('sheet-handle');
    await page.mouse.move(195, handle.y + 10);
    await page.mouse.down();
    await page.mouse.move(195, handle.y - 200, { steps: 5 });
    await page.mouse.move(195, handle.y - 330, { steps: 5 });
    // Held still before it is let go: a drag, not a throw.
    for (const by of [331, 330, 331]) await page.mouse.move(195, handle.y - by);
    await page.mouse.up();
    await settle(stop, 'half');
    await page.keyboard.press('ArrowDown');
    await settle(stop, 'peek');
    await go(`/visitors?visitor=${server.visits()[0]!.visitor}`);
    await at('panel-name').waitFor();
    await settle(stop, 'half');
  });
});

describe('hostile texts', () => {
  const HOSTILE = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    'javascript:alert(document.cookie)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'W'.repeat(300),
    `https://shop.example.com/${'a'.repeat(1_950)}`,
    `https://shop.example.com/?q=${'%F0%9F%98%80'.repeat(160)}`,
    'https://user:secret@evil.example/',
    'عنوان طويل جدا باللغة العربية مع أرقام ١٢٣ وكلمات English في الوسط',
    '‮moc.live‬ ‭override‬',
    '\u202e\u202dtxt.exe',
    '👩‍👩‍👧‍👦🏳️‍🌈👨🏿‍🚀'.repeat(20),
    '\ud83d lone surrogate \udc00',
    'null\u0000byte\u0007bell',
    'Z̸̡͓͎̘̿̎͝ȧ̶̢l̷̨͇̍g̸̥̈́o̴̤͗'.repeat(12),
    '&lt;b&gt;entities&amp;&quot;',
    '${7*7}{{7*7}}<%= 7*7 %>',
  ];
  test('[VP17] twenty of them are text, never a dangerous link, and leave every row and the panel in place', async () => {
    const { server, page } = screen;
    expect(HOSTILE.length).toBe(20);
    for (const [i, text] of HOSTILE.entries())
      server.arrive({
        startedAt: Date.now() - i,
        title: text,
        url: text,
        referrer: text,
        name: text,
        campaign: text,
        city: text,
        region: text,
      });
    await go('/visitors');
    await settle(() => rows().count(), 20);
    const boxes = await rows().evaluateAll((all) =>
      all.map((one) => ({
        height: one.getBoundingClientRect().height,
        wide: one.scrollWidth > one.clientWidth + 1,
        text: one.textContent,
      })),
    );
    for (const one of boxes) expect(one).toMatchObject({ height: 56, wide: false });
    expect(await page.locator('.visit script, .visit img:not(.flag)').count()).toBe(0);
    const [first, ...others] = server.visits();
    await row(first!.id).click();
    for (const visit of [first!, ...others]) {
      if (visit !== first) await at('panel-next').click();
      await settle(() => at('panel-visitor-id').textContent(), visit.visitor);
      await at('page-history').waitFor();
      const links = await at('visit-panel')
        .locator('a')
        .evaluateAll((all) => all.map((a) => [a.getAttribute('href') ?? '', a.getAttribute('rel') ?? '']));
      for (const [href, rel] of links) {
        expect(href).toMatch(/^https?:\/\//);
        expect(rel).toBe('noopener noreferrer');
      }
      expect(await page.locator('.panel-scroll').evaluate((panel) => panel.scrollWidth - panel.clientWidth)).toBe(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    }
  });
});

describe('accessibility', () => {
  const states: readonly (readonly [name: string, path: string, prepare: () => Promise<unknown>])[] = [
    [
      'tooltip',
      '/visitors',
      async () => {
        await rows().nth(2).hover();
        await at('visit-tip').waitFor();
        await screen.page.getByText('203.0.113.0').waitFor();
      },
    ],
    [
      'suggestions',
      '/visitors?filter=country%3Ade',
      async () => {
        await at('filter-input').click();
        await screen.page.keyboard.type('status:');
        await at('suggestion').nth(3).waitFor();
        await screen.page.keyboard.press('ArrowDown');
      },
    ],
    [
      'saved filters',
      '/visitors?filter=country%3Ade',
      async () => {
        screen.server.kept.filters = [
          { id: 'f1', name: 'Germany', filter: 'country:de', shared: true, mine: true, by: 'Marta', createdAt: 1 },
          { id: 'f2', name: 'High intent', filter: 'page:/cart', shared: true, mine: false, by: 'Anna Keller', createdAt: 1 },
        ];
        await at('saved-filters-button').click();
        await at('saved-filter').nth(1).waitFor();
      },
    ],
    [
      'place',
      '/visitors?place=GB%7CEngland%7CLondon',
      async () => {
        await rows().nth(1).waitFor();
      },
    ],
    [
      'details with notes and earlier visits',
      '/visitors',
      async () => {
        const visit = screen.server.visits()[0]!;
        screen.server.change(visit.id, { status: 'unassigned', waitingSince: Date.now(), visits: 3 });
        screen.server.kept.past.set(visit.visitor, [aPastVisit(visit)]);
        screen.server.kept.notes.set(visit.visitor, [{ id: 'n', text: 'Called', createdAt: 1, by: 'Anna Keller', mine: false }]);
        screen.server.colleague('u3', 'Anna Keller', [visit.visitor]);
        await go(`/visitors?visitor=${visit.visitor}`);
        await at('earlier-visit').locator('summary').click();
        await at('note-action').click();
        await at('also-looking').waitFor();
      },
    ],
    [
      'nobody by that id',
      '/visitors?visitor=v_nobody',
      async () => {
        await at('not-listed').waitFor();
      },
    ],
    [
      'left out',
      '/visitors?list=filtered',
      async () => {
        await at('filtered-visit').first().waitFor();
      },
    ],
    [
      'nobody matching',
      '/visitors?filter=zzz',
      async () => {
        await screen.page.getByText('Nobody matches').waitFor();
      },
    ],
  ];
  test.each(states)('[DA17] %s: no axe finding and no sideways scrolling, in both themes, wide and narrow', async (_, path, prepare) => {
    const { server, page } = screen;
    server.fill(120);
    server.kept.filtered.push(aFilteredVisit({}));
    await go(path);
    await at('visit-list').waitFor({ state: 'attached' });
    await prepare();
    await expectNoFinding(page, looksAt([1_440, 900], [1_024, 900]));
  });
});
