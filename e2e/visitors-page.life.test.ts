import type { Row } from '@foyer/protocol';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { CHROMIUM_FLAGS } from './chromium-flags.ts';
import { FoyerProcess } from './foyer-process.ts';
import { Proxy } from './proxy.ts';
import { agreed, type Agreement, logScreen, type Shown } from './screen-log.ts';
import { framesOf, logTabs } from './tab-log.ts';
import { hoverPin, openVisitors } from './visitors-page.ts';

/** 300 ms on a machine of its own; tests share theirs. */
const AGREED_WITHIN_MS = 1_000;
const BERLIN = { from: '130.133.44.7', place: 'DE|berlin|berlin' };
const MINUTE_MS = 60_000;

const browsing = useBrowser({ args: CHROMIUM_FLAGS });
const measured: string[] = [];
let foyer: FoyerProcess;
let owner: Account;
let proxy: Proxy;
beforeAll(async () => {
  foyer = await FoyerProcess.start({ program: 'demo', canPass: true });
  owner = await Account.signedIn(foyer);
  proxy = await Proxy.start({ to: foyer.origin, from: BERLIN.from });
});
afterAll(async () => {
  process.stdout.write(`${measured.join('\n')}\n`);
  await proxy.stop();
  await foyer.dispose();
});

const FERNHILL = 'Fernhill Outdoor';
/** Without the site's name, which every title of it ends with. */
const TENTS = 'Tents';

function expectAtOnce(what: string, { at, spreadMs }: Agreement, from: number): void {
  measured.push(`${what}: everywhere after ${at - from} ms, within ${spreadMs} ms of each other`);
  expect(spreadMs, what).toBeLessThanOrEqual(AGREED_WITHIN_MS);
  expect(at - from, what).toBeLessThanOrEqual(AGREED_WITHIN_MS);
}

/** When the tab said it. */
async function saidAt(tab: Page, t: 'hello' | 'page'): Promise<number> {
  await expect.poll(async () => (await framesOf(tab, t)).length, { interval: 10 }).toBeGreaterThan(0);
  return (await framesOf(tab, t)).at(-1)?.at ?? 0;
}

/** Sockets of tabs: a tab that has said good-bye keeps its socket for a moment, and its end counts, too. */
async function connectedTabs(): Promise<number> {
  const metrics = await (await fetch(`${foyer.origin}/metrics`)).text();
  return Number(/^foyer_tabs (\d+)$/m.exec(metrics)?.[1] ?? Number.NaN);
}

/** One visitor, shown as such by row, pin and counts. */
const alone = (status: string, live: number): Record<string, (shown: Shown) => boolean> => ({
  row: ({ row }) => row?.status === status,
  pin: ({ pin }) => pin?.count === 1 && pin.core === status,
  card: (shown) => shown.live === live,
  head: ({ listed }) => listed === '1',
});
/** And by what is open: the popup over the pin, and the row's tooltip. */
const opened = (status: string, page: string): Record<string, (shown: Shown) => boolean> => ({
  popup: ({ popup }) => popup?.length === 1 && popup[0]?.status === status && popup[0].text.includes(page),
  tip: ({ tip }) => tip.includes(page),
});

describe('a real tab, from its arrival to its return', () => {
  test('[EE21] row, tooltip, pin, popup and counts say the same at each step, at once', async () => {
    // Room for the tooltip beside the list and for the popup beside that.
    const dashboard = await openVisitors(browsing, owner, '/visitors', { viewport: { width: 1_440, height: 900 } });
    await logScreen(dashboard, BERLIN.place);
    const profile = await browsing.profile();
    await logTabs(profile);
    const tab = await profile.newPage();

    await tab.goto(`${proxy.origin}/demo/`);
    let from = await saidAt(tab, 'hello');
    expectAtOnce('arrives', await agreed(dashboard, { ...alone('active', 1), page: ({ row }) => row?.page === FERNHILL }, { from }), from);
    const [{ n: visitorNo, visitor } = { n: 0, visitor: '' }] = (await owner.get<{ rows: Row[] }>('/visitors')).rows;
    const name = `Visitor ${visitorNo}`;
    await agreed(dashboard, { named: ({ row }) => row?.name === name && row.returning === '' }, { from });

    // The keyboard opens the tooltip, the pointer the popup: both are there from now on.
    await dashboard.getByTestId('visit-list').focus();
    await dashboard.keyboard.press('ArrowDown');
    await dashboard.keyboard.press('i');
    await dashboard.getByTestId('visit-tip').waitFor();
    await hoverPin(dashboard, BERLIN.place);
    await agreed(dashboard, opened('active', FERNHILL), { from });

    await tab.goto(`${proxy.origin}/demo/collections/tents/`);
    from = await saidAt(tab, 'hello');
    const navigated = { ...alone('active', 1), ...opened('active', TENTS), page: ({ row }: Shown) => row?.page === TENTS };
    expectAtOnce('navigates', await agreed(dashboard, navigated, { from }), from);

    await foyer.pass(5 * MINUTE_MS + 100);
    from = Date.now();
    expectAtOnce('goes idle', await agreed(dashboard, { ...alone('inactive', 1), ...opened('inactive', TENTS) }, { from }), from);

    // The tab says at most every 15 s of its own stopwatch that somebody is there; for it, too, five minutes have passed.
    await tab.evaluate((ms) => {
      const now = performance.now.bind(performance);
      performance.now = () => now() + ms;
    }, 5 * MINUTE_MS);
    await tab.mouse.click(5, 300);
    from = Date.now();
    expectAtOnce('is back', await agreed(dashboard, { ...alone('active', 1), ...opened('active', TENTS) }, { from }), from);

    await tab.close();
    await expect.poll(connectedTabs, { interval: 20 }).toBe(0);
    await foyer.pass(5_100);
    from = Date.now();
    expectAtOnce('leaves', await agreed(dashboard, { ...alone('inactive', 0), ...opened('inactive', TENTS) }, { from }), from);
    expect(await owner.get('/visitors')).toMatchObject({ total: 1, live: 0 });

    await foyer.pass(30 * MINUTE_MS);
    from = Date.now();
    const gone = {
      row: ({ row }: Shown) => row === null,
      pin: ({ pin }: Shown) => pin === null,
      popup: ({ popup }: Shown) => popup === null,
      head: ({ listed }: Shown) => listed === '0',
      card: ({ live }: Shown) => live === 0,
    };
    expectAtOnce('is gone', await agreed(dashboard, gone, { from }), from);

    const again = await profile.newPage();
    await again.goto(`${proxy.origin}/demo/cart/`);
    from = await saidAt(again, 'hello');
    const back = {
      ...alone('active', 1),
      name: ({ row }: Shown) => row?.name === name,
      returning: ({ row }: Shown) => /2/.test(row?.returning ?? ''),
    };
    expectAtOnce('returns', await agreed(dashboard, back, { from }), from);
    expect(await owner.get('/visitors')).toMatchObject({
      total: 1,
      live: 1,
      rows: [{ visitor, n: visitorNo, visits: 2, place: BERLIN.place }],
    });
  });
});
