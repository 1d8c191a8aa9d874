import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { CHROMIUM_FLAGS } from './chromium-flags.ts';
import { FoyerProcess } from './foyer-process.ts';
import { TabSocket } from './sockets.ts';
import { goWithin, hoverPin, mapIsReady } from './visitors-page.ts';

const BERLIN = { network: '130.133.44', place: 'DE|berlin|berlin' };
/** Narrower screens have two sheets and no pointer. */
const PHONE_PX = 700;

const browsing = useBrowser({ args: CHROMIUM_FLAGS });
let foyer: FoyerProcess;
let owner: Account;
beforeAll(async () => {
  foyer = await FoyerProcess.start({ program: 'demo' });
  owner = await Account.signedIn(foyer);
  const people: [from: string, path: string, userAgent?: string][] = [
    [`${BERLIN.network}.1`, '/demo/'],
    [`${BERLIN.network}.2`, '/demo/cart/'],
    ['203.0.113.3', '/demo/journal/'],
    ['203.0.113.4', '/demo/', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
  ];
  for (const [from, path, userAgent] of people) {
    const tab = new TabSocket({ origin: foyer.origin, key: 'demo', from, ...(userAgent === undefined ? {} : { userAgent }) });
    await tab.arrive(path);
  }
});
afterAll(() => foyer.dispose());

interface Screen {
  readonly name: string;
  readonly path: string;
  readonly isThere: (page: Page) => Promise<unknown>;
  /** Only where there is a pointer, and room beside the list. */
  readonly isWide?: true;
  /** Its own layout has two widths. */
  readonly hasTwoWidths?: true;
}
const there = (testId: string) => (page: Page) => page.getByTestId(testId).first().waitFor();
const row = (page: Page) => page.getByTestId('visitor-row').first();
/** In this order within one page: each begins where the one before it ended. */
const SCREENS: readonly Screen[] = [
  {
    name: 'the list and the map',
    path: '/visitors',
    isThere: async (page) => {
      await row(page).waitFor();
      await mapIsReady(page);
    },
  },
  {
    name: 'a popup',
    path: '',
    isWide: true,
    isThere: async (page) => {
      await hoverPin(page, BERLIN.place);
      await there('map-popup-visitor')(page);
    },
  },
  {
    name: 'a visitor',
    path: '',
    isThere: async (page) => {
      // What lies over the list goes first.
      await page.keyboard.press('Escape');
      await row(page).click();
      await there('panel-visitor-id')(page);
    },
  },
  { name: 'a place', path: `/visitors?place=${encodeURIComponent(BERLIN.place)}`, isThere: there('place-head') },
  { name: 'those left out', path: '/visitors?list=filtered', isThere: there('filtered-report') },
  { name: 'the monitor', path: '/monitor', hasTwoWidths: true, isThere: there('total-live') },
  { name: 'settings', path: '/settings/visitors', hasTwoWidths: true, isThere: there('tracking') },
  { name: 'install', path: '/settings/install', hasTwoWidths: true, isThere: there('snippet') },
  { name: 'how Foyer sees me', path: '/settings/seen', hasTwoWidths: true, isThere: there('seen-outcome') },
];

describe('every screen, as the real server fills it', () => {
  const sizes = [1_440, 1_024, 390].flatMap((width) => ['dark', 'light'].map((theme) => ({ theme, width })));
  test.each(sizes)('[EE18] $theme at $width px', async ({ theme, width }) => {
    const origins = [{ origin: foyer.origin, localStorage: [{ name: 'foyer.theme', value: theme }] }];
    const profile = await browsing.profile({ viewport: { width, height: 900 }, storageState: { cookies: [], origins } });
    const page = await profile.newPage();
    await page.goto(`${foyer.origin}/login`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await expectAccessible(page, '/login');
    await profile.addCookies([owner.browserCookie]);
    await page.goto(`${foyer.origin}/visitors`);
    for (const { name, path, isThere, isWide, hasTwoWidths } of SCREENS) {
      if ((isWide && width < PHONE_PX) || (hasTwoWidths && width === 1_024)) continue;
      if (path !== '') await goWithin(page, path);
      await isThere(page);
      await expectAccessible(page, name);
    }
  });
});
