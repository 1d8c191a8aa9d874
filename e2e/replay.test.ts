import type { HistoryPage, HistoryVisit } from '@foyer/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { CHROMIUM_FLAGS } from './chromium-flags.ts';
import { FoyerProcess } from './foyer-process.ts';
import { TabSocket } from './sockets.ts';
import { openVisitors, pins } from './visitors-page.ts';

const browsing = useBrowser({ args: CHROMIUM_FLAGS });
const HOUR_MS = 3_600_000;
let foyer: FoyerProcess;
let owner: Account;
beforeAll(async () => {
  foyer = await FoyerProcess.start({ program: 'demo', canPass: true });
  owner = await Account.signedIn(foyer);
});
afterAll(() => foyer.dispose());

const stored = async (count: number): Promise<readonly HistoryVisit[]> => {
  const visits = async () => (await owner.get<HistoryPage<HistoryVisit>>('/history/visits?limit=20')).rows;
  await expect.poll(async () => (await visits()).length).toBe(count);
  return visits();
};
const online = async (): Promise<number> => (await owner.get<{ total: number }>('/visitors?filter=is:online&limit=0')).total;
const come = async (from: string): Promise<TabSocket> => {
  const tab = new TabSocket({ origin: foyer.origin, key: 'demo', from });
  await tab.arrive('/boots');
  return tab;
};

test('[RD1][RD5][RD8][RD9][RD10] hours later the map shows who was there, then who had left, and then who is there now', async () => {
  const first = await come('130.133.44.1');
  const others = [await come('130.133.44.2'), await come('203.0.113.3')];
  const began = Math.max(...(await stored(3)).map(({ startedAt }) => startedAt));
  await foyer.pass(10 * 60_000);
  first.end();
  await expect.poll(online).toBe(2);
  await foyer.pass(10 * 60_000);
  for (const tab of others) tab.end();
  await expect.poll(online).toBe(0);
  await foyer.pass(3 * HOUR_MS);
  await expect.poll(async () => (await stored(3)).every(({ endedAt }) => endedAt !== null), { timeout: 20_000 }).toBe(true);
  await come('130.133.44.5');
  await stored(4);

  const page = await openVisitors(browsing, owner, `/visitors?replay=${Math.ceil(began / 1_000) + 60}`);
  const there = () => page.getByTestId('past-count').getAttribute('data-value');
  const onMap = async (): Promise<number> => (await pins(page)).reduce((sum, pin) => sum + pin.count, 0);
  await expect.poll(there).toBe('3');
  // Of one only the country is known; it has a pin too.
  await expect.poll(onMap).toBe(3);
  expect(await page.getByTestId('past-line').count()).toBe(3);
  // A quarter-hour later one had left, an hour later everybody.
  await page.getByTestId('replay-slider').press('ArrowUp');
  await expect.poll(there).toBe('2');
  await expect.poll(onMap).toBe(2);
  await page.getByTestId('replay-slider').press('PageUp');
  await expect.poll(there).toBe('0');
  await expect.poll(onMap).toBe(0);
  // Its end is now.
  await page.getByTestId('replay-slider').press('End');
  await expect.poll(there).toBe('1');
  await page.getByTestId('replay-slider').press('PageDown');
  await expect.poll(there).toBe('0');
  await page.getByTestId('replay-speed-3600').click();
  await page.getByTestId('replay-play').click();
  await expect.poll(() => page.getByTestId('replay-bar').getAttribute('data-playing'), { timeout: 20_000 }).toBe('false');
  expect(await there()).toBe('1');
  await page.keyboard.press('Escape');
  await page.getByTestId('past-list').waitFor({ state: 'detached' });
  await expect.poll(onMap).toBe(1);
  expect(new URL(page.url()).search).toBe('');
});
