import { describe, expect, test } from 'vitest';
import { expectNoFinding, looksAt } from './no-finding.ts';
import { useScreen } from './screen.ts';

const screen = useScreen();
const { go, at, settle } = screen;
const settings = () => screen.server.chatSettings;
const LOOKS = looksAt([1_440, 900], [390, 844]);
/** Each width and each theme once. */
const SOME = [LOOKS[0]!, LOOKS[3]!] as const;

describe('chat settings', () => {
  test('[CO17] what is changed is saved at once, and goes back when it is declined', async () => {
    await go('/settings/conversations');
    await at('assignment').selectOption('automatic');
    await settle(() => Promise.resolve(settings().settings.assignment), 'automatic');
    await at('capacity').fill('250');
    await at('capacity').press('Enter');
    await settle(() => Promise.resolve(settings().settings.capacity), 100);
    await at('typing-preview-setting').click();
    await at('toast').getByRole('button', { name: 'Undo' }).click();
    await settle(() => Promise.resolve(settings().settings.typingPreview), false);
    settings().declines = 'not_allowed';
    await at('assignment').selectOption('manual');
    await settle(() => at('toast').textContent(), 'Your role may not do this.');
    await settle(() => at('assignment').inputValue(), 'automatic');
  });

  test('[CO17] how long the badge of a resolved conversation stays on its visit is a setting', async () => {
    await go('/settings/conversations');
    await at('resolved-hold').selectOption({ label: 'Not at all' });
    await settle(() => Promise.resolve(screen.server.me.settings.resolvedHoldMs), 0);
    await settle(() => at('resolved-hold').inputValue(), '0');
  });

  test('[CO9] the hours of a day are saved when they are whole', async () => {
    await go('/settings/hours');
    await at('hours-way').selectOption('set');
    const monday = at('day').first();
    await monday.getByLabel('Monday, opening 1: from').fill('13:00');
    await monday.getByLabel('Monday, opening 1: from').press('Enter');
    await monday.getByLabel('Monday, opening 1: until').fill('12:00');
    await monday.getByLabel('Monday, opening 1: until').press('Enter');
    await monday.getByText('Ends before it begins.').waitFor();
    await settle(() => Promise.resolve(settings().settings.hours?.days[0]), [{ from: 780, to: 1_020 }]);
    await monday.getByLabel('Monday, opening 1: until').fill('00:00');
    await monday.getByLabel('Monday, opening 1: until').press('Enter');
    await settle(() => Promise.resolve(settings().settings.hours?.days[0]), [{ from: 780, to: 1_440 }]);
    await monday.getByRole('button', { name: 'Copy Monday to all weekdays' }).click();
    await settle(() => Promise.resolve(settings().settings.hours?.days[4]), [{ from: 780, to: 1_440 }]);
    expect(settings().settings.hours?.days[5]).toEqual([]);
    await screen.page.getByRole('button', { name: 'Add a closed day' }).click();
    await screen.page.getByLabel('Date', { exact: true }).fill('2099-12-25');
    await screen.page.keyboard.press('Enter');
    await settle(() => Promise.resolve(settings().settings.hours?.closedOn), ['2099-12-25']);
  });

  test('[CO17] a team is made, changed and deleted; an agent gets a number of their own', async () => {
    await go('/settings/teams');
    await at('add-team').click();
    await screen.page.getByLabel('Name', { exact: true }).fill('Sales');
    await screen.page.getByRole('checkbox', { name: 'Joon Park' }).check();
    await screen.page.keyboard.press('Enter');
    await settle(() => Promise.resolve(settings().teams.at(-1)?.members), ['u2']);
    const sales = at('team').filter({ hasText: 'Sales' });
    await sales.getByRole('button', { name: 'Delete Sales' }).click();
    await sales.getByRole('button', { name: 'Delete Sales' }).click();
    await settle(() => at('team').count(), 1);
    await screen.page.getByLabel('Conversations at once for Anna Keller').selectOption('8');
    await settle(() => Promise.resolve(settings().agents.get('u3')?.ownCapacity), 8);
  });

  test('[CO18] a canned reply is written with values, one that nothing can fill is refused, and a deleted one comes back', async () => {
    await go('/settings/canned');
    await at('add-canned').click();
    await screen.page.getByLabel('Shortcut').fill('/Delivery time');
    await screen.page.getByRole('textbox', { name: 'Reply' }).fill('Hi {vistor.name}');
    await screen.page.getByRole('button', { name: 'Save' }).click();
    await screen.page.getByText('Letters, digits, - and _; no spaces.').waitFor();
    await screen.page.getByText('No conversation ever has {vistor.name}.').waitFor();
    expect(settings().canned).toEqual([]);
    await screen.page.getByLabel('Shortcut').fill('/Delivery');
    await screen.page.getByRole('textbox', { name: 'Reply' }).fill('Hi ');
    await screen.page.getByRole('button', { name: 'Visitor’s first name' }).click();
    expect(await at('canned-sample').textContent()).toContain('Hi Freja');
    await screen.page.getByRole('button', { name: 'Save' }).click();
    await at('canned-line').waitFor();
    expect(settings().canned).toMatchObject([{ shortcut: 'delivery', text: 'Hi {visitor.first_name}', shared: false }]);
    await screen.page.getByRole('button', { name: 'Delete /delivery' }).click();
    await settle(() => at('canned-line').count(), 0);
    await at('toast').getByRole('button', { name: 'Undo' }).click();
    await settle(() => at('canned-line').count(), 1);
  });

  test('[CO18] agents have canned replies of their own, and are told whom to ask for the rest', async () => {
    screen.server.me = { ...screen.server.me, role: 'agent' };
    settings().canned = [
      { id: 'r1', shortcut: 'team', text: 'Of the team', shared: true, mine: false },
      { id: 'r2', shortcut: 'own', text: 'Of mine', shared: false, mine: true },
    ];
    await go('/settings/canned');
    await at('canned-line').first().waitFor();
    expect(await screen.page.getByRole('button', { name: 'Edit /team' }).count()).toBe(0);
    expect(await screen.page.getByRole('button', { name: 'Edit /own' }).count()).toBe(1);
    for (const page of ['conversations', 'hours', 'teams', 'mail']) {
      await go(`/settings/${page}`);
      await settle(() => at('ask-whom').textContent(), 'MLMarta LindqvistJPJoon Park');
    }
  });

  test('[CO19] mail is off and says what that means; then it is on, and a test says what the server answered', async () => {
    await go('/settings/mail');
    await settle(() => at('mail-state').getAttribute('data-on'), 'false');
    await screen.page.getByLabel('Encryption').selectOption('tls');
    expect(await screen.page.getByLabel('Port').inputValue()).toBe('465');
    await screen.page.getByLabel('Host').fill('smtp.example.com');
    await screen.page.getByLabel('Password').fill('s3cret');
    await screen.page.getByLabel('Address').fill('help@example.com');
    await at('save-mail').click();
    await settle(() => at('mail-state').getAttribute('data-on'), 'true');
    expect(await screen.page.getByLabel('Password').inputValue()).toBe('');
    expect(await screen.page.content()).not.toContain('s3cret');
    settings().mailSays = '535 5.7.8 Authentication failed';
    await at('test-mail').click();
    await settle(() => at('test-result').textContent(), '535 5.7.8 Authentication failed');
    settings().mailSays = '';
    await at('test-mail').click();
    await settle(() => at('test-result').textContent(), 'The server took the mail to marta@example.com.');
  });

  test('[CO20] no page has a finding', async () => {
    settings().canned = [{ id: 'r1', shortcut: 'gift', text: 'Hi {data.name}', shared: true, mine: true }];
    const pages: readonly (readonly [string, string])[] = [
      ['conversations', 'assignment'],
      ['hours', 'day'],
      ['teams', 'team-form'],
      ['canned', 'canned-form'],
      ['mail', 'mail-form'],
    ];
    settings().settings.hours = { days: [[{ from: 540, to: 720 }, { from: 780, to: 1_020 }], [], [], [], [], [], []], closedOn: ['2099-12-25'] }; // prettier-ignore
    for (const [page, there] of pages) {
      await go(`/settings/${page}`);
      if (page === 'teams') await at('add-team').click();
      if (page === 'canned') await screen.page.getByRole('button', { name: 'Edit /gift' }).click();
      await at(there).first().waitFor();
      await expectNoFinding(screen.page, SOME);
    }
  });

  test('[DA28] German names the pages too', async () => {
    await screen.reopen({ locale: 'de-DE', viewport: { width: 390, height: 844 } });
    await go('/settings/mail');
    await settle(() => at('mail-state').getByRole('heading').textContent(), 'E-Mail ist aus');
    await expectNoFinding(screen.page, [LOOKS[2]!]);
  });
});
