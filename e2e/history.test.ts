import { readFile } from 'node:fs/promises';
import type { HistoryPage, HistoryVisit, InboxPage } from '@foyer/protocol';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { FoyerProcess } from './foyer-process.ts';
import { Widget } from './widget.ts';

const browsing = useBrowser();
let foyer: FoyerProcess;
let owner: Account;
beforeAll(async () => {
  foyer = await FoyerProcess.start({ program: 'demo', canPass: true });
  owner = await Account.signedIn(foyer);
});
afterAll(() => foyer.dispose());

const row = (page: Page, id: string): Locator => page.locator(`[data-testid=history-row][data-id="${id}"]`);
const newest = async (): Promise<HistoryVisit | undefined> =>
  (await owner.get<HistoryPage<HistoryVisit>>('/history/visits?limit=1')).rows[0];
const visitOf = async (title: RegExp): Promise<HistoryVisit> => {
  await expect.poll(async () => (await newest())?.trail.some((page) => title.test(page.title))).toBe(true);
  return (await newest())!;
};

test('[HV5][HV6][HV16][HV17] a visit is in the list while it goes on and when it is over, with its person, chat, notes and file', async () => {
  const widget = await Widget.on(await browsing.profile(), `${foyer.origin}/demo/collections/tents/`);
  const { visitor, id } = await visitOf(/Tents/);
  await widget.open();
  await widget.write('Do you repair poles?');
  await widget.said('Do you repair poles?').waitFor();
  await widget.tab.goto(`${foyer.origin}/demo/collections/packs/`);

  const page = await browsing.dashboard(owner, '/analytics/visits');
  const at = (testId: string): Locator => page.getByTestId(testId);
  await row(page, id).getByTestId('live-badge').waitFor();
  await expect.poll(() => row(page, id).textContent()).toMatch(/2 pages\/demo\/collections\/tents\/ → \/demo\/collections\/packs\//);
  await row(page, id).getByTestId('history-link').click();
  // It goes on: the panel of the map, with what the map has.
  await expect.poll(() => at('panel-pages').textContent()).toBe('2');
  await at('open-conversation').waitFor();

  // A person is all of it together, by an address that can be sent.
  await page.goto(`${foyer.origin}/analytics/visitors?open=${visitor}`);
  await at('in-all').waitFor();
  expect(await at('in-all').textContent()).toMatch(/Visits1/);
  const talk = (await owner.get<InboxPage>('/conversations')).entries.find(({ conversation }) => conversation.visitor === visitor);
  expect(await at('earlier-conversation').getAttribute('href')).toBe(`/inbox/${talk?.conversation.id}`);
  await at('earlier-conversation').click();
  await expect.poll(() => new URL(page.url()).pathname).toBe(`/inbox/${talk?.conversation.id}`);
  await page.goBack();
  await at('in-all').waitFor();
  await at('note-action').click();
  await at('note-text').fill('Wants new poles');
  await at('add-note').click();
  await at('note').waitFor();

  await widget.tab.close();
  await expect.poll(async () => (await owner.get<{ total: number }>('/visitors?filter=is:online&limit=0')).total).toBe(0);
  await foyer.pass(45 * 60_000);
  await expect.poll(async () => (await newest())?.endedAt ?? null, { timeout: 20_000 }).not.toBeNull();
  await page.goto(`${foyer.origin}/analytics/visits?open=${id}`);
  await at('page-history').waitFor();
  expect(await at('page-history').locator('.url').allTextContents()).toEqual(['/demo/collections/packs/', '/demo/collections/tents/']);
  expect(await row(page, id).locator('.live').count()).toBe(0);
  await expect.poll(() => row(page, id).locator('td').last().textContent()).toContain('1 conversation');
  await at('note').getByText('Wants new poles').waitFor();
  expect(await at('online-now').count()).toBe(0);
  // Nobody is there to be written to first; the conversation that is open can be gone on with.
  await at('open-conversation').waitFor();
  expect(await at('invite').or(at('start-chat')).count()).toBe(0);

  const [file] = await Promise.all([page.waitForEvent('download'), at('csv').click()]);
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  expect(lines[0]).toContain('id,visitor,visitor_number,name');
  expect(lines.some((line) => line.startsWith(id) && line.includes(visitor) && line.includes('/demo/collections/tents/'))).toBe(true);
});

test('[HV3][HV8][HV12] words, ids and filters find it, and nothing else', async () => {
  const other = await (await browsing.profile()).newPage();
  await other.goto(`${foyer.origin}/demo/collections/boots/?utm_campaign=autumn&utm_source=news`);
  const { visitor, id } = await visitOf(/Boots/);
  const page = await browsing.dashboard(owner, '/analytics/visits');
  const all = (): Promise<(string | null)[]> =>
    page.getByTestId('history-row').evaluateAll((rows) => rows.map((one) => one.getAttribute('data-id')));
  const search = page.getByTestId('history-search');
  await row(page, id).waitFor();
  await search.fill('collections boots');
  await expect.poll(all).toEqual([id]);
  await search.fill(visitor);
  await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe(visitor);
  await expect.poll(all).toEqual([id]);
  await search.fill('xyzzy');
  await page.getByTestId('history-empty').waitFor();
  await page.getByTestId('empty-clear').click();
  await row(page, id).waitFor();
  await page.getByTestId('filter-campaign').click();
  await page.getByTestId('filter-campaign-find').fill('autumn');
  await page
    .getByRole('option', { name: /autumn/ })
    .first()
    .click();
  await expect.poll(async () => (await all()).includes(id)).toBe(true);
  await page.reload();
  await row(page, id).waitFor();
});
