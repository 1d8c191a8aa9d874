import type { Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { CHROMIUM_FLAGS } from './chromium-flags.ts';
import { FoyerProcess } from './foyer-process.ts';
import { TabSocket } from './sockets.ts';
import { clickPin, filterBy, openVisitors, pins } from './visitors-page.ts';

const browsing = useBrowser({ args: CHROMIUM_FLAGS });
const RETRY = { FOYER_RETRY_MIN_MS: '200', FOYER_RETRY_MAX_MS: '1000' };
const BERLIN = { from: '130.133.44.7', place: 'DE|berlin|berlin' };
const CAPE_TOWN = { from: '41.2.156.7', place: 'ZA|western cape|cape town' };

let foyer: FoyerProcess;
let later: FoyerProcess | undefined;
afterEach(async () => {
  await later?.dispose();
  await foyer.dispose();
  later = undefined;
});

/** Written into the window of a page; a reload would take it away. */
const mark = (page: Page): Promise<unknown> => page.evaluate(() => Object.assign(window, { isTheSame: true }));
const isMarked = (page: Page): Promise<boolean> => page.evaluate(() => 'isTheSame' in window);
const rowOf = (page: Page, visit: string) => page.locator(`[data-testid=visitor-row][data-visit="${visit}"]`);

describe('a Visitors page without its server', () => {
  test('[EE27] the network cut after loading: all stays, map and panel work, a banner says so, and it heals by itself', async () => {
    foyer = await FoyerProcess.start({ program: 'demo', env: RETRY });
    const owner = await Account.signedIn(foyer);
    const first = new TabSocket({ origin: foyer.origin, key: 'demo', from: BERLIN.from });
    const { visit } = await first.arrive('/before');
    const dashboard = await openVisitors(browsing, owner);
    await rowOf(dashboard, visit).waitFor();
    await mark(dashboard);

    await dashboard.context().setOffline(true);
    await dashboard.getByTestId('connection-banner').waitFor();
    const second = new TabSocket({ origin: foyer.origin, key: 'demo', from: CAPE_TOWN.from });
    const after = await second.arrive('/meanwhile');
    expect(await rowOf(dashboard, visit).count()).toBe(1);
    await expect.poll(() => pins(dashboard)).toMatchObject([{ id: BERLIN.place, count: 1 }]);
    await dashboard.getByTestId('map-zoom-in').click();
    await dashboard.getByTestId('map-globe').click();
    await dashboard.locator('[data-testid=map][data-globe]').waitFor();
    await dashboard.getByTestId('map-globe').click();
    // Parts that nobody has opened before the cut open all the same.
    await dashboard.getByTestId('saved-filters-button').click();
    await dashboard.getByTestId('saved-filters').waitFor();
    await dashboard.keyboard.press('Escape');
    await dashboard.getByTestId('filter-input').pressSequentially('cou');
    await dashboard.getByTestId('suggestion').first().waitFor();
    await filterBy(dashboard, '');
    await dashboard.getByTestId('visit-list').focus();
    await dashboard.keyboard.press('ArrowDown');
    await dashboard.keyboard.press('i');
    await dashboard.getByTestId('visit-tip').waitFor();
    await dashboard.keyboard.press('Escape');
    await rowOf(dashboard, visit).click();
    await dashboard.getByTestId('visit-panel').waitFor();

    await dashboard.context().setOffline(false);
    await dashboard.getByTestId('connection-banner').waitFor({ state: 'detached' });
    await rowOf(dashboard, after.visit).waitFor({ state: 'attached' });
    await expect.poll(async () => (await pins(dashboard)).map(({ id }) => id).sort()).toEqual([BERLIN.place, CAPE_TOWN.place]);
    expect(await isMarked(dashboard)).toBe(true);
    first.end();
    second.end();
  });

  test('[EE27] the server killed and started again: the page waits with what it knows, and goes on without a reload', async () => {
    foyer = await FoyerProcess.start({ env: { ...RETRY, FOYER_TRUST_PROXY: 'loopback' } });
    const owner = await Account.setUp(foyer);
    const { key } = await owner.site();
    const tab = new TabSocket({ origin: foyer.origin, key, from: BERLIN.from });
    const { visit, resume, secret } = await tab.arrive('/before');
    await tab.frame('stored');
    const dashboard = await openVisitors(browsing, owner);
    await rowOf(dashboard, visit).waitFor();
    await mark(dashboard);

    await foyer.kill();
    await dashboard.getByTestId('connection-banner').waitFor();
    expect(await rowOf(dashboard, visit).count()).toBe(1);
    await expect.poll(() => pins(dashboard)).toMatchObject([{ id: BERLIN.place, count: 1 }]);

    later = await FoyerProcess.start({ data: foyer.data, port: foyer.port, env: { ...RETRY, FOYER_TRUST_PROXY: 'loopback' } });
    const back = new TabSocket({ origin: later.origin, key, from: BERLIN.from });
    await back.frame('welcome');
    back.say(back.hello('/after', { resume, ...(secret === undefined ? {} : { secret }) }));
    await dashboard.getByTestId('connection-banner').waitFor({ state: 'detached' });
    await rowOf(dashboard, visit).and(dashboard.locator('[data-status=active]')).getByText('Page /after').waitFor();
    await clickPin(dashboard, BERLIN.place);
    await dashboard.getByTestId('panel-visitor-id').waitFor();
    expect(await isMarked(dashboard)).toBe(true);
    back.end();
  });
});
