import type { Row } from '@foyer/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { CHROMIUM_FLAGS } from './chromium-flags.ts';
import { FoyerProcess } from './foyer-process.ts';
import { Inbox, inboxFirstSeen, logInbox } from './inbox.ts';
import { Proxy } from './proxy.ts';
import { agreed, logScreen, type Shown } from './screen-log.ts';
import { logTabs, tabLog } from './tab-log.ts';
import { cardValue, openVisitors } from './visitors-page.ts';
import { Widget } from './widget.ts';

/** 300 ms on a machine of its own; tests share theirs. */
const SEEN_WITHIN_MS = 1_000;
const BERLIN = { from: '130.133.44.7', place: 'DE|berlin|berlin' };

const browsing = useBrowser({ args: CHROMIUM_FLAGS });
const measured: string[] = [];
let foyer: FoyerProcess;
let owner: Account;
let proxy: Proxy;
beforeAll(async () => {
  foyer = await FoyerProcess.start({ program: 'demo' });
  owner = await Account.signedIn(foyer);
  proxy = await Proxy.start({ to: foyer.origin, from: BERLIN.from });
});
afterAll(async () => {
  process.stdout.write(`${measured.join('\n')}\n`);
  await proxy.stop();
  await foyer.dispose();
});

const onMap = (status: string): Record<string, (shown: Shown) => boolean> => ({
  row: ({ row }) => row?.status === status,
  pin: ({ pin }) => pin?.count === 1 && pin.core === status,
});

describe('a conversation', () => {
  test('[EE32] is in the inbox, on the row and on the pin at once: amber when it waits, blue when it is accepted, grey when it is resolved, amber again', async () => {
    const dashboard = await openVisitors(browsing, owner, '/visitors', { viewport: { width: 1_440, height: 900 } });
    await logTabs(dashboard.context());
    const inbox = new Inbox(await dashboard.context().newPage());
    await inbox.page.goto(`${owner.origin}/inbox`);
    await inbox.page.getByTestId('conversation-list').waitFor();
    await logInbox(inbox.page);
    await logScreen(dashboard, BERLIN.place);
    const profile = await browsing.profile();
    await logTabs(profile);
    const widget = await Widget.on(profile, `${proxy.origin}/demo/`);
    await agreed(dashboard, onMap('active'), { from: 0 });

    /** When the page last said a frame of this kind. */
    const saidAt = async (page: typeof dashboard, t: string): Promise<number> => {
      const find = async () => (await tabLog(page)).findLast(({ way, text }) => way === 'up' && text.includes(`"t":"${t}"`))?.at ?? 0;
      await expect.poll(find, { interval: 10 }).toBeGreaterThan(0);
      return find();
    };
    const step = async (what: string, status: string, from: number): Promise<void> => {
      const { at } = await agreed(dashboard, onMap(status), { from });
      const listedAt = await inboxFirstSeen(inbox.page, ({ rows }) => rows[0]?.status === status, from);
      const tookMs = Math.max(at, listedAt) - from;
      measured.push(`${what}: on the map after ${at - from} ms, in the inbox after ${listedAt - from} ms`);
      expect(tookMs, what).toBeLessThanOrEqual(SEEN_WITHIN_MS);
    };

    await widget.open();
    await agreed(dashboard, onMap('chatting'), { from: 0 });
    await widget.write('Hello, is anybody there?');
    await step('hello', 'unassigned', await saidAt(widget.tab, 'chat.say'));
    await expect.poll(() => cardValue(dashboard, 'chats')).toBe(1);
    const [visit] = (await owner.get<{ rows: Row[] }>('/visitors')).rows;
    expect(visit).toMatchObject({ status: 'unassigned' });
    const conversation = (await inbox.rows.first().getAttribute('data-conversation')) ?? '';

    await inbox.choose(conversation);
    await inbox.said('Hello, is anybody there?').waitFor();
    await inbox.accept();
    await step('accept', 'assigned', await saidAt(inbox.page, 'chat.accept'));

    // And back and forth, each on the other's screen.
    await inbox.write('Yes. How can I help?');
    await widget.said('Yes. How can I help?').waitFor();
    await widget.write('Just looking, thanks');
    const from = await saidAt(widget.tab, 'chat.say');
    const seenAt = await inboxFirstSeen(inbox.page, ({ messages }) => messages.some((text) => text.includes('Just looking, thanks')), from);
    measured.push(`a message, from the widget's frame to the transcript: ${seenAt - from} ms`);
    expect(seenAt - from).toBeLessThanOrEqual(SEEN_WITHIN_MS);

    await inbox.resolve();
    await step('resolve', 'resolved', await saidAt(inbox.page, 'chat.resolve'));
    await expect.poll(() => cardValue(dashboard, 'chats')).toBe(0);
    await widget.write('Wait, one more question');
    await step('reopen', 'unassigned', await saidAt(widget.tab, 'chat.say'));
    expect(await inbox.rows.first().getAttribute('data-conversation')).toBe(conversation);
  });
});
