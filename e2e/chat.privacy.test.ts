import type { ConversationProfile, InboxPage, Settings, Site } from '@foyer/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { FoyerProcess } from './foyer-process.ts';
import { HostSite } from './host-page.ts';
import { newCid, TabSocket } from './sockets.ts';
import { Widget } from './widget.ts';

const browsing = useBrowser();
let foyer: FoyerProcess;
let owner: Account;
let site: Site;
beforeAll(async () => {
  foyer = await FoyerProcess.start({ env: { FOYER_TRUST_PROXY: 'loopback' } });
  owner = await Account.setUp(foyer);
  site = await owner.site();
});
afterEach(() => owner.patch<Settings>('/settings', { tracking: true, cookieless: false }));
afterAll(() => foyer.dispose());

const connect = (from: string): TabSocket => new TabSocket({ origin: foyer.origin, key: site.key, from });
async function said(tab: TabSocket, text: string): Promise<string> {
  const answer = await tab.writes(text);
  if (answer.t !== 'chat.receipt') throw new Error(answer.message);
  return answer.conversation;
}
const newest = async () => (await owner.get<InboxPage>('/conversations')).entries[0];

describe('chat where little may be kept', () => {
  test('[EE41] with tracking off nobody is on the map and nothing is kept of who opens the chat; from the first message on the conversation has its own visitor', async () => {
    await owner.patch<Settings>('/settings', { tracking: false });
    const tab = connect('193.20.83.7');
    expect(await tab.frame('welcome')).toMatchObject({ tracking: false });
    await tab.chat({ page: { url: 'https://shop.test/sofas', title: 'Sofas' } });
    expect((await owner.get<InboxPage>('/conversations')).entries).toEqual([]);
    const id = await said(tab, 'Do you deliver on Saturdays?');
    tab.say({ t: 'chat.page', url: 'https://shop.test/cart', title: 'Cart' });
    await expect
      .poll(async () => (await owner.get<ConversationProfile>(`/conversations/${id}/profile`)).pages.map(({ title }) => title))
      .toEqual(['Cart', 'Sofas']);
    const profile = await owner.get<ConversationProfile>(`/conversations/${id}/profile`);
    expect(profile).toMatchObject({ browser: 'Firefox', ip: '193.20.83.0' });
    expect(profile.country).not.toBe('');
    await expect(owner.get('/visitors')).resolves.toMatchObject({ total: 0, live: 0 });
    expect(await newest()).toMatchObject({ conversation: { id, status: 'unassigned' } });
  });

  test('[EE41] cookieless a conversation is the tab’s alone: the badge is on its visit, no other tab finds it, and what is over is never reopened', async () => {
    await owner.patch<Settings>('/settings', { cookieless: true });
    const tab = connect('130.133.44.7');
    const { visit } = await tab.arrive('/');
    const you = await tab.chat();
    expect(you).toMatchObject({ keep: 'tab', secret: expect.any(String) as string });
    const id = await said(tab, 'Hello');
    await expect.poll(() => owner.get(`/visitors/${visit}`)).toMatchObject({ status: 'unassigned' });
    // The same browser, the same address, the same day: one visitor on the map, and still not this conversation's.
    const other = connect('130.133.44.7');
    await other.arrive('/');
    expect((await other.chat()).conversation).toBeNull();

    const cid = newCid();
    tab.say({ t: 'chat.end', cid, conversation: id });
    expect(await tab.answer(cid)).toMatchObject({ t: 'chat.receipt' });
    expect(await said(tab, 'One more thing')).not.toBe(id);
  });
});

/** What the pages of a profile keep: names of cookies and of what is in these storages. */
const kept = async (tab: Page, ...storages: ('localStorage' | 'sessionStorage')[]): Promise<string[]> => [
  ...(await tab.context().cookies()).map(({ name }) => name),
  ...(await tab.evaluate((names) => names.flatMap((name) => Object.keys(window[name])), storages)),
];

describe('the widget where little may be kept', () => {
  test('[EE41] with tracking off it is there, answers arrive, nobody is on the map and the browser keeps nothing beyond the tab', async () => {
    await owner.patch<Settings>('/settings', { tracking: false });
    const host = await HostSite.start(() => `<script async src="${foyer.origin}/foyer.js" data-site="${site.key}"></script>`);
    try {
      const widget = await Widget.on(await browsing.profile(), `${host.origin}/Sofas`);
      await widget.open();
      await widget.write('Is it blue?');
      await expect.poll(async () => (await newest())?.last?.body).toMatchObject({ text: 'Is it blue?' });
      await expect(owner.get('/visitors')).resolves.toMatchObject({ total: 0, live: 0 });
      // What is written and open on this tab may be in its own storage; who it is not.
      expect(await kept(widget.tab, 'localStorage')).toEqual([]);
      expect(await widget.tab.evaluate(() => JSON.stringify(sessionStorage))).not.toMatch(/secret/i);
    } finally {
      await host.stop();
    }
  });

  test('[EE41] before consent no socket opens and nothing is kept; who opens the chat by the page’s own button can write all the same', async () => {
    const host = await HostSite.start(
      () => `<script>window.foyer=window.foyer||function(){(foyer.q=foyer.q||[]).push(arguments)}</script>
        <script async src="${foyer.origin}/foyer.js" data-site="${site.key}" data-consent="required"></script>
        <button onclick="foyer('open')">Ask us</button>`,
    );
    try {
      const profile = await browsing.profile();
      const tab = await profile.newPage();
      const sockets: string[] = [];
      tab.on('websocket', (socket) => sockets.push(socket.url()));
      await tab.goto(`${host.origin}/Chairs`, { waitUntil: 'networkidle' });
      expect(sockets).toEqual([]);
      expect(await kept(tab, 'localStorage', 'sessionStorage')).toEqual([]);
      const widget = new Widget(tab);
      await tab.getByRole('button', { name: 'Ask us' }).click();
      await widget.panel.waitFor();
      const begin = widget.panel.getByRole('button', { name: 'New conversation' });
      if (await begin.isVisible()) await begin.click();
      await widget.write('Are they oak?');
      await expect.poll(async () => (await newest())?.last?.body).toMatchObject({ text: 'Are they oak?' });
      await expect(owner.get('/visitors')).resolves.toMatchObject({ total: 0, live: 0 });
      expect(await kept(tab, 'localStorage', 'sessionStorage')).toEqual([]);
    } finally {
      await host.stop();
    }
  });
});
