import type { AlertFrame, ConsoleDown, Role } from '@foyer/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { aHello, aNode, aWorld, SITE, type TestConsole, type TestNode, type TestWorld, WORKSPACE } from '../edge/edge.testkit.ts';
import type { AlertRecord } from '../ports/notice-store.ts';
import type { ChatChange } from '../ports/chat-store.ts';
import type { ChatState } from '@foyer/domain/chat';
import type { PushNote } from '../push/pushes.ts';
import { Alerts } from './alerts.ts';

interface Site {
  readonly node: TestNode;
  readonly alerts: Alerts;
  readonly pushed: { user: string; note: PushNote }[];
}
let made: Site[] = [];
afterEach(() => {
  for (const { alerts } of made) alerts.stop();
  made = [];
});

/** What all nodes of a test share: the store. */
class Store {
  all: AlertRecord[] = [];
  devices = new Set<string>();
  roles: Record<string, Role> = { 'user-1': 'owner', anna: 'agent', ben: 'agent' };
  isAway = false;
  reads = 0;
  add(over: Partial<AlertRecord> = {}): AlertRecord {
    const alert: AlertRecord = {
      id: `a${this.all.length}`,
      workspace: WORKSPACE,
      user: 'anna',
      name: 'An alert',
      kind: 'page',
      filter: 'page:/pricing',
      site: '',
      sound: true,
      notify: true,
      enabled: true,
      createdAt: this.all.length,
      ...over,
    };
    this.all.push(alert);
    return alert;
  }
}

async function aSite(store: Store, options: { world?: TestWorld; name?: string } = {}): Promise<Site> {
  const node = await aNode(options);
  const pushed: Site['pushed'] = [];
  const here = (_: string, user: string): boolean => node.colleagues.has(WORKSPACE, user);
  const alerts = new Alerts({
    store: {
      allAlerts: () => {
        store.reads++;
        return store.isAway ? Promise.reject(new Error('away')) : Promise.resolve(store.all);
      },
      pushDevices: ({ user }) => Promise.resolve(store.devices.has(user) ? [{} as never] : []),
    },
    clock: node.clock,
    members: () => Promise.resolve(Object.entries(store.roles).map(([id, role]) => ({ id, role }))),
    sitesOf: (workspace) => node.directory.sites(workspace).map((one) => ({ ...one, goals: node.directory.goals(one.id) ?? [] })),
    live: node.live,
    here,
    give: (...alert) => node.consoles.tellUser(...alert),
    push: (_, user, note) => void pushed.push({ user, note }),
    visitIdOf: ({ visitor }) => visitor,
    onOutage: (what, cause) => void node.outages.push({ what, cause }),
  });
  node.live.attachAlerts(alerts);
  await alerts.start();
  const site = { node, alerts, pushed };
  made.push(site);
  return site;
}
/** A console of this agent's, and the alerts know it. */
async function enter({ node, alerts }: Site, user = 'anna', role: Role = 'agent'): Promise<TestConsole> {
  const console = node.console(role, { user, session: `session of ${user}` });
  await node.clock.advanceAsync(300);
  for (const one of made) one.alerts.seen(WORKSPACE, user);
  await Promise.all(made.map((one) => one.alerts.settled()));
  await alerts.settled();
  return console;
}
const heard = (console: TestConsole): AlertFrame[] =>
  (console.news() as (ConsoleDown | AlertFrame)[]).filter((frame): frame is AlertFrame => frame.t === 'chat.alert');
const names = (console: TestConsole): string[] => heard(console).map(({ name, title }) => `${name}: ${title}`);
const pass = ({ node }: Site, ms = 1_000) => node.clock.advanceAsync(ms);
const goes = (tab: ReturnType<TestNode['arrive']>, n: number, path: string, title = path): void =>
  void tab.say({ t: 'page', n, url: `https://shop.test${path}`, title });
const landsOn = (path: string) => ({ pages: [{ n: 1, url: `https://shop.test${path}`, title: path }] });

describe('a visit', () => {
  it('[AL1] that comes to match is told once, whatever it does afterwards', async () => {
    const store = new Store();
    store.add({ name: 'Pricing' });
    const site = await aSite(store);
    const anna = await enter(site);
    const tab = site.node.arrive(0);
    await pass(site, 60_000);
    expect(names(anna)).toEqual([]);
    goes(tab, 2, '/pricing', 'Prices');
    await pass(site);
    const [frame] = heard(anna);
    expect(frame).toMatchObject({ alert: 'a0', name: 'Pricing', title: 'Prices', n: 1, city: 'Berlin', sound: true, notify: true });
    expect(frame!.visit).toBe((await site.node.listed())[0]!.id);
    for (const [n, path] of ['/', '/pricing', '/cart', '/pricing?x'].entries()) {
      goes(tab, 3 + n, path);
      await pass(site);
    }
    expect(names(anna)).toEqual([]);
  });

  it('[AL1] that begins is told at once by an alert about new visitors, and not when it comes to match later', async () => {
    const store = new Store();
    store.add({ name: 'Anybody', kind: 'visitor', filter: '' });
    store.add({ name: 'On pricing', kind: 'visitor', filter: 'page:/pricing' });
    const site = await aSite(store);
    const anna = await enter(site);
    const tab = site.node.arrive(0, landsOn('/'));
    await pass(site);
    expect(names(anna)).toEqual(['Anybody: /']);
    await pass(site, 20_000);
    goes(tab, 2, '/pricing');
    await pass(site);
    expect(names(anna)).toEqual([]);
    site.node.arrive(1, landsOn('/pricing'));
    await pass(site);
    expect(names(anna).toSorted((a, b) => a.localeCompare(b))).toEqual(['Anybody: /pricing', 'On pricing: /pricing']);
  });

  it('[AL2] that matched before it was asked for is no news; one that comes to match after is', async () => {
    const store = new Store();
    store.add({ name: 'Pricing' });
    const site = await aSite(store);
    const tabs = [site.node.arrive(0, landsOn('/pricing')), site.node.arrive(1, landsOn('/'))];
    await pass(site);
    const anna = await enter(site);
    await pass(site);
    expect(names(anna)).toEqual([]);
    goes(tabs[1]!, 2, '/pricing');
    await pass(site);
    expect(names(anna)).toEqual(['Pricing: /pricing']);
  });

  it('[AL2] that is read back after a restart is no news', async () => {
    const store = new Store();
    store.add({ name: 'Pricing' });
    store.add({ name: 'Anybody', kind: 'visitor', filter: '' });
    const world = aWorld();
    const first = await aSite(store, { world });
    await enter(first);
    first.node.arrive(0, landsOn('/pricing'));
    await pass(first, 2_000);
    first.node.live.stop();
    await first.node.writer.flush({ withinMs: 1_000 });
    const second = await aSite(store, { world, name: 'node-2' });
    const anna = await enter(second);
    await pass(second, 5_000);
    expect([(await second.node.listed()).length, names(anna)]).toEqual([1, []]);
  });

  it('[AL3] that is left out of the counts is told to nobody', async () => {
    const store = new Store();
    store.add({ kind: 'visitor', filter: '', name: 'Anybody' });
    const site = await aSite(store);
    const anna = await enter(site);
    const bot = site.node.tab({ userAgent: 'bot' });
    bot.say(aHello({ tab: 'tab-bot-1' }));
    await pass(site);
    expect(names(anna)).toEqual([]);
  });

  it('[AL3] is told when its number is known, also when the store answers late', async () => {
    const store = new Store();
    store.add({ kind: 'visitor', filter: '', name: 'Anybody' });
    const site = await aSite(store);
    const anna = await enter(site);
    site.node.arrive(0);
    site.node.arrive(1);
    await pass(site);
    expect(
      heard(anna)
        .map(({ n }) => n)
        .toSorted((a, b) => a - b),
    ).toEqual([1, 2]);
  });
});

describe('whose alerts', () => {
  it('[AL4] one of a site is about that site, by its name in filters too', async () => {
    const store = new Store();
    store.add({ name: 'Here', kind: 'visitor', filter: '', site: 's1' });
    store.add({ name: 'There', kind: 'visitor', filter: '', site: 's2' });
    store.add({ name: 'By domain', kind: 'visitor', filter: 'site:shop.test' });
    const site = await aSite(store);
    const anna = await enter(site);
    site.node.arrive(0, landsOn('/'));
    await pass(site);
    expect(names(anna).toSorted((a, b) => a.localeCompare(b))).toEqual(['By domain: /', 'Here: /']);
  });

  it('[CX4] one of a goal finds it by the name it has now', async () => {
    const store = new Store();
    store.add({ name: 'Demo', filter: 'goal:"booked a demo"' });
    const site = await aSite(store);
    const { directory } = site.node;
    const goals = (name: string) => directory.putGoals(WORKSPACE, SITE.id, [{ id: 'demo', name, enabled: true, pages: [], form: '' }]);
    const read = async (): Promise<void> => {
      site.alerts.changed(WORKSPACE);
      await site.alerts.settled();
    };
    await goals('Asked for a price');
    const anna = await enter(site);
    site.node.arrive(0).say({ t: 'goal', name: 'demo' });
    await pass(site);
    expect(names(anna)).toEqual([]);
    await goals('Booked a demo');
    await read();
    site.node.arrive(1).say({ t: 'goal', name: 'demo' });
    await pass(site);
    expect(heard(anna).map(({ name, n }) => `${name} ${n}`)).toEqual(['Demo 2']);
  });

  it('[AL4] what a role may not see it is not told by, from the moment it is that role', async () => {
    const store = new Store();
    store.add({ kind: 'visitor', filter: 'ip:203.0.113.0/24', name: 'Office' });
    store.roles['anna'] = 'admin';
    const site = await aSite(store);
    const anna = await enter(site, 'anna', 'admin');
    site.node.arrive(0, landsOn('/'));
    await pass(site);
    expect(names(anna)).toEqual(['Office: /']);
    store.roles['anna'] = 'agent';
    site.alerts.changed(WORKSPACE);
    await site.alerts.settled();
    site.node.arrive(1, landsOn('/'));
    await pass(site);
    expect(names(anna)).toEqual([]);
  });

  it('[AL5] only their own agent hears, on each of their pages; with none open, by push if there is a browser and it may notify', async () => {
    const store = new Store();
    store.add({ name: 'Annas', kind: 'visitor', filter: '' });
    store.add({ name: 'Bens', kind: 'visitor', filter: '', user: 'ben' });
    store.add({ name: 'Bens quiet', kind: 'visitor', filter: '', user: 'ben', notify: false });
    store.devices.add('ben');
    const site = await aSite(store);
    const anna = await enter(site);
    const phone = await enter(site);
    site.node.arrive(0, landsOn('/'));
    await pass(site);
    expect([names(anna), names(phone)]).toEqual([['Annas: /'], ['Annas: /']]);
    expect(site.pushed.map(({ user, note }) => [user, note.title, note.body, note.kind])).toEqual([
      ['ben', 'Bens', '#1 · Berlin, XX · /', 'alert'],
    ]);
    expect(site.pushed[0]!.note.tag).toBe(`visit:${(await site.node.listed())[0]!.visitor}`);
  });

  it('[AL6] who can hear nothing is not watched for, and equal filters are one', async () => {
    const store = new Store();
    for (let i = 0; i < 20; i++) store.add({ user: i % 2 ? 'anna' : 'ben', filter: i % 4 < 2 ? 'page:/pricing' : '  page:/pricing  ' });
    const site = await aSite(store);
    const watched: number[] = [];
    const { watch } = site.node.live;
    site.node.live.watch = (workspace, all, tell) => {
      watched.push(all.length);
      watch.call(site.node.live, workspace, all, tell);
    };
    await enter(site, 'anna');
    await enter(site, 'ben');
    expect(watched.at(-1)).toBe(1);
    store.all = store.all.map((alert) => ({ ...alert, enabled: false }));
    site.alerts.changed(WORKSPACE);
    await site.alerts.settled();
    expect(watched.at(-1)).toBe(0);
  });

  it('[AL5] an agent on another node hears of it', async () => {
    const store = new Store();
    store.add({ name: 'Anybody', kind: 'visitor', filter: '' });
    const world = aWorld();
    const [one, two] = [await aSite(store, { world, name: 'node-1' }), await aSite(store, { world, name: 'node-2' })];
    await pass(one, 3_000);
    const anna = await enter(two);
    for (let i = 0; i < 6; i++) one.node.arrive(i % 3, landsOn(`/${i}`));
    await pass(one, 2_000);
    expect(names(anna)).toHaveLength(6);
  });

  it('[AL8] hears of twenty at once, then of one every three seconds', async () => {
    const store = new Store();
    store.add({ name: 'Anybody', kind: 'visitor', filter: '' });
    const site = await aSite(store);
    const anna = await enter(site);
    for (let i = 0; i < 30; i++) site.node.arrive(i % 3);
    await pass(site);
    expect(heard(anna)).toHaveLength(20);
    await pass(site, 6_000);
    for (let i = 0; i < 5; i++) site.node.arrive(i % 3);
    await pass(site);
    expect(heard(anna)).toHaveLength(2);
  });

  it('[AL9] alerts that cannot be read are read again', async () => {
    const store = new Store();
    const site = await aSite(store);
    const anna = await enter(site);
    store.add({ name: 'Anybody', kind: 'visitor', filter: '' });
    store.isAway = true;
    site.alerts.changed(WORKSPACE);
    await site.alerts.settled();
    expect(site.node.outages.map(({ what }) => what)).toEqual(['read alerts']);
    store.isAway = false;
    await pass(site, 11_000);
    await site.alerts.settled();
    site.node.arrive(0, landsOn('/'));
    await pass(site);
    expect(names(anna)).toEqual(['Anybody: /']);
  });
});

describe('a new chat', () => {
  const state = (over: Partial<ChatState> = {}): ChatState => ({
    id: 'c1',
    workspace: WORKSPACE,
    site: 's1',
    source: 'widget',
    visitor: 'v1',
    cookieless: false,
    phase: { status: 'unassigned', since: 1 },
    epoch: 1,
    team: '',
    contact: { name: 'Eva', email: '', verified: false },
    tags: [],
    goals: [],
    startedAt: 1,
    lastMessageAt: 1,
    awaitingSince: 1,
    seq: 1,
    rev: 1,
    shownRev: 1,
    visitorMarks: { delivered: 0, read: 0 },
    teamMarks: { delivered: 0, read: 0 },
    visitorSeq: 1,
    rating: null,
    blockedUntil: 0,
    ...over,
  });
  const messages: ChatChange['messages'] = [
    {
      seq: 1,
      rev: 1,
      at: 1,
      from: { kind: 'visitor', id: '' },
      cid: 'x',
      body: { kind: 'text', text: 'Hello' },
      editedAt: 0,
      gone: '',
      answeredBy: 0,
    },
  ];

  it('[AL7] is told when it begins to wait for anybody, for its site', async () => {
    const store = new Store();
    store.add({ name: 'Chats', kind: 'chat', filter: '', site: 's1' });
    store.add({ name: 'Others', kind: 'chat', filter: '', site: 's2' });
    const site = await aSite(store);
    const anna = await enter(site);
    site.alerts.chatChanged({ state: state(), messages }, null);
    expect(heard(anna)).toMatchObject([{ name: 'Chats', conversation: 'c1', visitor: 'v1', visitorName: 'Eva', title: 'Hello' }]);
    site.alerts.chatChanged({ state: state({ seq: 2 }), messages: [] }, state());
    site.alerts.chatChanged({ state: state({ source: 'playground' }), messages }, null);
    const assigned = state({ phase: { status: 'assigned', agent: 'ben', since: 1 } });
    site.alerts.chatChanged({ state: assigned, messages: [] }, state());
    // Back in the queue: whoever has the inbox open sees it; it is not new.
    site.alerts.chatChanged({ state: state(), messages: [] }, assigned);
    expect(heard(anna)).toEqual([]);
    site.alerts.chatChanged({ state: state(), messages }, state({ phase: { status: 'resolved', at: 1, lastAgent: 'ben' } }));
    expect(heard(anna)).toHaveLength(1);
  });
});
