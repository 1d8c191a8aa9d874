import { type FieldValue, type FormField, type Goal, type PagePattern, type ReachedGoal, RULE_LIMITS } from '@foyer/protocol';
import { describe, expect, it } from 'vitest';
import { compileContexts, defaultEntries } from './context-rules.ts';
import { goalId } from './goal-id.ts';
import { compileGoals, completeGoals, shippedGoals, valueOf } from './goals.ts';
import { PageRules } from './page-rules.ts';
import { reach } from './reach.ts';

const at = (path: string): PagePattern => ({ host: '', path, query: '', hash: '' });
const own = (name: string, over: Partial<Goal> = {}): Goal => ({ id: goalId(name), name, enabled: true, pages: [], form: '', ...over });
const goals = (...list: Goal[]) => {
  const compiled = compileGoals(list);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  return compiled.value;
};
const entry = (name: string, over: Partial<Goal> = {}) => ({ name, enabled: true, pages: [], form: '', ...over });

describe('the goals of a site', () => {
  it.each([
    ['Newsletter sign-up', 'newsletter-sign-up'],
    ['  Größe? Ja! ', 'grosse-ja'],
    ['Заказ', 'заказ'],
    ['checkout', 'checkout'],
    ['!?', ''],
    [`${'a'.repeat(59)} b`, 'a'.repeat(59)],
  ])('[GO1] %j is %j', (name, id) => {
    expect(goalId(name)).toBe(id);
  });

  it('[GO1] Checkout and Lead captured are always there, under their names', () => {
    const complete = completeGoals([entry('Demo'), { ...entry('Kauf'), id: 'checkout', enabled: false }]);
    expect(complete).toEqual({
      ok: true,
      value: [own('Demo'), { ...own('Checkout'), enabled: false }, shippedGoals()[1]],
    });
  });

  it('[GO1] an id stays when the name changes; two of one name, one without a letter, and more than fit are refused', () => {
    expect(completeGoals([{ ...entry('Mailing list'), id: 'newsletter' }])).toMatchObject({
      value: [{ id: 'newsletter', name: 'Mailing list' }, {}, {}],
    });
    expect(completeGoals([entry('Demo'), entry('DÉMO')])).toMatchObject({ ok: false, error: { 'goals.1.name': expect.any(String) } });
    expect(completeGoals([entry('…')])).toMatchObject({ ok: false, error: { 'goals.0.name': expect.any(String) } });
    const many = Array.from({ length: RULE_LIMITS.goals - 1 }, (_, i) => entry(`Goal ${i}`));
    expect(completeGoals(many)).toMatchObject({ ok: false, error: { goals: expect.stringContaining(String(RULE_LIMITS.goals)) } });
    expect(completeGoals(many.slice(1)).ok).toBe(true);
  });

  it('[GO2] a page rule reaches its goal; one that is off reaches nothing; a bad pattern is refused at its field', () => {
    const compiled = goals(
      own('Demo', { pages: [at('/demo/thanks'), at('/thanks/*')] }),
      own('Off', { pages: [at('/**')], enabled: false }),
    );
    expect(compiled.ofPage('https://a.test/de/demo/thanks')).toEqual(['demo']);
    expect(compiled.ofPage('https://a.test/thanks/demo')).toEqual(['demo']);
    expect(compiled.ofPage('https://a.test/other')).toEqual([]);
    expect(compileGoals([own('Demo', { pages: [at('/ok'), at('bad')] })])).toMatchObject({
      ok: false,
      error: { 'goals.0.pages.1.path': expect.any(String) },
    });
  });

  it('[GO3] where the checkout is done Checkout is reached, unless it is off', () => {
    const contexts = compileContexts(defaultEntries());
    if (!contexts.ok) throw new Error('does not compile');
    const url = 'https://a.test/checkout/order-received/7/';
    const withPage = { ...shippedGoals()[0]!, pages: [at('/checkout/**')] };
    expect(new PageRules(contexts.value, goals(...shippedGoals())).judge(url)).toEqual({ context: 'done', goals: ['checkout'] });
    expect(new PageRules(contexts.value, goals(withPage)).judge(url)).toEqual({ context: 'done', goals: ['checkout'] });
    expect(new PageRules(contexts.value, goals({ ...withPage, enabled: false })).judge(url)).toEqual({ context: 'done', goals: [] });
  });

  it('[GO3] what was judged once is remembered, and no more than fits', () => {
    const contexts = compileContexts(defaultEntries());
    if (!contexts.ok) throw new Error('does not compile');
    const rules = new PageRules(contexts.value, goals());
    const first = rules.judge('https://a.test/cart');
    expect(rules.judge('https://a.test/cart')).toBe(first);
    for (let i = 0; i < 2_100; i++) rules.judge(`https://a.test/products/${i}`);
    expect(rules.judge('https://a.test/cart')).not.toBe(first);
  });

  it('[GO4] a page names a goal by its id or its name, as people write it; nobody else’s', () => {
    const compiled = goals(...shippedGoals(), own('newsletter', { name: 'Mailing list' }), own('Off', { enabled: false }));
    expect(
      ['Checkout', 'lead captured', 'Lead-Captured', 'newsletter', 'MAILING LIST', 'off', 'else', ''].map((said) => compiled.named(said)),
    ).toEqual([...['checkout', 'lead-captured', 'lead-captured', 'newsletter', 'newsletter'], ...[null, null, null]]);
  });

  const field = (type: FormField['type']): FormField => ({ id: type, label: type, type, required: false, choices: [] });
  const filled = (...ids: string[]): FieldValue[] => ids.map((id) => ({ id, label: id, value: 'x' }));
  const form = (text: string, ...fields: FormField[]) => ({ kind: 'form', text, fields }) as const;
  const submission = (...values: FieldValue[]) => ({ kind: 'submission', to: 1, values }) as const;

  it('[GO5] a form with an address or a phone number that was given captures a lead; a form of a goal reaches it', () => {
    const compiled = goals(...shippedGoals(), own('Demo', { form: 'Book a démo' }));
    const fields = [field('text'), field('email'), field('phone')];
    expect(compiled.ofForm(form('Contact', ...fields), submission(...filled('email')))).toEqual(['lead-captured']);
    expect(compiled.ofForm(form('Contact', ...fields), submission(...filled('phone')))).toEqual(['lead-captured']);
    expect(compiled.ofForm(form('Contact', ...fields), submission(...filled('text')))).toEqual([]);
    expect(compiled.ofForm(form('Contact', ...fields), submission({ id: 'email', label: '', value: ' ' }))).toEqual([]);
    expect(compiled.ofForm(form('BOOK A DEMO now', ...fields), submission(...filled('text')))).toEqual(['demo']);
    expect(compiled.ofForm(form('BOOK A DEMO now', ...fields), submission(...filled('email')))).toEqual(['demo', 'lead-captured']);
  });
});

describe('what a visit keeps', () => {
  const reached = (goal: string, over: Partial<ReachedGoal> = {}): ReachedGoal => ({ goal, at: 10, value: 0, currency: '', ...over });

  it('[GO6] a goal counts once a visit, with time and value of its first', () => {
    const once = reach([], reached('demo', { value: 5, currency: 'EUR' }));
    expect(once).toEqual([reached('demo', { value: 5, currency: 'EUR' })]);
    expect(reach(once, reached('demo', { at: 20, value: 9, currency: 'USD' }))).toBe(once);
    expect(reach(once, reached('checkout', { at: 20 })).map(({ goal }) => goal)).toEqual(['demo', 'checkout']);
  });

  it('[GO6] one that came without a value takes the first that is said, and keeps its time', () => {
    const byPage = reach([], reached('checkout'));
    const valued = reach(byPage, reached('checkout', { at: 20, value: 59.9, currency: 'EUR' }));
    expect(valued).toEqual([reached('checkout', { value: 59.9, currency: 'EUR' })]);
    expect(reach(valued, reached('checkout', { at: 30, value: 1 }))).toBe(valued);
  });

  it('[GO6] a visit keeps at most as many goals as a site has', () => {
    let list: readonly ReachedGoal[] = [];
    for (let i = 0; i < RULE_LIMITS.goals + 5; i++) list = reach(list, reached(`g${i}`));
    expect(list.length).toBe(RULE_LIMITS.goals);
  });

  it.each<[unknown, unknown, number, string]>([
    [59.9, 'EUR', 59.9, 'EUR'],
    ['59.90', 'eur', 59.9, 'EUR'],
    [0.1 + 0.2, 'EUR', 0.3, 'EUR'],
    [10, 'euro', 10, ''],
    [10, undefined, 10, ''],
    [-5, 'EUR', 0, ''],
    [0, 'EUR', 0, ''],
    [Number.NaN, 'EUR', 0, ''],
    [Number.POSITIVE_INFINITY, 'EUR', 0, ''],
    [1e13, 'EUR', 0, ''],
    [{}, [], 0, ''],
    ['', 'EUR', 0, ''],
  ])('[GO7] the value %j %j is kept as %j %j', (value, currency, kept, code) => {
    expect(valueOf(value, currency)).toEqual({ value: kept, currency: code });
  });
});
