import type { InboxPage } from '@foyer/protocol';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { FoyerProcess } from './foyer-process.ts';
import { Inbox } from './inbox.ts';
import { framesOf, logTabs } from './tab-log.ts';
import { Widget } from './widget.ts';

/** At once by socket, 2 s by long poll; on a machine that does other work. */
const SEEN_WITHIN_MS = 2_000;

const browsing = useBrowser();
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

/** Somebody in the shop; their visitor id is on the only row that `page` is on. */
async function shopper(
  page: string,
  prepare: (profile: BrowserContext) => Promise<unknown> = () => Promise.resolve(),
): Promise<{ widget: Widget; visitor: string }> {
  const profile = await browsing.profile();
  await logTabs(profile);
  await prepare(profile);
  const widget = await Widget.on(profile, `${foyer.origin}/demo/${page}`);
  const find = async () =>
    (await owner.get<{ rows: { visitor: string; url: string; online: boolean; n: number }[] }>('/visitors')).rows.find(
      ({ url, online, n }) => online && n > 0 && url.endsWith(page),
    )?.visitor ?? '';
  await expect.poll(find).not.toBe('');
  return { widget, visitor: await find() };
}

/** Writes to them from the Visitors page; answers when it was sent. */
async function invite(dashboard: Page, visitor: string, text: string): Promise<number> {
  await dashboard.goto(`${foyer.origin}/visitors?visitor=${visitor}`);
  await dashboard.getByTestId('panel-visitor-id').waitFor();
  await dashboard.getByTestId('invite').first().click();
  await dashboard.getByTestId('invite-text').fill(text);
  const sentAt = Date.now();
  await dashboard.getByTestId('send-invite').click();
  return sentAt;
}
const statusOf = async (text: string): Promise<string | undefined> =>
  (await owner.get<InboxPage>('/conversations')).entries.find(({ last }) => last?.body.kind === 'text' && last.body.text === text)
    ?.conversation.status;

describe('an agent who writes first', () => {
  test('[EE33] is read in the visitor’s tab at once, as a card with words and name; seen and answered come back', async () => {
    const { widget, visitor } = await shopper('collections/tents/');
    const dashboard = await browsing.dashboard(owner);
    const sentAt = await invite(dashboard, visitor, 'May I help with the tents?');
    await widget.card.waitFor();
    const tookMs = Date.now() - sentAt;
    measured.push(`invitation, from the click to the card: ${tookMs} ms`);
    expect(tookMs).toBeLessThanOrEqual(SEEN_WITHIN_MS);
    expect(await widget.card.textContent()).toContain('May I help with the tents?');
    expect(await widget.card.textContent()).toContain('Dana');
    await dashboard.locator('[data-testid=invitation][data-state=seen]').waitFor();
    // Nothing but an invitation yet: no chat, no badge.
    expect(await owner.get('/chat/counts')).toMatchObject({ active: 0 });

    await widget.card.getByRole('button', { name: 'Answer' }).click();
    await widget.said('May I help with the tents?').waitFor();
    await widget.write('Yes, which one is light?');
    await dashboard.getByTestId('open-conversation').first().click();
    const inbox = new Inbox(dashboard);
    await inbox.said('Yes, which one is light?').waitFor();
    // It is the inviter's: nothing has to be accepted.
    await inbox.write('The Lake, at 1.2 kg');
    await widget.said('The Lake, at 1.2 kg').waitFor();
    expect(await statusOf('The Lake, at 1.2 kg')).toBe('assigned');
  });

  test('[EE33] is told when the visitor puts it away', async () => {
    const { widget, visitor } = await shopper('collections/packs/');
    const dashboard = await browsing.dashboard(owner);
    await invite(dashboard, visitor, 'A word about packs?');
    await widget.card
      .getByRole('button', { name: /^(Not now|Dismiss)$/ })
      .first()
      .click();
    await widget.card.waitFor({ state: 'detached' });
    await dashboard.locator('[data-testid=invitation][data-state=dismissed]').waitFor();
    expect(await statusOf('A word about packs?')).toBe('resolved');
  });

  test('[EE33] is read within 2 s by long poll too, and answered', async () => {
    const { widget, visitor } = await shopper('journal/', (profile) =>
      profile.addInitScript(() => Object.assign(window, { WebSocket: undefined })),
    );
    expect(await framesOf(widget.tab, 'hello')).toEqual([]);
    const dashboard = await browsing.dashboard(owner);
    const sentAt = await invite(dashboard, visitor, 'Reading anything good?');
    await widget.card.waitFor();
    const tookMs = Date.now() - sentAt;
    measured.push(`invitation by long poll, from the click to the card: ${tookMs} ms`);
    expect(tookMs).toBeLessThanOrEqual(SEEN_WITHIN_MS);
    await widget.card.getByRole('button', { name: 'Answer' }).click();
    await widget.write('Yes, about wind');
    await dashboard.getByTestId('open-conversation').first().click();
    await new Inbox(dashboard).said('Yes, about wind').waitFor();
  });
});
