import type { InboxPage, MessagesPage } from '@foyer/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { FoyerProcess } from './foyer-process.ts';
import { HostSite } from './host-page.ts';
import { Inbox } from './inbox.ts';
import { Proxy } from './proxy.ts';
import { Widget } from './widget.ts';

/** Tabs and consoles come back soon: what is tested is what they bring along. */
const RETRY = { FOYER_RETRY_MIN_MS: '300', FOYER_RETRY_MAX_MS: '600' };

const browsing = useBrowser();
let foyer: FoyerProcess;
let owner: Account;
let proxy: Proxy;
let host: HostSite;
beforeAll(async () => {
  foyer = await FoyerProcess.start({ env: { ...RETRY, FOYER_TRUST_PROXY: 'loopback' } });
  proxy = await Proxy.start({ to: foyer.origin, from: '193.20.83.7' });
  owner = await Account.setUp(foyer);
  const { key } = await owner.site();
  host = await HostSite.start(() => `<script async src="${proxy.origin}/foyer.js" data-site="${key}"></script>`);
});
afterAll(async () => {
  await host.stop();
  await proxy.stop();
  await foyer.dispose();
});

/** As after a power cut: the same data, the same address. */
async function killAndStart(): Promise<void> {
  const { data, port } = foyer;
  await foyer.kill();
  proxy.passAnswers();
  foyer = await FoyerProcess.start({ data, port, env: { ...RETRY, FOYER_TRUST_PROXY: 'loopback' } });
}
const stored = async (conversation: string): Promise<string[]> =>
  (await owner.get<MessagesPage>(`/conversations/${conversation}/messages`)).messages.flatMap(({ body }) =>
    body.kind === 'text' ? [body.text] : [],
  );

describe('a server that is killed between a message and its receipt', () => {
  test('[EE42] has it once, whoever wrote it; both sides go on by themselves and show the same', async () => {
    const widget = await Widget.on(await browsing.profile(), `${host.origin}/Boots`);
    await widget.open();
    await widget.write('Before');
    await expect.poll(async () => (await owner.get<InboxPage>('/conversations')).entries.length).toBe(1);
    const conversation = (await owner.get<InboxPage>('/conversations')).entries[0]?.conversation.id ?? '';
    const inbox = await Inbox.open(browsing, owner);
    await inbox.choose(conversation);
    await inbox.accept();
    await inbox.write('Good morning');
    await widget.said('Good morning').waitFor();

    proxy.holdAnswers();
    await widget.write('Cut off on its way');
    await expect.poll(() => stored(conversation)).toContain('Cut off on its way');
    await killAndStart();
    await inbox.said('Cut off on its way').waitFor();
    await inbox.write('Still here?');
    await widget.said('Still here?').waitFor();

    // What is written while nobody is there goes out when somebody is again.
    await foyer.kill();
    await widget.write('Into the void');
    await inbox.write('Void, too');
    foyer = await FoyerProcess.start({ data: foyer.data, port: foyer.port, env: { ...RETRY, FOYER_TRUST_PROXY: 'loopback' } });
    await inbox.said('Into the void').waitFor();
    await widget.said('Void, too').waitFor();
    await widget.write('After');
    await inbox.said('After').waitFor();

    const texts = await stored(conversation);
    expect([...texts].sort()).toEqual(
      ['After', 'Before', 'Cut off on its way', 'Good morning', 'Into the void', 'Still here?', 'Void, too'].sort(),
    );
    for (const text of texts) {
      expect(await widget.said(text).count(), `${text}, in the widget`).toBe(1);
      expect(await inbox.said(text).count(), `${text}, in the inbox`).toBe(1);
    }
    // In one order on both sides.
    const order = (all: string): string[] => [...texts].sort((a, b) => all.indexOf(a) - all.indexOf(b));
    expect(order(await widget.log.evaluate((element) => element.textContent))).toEqual(texts);
    expect(order(await inbox.transcript.evaluate((element) => element.textContent))).toEqual(texts);
  });
});
