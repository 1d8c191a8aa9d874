import type { ConsoleChatUp, ConversationProfile } from '@foyer/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { seedInbox } from './fake-inbox.ts';
import { expectNoFinding, type Look, looksAt } from './no-finding.ts';
import { useScreen } from './screen.ts';

const screen = useScreen();
const { go, at, settle } = screen;
const keys = (...pressed: string[]) => pressed.reduce((done, key) => done.then(() => screen.page.keyboard.press(key)), Promise.resolve());
const type = (text: string) => screen.page.keyboard.type(text);
const inField = () => at('composer-input').inputValue();
const focused = () => screen.page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? null);
/** What went up, of one kind. */
const said = <T extends ConsoleChatUp['t']>(kind: T) =>
  screen.server.chat.heard.filter((frame): frame is Extract<ConsoleChatUp, { t: T }> => frame.t === kind);
const open = async (id: string): Promise<void> => {
  await go(`/inbox/${id}`);
  await at('message').first().waitFor();
};
const DESKTOP = [looksAt([1_440, 900])[0]!, looksAt([1_440, 900])[1]!] as const;
const PHONE: readonly Look[] = looksAt([390, 844]);

beforeEach(() => {
  const { server } = screen;
  seedInbox(server);
  server.chatSettings.canned = [
    { id: 'r1', shortcut: 'gift-wrap', text: 'Of course, {visitor.first_name}! Add it to order {data.order}?', shared: true, mine: false },
    { id: 'r2', shortcut: 'gift-card', text: 'Your balance is {data.balance}.', shared: true, mine: false },
    { id: 'r3', shortcut: 'hello', text: 'Hello {visitor.city|there}', shared: false, mine: true },
  ];
  server.chat.profiles.set('freja', { data: { order: 20431 } });
});

describe('writing', () => {
  test('[CO12] Enter sends, Shift+Enter makes a line, and it can be turned round; then ⌘Enter sends', async () => {
    await open('freja');
    await at('composer-input').click();
    await type('One');
    await keys('Shift+Enter');
    await type('two');
    await keys('Enter');
    await settle(() => Promise.resolve(said('chat.say').map((frame) => frame.body)), [{ kind: 'text', text: 'One\ntwo' }]);
    expect(await inField()).toBe('');
    await at('enter-choice').click();
    await at('composer-input').click();
    await type('Three');
    await keys('Enter');
    await type('four');
    await keys('Control+Enter');
    await settle(() => Promise.resolve(said('chat.say').at(-1)?.body), { kind: 'text', text: 'Three\nfour' });
    await screen.page.reload();
    await settle(() => at('enter-choice').getAttribute('data-sends'), 'false');
  });

  test('[CO1] a draft stays with its conversation and its mode, over a reload', async () => {
    await open('freja');
    await at('composer-input').click();
    await type('half a sent');
    await at('mode-note').click();
    await type('for us');
    await go('/inbox/elif');
    await at('state-bar').waitFor();
    await go('/inbox/freja');
    await settle(inField, 'for us');
    await at('mode-reply').click();
    await settle(inField, 'half a sent');
    expect(said('chat.say')).toEqual([]);
  });

  test('[CO2] ↑ takes the last own message into the field, Enter saves it, Esc leaves it, and the draft comes back', async () => {
    await open('freja');
    await at('composer-input').click();
    await keys('ArrowUp');
    await at('editing').waitFor();
    expect(await inField()).toContain('tracking link');
    await keys('Enter');
    expect(said('chat.edit')).toEqual([]);
    await keys('Escape');
    await type('draft');
    await at('message').last().hover();
    await at('edit-message').last().click();
    await at('editing').waitFor();
    await settle(focused, 'composer-input');
    await keys('Control+A');
    await type('It left on Monday.');
    await keys('Enter');
    await settle(() => Promise.resolve(said('chat.edit').map((frame) => frame.text)), ['It left on Monday.']);
    await screen.page.getByText('It left on Monday.').first().waitFor();
    expect(await inField()).toBe('draft');
  });

  test('[CO3] what was just sent is taken back from its countdown, and stands in the field again', async () => {
    await open('freja');
    await at('composer-input').click();
    await type('Sent too early');
    await keys('Enter');
    await at('undo-send').click();
    await settle(() => Promise.resolve(said('chat.remove').map((frame) => frame.how)), ['undo']);
    await settle(inField, 'Sent too early');
    await settle(focused, 'composer-input');
    await settle(() => screen.page.locator('[data-testid=message]', { hasText: 'Sent too early' }).count(), 0);
    // Read meanwhile: the offer says that it goes from their screen, too.
    await keys('Enter');
    await settle(() => at('undo-send').count(), 1);
    const { seq } = screen.server.chat.state('freja');
    screen.server.chat.does('freja', { c: 'mark', by: { kind: 'visitor' }, delivered: seq, read: seq });
    await settle(async () => /^Take back/.test((await at('undo-send').textContent()) ?? ''), true);
    await at('undo-send').click();
    await settle(inField, 'Sent too early');
    // Older ones have no countdown; they are deleted at the second press.
    expect(await at('undo-send').count()).toBe(0);
    await at('message').last().hover();
    await at('delete-message').last().click();
    await at('delete-message').last().click();
    await settle(() => Promise.resolve(said('chat.remove').at(-1)?.how), 'delete');
  });

  test('[CO13] a note goes out as a note, and calls who is named in it', async () => {
    await open('freja');
    await at('mode-note').click();
    await settle(focused, 'composer-input');
    await type('@an');
    await keys('Enter');
    await settle(inField, '@Anna ');
    await type('is it back?');
    expect(await at('send').getAttribute('aria-label')).toBe('Add note');
    await keys('Enter');
    await settle(
      () => Promise.resolve(said('chat.note').map(({ text, mentions }) => ({ text, mentions }))),
      [{ text: '@Anna is it back?', mentions: ['u3'] }],
    );
    expect(said('chat.say')).toEqual([]);
    // Nobody is told that a note is being written.
    expect(said('chat.typing').filter((frame) => frame.on)).toEqual([]);
  });

  test('[CO14] typing and its preview stand over the field, and so does a colleague who writes', async () => {
    await open('freja');
    screen.server.chat.say({ t: 'chat.typing', conversation: 'freja', on: true, text: 'Could you also' });
    screen.server.chat.say({ t: 'chat.lookers', conversation: 'freja', agents: [{ id: 'u3', typing: true }] });
    await settle(() => at('typing-preview').textContent(), 'Could you also');
    await settle(() => at('colleague-typing').textContent(), 'Anna is writing');
    await at('composer-input').click();
    await type('x');
    await settle(() => Promise.resolve(said('chat.typing').at(-1)?.on), true);
    await keys('Backspace');
    await settle(() => Promise.resolve(said('chat.typing').at(-1)?.on), false);
  });
});

describe('what is put in', () => {
  test('[CO4] a canned reply is filled in; ⌘Enter sends it at once', async () => {
    await open('freja');
    await at('composer-input').click();
    await type('/gift');
    await settle(() => at('canned-option').count(), 2);
    expect(await at('composer-input').getAttribute('aria-activedescendant')).not.toBeNull();
    await keys('ArrowDown');
    await settle(() => at('canned-preview').textContent(), 'Of course, Freja! Add it to order 20431?');
    await keys('Enter');
    await settle(inField, 'Of course, Freja! Add it to order 20431?');
    expect(said('chat.say')).toEqual([]);
    await keys('Control+A', 'Backspace');
    await type('/hello');
    await keys('Control+Enter');
    await settle(() => Promise.resolve(said('chat.say').map((frame) => frame.body)), [{ kind: 'text', text: 'Hello there' }]);
    expect(await inField()).toBe('');
  });

  test('[CO4] a value that nobody knows is selected and holds the message back', async () => {
    await open('freja');
    await at('composer-input').click();
    await type('/gift-card');
    await keys('Enter');
    await at('composer-notice').waitFor();
    await keys('Control+Enter');
    expect(said('chat.say')).toEqual([]);
    await type('12 €');
    await settle(inField, 'Your balance is 12 €.');
    await keys('Control+Enter');
    await settle(() => Promise.resolve(said('chat.say').map((frame) => frame.body)), [{ kind: 'text', text: 'Your balance is 12 €.' }]);
  });

  test('[CO21] a megabyte that is pasted freezes nothing, says why it is not there, and can go as a file', async () => {
    await open('freja');
    await at('composer-input').click();
    await type('See this: ');
    const paste = (chars: number): Promise<number> =>
      screen.page.evaluate(async (n) => {
        const data = new DataTransfer();
        data.setData('text/plain', 'word '.repeat(n / 5));
        const from = performance.now();
        const taken = !document.activeElement?.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
        );
        // What it costs is the drawing after it.
        await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
        return taken ? performance.now() - from : -1;
      }, chars);
    const tookMs = await paste(1_000_000);
    expect(tookMs).toBeGreaterThan(0);
    expect(tookMs).toBeLessThan(500);
    await settle(async () => (await at('composer-notice').textContent())?.includes('1,000,000 characters were not pasted'), true);
    expect(await inField()).toBe('See this: ');
    // What is a little too long is left to the field, to be cut there.
    expect(await paste(5_000)).toBe(-1);
    await at('paste-as-file').click();
    await settle(() => at('pending-file').count(), 1);
    expect(await at('pending-file').textContent()).toMatch(/Pasted .*\.txt/);
    expect(await at('composer-notice').count()).toBe(0);
    await settle(focused, 'composer-input');
  });

  test('[CO6] files are picked, dropped and refused; the message leaves with them once they are there', async () => {
    await open('freja');
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await screen.page.route('**/api/v1/files?name=slow.pdf', async (route) => {
      await held;
      await route.continue();
    });
    await at('file-input').setInputFiles([
      { name: 'slow.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(2_000) },
      { name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<script>') },
    ]);
    await settle(
      () => at('pending-file').evaluateAll((files) => files.map((file) => (file as HTMLElement).dataset['state'])),
      ['uploading', 'problem'],
    );
    await at('composer-input').click();
    await type('The care guide');
    await keys('Enter');
    expect(said('chat.say')).toEqual([]);
    await screen.page.getByRole('button', { name: 'Remove page.html' }).click();
    await at('composer-input').click();
    await keys('Enter');
    await at('composer-notice').waitFor();
    release();
    await settle(() => Promise.resolve(said('chat.say').map((frame) => frame.body.kind)), ['attachment']);
    expect(said('chat.say')[0]!.body).toMatchObject({ text: 'The care guide', files: [expect.stringMatching(/^f-/)] });
    await settle(() => at('pending-file').count(), 0);
    // Dropped anywhere on the page.
    await screen.page.evaluate(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['x'], 'dropped.txt', { type: 'text/plain' }));
      for (const kind of ['dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
    });
    await settle(() => at('pending-file').getAttribute('data-state'), 'done');
  });

  test('[CO7] a form is built beside its picture and sent', async () => {
    await open('freja');
    await at('composer-input').click();
    await type('Your order, please');
    await at('builder-button').click();
    await at('builder-form').click();
    expect(await at('builder-text').inputValue()).toBe('Your order, please');
    await at('builder-send').click();
    await screen.page.getByText('Every one needs a name.').waitFor();
    await screen.page.getByLabel('Field 1', { exact: true }).fill('Order number');
    await at('builder-add').click();
    await settle(() => screen.page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Field 2');
    await type('Size');
    await screen.page.getByLabel('Kind, Size').selectOption('choice');
    await screen.page.getByLabel('Choices, one on each line').fill('S\nM');
    expect(await at('builder-preview').textContent()).toContain('Order number');
    await at('builder-send').click();
    await settle(
      () => Promise.resolve(said('chat.say').map((frame) => frame.body)),
      [
        {
          kind: 'form',
          text: 'Your order, please',
          fields: [
            { id: 'order-number', label: 'Order number', type: 'text', required: true, choices: [] },
            { id: 'size', label: 'Size', type: 'choice', required: false, choices: ['S', 'M'] },
          ],
        },
      ],
    );
    await at('builder').waitFor({ state: 'detached' });
    expect(await inField()).toBe('');
  });

  test('[CO8] an emoji is searched, picked by keyboard, and stands at the caret', async () => {
    await open('freja');
    await at('composer-input').click();
    await type('ab');
    await keys('ArrowLeft');
    await at('emoji-button').click();
    await at('emoji-picker').waitFor();
    await type('parcel');
    await keys('Enter');
    await settle(inField, 'a📦b');
    await settle(focused, 'composer-input');
  });
});

describe('who answers', () => {
  test('[CO11] an AI agent’s conversation is taken over by T, and the caret is in the field with the draft', async () => {
    await open('camille');
    expect(await at('state-bar').textContent()).toContain('is answering');
    expect(await at('composer-input').count()).toBe(0);
    await at('write-note-here').click();
    await type('watch this one');
    await at('mode-reply').click();
    await at('take-over').waitFor();
    await screen.page.locator('.transcript').click();
    await keys('t');
    await settle(focused, 'composer-input');
    expect(said('chat.take_over')).toHaveLength(1);
    await type('Marta here');
    await keys('Enter');
    await settle(() => Promise.resolve(said('chat.say').map((frame) => frame.conversation)), ['camille']);
  });

  test('[CO11] one that nobody answers is accepted, beyond one’s own number only knowingly', async () => {
    screen.server.chat.load = 5;
    await open('elif');
    await settle(async () => /has waited/.test((await at('state-bar').textContent()) ?? ''), true);
    await at('accept').click();
    await settle(async () => /as many conversations/.test((await at('state-bar').textContent()) ?? ''), true);
    await at('accept').click();
    await settle(focused, 'composer-input');
    expect(said('chat.accept').map((frame) => frame.anyway)).toEqual([undefined, true]);
  });

  test('[CO11] a resolved one is reopened; a colleague’s is taken over', async () => {
    await open('rolf');
    await at('bar-reopen').click();
    await settle(focused, 'composer-input');
    await open('noor');
    expect(await at('state-bar').textContent()).toContain('Anna answers here.');
    await at('take-over').click();
    await settle(focused, 'composer-input');
  });
});

describe('whom to', () => {
  const profile: Partial<ConversationProfile> = {
    country: 'SE',
    region: 'Skåne',
    city: 'Malmö',
    timeZone: 'Europe/Stockholm',
    lang: 'sv-SE',
    browser: 'Firefox',
    browserVersion: '142',
    os: 'macOS',
    osVersion: '15',
    ip: '203.0.113.0',
    referrer: 'javascript:alert(1)',
    visits: 9,
    data: { Club: '<b>Gold</b>' },
  };

  test('[CO15] the profile has person, proof, place, data, pages, tags and notes, and follows the visit', async () => {
    screen.server.chat.profiles.set('freja', profile);
    await open('freja');
    await settle(() => at('profile-name').textContent(), 'Freja Lindqvist');
    expect(await at('identity').getAttribute('data-verified')).toBe('true');
    expect(await at('profile-place').textContent()).toContain('Malmö, Skåne, Sweden');
    expect(await at('custom-data').textContent()).toContain('<b>Gold</b>');
    expect(await screen.page.locator('.profile a[href^="javascript"]').count()).toBe(0);
    await settle(() => at('profile-last-seen').textContent(), 'Now, on visit 9');
    const visit = screen.server.visits().find((row) => row.visitor === 'v-freja')!;
    screen.server.change(visit.id, { title: 'Checkout', url: 'https://shop.example.com/checkout' });
    await settle(async () => (await at('profile-pages').textContent())?.startsWith('Checkout'), true);
    await at('add-tag').click();
    await type('size change');
    await keys('Enter');
    await settle(() => Promise.resolve(said('chat.tags').map((frame) => frame.tags)), [['size change']]);
    await keys('Escape');
    await at('write-profile-note').click();
    await type('Prefers the pick-up point');
    await keys('Control+Enter');
    await settle(() => at('profile-note').count(), 1);
    expect(screen.server.kept.notes.get('v-freja')?.[0]?.text).toBe('Prefers the pick-up point');
  });

  test('[CO16] place, browser and IP are under the head’s button; Esc closes them', async () => {
    screen.server.chat.profiles.set('freja', profile);
    await open('freja');
    await at('info-button').click();
    await settle(async () => (await at('info-popover').textContent())?.includes('203.0.113.0'), true);
    await keys('Escape');
    await at('info-popover').waitFor({ state: 'detached' });
    expect(await focused()).toBe('info-button');
  });

  test('[CO20] composer, menus, bars, builder and profile have no finding', async () => {
    screen.server.chat.profiles.set('freja', profile);
    await open('freja');
    await at('profile-place').waitFor();
    await at('file-input').setInputFiles([{ name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('x') }]);
    await at('composer-input').click();
    await type('Hi {data.day} /gift');
    await at('canned-menu').waitFor();
    await expectNoFinding(screen.page, DESKTOP);
    await keys('Escape');
    await at('emoji-button').click();
    await at('emoji-picker').waitFor();
    await expectNoFinding(screen.page, [DESKTOP[0]]);
    await keys('Escape');
    await at('builder-button').click();
    await at('builder').waitFor();
    await at('builder-form').click();
    await expectNoFinding(screen.page, [DESKTOP[1], PHONE[0]!]);
  });

  test('[CO20] on a phone neither, in a note and while somebody else answers', async () => {
    await screen.reopen({ viewport: { width: 390, height: 844 }, hasTouch: true });
    await open('camille');
    await expectNoFinding(screen.page, PHONE);
    await at('write-note-here').click();
    await type('@');
    await at('mention-menu').waitFor();
    await expectNoFinding(screen.page, [PHONE[1]!]);
  });
});
