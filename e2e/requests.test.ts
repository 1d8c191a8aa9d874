import { readFile } from 'node:fs/promises';
import type { RequestLogPage } from '@foyer/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { FoyerProcess } from './foyer-process.ts';
import { TabSocket } from './sockets.ts';

const browsing = useBrowser();
const BERLIN = '130.133.44.9';
let foyer: FoyerProcess;
let owner: Account;
beforeAll(async () => {
  foyer = await FoyerProcess.start({ program: 'demo' });
  owner = await Account.signedIn(foyer);
  const tab = new TabSocket({ origin: foyer.origin, key: 'demo', from: BERLIN });
  await tab.arrive('/boots');
  await tab.chat();
  await tab.writes('Do you repair poles?');
  // More often than anything that the demo asks when it begins.
  for (let i = 0; i < 12; i += 1) await owner.get('/conversations');
  await owner.get('/conversations/none').catch(() => undefined);
});
afterAll(() => foyer.dispose());

test('[RL1][RL2][RL3][RL4][RL8][RL14] what a visitor and an owner asked is in the log, found by its address, and saved as a file', async () => {
  // Written in batches, a second later at most.
  await expect
    .poll(async () => {
      const { rows } = await owner.get<RequestLogPage>('/request-log?limit=200&reads=true');
      return ['chat.say', '/api/v1/conversations'].every((endpoint) => rows.some((row) => row.endpoint === endpoint));
    })
    .toBe(true);
  const page = await browsing.dashboard(owner, '/analytics/requests');
  const rows = page.getByTestId('request-row');
  await rows.first().waitFor();
  // What dashboards read by themselves is shown on demand.
  expect(await page.getByTestId('requests-table').textContent()).not.toContain('Dashboard reads');
  await page.getByTestId('requests-reads').click();
  await page.getByTestId('requests-table').getByText('Dashboard reads').first().waitFor();
  const said = rows.filter({ hasText: 'chat.say' }).first();
  await said.waitFor();
  const text = await said.textContent();
  for (const part of ['Widget', 'FRAME', '130.133.44.0', 'Berlin', 'Firefox']) expect(text).toContain(part);
  const missing = rows.filter({ hasText: '404' }).first();
  expect(await missing.textContent()).toContain('Not found');
  await page.getByTestId('tops-endpoint').getByRole('button', { name: '/api/v1/conversations', exact: true }).click();
  await expect.poll(() => new URL(page.url()).searchParams.get('endpoint')).toBe('/api/v1/conversations');
  await expect.poll(async () => new Set(await rows.locator('.log-endpoint .log-pick').allTextContents())).toEqual(new Set(['/api/v1/conversations'])); // prettier-ignore

  await page.goto(`${foyer.origin}/analytics/requests`);
  await page.getByTestId('requests-filter').fill(BERLIN);
  await page.keyboard.press('Enter');
  await page.getByTestId('requests-stored').waitFor();
  await expect.poll(async () => new Set(await rows.locator('.log-ip').allTextContents())).toEqual(new Set(['130.133.44.0']));
  expect(await rows.first().locator('mark').textContent()).toBe('130.133.44');
  await page.getByTestId('tops-country').getByRole('button', { name: 'Germany' }).click();
  await expect.poll(() => new URL(page.url()).searchParams.get('country')).toBe('DE');
  await said.waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('requests-csv').click()]);
  const file = await readFile(await download.path(), 'utf8');
  expect(file.split('\r\n')[0]).toContain('at,source,method,endpoint,status');
  expect(file).toMatch(/,widget,FRAME,chat\.say,\d+,\d+,130\.133\.44\.0,DE,Berlin,/);
});

test('[RL6] what is asked meanwhile is announced', async () => {
  const page = await browsing.dashboard(owner, '/analytics/requests?endpoint=%2Fapi%2Fv1%2Fteam');
  await page.getByTestId('requests-empty').waitFor();
  await owner.get('/team');
  await page.getByTestId('requests-fresh').waitFor();
  await page.getByTestId('requests-fresh').click();
  await page.getByTestId('request-row').first().waitFor();
});

test('[RL9] an agent reads the log without addresses', async () => {
  const agent = await Account.invited(owner, 'agent', 'Lena Log');
  const page = await browsing.dashboard(agent, `/analytics/requests?ip=${BERLIN}`);
  await page.getByTestId('request-row').first().waitFor();
  await page.getByTestId('requests-no-ip').waitFor();
  expect(await page.getByTestId('requests-table').textContent()).not.toContain('130.133');
});
