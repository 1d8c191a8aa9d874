import type { Settings, Site } from '@foyer/protocol';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { FoyerProcess } from './foyer-process.ts';
import { HostSite } from './host-page.ts';
import { firstSeen, logRows, type RowsSeen, rowsSeen } from './row-log.ts';
import { framesOf, logTabs, tabLog } from './tab-log.ts';
import { cardValue } from './visitors-page.ts';

// Playwright turns the bfcache off; visitors' browsers have it.
const browsing = useBrowser({ ignoreDefaultArgs: ['--disable-back-forward-cache'] });
/** 300 ms on a machine of its own; tests share theirs. */
const SEEN_WITHIN_MS = 1_000;
const measured: string[] = [];

let foyer: FoyerProcess;
let owner: Account;
beforeAll(async () => {
  foyer = await FoyerProcess.start({ program: 'demo' });
  owner = await Account.signedIn(foyer);
});
afterAll(async () => {
  process.stdout.write(`${measured.join('\n')}\n`);
  await foyer.dispose();
});

/** A dashboard in whose list `rowsSeen` looks; visits of earlier tests may be in it. */
async function watching(): Promise<Page> {
  const dashboard = await browsing.dashboard(owner);
  await dashboard.locator('[data-testid=map-card-live][data-value]').waitFor();
  await logRows(dashboard);
  return dashboard;
}

async function visitor(path: string, profile?: BrowserContext): Promise<{ profile: BrowserContext; tab: Page; visit: string }> {
  const of = profile ?? (await browsing.profile());
  if (profile === undefined) await logTabs(of);
  const tab = await of.newPage();
  await tab.goto(`${foyer.origin}/demo/${path}`);
  return { profile: of, tab, visit: await visitOf(tab) };
}

/** The visit of a tab, once the server has named it (after `from`, in the tab's present document). */
async function visitOf(tab: Page, from = 0): Promise<string> {
  const named = async () => (await framesOf(tab, 'you')).find(({ at }) => at >= from)?.frame.visit ?? '';
  await expect.poll(named, { interval: 10, timeout: 5_000 }).not.toBe('');
  return named();
}

const rowOf = (seen: RowsSeen, visit: string) => seen.rows.find((row) => row.visit === visit);
/** Titles as rows have them: without the site's name, which every title of it ends with. */
const TENTS = 'Tents';

function report(what: string, ms: number): void {
  measured.push(`${what}: ${ms} ms`);
}

describe('a tab in the list', () => {
  test('[EE2] arriving and navigating are seen at once', async () => {
    const dashboard = await watching();
    const { tab, visit } = await visitor('');
    const [hello] = await framesOf(tab, 'hello');
    const arrived = (await firstSeen(dashboard, (seen) => rowOf(seen, visit) !== undefined)) - (hello?.at ?? 0);
    report('arrival, first frame to list', arrived);

    await tab.goto(`${foyer.origin}/demo/collections/tents/`);
    expect(await visitOf(tab)).toBe(visit);
    const [next] = await framesOf(tab, 'hello');
    const navigated = (await firstSeen(dashboard, (seen) => rowOf(seen, visit)?.page === TENTS)) - (next?.at ?? 0);
    report('navigation to another document', navigated);

    await tab.goto(`${foyer.origin}/demo/journal/`);
    await visitOf(tab);
    await tab.getByRole('link', { name: /How to pitch/ }).click();
    const title = 'How to pitch a tent in wind';
    await expect.poll(async () => (await framesOf(tab, 'page')).length, { interval: 10 }).toBe(1);
    const inApp = (await firstSeen(dashboard, (seen) => rowOf(seen, visit)?.page === title)) - ((await framesOf(tab, 'page'))[0]?.at ?? 0);
    report('navigation within a document', inApp);

    expect(Math.max(arrived, navigated, inApp)).toBeLessThanOrEqual(SEEN_WITHIN_MS);
    expect(Math.min(arrived, navigated, inApp)).toBeGreaterThanOrEqual(0);
    expect(await owner.get(`/visitors/${visit}`)).toMatchObject({ pages: 4, tabs: 1, online: true, status: 'active' });
  });

  test('[EE3] a second tab of the same browser is the same visitor, on the page it was last on', async () => {
    const dashboard = await watching();
    const { profile, tab, visit } = await visitor('');
    await firstSeen(dashboard, (seen) => rowOf(seen, visit) !== undefined);
    const before = await cardValue(dashboard, 'live');
    const second = await visitor('collections/tents/', profile);
    expect(second.visit).toBe(visit);
    await firstSeen(dashboard, (seen) => rowOf(seen, visit)?.page === TENTS);
    expect(await owner.get(`/visitors/${visit}`)).toMatchObject({ tabs: 2, pages: 2 });
    expect(await cardValue(dashboard, 'live')).toBe(before);
    await second.tab.close();
    await expect.poll(() => owner.get(`/visitors/${visit}`)).toMatchObject({ tabs: 1, online: true });
    const all = await rowsSeen(dashboard);
    expect(all.filter((seen) => new Set(seen.rows.map((row) => row.visit)).size !== seen.rows.length)).toEqual([]);
    await tab.close();
  });

  test('[EE4][EE5] a closed tab shows Inactive in 7 s, a reloaded one never does', async () => {
    const dashboard = await watching();
    const stays = await visitor('');
    const goes = await visitor('');
    await firstSeen(dashboard, (seen) => [stays, goes].every(({ visit }) => rowOf(seen, visit)?.status === 'active'));
    const from = Date.now();
    await stays.tab.reload();
    expect(await visitOf(stays.tab)).toBe(stays.visit);
    // Closed after the reload, so when it turns grey the grace of the reload is over, too.
    const closedAt = Date.now();
    await goes.tab.close();
    const leftAt = await firstSeen(dashboard, (seen) => rowOf(seen, goes.visit)?.status === 'inactive', closedAt);
    report('closed tab to Inactive', leftAt - closedAt);
    expect(leftAt - closedAt).toBeLessThanOrEqual(7_000);

    const since = (await rowsSeen(dashboard)).filter(({ at }) => at >= from);
    expect(since.filter((seen) => rowOf(seen, stays.visit)?.status !== 'active')).toEqual([]);
    expect(await owner.get(`/visitors/${stays.visit}`)).toMatchObject({ pages: 2, tabs: 1, online: true });
    expect(await owner.get(`/visitors/${goes.visit}`)).toMatchObject({ tabs: 0, online: false });
  });

  test('[EE7] back brings the page from the bfcache, and its visit goes on', async () => {
    const dashboard = await watching();
    const { tab, visit } = await visitor('');
    await tab.goto(`${foyer.origin}/demo/collections/tents/`);
    expect(await visitOf(tab)).toBe(visit);
    await firstSeen(dashboard, (seen) => rowOf(seen, visit)?.page === TENTS);
    const backAt = Date.now();
    await tab.goBack({ waitUntil: 'commit' });
    await expect
      .poll(async () => (await tabLog(tab)).filter(({ way }) => way === 'shown').map(({ text }) => text))
      .toEqual(['false', 'true']);
    await firstSeen(dashboard, (seen) => rowOf(seen, visit)?.page === 'Fernhill Outdoor', backAt);
    await expect.poll(() => owner.get(`/visitors/${visit}`)).toMatchObject({ pages: 3, tabs: 1, online: true });
  });

  test('[EE9] without WebSocket the tab is seen by long poll', async () => {
    const dashboard = await watching();
    const profile = await browsing.profile();
    await logTabs(profile);
    await profile.addInitScript(() => Object.assign(window, { WebSocket: undefined }));
    const tab = await profile.newPage();
    await tab.goto(`${foyer.origin}/demo/journal/`);
    const posts = async () => (await tabLog(tab)).filter(({ way, text }) => way === 'post' && text.includes('/foyer.js/poll'));
    const ofHello = async () => (await posts()).find(({ text }) => text.includes('"hello"'))?.at ?? 0;
    // Stories that no other test reads: the visit is known by them.
    const seenAt = await firstSeen(dashboard, (seen) => seen.rows.some((row) => row.page === 'Journal'));
    report('arrival by long poll', seenAt - (await ofHello()));
    expect(seenAt - (await ofHello())).toBeLessThanOrEqual(SEEN_WITHIN_MS);
    await tab.getByRole('link', { name: /Leave no trace/ }).click();
    const movedAt = await firstSeen(dashboard, (seen) => seen.rows.some((row) => row.page.startsWith('Leave no trace')), seenAt);
    const saidAt = (await posts()).find(({ text }) => text.includes('"page"'))?.at ?? 0;
    expect(movedAt - saidAt).toBeLessThanOrEqual(SEEN_WITHIN_MS);
    const { rows } = await owner.get<{ rows: { title: string; online: boolean; pages: number }[] }>('/visitors');
    expect(rows.find(({ title }) => title.startsWith('Leave no trace'))).toMatchObject({ online: true, pages: 2 });
  });
});

describe('what is not collected', () => {
  test('[EE6][WG20] tracking off empties the view and silences the tab, on brings it back without a reload', async () => {
    const dashboard = await watching();
    const { tab, visit } = await visitor('journal/');
    await firstSeen(dashboard, (seen) => rowOf(seen, visit) !== undefined);

    const settings = await browsing.dashboard(owner, '/settings/visitors');
    await settings.getByTestId('tracking-offline').click();
    await dashboard.getByRole('heading', { name: 'Visitor tracking is off' }).waitFor();
    expect(await dashboard.getByTestId('visitor-row').count()).toBe(0);
    await expect.poll(async () => (await framesOf(tab, 'welcome')).at(-1)?.frame.tracking).toBe(false);
    const quietFrom = (await tabLog(tab)).length;
    const requests: string[] = [];
    tab.on('request', (request) => requests.push(request.url()));
    await tab.mouse.move(100, 100);
    await tab.mouse.click(5, 5);
    await tab.keyboard.press('PageDown');
    await tab.getByRole('link', { name: /How to pitch/ }).click();
    await tab.getByRole('heading', { level: 1, name: 'How to pitch a tent in wind' }).waitFor();
    await tab.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await expect(owner.get(`/visitors/${visit}`)).rejects.toThrow('404');

    const onAgainAt = Date.now();
    await settings.getByTestId('tracking-online').click();
    await dashboard.getByTestId('visitor-row').getByText('How to pitch').waitFor();
    const again = await visitOf(tab, onAgainAt);
    expect(again).not.toBe(visit);
    const since = (await tabLog(tab)).slice(quietFrom).map(({ way, text }) => `${way} ${(JSON.parse(text) as { t: string }).t}`);
    expect(since.slice(0, 2)).toEqual(['down welcome', 'up hello']);
    expect(requests.filter((url) => url.includes('/foyer.js'))).toEqual([]);
    // What happened in silence is not said later either.
    const hello = (await framesOf(tab, 'hello')).at(-1)?.frame;
    expect(hello?.pages.map(({ url }) => new URL(url).pathname)).toEqual(['/demo/journal/how-to-pitch-in-wind/']);
    await expect.poll(() => owner.get(`/visitors/${again}`)).toMatchObject({ pages: 1, tabs: 1, online: true });
    await expect.poll(() => owner.get<Settings>('/settings')).toMatchObject({ tracking: true });
  });

  test('[EE8] an automated browser is listed apart with the reason, and in no count', async () => {
    const site = await owner.post<Site>('/sites', { name: 'Strict', domain: 'localhost' });
    const host = await HostSite.start(() => `<script async src="${foyer.origin}/foyer.js" data-site="${site.key}"></script>`);
    try {
      const dashboard = await browsing.dashboard(owner, `/visitors?site=${site.id}&list=filtered`);
      await dashboard.getByText('Nobody left out').waitFor();
      const profile = await browsing.profile();
      await logTabs(profile);
      const tab = await profile.newPage();
      await tab.goto(`${host.origin}/Boots`);
      const visit = await visitOf(tab);
      const row = dashboard.locator(`[data-visit="${visit}"]`);
      await row.waitFor();
      expect(await row.getByTestId('filtered-reason').textContent()).toBe('Headless browser');
      expect(await dashboard.getByTestId('tab-visitors').locator('.tally').textContent()).toBe('0');
      expect(await dashboard.getByTestId('tab-filtered').textContent()).toContain('1');
      expect(await owner.get(`/visitors?site=${site.id}`)).toMatchObject({ total: 0, live: 0, rows: [] });
      expect(await owner.get(`/visitors?site=${site.id}&filtered=true`)).toMatchObject({
        total: 1,
        rows: [{ id: visit, filtered: 'Headless browser' }],
      });
    } finally {
      await host.stop();
      await owner.delete(`/sites/${site.id}`);
    }
  });
});
