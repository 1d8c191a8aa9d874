import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { FoyerProcess } from './foyer-process.ts';
import { TabSocket } from './sockets.ts';
import { filterBy } from './visitors-page.ts';

const browsing = useBrowser();
let foyer: FoyerProcess;
let owner: Account;
let anna: Account;
let visits: { visit: string; visitor: string }[];
beforeAll(async () => {
  foyer = await FoyerProcess.start({ program: 'demo' });
  owner = await Account.signedIn(foyer);
  anna = await Account.invited(owner, 'agent', 'Anna Agent');
  const from = ['130.133.44.7', '193.20.83.7', '57.109.133.7'];
  visits = await Promise.all(from.map((address) => new TabSocket({ origin: foyer.origin, key: 'demo', from: address }).arrive('/shop')));
});
afterAll(() => foyer.dispose());

describe('colleagues', () => {
  test('[EE29] see who of them has a visitor open, and until when', async () => {
    const [{ visit, visitor } = { visit: '', visitor: '' }] = visits;
    const mine = await browsing.dashboard(owner);
    const row = mine.locator(`[data-testid=visitor-row][data-visit="${visit}"]`);
    await row.waitFor();
    expect(await mine.getByTestId('looker').count()).toBe(0);

    const hers = await browsing.dashboard(anna, `/visitors?visitor=${visitor}`);
    await hers.getByTestId('panel-visitor-id').waitFor();
    await row.getByTestId('looker').waitFor();
    expect(await row.getByTestId('looker').textContent()).toContain('Anna is looking');
    expect(await mine.getByTestId('looker').count()).toBe(1);
    // Nobody is told of themselves.
    expect(await hers.getByTestId('looker').count()).toBe(0);

    await row.click();
    await mine.getByTestId('also-looking').filter({ hasText: 'Anna' }).waitFor();
    await hers.getByTestId('also-looking').filter({ hasText: 'Dana' }).waitFor();
    await hers.keyboard.press('Escape');
    await mine.getByTestId('also-looking').waitFor({ state: 'detached' });
    await mine.keyboard.press('Escape');
    await hers.close();
    await mine.getByTestId('looker').waitFor({ state: 'detached' });
  });

  test('[EE29] share a filter, which the others have without a reload', async () => {
    const hers = await browsing.dashboard(anna);
    await hers.getByTestId('saved-filters-button').click();
    await hers.getByTestId('saved-filters').waitFor();
    expect(await hers.getByTestId('saved-filter').count()).toBe(0);

    const mine = await browsing.dashboard(owner);
    await filterBy(mine, 'city:berlin');
    await mine.getByTestId('saved-filters-button').click();
    await mine.getByTestId('save-filter-name').fill('Berliners');
    await mine.getByTestId('share-filter').click();
    await mine.getByTestId('save-filter').click();
    await mine.getByTestId('saved-filter').filter({ hasText: 'Berliners' }).waitFor();

    const shared = hers.getByTestId('saved-filter').filter({ hasText: 'Berliners' });
    await shared.waitFor();
    await shared
      .getByRole('button', { name: /Berliners/ })
      .first()
      .click();
    await expect.poll(() => hers.getByTestId('visitor-row').count()).toBe(1);
    await expect.poll(() => new URL(hers.url()).searchParams.get('filter')).toBe('city:berlin');
  });

  test('[EE29] write notes that the others read at once', async () => {
    const [, { visitor } = { visitor: '' }] = visits;
    const mine = await browsing.dashboard(owner, `/visitors?visitor=${visitor}`);
    const hers = await browsing.dashboard(anna, `/visitors?visitor=${visitor}`);
    await hers.getByTestId('notes').waitFor();
    await mine.getByTestId('note-action').click();
    await mine.getByTestId('note-text').fill('Asked for <b>a bigger tent</b>');
    await mine.getByTestId('add-note').click();
    await hers.getByTestId('note').filter({ hasText: 'Asked for <b>a bigger tent</b>' }).waitFor();
  });
});

describe('German', () => {
  test('[EE31] the page speaks it, from a browser that asks for it', async () => {
    const dashboard = await browsing.dashboard(owner, '/visitors', { locale: 'de-DE' });
    await dashboard.getByTestId('visitor-row').first().waitFor();
    expect(await dashboard.locator('html').getAttribute('lang')).toMatch(/^de/);
    const text = await dashboard.evaluate(() => document.body.innerText);
    expect(text).toMatch(/Besucher/);
    expect(text).toMatch(/Besucher 1\b/);
    expect(text).not.toMatch(/\b(Visitors?|Filter by|Left out|Live visitors|Unknown location|Saved)\b/);
    await dashboard.getByTestId('visitor-row').first().click();
    await dashboard.getByTestId('panel-visitor-id').waitFor();
    const panel = await dashboard.getByTestId('visit-panel').evaluate((element) => (element as HTMLElement).innerText);
    expect(panel).toMatch(/Seiten/);
    expect(panel).not.toMatch(/\b(Pages|Referrer link|Connected at|Last seen|Notes|Browser language|Returning)\b/);
  });
});
