import { shippedGoals } from '@foyer/domain/rules';
import { describe, expect, test } from 'vitest';
import { expectNoFinding, looksAt } from './no-finding.ts';
import { useScreen } from './screen.ts';

const screen = useScreen();
const { go, at, settle } = screen;
const rules = () => screen.server.rules;
const LOOKS = looksAt([1_440, 900], [390, 844]);
/** Each width and each theme once. */
const SOME = [LOOKS[0]!, LOOKS[3]!] as const;
const order = (): Promise<string[]> =>
  at('rule').evaluateAll((lines) =>
    lines.map((line) => (line as HTMLElement).dataset['set'] ?? line.querySelector('bdi')?.textContent ?? ''),
  );
const saved = (): string[] =>
  rules()
    .contextsOf('site-1')
    .map((entry) => (entry.kind === 'set' ? entry.set : entry.path));
const SETS = ['vtex', 'shopify', 'woocommerce', 'magento', 'prestashop', 'bigcommerce', 'generic'];
const ownRule = {
  kind: 'rule',
  enabled: true,
  id: 'r1',
  context: 'product',
  host: '',
  path: '/gear/*',
  query: '',
  hash: '',
  note: '',
} as const;
const withOwn = (): void => void rules().contexts.set('site-1', [ownRule, ...rules().contextsOf('site-1')]);

describe('page context', () => {
  test('[CX5] lines are moved by arrow keys, by the menu and by the pointer; nothing is saved before Save, and Undo brings it back', async () => {
    withOwn();
    await go('/settings/contexts');
    await settle(order, ['/gear/*', ...SETS]);
    await at('handle').first().focus();
    await screen.page.keyboard.press('ArrowDown');
    await screen.page.keyboard.press('ArrowDown');
    await settle(order, ['vtex', 'shopify', '/gear/*', ...SETS.slice(2)]);
    expect(await at('moved').textContent()).toBe('/gear/* is 3 of 8 now.');
    expect(await screen.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toContain('/gear/*, 3 of 8');
    await screen.page.keyboard.press('End');
    await settle(order, [...SETS, '/gear/*']);
    await at('rule').filter({ hasText: 'Shopify' }).getByTestId('line-menu').click();
    await screen.page.getByRole('menuitem', { name: 'Move to the top' }).click();
    await settle(order, ['shopify', 'vtex', ...SETS.slice(2), '/gear/*']);
    const [from, to] = [await at('handle').nth(3).boundingBox(), await at('handle').first().boundingBox()];
    await screen.page.mouse.move(from!.x + 8, from!.y + 12);
    await screen.page.mouse.down();
    await screen.page.mouse.move(to!.x + 8, to!.y + 2, { steps: 5 });
    await settle(() => at('rule').first().getAttribute('data-mark'), 'before');
    await screen.page.mouse.up();
    const dragged = ['magento', 'shopify', 'vtex', 'woocommerce', 'prestashop', 'bigcommerce', 'generic', '/gear/*'];
    await settle(order, dragged);
    expect(saved()).toEqual(['/gear/*', ...SETS]);
    await at('save-rules').click();
    await settle(() => Promise.resolve(saved()), dragged);
    await at('toast').getByRole('button', { name: 'Undo' }).click();
    await settle(() => Promise.resolve(saved()), ['/gear/*', ...SETS]);
    await settle(order, ['/gear/*', ...SETS]);
  });

  test('[CX5] Esc gives a drag up', async () => {
    await go('/settings/contexts');
    await settle(order, SETS);
    const box = (await at('handle').nth(1).boundingBox())!;
    await screen.page.mouse.move(box.x + 8, box.y + 12);
    await screen.page.mouse.down();
    await screen.page.mouse.move(box.x + 8, box.y + 400, { steps: 3 });
    await settle(() => screen.page.locator('[data-mark=after]').count(), 1);
    await screen.page.keyboard.press('Escape');
    await screen.page.mouse.up();
    expect(await order()).toEqual(SETS);
    expect(await at('save-bar').count()).toBe(0);
  });

  test('[CX5] a set, a rule of a set and an own rule are switched off where they stand', async () => {
    withOwn();
    await go('/settings/contexts');
    await screen.page.getByRole('switch', { name: 'Use /gear/*' }).click();
    await screen.page.getByRole('switch', { name: 'Use Magento' }).click();
    await at('rule').filter({ hasText: 'Shopify' }).getByTestId('show-set').click();
    await screen.page.getByRole('switch', { name: 'Use /collections/**', exact: true }).click();
    await settle(() => at('rule').filter({ hasText: 'Shopify' }).getByTestId('show-set').textContent(), 'Shopify13 rules, 1 off');
    await at('save-rules').click();
    await settle(() => at('save-bar').count(), 0);
    expect(rules().contextsOf('site-1')).toMatchObject([
      { id: 'r1', enabled: false },
      { set: 'vtex', enabled: true },
      { set: 'shopify', off: ['shopify-collection'] },
      { set: 'woocommerce' },
      { set: 'magento', enabled: false },
      { set: 'prestashop' },
      { set: 'bigcommerce' },
      { set: 'generic' },
    ]);
  });

  test('[CX6] what is wrong is said at its field and nothing is saved; what the server finds too', async () => {
    await go('/settings/contexts');
    await at('add-rule').click();
    await at('save-rules').click();
    await settle(() => at('problem-path').textContent(), 'A path begins with “/”, such as /products/*.');
    await settle(() => screen.page.evaluate(() => document.activeElement?.getAttribute('name')), 'path');
    await screen.page.getByLabel('Path').fill('/sale/{a');
    await settle(() => at('problem-path').textContent(), 'A “{” needs its “}”, with neither “{” nor a separator between them.');
    await screen.page.getByLabel('Path').fill('/sale/**');
    await screen.page.getByLabel('Host').fill('https://x');
    await settle(() => at('problem-host').textContent(), 'A host has no scheme, port or path: shop.example.com or *.example.com.');
    await screen.page.getByLabel('Host').fill('');
    await at('rule-outcome').selectOption('collection');
    expect(rules().contexts.size).toBe(0);
    rules().declines = { 'entries.0.note': 'at most 200 characters' };
    await at('save-rules').click();
    await at('problem-note').waitFor();
    await screen.page.getByLabel('Note').fill('Sale');
    await at('save-rules').click();
    await settle(() => Promise.resolve(saved()), ['/sale/**', ...SETS]);
    expect(rules().contextsOf('site-1')[0]).toMatchObject({ context: 'collection', note: 'Sale' });
  });

  test('[CX6] a draft outlives the page, and says when somebody else saved meanwhile', async () => {
    await go('/settings/contexts');
    await at('add-rule').click();
    await screen.page.getByLabel('Path').fill('/mine');
    await screen.page.getByRole('link', { name: 'Goals' }).click();
    await at('goal').first().waitFor();
    await screen.page.getByRole('link', { name: 'Page context' }).click();
    await settle(order, ['/mine', ...SETS]);
    withOwn();
    screen.server.say('contexts');
    await screen.page.getByText('Somebody else saved other rules meanwhile.').waitFor();
    await at('discard').click();
    await settle(order, ['/gear/*', ...SETS]);
    await at('rules-site').selectOption('site-2');
    await settle(order, SETS);
    expect(new URL(screen.page.url()).searchParams.get('site')).toBe('site-2');
  });

  test('[CX7][PC18] an address is tried against what is being edited', async () => {
    await go('/settings/contexts');
    await at('try-url').fill('/collections/all/products/boot');
    await settle(() => at('tried-by').textContent(), '/collections/*/products/*Shopify');
    await settle(() => at('tried-others').locator('li').first().textContent(), 'Collection/collections/**Shopify');
    await settle(() => at('tried-goals').textContent(), 'None are reached');
    await at('add-rule').click();
    await at('rule-outcome').selectOption('done');
    await screen.page.getByLabel('Path').fill('/collections/**');
    await settle(() => at('tried-by').textContent(), '/collections/**own rule');
    await settle(() => at('tried-context').getAttribute('data-context-is'), 'done');
    await settle(() => at('tried-goals').textContent(), 'Checkout');
    expect(rules().contexts.size).toBe(0);
    await screen.page.getByLabel('Path').fill('collections');
    await screen.page.getByText('One that is not right yet is left out.').waitFor();
    await settle(() => at('tried-by').textContent(), '/collections/*/products/*Shopify');
    await at('tried-by').click();
    await settle(() => at('set-rules').count(), 1);
    await at('try-url').fill('http://');
    await screen.page.getByText('This is no web address. Try https://shop.example.com/cart, shop.example.com/cart or /cart.').waitFor();
  });

  test('[CX9] agents are told whom to ask', async () => {
    screen.server.me = { ...screen.server.me, role: 'agent' };
    for (const page of ['contexts', 'goals']) {
      await go(`/settings/${page}`);
      await settle(() => at('ask-whom').textContent(), 'MLMarta LindqvistJPJoon Park');
    }
  });
});

describe('goals', () => {
  test('[CX8] Checkout and Lead captured can be off and not removed', async () => {
    await go('/settings/goals');
    await at('edit-goal').first().click();
    expect(await at('remove-goal').count()).toBe(0);
    expect(await at('goal-form').textContent()).toContain('Every site has this goal.');
    await screen.page.getByRole('switch', { name: 'Use Lead captured' }).click();
    await at('save-rules').click();
    await settle(
      () =>
        Promise.resolve(
          rules()
            .goalsOf('site-1')
            .map(({ enabled }) => enabled),
        ),
      [true, false],
    );
    await at('toast').getByRole('button', { name: 'Undo' }).click();
    await settle(
      () =>
        Promise.resolve(
          rules()
            .goalsOf('site-1')
            .map(({ enabled }) => enabled),
        ),
      [true, true],
    );
  });

  test('[CX8] an own goal has pages, a form and code; it is tried before it is saved, and deleted', async () => {
    await go('/settings/goals');
    await at('add-goal').click();
    await at('save-rules').click();
    await settle(() => at('problem-name').textContent(), 'A name needs a letter or a digit.');
    await screen.page.getByLabel('Name', { exact: true }).fill('checkout');
    await settle(() => at('problem-name').textContent(), 'Another goal of this site has this name.');
    await screen.page.getByLabel('Name', { exact: true }).fill('Booked a </script> demo');
    expect(await at('goal-call').textContent()).toBe(`foyer('goal', 'Booked a \\u003c/script> demo', { value: 59.9, currency: 'EUR' })`);
    await at('add-page').click();
    await screen.page.getByLabel('Path').fill('/demo/thanks');
    await screen.page.getByLabel('By a form in chat').fill('Book a demo');
    await at('try-url').fill('/demo/thanks');
    await settle(() => at('tried-goals').textContent(), 'Booked a </script> demo');
    await at('save-rules').click();
    await settle(() => Promise.resolve(rules().goalsOf('site-1').at(-1)), {
      id: 'booked-a-script-demo',
      name: 'Booked a </script> demo',
      enabled: true,
      pages: [{ host: '', path: '/demo/thanks', query: '', hash: '' }],
      form: 'Book a demo',
    });
    await at('edit-goal').last().click();
    await at('remove-goal').click();
    await at('save-rules').click();
    await settle(() => Promise.resolve(rules().goalsOf('site-1').length), 2);
  });

  test('[CX8] a name that pages declare becomes a goal with one press', async () => {
    rules().unknown = [{ name: 'newsletter', count: 1_200, lastAt: Date.now() }];
    await go('/settings/goals');
    await settle(() => at('unknown-goal').locator('bdi').textContent(), 'newsletter');
    await at('define-goal').click();
    await settle(() => at('unknown-goal').count(), 0);
    await at('save-rules').click();
    await settle(
      () =>
        Promise.resolve(
          rules()
            .goalsOf('site-1')
            .map(({ name }) => name),
        ),
      ['Checkout', 'Lead captured', 'newsletter'],
    );
  });

  test('[CX10] the row, the tip’s facts and the panel of a visit say what it has reached, by its name now', async () => {
    rules().goals.set('site-1', [...shippedGoals(), { id: 'demo', name: 'Booked a démo', enabled: true, pages: [], form: '' }]);
    const visit = screen.server.arrive({ site: 'site-1', goals: 'demo checkout' });
    await go('/visitors');
    await settle(() => screen.row(visit.id).getByTestId('goal-mark').getAttribute('title'), 'Reached: Booked a démo and Checkout');
    await screen.row(visit.id).click();
    await at('visit-panel').getByTestId('fact-goals').getByText('Booked a démo').waitFor();
    expect(await at('visit-panel').getByTestId('fact-goals').textContent()).toMatch(
      /^Booked a démo \d\d:\d\d:\d\dCheckout \d\d:\d\d:\d\d$/,
    );
    const other = screen.server.arrive({ site: 'site-1', goals: '' });
    await settle(() => screen.row(other.id).getByTestId('goal-mark').count(), 0);
  });

  test('[CX10] goals are suggested by name', async () => {
    rules().goals.set('site-1', [...shippedGoals(), { id: 'demo', name: 'Zoo tickets', enabled: true, pages: [], form: '' }]);
    screen.server.fill(3);
    await go('/visitors');
    await screen.rows().first().waitFor();
    await screen.page.getByRole('combobox').first().fill('goal:');
    await settle(() => at('suggestion').locator('bdi').allTextContents(), ['Checkout', 'Lead captured', 'Zoo tickets']);
    await screen.page.getByRole('combobox').first().fill('goal:zoo');
    await settle(() => at('suggestion').allTextContents(), ['Zoo ticketsgoal:demo']);
  });

  test('[CX10] profile and transcript of a conversation say what was reached, with value and time', async () => {
    const id = screen.server.chat.start('c1', 'Hello');
    screen.server.chat.does(id, {
      c: 'reach',
      by: { kind: 'system' },
      reached: { goal: 'checkout', at: Date.now() + 1, value: 59.9, currency: 'EUR' },
    });
    await go(`/inbox/${id}`);
    await settle(() => at('profile-goals').locator('bdi').allTextContents(), ['Checkout']);
    expect(await at('profile-goals').textContent()).toContain('€59.90');
    expect(await screen.page.locator('[data-event=goal]').textContent()).toMatch(/^Goal reached: Checkout €59\.90\d\d:\d\d$/);
  });
});

describe('both pages', () => {
  test('[CX5][CX8] have no finding, open and with something wrong', async () => {
    withOwn();
    rules().unknown = [{ name: 'نشرة بريدية', count: 2, lastAt: Date.now() - 86_400_000 }];
    await go('/settings/contexts');
    await at('edit-rule').click();
    await screen.page.getByLabel('Path').fill('gear/'.repeat(40));
    await at('show-set').first().click();
    await at('try-url').fill(`/products/${'long-'.repeat(30)}`);
    await at('tried-by').waitFor();
    await expectNoFinding(screen.page, SOME);
    await go('/settings/goals');
    await at('add-goal').click();
    await screen.page.getByLabel('Name', { exact: true }).fill('اشتراك '.repeat(8));
    await at('add-page').click();
    await expectNoFinding(screen.page, SOME);
  });

  test('[CX6] German says it all', async () => {
    await screen.reopen({ locale: 'de-DE', viewport: { width: 390, height: 844 } });
    await go('/settings/contexts');
    await at('add-rule').click();
    await at('save-rules').click();
    await settle(() => at('problem-path').textContent(), 'Ein Pfad beginnt mit „/“, etwa /products/*.');
    await expectNoFinding(screen.page, [LOOKS[2]!]);
  });
});
