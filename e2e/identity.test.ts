import { createHmac } from 'node:crypto';
import type { InboxPage, Install, Me, SiteIdentity } from '@foyer/protocol';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { FoyerProcess } from './foyer-process.ts';
import { Inbox } from './inbox.ts';
import { Widget } from './widget.ts';

const browsing = useBrowser();
let foyer: FoyerProcess;
let owner: Account;
let site: string;
let secret: string;
beforeAll(async () => {
  foyer = await FoyerProcess.start({ program: 'demo' });
  owner = await Account.signedIn(foyer);
  const { sites } = await owner.get<Me>('/me');
  site = sites[0]!.id;
  ({ secret } = await owner.get<SiteIdentity>(`/sites/${site}/identity`));
});
afterAll(() => foyer.dispose());

const hashOf = (id: string): string => createHmac('sha256', secret).update(id).digest('hex');
const identify = (tab: Page, who: object): Promise<void> =>
  tab.evaluate((said) => (window as unknown as { foyer: (what: string, who: object) => void }).foyer('identify', said), who);
const conversationOf = async (text: string) =>
  (await owner.get<InboxPage>('/conversations')).entries.find(({ last }) => last?.body.kind === 'text' && last.body.text === text)
    ?.conversation;
const ADA = { id: 'c-4711', name: 'Ada Lovelace', email: 'ada@example.com', data: { orders: 12, club: true } };

test('[VI1][VI7][VI10] who the shop signs is verified in panel and inbox; the next one at the browser sees nothing of theirs', async () => {
  const widget = await Widget.on(await browsing.profile(), `${foyer.origin}/demo/collections/tents/`);
  await widget.open();
  await widget.write('Where is my tent?');
  await identify(widget.tab, { ...ADA, hash: hashOf(ADA.id) });
  await expect.poll(async () => (await conversationOf('Where is my tent?'))?.contact).toMatchObject({ name: ADA.name, verified: true });
  const { id, visitor } = (await conversationOf('Where is my tent?'))!;

  const inbox = await Inbox.open(browsing, owner, `/inbox/${id}`);
  await inbox.page.locator('[data-testid=identity][data-verified=true]').waitFor();
  expect(await inbox.page.getByTestId('identity').textContent()).toContain('Identity verified');
  expect(await inbox.page.getByTestId('custom-data').textContent()).toContain('12');
  await inbox.row(id).getByRole('img', { name: 'Identity verified' }).waitFor();

  const panel = await browsing.dashboard(owner, `/visitors?visitor=${visitor}`);
  const fact = panel.getByTestId('fact-identity');
  await expect.poll(() => fact.textContent()).toContain('Verified');
  expect(await fact.textContent()).toContain(ADA.id);
  await fact.locator('.verified svg').waitFor();

  await identify(widget.tab, { id: 'c-8', name: 'Bob', hash: hashOf('c-8') });
  await widget.said('Where is my tent?').waitFor({ state: 'detached' });
  await widget.tab.reload();
  // The panel is open again by itself, with nothing in it.
  const begin = widget.panel.getByRole('button', { name: 'New conversation' });
  await begin.or(widget.field).first().waitFor();
  if (await begin.isVisible()) await begin.click();
  await identify(widget.tab, { id: 'c-8', name: 'Bob', hash: hashOf('c-8') });
  await widget.write('Do you have socks?');
  await expect.poll(async () => (await conversationOf('Do you have socks?'))?.contact).toMatchObject({ name: 'Bob', verified: true });
  expect(await widget.said('Where is my tent?').count()).toBe(0);
  expect(await conversationOf('Where is my tent?')).toMatchObject({ id, contact: { name: ADA.name } });
});

test('[VI2] a wrong hash verifies nobody, and Install says that there was one', async () => {
  const widget = await Widget.on(await browsing.profile(), `${foyer.origin}/demo/collections/packs/`);
  await identify(widget.tab, { ...ADA, hash: hashOf('somebody else') });
  await widget.open();
  await widget.write('Which pack is light?');
  await expect.poll(async () => (await conversationOf('Which pack is light?'))?.contact).toMatchObject({ name: ADA.name, verified: false });
  const { id } = (await conversationOf('Which pack is light?'))!;
  const inbox = await Inbox.open(browsing, owner, `/inbox/${id}`);
  await inbox.page.locator('[data-testid=identity][data-verified=false]').waitFor();
  await expect.poll(async () => (await owner.get<Install>(`/sites/${site}/install`)).refusedHashes).toMatchObject({ count: 1 });
  const install = await browsing.dashboard(owner, `/settings/install?site=${site}`);
  await install.getByTestId('refused-hashes').waitFor();
});
