import type { ConsoleChatDown } from '@foyer/protocol';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { EVERY_BODY, fillInbox } from './filled-chat.ts';
import { FoyerProcess } from './foyer-process.ts';
import { ConsoleSocket, newCid } from './sockets.ts';
import { goWithin } from './visitors-page.ts';

const browsing = useBrowser();
let foyer: FoyerProcess;
let owner: Account;
let filled: Awaited<ReturnType<typeof fillInbox>>;
beforeAll(async () => {
  foyer = await FoyerProcess.start({ program: 'demo' });
  owner = await Account.signedIn(foyer);
  filled = await fillInbox(owner, 'demo');
});
afterAll(() => foyer.dispose());

const THEMES = ['dark', 'light'] as const;

describe('the inbox', () => {
  test.each([1_440, 1_024, 390].flatMap((width) => THEMES.map((theme) => ({ theme, width }))))(
    '[EE43] $theme at $width px',
    async ({ theme, width }) => {
      const origins = [{ origin: foyer.origin, localStorage: [{ name: 'foyer.theme', value: theme }] }];
      const page = await browsing.dashboard(owner, '/inbox', { viewport: { width, height: 900 }, storageState: { cookies: [], origins } });
      await page.getByTestId('conversation-row').first().waitFor();
      await expectAccessible(page, 'the list');
      for (const [name, id] of Object.entries(filled)) {
        await goWithin(page, `/inbox/${id}`);
        await page.locator(`[data-testid=composer][data-conversation="${id}"]`).waitFor();
        await page.getByTestId('message').first().waitFor();
        await expectAccessible(page, name);
      }
      await goWithin(page, '/inbox/nobody-made-this');
      await page.getByText('There is no such conversation').first().waitFor();
      await expectAccessible(page, 'one that is missing');
      for (const path of ['/settings/chat', '/settings/alerts', '/settings/blocks', '/playground']) {
        await goWithin(page, path);
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
        await expectAccessible(page, path);
      }
    },
  );
});

describe('the widget', () => {
  const looks = [
    { theme: 'light', width: 1_440, locale: 'en' },
    { theme: 'dark', width: 390, locale: 'de' },
    { theme: 'light', width: 390, locale: 'ar' },
  ] as const;
  test.each(looks)('[EE43] $theme at $width px in $locale, in each of its views', async ({ theme, width, locale }) => {
    const agent = await ConsoleSocket.chatting(owner);
    const profile = await browsing.profile({ viewport: { width, height: 900 }, colorScheme: theme, locale });
    const tab = await profile.newPage();
    // The page's own language wins over the browser's.
    await tab.route('**/demo/', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replace('<html lang="en">', `<html lang="${locale}">`) });
    });
    await tab.goto(`${foyer.origin}/demo/`);
    const host = tab.locator('foyer-widget');
    await host.locator('#launcher').waitFor();
    await expectAccessible(tab, 'the launcher', 'foyer-widget');
    await host.locator('#launcher').click();
    const panel = host.getByRole('dialog');
    await panel.waitFor();
    await expectAccessible(tab, 'the greeting', 'foyer-widget');
    await panel.locator('.end .act').click();
    const field = panel.locator('.write textarea');
    await field.fill(`Hello from ${theme} ${width}`);
    await expectAccessible(tab, 'a first message', 'foyer-widget');
    await field.press('Enter');
    const isMine = ({ messages }: Extract<ConsoleChatDown, { t: 'chat.change' }>): boolean =>
      messages.some(({ body }) => body.kind === 'text' && body.text === `Hello from ${theme} ${width}`);
    const { conversation } = await agent.frame('chat.change', isMine);
    await agent.ask({ t: 'chat.accept', cid: newCid(), conversation: conversation.id, anyway: true });
    for (const body of EVERY_BODY) await agent.ask({ t: 'chat.say', cid: newCid(), conversation: conversation.id, body });
    await panel.getByRole('log').getByText('Change my order').waitFor();
    await expectAccessible(tab, 'a conversation with buttons and a form', 'foyer-widget');
    await agent.ask({ t: 'chat.resolve', cid: newCid(), conversation: conversation.id });
    await panel.locator('.rate').waitFor();
    await panel.locator('.rate button').nth(3).click();
    await expectAccessible(tab, 'the rating', 'foyer-widget');
    agent.end();
  });
});
