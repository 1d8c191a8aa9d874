import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findChromium } from '../chromium.ts';
import { createShop } from './shop.ts';

/** Stands where the tracker would be: what the shop tells Foyer is kept for the test. */
const TRACKER = `{ const said = window.said = (window.foyer.q ?? []).map((call) => [...call]); window.foyer = (...call) => { said.push(call); }; }`;

let server: Server;
let browser: Browser;
let origin: string;
beforeAll(async () => {
  const shop = createShop();
  server = createServer((request, response) => {
    const url = `http://${request.headers.host ?? ''}${request.url ?? '/'}`;
    void shop(new Request(url)).then(async (answer) => {
      if (answer === null) response.writeHead(200, { 'content-type': 'text/javascript' }).end(TRACKER);
      else response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { path } = await findChromium();
  if (path === undefined) throw new Error('no Chromium');
  browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser.close();
  server.close();
});

let context: BrowserContext;
let page: Page;
let complaints: string[];
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
});
afterEach(() => context.close());

const said = () => page.evaluate(() => (window as unknown as { said: unknown[] }).said);

describe('the demo shop in a browser', () => {
  test('[SI11] a product goes into the cart, is kept, counted and paid for', async () => {
    await page.goto(`${origin}/demo/products/ridge-2/`);
    await page.getByRole('button', { name: 'Add to cart' }).click();
    expect(await said()).toEqual([
      ['context', 'product'],
      ['context', 'cart', { items: 1 }],
    ]);
    await page.getByRole('link', { name: 'Go to the cart' }).click();
    await page.getByRole('button', { name: 'One more' }).click();
    expect(await page.locator('[data-cart-total]').textContent()).toBe('€698');
    expect(await page.locator('[data-cart-count]').textContent()).toBe('2');
    expect(await said()).toEqual([
      ['context', 'cart', { items: 1 }],
      ['context', 'cart', { items: 2 }],
    ]);
    await page.getByRole('link', { name: 'Check out' }).click();
    await page.getByLabel('Name').fill('A');
    await page.getByLabel('Street').fill('B');
    await page.getByLabel('Town').fill('C');
    expect(await said()).toEqual([['context', 'checkout', { items: 2 }]]);
    // Said before the page is left.
    const reached = await page.evaluate(() => {
      document.querySelector<HTMLButtonElement>('[data-checkout] button')?.click();
      return (window as unknown as { said: unknown[] }).said.at(-1);
    });
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    expect(reached).toEqual(['goal', 'Checkout', { value: 698, currency: 'EUR' }]);
    expect(await page.locator('[data-cart-count]').isHidden()).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('[SI11] search finds by name and by kind, and says when it finds nothing', async () => {
    await page.goto(`${origin}/demo/search/`);
    await page.getByLabel('What are you looking for?').fill('tent');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search/?q=tent');
    await expect.poll(() => page.locator('.card').count()).toBe(4);
    await page.goto(`${origin}/demo/search/?q=zeppelin`);
    await expect.poll(() => page.locator('[data-found]').textContent()).toContain('Nothing');
    expect(complaints).toEqual([]);
  });

  test('[SI11] the journal changes pages without loading a document, back included, and opens at any of its addresses', async () => {
    let documents = 0;
    page.on('request', (request) => {
      if (request.isNavigationRequest()) documents++;
    });
    await page.goto(`${origin}/demo/journal/`);
    await page.getByRole('link', { name: /How to pitch/ }).click();
    await page.getByRole('heading', { level: 1, name: 'How to pitch a tent in wind' }).waitFor();
    expect(page.url()).toBe(`${origin}/demo/journal/how-to-pitch-in-wind/`);
    expect(await page.title()).toBe('How to pitch a tent in wind – Fernhill Outdoor');
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Journal' }).waitFor();
    expect(await page.title()).toBe('Journal – Fernhill Outdoor');
    expect(documents).toBe(1);
    await page.goto(`${origin}/demo/journal/leave-no-trace/`);
    await page.getByRole('heading', { level: 1, name: 'Leave no trace' }).waitFor();
    expect(complaints).toEqual([]);
  });

  test.each([360, 390, 820, 1440])('[SI11] nothing scrolls sideways at %i px', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    const wide: string[] = [];
    for (const path of [
      '',
      'collections/tents/',
      'products/tarn-45/',
      'search/?q=a',
      'journal/',
      'journal/one-pot-dinners/',
      'cart/',
      'checkout/',
    ]) {
      await page.goto(`${origin}/demo/${path}`);
      if (path.startsWith('products')) await page.getByRole('button', { name: 'Add to cart' }).click();
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) wide.push(`${path}: ${over} px`);
    }
    expect(wide).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
