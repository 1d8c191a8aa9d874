import type { Conversation, ContextEntry, Detail, InboxPage, Row, Site, SiteContexts } from '@foyer/protocol';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { FoyerProcess } from './foyer-process.ts';
import { Inbox } from './inbox.ts';
import { Widget } from './widget.ts';

const browsing = useBrowser();
let foyer: FoyerProcess;
let owner: Account;
let shop: Site;
beforeAll(async () => {
  foyer = await FoyerProcess.start({ program: 'demo' });
  owner = await Account.signedIn(foyer);
  shop = (await owner.get<Site[]>('/sites')).find(({ key }) => key === 'demo')!;
});
afterAll(() => foyer.dispose());

let tab: Page;
let visitor = '';
beforeEach(arrive);

/** Somebody new, who is listed. */
async function arrive(): Promise<void> {
  const before = new Set((await rows()).map((row) => row.visitor));
  tab = await (await browsing.profile()).newPage();
  await tab.goto(`${foyer.origin}/demo/`);
  await expect.poll(async () => (visitor = (await rows()).find((row) => !before.has(row.visitor))?.visitor ?? '')).not.toBe('');
}

const rows = async (): Promise<readonly Row[]> => (await owner.get<{ rows: Row[] }>('/visitors?limit=100')).rows;
const detail = (): Promise<Detail> => owner.get<Detail>(`/visitors/${visitor}`);
const context = async (): Promise<string | undefined> => (await rows()).find((row) => row.visitor === visitor)?.context;
const reached = async (): Promise<string[]> => (await detail()).reached.map(({ goal }) => goal);
const visit = (path: string): Promise<unknown> => tab.goto(`${foyer.origin}/demo/${path}`);

describe('a real tab in the shop', () => {
  test('[CX11] says what it looks at; Cart holds until the checkout is done, which is a goal with its value', async () => {
    await visit('products/ridge-2/');
    await expect.poll(context).toBe('product');
    await tab.getByRole('button', { name: 'Add to cart' }).click();
    await expect.poll(context).toBe('cart');
    await visit('collections/tents/');
    await expect.poll(async () => (await detail()).url).toContain('/collections/tents');
    expect(await context()).toBe('cart');
    await visit('checkout/');
    await expect.poll(context).toBe('checkout');
    expect(await reached()).toEqual([]);
    for (const name of ['Name', 'Street', 'Town']) await tab.getByLabel(name).fill('x');
    await tab.getByRole('button', { name: 'Place the order' }).click();
    await tab.getByRole('heading', { name: 'Thank you' }).waitFor();
    await expect.poll(async () => (await detail()).reached).toMatchObject([{ goal: 'checkout', value: 349, currency: 'EUR' }]);
    await expect.poll(context).toBe('');
    await visit('collections/tents/');
    await expect.poll(context).toBe('collection');
  });

  test('[CX11] rules are the team’s: they act with the next page, and what a page declares outweighs them', async () => {
    const path = `/sites/${shop.id}/contexts`;
    const { entries } = await owner.get<SiteContexts>(path);
    const own = (id: string, of: string): ContextEntry => ({
      ...{ kind: 'rule', enabled: true, id, context: 'search', note: '' },
      ...{ host: '', path: of, query: '', hash: '' },
    });
    await owner.put(path, { entries: [own('a', '/demo/products/*'), own('b', '/demo/journal/**'), ...entries] });
    await visit('products/ridge-2/');
    await expect.poll(async () => (await detail()).url).toContain('/products/ridge-2');
    await expect.poll(context).toBe('product');
    await visit('journal/one-pot-dinners/');
    await expect.poll(context).toBe('search');
    await tab.evaluate(() => (window as unknown as { foyer: (...said: unknown[]) => void }).foyer('context', 'collection'));
    await expect.poll(context).toBe('collection');
    await owner.put(path, { entries });
  });

  test('[CX11] a page reaches a goal; one that it declares and nobody defined becomes one in the settings, and counts from then on', async () => {
    await visit('journal/one-pot-dinners/');
    await expect.poll(reached).toEqual(['read-a-story']);
    await visit('search/?q=zeppelin');
    const dashboard = await browsing.dashboard(owner, `/settings/goals?site=${shop.id}`);
    const unknown = dashboard.getByTestId('unknown-goal').filter({ hasText: 'Searched in vain' });
    await unknown.getByTestId('define-goal').click();
    await dashboard.getByTestId('save-rules').click();
    await dashboard.getByTestId('save-bar').waitFor({ state: 'detached' });
    expect(await reached()).toEqual(['read-a-story']);
    await visit('search/?q=submarine');
    await expect.poll(reached).toEqual(['read-a-story', 'searched-in-vain']);
    await dashboard.goto(`${foyer.origin}/visitors?site=${shop.id}&filter=${encodeURIComponent('goal:searched')}`);
    await dashboard.getByTitle('Reached: Read a story and Searched in vain').waitFor();
  });

  test('[CX11] a form in chat reaches its goal and captures a lead, on the visit and in the conversation, where the team sees it', async () => {
    const widget = new Widget(tab);
    await widget.open();
    await widget.write('Could you keep a pair for me?');
    const mine = async (): Promise<Conversation | undefined> =>
      (await owner.get<InboxPage>('/conversations')).entries.find((entry) => entry.conversation.visitor === visitor)?.conversation;
    await expect.poll(async () => (await mine())?.status).toBe('unassigned');
    const { id } = (await mine())!;
    const inbox = await Inbox.open(browsing, owner, `/inbox/${id}`);
    await inbox.accept();
    await inbox.page.getByRole('button', { name: 'Buttons or a form' }).click();
    await inbox.page.getByTestId('builder-form').click();
    await inbox.page.getByTestId('builder-text').fill('With pleasure! Just fill this in.');
    await inbox.page.getByRole('textbox', { name: 'Field 1' }).fill('Where to write');
    await inbox.page.getByRole('combobox', { name: /^Kind/ }).first().selectOption('email');
    await inbox.page.getByTestId('builder-send').click();
    await widget.log.getByLabel('Where to write').fill('freja@example.com');
    await widget.log.getByLabel('Where to write').press('Enter');
    await expect.poll(async () => (await mine())?.goals.map(({ goal }) => goal)).toEqual(['reserved-in-store', 'lead-captured']);
    expect(await reached()).toEqual(['reserved-in-store', 'lead-captured']);
    await inbox.page.locator('[data-event=goal][data-goal=reserved-in-store]').getByText('Reserved in store').waitFor();
    await inbox.page.getByTestId('profile-goals').getByText('Lead captured').waitFor();

    // What the page says while the chat goes on is the conversation's as well.
    await visit('journal/one-pot-dinners/');
    await expect.poll(async () => (await mine())?.goals.map(({ goal }) => goal)).toContain('read-a-story');
    await inbox.page.getByTestId('profile-goals').getByText('Read a story').waitFor();
    expect(await tab.content()).not.toContain('Reserved in store');
  });
});
