import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { FoyerProcess } from './foyer-process.ts';
import { TabSocket } from './sockets.ts';

const browsing = useBrowser();
let foyer: FoyerProcess;
let owner: Account;
beforeAll(async () => {
  foyer = await FoyerProcess.start({ program: 'demo' });
  owner = await Account.signedIn(foyer);
  for (const [i, path] of ['/demo/', '/demo/cart/', '/demo/journal/'].entries()) {
    const tab = new TabSocket({ origin: foyer.origin, key: 'demo', from: `203.0.113.${i + 1}` });
    await tab.arrive(path);
  }
});
afterAll(() => foyer.dispose());

interface Screen {
  readonly path: string;
  readonly isThere: (page: Page) => Promise<unknown>;
}
const SCREENS: readonly Screen[] = [
  { path: '/visitors', isThere: (page) => page.getByTestId('visitor-row').nth(2).waitFor() },
  { path: '/settings/visitors', isThere: (page) => page.getByTestId('tracking').waitFor() },
  { path: '/settings/install', isThere: (page) => page.getByTestId('snippet').waitFor() },
];

async function expectAccessible(page: Page, where: string): Promise<void> {
  // Legacy mode looks at one document, which is all there is, and opens no page of its own.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  expect(found, where).toEqual([]);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, `${where} scrolls sideways`).toBe(0);
}

describe('every screen, as the real server fills it', () => {
  test.each([
    { theme: 'dark', width: 1_440 },
    { theme: 'light', width: 1_440 },
    { theme: 'dark', width: 390 },
    { theme: 'light', width: 390 },
  ])('[EE18] $theme at $width px', async ({ theme, width }) => {
    const origins = [{ origin: foyer.origin, localStorage: [{ name: 'foyer.theme', value: theme }] }];
    const profile = await browsing.profile({ viewport: { width, height: 900 }, storageState: { cookies: [], origins } });
    const page = await profile.newPage();
    await page.goto(`${foyer.origin}/login`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await expectAccessible(page, '/login');
    await profile.addCookies([owner.browserCookie]);
    for (const { path, isThere } of SCREENS) {
      await page.goto(foyer.origin + path);
      await isThere(page);
      await expectAccessible(page, path);
    }
    await page.goto(`${foyer.origin}/visitors`);
    await page.getByTestId('visitor-row').first().click();
    await page.getByTestId('panel-visitor-id').waitFor();
    await expectAccessible(page, 'the panel');
  });
});
