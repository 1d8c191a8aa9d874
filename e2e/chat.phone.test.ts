import type { InboxPage } from '@foyer/protocol';
import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { pdf, png } from './files.ts';
import { FoyerProcess } from './foyer-process.ts';
import { Inbox } from './inbox.ts';
import { Widget } from './widget.ts';

const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const browsing = useBrowser();
let foyer: FoyerProcess;
let owner: Account;
beforeAll(async () => {
  foyer = await FoyerProcess.start({ program: 'demo' });
  owner = await Account.signedIn(foyer);
});
afterAll(() => foyer.dispose());

describe('on phones', () => {
  test('[EE35] an agent finds who waits, accepts, answers with a file and resolves; a visitor writes, reads and sends a picture', async () => {
    const widget = await Widget.on(await browsing.profile(PHONE), `${foyer.origin}/demo/`);
    await widget.open();
    await widget.write('Hello from a phone');
    const newest = async () => (await owner.get<InboxPage>('/conversations')).entries[0]?.conversation.id ?? '';
    await expect.poll(newest).not.toBe('');

    const inbox = await Inbox.open(browsing, owner, '/visitors', PHONE);
    await inbox.page
      .getByRole('link', { name: /^Inbox/ })
      .last()
      .tap();
    await inbox.row(await newest()).tap();
    await inbox.said('Hello from a phone').waitFor();
    // One pane at a time.
    expect(await inbox.rows.first().isVisible()).toBe(false);
    await inbox.page.getByTestId('accept').tap();
    await inbox.write('Hello from another');
    await widget.said('Hello from another').waitFor();
    await inbox.page.getByTestId('file-input').setInputFiles({ name: 'guide.pdf', mimeType: 'application/pdf', buffer: pdf() });
    await inbox.page.getByTestId('pending-file').waitFor();
    await inbox.page.getByTestId('send').tap();
    await widget.log.getByRole('link', { name: /guide\.pdf/ }).waitFor();
    await widget.attach({ name: 'photo.png', mimeType: 'image/png', buffer: png(320, 200) });
    await inbox.transcript.getByRole('img', { name: /photo\.png/ }).waitFor();
    for (const page of [inbox.page, widget.tab])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);

    await inbox.resolve();
    await widget.panel.getByText('How was it?').waitFor();
    await inbox.page
      .getByRole('button', { name: 'Back to the list' })
      .or(inbox.page.getByRole('link', { name: 'Back to the list' }))
      .first()
      .tap();
    await inbox.page.getByTestId('conversation-list').waitFor();
  });

  test('[EE35] an agent invites a visitor from the list, and goes on in the conversation', async () => {
    const widget = await Widget.on(await browsing.profile(PHONE), `${foyer.origin}/demo/collections/tents/`);
    const row = async () =>
      (await owner.get<{ rows: { visitor: string; url: string; n: number }[] }>('/visitors')).rows.find(
        ({ url, n }) => n > 0 && url.endsWith('tents/'),
      );
    await expect.poll(row).toBeDefined();
    const inbox = await Inbox.open(browsing, owner, `/visitors?visitor=${(await row())?.visitor ?? ''}`, PHONE);
    const { page } = inbox;
    await page.getByTestId('invite').first().tap();
    await page.getByTestId('invite-text').fill('A hand with the tents?');
    await page.getByTestId('send-invite').tap();
    await widget.card.waitFor();
    await widget.card.getByRole('button', { name: 'Answer' }).tap();
    await widget.write('Please');
    await page.getByTestId('open-conversation').first().tap();
    await inbox.said('Please').waitFor();
  });
});
