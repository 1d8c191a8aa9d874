import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { FoyerDouble, isFence } from './foyer-double.testkit.ts';

export interface HostPage {
  /** Attributes of the script's tag. */
  attributes?: string;
  /** In the head, before the script's tag. */
  head?: string;
  body?: string;
  csp?: string;
  /** Name of the host; everything ends up at this machine. */
  host?: string;
  /** With query and fragment. */
  path?: string;
  title?: string;
  /** Tags of the script; 1 unless said otherwise. */
  tags?: number;
}

export const CHROMIUM = process.env['FOYER_CHROMIUM'] ?? '/usr/bin/chromium';
export const ARGS = ['--no-sandbox', '--host-resolver-rules=MAP *.test 127.0.0.1, MAP *.co.uk 127.0.0.1'];

/** The stub of the snippet, for pages that talk to the tracker before it has loaded. */
export const STUB = '<script>window.foyer=window.foyer||function(){(foyer.q=foyer.q||[]).push(arguments)}</script>';

/** One Chromium and one Foyer for a file, a fresh context for each test; a test fails when a frame or the console has a fault. */
export function useHostPages() {
  const foyer = new FoyerDouble();
  let browser: Browser;
  let context: BrowserContext;
  const extra: BrowserContext[] = [];
  let complaints: string[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      // Playwright turns the bfcache off; visitors have it on.
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
      args: ARGS,
    });
  });
  afterAll(async () => {
    await browser.close();
    await foyer.stop();
  });
  beforeEach(async () => {
    await foyer.start();
    complaints = [];
    context = await browser.newContext();
  });
  afterEach(async () => {
    await Promise.all([context, ...extra.splice(0)].map((open) => open.close()));
    expect(foyer.faults).toEqual([]);
    expect(complaints).toEqual([]);
  });

  /** Makes a page of the host; answers its address. */
  function host({
    attributes = '',
    head = '',
    body = '',
    csp,
    host: name = 'www.shop.test',
    path = '/',
    title = 'Home',
    tags = 1,
  }: HostPage = {}): string {
    const tag = `<script async src="${foyer.script}" data-site="KEY" ${attributes}></script>`;
    foyer.pages.set(name + path.replace(/[?#].*/, ''), {
      html: `<!doctype html><html><head><title>${title}</title>${head}${tag.repeat(tags)}</head><body>${body}</body></html>`,
      headers: csp ? { 'content-security-policy': csp } : {},
    });
    return foyer.origin(name) + path;
  }
  async function tab(inContext = context): Promise<Page> {
    const page = await inContext.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      // The browser's own words about a refused request are none of the tracker's.
      if (!/Failed to load resource|WebSocket connection to/.test(message.text())) complaints.push(message.text());
    });
    return page;
  }
  return {
    foyer,
    host,
    tab,
    get browser() {
      return browser;
    },
    get context() {
      return context;
    },
    /** A browser of somebody else, or with other settings. */
    async otherContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
      const other = await browser.newContext(options);
      extra.push(other);
      return other;
    },
    /** Opens a page of the host in a new tab. */
    async open(options: HostPage = {}, page?: Page): Promise<Page> {
      const target = page ?? (await tab());
      await target.goto(host(options));
      return target;
    },
    /** The host's own complaints are expected in this test. */
    forgive: () => void (complaints = []),
  };
}

/** Says a command to the tracker as the page would. */
export const say = (page: Page, ...args: unknown[]): Promise<void> =>
  page.evaluate((call) => void (window as unknown as { foyer: (...args: unknown[]) => void }).foyer(...call), args);

let fences = 0;

/** When this resolves, all that the page said before has arrived, and all that it was answered to that has been heard by the page. */
export async function fence(foyer: FoyerDouble, page: Page): Promise<void> {
  const mark = ++fences;
  await page.evaluate(
    (fenceMark) =>
      new Promise<void>((resolve) => {
        const { foyer: tracker } = window as unknown as { foyer: (...args: unknown[]) => () => void };
        const stop = tracker('on', 'welcome', () => {
          stop();
          resolve();
        });
        // The double answers it with a welcome like the last one.
        tracker('context', 'none', { fence: fenceMark });
      }),
    mark,
  );
  foyer.heard = foyer.heard.filter(({ frame }) => !isFence(frame, mark));
}

/** For pages that say nothing: a connection opened now arrives after whatever the tracker had begun before. */
export async function quietFence(foyer: FoyerDouble, page: Page): Promise<void> {
  const mark = `/fence-${++fences}`;
  await page.waitForLoadState('load');
  await page.evaluate(async (url) => {
    // The tracker connects in a task of its own.
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setTimeout(resolve));
    await fetch(url, { mode: 'no-cors' });
  }, foyer.origin() + mark);
  await foyer.until(() => foyer.requests.includes(`GET ${mark}`));
  foyer.requests = foyer.requests.filter((request) => !request.includes(mark));
}

/** What an action makes the page say: all of `sent`, in this order, and nothing but that when `only` (the default). */
export async function expectFrames(foyer: FoyerDouble, page: Page, action: () => unknown, sent: object[]): Promise<void> {
  await fence(foyer, page);
  const before = foyer.heard.length;
  await action();
  await fence(foyer, page);
  expect(foyer.heard.slice(before).map(({ frame }) => frame)).toEqual(sent.map((frame) => expect.objectContaining(frame)));
}
