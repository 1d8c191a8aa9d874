import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { FoyerProcess } from './foyer-process.ts';

const browsing = useBrowser();
let foyer: FoyerProcess;
let owner: Account;
beforeAll(async () => {
  foyer = await FoyerProcess.start({ program: 'demo' });
  owner = await Account.signedIn(foyer);
});
afterAll(() => foyer.dispose());

/** Why Chromium would not offer to install this page; [] when it would. */
async function obstacles(page: Page): Promise<string[]> {
  const devtools = await page.context().newCDPSession(page);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  await devtools.detach();
  return installabilityErrors.map(({ errorId }) => errorId);
}

describe('the dashboard', () => {
  test('[EE44] can be installed: a manifest with a name, icons that are as large as they say, a start page, a service worker', async () => {
    const page = await browsing.dashboard(owner, '/inbox');
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const devtools = await page.context().newCDPSession(page);
    const { data, errors, url } = await devtools.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const manifest = JSON.parse(data ?? '') as {
      name: string;
      start_url: string;
      display: string;
      icons: { src: string; sizes: string; type: string; purpose?: string }[];
    };
    expect(manifest).toMatchObject({ name: expect.stringMatching(/Foyer/) as string, display: 'standalone' });
    expect(manifest.icons.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']));
    expect(manifest.icons.some(({ purpose }) => purpose?.includes('maskable'))).toBe(true);
    const sizes = await page.evaluate(
      (sources) =>
        Promise.all(
          sources.map(async (src) => {
            const image = new Image();
            image.src = src;
            await image.decode();
            return `${image.naturalWidth}x${image.naturalHeight}`;
          }),
        ),
      manifest.icons.map(({ src }) => new URL(src, url).href),
    );
    for (const [i, icon] of manifest.icons.entries()) if (icon.sizes !== 'any') expect(sizes[i], icon.src).toBe(icon.sizes);
    // Private windows, as tests have, install nothing; all else is asked all the same.
    expect((await obstacles(page)).filter((id) => id !== 'in-incognito')).toEqual([]);

    const start = await page.goto(new URL(manifest.start_url, url).href);
    expect(start?.ok()).toBe(true);
  });
});
