import { describe, expect, it } from 'vitest';
import { aHello, aNode, aWorld, OTHER_SITE, SITE, type TestNode, type TestTab, WORKSPACE } from '../edge/edge.testkit.ts';
import { newSettings } from '../team/settings.ts';
import { aBlock, aSite } from '../team/team.testkit.ts';
import { Shown } from './view.testkit.ts';

const page = (n: number) => ({ t: 'page', n, url: `https://shop.test/${n}`, title: '' }) as const;
/** As the tracker does: silent after `tracking: false`, hello again after the next true. */
function answers(tab: TestTab, secret: string, heard = tab.news()): void {
  let isSilent = false;
  for (const frame of heard) {
    if (frame.t !== 'welcome') continue;
    if (frame.tracking && isSilent) tab.say(aHello({ secret, pages: [page(9)].map(({ t: _, ...view }) => view) }));
    isSilent = !frame.tracking;
  }
}
const welcomes = (tab: TestTab) => tab.of('welcome', tab.news()).map(({ tracking }) => tracking);

async function aVisitor(node: TestNode): Promise<{ tab: TestTab; secret: string }> {
  const tab = node.tab();
  const [you] = tab.of('you', tab.say(aHello()));
  return { tab, secret: you!.secret! };
}

describe('tracking', () => {
  it('[WS12] off ends running visits at once, in the store too, and greets the tabs; what was under way is dropped', async () => {
    const node = await aNode();
    const { tab } = await aVisitor(node);
    await node.change({ tracking: false });
    expect(await node.listed()).toEqual([]);
    expect(welcomes(tab)).toEqual([false]);
    tab.say(page(2), { t: 'act' });
    await node.clock.advanceAsync(60_000);
    expect([tab.closed, await node.listed()]).toEqual([null, []]);
    expect(await node.history.recentVisits({ since: 0, after: '', limit: 9 })).toEqual([]);
    expect(await node.history.distinct({ workspace: WORKSPACE, from: 0, to: Number.MAX_SAFE_INTEGER })).toEqual({ visits: 1, visitors: 1 });
  });

  it('[WS12] on greets connected tabs, which are then a visit on the same socket', async () => {
    const node = await aNode({ settings: { tracking: false } });
    const tab = node.tab();
    expect(welcomes(tab)).toEqual([false]);
    await node.change({ tracking: true });
    expect(welcomes(tab)).toEqual([true]);
    tab.say(aHello());
    expect(await node.listed()).toMatchObject([{ online: true }]);
  });

  it('[WS12] off and on again is another visit of the same visitor', async () => {
    const node = await aNode();
    const { tab, secret } = await aVisitor(node);
    const [before] = await node.listed();
    await node.change({ tracking: false });
    await node.clock.advanceAsync(1_000);
    await node.change({ tracking: true });
    answers(tab, secret);
    const [after] = await node.listed();
    expect([after!.visitor, after!.id === before!.id]).toEqual([before!.visitor, false]);
    await node.clock.advanceAsync(1_000);
    expect(await node.history.visitsById([before!.id])).toMatchObject([{ endedAt: expect.any(Number) }]);
  });
});

describe('what may be collected', () => {
  it.each([{ ipMask: 'strong' }, { signals: 'off' }, { cookieless: true }] as const)(
    '[WS13] %o asks each tab for a new hello; nobody is online twice',
    async (over) => {
      const node = await aNode();
      const { tab, secret } = await aVisitor(node);
      tab.news();
      await node.change(over);
      const heard = tab.say(page(2), { t: 'act' });
      expect(tab.closed).toBeNull();
      answers(tab, secret, heard);
      await node.clock.advanceAsync(6_000);
      expect((await node.listed()).filter(({ online }) => online)).toHaveLength(1);
      tab.session.closed();
      await node.clock.advanceAsync(6_000);
      expect((await node.listed()).filter(({ online }) => online)).toEqual([]);
    },
  );

  it('[WS13] other settings greet nobody', async () => {
    const node = await aNode();
    const { tab } = await aVisitor(node);
    tab.news();
    await node.change({ keepVisitsDays: 30, excludeOwnTeam: true, timeZone: 'Asia/Tokyo' });
    expect(tab.news()).toEqual([]);
  });

  it('[WS13] URL rules greet the tabs of their site alone, and hold from then on', async () => {
    const node = await aNode();
    const { tab } = await aVisitor(node);
    const other = node.tab({ site: OTHER_SITE });
    tab.news();
    other.news();
    await node.directory.changeSite(WORKSPACE, SITE.id, (site) => ({ ...site, params: ['size'], hashRouting: true }));
    expect(tab.news()).toMatchObject([{ t: 'welcome', tracking: true, params: ['size'], hash: true }]);
    expect(other.news()).toEqual([]);
    tab.say({ t: 'page', n: 2, url: 'https://shop.test/?color=red&size=2#/a', title: '' });
    expect(await node.listed()).toMatchObject([{ url: 'https://shop.test/?size=2#/a', pages: 2 }]);
  });
});

it('[BD14] a site that is called something else moves at once in a list that is sorted by site', async () => {
  const node = await aNode();
  for (const [site, tab] of [
    [SITE, 'tab00001'],
    [OTHER_SITE, 'tab00002'],
  ] as const)
    node.tab({ site }).say(aHello({ tab }));
  const shown = new Shown();
  node.feeds.open({ patch: (_, patch) => void shown.apply(patch), detail() {} }, 'v', {
    ...{ workspace: WORKSPACE, scope: {}, filter: '', streams: ['rows'], hidden: [] },
    window: { sort: 'site', dir: 'asc', before: 0, after: 10 },
  });
  const sites = () => shown.rows.order.map((id) => shown.rows.set[id]!.site);
  const rename = async (id: string, name: string) => {
    await node.directory.changeSite(WORKSPACE, id, (site) => ({ ...site, name }));
    await node.clock.advanceAsync(1_000);
  };
  await rename(SITE.id, 'Zebra');
  await rename(OTHER_SITE.id, 'Äpfel');
  expect(sites()).toEqual([OTHER_SITE.id, SITE.id]);
  await rename(SITE.id, 'Aal');
  expect(sites()).toEqual([SITE.id, OTHER_SITE.id]);
});

describe('doors that close', () => {
  it('[WS14] a deleted site closes its sockets and ends its visits, and no other', async () => {
    const node = await aNode();
    const { tab } = await aVisitor(node);
    const other = node.tab({ site: OTHER_SITE });
    other.say(aHello({ tab: 'tab00002' }));
    await node.directory.removeSite(WORKSPACE, SITE.id);
    expect(tab.closed).toMatchObject({ code: 4404, advice: { code: 'unknown_site', minMs: 30_000 } });
    expect(other.closed).toBeNull();
    expect(await node.listed()).toMatchObject([{ site: OTHER_SITE.id }]);
  });

  it('[WS14] a block closes those it meets for good, in its workspace', async () => {
    const node = await aNode();
    const [berlin, paris] = [node.arrive(0), node.arrive(1)];
    await node.directory.addBlock(aBlock({ workspace: WORKSPACE, addressHash: 'hash-0' }));
    expect(berlin.closed).toEqual({ code: 4451, advice: { code: 'blocked' } });
    expect(paris.closed).toBeNull();
    await node.clock.advanceAsync(6_000);
    expect(await node.listed('is:online')).toMatchObject([{ city: 'Paris' }]);
  });

  it('[WS14] a block of a visitor or a range closes theirs, and their next hello or handshake is refused', async () => {
    const node = await aNode();
    const { tab, secret } = await aVisitor(node);
    const paris = node.arrive(1);
    const visitor = (await node.listed()).find(({ city }) => city !== 'Paris')?.visitor ?? '';
    await node.directory.addBlock(aBlock({ id: 'v', workspace: WORKSPACE, kind: 'visitor', what: visitor }));
    expect(tab.closed).toMatchObject({ code: 4451 });
    expect(paris.closed).toBeNull();
    const again = node.tab();
    again.say(aHello({ secret, tab: 'tab00009' }));
    expect(again.closed).toEqual({ code: 4451, advice: { code: 'blocked' } });
    await node.directory.addBlock(aBlock({ id: 'r', workspace: WORKSPACE, kind: 'range', what: '0.0.0.0/1' }));
    await node.directory.addBlock(aBlock({ id: 'r2', workspace: WORKSPACE, kind: 'range', what: '128.0.0.0/1' }));
    expect(paris.closed).toMatchObject({ code: 4451 });
  });

  it('[WS14] a changed look greets the tabs of that site with another word, and consoles hear of it', async () => {
    const node = await aNode();
    const [tab, other, console] = [node.tab(), node.tab({ site: OTHER_SITE }), node.console()];
    const before = tab.of('welcome', tab.news())[0]?.chat;
    other.news();
    console.news();
    expect(before).toBeTruthy();
    await node.directory.changeLook(WORKSPACE, SITE.id, (now) => ({ ...now, accent: '#ff0000' }));
    const after = tab.of('welcome', tab.news())[0]?.chat;
    expect(after).toBeTruthy();
    expect(after).not.toBe(before);
    expect(other.news()).toEqual([]);
    expect(console.news()).toContainEqual({ t: 'changed', what: 'looks' });
    await node.directory.changeLook(WORKSPACE, SITE.id, (now) => ({ ...now, enabled: false }));
    expect(tab.of('welcome', tab.news()).map(({ chat }) => chat)).toEqual([undefined]);
  });

  it('[WS14] when the server ends everybody is told to come back within the window', async () => {
    const node = await aNode();
    const tabs = [node.arrive(0), node.arrive(1), node.tab()];
    node.tabs.restart();
    expect(tabs.map((tab) => tab.closed)).toEqual(tabs.map(() => ({ code: 1001, advice: { code: 'restart', minMs: 100, maxMs: 5_000 } })));
    expect(node.tabs.size).toBe(0);
  });
});

describe('consoles and zones', () => {
  it('[OB13] consoles hear what changed in their workspace', async () => {
    const node = await aNode();
    const [mine, other] = [node.console(), node.console('owner', { workspace: 'elsewhere' })];
    await node.clock.advanceAsync(100);
    mine.news();
    other.news();
    await node.change({ keepVisitsDays: 30 });
    await node.directory.changeSite(WORKSPACE, SITE.id, (site) => ({ ...site, name: 'New' }));
    node.directory.teamChanged(WORKSPACE);
    node.arrive();
    await node.clock.advanceAsync(100);
    expect(mine.news()).toEqual(['settings', 'sites', 'team', 'install'].map((what) => ({ t: 'changed', what })));
    expect(other.news()).toEqual([]);
    node.watch.stop();
    await node.change({ keepVisitsDays: 31 });
    expect(mine.news()).toEqual([]);
  });

  it('[OB18] the zone is told at start, when it changes, and for a workspace that appears; an outage is reported', async () => {
    const zones: string[] = [];
    let isAway = false;
    const world = aWorld();
    const node = await aNode({
      world,
      settings: { timeZone: 'Europe/Berlin' },
      history: {
        setZone: async ({ workspace, timeZone }) => {
          if (isAway) throw new Error('away');
          zones.push(`${workspace} ${timeZone}`);
        },
      },
    });
    expect(zones).toEqual(['w Europe/Berlin']);
    await node.change({ keepVisitsDays: 30 });
    await node.change({ timeZone: 'Asia/Tokyo' });
    const workspace = { id: 'new', name: 'New', settings: newSettings('America/Lima'), trackingInPlan: true, createdAt: 1 };
    node.directory.adopt(workspace, aSite({ id: 'far', key: 'far-key', workspace: 'new' }));
    expect(zones).toEqual(['w Europe/Berlin', 'w Asia/Tokyo', 'new America/Lima']);
    isAway = true;
    await node.change({ timeZone: 'UTC' });
    await world.clock.advanceAsync(0);
    expect(node.outages).toMatchObject([{ what: 'setZone', cause: { message: 'away' } }]);
  });

  it('[OB18] nobody waits for the days to move', async () => {
    const node = await aNode({ history: { setZone: () => new Promise(() => {}) } });
    await node.change({ timeZone: 'Asia/Tokyo' });
    expect(node.directory.settings(WORKSPACE)?.timeZone).toBe('Asia/Tokyo');
  });
});
