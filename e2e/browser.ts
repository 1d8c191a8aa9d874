import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type LaunchOptions, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Account } from './account.ts';
import { CHROMIUM_FLAGS_WITHOUT_WEBGL } from './chromium-flags.ts';

export interface Browsing {
  /** A fresh browser profile, closed after the test. */
  profile(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A dashboard, opened by somebody who is signed in. */
  dashboard(account: Account, path?: string, options?: BrowserContextOptions): Promise<Page>;
}

/** Lost connections are what some tests are about; the rest of a page's complaints fails the test. */
const EXPECTED = /WebSocket connection|WebSocket is already|Failed to load resource|ERR_CONNECTION/;

/**
 * One Chromium for a file, without WebGL unless `args` say so: a map that nobody looks at takes a second of each page.
 * A test in which a page throws or complains on its console is not a pass.
 */
export function useBrowser(options: LaunchOptions = {}): Browsing {
  let browser: Browser;
  let profiles: BrowserContext[] = [];
  let complaints: string[] = [];
  beforeAll(async () => {
    const executablePath = process.env['FOYER_CHROMIUM'] ?? '/usr/bin/chromium';
    browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS_WITHOUT_WEBGL, ...options });
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    await Promise.all(profiles.map((profile) => profile.close()));
    const heard = complaints;
    profiles = [];
    complaints = [];
    if (heard.length > 0) throw new Error(`A page complained: ${heard.join('; ')}`);
  });

  const profile = async (given: BrowserContextOptions = {}): Promise<BrowserContext> => {
    const made = await browser.newContext({ viewport: { width: 1_440, height: 900 }, reducedMotion: 'reduce', ...given });
    made.setDefaultTimeout(15_000);
    made.on('weberror', (error) => complaints.push(error.error().message));
    made.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text());
    });
    profiles.push(made);
    return made;
  };
  return {
    profile,
    async dashboard(account, path = '/visitors', given = {}) {
      const made = await profile(given);
      await made.addCookies([account.browserCookie]);
      const page = await made.newPage();
      await page.goto(account.origin + path);
      return page;
    },
  };
}
