/** One page in a browser before a scripted server, for each test anew. A test during which the page complained is no pass. */
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest';
import { FakeServer } from './fake-server.ts';

/** Connections lost on purpose leave their mark in the console, and so do requests that are meant to fail. */
const EXPECTED =
  /WebSocket connection|Failed to load resource|ERR_CONNECTION|Failed to fetch dynamically imported module|error occurred when fetching the script/;
/** With WebGL2 drawn in software, a page with the map takes both processors; what is not about the map is tested without it. */
const WITH_MAP = ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
const WITHOUT_MAP = ['--no-sandbox', '--disable-3d-apis'];
const WINDOW = { width: 1_440, height: 900 };
/** Each pixel of the map costs: the least window that has the wide layout and room for a popup beside a pin. */
const MAP_WINDOW = { width: 1_024, height: 640 };
/** What outlives a navigation and cannot be taken back. */
const LASTING = ['addInitScript', 'exposeBinding', 'exposeFunction', 'emulateMedia', 'setExtraHTTPHeaders'] as const;

export interface Screen {
  readonly server: FakeServer;
  readonly page: Page;
  readonly context: BrowserContext;
  /** Opens a path of the dashboard. */
  go(path: string): Promise<void>;
  /** By test id. */
  at(id: string): Locator;
  rows(): Locator;
  row(visit: string): Locator;
  /** Waits until `check` answers this. */
  settle(check: () => Promise<unknown>, expected: unknown): Promise<void>;
  /** Starts over with another kind of browser window. */
  reopen(options: BrowserContextOptions): Promise<void>;
}

/** Registers the hooks of a test file; what it answers is of the test that runs. */
export function useScreen({ map = false }: { readonly map?: boolean } = {}): Screen {
  const viewport = map ? MAP_WINDOW : WINDOW;
  let browser: Browser;
  let server: FakeServer;
  let context: BrowserContext;
  let page: Page;
  /** Nothing stays of what a test did with it but what `asNew` takes back. */
  let isReusable = false;
  let complaints: string[] = [];

  const listen = (): void => {
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text());
    });
    page.on('request', (request) => {
      if (!/^(blob|data):/.test(request.url()) && new URL(request.url()).origin !== server.url) complaints.push(`asked ${request.url()}`);
    });
  };
  const open = async (options?: BrowserContextOptions): Promise<void> => {
    context = await browser.newContext({ viewport, reducedMotion: 'reduce', serviceWorkers: 'block', ...options });
    page = await context.newPage();
    isReusable = options === undefined;
    for (const name of LASTING) {
      const does = page[name].bind(page) as (...args: unknown[]) => unknown;
      Object.assign(page, {
        [name]: (...args: unknown[]) => {
          isReusable = false;
          return does(...args);
        },
      });
    }
    listen();
  };
  /**
   * A new context with its page costs as much processor time as the dashboard in it. The page of the test before will do: what it has
   * stored is another origin's, because each test's server has a port of its own.
   */
  const asNew = async (): Promise<void> => {
    page.removeAllListeners();
    await page.goto('about:blank');
    await Promise.all([context.clearCookies(), page.unrouteAll(), page.setViewportSize(viewport), page.mouse.move(-1, -1)]);
    listen();
  };
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: process.env['FOYER_CHROMIUM'] ?? '/usr/bin/chromium',
      args: map ? WITH_MAP : WITHOUT_MAP,
    });
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    complaints = [];
    server = await new FakeServer(inject('dashboard')).start();
    if (isReusable) await asNew();
    else await open();
  });
  afterEach(async ({ task }) => {
    isReusable &&= task.result?.state === 'pass' && context.pages().length === 1;
    if (isReusable) await page.goto('about:blank');
    else await context.close();
    await server.stop();
    if (complaints.length > 0) throw new Error(`The page complained: ${complaints.join('; ')}`);
  });

  return {
    get server() {
      return server;
    },
    get page() {
      return page;
    },
    get context() {
      // Who asks for it changes what is not the page's: permissions, the network, other pages.
      isReusable = false;
      return context;
    },
    go: async (path) => void (await page.goto(server.url + path)),
    at: (id) => page.getByTestId(id),
    rows: () => page.getByTestId('visitor-row'),
    row: (visit) => page.locator(`[data-testid=visitor-row][data-visit="${visit}"]`),
    settle: async (check, expected) => {
      await expect.poll(check, { timeout: 10_000, interval: 20 }).toEqual(expected);
    },
    reopen: async (options) => {
      await context.close();
      await open(options);
    },
  };
}
