import { describe, expect, test } from 'vitest';
import { expectNoFinding, looksAt } from './no-finding.ts';
import { useScreen } from './screen.ts';

const screen = useScreen();
const { go, at, settle } = screen;
const MINUTE = 60_000;
const marta = { kind: 'agent', id: 'u1' } as const;
const path = (): string => {
  const { pathname, search } = new URL(screen.page.url());
  return pathname + search;
};
const LIST = '/visitors?list=conversations';
const chatRow = (id: string) => screen.page.locator(`[data-testid=elsewhere-row][data-conversation="${id}"]`);
/** What the list shows, from above, by stretch. */
const shown = (): Promise<Record<string, string[]>> =>
  screen.page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('.elsewhere-section')].map((section) => [
        section.dataset['section'] ?? '',
        [...section.querySelectorAll<HTMLElement>('[data-conversation]')]
          .toSorted((a, b) => Number(a.ariaPosInSet) - Number(b.ariaPosInSet))
          .map((row) => row.dataset['conversation'] ?? ''),
      ]),
    ),
  );
/** Of every kind: two that wait, an open one, one resolved, and one whose visitor is on the map. */
function seed(): void {
  const { chat } = screen.server;
  const now = Date.now();
  const start = (id: string, minutes: number, text: string, given: Parameters<typeof chat.start>[2] = {}): void => {
    chat.now = () => now - minutes * MINUTE;
    chat.start(id, text, { visitor: '', ...given });
    if (id !== 'here') chat.goesElsewhere(id);
  };
  const contact = (name: string) => ({ name, email: '', verified: false });
  start('done', 3, 'Thank you!', { contact: contact('Rolf Berg'), source: 'api' });
  chat.does('done', { c: 'accept', by: marta });
  chat.does('done', { c: 'resolve', by: marta });
  start('amina', 12, 'One trekking pole arrived bent', { contact: contact('Amina Diallo'), source: 'whatsapp' });
  start('ewa', 4, 'Could you send the invoice again?', { contact: contact('Ewa Nowak'), source: 'fluent_support', site: 'site-2' });
  start('noor', 9, 'Where is my order?', { contact: contact('Noor Haddad'), visitor: 'v-gone' });
  chat.does('noor', { c: 'accept', by: marta });
  chat.agent('noor', 'u1', 'One moment, please.');
  start('here', 2, 'I am on the map', { visitor: 'v-here' });
  chat.now = () => Date.now();
  chat.profiles.set('amina', {
    country: 'SN',
    city: 'Dakar',
    browser: 'Firefox',
    browserVersion: '140',
    os: 'Android',
    pages: [{ url: 'https://shop.example.com/poles', title: 'Trekking poles', at: now }],
  });
  screen.server.arrive({ visitor: 'v-here', status: 'unassigned' });
}

describe('conversations without a visit', () => {
  test('[VP31] stand beside the map: who waits longest, what is open, what was resolved today; the count is the card’s', async () => {
    seed();
    await go('/visitors');
    await settle(async () => (await at('tab-conversations').textContent())?.trim(), 'Conversations 3');
    await settle(() => at('map-card-elsewhere').getAttribute('data-value'), '3');
    await at('map-card-elsewhere').click();
    await settle(async () => path(), LIST);
    await settle(shown, { waiting: ['amina', 'ewa'], open: ['noor'], today: ['done'] });
    expect(await at('tab-conversations').getAttribute('aria-selected')).toBe('true');
    const text = async (id: string) => (await chatRow(id).innerText()).replaceAll(/\s+/g, ' ');
    expect(await text('amina')).toMatch(
      /^Amina Diallo Unassigned waiting (11:5|12:0)\d One trekking pole arrived bent \d\d:\d\d WhatsApp Shop$/,
    );
    expect(await text('ewa')).toContain('Fluent Support');
    expect(await chatRow('ewa').locator('.site').textContent()).not.toBe(await chatRow('amina').locator('.site').textContent());
    expect(await text('noor')).toContain('You: One moment, please.');
    expect(await at('filter-input').count()).toBe(0);
  });

  test('[VP32] one that comes, one that changes, and one whose visitor is here again are seen as it happens', async () => {
    seed();
    await go(LIST);
    await settle(shown, { waiting: ['amina', 'ewa'], open: ['noor'], today: ['done'] });
    const { chat } = screen.server;
    chat.start('new', 'By API', { source: 'api', visitor: '' });
    chat.goesElsewhere('new');
    await settle(shown, { waiting: ['amina', 'ewa', 'new'], open: ['noor'], today: ['done'] });
    chat.does('amina', { c: 'accept', by: marta });
    await settle(shown, { waiting: ['ewa', 'new'], open: ['noor', 'amina'], today: ['done'] });
    await settle(() => chatRow('amina').getAttribute('data-status'), 'assigned');
    chat.does('ewa', { c: 'resolve', by: marta });
    await settle(async () => (await shown())['today']?.includes('ewa'), true);
    chat.goesElsewhere('noor', false);
    await settle(async () => (await shown())['open'], ['amina']);
    await settle(async () => (await at('tab-conversations').textContent())?.trim(), 'Conversations 2');
  });

  test('[VP32] with 180 of them the last ones are read when somebody gets there, and news leaves the place as it is', async () => {
    const { chat } = screen.server;
    const begin = Date.now() - 300 * MINUTE;
    for (let i = 0; i < 180; i += 1) {
      chat.now = () => begin + i * MINUTE;
      chat.start(`c-${i}`, `Question ${i}`, { source: 'api', visitor: '' });
      chat.goesElsewhere(`c-${i}`);
    }
    chat.now = () => Date.now();
    await go(LIST);
    await chatRow('c-0').waitFor();
    expect(await at('elsewhere-row').count()).toBeLessThan(40);
    await at('elsewhere-list').focus();
    await settle(async () => {
      await screen.page.keyboard.press('End');
      return chatRow('c-179').count();
    }, 1);
    const top = await at('elsewhere-list').evaluate((list) => list.scrollTop);
    chat.start('later', 'One more', { source: 'api', visitor: '' });
    chat.goesElsewhere('later');
    await settle(async () => (await at('tab-conversations').textContent())?.trim(), 'Conversations 181');
    await settle(() => screen.page.locator('.elsewhere-heading .num').textContent(), '181');
    expect(await at('elsewhere-list').evaluate((list) => list.scrollTop)).toBe(top);
    await chatRow('c-179').waitFor();
  });

  test('[VP33] one opens over the list with what is known and the way to its words; Esc leads back to the row', async () => {
    seed();
    const { page } = screen;
    await go(LIST);
    await chatRow('amina').waitFor();
    await at('tab-conversations').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await settle(() => at('elsewhere-list').getAttribute('aria-activedescendant'), 'chat-amina');
    await page.keyboard.press('Enter');
    await settle(async () => path(), '/visitors?list=conversations&conversation=amina');
    const panel = at('elsewhere-panel');
    await panel.getByText('Dakar').waitFor();
    for (const word of ['Amina Diallo', 'Unassigned', 'WhatsApp', 'Firefox 140', 'Trekking poles'])
      await panel.getByText(word).first().waitFor();
    await page.keyboard.press('Escape');
    await settle(async () => path(), LIST);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('visit-list');
    await settle(() => at('elsewhere-list').getAttribute('aria-activedescendant'), 'chat-amina');
    await chatRow('noor').click();
    await at('elsewhere-panel').getByText('Noor Haddad').waitFor();
    await at('open-conversation').click();
    await settle(async () => path(), '/inbox/noor');
    await page.goBack();
    await at('elsewhere-panel').getByText('Noor Haddad').waitFor();
    await at('panel-back').click();
    await settle(async () => path(), LIST);
  });

  test('[VP33] a link shows the same; one to nothing says so; arrow keys go from tab to tab', async () => {
    seed();
    await go(`${LIST}&conversation=ewa`);
    await at('elsewhere-panel').getByText('Ewa Nowak').waitFor();
    await go(`${LIST}&conversation=nobody`);
    await at('elsewhere-missing').waitFor();
    await at('panel-back').click();
    await at('tab-conversations').focus();
    await screen.page.keyboard.press('ArrowRight');
    await settle(async () => path(), '/visitors?list=filtered');
    await screen.page.keyboard.press('ArrowRight');
    await settle(async () => path(), '/visitors');
    await screen.page.keyboard.press('ArrowLeft');
    await screen.page.keyboard.press('ArrowLeft');
    await settle(async () => path(), LIST);
  });

  test('[VP33] none, on their way, and not to be had: each says what it is', async () => {
    const { page, server } = screen;
    let ways = 'waits';
    const held: (() => void)[] = [];
    await page.route(/\/conversations\?.*visit=none/, async (route) => {
      if (ways === 'waits') await new Promise<void>((resolve) => held.push(resolve));
      return ways === 'fails' ? route.abort() : route.continue();
    });
    await go(LIST);
    await settle(() => at('elsewhere-list').getAttribute('aria-busy'), 'true');
    expect(await page.locator('.elsewhere-ghost').count()).toBeGreaterThan(0);
    ways = 'fails';
    for (const end of held) end();
    await at('elsewhere-failed').waitFor();
    ways = 'goes';
    await at('elsewhere-failed').getByRole('button').click();
    await at('elsewhere-empty').waitFor();
    await at('elsewhere-failed').waitFor({ state: 'detached' });
    server.chat.start('first', 'Hello', { source: 'api', visitor: '' });
    server.chat.goesElsewhere('first');
    await chatRow('first').waitFor();
    await at('elsewhere-empty').waitFor({ state: 'detached' });
  });

  test('[VP33] a visitor who is chosen meanwhile lies over it, and the way back is a step at a time', async () => {
    seed();
    await go(`${LIST}&conversation=ewa&visitor=v-here`);
    await at('visit-panel').waitFor();
    await at('panel-back').click();
    await at('elsewhere-panel').waitFor();
  });

  test('[VP31] the site that is chosen narrows them down', async () => {
    seed();
    await go(`${LIST}&site=site-2`);
    await settle(shown, { waiting: ['ewa'] });
    await settle(async () => (await at('tab-conversations').textContent())?.trim(), 'Conversations 3');
  });

  test('[VP31][VP33] on a phone they open in the sheet, in German too', async () => {
    await screen.reopen({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'de-DE' });
    seed();
    await go('/visitors');
    await at('tab-conversations').tap();
    await chatRow('amina').tap();
    await at('elsewhere-panel').getByText('Dakar').waitFor();
    await at('elsewhere-panel').getByText('Gespräch öffnen').waitFor();
    expect(await screen.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  });

  test('[DA17][VP31] list and details: no axe finding, in both themes, wide and narrow', async () => {
    seed();
    await go(LIST);
    await chatRow('amina').waitFor();
    await expectNoFinding(screen.page, looksAt([1_440, 900], [1_024, 768], [390, 844]));
    await go(`${LIST}&conversation=amina`);
    await at('elsewhere-panel').getByText('Dakar').waitFor();
    await expectNoFinding(screen.page, looksAt([1_440, 900], [390, 844]));
  });

  test('[VP21] two parts that wait for one style say both that it did not come, and come both', async () => {
    seed();
    const { page } = screen;
    const style = /\/assets\/visit-panel-[\w-]+\.css$/;
    let isGone = true;
    await page.route(style, (route) => (isGone ? route.abort() : route.continue()));
    await go(`${LIST}&conversation=ewa`);
    await at('not-loaded').waitFor();
    await at('panel-back').click();
    await at('tab-visitors').click();
    await screen.rows().first().click();
    await at('not-loaded').waitFor();
    isGone = false;
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await at('panel-visitor-id').waitFor();
  });
});
