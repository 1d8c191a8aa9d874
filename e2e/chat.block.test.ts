import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { FoyerProcess } from './foyer-process.ts';
import { Widget } from './widget.ts';

const browsing = useBrowser();
let foyer: FoyerProcess;
let owner: Account;
beforeAll(async () => {
  foyer = await FoyerProcess.start({ program: 'demo' });
  owner = await Account.signedIn(foyer);
});
afterAll(() => foyer.dispose());

type Listed = { readonly visitor: string; readonly online: boolean; readonly n: number };
const online = async (): Promise<Listed[]> =>
  (await owner.get<{ rows: Listed[] }>('/visitors')).rows.filter((row) => row.online && row.n > 0);

describe('a visitor who is blocked', () => {
  test('[EE45] is sent away at once, sees no widget on the next page either, and is back when it is taken back', async () => {
    const profile = await browsing.profile();
    const widget = await Widget.on(profile, `${foyer.origin}/demo/`);
    await widget.open();
    await widget.write('Rude words');
    await expect.poll(async () => (await online()).length).toBe(1);
    const visitor = (await online())[0]?.visitor ?? '';

    const dashboard = await browsing.dashboard(owner, `/visitors?visitor=${visitor}`);
    await dashboard.getByTestId('panel-more').click();
    await dashboard.getByRole('menuitem', { name: /Block/ }).click();
    await dashboard.getByTestId('block-visitor').check();
    await dashboard.getByTestId('block-for-day').check({ force: true });
    await dashboard.getByTestId('block-note').fill('Rude');
    await dashboard.getByTestId('block-now').click();
    await widget.panel.waitFor({ state: 'detached' });
    expect(await widget.host.getByRole('button').count()).toBe(0);
    // Who is sent away counts as online for the 5 s in which a reload would be back.
    await expect.poll(online, { timeout: 10_000 }).toEqual([]);
    expect(await owner.get('/chat/counts')).toMatchObject({ active: 0, unassigned: 0 });

    await widget.tab.goto(`${foyer.origin}/demo/journal/`, { waitUntil: 'networkidle' });
    expect(await widget.launcher.count()).toBe(0);
    expect(await online()).toEqual([]);

    await dashboard.goto(`${foyer.origin}/settings/blocks`);
    const block = dashboard.getByTestId('block').filter({ hasText: 'Rude' });
    // The second press means it.
    await block.getByTestId('take-back').click();
    await block.getByTestId('take-back').click();
    await block.waitFor({ state: 'detached' });
    await widget.tab.goto(`${foyer.origin}/demo/`);
    await widget.launcher.waitFor();
    await expect.poll(async () => (await online()).map((row) => row.visitor)).toEqual([visitor]);
  });
});
