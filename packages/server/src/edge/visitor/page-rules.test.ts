import type { Goal } from '@foyer/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { aHello, aNode, SITE, type TestNode, type TestTab, WORKSPACE } from '../edge.testkit.ts';

let node: TestNode;
let n = 0;
beforeEach(async () => {
  node = await aNode();
  n = 1;
});
const url = (path: string) => `https://shop.test${path}`;
const arrive = (path = '/'): TestTab => node.arrive(0, { pages: [{ n: 1, url: url(path), title: '' }] });
const go = (tab: TestTab, path: string) => tab.say({ t: 'page', n: ++n, url: url(path), title: '' });
const row = async () => (await node.listed())[0]!;
const detail = async (tab: TestTab) => (await node.reads.detail({ workspace: WORKSPACE, id: tab.you!.visit, hidden: [] }))!;
const own = (name: string, over: Partial<Goal> = {}): Goal => ({
  id: name.toLowerCase(),
  name,
  enabled: true,
  pages: [],
  form: '',
  ...over,
});
const goals = (...list: Goal[]) => node.directory.putGoals(WORKSPACE, SITE.id, list);

describe('what a tab’s pages are', () => {
  it('[PC15] comes from the rules of its site, and changed rules act with the next page', async () => {
    const tab = arrive('/products/boot');
    expect((await row()).context).toBe('product');
    const rule = { kind: 'rule', enabled: true, id: 'r', context: 'search', path: '/**', host: '', query: '', hash: '', note: '' } as const;
    expect(await node.directory.putContexts(WORKSPACE, SITE.id, [rule])).toBe(true);
    expect((await row()).context).toBe('product');
    go(tab, '/products/shoe');
    expect((await row()).context).toBe('search');
    expect(await node.directory.putContexts('elsewhere', SITE.id, [])).toBe(false);
  });

  it('[PC13] is what rows are sorted and filtered by', async () => {
    for (const path of ['/about', '/search', '/checkout', '/products/boot', '/cart', '/collections/all']) {
      node.tab().say(
        aHello({
          tab: `tab-${path.replaceAll('/', '-')}-x`,
          secret: `secret-of-${path.length}${path.slice(1, 4)}`,
          pages: [{ n: 1, url: url(path), title: '' }],
        }),
      );
    }
    const found = await node.reads.list({
      workspace: WORKSPACE,
      scope: {},
      filter: '',
      sort: 'context',
      dir: 'asc',
      limit: 10,
      hidden: [],
    });
    if (!found.ok) throw new Error(found.error.message);
    expect(found.value.rows.map(({ context }) => context)).toEqual(['checkout', 'cart', 'product', 'collection', 'search', '']);
    expect((await node.listed('context:checkout,cart')).map(({ context }) => context).sort()).toEqual(['cart', 'checkout']);
  });

  it('[PC4][LK12] is a search by the parameter that says so, without a setting and without what was searched for', async () => {
    const welcome = node.tab().heard[0] as unknown as { keep: string };
    const tab = arrive('/?s=boots&post_type=product');
    expect(['s=boots', 's', 'ss=1', 'post_type=product', 'utm_source=x'].map((said) => said.match(welcome.keep)?.[0])).toEqual([
      's=',
      's',
      undefined,
      undefined,
      'utm_source=x',
    ]);
    expect(await row()).toMatchObject({ url: url('/?s='), context: 'search' });
    go(tab, '/about?s=boots&utm_source=mail');
    expect(await row()).toMatchObject({ url: url('/about'), context: '' });
  });

  it('[PC4] needs what changed rules name: tabs hear it', async () => {
    const tab = arrive('/');
    const rule = {
      kind: 'rule',
      enabled: true,
      id: 'r',
      context: 'search',
      path: '/**',
      host: '',
      query: 'find',
      hash: '',
      note: '',
    } as const;
    tab.news();
    await node.directory.putContexts(WORKSPACE, SITE.id, [rule]);
    expect(tab.news()).toMatchObject([{ t: 'welcome', keep: expect.stringContaining('find') }]);
    go(tab, '/all?find=me');
    expect(await row()).toMatchObject({ url: url('/all?find='), context: 'search' });
  });

  it('[PC12] is no longer what the page before declared, in a new home either', async () => {
    const tab = arrive('/about');
    tab.say({ t: 'context', kind: 'product', data: { items: 2 } });
    expect(tab.session.announcement()?.a.declared).toEqual({ kind: 'product', items: 2 });
    go(tab, '/checkout');
    expect((await row()).context).toBe('checkout');
    expect(tab.session.announcement()?.a.declared).toBeUndefined();
    go(tab, '/');
    expect((await row()).context).toBe('cart');
  });

  it('[PC12] is what the page declares, with its items', async () => {
    const tab = arrive('/about');
    tab.say({ t: 'context', kind: 'product', data: { items: 2, sku: 'B-7' } });
    expect(await detail(tab)).toMatchObject({ context: 'cart', contextData: { items: 2, sku: 'B-7' } });
    tab.say({ t: 'context', kind: 'product', data: { items: '0' } });
    expect((await row()).context).toBe('product');
  });
});

describe('goals that a tab reaches', () => {
  it('[GO4][GO8] by declaring them: shown in row, detail and filter, and stored with the visit', async () => {
    await goals(own('Demo'));
    const tab = arrive();
    tab.say({ t: 'goal', name: 'DEMO', value: 59.9, currency: 'eur' });
    expect(await row()).toMatchObject({ goals: 'demo' });
    expect(await detail(tab)).toMatchObject({ reached: [{ goal: 'demo', value: 59.9, currency: 'EUR', at: node.clock.now() }] });
    expect([
      (await node.listed('goal:demo')).length,
      (await node.listed('goal:checkout')).length,
      (await node.listed('-goal:demo')).length,
    ]).toEqual([1, 0, 0]);
    node.live.advance();
    await node.writer.flush({ withinMs: 1_000 });
    expect(await node.history.visitsById([tab.you!.visit])).toMatchObject([{ goals: [{ goal: 'demo', value: 59.9 }] }]);
  });

  it('[GO2][GO3] by the pages they come to', async () => {
    await goals(own('Demo', { pages: [{ path: '/demo/thanks', host: '', query: '', hash: '' }] }), own('Checkout'));
    const tab = arrive();
    go(tab, '/demo/thanks');
    go(tab, '/checkout/order-received/12');
    expect((await row()).goals).toBe('demo checkout');
  });

  it('[GO4] not by names that nobody defined: these are listed for the team, the latest 20, until somebody defines them', async () => {
    const tab = arrive();
    for (let i = 0; i < 25; i++) {
      tab.say({ t: 'goal', name: `Odd ${i}` });
      node.clock.advance(1_000);
    }
    tab.say({ t: 'goal', name: 'odd 24' }, { t: 'goal' }, { t: 'goal', name: '…' });
    expect((await row()).goals).toBe('');
    const unknown = node.siteRules.unknown(SITE.id);
    expect(unknown).toHaveLength(20);
    expect(unknown[0]).toMatchObject({ name: 'Odd 24', count: 2 });
    await goals(own('Odd 24', { id: 'odd-24', enabled: false }));
    expect(node.siteRules.unknown(SITE.id)[0]).toMatchObject({ name: 'Odd 23' });
    tab.say({ t: 'goal', name: 'odd 24' });
    expect([node.siteRules.unknown(SITE.id).length, (await row()).goals]).toEqual([19, '']);
  });

  it('[GO9] beyond 20 at once and one a second a tab’s goals are passed over, and nothing else of it', async () => {
    await goals(own('Late'));
    const tab = arrive();
    for (let i = 0; i < 20; i++) tab.say({ t: 'goal', name: `x${i}` });
    tab.say({ t: 'goal', name: 'Late' });
    expect([(await row()).goals, tab.closed]).toEqual(['', null]);
    node.clock.advance(1_500);
    tab.say({ t: 'goal', name: 'Late', agoMs: 500 });
    expect((await detail(tab)).reached).toMatchObject([{ goal: 'late', at: node.clock.now() - 500 }]);
  });

  it.each<object>([
    { name: 7, value: '12', currency: 9 },
    { name: ['x'], value: {}, currency: null },
    { name: 'x'.repeat(2_000), value: 1e300, currency: 'x'.repeat(2_000), more: true },
    { value: null, agoMs: 'soon' },
  ])('[GO7] whatever the page passes, the tab stays: %j', (said) => {
    const tab = arrive();
    tab.session.text(JSON.stringify({ t: 'goal', ...said }));
    expect(tab.closed).toBeNull();
  });

  it('[WS5] before hello they are out of order', () => {
    const tab = node.tab();
    tab.session.text(JSON.stringify({ t: 'goal', name: 'x' }));
    expect(tab.closed?.advice.code).toBe('out_of_order');
  });
});
