import { CONTEXT_KINDS, type PastFigures, type Row } from '@foyer/protocol';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { FoyerProcess } from './foyer-process.ts';
import { pageOf, TabSocket } from './sockets.ts';

const BERLIN = '130.133.44';
const SAO_PAULO = '191.230.93';
const MINUTE = 60_000;

const browsing = useBrowser();
let foyer: FoyerProcess;
let owner: Account;
let last = 0;
let browsingTab: TabSocket;
let chattingTab: TabSocket;

async function arrive(network: string, path: string): Promise<TabSocket> {
  last += 1;
  const tab = new TabSocket({ origin: foyer.origin, key: 'demo', from: `${network}.${last}` });
  await tab.arrive(path, { tz: 'Europe/Prague' });
  return tab;
}

/** Idle for twelve minutes: 2. Left: 1. Here: 5, one of whom chats. */
beforeAll(async () => {
  foyer = await FoyerProcess.start({ program: 'demo', canPass: true });
  owner = await Account.signedIn(foyer);
  await arrive(BERLIN, '/idle');
  await arrive(SAO_PAULO, '/cart');
  await foyer.pass(12 * MINUTE);
  (await arrive(BERLIN, '/left')).end();
  await foyer.pass(5_100);
  browsingTab = await arrive(BERLIN, '/about');
  await arrive(SAO_PAULO, '/checkout');
  await arrive(BERLIN, '/search?q=tent');
  await arrive(SAO_PAULO, '/products/tent');
  chattingTab = await arrive(BERLIN, '/collections/tents');
  await chattingTab.chat();
  await chattingTab.writes('Is anybody there?');
});
afterAll(() => foyer.dispose());

const listed = async (): Promise<readonly Row[]> => (await owner.get<{ rows: Row[] }>('/visitors?limit=100')).rows;
const stat = (page: Page, name: string): Promise<string | null> => page.getByTestId(name).textContent();
const cells = (page: Page, column: string): Promise<(string | null)[]> =>
  page.getByTestId('visit-row').evaluateAll((rows, name) => {
    const byPlace = rows.toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
    return byPlace.map((row) => row.querySelector(`[data-cell=${name}]`)?.textContent ?? null);
  }, column);

test('[VM1][VM6] the numbers are what REST and the rows say, and move by themselves', async () => {
  const page = await browsing.dashboard(owner, '/monitor');
  await expect.poll(() => stat(page, 'total-live')).toBe('7');
  await expect.poll(() => stat(page, 'total-chatting')).toBe('1');
  expect([await stat(page, 'total-browsing'), await stat(page, 'total-listed')]).toEqual(['6', '8']);
  await expect.poll(() => stat(page, 'visits-week')).toBe('8');
  const count = async (word: string): Promise<number> => (await cells(page, 'status')).filter((status) => status === word).length;
  await expect.poll(async () => [await count('Chatting'), await count('Browsing'), await count('Left')]).toEqual([1, 6, 1]);
  const tab = await arrive(BERLIN, '/new');
  await expect.poll(() => stat(page, 'total-live')).toBe('8');
  await expect.poll(() => stat(page, 'visits-week')).toBe('9');
  expect((await cells(page, 'page'))[0]).toBe('/new');
  tab.end();
  await foyer.pass(5_100);
  await expect.poll(() => stat(page, 'total-live')).toBe('7');
  await expect.poll(async () => (await cells(page, 'status'))[0]).toBe('Left');
});

test('[VM7][VM8] rows say path, context, where from, country, pages, and how long ago, as the server counts', async () => {
  const page = await browsing.dashboard(owner, '/monitor');
  const row = (path: string) =>
    page.getByTestId('visit-row').filter({ has: page.locator('[data-cell=page]').getByText(path, { exact: true }) });
  const cell = (path: string, column: string) => row(path).locator(`[data-cell=${column}]`).textContent();
  await row('/idle').waitFor();
  expect(await cell('/idle', 'activity')).toMatch(/^Idle 1[2-9]m$/);
  expect(await row('/idle').getAttribute('data-idle')).toBe('');
  expect([await cell('/idle', 'country'), await cell('/checkout', 'country')]).toEqual(['DE', 'BR']);
  expect(await cell('/about', 'referrer')).toBe('Direct');
  expect(await row('/about').getAttribute('data-idle')).toBeNull();
  browsingTab.say({ t: 'page', ...pageOf(2, '/about/team') });
  await expect.poll(() => cell('/about/team', 'pages')).toMatch(/^2/);
  const words: Readonly<Record<string, string>> = { checkout: 'In Checkout', cart: 'Cart', product: 'Product', collection: 'Collection', search: 'Search' }; // prettier-ignore
  for (const { url, context } of await listed()) {
    const { pathname } = new URL(url);
    expect(await cell(pathname, 'context'), url).toBe(words[context] ?? '—');
  }
  expect((await listed()).map(({ context }) => context)).toEqual(expect.arrayContaining(['checkout', 'cart', 'search']));
});

test('[VM9][VM12] sorted and grouped by urgency, Checkout is first and who is nowhere in particular last', async () => {
  const page = await browsing.dashboard(owner, '/monitor?sort=context');
  const shown = async (): Promise<string[]> => {
    const byPath = new Map((await listed()).map(({ url, context }) => [new URL(url).pathname, context]));
    return (await cells(page, 'page')).map((path) => byPath.get((path ?? '').replace(/\?.*/, '')) ?? '');
  };
  const urgency = (context: string): number => {
    const at = (CONTEXT_KINDS as readonly string[]).indexOf(context);
    return at < 0 ? CONTEXT_KINDS.length : at;
  };
  await expect.poll(async () => (await shown())[0]).toBe('checkout');
  expect(await shown()).toEqual((await shown()).toSorted((a, b) => urgency(a) - urgency(b)));
  await page.goto(`${foyer.origin}/monitor?group=country&sort=activity`);
  await expect.poll(() => page.getByTestId('group').evaluateAll((all) => all.map((one) => one.textContent))).toEqual(['Brazil3', expect.stringMatching(/^Germany\d$/)]); // prettier-ignore
});

test('[VM1] the console that says `past` is told what the rollups count', async () => {
  const page = await browsing.dashboard(owner, '/monitor');
  const figures = new Promise<PastFigures>((resolve) => {
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        const frame = JSON.parse(String(payload)) as { t: string; set: PastFigures };
        if (frame.t === 'past') resolve(frame.set);
      }),
    );
  });
  await page.reload();
  const { days, today } = await figures;
  expect(days).toHaveLength(7);
  expect(days.at(-1)?.visits).toBe(today);
  const { points } = await owner.get<{ points: { visits: number }[] }>('/analytics/overview?period=7d&step=day');
  expect(days.map(({ visits }) => visits)).toEqual(points.map(({ visits }) => visits));
});

test('[VM16] a row opens the details, from which a conversation begins', async () => {
  const page = await browsing.dashboard(owner, '/monitor?filter=page%3A%2Fsearch');
  await expect.poll(() => page.getByTestId('visit-row').count()).toBe(1);
  await page.getByTestId('visit-row').click();
  await page.getByTestId('panel-visitor-id').waitFor();
  await page.getByTestId('visit-panel').getByRole('button', { name: 'Start chat' }).click();
  await page.getByTestId('visit-panel').locator('textarea').waitFor();
  await page.getByTestId('panel-back').click();
  await page.getByTestId('visit-panel').waitFor({ state: 'detached' });
});
