import type { Detail } from '@foyer/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { aNode, aWorld, OTHER_SITE, SITE, type TestNode, WORKSPACE } from '../edge/edge.testkit.ts';
import type { Feed, OpenSpec } from './feeds.ts';
import type { ViewPatch } from './view-patch.ts';
import { Shown } from './view.testkit.ts';

class Eye {
  readonly shown = new Shown();
  readonly bodies: string[] = [];
  readonly patches: ViewPatch[] = [];
  readonly details: (Detail | null)[] = [];

  patch(_: string, patch: ViewPatch, body: string): void {
    this.patches.push(patch);
    this.bodies.push(body);
    this.shown.apply(patch);
  }
  detail(_: string, detail: Detail | null): void {
    this.details.push(detail);
  }
  get cities(): (string | undefined)[] {
    return this.shown.rows.order.map((id) => this.shown.rows.set[id]!.city);
  }
}

let node: TestNode;
beforeEach(async () => {
  node = await aNode();
});
const WINDOW = { sort: 'arrived', dir: 'asc', before: 0, after: 50 } as const;

function open(eye: Eye, over: Partial<OpenSpec> = {}, at = node): Feed {
  const feed = at.feeds.open(eye, 'v', {
    workspace: WORKSPACE,
    scope: {},
    filter: '',
    streams: ['totals', 'cities', 'rows'],
    window: WINDOW,
    hidden: [],
    ...over,
  });
  if ('code' in feed) throw new Error(feed.message);
  return feed;
}
const refusal = (over: Partial<OpenSpec>) => {
  const feed = node.feeds.open(new Eye(), 'v', {
    workspace: WORKSPACE,
    scope: {},
    filter: '',
    streams: ['totals'],
    window: undefined,
    hidden: [],
    ...over,
  });
  return 'code' in feed ? feed.code : null;
};
const pass = (ms = 200) => node.clock.advanceAsync(ms);

describe('one node', () => {
  it('[OB8] a view answers at once and whole, then with what changes', async () => {
    node.arrive(0);
    const eye = new Eye();
    open(eye);
    await pass();
    expect([eye.cities, eye.shown.totals.live, eye.shown.counting]).toEqual([['Berlin'], 1, false]);
    node.arrive(1);
    await pass();
    expect([eye.cities, eye.shown.totals.live, eye.shown.cities.size]).toEqual([['Berlin', 'Paris'], 2, 2]);
    expect(eye.patches[0]).toMatchObject({ totals: { full: true }, cities: { full: true }, rows: { full: true } });
    expect(eye.patches.slice(1).some(({ totals, cities, rows }) => totals?.full || cities?.full || rows?.full)).toBe(false);
  });

  it('[OB8] `again` brings all of it once more, and patches go on from there', async () => {
    const eye = new Eye();
    const feed = open(eye);
    node.arrive(0);
    await pass();
    const late = new Eye();
    const second = open(late);
    feed.again();
    second.again();
    expect(eye.patches.at(-1)).toMatchObject({ totals: { full: true }, rows: { full: true } });
    node.arrive(1);
    await pass();
    expect([eye.cities, late.cities]).toEqual([
      ['Berlin', 'Paris'],
      ['Berlin', 'Paris'],
    ]);
  });

  it('[OB8] a window moves to any place, by anchor, and a closed view is silent', async () => {
    for (const n of [0, 1, 2]) {
      node.arrive(n);
      await pass(1_000);
    }
    const eye = new Eye();
    const feed = open(eye, { streams: ['rows'], window: { ...WINDOW, after: 1 } });
    await pass();
    expect([eye.cities, eye.shown.rows.total]).toEqual([['Berlin'], 3]);
    const anchor = { id: eye.shown.rows.order[0]!, key: eye.shown.rows.keys[eye.shown.rows.order[0]!]! };
    feed.move({ ...WINDOW, anchor, after: 3 });
    await pass();
    expect([eye.cities, eye.shown.rows.before]).toEqual([['Berlin', 'Paris', 'Lima'], 0]);
    const last = { id: eye.shown.rows.order[2]!, key: eye.shown.rows.keys[eye.shown.rows.order[2]!]! };
    feed.move({ ...WINDOW, anchor: last, before: 1, after: 1 });
    await pass();
    expect([eye.cities, eye.shown.rows.before]).toEqual([['Paris', 'Lima'], 1]);
    feed.close();
    feed.close();
    const heard = eye.patches.length;
    node.arrive(0);
    await pass();
    expect(eye.patches).toHaveLength(heard);
    expect([...node.feeds.orders()]).toEqual([]);
  });

  it('[OB5] consoles with the same view share one encoding; filters that mean the same are the same view', async () => {
    const eyes = [new Eye(), new Eye(), new Eye()];
    open(eyes[0]!, { filter: 'city:berlin -status:inactive' });
    open(eyes[1]!, { filter: '  -STATUS:inactive   city:Berlin ' });
    open(eyes[2]!, { filter: 'city:paris' });
    await pass();
    for (const eye of eyes) eye.bodies.length = 0;
    node.arrive(0);
    await pass();
    expect(eyes[0]!.bodies.length).toBeGreaterThan(0);
    // The very same text: encoded for one, handed to both.
    expect(eyes[1]!.bodies).toEqual(eyes[0]!.bodies);
    expect(eyes[1]!.patches.at(-1)).toBe(eyes[0]!.patches.at(-1));
    expect(eyes[2]!.patches.at(-1)).not.toBe(eyes[0]!.patches.at(-1));
    expect([...node.feeds.orders()].map(({ k }) => k)).toEqual(['open', 'window', 'open', 'window']);
  });

  it('[OB5] a site is found by its name in a filter; a scope shows one site, or those left out', async () => {
    node.arrive(0);
    const other = node.tab({ site: OTHER_SITE });
    other.say({
      t: 'hello',
      v: 1,
      tab: 'tab-other',
      pages: [{ n: 1, url: 'https://blog.test/', title: '' }],
      lang: 'de',
      tz: 'UTC',
      screen: [1, 1, 1],
      hidden: false,
      focused: true,
    });
    const bot = node.tab({ userAgent: 'bot' });
    bot.say({
      t: 'hello',
      v: 1,
      tab: 'tab-of-bot',
      pages: [{ n: 1, url: 'https://shop.test/', title: '' }],
      lang: 'de',
      tz: 'UTC',
      screen: [1, 1, 1],
      hidden: false,
      focused: true,
    });
    const seen = async (over: Partial<OpenSpec>) => {
      const eye = new Eye();
      open(eye, over);
      await pass();
      return eye.shown.rows.order.map((id) => [eye.shown.rows.set[id]!.site, eye.shown.rows.set[id]!.filtered].join(' ').trim());
    };
    expect(await seen({ filter: 'site:blog' })).toEqual([OTHER_SITE.id]);
    expect(await seen({ scope: { site: SITE.id } })).toEqual([SITE.id]);
    expect(await seen({ scope: { filtered: true } })).toEqual([`${SITE.id} Bot: Testbot`]);
    expect(await seen({ scope: { city: 'XX||berlin' } })).toHaveLength(2);
  });

  it('[OB15] that counting has ended reaches every watcher, whatever its streams', async () => {
    for (let i = 0; i < 30; i++) node.arrive(i % 3);
    await pass();
    // Time that passes while reading, so that a new filter is not read in one slice.
    const mono = node.clock.mono.bind(node.clock);
    let slow = 0;
    node.clock.mono = () => mono() + (slow += 0.5);
    const eyes = (['totals', 'cities', 'rows'] as const).map((stream) => {
      const eye = new Eye();
      open(eye, { filter: 'lima', streams: [stream] });
      return eye;
    });
    await pass(3_000);
    node.clock.mono = mono;
    await pass(3_000);
    expect(eyes.map(({ shown }) => shown.counting)).toEqual([false, false, false]);
    expect(eyes[0]!.shown.totals.listed).toBe(10);
    expect(eyes[2]!.shown.rows.total).toBe(10);
  });

  it('[OB9] a filter that is too long, rows without a window, and a hidden field are declined', () => {
    expect(refusal({ filter: 'x'.repeat(501) })).toBe('bad_filter');
    expect(refusal({ streams: ['rows'] })).toBe('no_window');
    expect(refusal({ filter: '-ip:203.0.113.0/24 berlin', hidden: ['ip'] })).toBe('not_allowed');
    expect(refusal({ filter: 'ip:203.0.113.0/24' })).toBeNull();
  });

  it('[OB12] following answers at once, and with each change; two may follow one visit', async () => {
    const tab = node.arrive(0);
    const [row] = await node.listed();
    const [one, two] = [new Eye(), new Eye()];
    const stop = node.feeds.follow(one, 'd', WORKSPACE, row!.id);
    node.feeds.follow(two, 'd', WORKSPACE, row!.id);
    expect([one.details, two.details]).toMatchObject([[{ id: row!.id, pages: 1 }], [{ id: row!.id }]]);
    tab.say({ t: 'page', n: 2, url: 'https://shop.test/b', title: 'B' });
    await pass();
    expect(one.details.at(-1)).toMatchObject({ pages: 2, trail: [{ title: 'Home' }, { title: 'B' }] });
    stop();
    stop();
    const heard = one.details.length;
    tab.say({ t: 'page', n: 3, url: 'https://shop.test/c', title: 'C' });
    await pass();
    expect([one.details.length, two.details.at(-1)]).toMatchObject([heard, { pages: 3 }]);
    const nobody = new Eye();
    node.feeds.follow(nobody, 'd', WORKSPACE, 'nobody');
    expect(nobody.details).toEqual([null]);
  });
});

describe('three nodes', () => {
  async function three() {
    const world = aWorld();
    const nodes: TestNode[] = [];
    for (const name of ['n1', 'n2', 'n3']) nodes.push(await aNode({ world, name }));
    await world.clock.advanceAsync(2_000);
    return { world, nodes };
  }
  const counts = (eye: Eye) => [
    eye.shown.totals.live,
    [...eye.shown.cities.values()].reduce((n, [, active = 0]) => n + active, 0),
    eye.shown.rows.total,
    new Set(eye.shown.rows.order).size,
  ];

  it('[OB22] each console sees the visits of all nodes as one list', async () => {
    const { world, nodes } = await three();
    const eyes = nodes.map((at) => {
      const eye = new Eye();
      open(eye, {}, at);
      return eye;
    });
    for (let i = 0; i < 30; i++) nodes[i % 3]!.arrive(i % 3);
    await world.clock.advanceAsync(2_000);
    expect(eyes.map(counts)).toEqual([1, 2, 3].map(() => [30, 30, 30, 30]));
    expect(nodes.map(({ live }) => live.size).every((size) => size > 0 && size < 30)).toBe(true);
    expect(eyes[1]!.shown.rows.order).toEqual(eyes[0]!.shown.rows.order);
  });

  it('[OB22] a console that opens late, or on another node, sees the same; a visit is followed wherever it is', async () => {
    const { world, nodes } = await three();
    for (let i = 0; i < 12; i++) nodes[i % 3]!.arrive(i % 3);
    await world.clock.advanceAsync(1_000);
    for (const at of nodes) {
      const eye = new Eye();
      open(eye, {}, at);
      await world.clock.advanceAsync(500);
      expect(counts(eye)).toEqual([12, 12, 12, 12]);
      for (const id of eye.shown.rows.order) at.feeds.follow(eye, id, WORKSPACE, id);
      await world.clock.advanceAsync(500);
      expect(new Set(eye.details.flatMap((detail) => detail?.id ?? [])).size).toBe(12);
    }
  });

  it('[OB22] when a node goes its visitors come back elsewhere and are the same visits', async () => {
    const { world, nodes } = await three();
    const tabs = Array.from({ length: 12 }, (_, i) => nodes[i % 3]!.arrive(i % 3));
    await world.clock.advanceAsync(15_000);
    const eye = new Eye();
    open(eye, {}, nodes[0]!);
    await world.clock.advanceAsync(500);
    const before = [...eye.shown.rows.order];
    nodes[2]!.live.halt();
    await world.clock.advanceAsync(5_000);
    expect([eye.shown.rows.total, eye.shown.totals.live]).toEqual([12, 12]);
    for (const [i, tab] of tabs.entries()) {
      if (i % 3 !== 2) continue;
      const { secret, resume } = tab.you!;
      nodes[0]!.arrive(i % 3, { tab: `tab-back-${i}`, secret: secret!, resume });
    }
    await world.clock.advanceAsync(20_000);
    expect([...eye.shown.rows.order].sort()).toEqual(before.sort());
    expect([eye.shown.totals.live, eye.shown.totals.listed]).toEqual([12, 12]);
  });
});
