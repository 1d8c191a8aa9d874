import { describe, expect, test } from 'vitest';
import { seedInbox } from './fake-inbox.ts';
import { expectNoFinding, looksAt } from './no-finding.ts';
import { useScreen } from './screen.ts';

const screen = useScreen();
const { go, at, settle } = screen;
const agent = (id: string) => ({ kind: 'agent', id }) as const;
const row = (id: string) => screen.page.locator(`[data-testid=conversation-row][data-conversation="${id}"]`);
const order = (): Promise<(string | null)[]> =>
  at('conversation-row').evaluateAll((rows) =>
    rows
      .toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
      .map((one) => one.getAttribute('data-conversation')),
  );
const message = (text: string) => at('message').filter({ hasText: text });
const path = (): string => new URL(screen.page.url()).pathname;

describe('the list', () => {
  test('[IB8][IB9][IB10] is in order, moves with what happens, and says what needs doing', async () => {
    seedInbox(screen.server);
    const { chat } = screen.server;
    await go('/inbox');
    await row('amina').waitFor();
    expect(await order()).toEqual(['amina', 'elif', 'ewa', 'nobody', 'freja', 'noor', 'camille', 'rolf']);
    expect(await row('elif').textContent()).toMatch(
      /Elif Aydın.*Was I charged\? <b>not bold<\/b>Unassignedwaiting 1:4\d.*2 unread messages/,
    );
    expect(await row('elif').locator('img.flag').getAttribute('src')).toMatch(/\/tr\.svg$/);
    await settle(() => row('elif').locator('.avatar .dot').getAttribute('data-status'), 'active');
    // Past the answer goal of three minutes.
    await settle(() => row('amina').locator('.badge.is-late').count(), 1);
    expect(await row('elif').locator('.badge.is-late').count()).toBe(0);
    expect(await row('nobody').locator('b').first().textContent()).toMatch(/^Visitor \d+$/);

    chat.visitor('noor', 'Are you there?');
    chat.does('ewa', { c: 'accept', by: agent('u3') });
    chat.does('camille', { c: 'resolve', by: agent('u3') });
    chat.start('new', 'I just arrived');
    await settle(order, ['amina', 'elif', 'nobody', 'new', 'noor', 'ewa', 'freja', 'camille', 'rolf']);
    expect(await row('noor').textContent()).toContain('Are you there?');
    chat.say({ t: 'chat.typing', conversation: 'freja', on: true, text: '' });
    await settle(async () => (await row('freja').textContent())?.includes('Freja is typing'), true);
  });

  test('[IB8][IB12][IB23] tabs and filters are in the address, the badge counts, and nothing says what it means', async () => {
    seedInbox(screen.server);
    await go('/inbox');
    await settle(() => at('unread-badge').first().getAttribute('data-value'), '4');
    await at('inbox-tab-mine').click();
    await settle(order, ['freja']);
    expect(new URL(screen.page.url()).search).toBe('?tab=mine');
    await at('inbox-tab-open').click();
    await at('inbox-filter-source').click();
    await screen.page.getByRole('menuitem', { name: 'WhatsApp' }).click();
    await settle(order, ['amina']);
    await at('inbox-filter-assignee').click();
    await screen.page.getByRole('menuitem', { name: 'Me' }).click();
    await at('empty-list').waitFor();
    await at('empty-list').getByRole('button').click();
    await settle(async () => (await order()).length, 8);
    // Where those who wait are not in the list, one press leads to them.
    await at('inbox-tab-resolved').click();
    await settle(() => at('answer-next').textContent(), 'Show who is waiting');
    await at('answer-next').click();
    await settle(order, ['amina', 'elif', 'ewa', 'nobody']);
  });

  test('[IB9] thousands of conversations cost what a screenful does', async () => {
    const { chat } = screen.server;
    for (let i = 0; i < 3_000; i += 1) chat.start(`c${String(i).padStart(5, '0')}`, `Question ${i}`);
    await go('/inbox');
    await row('c00000').waitFor();
    expect(await at('conversation-row').count()).toBeLessThan(30);
    for (const pages of [1, 2, 3]) {
      await at('conversation-list').evaluate((list) => list.scrollTo(0, list.scrollHeight));
      await settle(() => at('conversation-list').evaluate((list, least) => list.scrollHeight > least, pages * 50 * 76), true);
    }
    expect(await at('conversation-row').count()).toBeLessThan(40);
  });

  test('[IB11][IB16] a hit in an old message opens the conversation there', async () => {
    const { chat } = screen.server;
    chat.start('long', 'The first word was zebra');
    for (let i = 2; i <= 400; i += 1) chat.visitor('long', `Message number ${i}`);
    chat.start('other', 'Hello', { contact: { name: 'Lea Long', email: 'lea@example.com', verified: false } });
    await go('/inbox');
    await row('long').waitFor();
    await screen.page.keyboard.press('/');
    await screen.page.keyboard.type('zebra');
    const hit = at('found-message');
    await hit.waitFor();
    await settle(() => hit.locator('mark').textContent(), 'zebra');
    expect(await hit.textContent()).toMatch(/Visitor 601.*Widget/);
    await hit.click();
    await message('zebra').waitFor();
    await settle(
      () => message('zebra').evaluate((one) => one.getBoundingClientRect().top > 100 && one.getBoundingClientRect().bottom < 800),
      true,
    );
    await at('to-newest').click();
    await message('number 400').waitFor();
    await at('inbox-search').fill('lea long');
    await settle(order, ['other']);
  });
});

describe('a conversation', () => {
  test('[IB13][IB14][IB15] shows everything that was said and done, and executes nothing', async () => {
    seedInbox(screen.server);
    await go('/inbox/freja');
    await message('I will send the tracking link').waitFor();
    expect(await screen.page.locator('.choice.is-chosen').textContent()).toBe('Change the size');
    expect(await at('event').evaluateAll((all) => all.map((one) => one.getAttribute('data-event')))).toEqual([
      'handed_to_ai',
      'choice',
      'asked_for_person',
      'accepted',
    ]);
    expect(await screen.page.locator('.submitted-form dd').allTextContents()).toEqual(
      expect.arrayContaining(['20431', 'S', 'Sleeves too long']),
    );
    const image = screen.page.locator('.attachment-image img');
    expect(await image.getAttribute('src')).toBe('/files/f-photo?c=freja&preview=1');
    expect(await image.getAttribute('height')).toBe('188');
    expect(await screen.page.locator('a.attachment-file').getAttribute('download')).toBe('order-20431.pdf');
    expect(await screen.page.locator('.words a').getAttribute('rel')).toBe('noopener noreferrer');
    expect(await at('delivery').evaluateAll((all) => all.map((one) => one.getAttribute('data-state')))).toEqual(['read', 'sent']);
    await row('elif').locator('a').click();
    expect(await message('not bold').locator('.bubble').textContent()).toBe('Was I charged? <b>not bold</b>');
  });

  test('[IB4][IB18][IB21] is accepted, answered, resolved and taken back by keys; who was faster is named', async () => {
    seedInbox(screen.server);
    const { chat } = screen.server;
    await go('/inbox');
    await row('amina').waitFor();
    await screen.page.keyboard.press('j');
    await settle(() => Promise.resolve(path()), '/inbox/amina');
    await screen.page.keyboard.press('j');
    await message('my bank shows the payment').waitFor();
    await screen.page.keyboard.press('a');
    await settle(() => at('conversation-head').getByTestId('conversation-badge').getAttribute('data-status'), 'assigned');
    expect(chat.state('elif').phase).toMatchObject({ status: 'assigned', agent: 'u1' });
    // Who takes it is about to answer: what is typed now is words, until Esc leaves the field.
    await screen.page.keyboard.type('Let me see');
    await settle(() => at('composer-input').inputValue(), 'Let me see');
    await screen.page.keyboard.press('Escape');
    await screen.page.keyboard.press('e');
    await settle(() => Promise.resolve(chat.state('elif').phase.status), 'resolved');
    await at('toast').getByRole('button', { name: 'Undo' }).click();
    await settle(() => Promise.resolve(chat.state('elif').phase.status), 'assigned');

    await row('ewa').locator('a').click();
    await message('Could you send').waitFor();
    chat.swallow = (frame) => frame.t === 'chat.change';
    chat.does('ewa', { c: 'accept', by: agent('u3') });
    chat.swallow = () => false;
    await screen.page.keyboard.press('a');
    // The field goes while one writes: what is typed on is no command.
    await screen.page.keyboard.type('the rest of it', { delay: 50 });
    await settle(async () => /faster/.test((await at('toast').textContent()) ?? ''), true);
    expect(chat.state('ewa').phase).toMatchObject({ status: 'assigned', agent: 'u3' });
  });

  test('[IB18] is given on to a colleague or a team, with room or knowingly', async () => {
    seedInbox(screen.server);
    const { chat } = screen.server;
    await go('/inbox/freja');
    await message('I will send the tracking link').waitFor();
    await screen.page.keyboard.press('a');
    await at('assign-find').fill('supp');
    await screen.page.keyboard.press('Enter');
    await settle(() => Promise.resolve(chat.state('freja').team), 't1');
    // Whose it is now is seen in head and row, and nothing lies over the words.
    await settle(() => at('team').textContent(), 'Support');
    expect(await row('freja').textContent()).toContain('Support');
    expect(await at('toast').count()).toBe(0);
    chat.load = 5;
    await screen.page.keyboard.press('a');
    await settle(async () => /as many conversations/.test((await at('toast').textContent()) ?? ''), true);
    await at('toast').getByRole('button', { name: 'Do it anyway' }).click();
    await settle(() => Promise.resolve(chat.state('freja').phase), expect.objectContaining({ status: 'assigned', agent: 'u1' }));
  });

  test('[IB16][IB17] is read at its end only; above it one stays, is told, and gets back', async () => {
    const { chat } = screen.server;
    chat.start('long', 'one');
    for (let i = 2; i <= 300; i += 1) chat.visitor('long', `Message number ${i}`);
    chat.does('long', { c: 'accept', by: agent('u1') });
    await go('/inbox/long');
    await message('number 300').waitFor();
    await settle(() => Promise.resolve(chat.state('long').teamMarks.read), 301);
    await at('transcript').evaluate((one) => one.scrollTo(0, one.scrollHeight / 2));
    await at('to-newest').waitFor();
    const where = () =>
      at('message').evaluateAll((all) => {
        const first = all.find((one) => one.getBoundingClientRect().top > 200);
        return `${first?.getAttribute('data-seq')} ${Math.round(first?.getBoundingClientRect().top ?? 0)}`;
      });
    await settle(async () => (await where()) === (await where()), true);
    const before = await where();
    chat.visitor('long', 'Still there?');
    await settle(() => at('to-newest').getAttribute('data-new'), '1');
    expect(await where()).toBe(before);
    expect(chat.state('long').teamMarks.read).toBe(301);
    await at('to-newest').click();
    await message('Still there?').waitFor();
    await settle(() => Promise.resolve(chat.state('long').teamMarks.read), 302);
    chat.visitor('long', 'And at the end it follows');
    await settle(() => message('And at the end').evaluate((one) => one.getBoundingClientRect().bottom < 900), true);
    expect(await at('message').count()).toBeLessThan(130);
  });

  test('[IB16] ten thousand messages are read back to the first without a jump', async () => {
    const { chat } = screen.server;
    chat.start('long', 'The very first');
    for (let i = 2; i <= 10_000; i += 1)
      chat.visitor('long', i % 7 === 0 ? `Message ${i}. ${'More words to it. '.repeat(i % 11)}` : `Message ${i}`);
    await go('/inbox/long?at=1');
    await message('The very first').waitFor({ timeout: 20_000 });
    expect(await at('message').count()).toBeLessThan(200);
    await at('to-newest').click();
    await message('Message 10000').waitFor();
  });

  test('[IB2][IB3][IB23] what is written without a connection waits, and goes out when it is back', async () => {
    seedInbox(screen.server);
    const { server } = screen;
    await go('/inbox/freja');
    await message('I will send the tracking link').waitFor();
    await server.stop();
    await at('connection-banner').waitFor();
    await screen.page.keyboard.press('r');
    await screen.page.keyboard.type('Written on the train');
    await screen.page.keyboard.press('Enter');
    await at('outgoing').waitFor();
    expect(await at('outgoing').getByTestId('delivery').getAttribute('data-state')).toBe('sending');
    await server.start();
    await message('Written on the train').waitFor();
    expect(await at('outgoing').count()).toBe(0);
    expect(server.chat.messages('freja').filter(({ body }) => 'text' in body && body.text === 'Written on the train')).toHaveLength(1);
  });

  test('[IB19][IB20] colleagues are named; an address of nothing says so; ⌘K knows the conversation', async () => {
    seedInbox(screen.server);
    await go('/inbox/freja');
    await message('I will send the tracking link').waitFor();
    const say = (typing: boolean): void =>
      screen.server.chat.say({ t: 'chat.lookers', conversation: 'freja', agents: [{ id: 'u3', typing }] });
    say(false);
    await settle(() => at('lookers').getAttribute('title'), 'Anna is also looking');
    say(true);
    // Once, over the composer.
    await settle(() => at('colleague-typing').textContent(), 'Anna is writing');
    expect(await at('lookers').getAttribute('title')).toBe('Anna is also looking');
    await screen.page.keyboard.press('Control+k');
    await at('palette-input').fill('resolve');
    await screen.page.keyboard.press('Enter');
    await settle(() => Promise.resolve(screen.server.chat.state('freja').phase.status), 'resolved');
    await at('conversation-more').click();
    expect(await screen.page.getByRole('menuitem').allTextContents()).toEqual(
      expect.arrayContaining(['Export as text', 'Export as JSON', 'Copy link']),
    );
    await go('/inbox/nowhere');
    await at('conversation-missing').waitFor();
    await settle(() => screen.page.locator('.profile').count(), 0);
  });
});

describe('screens', () => {
  test('[IB22] a phone shows one pane at a time, with a way back', async () => {
    seedInbox(screen.server);
    await screen.reopen({ viewport: { width: 390, height: 844 } });
    await go('/inbox');
    await row('freja').locator('a').click();
    await message('I will send the tracking link').waitFor();
    expect(await at('conversation-list').isVisible()).toBe(false);
    expect(await screen.page.locator('.tabbar').isVisible()).toBe(false);
    await at('profile-toggle').click();
    await settle(() => at('transcript').isVisible(), false);
    await screen.page.keyboard.press('Escape');
    await settle(() => at('transcript').isVisible(), true);
    await at('inbox-back').click();
    await row('freja').waitFor();
    expect(await screen.page.locator('.tabbar').isVisible()).toBe(true);
  });

  test.each([
    [
      '/inbox/freja',
      'message',
      [
        [1_440, 900],
        [390, 844],
      ],
    ],
    ['/inbox/camille', 'message', [[1_024, 768]]],
    ['/inbox?q=size', 'found-message', [[1_440, 900]]],
    ['/inbox', 'conversation-row', [[390, 844]]],
  ] as const)('[IB24] axe finds nothing in %s', async (where, what, sizes) => {
    seedInbox(screen.server);
    await go(where);
    await at(what).first().waitFor();
    // Profile and what the head tells of the visit come a moment later.
    await screen.page.waitForLoadState('networkidle');
    await expectNoFinding(screen.page, looksAt(...sizes));
  });
});
