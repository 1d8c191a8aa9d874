import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { HOSTILE } from './fake-analytics.ts';
import { expectNoFinding, looksAt } from './no-finding.ts';
import { useScreen } from './screen.ts';

const screen = useScreen();
const { go, at, settle } = screen;
const search = (): Record<string, string> => Object.fromEntries(new URL(screen.page.url()).searchParams);
const panel = (id: string) => at(id);
const asked = (what: string): string[] => screen.server.analytics.asked.filter((one) => one.startsWith(`${what}?`));
const iso = (daysAgo: number): string => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);

async function open(path = '/analytics'): Promise<void> {
  screen.server.me.settings.timeZone = 'UTC';
  await go(path);
  await at('figure-chart').waitFor();
}
/** The file that a press on this brings. */
async function saved(press: () => Promise<void>): Promise<{ name: string; lines: string[] }> {
  const [download] = await Promise.all([screen.page.waitForEvent('download'), press()]);
  const text = await readFile(await download.path(), 'utf8');
  expect(text.startsWith('\uFEFF')).toBe(true);
  expect(text.endsWith('\r\n')).toBe(true);
  return { name: download.suggestedFilename(), lines: text.slice(1, -2).split('\r\n') };
}
const LOOKS = looksAt([1_440, 900], [390, 844]);

describe('the range', () => {
  test('[AV1] period, site, comparison and figure go into the address, and come from it', async () => {
    await open();
    expect(asked('overview')).toEqual(['overview?period=30d&compare=true&service=true']);
    expect(await at('period-30d').getAttribute('aria-checked')).toBe('true');
    await at('period-7d').click();
    await settle(async () => search(), { period: '7d' });
    // Arrows go from one period to the next, as in any group of radio buttons.
    await screen.page.keyboard.press('ArrowRight');
    await screen.page.keyboard.press('ArrowRight');
    await settle(async () => search(), { period: '90d' });
    await at('site-filter').click();
    await screen.page.getByRole('menuitemradio', { name: 'Journal' }).click();
    await settle(async () => search(), { period: '90d', site: 'site-2' });
    await at('compare').click();
    await settle(async () => search(), { period: '90d', site: 'site-2', compare: '0' });
    await at('figure-pages').click();
    await settle(async () => search(), { period: '90d', site: 'site-2', compare: '0', figure: 'pages' });
    await screen.page.reload();
    await panel('figure-panel').getByRole('heading', { name: 'Page views per day' }).waitFor();
    expect(asked('overview').at(-1)).toBe('overview?period=90d&site=site-2&compare=false&service=true');
    expect(await at('compare').getAttribute('aria-checked')).toBe('false');
    // Nothing is compared: no dashed line, no change.
    expect(await panel('figure-panel').locator('.line-before').count()).toBe(0);
    expect(await panel('places-panel').locator('.change').count()).toBe(0);
  });

  test('[AV1] a site that is no more is all of them', async () => {
    await open('/analytics?site=gone&period=7d');
    expect(asked('overview')).toEqual(['overview?period=7d&compare=true&service=true']);
    expect(await at('site-filter').textContent()).toBe('All sites');
  });

  test('[AV2] own days are chosen by two fields, and what is wrong is said at the field before anything is asked', async () => {
    await open();
    await at('own-range').click();
    await at('range-from').fill(iso(3));
    await at('range-to').fill(iso(5));
    const before = screen.server.analytics.asked.length;
    await at('range-apply').click();
    expect(await at('range-to-problem').textContent()).toBe('The last day comes before the first.');
    expect(await at('range-to').getAttribute('aria-invalid')).toBe('true');
    expect(await screen.page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('to');
    expect(screen.server.analytics.asked.length).toBe(before);
    await at('range-to').fill(iso(1));
    await at('range-apply').click();
    await settle(async () => search(), { period: 'own', from: iso(3), to: iso(1) });
    await settle(async () => asked('overview').at(-1), `overview?period=own&from=${iso(3)}&to=${iso(1)}&compare=true&service=true`);
    await at('range-from').waitFor({ state: 'detached' });
    // The focus is back where it was.
    expect(await screen.page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('own-range');
    await at('own-range').click();
    await screen.page.keyboard.press('Escape');
    await at('range-from').waitFor({ state: 'detached' });
  });

  test('[AV2] days of an address that cannot be are said at their fields, and nothing is asked with them', async () => {
    screen.server.me.settings.timeZone = 'UTC';
    await go('/analytics?period=own&from=2026-02-31&to=tomorrow');
    await at('bad-range').waitFor();
    expect(await at('range-from-problem').textContent()).toBe('This is no day of the calendar.');
    expect(await at('range-to-problem').textContent()).toBe('This is no day of the calendar.');
    expect(screen.server.analytics.asked).toEqual([]);
    await at('period-7d').click();
    await at('figure-chart').waitFor();
  });

  test('[AV2] what only the server knows about a day is said at the field too', async () => {
    screen.server.analytics.refused.set('overview', [
      422,
      { error: { code: 'invalid', message: 'no', fields: { from: '2011-12-30 is no day in Pacific/Apia' } } },
    ]);
    screen.server.me.settings.timeZone = 'Pacific/Apia';
    await go('/analytics?period=own&from=2011-12-30&to=2012-01-02');
    await at('bad-range').waitFor();
    await settle(() => screen.page.evaluate(() => document.activeElement?.getAttribute('name')), 'from');
    expect(await at('range-from-problem').textContent()).toBe('There was no such day in Pacific/Apia.');
  });

  test('[AV16] it asks anew each minute while it is looked at, and not while it is hidden', async () => {
    await screen.page.clock.install();
    await open();
    await settle(async () => asked('team').length, 1);
    const hide = (hidden: boolean): Promise<void> =>
      screen.page.evaluate((is) => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (is ? 'hidden' : 'visible') });
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
      }, hidden);
    await screen.page.clock.runFor(61_000);
    await settle(async () => [asked('overview').length, asked('team').length], [2, 2]);
    await hide(true);
    await screen.page.clock.runFor(300_000);
    expect(asked('overview')).toHaveLength(2);
    await hide(false);
    await settle(async () => asked('overview').length, 3);
  });
});

describe('figures and their chart', () => {
  test('[AV3] a figure says its change against the range before; of today it says yesterday', async () => {
    await open('/analytics?period=7d');
    expect(await at('figure-visits').innerText()).toMatch(/^Visits\s+\d{3}\s+\+25%/);
    expect(await at('figure-firstReply').innerText()).toMatch(/First reply\s+38s\s+10s faster/);
    expect(await at('figure-resolution').innerText()).toMatch(/Resolution\s+8m 20s\s+1m 40s slower/);
    expect(await at('figure-rating').innerText()).toMatch(/Rating\s+4\.6\s+no change/);
    await at('period-today').click();
    await settle(async () => /yesterday \d+/.test(await at('figure-visits').innerText()), true);
    expect(await at('figure-visits').innerText()).not.toContain('%');
  });

  test('[AV4] the chart is that of the chosen figure, by arrows too, with the range before dashed by the same steps', async () => {
    await open('/analytics?period=7d');
    await at('figure-visits').focus();
    await screen.page.keyboard.press('ArrowLeft');
    await settle(async () => search()['figure'], 'bot');
    await screen.page.keyboard.press('ArrowLeft');
    await panel('figure-panel').getByRole('heading', { name: 'Rating per day' }).waitFor();
    await at('figure-firstReply').click();
    await panel('figure-panel').getByRole('heading', { name: 'First reply, median per day' }).waitFor();
    const lines = panel('figure-panel').locator('.line');
    // One gap, in both.
    await settle(() => panel('figure-panel').locator('.line-before').count(), 2);
    expect(await lines.first().evaluate((line) => getComputedStyle(line).strokeDasharray)).not.toBe('none');
    await at('figure-visits').click();
    await settle(() => panel('figure-panel').locator('.line-before').count(), 1);
    expect(await panel('figure-panel').locator('.line-open').count()).toBe(1);
    // Within a day people are counted once.
    await go('/analytics?period=today&figure=visitors');
    await panel('figure-panel').getByText('People are counted once a day').waitFor();
  });

  test('[AV6] a chart is read by the keyboard, aloud, and by the pointer, silently', async () => {
    await open('/analytics?period=7d');
    const chart = at('figure-chart');
    expect(await chart.getAttribute('aria-label')).toMatch(/^Visits per day\. Highest: \d+, \w+/);
    await chart.focus();
    const reading = chart.getByTestId('plot-reading');
    expect(await reading.textContent()).toBe('');
    await screen.page.keyboard.press('Home');
    const first = await reading.textContent();
    expect(first).toMatch(/^\w{3},? \d+ \w{3,4}: Visits 100; \w{3},? \d+ \w{3,4}: 80$/);
    await screen.page.keyboard.press('ArrowRight');
    await settle(async () => (await reading.textContent()) !== first, true);
    expect(await reading.textContent()).toContain('Visits 137');
    expect(await chart.getByTestId('plot-tip').innerText()).toContain('137');
    await screen.page.keyboard.press('End');
    const last = await reading.textContent();
    await screen.page.keyboard.press('ArrowRight');
    expect(await reading.textContent()).toBe(last);
    await screen.page.keyboard.press('PageUp');
    await settle(async () => await reading.textContent(), first);
    await screen.page.keyboard.press('Escape');
    await at('plot-tip').waitFor({ state: 'detached' });
    const box = (await chart.boundingBox())!;
    await screen.page.mouse.move(box.x + box.width - 12, box.y + 100);
    await chart.getByTestId('plot-tip').waitFor();
    expect(await reading.textContent()).toBe('');
    // The tip stays within the chart.
    const tip = (await chart.getByTestId('plot-tip').boundingBox())!;
    expect(tip.x).toBeGreaterThanOrEqual(box.x);
    expect(tip.x + tip.width).toBeLessThanOrEqual(box.x + box.width);
  });

  test('[AV5] every chart is a table too, and every chart and table a file of what it shows', async () => {
    await open('/analytics?period=7d&figure=firstReply');
    await at('agents-panel').getByRole('table').waitFor();
    for (const id of ['figure-panel', 'online-panel', 'firstReply-panel', 'resolution-panel', 'ratings-panel', 'written-panel']) {
      await panel(id).getByTestId('as-table').click();
      await panel(id).getByTestId('data-table').getByRole('row').nth(1).waitFor();
    }
    expect(await at('plot-reading').count()).toBe(0);
    const figure = await saved(() => panel('figure-panel').getByTestId('csv').click());
    expect(figure.name).toBe(`foyer-firstReply-${iso(6)}-${iso(0)}.csv`);
    expect(figure.lines[0]).toBe('Time,"First reply, seconds",Time before,"First reply, seconds before"');
    expect(figure.lines[1]).toBe(`${iso(6)},30,${iso(13)},30`);
    // The gap is nothing, not 0.
    expect(figure.lines[5]).toBe(`${iso(2)},,${iso(9)},`);
    const all = await saved(() => at('csv-all-figures').click());
    expect(all.lines[0]?.split(',').slice(0, 4)).toEqual(['Period', 'Time', 'Visits', 'Visitors']);
    expect(all.name).toBe(`foyer-${iso(6)}-${iso(0)}-and-${iso(13)}-${iso(7)}.csv`);
    expect(all.lines).toHaveLength(15);
    const goals = await saved(() => panel('goals-panel').getByTestId('csv').click());
    expect(goals.lines.slice(1, 4)).toEqual(['Checkout,120,0.04,133,12345.6,EUR', 'Checkout,,,,99000,JPY', 'Checkout,,,,12,']);
    const agents = await saved(() => panel('agents-panel').getByTestId('csv').click());
    expect(agents.lines[0]).toContain('"First reply, median, seconds"');
  });

  test('[AV5] cards that are tables already bring their files too', async () => {
    await open('/analytics?period=7d');
    await at('leads-goal').waitFor();
    for (const id of ['online-panel', 'places-panel', 'pages-panel', 'sources-panel', 'machines-panel', 'course-panel', 'leads-panel']) {
      const { lines } = await saved(() => panel(id).getByTestId('csv').click());
      expect(lines.length, id).toBeGreaterThan(2);
    }
  });
});

describe('cards', () => {
  test('[AV9] values have shares and changes, what is put together is last, and all of them are in a dialog', async () => {
    await open('/analytics?period=7d');
    const pages = panel('pages-panel').getByRole('row');
    await settle(() => pages.count(), 9);
    expect(await pages.nth(1).innerText()).toMatch(/^\/\s+9,000\s+\d+%\s+× \d+|^\/\s+9,000\s+\d+%\s+\+200%/);
    expect(await pages.last().innerText()).toMatch(/All other pages \(smaller, or outside a day’s 500 largest\)[^]*16,9\d\d/);
    await panel('pages-panel').getByTestId('all-values').click();
    const dialog = at('all-values-dialog');
    await settle(() => dialog.getByRole('row').count(), 32);
    const all = await saved(() => dialog.getByTestId('csv-all').click());
    expect(all.lines.at(-1)).toMatch(/^All other pages \(outside a day’s 500 largest\),4321,/);
    await screen.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await panel('places-panel').getByRole('radio', { name: 'Languages' }).click();
    await panel('places-panel').getByText('Austrian German').waitFor();
    expect(asked('breakdown').at(-1)).toContain('dimension=language');
    // Countries lead to their visits.
    await panel('places-panel').getByRole('radio', { name: 'Countries' }).click();
    const href = await panel('places-panel').getByRole('link', { name: 'Germany' }).getAttribute('href');
    expect(href).toBe(`/analytics/visits?country=DE&from=${iso(6)}&to=${iso(0)}`);
  });

  test('[AV19] what is kept together is said in words where it stands, also in the table and its file', async () => {
    await open('/analytics?period=7d');
    const pages = panel('pages-panel');
    const rest = pages.getByText('All other pages (smaller, or outside a day’s 500 largest)');
    expect(await rest.getAttribute('title')).toContain('not known one by one');
    const counts = async (within: Locator): Promise<{ rows: number; sum: number }> => {
      const texts = await within.locator('tbody tr > td:nth-child(2)').allInnerTexts();
      return { rows: texts.length, sum: texts.reduce((sum, text) => sum + Number(text.replaceAll(',', '')), 0) };
    };
    // 30 pages, and 4,321 views of others.
    const total = Array.from({ length: 30 }, (_, i) => Math.round(9_000 / (i + 1))).reduce((sum, n) => sum + n, 4_321);
    const totalBefore = Array.from({ length: 30 }, (_, i) => Math.round(3_000 / (i + 1))).reduce((sum, n) => sum + n, 100);
    await settle(() => counts(pages), { rows: 8, sum: total });
    const sums = (lines: readonly string[], column: number): number =>
      lines.slice(1).reduce((sum, one) => sum + Number(one.split(',').at(column)), 0);
    // The card's file has all that the dialog lists.
    const file = await saved(() => pages.getByTestId('csv').click());
    expect([file.lines.length, sums(file.lines, 1), sums(file.lines, -1)]).toEqual([32, total, totalBefore]);
    expect(file.lines.at(-1)).toBe(`All other pages (outside a day’s 500 largest),4321,${(4_321 / total).toFixed(4)},,100`);
    await pages.getByTestId('all-values').click();
    const dialog = at('all-values-dialog');
    await dialog.getByText('Of each day the 500 largest are kept by name', { exact: false }).waitFor();
    await settle(() => counts(dialog), { rows: 31, sum: total });
    expect((await saved(() => dialog.getByTestId('csv-all').click())).lines).toEqual(file.lines);
    await screen.page.keyboard.press('Escape');
    // Where nothing is too much to be kept by name, smaller ones alone.
    await settle(() => panel('places-panel').getByRole('rowheader').last().innerText(), 'All others (smaller ones)');
  });

  test('[AV19] a file that cannot be read says so, and can be asked for again', async () => {
    await open('/analytics?period=7d');
    await panel('pages-panel').getByTestId('all-values').waitFor();
    screen.server.analytics.refused.set('breakdown', [500, { error: { code: 'internal', message: 'no' } }]);
    await panel('pages-panel').getByTestId('csv').click();
    await at('toast').getByText('This could not be read', { exact: false }).waitFor();
    screen.server.analytics.refused.clear();
    const file = await saved(() => panel('pages-panel').getByTestId('csv').click());
    expect(file.lines).toHaveLength(32);
  });

  test('[AV25] a place without a city is somewhere in its country', async () => {
    await open('/analytics?period=7d');
    await panel('places-panel').getByRole('radio', { name: 'Cities' }).click();
    await panel('places-panel').getByText('Somewhere in Czechia').waitFor();
    expect((await saved(() => panel('places-panel').getByTestId('csv').click())).lines[3]).toMatch(/^Somewhere in Czechia,/);
  });

  test('[AV27] all sites are said to have deleted ones among them; one site has not', async () => {
    await open('/analytics?period=7d');
    await at('zone').getByText('deleted', { exact: false }).waitFor();
    await open('/analytics?period=7d&site=site-2');
    expect(await at('zone').innerText()).not.toContain('deleted');
  });

  test('[AV28] no place of the page stays empty', async () => {
    await open('/analytics?period=7d');
    await panel('agents-panel').getByRole('table').waitFor();
    const alone = await screen.page.evaluate(() => {
      const boxes = [...document.querySelectorAll('.overview-page > .panel')].map((one) => ({
        id: one.getAttribute('data-testid'),
        ...one.getBoundingClientRect().toJSON(),
      }));
      const widest = Math.max(...boxes.map(({ width }) => width));
      return boxes
        .filter((one) => one.width < widest && !boxes.some((other) => other !== one && Math.abs(other.top - one.top) < 2))
        .map(({ id }) => id);
    });
    expect(alone).toEqual([]);
  });

  test('[AV24] with the browser’s clock three days behind, the line and today are the server’s', async () => {
    await screen.page.addInitScript(() => {
      const own = Date.now;
      Date.now = () => own() - 3 * 86_400_000;
    });
    await open(`/analytics?from=${iso(1)}&to=${iso(0)}&period=own&figure=chats`);
    const { lines } = await saved(() => panel('figure-panel').getByTestId('csv').click());
    // Hours of two days, but those of today that are still to come.
    expect(lines.some((one) => one.startsWith(`${iso(0)} 00:00,`) && !one.startsWith(`${iso(0)} 00:00,,`))).toBe(true);
    await at('own-range').click();
    expect(await at('range-to').getAttribute('max')).toBe(iso(0));
  });

  test('[AV20] how visits came, and where conversations come from, each as bars, table and file', async () => {
    await open('/analytics?period=7d');
    const visits = panel('sources-panel');
    await visits.getByText('Search').waitFor();
    for (const word of ['Direct', 'Campaigns', 'Other websites'])
      expect(await visits.getByRole('rowheader', { name: word }).count()).toBe(1);
    const traffic = await saved(() => visits.getByTestId('csv').click());
    expect(traffic.lines.slice(0, 2)).toEqual(['Traffic,Visits,Share,Page views,Visits before', 'Search,4000,0.48,9000,3000']);
    const chats = panel('chat_source-panel');
    expect(await chats.getByRole('row').nth(1).innerText()).toMatch(/^Website\s+4,000/);
    const file = await saved(() => chats.getByTestId('csv').click());
    expect(file.lines.slice(0, 4)).toEqual([
      'Sources,Conversations,Share,Conversations before',
      'Website,4000,0.5455,3000',
      'API,2000,0.2727,1500',
      'Playground,1333,0.1818,1000',
    ]);
    expect(file.name).toMatch(/^foyer-chat_source-/);
    const countries = panel('chat_country-panel');
    await countries.getByText('Germany').waitFor();
    const places = await saved(() => countries.getByTestId('csv').click());
    expect(places.lines.slice(0, 2)).toEqual(['Countries,Conversations,Share,Conversations before', 'Germany,4000,0.5455,3000']);
  });

  test('[AV10] who was there at once is told by hour of the day, in order, and at its peak', async () => {
    await open('/analytics?period=7d');
    expect(await at('online-peak').textContent()).toMatch(/^Most at once: 57 visitors, /);
    await panel('online-panel').getByTestId('as-table').click();
    const rows = panel('online-panel').getByRole('row');
    // 24 hours but one without a sample, and the head.
    await settle(() => rows.count(), 24);
    expect(await rows.nth(1).innerText()).toMatch(/00:00 to 01:00\s+10\s+5\.3/);
    await panel('online-panel').getByRole('radio', { name: 'Over time' }).click();
    await settle(() => rows.count(), 7 * 23 + 1);
    expect(asked('online')).toEqual(['online?period=7d&step=hour']);
    await at('period-today').click();
    await settle(async () => asked('online').at(-1), 'online?period=today&step=quarter');
    await at('period-90d').click();
    await settle(async () => asked('online').at(-1), 'online?period=90d&step=day');
  });

  test('[AV11] goals have their values by currency, and countries the share that reached them', async () => {
    await open('/analytics?period=7d');
    const checkout = panel('goals-panel').getByRole('row', { name: 'Checkout' });
    expect(await checkout.innerText()).toMatch(/120\s+4\.0%|120\s+4%/);
    expect((await checkout.innerText()).replaceAll('\u00a0', ' ')).toMatch(/€12,345\.60\s+JP¥99,000\s+12/);
    // Good leads come from where few visits do.
    const leads = panel('leads-panel').getByRole('row');
    expect(await leads.nth(1).innerText()).toMatch(/United Kingdom\s+40\s+8%\s+of 500/);
    await at('leads-goal').selectOption('checkout');
    await settle(async () => /Germany\s+70\s+7%\s+of 1,000/.test(await leads.nth(1).innerText()), true);
  });

  test('[AV12] times are told by median, mean and classes, and agent by agent; who has left is a former member', async () => {
    await open('/analytics?period=7d');
    expect(await at('firstReply-said').textContent()).toBe('Median 38s, mean 53s · 40 conversations');
    await at('firstReply-chart').focus();
    await screen.page.keyboard.press('Home');
    await settle(() => at('firstReply-chart').getByTestId('plot-reading').textContent(), 'under 15s: Conversations 20, 50%');
    expect(await at('bot-time').textContent()).toMatch(/^Time with the bot: .+ in \d+ conversations, 2m 0\ds each\.$|^Time with the bot: /);
    const agents = panel('agents-panel').getByRole('row');
    expect(await agents.nth(1).innerText()).toMatch(/Joon Park\s+30\s+150\s+31s/);
    expect(await agents.nth(2).innerText()).toMatch(/Former member\s+2\s+3\s+–/);
  });

  test('[AV8] a card that cannot be read says so alone, and is asked again by itself', async () => {
    screen.server.analytics.refused.set('team', [400, { error: { code: 'busy', message: 'Too much.' } }]);
    await open('/analytics?period=7d');
    const failed = panel('ratings-panel').getByTestId('panel-failure');
    await failed.waitFor();
    expect(await panel('places-panel').getByRole('row').count()).toBeGreaterThan(3);
    const height = (await panel('ratings-panel').boundingBox())!.height;
    screen.server.analytics.refused.clear();
    await failed.getByTestId('again').click();
    await at('ratings-chart').waitFor();
    // Nothing has moved.
    expect((await panel('ratings-panel').boundingBox())!.height).toBe(height);
    expect(await at('panel-failure').count()).toBe(0);
  });

  test('[AV8] bars stand where figures will be, the page does not move, and an old range stays until the new one is there', async () => {
    screen.server.me.settings.timeZone = 'UTC';
    let release = (): void => {};
    const wait = new Promise<void>((resolve) => (release = resolve));
    await screen.page.route('**/api/v1/analytics/**', async (route) => {
      await wait;
      await route.continue();
    });
    await go('/analytics?period=7d');
    await panel('places-panel').locator('.bones').waitFor();
    const tops = () => screen.page.locator('.panel').evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top)));
    const before = await tops();
    release();
    await at('figure-chart').waitFor();
    await at('agents-panel').getByRole('table').waitFor();
    // All but what stands below the team's table, which has as many lines as there are agents.
    expect(await tops()).toEqual(before);
    await screen.page.unrouteAll();
    let again = (): void => {};
    const later = new Promise<void>((resolve) => (again = resolve));
    await screen.page.route('**/api/v1/analytics/overview**', async (route) => {
      await later;
      await route.continue();
    });
    await at('period-90d').click();
    await settle(() => panel('figure-panel').getAttribute('data-stale'), 'true');
    expect(await at('figure-chart').count()).toBe(1);
    again();
    await settle(() => panel('figure-panel').getAttribute('data-stale'), null);
  });
});

describe('what it looks like', () => {
  test('[AV14] an empty workspace, tracking that is off and a plan without it say why, and whom to ask', async () => {
    screen.server.analytics.isEmpty = true;
    for (const site of screen.server.me.sites) site.seenAt = null;
    screen.server.me.settings.timeZone = 'UTC';
    await go('/analytics');
    await at('standing').getByText('Figures begin with the first visit').waitFor();
    await at('standing').getByRole('link', { name: 'Put Foyer on your site' }).waitFor();
    await panel('figure-panel').getByText('Nothing was counted in these days.').waitFor();
    await panel('agents-panel').getByText('Nobody of the team wrote').waitFor();
    await expectNoFinding(screen.page, LOOKS);
    screen.server.me.role = 'agent';
    screen.server.me.settings.tracking = false;
    await screen.page.reload();
    await at('standing').getByText('Marta Lindqvist or Joon Park can turn it on').waitFor();
    expect(await at('standing').getByRole('link').count()).toBe(0);
    screen.server.me.workspace.trackingInPlan = false;
    await screen.page.reload();
    await at('standing').getByText('has no visitor tracking').waitFor();
  });

  test('[AV15] in both themes, wide and narrow, with hostile values and from right to left: nothing is found, nothing scrolls', async () => {
    screen.server.analytics.isHostile = true;
    await open('/analytics?period=7d');
    await panel('agents-panel').getByText(HOSTILE).waitFor();
    await panel('sources-panel').getByRole('radio', { name: 'Referrers' }).click();
    await panel('sources-panel').getByText(HOSTILE).waitFor();
    expect(await screen.page.evaluate(() => 'hacked' in window)).toBe(false);
    const { lines } = await saved(() => panel('sources-panel').getByTestId('csv').click());
    expect(lines[1]).toMatch(/^"<img src=x onerror=""window\.hacked=1"">""'=HYPERLINK/);
    expect(lines[2]).toMatch(/^'=1\+1,/);
    const inner = () =>
      screen.page.evaluate(() => {
        const [page, all] = [document.querySelector('.page-scroll')!, document.documentElement];
        // Only the page itself scrolls, and only up and down.
        return page.scrollWidth - page.clientWidth + (all.scrollHeight - all.clientHeight);
      });
    await expectNoFinding(screen.page, LOOKS);
    expect(await inner()).toBe(0);
    await screen.page.evaluate(() => (document.documentElement.dir = 'rtl'));
    await expectNoFinding(screen.page, LOOKS.slice(2, 3));
    expect(await inner()).toBe(0);
    await at('own-range').click();
    await expectNoFinding(screen.page, LOOKS.slice(2, 3));
  });

  test('[AV15] nor in all values of a card, however hostile', async () => {
    screen.server.analytics.isHostile = true;
    await open('/analytics?period=7d');
    await panel('sources-panel').getByRole('radio', { name: 'Campaigns' }).click();
    await panel('pages-panel').getByTestId('all-values').click();
    await at('all-values-dialog').getByRole('row').nth(20).waitFor();
    await expectNoFinding(screen.page, [LOOKS[0]!, LOOKS[3]!]);
  });

  test('[AV15] in German all of it is German', async () => {
    await screen.reopen({ viewport: { width: 1_440, height: 900 }, locale: 'de-DE' });
    await open('/analytics?period=7d');
    await panel('figure-panel').getByRole('heading', { name: 'Besuche je Tag' }).waitFor();
    await at('agents-panel').getByRole('table').waitFor();
    expect(await at('firstReply-said').textContent()).toBe('Median 38 s, Mittel 53 s · 40 Gespräche');
    await expectNoFinding(screen.page, [LOOKS[0]!, LOOKS[3]!]);
  });
});
