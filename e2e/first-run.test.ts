import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { FoyerProcess } from './foyer-process.ts';
import { HostSite } from './host-page.ts';

const browsing = useBrowser();
let foyer: FoyerProcess;
let host: HostSite;
let snippet = '';
beforeAll(async () => {
  [foyer, host] = await Promise.all([FoyerProcess.start(), HostSite.start(() => snippet)]);
});
afterAll(async () => {
  await Promise.all([foyer.dispose(), host.stop()]);
});

describe('the first run', () => {
  test('[EE1] from the printed link to the first visitor in the list, without a reload', async () => {
    const profile = await browsing.profile();
    const page = await profile.newPage();
    await page.goto(foyer.origin);
    await page.getByRole('heading', { name: 'Almost there' }).waitFor();

    await page.goto(foyer.setupLink);
    await page.getByLabel('Workspace').fill('Fernhill');
    await page.getByLabel('Your name').fill('Olga Owner');
    await page.getByLabel('E-mail').fill('olga@foyer.test');
    await page.getByLabel('Password', { exact: true }).fill('ten letters at least');
    await page.getByLabel('Site name').fill('Shop');
    await page.getByLabel('Its domain').fill('http://localhost:3000/');
    await page.getByRole('button', { name: 'Create workspace' }).click();

    const status = page.getByTestId('install-status');
    await status.waitFor();
    expect(new URL(page.url()).pathname).toBe('/settings/install');
    expect(await status.getAttribute('data-seen')).toBe('false');
    snippet = (await page.getByTestId('snippet').textContent()) ?? '';
    expect(snippet).toMatch(new RegExp(`^<script async src="${foyer.origin}/foyer.js" data-site="[\\w-]+"></script>$`));

    await page.getByTestId('count-automated').click();
    await expect.poll(() => page.getByTestId('count-automated').getAttribute('aria-checked')).toBe('true');
    await page.getByRole('link', { name: 'Turn it on under Visitors.' }).click();
    expect(await page.getByTestId('tracking').getAttribute('data-on')).toBe('false');
    await page.getByTestId('tracking-online').click();
    await expect.poll(() => page.getByTestId('tracking').getAttribute('data-on')).toBe('true');
    await page.getByText('Tracking is online.').waitFor();
    await page.getByRole('link', { name: 'Install' }).click();
    await status.waitFor();
    expect(await status.getAttribute('data-seen')).toBe('false');

    const visitor = await (await browsing.profile()).newPage();
    await visitor.goto(`${host.origin}/Boots?secret=1#there`);
    await expect.poll(() => status.getAttribute('data-seen'), { timeout: 5_000, interval: 20 }).toBe('true');

    await page.getByRole('link', { name: 'See visitors' }).click();
    const row = page.getByTestId('visitor-row');
    await row.getByText('Boots').waitFor();
    expect(await row.count()).toBe(1);
    expect(await row.getAttribute('data-status')).toBe('active');
    await expect.poll(() => row.textContent()).toContain('Visitor 1');
    await row.click();
    await page.getByTestId('panel-visitor-id').waitFor();
    const panel = (await page.getByTestId('visit-panel').textContent()) ?? '';
    expect(panel).toContain('/Boots');
    expect(panel).not.toContain('secret');
  });

  test('[EE1] the link works once', async () => {
    const page = await (await browsing.profile()).newPage();
    await page.goto(foyer.setupLink);
    await page.getByLabel('Workspace').fill('Another');
    await page.getByLabel('Your name').fill('Mallory');
    await page.getByLabel('E-mail').fill('mallory@foyer.test');
    await page.getByLabel('Password', { exact: true }).fill('ten letters at least');
    await page.getByLabel('Its domain').fill('localhost');
    await page.getByRole('button', { name: 'Create workspace' }).click();
    await page.getByRole('link', { name: 'Go to sign-in' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});
