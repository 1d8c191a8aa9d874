import { readFile } from 'node:fs/promises';
import type { AnalyticsBreakdown, AnalyticsOverview, AnalyticsTeam, InboxPage } from '@foyer/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { FoyerProcess } from './foyer-process.ts';
import { Inbox } from './inbox.ts';
import { pageOf, TabSocket } from './sockets.ts';
import { Widget } from './widget.ts';

const browsing = useBrowser();
let foyer: FoyerProcess;
let owner: Account;
beforeAll(async () => {
  foyer = await FoyerProcess.start({ program: 'demo' });
  owner = await Account.signedIn(foyer);
});
afterAll(() => foyer.dispose());

const overview = (): Promise<AnalyticsOverview> => owner.get('/analytics/overview?period=today&service=true');
const HOSTILE = '/=HYPERLINK("http://evil.example","x")';

test('[AV1][AV3][AV4][AV5][AV9][AV12] visits, pages and a conversation of this minute are what the overview says, draws and saves', async () => {
  const { key } = await owner.site();
  const tabs = ['203.0.113.7', '203.0.113.8'].map((from) => new TabSocket({ origin: foyer.origin, key, from }));
  for (const tab of tabs) await tab.arrive('/prices');
  tabs[0]!.say({ t: 'page', ...pageOf(2, HOSTILE) });
  const widget = await Widget.on(await browsing.profile(), `${foyer.origin}/demo/collections/tents/`);
  await widget.open();
  await widget.write('Do you repair poles?');
  await widget.said('Do you repair poles?').waitFor();
  const talk = async () => (await owner.get<InboxPage>('/conversations')).entries[0]?.conversation;
  await expect.poll(async () => (await talk())?.id ?? '').not.toBe('');
  const inbox = await Inbox.open(browsing, owner, `/inbox/${(await talk())!.id}`);
  await inbox.accept();
  await inbox.write('We do, of any brand.');
  await widget.said('We do, of any brand.').waitFor();

  const counted = async () => {
    const { figures } = await overview();
    return [figures.visits, figures.visitors, figures.pages, figures.chats, figures.messages, figures.firstReplies];
  };
  await expect.poll(counted, { timeout: 30_000 }).toEqual([3, 3, 4, 1, 2, 1]);
  const { figures, points, range } = await overview();
  // What is told of the hours comes to what is told of the day.
  expect(points.reduce((sum, point) => sum + point.visits, 0)).toBe(3);
  expect(points.reduce((sum, point) => sum + (point.service?.firstReplies ?? 0), 0)).toBe(1);
  const team = await owner.get<AnalyticsTeam>('/analytics/team?period=today');
  expect(team.agents.map(({ name, chats, messages }) => [name, chats, messages])).toEqual([['Dana Demo', 1, 1]]);

  const page = await browsing.dashboard(owner, '/analytics?period=today');
  const at = (id: string) => page.getByTestId(id);
  await at('figure-chart').waitFor();
  expect(await at('figure-visits').locator('b').textContent()).toBe('3');
  expect(await at('figure-pages').locator('b').textContent()).toBe('4');
  expect(await at('figure-messages').locator('b').textContent()).toBe('2');
  await at('agents-panel')
    .getByRole('row', { name: /Dana Demo/ })
    .waitFor();
  await at('pages-panel').getByRole('row', { name: '/prices' }).waitFor();
  // What a visitor's address says is text, here and in the file.
  const stored = await owner.get<AnalyticsBreakdown>('/analytics/breakdown?period=today&dimension=page&limit=10');
  const hostile = stored.rows.find(({ value }) => value.includes('HYPERLINK'))!.value;
  await at('pages-panel').getByText(hostile).waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), at('pages-panel').getByTestId('csv').click()]);
  expect(file.suggestedFilename()).toBe(`foyer-page-${range.firstDay}-${range.lastDay}.csv`);
  const lines = (await readFile(await file.path(), 'utf8')).slice(1).trimEnd().split('\r\n');
  expect(lines[0]).toBe('Pages,Page views,Share,Visits,Page views before');
  expect(lines.find((line) => line.includes('/prices'))).toMatch(/^\/prices,2,0\.5,2,0$/);
  expect(lines.filter((line) => /^"?[=+@-]/.test(line))).toEqual([]);

  // The reply is in the curve of its figure, and read there by the keyboard.
  await at('figure-firstReply').click();
  await at('figure-panel').getByRole('heading', { name: 'First reply, median per hour' }).waitFor();
  await at('figure-panel').getByTestId('as-table').click();
  const rows = at('figure-panel').getByRole('row').filter({ hasText: /\ds/ });
  await expect.poll(() => rows.count()).toBe(1);
  expect(figures.firstReplyMs).toBeGreaterThan(0);
  await at('online-panel').waitFor();
});

test('[AV2] days that cannot be are refused by the server at their field, and said there', async () => {
  for (const [query, field] of [
    ['from=2026-02-31&to=2026-03-01', 'from'],
    ['from=2026-03-02&to=2026-03-01', 'to'],
    ['from=2999-01-01&to=2999-01-02', 'from'],
    ['from=2001-01-01&to=2026-01-01', 'to'],
    ['from=2026-01-01', 'to'],
  ] as const)
    await expect(owner.get(`/analytics/overview?period=own&${query}`), query).rejects.toThrow(new RegExp(`"${field}"`));
  const page = await browsing.dashboard(owner, '/analytics?period=own&from=2026-03-02&to=2026-03-01');
  await page.getByTestId('range-to-problem').waitFor();
  expect(await page.getByTestId('range-to-problem').textContent()).toBe('The last day comes before the first.');
});
