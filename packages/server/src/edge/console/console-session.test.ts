import { type ConsoleDown, type ConsoleUp, type Detail, LIMITS, type ViewFrame } from '@foyer/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { Shown } from '../../live/view.testkit.ts';
import { aNode, RETRY, type TestConsole, type TestNode } from '../edge.testkit.ts';

let node: TestNode;
beforeEach(async () => {
  node = await aNode();
});
const WINDOW = { sort: 'arrived', dir: 'asc', before: 0, after: 20 } as const;
const open = (view = 'main', over: object = {}): ConsoleUp => ({
  t: 'open',
  view,
  scope: {},
  filter: '',
  streams: ['totals', 'cities', 'rows'],
  window: WINDOW,
  ...over,
});
const views = (frames: readonly ConsoleDown[]) => frames.filter((frame): frame is ViewFrame => frame.t === 'view');
const refusals = (frames: readonly ConsoleDown[]) =>
  frames.flatMap((frame) => (frame.t === 'refused' ? [`${frame.view} ${frame.code}`] : []));
const details = (frames: readonly ConsoleDown[]) => frames.flatMap((frame) => (frame.t === 'detail' ? [frame.detail] : []));
const pass = (ms = 200) => node.clock.advanceAsync(ms);
const closedBy = (...texts: string[]) => {
  const console = node.console();
  for (const text of texts) console.session.text(text);
  return console.closed?.advice.code ?? null;
};

describe('a console', () => {
  it('[OB2] hears hello first: who it is, which epoch, what time it is', () => {
    expect(node.console('admin').heard.slice(0, 1)).toEqual([
      {
        t: 'hello',
        v: 1,
        epoch: 'node-1-epoch',
        now: node.live.now(),
        me: { id: 'user-1', name: 'Olga', role: 'admin', workspace: 'w' },
        retry: RETRY,
      },
    ]);
  });

  it('[OB8] opens a view, is told whole, moves its window, asks again, and closes it', async () => {
    for (const n of [0, 1, 2]) {
      node.arrive(n);
      await pass(1_000);
    }
    const console = node.console();
    const shown = new Shown();
    const [whole] = views(console.say(open('main', { window: { ...WINDOW, after: 1 } })));
    shown.apply(whole!);
    expect([shown.rows.order.length, shown.rows.total, shown.totals.live, shown.cities.size]).toEqual([1, 3, 3, 3]);
    for (const frame of views(console.say({ t: 'window', view: 'main', window: WINDOW }))) shown.apply(frame);
    await pass();
    for (const frame of views(console.news())) shown.apply(frame);
    expect(shown.rows.order).toHaveLength(3);
    expect(views(console.say({ t: 'again', view: 'main' }))).toMatchObject([
      { totals: { full: true }, cities: { full: true }, rows: { full: true } },
    ]);
    console.say({ t: 'close', view: 'main' });
    node.arrive(0);
    await pass();
    expect(console.news().filter(({ t }) => t === 'view')).toEqual([]);
  });

  it('[OB4] a view of a name in use is replaced; nothing of the old one is heard', async () => {
    const console = node.console();
    console.isSlow = true;
    console.say(open('main', { filter: 'berlin' }));
    node.arrive(0);
    await pass();
    console.say(open('main', { filter: 'paris', streams: ['totals'] }));
    console.isSlow = false;
    console.session.drained();
    const frames = views(console.news());
    expect(frames).toMatchObject([{ totals: { full: true, set: { listed: 0 } } }]);
    expect(frames[0]).not.toHaveProperty('rows');
  });

  it('[OB1] a slow console sees fewer frames and the same in the end', async () => {
    const [slow, quick] = [node.console(), node.console()];
    const shown = [new Shown(), new Shown()];
    const take = () => [slow, quick].forEach((console, i) => views(console.news()).forEach((frame) => shown[i]!.apply(frame)));
    for (const console of [slow, quick]) console.session.text(JSON.stringify(open('main', { filter: 'is:online' })));
    slow.isSlow = true;
    const tabs = [];
    for (let i = 0; i < 40; i++) {
      const tab = node.arrive(i % 3);
      tabs.push(tab);
      if (i % 4 === 3) tabs.shift()!.session.closed();
      tabs[0]!.say({ t: 'page', n: 2 + i, url: `https://shop.test/${i}`, title: '' });
      await pass(150);
      if (i % 13 === 12) {
        slow.isSlow = false;
        slow.session.drained();
        slow.isSlow = true;
      }
      take();
    }
    await pass(8_000);
    slow.isSlow = false;
    slow.session.drained();
    take();
    expect(shown[0]).toEqual(shown[1]);
    expect(node.consoles.merged).toBeGreaterThan(20);
    expect(shown[0]!.totals.live).toBe(tabs.length);
  });

  it('[OB2] one that reads nothing at all is closed, and told to come back soon', async () => {
    const tab = node.arrive(0);
    const [row] = await node.listed();
    const console = node.console();
    console.isSlow = true;
    console.say({ t: 'follow', view: 'd', id: row!.id });
    for (let n = 2; n < 400 && !console.closed; n++) {
      await pass(110);
      tab.say({ t: 'page', n, url: `https://shop.test/${n}`, title: '' });
    }
    expect(console.closed).toMatchObject({ code: 4430, advice: { code: 'slow_consumer', minMs: 500, maxMs: 3_000 } });
    expect([...node.feeds.orders()]).toEqual([]);
  });

  it('[OB12] follows several visits, each under its own name', async () => {
    const tabs = [node.arrive(0), node.arrive(1)];
    const [one, two] = await node.listed();
    const console = node.console();
    const first = console.say(
      { t: 'follow', view: 'a', id: one!.id },
      { t: 'follow', view: 'b', id: two!.visitor },
      { t: 'follow', view: 'c', id: 'nobody' },
    );
    expect(details(first).map((detail) => detail?.id ?? null)).toEqual([one!.id, two!.id, null]);
    await pass();
    console.news();
    console.say({ t: 'close', view: 'a' });
    for (const tab of tabs) tab.say({ t: 'page', n: 2, url: 'https://shop.test/b', title: '' });
    await pass();
    expect(details(console.news())).toMatchObject([{ id: two!.id, pages: 2 }]);
  });
});

describe('what a role may see', () => {
  it('[OB6] an agent gets no address in a detail, and cannot filter by it; others do', async () => {
    node.arrive(0);
    const [row] = await node.listed();
    const seen = (console: TestConsole): Detail => details(console.say({ t: 'follow', view: 'd', id: row!.id }))[0]!;
    expect(seen(node.console('owner')).ip).toBe('203.0.113.0');
    expect(seen(node.console('admin')).ip).toBe('203.0.113.0');
    expect(seen(node.console('agent'))).not.toHaveProperty('ip');
    const filter = '-ip:203.0.113.0/24';
    expect(refusals(node.console('agent').say(open('v', { filter })))).toEqual(['v not_allowed']);
    expect(refusals(node.console('owner').say(open('v', { filter })))).toEqual([]);
  });

  it('[OB6] one followed by both shows each what it may', async () => {
    const tab = node.arrive(0);
    const [row] = await node.listed();
    const [owner, agent] = [node.console('owner'), node.console('agent')];
    for (const console of [owner, agent]) console.say({ t: 'follow', view: 'd', id: row!.id });
    tab.say({ t: 'page', n: 2, url: 'https://shop.test/b', title: '' });
    await pass();
    expect([details(owner.news()).at(-1), details(agent.news()).at(-1)].map((detail) => [detail!.pages, detail!.ip])).toEqual([
      [2, '203.0.113.0'],
      [2, undefined],
    ]);
  });

  it('[OB9] another workspace’s visits and sites are not there', async () => {
    node.arrive(0);
    const [row] = await node.listed();
    const stranger = node.console('owner', { workspace: 'elsewhere' });
    expect(details(stranger.say({ t: 'follow', view: 'd', id: row!.id }))).toEqual([]);
    expect(refusals(stranger.say(open('v', { scope: { site: 's1' } })))).toEqual(['v not_allowed']);
    expect(refusals(node.console().say(open('v', { scope: { site: 'far' } }), open('w', { scope: { site: 's2' } })))).toEqual([
      'v unknown_site',
    ]);
  });
});

describe('what is declined', () => {
  it('[OB9] says why, and the connection goes on', () => {
    const console = node.console();
    const heard = console.say(
      open('a', { window: undefined }),
      open('b', { filter: 'ip:1.2.3.4', streams: ['totals'] }),
      { t: 'window', view: 'nope', window: WINDOW },
      { t: 'again', view: 'nope' },
      { t: 'close', view: 'nope' },
    );
    expect(refusals(heard)).toEqual(['a no_window', 'nope unknown_view', 'nope unknown_view']);
    expect([console.closed, views(heard).map(({ view }) => view)]).toEqual([null, ['b']]);
  });

  it('[OB9] one view over the bound is, whether views or follows; closing one makes room', () => {
    const console = node.console();
    const heard = console.say(...Array.from({ length: LIMITS.viewsPerConsole - 1 }, (_, i) => open(`v${i}`, { streams: ['totals'] })), {
      t: 'follow',
      view: 'f',
      id: 'x',
    });
    expect(refusals(heard)).toEqual([]);
    expect(refusals(console.say(open('more'), { t: 'follow', view: 'g', id: 'x' }))).toEqual(['more too_many_views', 'g too_many_views']);
    expect(refusals(console.say(open('v3'), { t: 'close', view: 'f' }, open('more')))).toEqual([]);
  });

  it('[OB9] a plan without tracking has no live views', async () => {
    node = await aNode({ trackingInPlan: false });
    expect(refusals(node.console().say(open('a'), { t: 'follow', view: 'b', id: 'x' }))).toEqual(['a not_allowed', 'b not_allowed']);
  });

  it.each([
    ['{', 'bad_frame'],
    ['', 'bad_frame'],
    ['[]', 'bad_frame'],
    ['{"t":"hello"}', 'bad_frame'],
    ['{"t":"close","view":"a","x":1}', 'bad_frame'],
    ['{"t":"close","view":""}', 'bad_frame'],
    [`{"t":"close","view":"a"}${' '.repeat(8_192)}`, 'too_big'],
  ])('[OB10] %.30s closes', (text, code) => {
    expect(closedBy(text)).toBe(code);
  });

  it('[OB10] a console that asks faster than a screen can scroll is stopped', () => {
    const again = JSON.stringify({ t: 'again', view: 'x' });
    expect(closedBy(...Array.from({ length: 240 }, () => again))).toBeNull();
    expect(closedBy(...Array.from({ length: 241 }, () => again))).toBe('rate_limited');
    expect(closedBy('{', again)).toBe('bad_frame');
  });
});

describe('the end of a session', () => {
  const three = () => ({
    mine: node.console('agent', { session: 's-mine', user: 'me' }),
    phone: node.console('agent', { session: 's-phone', user: 'me' }),
    other: node.console('agent', { session: 's-other', user: 'you' }),
  });
  const codes = (consoles: Record<string, TestConsole>) => Object.values(consoles).map(({ closed }) => closed?.code ?? null);

  it('[OB7] logout and expiry close that session’s sockets, for good', () => {
    const consoles = three();
    node.consoles.ended({ session: 's-mine', why: 'logout' });
    expect(codes(consoles)).toEqual([4401, null, null]);
    expect(consoles.mine.closed?.advice).toEqual({ code: 'signed_out' });
    node.consoles.ended({ session: 's-other', why: 'expired' });
    expect([codes(consoles), node.consoles.size]).toEqual([[4401, null, 4401], 1]);
  });

  it('[OB7] a removed member’s sockets close wherever they are; a new role asks to reconnect', () => {
    const consoles = three();
    node.consoles.ended({ user: 'me', why: 'role' });
    expect(codes(consoles)).toEqual([4402, 4402, null]);
    expect(consoles.phone.closed?.advice).toEqual({ code: 'role_changed', minMs: 500, maxMs: 3_000 });
    node.consoles.ended({ user: 'you', why: 'removed' });
    expect(codes(consoles)).toEqual([4402, 4402, 4401]);
  });

  it('[OB7] a closed console hears nothing more, and its views are let go', async () => {
    const console = node.console();
    console.say(open(), { t: 'follow', view: 'd', id: 'x' });
    console.session.closed();
    console.session.closed();
    console.session.text('{');
    node.arrive(0);
    await pass();
    expect([console.news(), console.closed, node.consoles.size, [...node.feeds.orders()]]).toEqual([[], null, 0, []]);
  });

  it('[WS14] when the server ends consoles come back within the window', () => {
    const consoles = three();
    node.consoles.closeAll('restart');
    expect(consoles.mine.closed).toEqual({ code: 1001, advice: { code: 'restart', minMs: 100, maxMs: 5_000 } });
    expect([codes(consoles), node.consoles.size]).toEqual([[1001, 1001, 1001], 0]);
  });
});
