import type { Totals } from '@foyer/protocol';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { CHROMIUM_FLAGS } from './chromium-flags.ts';
import type { PinReport } from './foyer-map.ts';
import { FoyerProcess } from './foyer-process.ts';
import { TabSocket } from './sockets.ts';
import { cardValue, clickBackground, clickPin, filterBy, hoverPin, mapIsReady, openVisitors, pins } from './visitors-page.ts';

const BERLIN = { from: '130.133.44', place: 'DE|berlin|berlin' };
const CAPE_TOWN = { from: '41.2.156', place: 'ZA|western cape|cape town' };
const SAO_PAULO = { from: '191.230.93', place: 'BR|sao paulo|sao paulo' };
/** An address that no database knows: the time zone says the country, or nothing does. */
const NO_ADDRESS = '203.0.113';
const PERU = { zone: 'America/Lima', place: 'PE||' };

interface LiveList {
  readonly total: number;
  readonly live: number;
  readonly totals: Pick<Totals, 'live' | 'listed' | 'chatting' | 'browsing' | 'byStatus' | 'unknownPlace'>;
}

let foyer: FoyerProcess;
let owner: Account;
let paulista = '';
let last = 0;

async function arrive(network: string, path: string, tz = 'Europe/Prague'): Promise<{ tab: TabSocket; visitor: string }> {
  last += 1;
  const tab = new TabSocket({ origin: foyer.origin, key: 'demo', from: `${network}.${last}` });
  const { visitor } = await tab.arrive(path, { tz });
  return { tab, visitor };
}

/** Idle: 2 in Berlin, 1 in Cape Town. Active: 3 in Berlin, 1 in São Paulo, 1 somewhere in Peru, 2 nobody knows where. Left: 2 in Cape Town. */
beforeAll(async () => {
  foyer = await FoyerProcess.start({ program: 'demo', canPass: true });
  owner = await Account.signedIn(foyer);
  for (const network of [BERLIN.from, BERLIN.from, CAPE_TOWN.from]) await arrive(network, '/idle');
  await foyer.pass(5 * 60_000 + 100);
  // First of all, so that the server has seen them go before its clock is put forward past their grace.
  for (let i = 0; i < 2; i++) (await arrive(CAPE_TOWN.from, '/left')).tab.end();
  for (const network of [BERLIN.from, BERLIN.from, BERLIN.from]) await arrive(network, '/active');
  await arrive(NO_ADDRESS, '/active', PERU.zone);
  for (let i = 0; i < 2; i++) await arrive(NO_ADDRESS, '/active', '');
  paulista = (await arrive(SAO_PAULO.from, '/active')).visitor;
  await foyer.pass(5_100);
});
afterAll(() => foyer.dispose());

test('[EE22] the world of this file is as it says', async () => {
  await expect.poll(() => owner.get('/visitors'), { timeout: 7_000 }).toMatchObject({ total: 12, live: 10 });
});

describe('with WebGL', () => {
  const browsing = useBrowser({ args: CHROMIUM_FLAGS });
  const selectedRow = (page: Page) => page.locator('[data-testid=visitor-row][aria-selected=true]');

  test('[EE22] each count is the one number on the card, in the list’s head, on the pins, in the Monitor and in REST', async () => {
    const dashboard = await openVisitors(browsing, owner);
    const monitor = await browsing.dashboard(owner, '/monitor');
    for (const { filter, live, listed, active, inactive, unknown } of [
      { filter: '', live: 10, listed: 12, active: 7, inactive: 5, unknown: 2 },
      { filter: 'page:active', live: 7, listed: 7, active: 7, inactive: 0, unknown: 2 },
      { filter: 'country:za', live: 1, listed: 3, active: 0, inactive: 3, unknown: 0 },
    ]) {
      const rest = await owner.get<LiveList>(`/visitors?filter=${encodeURIComponent(filter)}`);
      expect(rest, `REST, ${filter}`).toMatchObject({
        total: listed,
        live,
        totals: { listed, live, browsing: live, chatting: 0, unknownPlace: unknown },
      });
      expect(rest.totals.byStatus).toMatchObject({ active, inactive, unassigned: 0, assigned: 0, ai: 0, chatting: 0, resolved: 0 });

      await filterBy(dashboard, filter);
      await expect.poll(() => cardValue(dashboard, 'live'), { message: `card, ${filter}` }).toBe(live);
      expect(await cardValue(dashboard, 'chats')).toBe(0);
      await expect.poll(() => dashboard.getByTestId('visit-list').getAttribute('data-total')).toBe(String(listed));
      expect(await dashboard.getByTestId('tab-visitors').locator('.tally').textContent()).toBe('12');
      const onMap = async (): Promise<unknown> => {
        const all = await pins(dashboard);
        const sum = (read: (pin: PinReport) => number) => all.reduce((so, pin) => so + read(pin), 0);
        const share = (status: string) => sum(({ shares }) => shares[status] ?? 0);
        return { visits: sum(({ count }) => count), active: share('active'), inactive: share('inactive') };
      };
      // Whoever is nowhere on the map is active here.
      await expect.poll(onMap, { message: `pins, ${filter}` }).toEqual({ visits: listed - unknown, active: active - unknown, inactive });
      const chip = dashboard.getByTestId('unknown-chip');
      if (unknown === 0) expect(await chip.count()).toBe(0);
      else expect(await chip.getAttribute('data-value')).toBe(String(unknown));

      await monitor.goto(`${foyer.origin}/monitor?filter=${encodeURIComponent(filter)}`);
      const stat = (name: string) => monitor.getByTestId(name).textContent();
      await expect
        .poll(() => stat('total-live'), { message: `Monitor, ${filter}` })
        .toMatch(filter === '' ? /^10$/ : new RegExp(`^${live} of 10$`));
      expect(await stat('total-listed')).toMatch(filter === '' ? /^12$/ : new RegExp(`^${listed} of 12$`));
      expect(await stat('total-browsing')).toBe(String(live));
      expect(await stat('total-chatting')).toBe('0');
    }
  });

  test('[EE23] a filter leaves its matches on the map and in the list, and says of how many', async () => {
    const dashboard = await openVisitors(browsing, owner);
    await expect
      .poll(async () => (await pins(dashboard)).map(({ id, count }) => `${count} ${id}`).sort())
      .toEqual([`1 ${SAO_PAULO.place}`, `1 ${PERU.place}`, `3 ${CAPE_TOWN.place}`, `5 ${BERLIN.place}`]);
    await filterBy(dashboard, 'city:"cape town","sao paulo"');
    await expect
      .poll(async () => (await pins(dashboard)).map(({ id, count }) => `${id} ${count}`).sort())
      .toEqual([`${SAO_PAULO.place} 1`, `${CAPE_TOWN.place} 3`]);
    expect(await dashboard.getByTestId('visitor-row').count()).toBe(4);
    await expect.poll(() => dashboard.getByTestId('filter-says').textContent()).toMatch(/4 of 12/);
    expect(await dashboard.getByTestId('map-card-live').textContent()).toMatch(/2\s*of 10/);
    await filterBy(dashboard, 'nobody-is-like-this');
    await expect.poll(() => pins(dashboard)).toEqual([]);
    expect(await dashboard.getByTestId('visitor-row').count()).toBe(0);
    await filterBy(dashboard, '');
    await expect.poll(async () => (await pins(dashboard)).length).toBe(4);
  });

  test('[EE24] a click on a pin flies there; one visitor is chosen, several are listed; the background lets go', async () => {
    const dashboard = await openVisitors(browsing, owner);
    const zoom = async () => Number(await dashboard.getByTestId('map').getAttribute('data-zoom'));
    await hoverPin(dashboard, CAPE_TOWN.place);
    await expect.poll(() => dashboard.getByTestId('map-popup-visitor').count()).toBe(3);
    await dashboard.keyboard.press('Escape');
    await dashboard.getByTestId('map-popup').waitFor({ state: 'detached' });

    await clickPin(dashboard, SAO_PAULO.place);
    await dashboard.getByTestId('panel-visitor-id').filter({ hasText: paulista }).waitFor();
    await expect.poll(zoom).toBeCloseTo(5, 1);
    expect(new URL(dashboard.url()).searchParams.get('visitor')).toBe(paulista);
    expect(await selectedRow(dashboard).count()).toBe(1);
    await dashboard.locator('[data-testid=map-ripple]:not([hidden])').waitFor({ state: 'attached' });

    await clickBackground(dashboard);
    await dashboard.getByTestId('visit-panel').waitFor({ state: 'detached' });
    expect(new URL(dashboard.url()).searchParams.has('visitor')).toBe(false);
    expect(await dashboard.locator('[data-testid=map-ripple]:not([hidden])').count()).toBe(0);

    await dashboard.getByTestId('map-fit').click();
    await clickPin(dashboard, BERLIN.place);
    await dashboard.getByTestId('place-head').getByText('Berlin').waitFor();
    await expect.poll(() => dashboard.getByTestId('place-count').textContent()).toContain('5');
    await expect.poll(() => dashboard.getByTestId('visitor-row').count()).toBe(5);
    await expect.poll(zoom).toBeCloseTo(5, 1);
    await dashboard.getByTestId('visitor-row').first().click();
    await dashboard.getByTestId('panel-visitor-id').waitFor();
    await dashboard.keyboard.press('Escape');
    await dashboard.getByTestId('place-head').waitFor();
    await dashboard.keyboard.press('Escape');
    await expect.poll(() => dashboard.getByTestId('visitor-row').count()).toBe(12);
  });

  test('[EE24] who is nowhere on the map is behind the chip, and marked when only the country is known', async () => {
    const dashboard = await openVisitors(browsing, owner);
    expect((await pins(dashboard)).filter(({ approximate }) => approximate).map(({ id }) => id)).toEqual([PERU.place]);
    await dashboard.getByTestId('unknown-chip').click();
    await dashboard.getByTestId('place-head').waitFor();
    await expect.poll(() => dashboard.getByTestId('visitor-row').count()).toBe(2);
    await dashboard.getByTestId('visitor-row').first().click();
    await dashboard.getByTestId('panel-visitor-id').waitFor();
    expect(await dashboard.getByTestId('visit-panel').textContent()).toMatch(/unknown/i);
  });

  test('[EE25] a link opens the visitor, the row and the place; one who is gone is said to be', async () => {
    const dashboard = await openVisitors(browsing, owner, `/visitors?visitor=${paulista}`);
    await dashboard.getByTestId('panel-visitor-id').filter({ hasText: paulista }).waitFor();
    await selectedRow(dashboard).waitFor({ state: 'attached' });
    await expect.poll(async () => Number(await dashboard.getByTestId('map').getAttribute('data-zoom'))).toBeCloseTo(5, 1);
    await dashboard.goto(`${foyer.origin}/visitors?visitor=nobody-of-this-name`);
    await dashboard.getByTestId('not-listed').waitFor();
  });

  test('[EE26] no request leaves our origin, whatever is opened', async () => {
    const profile = await browsing.profile();
    const asked = new Set<string>();
    profile.on('request', (request) => asked.add(new URL(request.url()).origin));
    profile.on('page', (page) => {
      page.on('websocket', (socket) => asked.add(new URL(socket.url()).origin.replace(/^ws/, 'http')));
      page.on('worker', (worker) => asked.add(new URL(worker.url().replace(/^blob:/, '')).origin));
    });
    const page = await profile.newPage();
    await page.goto(`${foyer.origin}/login`);
    await page.getByLabel('E-mail').fill('demo@foyer.test');
    await page.getByLabel('Password', { exact: true }).fill('foyer-demo');
    await page.keyboard.press('Enter');
    await mapIsReady(page);
    await hoverPin(page, CAPE_TOWN.place);
    await clickPin(page, SAO_PAULO.place);
    await page.getByTestId('panel-visitor-id').waitFor();
    await page.getByTestId('map-globe').click();
    await page.locator('[data-testid=map][data-globe]').waitFor();
    await page.getByTestId('map-fit').click();
    await page.getByTestId('panel-back').click();
    await filterBy(page, 'country:de');
    await expect.poll(async () => (await pins(page)).length).toBe(1);
    for (const path of ['/monitor', '/settings/visitors', '/settings/install']) {
      await page.goto(foyer.origin + path);
      await page.locator('main').waitFor();
    }
    expect([...asked]).toEqual([foyer.origin]);
  });

  test('[EE28] a graphics context that is taken away comes back with its pins', async () => {
    const dashboard = await openVisitors(browsing, owner);
    await expect.poll(async () => (await pins(dashboard)).length).toBe(4);
    const hook = (name: 'loseContext' | 'restoreContext') =>
      dashboard.evaluate((method) => document.querySelector('canvas')?.foyerMap?.[method](), name);
    await hook('loseContext');
    await dashboard.locator('[data-testid=map][data-ready=false]').waitFor();
    expect(await dashboard.getByTestId('visitor-row').count()).toBe(12);
    await hook('restoreContext');
    await mapIsReady(dashboard);
    expect(await dashboard.getByTestId('map-note').count()).toBe(0);
    const { tab, visitor } = await arrive(SAO_PAULO.from, '/new');
    await expect.poll(async () => (await pins(dashboard)).find(({ id }) => id === SAO_PAULO.place)?.count).toBe(2);
    await clickPin(dashboard, SAO_PAULO.place);
    await dashboard.getByTestId('place-head').waitFor();
    await expect.poll(() => dashboard.getByTestId('visitor-row').count()).toBe(2);
    tab.end();
    await owner.get(`/visitors/${visitor}`).catch(() => undefined);
    await foyer.pass(5_100);
  });
});

describe('without WebGL', () => {
  const browsing = useBrowser();

  test('[EE28] the page says why there is no map, and everything else works', async () => {
    const dashboard = await browsing.dashboard(owner);
    await dashboard.locator('[data-testid=map-note][data-code=no_webgl]').waitFor();
    expect(await dashboard.getByTestId('map-note').textContent()).toMatch(/WebGL/);
    await expect.poll(() => cardValue(dashboard, 'live')).toBeGreaterThan(0);
    await filterBy(dashboard, 'city:"sao paulo"');
    await dashboard.getByTestId('visitor-row').first().click();
    await dashboard.getByTestId('panel-visitor-id').waitFor();
    await dashboard.keyboard.press('Escape');
    await filterBy(dashboard, '');
    await dashboard.getByTestId('unknown-chip').click();
    await expect.poll(() => dashboard.getByTestId('visitor-row').count()).toBe(2);
  });
});
