import type { Row } from '@foyer/protocol';
import { describe, expect, test } from 'vitest';
import type { ListOrder } from '../src/live/row-order.ts';
import { orderFrom } from '../src/monitor/table/columns.ts';
import { ordered } from './fake-monitor.ts';
import { expectNoFinding, looksAt } from './no-finding.ts';
import { useScreen } from './screen.ts';

const screen = useScreen();
const { go, at, settle } = screen;
const MINUTE = 60_000;
const search = async (): Promise<Record<string, string>> => Object.fromEntries(new URL(screen.page.url()).searchParams);
const rows = () => at('visit-row');
const row = (id: string) => screen.page.locator(`[data-testid=visit-row][data-visit="${id}"]`);
const cell = (id: string, column: string) => row(id).locator(`[data-cell=${column}]`);
const focused = (): Promise<string | null> => screen.page.evaluate(() => document.activeElement?.id || null);
const shownIds = (): Promise<(string | null)[]> =>
  rows().evaluateAll((all) =>
    all
      .map((one) => ({ id: one.getAttribute('data-visit'), top: one.getBoundingClientRect().top }))
      .sort((a, b) => a.top - b.top)
      .map(({ id }) => id),
  );
const idsBy = (order: ListOrder): string[] =>
  ordered(screen.server.visits(), { ...order, before: 0, after: 0 }).map(({ row: one }) => one.id);
const topOf = async (id: string): Promise<number> => (await row(id).boundingBox())!.y;
/** Opens the monitor with this many made-up visits, whose context is that of their page. */
async function openWith(count: number, path = '/monitor'): Promise<void> {
  const { server } = screen;
  server.fill(count);
  const contexts: readonly [string, string][] = [
    ['checkout', 'checkout'],
    ['/cart', 'cart'],
    ['/gear/backpacks', 'collection'],
    ['/gear/', 'product'],
    ['/search', 'search'],
  ];
  for (const visit of [...server.visits()])
    server.change(visit.id, { context: contexts.find(([part]) => visit.url.includes(part))?.[1] ?? '' });
  await go(path);
  await rows().first().waitFor();
}
/** Scrolls until the table's head stands at the top. */
const scrollToTable = (): Promise<void> =>
  screen.page.evaluate(() => {
    const page = document.querySelector('.page-scroll')!;
    page.scrollTop += document.querySelector('.table-head')!.getBoundingClientRect().top - page.getBoundingClientRect().top;
  });

describe('numbers', () => {
  test('[VM1] six numbers: the live ones as they change, the past ones as the server says; with a filter of how many', async () => {
    await openWith(60);
    const { server } = screen;
    const live = () => server.visits().filter((visit) => visit.online).length;
    await settle(() => at('total-live').textContent(), String(live()));
    await settle(() => at('visits-today').textContent(), '60');
    expect(await at('visits-month').textContent()).toBe('27,434');
    expect(await at('visits-week').textContent()).toBe('8,868');
    for (let i = 0; i < 3; i += 1) server.arrive({ browser: 'Netscape' });
    const chatting = server.arrive({ status: 'chatting', browser: 'Netscape' });
    await settle(() => at('total-live').textContent(), String(live()));
    await settle(() => at('visits-today').textContent(), '64');
    const before = Number(await at('total-chatting').textContent());
    server.change(chatting.id, { online: false, leftAt: Date.now() });
    await settle(() => at('total-chatting').textContent(), String(before - 1));
    await at('filter-input').fill('browser:Netscape ');
    await settle(() => at('total-live').textContent(), `3 of ${live()}`);
    await settle(() => at('total-listed').textContent(), '4 of 64');
    expect(await at('visits-today').textContent()).toBe('64');
    const found = server.visits().filter((visit) => visit.browser === 'Netscape');
    await settle(
      () => shownIds(),
      found.map((visit) => visit.id),
    );
  });

  test('[VM1] another site is asked for in its own numbers', async () => {
    await openWith(10, '/monitor?site=site-2');
    await settle(async () => screen.server.heard.findLast((up) => up.t === 'past'), {
      t: 'past',
      view: expect.any(String),
      site: 'site-2',
    });
    expect(screen.server.heard.filter((up) => up.t === 'past')).toHaveLength(1);
  });

  test('[VM1] a site that is no more is all of them, here and on the map; the rest of the address stays', async () => {
    await openWith(10, '/monitor?site=site-gone&sort=pages');
    expect(new URL(screen.page.url()).search).toBe('?sort=pages');
    await go('/visitors?site=site-gone&filter=chrome');
    await settle(async () => new URL(screen.page.url()).search, '?filter=chrome');
    await settle(async () => screen.server.heard.some((up) => up.t === 'open' && up.filter === 'chrome'), true);
    expect(JSON.stringify(screen.server.heard)).not.toContain('site-gone');
  });

  test('[VM3] seven bars with their days and numbers in words, today’s the last', async () => {
    await openWith(20);
    await settle(
      async () => (await at('week-bars').getAttribute('aria-label')) ?? '',
      expect.stringMatching(/^Daily visits: \w{3} 1,204, .*\w{3} 20$/),
    );
    const titles = await at('week-bars').locator('title').allTextContents();
    expect(titles).toHaveLength(7);
    expect(titles[5]).toMatch(/^\w+day,? \d+ \w+: 1,297 visits$/);
    expect(await at('week-bars').locator('g').last().getAttribute('class')).toBe('today');
  });

  test('[VM4] bars of each kind, the largest five first; a click is a term of the filter, another takes it out', async () => {
    await openWith(120);
    const card = (name: string) => screen.page.getByRole('region', { name, exact: true });
    const counts = new Map<string, number>();
    for (const visit of screen.server.visits()) if (visit.online) counts.set(visit.browser, (counts.get(visit.browser) ?? 0) + 1);
    const [[largest, n]] = [...counts].sort((a, b) => b[1] - a[1]) as [[string, number]];
    const whole = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const first = card('Browser').locator('.bar').first();
    await settle(() => first.textContent(), `${largest}${n}${Math.round((n / whole) * 100)}%`);
    await settle(() => card('Country').locator('.bar').count(), 5);
    await card('Country').getByRole('button', { name: /more$/ }).click();
    expect(await card('Country').locator('.bar').count()).toBeGreaterThan(5);
    await card('Country').getByRole('button', { name: 'City' }).click();
    await card('City').getByRole('button', { name: 'Vienna' }).click();
    await settle(search, { filter: 'city:Vienna' });
    const inVienna = screen.server.visits().filter((visit) => visit.city === 'Vienna');
    await settle(
      () => shownIds(),
      inVienna.map((visit) => visit.id),
    );
    await card('City').getByRole('button', { name: 'Vienna' }).click();
    await settle(search, {});
    for (const [head, other] of [
      ['Browser', 'Device'],
      ['Page now', 'Referrer'],
    ] as const) {
      await card(head).getByRole('button', { name: other, exact: true }).click();
      await card(other).locator('.bar').first().waitFor();
    }
    await card('OS').locator('.bar').first().waitFor();
  });

  test('[VM5] online over the day as a chart for keys, as a table and as a file', async () => {
    await openWith(10);
    const chart = at('online-chart');
    await chart.waitFor();
    await chart.focus();
    await screen.page.keyboard.press('Home');
    await settle(() => at('plot-reading').textContent(), expect.stringMatching(/^00:00–00:15: At most \d+; On average: \d+$/));
    await at('online-today').getByTestId('as-table').click();
    await settle(() => at('online-today').locator('thead th').allTextContents(), ['Time', 'At most', 'On average']);
    const [file] = await Promise.all([screen.page.waitForEvent('download'), at('online-today').getByTestId('csv').click()]);
    expect(file.suggestedFilename()).toBe('online-today.csv');
  });
});

describe('rows', () => {
  test('[VM6][VM7] a row says everything, in the words of the product', async () => {
    const now = Date.now();
    const { server } = screen;
    const base: Partial<Row> = { country: 'TR', browser: 'Firefox', pages: 9, startedAt: now - 222_000 };
    const chatting = server.arrive({
      ...base,
      status: 'chatting',
      url: 'https://shop.example.com/checkout/delivery?step=2',
      context: 'checkout',
      referrer: 'https://www.search.example.net/find?q=tent',
      lastActivityAt: now,
    });
    const browsing = server.arrive({ ...base, referrer: '', lastActivityAt: now - 4 * MINUTE - 5_000, country: '', context: '' });
    const idle = server.arrive({ ...base, status: 'inactive', startedAt: now - 70 * MINUTE, lastActivityAt: now - 12 * MINUTE - 5_000 });
    const left = server.arrive({
      ...base,
      online: false,
      status: 'inactive',
      startedAt: now - 20 * MINUTE,
      lastActivityAt: now - 18 * MINUTE,
    });
    await go('/monitor');
    await row(chatting.id).waitFor();
    await settle(async () => /^3m 4\ds$/.test((await cell(chatting.id, 'time').textContent()) ?? ''), true);
    const words = async (id: string) =>
      Promise.all(['status', 'page', 'context', 'referrer', 'browser', 'country', 'pages', 'activity'].map((c) => cell(id, c).innerText()));
    expect(await words(chatting.id)).toEqual(['Chatting', '/checkout/delivery?step=2', 'In Checkout', 'search.example.net', 'Firefox', 'TR', '9', 'Active']); // prettier-ignore
    expect(await cell(browsing.id, 'activity').textContent()).toBe('4m ago');
    expect([await cell(browsing.id, 'referrer').textContent(), await cell(browsing.id, 'context').textContent()]).toEqual(['Direct', '—']);
    expect(await cell(idle.id, 'activity').textContent()).toBe('Idle 12m');
    expect(await cell(idle.id, 'time').textContent()).toMatch(/^1h \d\dm$/);
    expect([await cell(left.id, 'status').textContent(), await cell(left.id, 'time').textContent()]).toEqual(['Left', '2m 00s']);
    expect(await cell(chatting.id, 'country').locator('img').getAttribute('alt')).toBe('Türkiye');

    const color = (id: string, selector: string) =>
      row(id)
        .locator(selector)
        .first()
        .evaluate((element) => getComputedStyle(element).color);
    const token = (name: string) =>
      screen.page.evaluate((property) => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.color = `var(${property})`;
        const value = getComputedStyle(probe).color;
        probe.remove();
        return value;
      }, name);
    expect(await color(chatting.id, '.state')).toBe(await token('--status-chatting-text'));
    expect(await color(browsing.id, '.state')).toBe(await token('--status-active-text'));
    expect(await row(chatting.id).locator('.dot.pulse').count()).toBe(1);
    expect(await row(browsing.id).locator('.dot.pulse').count()).toBe(0);
    for (const [context, name] of [
      ['checkout', 'checkout'],
      ['cart', 'cart'],
      ['product', 'product'],
      ['collection', 'collection'],
      ['search', 'search'],
    ] as const) {
      // prettier-ignore
      server.change(chatting.id, { context });
      await row(chatting.id).locator(`.tag[data-context=${context}]`).waitFor();
      expect(await color(chatting.id, '.tag')).toBe(await token(`--context-${name}-text`));
      expect(await row(chatting.id).locator('.tag svg').count()).toBe(1);
    }
  });

  test('[VM8] ten minutes after the last activity a row dims by itself', async () => {
    const visit = screen.server.arrive({ startedAt: Date.now() - 20 * MINUTE, lastActivityAt: Date.now() - 10 * MINUTE + 2_500 });
    await go('/monitor');
    await settle(() => cell(visit.id, 'activity').textContent(), '9m ago');
    expect(await row(visit.id).getAttribute('data-idle')).toBeNull();
    await settle(() => cell(visit.id, 'activity').textContent(), 'Idle 10m');
    expect(await row(visit.id).getAttribute('data-idle')).toBe('');
  });

  test('[VM19] a change to one row changes no other in the document', async () => {
    await openWith(40);
    await screen.page.evaluate(() => {
      const changed = new Set<string>();
      Object.assign(window, { changed });
      new MutationObserver((records) => {
        for (const { target } of records) {
          const element = target instanceof Element ? target : target.parentElement;
          // Clocks run in each row.
          if (element?.closest('[data-clock]')) continue;
          const id = element?.closest('[data-visit]')?.getAttribute('data-visit');
          if (id) changed.add(id);
        }
      }).observe(document.querySelector('.table-body')!, { subtree: true, childList: true, characterData: true, attributes: true });
    });
    const [, , third] = await shownIds();
    screen.server.change(third!, { url: 'https://shop.example.com/somewhere/else', pages: 33 });
    await settle(() => cell(third!, 'page').textContent(), '/somewhere/else');
    expect(await screen.page.evaluate(() => [...(window as unknown as { changed: Set<string> }).changed])).toEqual([third]);
  });

  test('[VM22] what visitors say is text, however long and hostile, and nothing moves sideways', async () => {
    const evil = '"><img src=x onerror="document.title=\'owned\'">';
    const visit = screen.server.arrive({
      name: evil,
      title: evil,
      url: `javascript:alert(1)//${'x'.repeat(400)}`,
      referrer: `https://شبكة.example/${'ك'.repeat(200)}`,
      browser: `${evil}‮evil`,
      context: evil,
      country: '<b>',
      visits: 1,
    });
    await go('/monitor?columns=name,page,context,referrer,browser,country,status');
    await row(visit.id).waitFor();
    expect(await cell(visit.id, 'name').textContent()).toBe(evil);
    expect(await cell(visit.id, 'page').textContent()).toContain('javascript:alert(1)');
    expect(await row(visit.id).locator('a, img[src=x], b').count()).toBe(0);
    expect(await screen.page.title()).not.toBe('owned');
    for (const width of [1_440, 900, 390]) {
      await screen.page.setViewportSize({ width, height: 900 });
      expect(await screen.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
      expect(await screen.page.locator('.page-scroll').evaluate((page) => page.scrollWidth - page.clientWidth)).toBe(0);
    }
    expect(await row(visit.id).evaluate((element) => element.scrollWidth <= element.clientWidth + 1)).toBe(true);
  });
});

describe('order', () => {
  test('[VM9][VM11] a head sorts its way, then the other, then newest first; the address has it, and a reload', async () => {
    await openWith(80);
    const first = (order: Parameters<typeof idsBy>[0]) => idsBy(order).slice(0, 8);
    const top = async () => (await shownIds()).slice(0, 8);
    const aria = (column: string) => screen.page.locator(`[role=columnheader][data-cell=${column}]`).getAttribute('aria-sort');
    await settle(top, first({ sort: 'arrived', dir: 'desc' }));
    await at('sort-pages').click();
    await settle(top, first({ sort: 'pages', dir: 'desc' }));
    expect([await search(), await aria('pages')]).toEqual([{ sort: 'pages' }, 'descending']);
    await at('sort-pages').click();
    await settle(top, first({ sort: 'pages', dir: 'asc' }));
    await screen.page.reload();
    await settle(top, first({ sort: 'pages', dir: 'asc' }));
    expect([await search(), await aria('pages')]).toEqual([{ sort: '-pages' }, 'ascending']);
    await at('sort-pages').click();
    await settle(top, first({ sort: 'arrived', dir: 'desc' }));
    expect(await search()).toEqual({});
    await at('sort-context').click();
    await settle(top, first({ sort: 'context', dir: 'asc' }));
    await settle(async () => (await rows().first().locator('.tag').getAttribute('data-context')) ?? '', 'checkout');
    await at('sort-activity').click();
    await settle(() => aria('activity'), 'ascending');
    for (const column of ['status', 'page', 'referrer', 'browser', 'country', 'time'] as const) {
      await at(`sort-${column}`).click();
      await settle(top, first({ sort: column, dir: column === 'time' ? 'desc' : 'asc' }));
    }
  });

  test('[VM11] an address that says nonsense shows the table as at first', async () => {
    await openWith(12, '/monitor?sort=-nonsense&group=planet&columns=x,y');
    await settle(() => shownIds(), idsBy({ sort: 'arrived', dir: 'desc' }));
    expect(await screen.page.locator('[role=columnheader]').count()).toBe(9);
    expect(await at('group').count()).toBe(0);
  });

  test('[VM10][VM11] columns are chosen, moved by clicks, keys and dragging, and one stays', async () => {
    await openWith(12);
    const heads = () => screen.page.locator('[role=columnheader]').evaluateAll((all) => all.map((one) => one.getAttribute('data-cell')));
    await at('columns').click();
    const box = (name: string) => screen.page.getByRole('checkbox', { name, exact: true });
    for (const name of ['Status', 'From', 'Browser', 'Country', 'Pages', 'Time on site']) await box(name).click();
    await settle(heads, ['page', 'context', 'activity']);
    await box('City').click();
    await settle(heads, ['page', 'context', 'activity', 'city']);
    await screen.page.getByRole('button', { name: 'Move City up' }).click();
    await settle(heads, ['page', 'context', 'city', 'activity']);
    await box('Activity').focus();
    await screen.page.keyboard.press('Alt+ArrowUp');
    await settle(heads, ['page', 'context', 'activity', 'city']);
    await screen.page.locator('[data-column=city]').dragTo(screen.page.locator('[data-column=page]'));
    await settle(heads, ['city', 'page', 'context', 'activity']);
    await settle(search, { columns: 'city,page,context,activity' });
    await screen.page.keyboard.press('Escape');
    await screen.page.reload();
    await settle(heads, ['city', 'page', 'context', 'activity']);
    await at('columns').click();
    for (const name of ['City', 'Current page', 'Context', 'Activity']) await box(name).click();
    await settle(heads, ['activity']);
    await screen.page.getByRole('button', { name: 'As at first' }).click();
    await settle(search, {});
    await screen.page.keyboard.press('Escape');
    expect(await screen.page.getByRole('dialog').count()).toBe(0);
  });

  test('[VM12] rows stand in groups with their name and number, in their own order, and the head of the group stays', async () => {
    await openWith(200);
    await at('group-menu').click();
    await screen.page.getByRole('menuitemradio', { name: 'Context' }).click();
    await settle(search, { group: 'context' });
    const ids = idsBy({ sort: 'arrived', dir: 'desc', group: 'context' });
    await settle(async () => (await shownIds()).slice(0, 6), ids.slice(0, 6));
    const inCheckout = screen.server.visits().filter((visit) => visit.context === 'checkout').length;
    const heads = () => at('group').evaluateAll((all) => all.map((one) => one.textContent));
    await settle(async () => (await heads())[0], `In Checkout${inCheckout}`);
    await scrollToTable();
    const first = screen.page.locator('[data-testid=group][data-group=checkout]');
    const y = (await first.boundingBox())!.y;
    await screen.page.locator('.page-scroll').evaluate((page) => (page.scrollTop += 200));
    await settle(async () => Math.round((await first.boundingBox())!.y - y), 0);
    const cart = screen.page.locator('[data-testid=group][data-group=cart]');
    await settle(async () => {
      await screen.page.locator('.page-scroll').evaluate((page) => (page.scrollTop += 100));
      return (await cart.count()) === 1 && Math.abs((await cart.boundingBox())!.y - y) < 1;
    }, true);
    await at('sort-page').evaluate((button: HTMLElement) => button.click());
    await settle(async () => (await shownIds()).slice(0, 6), idsBy({ sort: 'page', dir: 'asc', group: 'context' }).slice(0, 6));
    await go('/monitor?group=country');
    await settle(async () => (await shownIds()).slice(0, 6), idsBy({ sort: 'arrived', dir: 'desc', group: 'country' }).slice(0, 6));
    expect((await heads())[0]).toMatch(/^Austria\d+$/);
  });
});

test('[VM18] sort and filter ask at once, each key too, and the rows shown stay until the new ones are there', async () => {
  await openWith(80);
  await screen.page.evaluate(() => {
    let least = Number.POSITIVE_INFINITY;
    const body = document.querySelector('.visit-table')!;
    new MutationObserver(() => (least = Math.min(least, document.querySelectorAll('[data-visit]').length))).observe(body, {
      subtree: true,
      childList: true,
    });
    Object.assign(window, { least: () => least });
  });
  const opened = () =>
    screen.server.heard.flatMap((up) => (up.t === 'open' && up.streams.includes('rows') && !up.window?.anchor ? [up] : []));
  const before = opened().length;
  await at('filter-input').focus();
  for (const key of ['g', 'e', 'a', 'r']) await screen.page.keyboard.press(key);
  await settle(
    async () =>
      opened()
        .slice(before)
        .map((up) => up.filter),
    ['g', 'ge', 'gea', 'gear'],
  );
  await settle(() => at('visit-table').getAttribute('data-filter'), 'gear');
  await at('sort-pages').click();
  await settle(() => at('visit-table').getAttribute('data-order'), 'pages desc');
  await settle(search, { filter: 'gear', sort: 'pages' });
  // The address asks for what is shown already.
  expect(opened().filter((up) => up.window?.sort === 'pages')).toHaveLength(1);
  expect(await screen.page.evaluate(() => (window as unknown as { least: () => number }).least())).toBeGreaterThan(0);
});

describe('all of them', () => {
  test('[VM13][VM14] of 2,000 only those on screen exist, and the last is reached; the head of the table stays', async () => {
    await openWith(2_000, '/monitor?sort=page');
    const ids = idsBy({ sort: 'page', dir: 'asc' });
    expect(await rows().count()).toBeLessThan(60);
    await at('visit-table').focus();
    await screen.page.keyboard.press('End');
    await row(ids.at(-1)!).waitFor();
    expect(await row(ids.at(-1)!).getAttribute('aria-rowindex')).toBe('2001');
    expect(await at('visit-table').getAttribute('aria-rowcount')).toBe('2001');
    await settle(() => at('visit-table').getAttribute('aria-activedescendant'), `visit-${ids.at(-1)}`);
    const head = (await screen.page.locator('.table-head').boundingBox())!;
    const page = (await screen.page.locator('.page-scroll').boundingBox())!;
    expect(Math.round(head.y - page.y)).toBe(0);
    expect(await screen.page.locator('.page-scroll').evaluate((element) => element.scrollHeight)).toBeGreaterThan(80_000);
    await screen.page.locator('.page-scroll').evaluate((element) => (element.scrollTop = 40_000));
    await settle(async () => {
      const [first] = await shownIds();
      const index = ids.indexOf(first ?? '');
      return index > 900 && index < 1_010;
    }, true);
    await screen.page.keyboard.press('Home');
    await row(ids[0]!).waitFor();
    await settle(() => at('visit-table').getAttribute('aria-activedescendant'), `visit-${ids[0]}`);
  });

  test('[VM27] a jump shows rows that stand in with the next frame, and one window brings the rows', async () => {
    await openWith(5_000, '/monitor?sort=activity');
    await at('visit-table').focus();
    const jumped = (to: string) =>
      screen.page.evaluate(async (where) => {
        const page = document.querySelector('.page-scroll')!;
        if (where === 'End') document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
        else page.scrollTop = page.scrollHeight * Number(where);
        await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
        const { top, bottom } = page.getBoundingClientRect();
        const below = document.querySelector('.table-head')!.getBoundingClientRect().bottom;
        const drawn = [...document.querySelectorAll('.table-row')].map((one) => one.getBoundingClientRect());
        const seen = drawn.filter((box) => box.bottom > below && box.top < bottom).length;
        return seen >= Math.floor((bottom - Math.max(top, below)) / 40);
      }, to);
    for (const to of ['End', '0.5', '0.2', '0.8']) {
      const before = screen.server.heard.length;
      expect(await jumped(to)).toBe(true);
      await settle(() => screen.page.locator('.table-ghost').count(), 0);
      const asked = screen.server.heard.slice(before).flatMap((up) => (up.t === 'window' ? [up.window] : []));
      expect(asked.filter(({ share }) => share !== undefined)).toHaveLength(1);
      expect(asked.length).toBeLessThanOrEqual(2);
    }
  });

  test('[VM15] under the pointer rows stand still while visits come and others jump, and it says how many are above', async () => {
    await openWith(60, '/monitor?sort=activity');
    await scrollToTable();
    const ids = idsBy({ sort: 'activity', dir: 'desc' });
    await settle(async () => (await shownIds()).slice(0, 5), ids.slice(0, 5));
    await row(ids[3]!).hover();
    await settle(() => at('visit-table').getAttribute('data-held'), 'true');
    const before = (await shownIds()).slice(0, 15);
    const y = await topOf(ids[3]!);
    const jumped = [ids[3]!, ids[9]!, ids[40]!];
    for (const [i, id] of jumped.entries()) screen.server.change(id, { lastActivityAt: Date.now() + i, pages: 77 });
    screen.server.arrive();
    await settle(() => cell(ids[3]!, 'pages').innerText(), '77');
    await at('new-chip').waitFor();
    expect((await shownIds()).slice(0, 15)).toEqual(before);
    expect(await topOf(ids[3]!)).toBe(y);
    await screen.page.mouse.move(5, 5);
    await settle(async () => (await shownIds()).slice(0, 5), idsBy({ sort: 'activity', dir: 'desc' }).slice(0, 5));
    expect(await at('new-chip').count()).toBe(0);
  });

  test('[VM15] newest first, the row pointed at keeps its place when others come and leave', async () => {
    await openWith(60);
    await scrollToTable();
    await screen.page.locator('.page-scroll').evaluate((page) => (page.scrollTop += 400));
    const ids = idsBy({ sort: 'arrived', dir: 'desc' });
    await row(ids[14]!).hover();
    await settle(() => at('visit-table').getAttribute('data-held'), 'true');
    const y = await topOf(ids[14]!);
    for (let i = 0; i < 12; i += 1) screen.server.arrive();
    screen.server.leave(ids[2]!);
    await settle(() => at('new-chip').textContent(), '12 new');
    await settle(() => at('visit-table').getAttribute('data-total'), '71');
    expect(await topOf(ids[14]!)).toBe(y);
    await at('new-chip').click();
    await settle(async () => (await shownIds()).slice(0, 5), idsBy({ sort: 'arrived', dir: 'desc' }).slice(0, 5));
  });
});

describe('details', () => {
  test('[VM16][VM11] a row opens the details of the Visitors page; keys go on from row to row, Esc closes and gives the focus back', async () => {
    await openWith(40);
    const ids = idsBy({ sort: 'arrived', dir: 'desc' });
    const visitor = (id: string) => screen.server.visits().find((visit) => visit.id === id)!.visitor;
    await row(ids[2]!).click();
    await at('panel-visitor-id')
      .filter({ hasText: visitor(ids[2]!) })
      .waitFor();
    await settle(search, { visitor: visitor(ids[2]!) });
    expect(await row(ids[2]!).getAttribute('aria-selected')).toBe('true');
    expect(await at('panel-position').textContent()).toBe('3 of 40');
    for (const name of ['Start chat', 'Invite', 'Note']) await at('visit-panel').getByRole('button', { name, exact: true }).waitFor();
    expect(screen.server.heard.findLast((up) => up.t === 'follow')).toMatchObject({ id: visitor(ids[2]!), looking: true });
    await screen.page.keyboard.press('ArrowDown');
    await at('panel-visitor-id')
      .filter({ hasText: visitor(ids[3]!) })
      .waitFor();
    expect(await row(ids[3]!).getAttribute('aria-selected')).toBe('true');
    await screen.page.keyboard.press('Escape');
    await at('visit-panel').waitFor({ state: 'detached' });
    await settle(focused, 'visit-table');
    await settle(search, {});
    await go(`/monitor?visitor=${visitor(ids[7]!)}`);
    await at('panel-visitor-id')
      .filter({ hasText: visitor(ids[7]!) })
      .waitFor();
    await row(ids[8]!).click();
    await at('panel-visitor-id')
      .filter({ hasText: visitor(ids[8]!) })
      .waitFor();
    await at('panel-back').click();
    await at('visit-panel').waitFor({ state: 'detached' });
  });

  test('[VM16] its menu comes at the pointer and by the menu key, and does what it says', async () => {
    await openWith(20);
    const ids = idsBy({ sort: 'arrived', dir: 'desc' });
    await row(ids[1]!).click({ button: 'right' });
    await settle(() => at('visit-menu').getAttribute('data-visit'), ids[1]);
    await at('menu-note').click();
    await at('visit-panel').locator('textarea').waitFor();
    await screen.page.keyboard.press('Escape');
  });

  test('[VM17] the keyboard walks the rows, opens one, and the filter leads into the table', async () => {
    await openWith(40);
    const ids = idsBy({ sort: 'arrived', dir: 'desc' });
    const cursor = () => at('visit-table').getAttribute('aria-activedescendant');
    await screen.page.keyboard.press('/');
    await screen.page.keyboard.press('ArrowDown');
    await settle(focused, 'visit-table');
    await settle(cursor, `visit-${ids[0]}`);
    for (const [key, index] of [
      ['ArrowDown', 1],
      ['ArrowDown', 2],
      ['ArrowUp', 1],
      ['End', 39],
      ['Home', 0],
    ] as const) {
      // prettier-ignore
      await screen.page.keyboard.press(key);
      await settle(cursor, `visit-${ids[index]}`);
    }
    await screen.page.keyboard.press('PageDown');
    await settle(async () => ids.indexOf(((await cursor()) ?? '').slice(6)) > 3, true);
    const chosen = ((await cursor()) ?? '').slice(6);
    expect(await row(chosen).isVisible()).toBe(true);
    await screen.page.keyboard.press('Enter');
    await at('visit-panel').waitFor();
    expect(await row(chosen).getAttribute('aria-selected')).toBe('true');
  });
});

describe('details at a row', () => {
  test('[VM24] a row that is rested on tells everything beside the pointer, live; the pointer can go in, Esc closes', async () => {
    await openWith(40);
    const ids = idsBy({ sort: 'arrived', dir: 'desc' });
    await scrollToTable();
    await row(ids[3]!).hover({ position: { x: 200, y: 20 } });
    const tip = at('visit-tip');
    await settle(() => tip.getAttribute('data-visit'), ids[3]);
    const [placed, under] = [(await tip.boundingBox())!, (await row(ids[3]!).boundingBox())!];
    expect(Math.round(placed.x)).toBe(Math.round(under.x) + 224);
    expect([placed.y >= 0, placed.y + placed.height <= 900]).toEqual([true, true]);
    expect(await tip.locator('dt').allTextContents()).toEqual(
      expect.arrayContaining(['Connected at', 'Time on site', 'Pages viewed', 'Visitor id']),
    );
    screen.server.change(ids[3]!, { title: 'Quite another page' });
    await tip.getByText('Quite another page').waitFor();
    await screen.page.mouse.move(placed.x + 60, under.y + 22, { steps: 6 });
    await settle(() => tip.getAttribute('data-visit'), ids[3]);
    await screen.page.keyboard.press('Escape');
    await tip.waitFor({ state: 'detached' });
    await row(ids[5]!).hover({ position: { x: 1_000, y: 20 } });
    await settle(() => tip.getAttribute('data-visit'), ids[5]);
    const other = (await tip.boundingBox())!;
    expect(other.x + other.width).toBeLessThan(under.x + 1_000);
    await row(ids[5]!).click({ position: { x: 1_000, y: 20 } });
    await at('visit-panel').waitFor();
    expect(await tip.count()).toBe(0);
  });

  test('[VM24] i opens it for the keyboard, with the focus in it; Esc gives the focus back to the table', async () => {
    await openWith(40);
    const ids = idsBy({ sort: 'arrived', dir: 'desc' });
    await at('visit-table').focus();
    await screen.page.keyboard.press('ArrowDown');
    await screen.page.keyboard.press('i');
    await settle(() => at('visit-tip').getAttribute('data-visit'), ids[1]);
    await settle(() => screen.page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? null), 'visit-tip');
    await screen.page.keyboard.press('Escape');
    await at('visit-tip').waitFor({ state: 'detached' });
    expect(await focused()).toBe('visit-table');
    expect(await at('visit-panel').count()).toBe(0);
  });

  test.each(['activity', '-page', 'context', 'country'])(
    '[VM25] sorted by %s it says which of how many, and goes on, wherever the table is scrolled to',
    async (sort) => {
      const order = orderFrom({ sort });
      await openWith(900, `/monitor?sort=${sort}`);
      const ids = idsBy(order);
      const visit = (id: string) => screen.server.visits().find((one) => one.id === id)!;
      const isOpen = (id: string) => settle(() => at('panel-visitor-id').textContent(), expect.stringContaining(visit(id).visitor));
      await at('visit-table').focus();
      await screen.page.keyboard.press('End');
      await settle(() => at('visit-table').getAttribute('aria-activedescendant'), `visit-${ids[899]}`);
      await screen.page.keyboard.press('Enter');
      await isOpen(ids[899]!);
      await settle(() => at('panel-position').textContent(), '900 of 900');
      await screen.page.locator('.page-scroll').evaluate((page) => (page.scrollTop = 0));
      await row(ids[0]!).waitFor();
      expect(await at('panel-position').textContent()).toBe('900 of 900');
      await at('panel-previous').click();
      await isOpen(ids[898]!);
      await settle(() => at('panel-position').textContent(), '899 of 900');
      // The table goes along.
      await row(ids[898]!).waitFor();
      expect(await row(ids[898]!).getAttribute('aria-selected')).toBe('true');
    },
  );

  test('[VM25] it follows a visit that changes its place, and an address that names somebody far down', async () => {
    await openWith(600);
    const ids = idsBy({ sort: 'pages', dir: 'desc' });
    await go(`/monitor?sort=pages&visitor=${screen.server.visits().find((one) => one.id === ids[480])!.visitor}`);
    await settle(() => at('panel-position').textContent(), '481 of 600');
    expect(await screen.page.locator('.page-scroll').evaluate((page) => page.scrollTop)).toBe(0);
    screen.server.change(ids[480]!, { pages: 500 });
    await settle(() => at('panel-position').textContent(), '1 of 600');
    await at('panel-next').click();
    await settle(() => at('panel-position').textContent(), '2 of 600');
  });
});

test('[VM26] the most online of today are never fewer than are online now, in words, chart and table', async () => {
  await openWith(20);
  const peak = async () =>
    Number(/[\d,]+/.exec((await at('online-today').locator('.hint').first().textContent()) ?? '')?.[0].replaceAll(',', ''));
  await at('online-chart').waitFor();
  const before = await peak();
  for (let i = 0; i < 400; i += 1) screen.server.arrive({ online: true });
  const online = () => screen.server.visits().filter((visit) => visit.online).length;
  await settle(() => at('total-live').textContent(), String(online()));
  expect(before).toBeLessThan(online());
  await settle(peak, online());
  const most = online();
  for (const { id } of screen.server.visits().slice(0, 50)) screen.server.change(id, { online: false });
  await settle(() => at('total-live').textContent(), String(online()));
  expect(await peak()).toBe(most);
  await at('online-today').getByTestId('as-table').click();
  await settle(() => at('online-today').locator('tbody tr').last().locator('td').first().textContent(), String(most));
});

describe('states', () => {
  test('[VM21] nobody, nothing found, tracking off, and a lost connection', async () => {
    await go('/monitor');
    await screen.page.getByText('Nobody', { exact: false }).first().waitFor();
    await settle(() => at('total-live').textContent(), '0');
    const visit = screen.server.arrive();
    await row(visit.id).waitFor();
    for (let i = 0; i < 60; i += 1) screen.server.arrive();
    await settle(() => at('visit-table').getAttribute('data-total'), '61');
    await at('visit-table').focus();
    await screen.page.keyboard.press('End');
    await row(visit.id).waitFor();
    await at('filter-input').fill('nobody-is-like-this');
    await row(visit.id).waitFor({ state: 'detached' });
    await screen.page.locator('.table-empty').getByRole('button').click();
    await rows().first().waitFor();
    const { port } = screen.server;
    await screen.server.stop();
    await at('connection-banner').waitFor();
    expect(await rows().count()).toBeGreaterThan(10);
    expect(await at('visits-today').textContent()).toBe('61');
    await screen.server.start(port);
    await at('connection-banner').waitFor({ state: 'detached', timeout: 20_000 });
    screen.server.arrive();
    await settle(() => at('visits-today').textContent(), '62');
    screen.server.me = { ...screen.server.me, settings: { ...screen.server.me.settings, tracking: false } };
    await screen.page.reload();
    await at('turn-on').waitFor();
  });

  test('[VM2] leaving the page ends its figures', async () => {
    await openWith(5);
    const asked = screen.server.heard.findLast((up) => up.t === 'past');
    await screen.page.keyboard.press('g');
    await screen.page.keyboard.press('v');
    await settle(async () => screen.server.heard.some((up) => up.t === 'close' && up.view === asked?.view), true);
  });

  test('[VM20] on a phone rows are cards, breakdowns are pushed sideways, and one menu has order and groups', async () => {
    await screen.page.setViewportSize({ width: 390, height: 844 });
    await openWith(60);
    const ids = idsBy({ sort: 'arrived', dir: 'desc' });
    const card = (await row(ids[0]!).boundingBox())!;
    expect([Math.round(card.height), Math.round(card.width)]).toEqual([130, 366]);
    expect(await cell(ids[0]!, 'browser').isVisible()).toBe(false);
    expect(await cell(ids[0]!, 'pages').textContent()).toMatch(/^\d+pages?$/);
    expect(await screen.page.locator('.breakdowns').evaluate((strip) => strip.scrollWidth > strip.clientWidth)).toBe(true);
    await at('sort-menu').click();
    await screen.page.getByRole('menuitemradio', { name: 'Pages' }).click();
    await settle(async () => (await shownIds())[0], idsBy({ sort: 'pages', dir: 'desc' })[0]);
    await at('sort-menu').click();
    await screen.page.getByRole('menuitemradio', { name: 'Country' }).last().click();
    await settle(search, { sort: 'pages', group: 'country' });
    await at('group').first().waitFor();
    await rows().first().click();
    await at('visit-panel').waitFor();
    const panel = (await at('monitor-panel').boundingBox())!;
    expect(panel.width).toBe(390);
  });

  test('[VM28] on a phone a filter’s count is there once, its menu beside it, and each of its entries above the tab bar', async () => {
    await screen.page.setViewportSize({ width: 390, height: 844 });
    await openWith(60);
    for (let i = 0; i < 3; i += 1) screen.server.arrive({ browser: 'Netscape' });
    await at('filter-input').fill('browser:Netscape ');
    const tools = screen.page.locator('.table-tools');
    const count = at('total-listed');
    await settle(async () => (await count.textContent())?.includes('of 63'), true);
    const seen = await tools.evaluate(
      (bar) => [...bar.querySelectorAll('.filter-says, .table-count')].filter((one) => one.getBoundingClientRect().width > 1).length,
    );
    expect(seen).toBe(1);
    const line = (await tools.locator('.filter-line').boundingBox())!;
    const button = (await at('sort-menu').boundingBox())!;
    expect(Math.abs(line.y + line.height / 2 - (button.y + button.height / 2))).toBeLessThan(4);
    await at('sort-menu').click();
    const bar = (await screen.page.locator('.tabbar').boundingBox())!;
    for (const name of ['Newest first', 'Country']) {
      const entry = screen.page.getByRole('menuitemradio', { name }).last();
      await entry.scrollIntoViewIfNeeded();
      const box = (await entry.boundingBox())!;
      expect([box.y >= 0, box.y + box.height <= bar.y]).toEqual([true, true]);
    }
  });
});

describe('nothing to find for axe', () => {
  const looks = looksAt([1_440, 900], [390, 844]);

  test('[VM23] the table, with groups, with details, with the columns', async () => {
    await openWith(40);
    await at('online-chart').waitFor();
    await expectNoFinding(screen.page, looks);
    await go('/monitor?group=context&sort=pages');
    await at('group').first().waitFor();
    await expectNoFinding(screen.page, looks);
    await screen.page.setViewportSize({ width: 1_440, height: 900 });
    await at('columns').click();
    await expectNoFinding(screen.page, looksAt([1_440, 900]));
    await screen.page.keyboard.press('Escape');
    await rows().first().click();
    await at('panel-visitor-id').waitFor();
    await expectNoFinding(screen.page, looks);
  });

  test('[VM23] nobody here, and in German from the right', async () => {
    await screen.reopen({ locale: 'de-DE' });
    await go('/monitor');
    await screen.page.locator('.table-empty').waitFor();
    await expectNoFinding(screen.page, looksAt([1_440, 900]));
    screen.server.fill(10);
    await rows().first().waitFor();
    await screen.page.evaluate(() => (document.documentElement.dir = 'rtl'));
    await expectNoFinding(screen.page, looks);
  });
});
