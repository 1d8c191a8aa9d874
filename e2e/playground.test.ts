import type { InboxPage, PublicLook } from '@foyer/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { FoyerProcess } from './foyer-process.ts';
import { Inbox } from './inbox.ts';
import { Widget } from './widget.ts';

const browsing = useBrowser();
let foyer: FoyerProcess;
let owner: Account;
beforeAll(async () => {
  foyer = await FoyerProcess.start();
  owner = await Account.setUp(foyer);
});
afterAll(() => foyer.dispose());

describe('the Playground', () => {
  test('[EE46] shows the real widget as it is being changed, saves the look for every page, and marks what is said in it', async () => {
    const page = await browsing.dashboard(owner, '/playground');
    const widget = new Widget(page, page.frameLocator('[data-testid=widget-frame]'));
    await widget.panel.waitFor();
    const accent = () => widget.panel.evaluate((panel) => getComputedStyle(panel).getPropertyValue('--accent').trim());
    const before = await accent();
    await page.getByTestId('look-accent-code').fill('#7c3aed');
    await page.getByTestId('look-accent-code').press('Tab');
    await expect.poll(accent).toBe('#7c3aed');
    expect(before).not.toBe('#7c3aed');
    // Not saved yet: nobody else sees it.
    const look = async (): Promise<PublicLook> =>
      (await (await fetch(`${foyer.origin}/foyer.js/look?site=${(await owner.site()).key}`)).json()) as PublicLook;
    expect((await look()).accent).toBe(before);
    await page.getByTestId('save-look').click();
    await expect.poll(async () => (await look()).accent).toBe('#7c3aed');

    await widget.panel.getByRole('button', { name: 'New conversation' }).click();
    await widget.write('Trying it out');
    const newest = async () => (await owner.get<InboxPage>('/conversations')).entries[0];
    await expect.poll(async () => (await newest())?.conversation.source).toBe('playground');
    // A trial is no visitor.
    expect(await owner.get('/visitors')).toMatchObject({ total: 0, live: 0 });
    const inbox = await Inbox.open(browsing, owner, `/inbox/${(await newest())?.conversation.id ?? ''}`);
    await inbox.accept();
    await inbox.write('It works');
    await widget.said('It works').waitFor();
    await inbox
      .row((await newest())?.conversation.id ?? '')
      .getByText('Playground')
      .waitFor();
  });
});
