import { describe, expect, test } from 'vitest';
import { expectNoFinding, looksAt } from './no-finding.ts';
import { useScreen } from './screen.ts';

const screen = useScreen();
const { go, at, row, settle } = screen;
const focused = (): Promise<string | null> => screen.page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? null);
const path = (): string => new URL(screen.page.url()).pathname;
/** An own invitation: what is said of it reads by the look of its state. */
const state = (): Promise<string | null> => at('invitation').getAttribute('data-state');
const by = { kind: 'visitor' } as const;

describe('writing first', () => {
  test('[VP25][VP27] an invitation is written in the details, sent, seen and answered', async () => {
    const { server, page } = screen;
    const visit = server.arrive({ n: 4119, name: '', title: 'Ridge 2 tent', city: 'Vienna', lang: 'de-AT' });
    const other = server.arrive();
    await go(`/visitors?visitor=${visit.visitor}`);
    await at('invite').click();
    await settle(focused, 'invite-text');
    expect(await at('invite-card').textContent()).toContain('Now on Ridge 2 tent');
    expect(await at('invite-card').textContent()).toContain('Browser in German');
    expect(await at('send-invite').getAttribute('aria-disabled')).toBe('true');
    await settle(async () => server.chat.heard.some((up) => up.t === 'chat.inviting' && up.visitor === visit.visitor), true);
    await at('invite-text').fill('May I help with the tent?');
    await page.keyboard.press('Control+Enter');
    await at('invite-card').waitFor({ state: 'detached' });
    await settle(state, 'sent');
    expect(await at('invitation').textContent()).toMatch(/^You invited at .* · not seen yet$/);
    await settle(async () => server.chat.heard.at(-1), { t: 'chat.inviting', visitor: null });
    server.chat.does(`c-${visit.visitor}`, { c: 'see_invitation', by });
    await settle(state, 'seen');
    // The answer comes while somebody else is looked at.
    await at('panel-previous').click();
    await settle(() => at('panel-visitor-id').textContent(), other.visitor);
    server.chat.visitor(`c-${visit.visitor}`, 'Yes, please');
    await at('invitation-answered').waitFor();
    await at('toast').getByRole('link', { name: 'Open conversation' }).click();
    await settle(async () => path(), `/inbox/c-${visit.visitor}`);
  });

  test('[VP27] one that was dismissed says so, and another may be written', async () => {
    const { server } = screen;
    const visit = server.arrive();
    await go(`/visitors?visitor=${visit.visitor}`);
    await at('invite').click();
    await at('invite-text').fill('Hello');
    await at('send-invite').click();
    await settle(state, 'sent');
    server.chat.does(`c-${visit.visitor}`, { c: 'dismiss_invitation', by });
    await settle(state, 'dismissed');
    await at('toast').getByText('dismissed your invitation').waitFor();
    await at('invite').click();
    await at('invite-text').fill('Hello again');
    await at('send-invite').click();
    await settle(state, 'sent');
  });

  test('[VP24] Start chat goes on in the inbox', async () => {
    const { server } = screen;
    const visit = server.arrive();
    await go(`/visitors?visitor=${visit.visitor}`);
    await at('start-chat').click();
    await at('invite-text').fill('Hello');
    await at('send-invite').click();
    await settle(async () => path(), `/inbox/c-${visit.visitor}`);
    expect(server.chat.messages(`c-${visit.visitor}`).map(({ body }) => body)).toContainEqual({ kind: 'text', text: 'Hello' });
  });

  test('[VP26] a colleague’s invitation is said, and a second one asks first', async () => {
    const { server, page } = screen;
    const visit = server.arrive();
    server.chat.invite(visit.visitor, 'u3', { kind: 'text', text: 'Anna here' });
    await go(`/visitors?visitor=${visit.visitor}`);
    await settle(async () => (await at('invitation').textContent())?.startsWith('Anna Keller invited at'), true);
    await at('invite').click();
    await settle(async () => (await at('invite-pending').textContent())?.startsWith('Anna Keller invited this visitor'), true);
    await at('invite-text').fill('Marta here');
    await at('send-invite').click();
    await at('invite-question').getByText('Anna Keller’s invitation').waitFor();
    expect(server.chat.heard.some((up) => up.t === 'chat.invite')).toBe(false);
    await page.keyboard.press('Escape');
    await at('invite-question').waitFor({ state: 'detached' });
    expect(await at('invite-text').inputValue()).toBe('Marta here');
    await at('send-invite').click();
    await at('invite-anyway').click();
    await at('invite-card').waitFor({ state: 'detached' });
    await settle(async () => (await at('invitation').textContent())?.startsWith('You invited at'), true);
    expect(server.chat.state(`c-${visit.visitor}`).phase.status).toBe('resolved');
  });

  test('[VP26] a colleague who was faster by a moment is asked about as well', async () => {
    const { server } = screen;
    const visit = server.arrive();
    await go(`/visitors?visitor=${visit.visitor}`);
    await at('invite').click();
    await at('invite-text').fill('Marta here');
    // This console has not heard of it: only the server knows.
    server.chat.swallow = (frame) => frame.t === 'chat.change';
    server.chat.invite(visit.visitor, 'u3', { kind: 'text', text: 'Anna here' });
    await at('send-invite').click();
    await at('invite-question').waitFor();
    server.chat.swallow = () => false;
    await at('invite-anyway').click();
    await at('invite-card').waitFor({ state: 'detached' });
  });

  test('[VP25] who else looks or writes is said, live', async () => {
    const { server } = screen;
    const visit = server.arrive();
    await go(`/visitors?visitor=${visit.visitor}`);
    await at('invite').click();
    await at('invite-card').waitFor();
    expect(await at('invite-others').count()).toBe(0);
    server.colleague('u3', 'Anna Keller', [visit.visitor]);
    await settle(() => at('invite-others').textContent(), 'Anna Keller has this visitor open too.');
    server.colleague('u3', 'Anna Keller', [visit.visitor], [visit.visitor]);
    await settle(() => at('invite-others').textContent(), 'Anna Keller is writing to this visitor right now.');
    server.colleague('u3', 'Anna Keller', []);
    await at('invite-others').waitFor({ state: 'detached' });
  });

  test('[VP25] what was begun is kept while somebody else is looked at, and a refusal leaves it', async () => {
    const { server, page } = screen;
    const [first, second] = [server.arrive(), server.arrive()];
    await go(`/visitors?visitor=${first.visitor}`);
    await at('invite').click();
    await at('invite-text').fill('Do you need');
    await at('panel-previous').click();
    await settle(() => at('panel-visitor-id').textContent(), second.visitor);
    expect(await at('invite-card').count()).toBe(0);
    await at('panel-next').click();
    await at('invite').click();
    expect(await at('invite-text').inputValue()).toBe('Do you need');
    server.chat.start('already', 'I wrote first', { visitor: first.visitor });
    await at('open-conversation').waitFor();
    await at('send-invite').click();
    await settle(async () => (await at('invite-declined').textContent())?.includes('There is an open conversation already.'), true);
    expect(await at('invite-text').inputValue()).toBe('Do you need');
    await at('invite-text').fill('x'.repeat(8_200));
    await page.getByText('Too long for one message.').waitFor();
  });
});

describe('where it is offered', () => {
  test('[VP24] a row’s menu by right click, by the keyboard and by its button', async () => {
    const { server, page } = screen;
    server.fill(10);
    const visit = server.visits()[2]!;
    server.change(visit.id, { online: true, status: 'active' });
    await go('/visitors');
    await row(visit.id).click({ button: 'right' });
    await at('visit-menu').waitFor();
    expect(await at('visit-menu').getAttribute('data-visit')).toBe(visit.id);
    await settle(focused, 'menu-open');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('menu-start');
    await page.keyboard.press('Escape');
    await at('visit-menu').waitFor({ state: 'detached' });
    expect(await at('visit-panel').count()).toBe(0);
    await row(visit.id).hover();
    await row(visit.id).locator('.visit-more').click();
    await at('menu-invite').click();
    await settle(focused, 'invite-text');
    expect(await at('panel-visitor-id').textContent()).toBe(visit.visitor);
    await page.keyboard.press('Escape');
    await at('invite-card').waitFor({ state: 'detached' });
    await at('panel-back').click();
    await at('visit-list').focus();
    await page.keyboard.press('ContextMenu');
    await at('visit-menu').waitFor();
    await at('menu-note').click();
    await settle(focused, 'note-text');
  });

  test('[VP24] whoever chats has the conversation instead, and it opens', async () => {
    const { server, page } = screen;
    const visit = server.arrive();
    server.chat.start('chat-1', 'Where is my order?', { visitor: visit.visitor });
    server.change(visit.id, { status: 'unassigned', waitingSince: Date.now() - 5_000 });
    await go('/visitors');
    await row(visit.id).click({ button: 'right' });
    await at('menu-conversation').waitFor();
    expect(await at('menu-start').count()).toBe(0);
    await page.keyboard.press('Escape');
    await row(visit.id).click();
    await at('open-conversation').waitFor();
    expect(await at('invite').count()).toBe(0);
    expect(await at('open-conversation').getAttribute('href')).toBe('/inbox/chat-1');
    await at('open-conversation').click();
    await settle(async () => path(), '/inbox/chat-1');
  });

  test('[VP24] the tooltip has them too', async () => {
    const { server } = screen;
    const visit = server.arrive();
    await go('/visitors');
    await row(visit.id).hover();
    await at('tip-invite').click();
    await settle(focused, 'invite-text');
    expect(await at('invite-card').getAttribute('data-wish')).toBe('invite');
  });

  test('[VP30] earlier conversations are listed and lead into the inbox, also of who is gone', async () => {
    const { server } = screen;
    const visit = server.arrive();
    for (const id of ['one', 'two']) {
      server.chat.start(id, `About ${id}`, { visitor: visit.visitor });
      server.chat.does(id, { c: 'resolve', by: { kind: 'agent', id: 'u1' } });
    }
    await go(`/visitors?visitor=${visit.visitor}`);
    await settle(() => at('earlier-conversation').locator('.past-chat-text').allTextContents(), ['About two', 'About one']);
    server.leave(visit.id);
    server.kept.past.set(visit.visitor, []);
    await go('/visitors?visitor=v_gone');
    await at('not-listed').waitFor();
    server.chat.start('three', 'About three', { visitor: 'v_gone' });
    server.kept.past.set('v_gone', [
      {
        visit: 'p', site: 'site-1', startedAt: Date.now() - 90_000_000, lastActivityAt: Date.now() - 89_000_000, endedAt: Date.now() - 89_000_000, pages: 1, trail: [],
        country: 'AT', region: '', city: 'Vienna', browser: 'Chrome', os: 'Linux', device: 'desktop', referrer: '', campaign: '', filtered: '',
      }, // prettier-ignore
    ]);
    await screen.page.reload();
    await at('earlier-conversation').click();
    await settle(async () => path(), '/inbox/three');
  });

  test('[VP29] active chats are conversations, and how many are elsewhere stands beside', async () => {
    const { server } = screen;
    server.arrive();
    await go('/visitors');
    await at('map-card-chats').waitFor();
    for (const id of ['a', 'b', 'c']) server.chat.start(id, 'Hello');
    for (const id of ['a', 'b']) server.chat.goesElsewhere(id);
    await settle(() => at('map-card-chats').getAttribute('data-value'), '3');
    await settle(() => at('map-card-elsewhere').textContent(), '2 elsewhere');
    await at('map-info-chats').hover();
    await screen.page.getByRole('tooltip').filter({ hasText: '“elsewhere” are those of nobody on the list' }).waitFor();
  });
});

describe('blocks', () => {
  test('[VP12][VP28] a visitor is blocked for a time, from the details, and it is undone', async () => {
    const { server, page } = screen;
    const visit = server.arrive({ name: 'Elif Aydın' });
    await go(`/visitors?visitor=${visit.visitor}`);
    await at('panel-more').click();
    await page.getByRole('menuitem', { name: 'Block…' }).click();
    await at('block-dialog').waitFor();
    await page.keyboard.press('Escape');
    await at('block-dialog').waitFor({ state: 'detached' });
    await at('visit-panel').waitFor();
    await at('panel-more').click();
    await page.getByRole('menuitem', { name: 'Block…' }).click();
    await at('block-for-week').check({ force: true });
    await at('block-note').fill('Spam');
    await at('block-now').click();
    await settle(async () => server.kept.blocks.map(({ kind, what, note }) => [kind, what, note]), [['visitor', visit.visitor, 'Spam']]);
    expect(Math.round((server.kept.blocks[0]!.until! - Date.now()) / 86_400_000)).toBe(7);
    await at('blocked').waitFor();
    await at('toast').getByText('Elif Aydın is blocked: 1 week.').waitFor();
    await at('toast').getByRole('button', { name: 'Undo' }).click();
    await settle(async () => server.kept.blocks.length, 0);
    await at('blocked').waitFor({ state: 'detached' });
  });

  test('[VP24][VP28] an address, from a row', async () => {
    const { server } = screen;
    const visit = server.arrive();
    await go('/visitors');
    await row(visit.id).click({ button: 'right' });
    await at('menu-block').click();
    await at('block-address').check({ force: true });
    await at('block-for-open').check({ force: true });
    await at('block-now').click();
    await settle(async () => server.kept.blocks.map(({ kind, until }) => [kind, until]), [['address', null]]);
  });

  test('[VP28] settings list whom, until when, by whom and why; a range is added, taken back and brought back', async () => {
    const { server, page } = screen;
    const made = { createdAt: Date.now() - 3_600_000, createdBy: 'u3' };
    server.kept.blocks = [
      { id: 'b-1', kind: 'visitor', what: 'v_1', label: 'Visitor 4119', until: Date.now() + 90_000_000, note: 'Rude', ...made },
      { id: 'b-2', kind: 'address', what: '', label: '', until: null, note: '', ...made },
      { id: 'b-3', kind: 'visitor', what: 'v_2', label: '', until: Date.now() + 90_000_000, note: '', ...made },
    ];
    await go('/settings/blocks');
    await settle(() => at('block').count(), 3);
    for (const word of ['Visitor 4119', 'Anna Keller', 'Rude', '25 hours left', 'Until'])
      await settle(async () => (await at('block').first().textContent())?.includes(word), true);
    expect(await at('block').nth(1).textContent()).toContain('Until taken back');
    // One runs out by itself.
    server.kept.blocks = server.kept.blocks.map((block) => (block.id === 'b-3' ? { ...block, until: Date.now() + 1_000 } : block));
    server.say('blocks');
    await settle(() => at('block').count(), 2);
    await at('range').fill('not an address');
    await at('add-range').click();
    await page.getByRole('alert').waitFor();
    await at('range').fill('203.0.113.0/28');
    await at('range-time').selectOption('day');
    await at('add-range').click();
    await settle(() => at('block').first().locator('bdi').textContent(), '203.0.113.0/28');
    await at('block').first().getByTestId('take-back').click();
    await settle(() => at('block').count(), 2);
    await at('toast').getByRole('button', { name: 'Undo' }).click();
    await settle(() => at('block').first().locator('bdi').textContent(), '203.0.113.0/28');
    // Whom the others mean cannot be said again, so that takes two.
    await at('take-back').nth(1).click();
    expect(await at('block').count()).toBe(3);
    await at('take-back').nth(1).click();
    await settle(() => at('block').count(), 2);
  });

  test('[VP28] an Agent has the list of blocks', async () => {
    screen.server.me.role = 'agent';
    await go('/settings/blocks');
    await screen.page.getByText('Nobody is blocked.').waitFor();
  });
});

describe('for everybody', () => {
  const LOOKS = looksAt([1_440, 900], [390, 844]);
  /** The card over a visitor with a past, while a colleague invites and writes. */
  const openCard = async (): Promise<void> => {
    const { server } = screen;
    const visit = server.arrive({ name: 'Elif Aydın' });
    server.chat.start('old', 'An old one', { visitor: visit.visitor });
    server.chat.does('old', { c: 'resolve', by: { kind: 'agent', id: 'u1' } });
    server.chat.invite(visit.visitor, 'u3', { kind: 'text', text: 'Anna here' });
    server.colleague('u3', 'Anna Keller', [visit.visitor], [visit.visitor]);
    await go(`/visitors?visitor=${visit.visitor}`);
    await at('invite').click();
    await at('invite-text').fill('May I help?');
    await at('invite-others').waitFor();
  };

  test('[DA17][VP25] the card: no axe finding, in both themes, wide and narrow', async () => {
    await openCard();
    await expectNoFinding(screen.page, LOOKS);
  });

  test('[DA17][VP26] its question: no axe finding, in both themes, wide and narrow', async () => {
    await openCard();
    await at('send-invite').click();
    await at('invite-question').waitFor();
    await expectNoFinding(screen.page, LOOKS);
  });

  test('[DA17][VP28] the block dialog: no axe finding, in both themes, wide and narrow', async () => {
    await go(`/visitors?visitor=${screen.server.arrive({ name: 'Elif Aydın' }).visitor}`);
    await at('panel-more').click();
    await screen.page.getByRole('menuitem', { name: 'Block…' }).click();
    await at('block-dialog').waitFor();
    await expectNoFinding(screen.page, LOOKS);
  });

  test('[DA17][VP28] the list of blocks: no axe finding, in both themes, wide and narrow', async () => {
    const made = { createdAt: Date.now() - 3_600_000, createdBy: 'u3' };
    screen.server.kept.blocks = [
      { id: 'b-1', kind: 'visitor', what: 'v_1', label: 'Visitor 4119', until: Date.now() + 90_000_000, note: 'Rude', ...made },
      { id: 'b-2', kind: 'range', what: '203.0.113.0/28', label: '', until: null, note: '', ...made },
    ];
    await go('/settings/blocks');
    await at('block').first().waitFor();
    await expectNoFinding(screen.page, LOOKS);
  });

  test('[VP24][VP18] on a phone the card opens in the sheet and is worked there', async () => {
    const { server } = screen;
    await screen.reopen({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const visit = server.arrive();
    await go('/visitors');
    await row(visit.id).tap();
    await at('invite').tap();
    await at('invite-text').fill('Hello');
    await at('send-invite').tap();
    await settle(state, 'sent');
    expect(await screen.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  });
});
