/** One page in a browser before a scripted server, for each test anew. A test during which the page complained is no pass. */
import { rmSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { buildDashboard } from './built.ts';
import { FakeServer } from './fake-server.ts';

/** Connections lost on purpose leave their mark in the console, and so do requests that are meant to fail. */
const EXPECTED =
  /WebSocket connection|Failed to load resource|ERR_CONNECTION|Failed to fetch dynamically imported module|error occurred when fetching the script/;
/** With WebGL2 drawn in software, a page with the map takes both processors; what is not about the map is tested without it. */
const WITH_MAP = ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
const WITHOUT_MAP = ['--no-sandbox', '--disable-3d-apis'];

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
  let browser: Browser;
  let dist = '';
  let server: FakeServer;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[] = [];

  const open = async (options: BrowserContextOptions = {}): Promise<void> => {
    context = await browser.newContext({
      viewport: { width: 1_440, height: 900 },
      reducedMotion: 'reduce',
      serviceWorkers: 'block',
      ...options,
    });
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text());
    });
    page.on('request', (request) => {
      if (!/^(blob|data):/.test(request.url()) && new URL(request.url()).origin !== server.url) complaints.push(`asked ${request.url()}`);
    });
  };
  beforeAll(async () => {
    [browser, dist] = await Promise.all([
      chromium.launch({ executablePath: process.env['FOYER_CHROMIUM'] ?? '/usr/bin/chromium', args: map ? WITH_MAP : WITHOUT_MAP }),
      buildDashboard(),
    ]);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    rmSync(dist, { recursive: true, force: true });
  });
  beforeEach(async () => {
    complaints = [];
    server = await new FakeServer(dist).start();
    await open();
  });
  afterEach(async () => {
    await context.close();
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
      return context;
    },
    go: async (path) => void (await page.goto(server.url + path)),
    at: (id) => page.getByTestId(id),
    rows: () => page.getByTestId('visitor-row'),
    row: (visit) => page.locator(`[data-testid=visitor-row][data-visit="${visit}"]`),
    settle: async (check, expected) => {
      await expect.poll(check, { timeout: 5_000, interval: 20 }).toEqual(expected);
    },
    reopen: async (options) => {
      await context.close();
      await open(options);
    },
  };
}
