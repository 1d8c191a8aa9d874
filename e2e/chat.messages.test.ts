import { readFileSync } from 'node:fs';
import { CHAT_LIMITS, type InboxPage } from '@foyer/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { html, pdf, png } from './files.ts';
import { FoyerProcess } from './foyer-process.ts';
import { Inbox } from './inbox.ts';
import { Widget } from './widget.ts';

const browsing = useBrowser();
let foyer: FoyerProcess;
let owner: Account;
let widget: Widget;
let inbox: Inbox;
let conversation = '';
beforeAll(async () => {
  foyer = await FoyerProcess.start({ program: 'demo' });
  owner = await Account.signedIn(foyer);
});
afterAll(() => foyer.dispose());

/** A conversation that the agent has, on both screens. */
async function talk(): Promise<void> {
  widget = await Widget.on(await browsing.profile(), `${foyer.origin}/demo/`);
  await widget.open();
  await widget.write('Good morning');
  const newest = async () => (await owner.get<InboxPage>('/conversations?status=unassigned')).entries[0]?.conversation.id ?? '';
  await expect.poll(newest).not.toBe('');
  conversation = await newest();
  inbox = await Inbox.open(browsing, owner, `/inbox/${conversation}`);
  await inbox.accept();
}

describe('in a conversation', () => {
  test('[EE34] ticks say how far a message came, on both sides', async () => {
    await talk();
    // The agent has it open.
    await expect.poll(() => widget.delivery()).toBe('Read');
    await widget.close();
    await inbox.write('Are you there?');
    await expect.poll(() => inbox.delivery()).toBe('delivered');
    await widget.launcher.click();
    await widget.said('Are you there?').waitFor();
    await expect.poll(() => inbox.delivery()).toBe('read');
    // Whoever writes is seen to.
    await widget.field.pressSequentially('I am', { delay: 20 });
    await inbox.page.getByTestId('visitor-typing').waitFor();
    await inbox.field.pressSequentially('Well', { delay: 20 });
    await widget.log.getByRole('img', { name: /^Dana.* is typing$/ }).waitFor();
  });

  test('[EE34] pictures and files go both ways, are previewed or downloaded as they were, and what is neither is refused with a reason', async () => {
    await talk();
    await widget.attach({ name: 'tent.png', mimeType: 'image/png', buffer: png(320, 200) });
    const picture = inbox.transcript.getByRole('img', { name: /tent\.png/ });
    await picture.waitFor();
    await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(320);

    await inbox.page.getByTestId('file-input').setInputFiles({ name: 'care guide.pdf', mimeType: 'application/pdf', buffer: pdf() });
    await inbox.page.getByTestId('pending-file').waitFor();
    await inbox.page.getByTestId('send').click();
    const file = widget.log.getByRole('link', { name: /care guide\.pdf/ });
    await file.waitFor();
    const coming = widget.tab.waitForEvent('download');
    await file.click();
    const download = await coming;
    expect(download.suggestedFilename()).toBe('care guide.pdf');
    expect(readFileSync(await download.path()).equals(pdf())).toBe(true);

    await widget.choose({ name: 'page.png', mimeType: 'image/png', buffer: html() });
    await widget.panel
      .getByText(/page\.png.* cannot be sent/)
      .first()
      .waitFor();
    expect(await inbox.transcript.getByText(/page\.png/).count()).toBe(0);
  });

  test('[EE34] a click on a button and a form that was filled in stand in the transcript, on both sides and in the export', async () => {
    await talk();
    const { page } = inbox;
    await page.getByRole('button', { name: 'Buttons or a form' }).click();
    await page.getByTestId('builder-text').fill('Which delivery?');
    await page.getByRole('textbox', { name: 'Button 1' }).fill('Normal');
    await page.getByRole('textbox', { name: 'Button 2' }).fill('Express');
    await page.getByTestId('builder-send').click();
    await widget.log.getByRole('button', { name: 'Express' }).click();
    await inbox.transcript.locator('[data-testid=event][data-event=choice]').filter({ hasText: 'Express' }).waitFor();

    await page.getByRole('button', { name: 'Buttons or a form' }).click();
    await page.getByTestId('builder-form').click();
    await page.getByTestId('builder-text').fill('Your order, please');
    await page.getByRole('textbox', { name: 'Field 1' }).fill('Order number');
    await page.getByTestId('builder-send').click();
    await widget.log.getByLabel('Order number').fill('A-1042');
    await widget.log.getByRole('button', { name: 'Send' }).last().click();
    await inbox.transcript.getByText('A-1042').waitFor();
    await widget.log.getByText('A-1042').first().waitFor();

    const exported = await fetch(`${foyer.origin}/api/v1/conversations/${conversation}/transcript?format=text`, {
      headers: { cookie: owner.cookie },
    });
    const text = await exported.text();
    for (const words of ['Good morning', 'Which delivery?', 'Express', 'Order number', 'A-1042']) expect(text).toContain(words);
  });

  test('[EE34] what was sent can be taken back, changed and deleted; a note is the team’s alone', async () => {
    await talk();
    const { page } = inbox;
    await inbox.write('Too fast');
    await widget.said('Too fast').waitFor();
    // Its word depends on whether the visitor has read the message by now.
    await page.getByTestId('undo-send').click();
    await widget.said('Too fast').waitFor({ state: 'detached' });
    await page.getByTestId('mode-note').click();
    await inbox.field.fill('Only between us');
    await page.getByTestId('send').click();
    await inbox.said('Only between us').waitFor();
    await page.getByTestId('mode-reply').click();
    await inbox.write('For you');
    await widget.said('For you').waitFor();
    const own = inbox.transcript.getByTestId('message').filter({ hasText: 'For you' });
    await own.hover();
    await own.getByTestId('edit-message').click();
    await inbox.field.fill('For you alone');
    await page.getByTestId('send').click();
    await widget.said('For you alone').waitFor();
    await widget.log.getByText('edited').waitFor();
    await own.hover();
    // The second press means it.
    await own.getByTestId('delete-message').click();
    await own.getByTestId('delete-message').click();
    await widget.log.getByText('Message deleted').waitFor();
    expect(await widget.said('For you alone').count()).toBe(0);
    expect(await widget.said('Only between us').count()).toBe(0);
  });

  test('[EE34] over, it can be rated once, with a comment', async () => {
    await talk();
    await inbox.resolve();
    await widget.panel.getByText('How was it?').waitFor();
    await widget.panel
      .getByRole('radio', { name: '4 of 5' })
      .or(widget.panel.getByRole('button', { name: '4 of 5' }))
      .first()
      .click();
    await widget.panel.getByRole('textbox', { name: /Anything to add/ }).fill('Quick!');
    await widget.log.getByRole('button', { name: 'Send' }).click();
    const rating = inbox.transcript.locator('[data-testid=event][data-event=rating]');
    await rating.filter({ hasText: 'Quick!' }).waitFor();
    expect(await rating.getByRole('img', { name: '4 of 5 stars' }).count()).toBe(1);
    await widget.panel.getByText('How was it?').waitFor({ state: 'detached' });
  });

  test('[EE37] a text of 1 MB is not sent from either side: it is said why, the fields keep its beginning, and the chat goes on', async () => {
    await talk();
    const long = 'Where is my order? '.repeat(52_632);
    await widget.field.evaluate((field, text) => {
      (field as HTMLTextAreaElement).value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }, long);
    await widget.panel.getByText(/too long for one message/).waitFor();
    // What one message takes; the rest is said to be cut, and nothing was sent.
    expect(await widget.field.inputValue()).toBe(long.slice(0, CHAT_LIMITS.textBytes));
    expect(await inbox.transcript.getByText('Where is my order?').count()).toBe(0);
    await widget.write('Shorter');
    await inbox.said('Shorter').waitFor();
    await inbox.field.fill(long);
    await inbox.page
      .getByText(/characters too long/)
      .first()
      .waitFor();
    await inbox.field.press('Enter');
    // More than a message takes, so that it can be cut where it makes sense.
    expect(await inbox.field.inputValue()).toBe(long.slice(0, 4 * CHAT_LIMITS.textBytes));
    await inbox.write('Shorter, too');
    await widget.said('Shorter, too').waitFor();
  });
});
