import { afterEach, beforeEach, expect, test } from 'vitest';
import { WIDGET_LOOK } from '@foyer/protocol';
import { Outage } from '../ports/outage.ts';
import { type Change, Directory } from './directory.ts';
import { aBlock, aSite, type ATeam, aTeam, cookieOf, join, quiet, setUp } from './team.testkit.ts';

const BAD = { address: '203.0.113.7', addressHash: 'bad' };

let t: ATeam;
/** The store is away while this is true. */
let away = false;
const changes: Change[] = [];

beforeEach(async () => {
  away = false;
  changes.length = 0;
  t = await aTeam({
    wrap: (store) => ({
      ...store,
      putSite: (site) => (away ? Promise.reject(new Outage('away')) : store.putSite(site)),
      siteSeen: (q) => (away ? Promise.reject(new Outage('away')) : store.siteSeen(q)),
    }),
  });
  t.directory.onChange((change) => changes.push(change));
});
afterEach(() => t.dispose());

/** What a server that starts now would know. */
const reopened = () => Directory.open({ store: t.store, clock: t.clock, log: quiet });
async function aWorkspace() {
  const owner = await setUp(t);
  changes.length = 0;
  const [site] = t.directory.sites(owner.actor.workspace);
  if (!site) throw new Error('set-up makes a site');
  return { owner, workspace: owner.actor.workspace, site };
}
test('[TM3] what is written is read back at once, and by the next start', async () => {
  const { workspace, site } = await aWorkspace();
  const second = aSite({ id: 's2', key: 'k2', workspace, createdAt: site.createdAt + 1 });
  await t.directory.addSite(second);
  await t.directory.changeWorkspace(workspace, (now) => ({ name: 'Renamed', settings: { ...now.settings, tracking: true } }));
  for (const directory of [t.directory, await reopened()]) {
    expect(directory.siteByKey('k2')).toEqual(second);
    expect(directory.sites(workspace).map(({ id }) => id)).toEqual([site.id, 's2']);
    expect(directory.settings(workspace)?.tracking).toBe(true);
    expect(directory.workspace(workspace)?.name).toBe('Renamed');
  }
});

test('[TM3] a listener finds the change already made', async () => {
  const { workspace, site } = await aWorkspace();
  const seen: unknown[] = [];
  t.directory.onChange(({ kind }) => seen.push(kind, t.directory.site(site.id)));
  await t.directory.removeSite(workspace, site.id);
  expect(seen).toEqual(['sites', null]);
  expect(t.directory.siteByKey(site.key)).toBeNull();
});

test('[TM3] a write that the store refuses changes nothing and tells nobody', async () => {
  const { workspace, site } = await aWorkspace();
  away = true;
  await expect(t.directory.changeSite(workspace, site.id, (now) => ({ ...now, name: 'New' }))).rejects.toThrow(Outage);
  expect(t.directory.site(site.id)).toEqual(site);
  expect(changes).toEqual([]);
  away = false;
  await t.directory.changeSite(workspace, site.id, (now) => ({ ...now, name: 'New' }));
  expect(t.directory.site(site.id)?.name).toBe('New');
});

test('[TM4] changes of one record at the same time all hold', async () => {
  const { workspace, site } = await aWorkspace();
  const hosts = Array.from({ length: 20 }, (_, i) => `https://h${i}.test`);
  await Promise.all(
    hosts.map((host) => t.directory.changeSite(workspace, site.id, (now) => ({ ...now, origins: [...now.origins, host] }))),
  );
  expect(t.directory.site(site.id)?.origins).toEqual(hosts);
  expect((await reopened()).site(site.id)?.origins).toEqual(hosts);
});

test('[TM18] a site of another workspace is neither changed nor removed', async () => {
  const { site } = await aWorkspace();
  expect(await t.directory.changeSite('other', site.id, (now) => ({ ...now, name: 'Stolen' }))).toBeNull();
  expect(await t.directory.removeSite('other', site.id)).toBe(false);
  expect(t.directory.site(site.id)).toEqual(site);
});

test('[TM24] refused origins are kept per site: the newest 20, counted, newest first', async () => {
  const { site } = await aWorkspace();
  for (let i = 0; i < 25; i++) t.directory.reportRefusedOrigin(site.id, `https://h${i}.test`, 1_000 + i);
  t.directory.reportRefusedOrigin(site.id, 'https://h7.test', 2_000);
  const refused = t.directory.refusedOrigins(site.id);
  expect(refused).toHaveLength(20);
  expect(refused[0]).toEqual({ origin: 'https://h7.test', count: 2, lastAt: 2_000 });
  expect(refused[1]?.origin).toBe('https://h24.test');
  expect(refused.some(({ origin }) => origin === 'https://h4.test')).toBe(false);
});

test('[TM24] Install hears of refused origins at most once a second, and of the last one too', async () => {
  const { site, workspace } = await aWorkspace();
  for (let i = 0; i < 50; i++) t.directory.reportRefusedOrigin(site.id, `https://h${i}.test`, t.clock.now());
  expect(changes).toEqual([]);
  t.clock.advance(1_000);
  expect(changes).toEqual([{ kind: 'install', workspace }]);
  t.directory.reportRefusedOrigin(site.id, 'https://late.test', t.clock.now());
  t.clock.advance(1_000);
  expect(changes).toHaveLength(2);
  expect(t.directory.refusedOrigins(site.id)[0]?.origin).toBe('https://late.test');
});

test('[TM24] an origin of no known site is not kept', () => {
  t.directory.reportRefusedOrigin('nobody', 'https://h.test', 1);
  expect(t.directory.refusedOrigins('nobody')).toEqual([]);
});

test('[TM25] an address is blocked until the last block of it is taken back', async () => {
  const { workspace } = await aWorkspace();
  await t.directory.addBlock(aBlock({ id: 'b1', workspace }));
  await t.directory.addBlock(aBlock({ id: 'b2', workspace, createdAt: 2 }));
  expect(t.directory.blocks(workspace).map(({ id }) => id)).toEqual(['b2', 'b1']);
  expect(t.directory.isBlocked('other', BAD)).toBe(false);
  await t.directory.removeBlock(workspace, 'b1');
  expect(t.directory.isBlocked(workspace, BAD)).toBe(true);
  expect((await reopened()).isBlocked(workspace, BAD)).toBe(true);
  await t.directory.removeBlock(workspace, 'b2');
  expect(t.directory.isBlocked(workspace, BAD)).toBe(false);
  expect(changes.every(({ kind }) => kind === 'blocks')).toBe(true);
});

test('[TM29] a range holds back every address in it, a visitor’s block that visitor, in their workspace', async () => {
  const { workspace } = await aWorkspace();
  await t.directory.addBlock(aBlock({ id: 'r4', workspace, kind: 'range', what: '203.0.113.0/24', addressHash: '' }));
  await t.directory.addBlock(aBlock({ id: 'r6', workspace, kind: 'range', what: '2001:db8::/32', addressHash: '' }));
  await t.directory.addBlock(aBlock({ id: 'v', workspace, kind: 'visitor', what: 'v1', addressHash: '' }));
  for (const directory of [t.directory, await reopened()]) {
    const holds = (address: string, of = workspace) => directory.isBlocked(of, { address, addressHash: '' });
    expect(['203.0.113.7', '::ffff:203.0.113.9', '2001:db8:1::1'].map((address) => holds(address))).toEqual([true, true, true]);
    expect(['203.0.114.7', '2001:db9::1', '', 'nonsense'].map((address) => holds(address))).toEqual([false, false, false, false]);
    expect(holds('203.0.113.7', 'other')).toBe(false);
    expect([directory.isVisitorBlocked(workspace, 'v1'), directory.isVisitorBlocked(workspace, 'v2')]).toEqual([true, false]);
    expect(directory.isVisitorBlocked('other', 'v1')).toBe(false);
  }
  await t.directory.removeBlock(workspace, 'r4');
  expect(t.directory.isBlocked(workspace, BAD)).toBe(false);
});

test('[TM29] a block for a time ends by itself, the longest of several last, and is forgotten with the next one', async () => {
  const { workspace } = await aWorkspace();
  const now = t.clock.now();
  await t.directory.addBlock(aBlock({ id: 'short', workspace, until: now + 1_000 }));
  await t.directory.addBlock(aBlock({ id: 'long', workspace, until: now + 60_000 }));
  await t.directory.addBlock(aBlock({ id: 'who', workspace, kind: 'visitor', what: 'v1', until: now + 1_000 }));
  const holds = () => [t.directory.isBlocked(workspace, BAD), t.directory.isVisitorBlocked(workspace, 'v1')];
  expect(holds()).toEqual([true, true]);
  t.clock.advance(1_000);
  expect([...holds(), ...t.directory.blocks(workspace).map(({ id }) => id)]).toEqual([true, false, 'long']);
  t.clock.advance(59_000);
  expect([...holds(), t.directory.blocks(workspace).length]).toEqual([false, false, 0]);
  expect(await t.directory.removeBlock(workspace, 'long')).toBe(false);
  await t.directory.addBlock(aBlock({ id: 'next', workspace }));
  expect((await t.store.loadAll()).blocks.map(({ id }) => id)).toEqual(['next']);
});

test('[TM30] a site has the widget’s usual look until it changes it; the change is there at once and at the next start', async () => {
  const { workspace, site } = await aWorkspace();
  expect(t.directory.look(site.id)).toEqual(WIDGET_LOOK);
  const both = [
    t.directory.changeLook(workspace, site.id, (now) => ({ ...now, accent: '#ff0000' })),
    t.directory.changeLook(workspace, site.id, (now) => ({ ...now, teamName: 'Us' })),
  ];
  await Promise.all(both);
  for (const directory of [t.directory, await reopened()])
    expect(directory.look(site.id)).toEqual({ ...WIDGET_LOOK, accent: '#ff0000', teamName: 'Us' });
  expect(changes).toEqual([
    { kind: 'looks', workspace },
    { kind: 'looks', workspace },
  ]);
  expect(await t.directory.changeLook('other', site.id, (now) => now)).toBeNull();
  await t.directory.removeSite(workspace, site.id);
  expect(t.directory.look(site.id)).toEqual(WIDGET_LOOK);
  expect((await t.store.loadAll()).looks.size).toBe(0);
});

test('[TM26] an address is the team’s from the first session there until the last one ends', async () => {
  const { owner, workspace } = await aWorkspace();
  const anna = await join(t, owner, 'agent', 'Anna');
  const again = await t.sessions.login({ email: 'anna@fernhill.test', password: 'correct horse battery', addressHash: 'address-of-anna' });
  expect(t.directory.isTeamAddress(workspace, 'address-of-anna')).toBe(true);
  expect(t.directory.isTeamAddress('other', 'address-of-anna')).toBe(false);
  await t.sessions.logout(anna.actor);
  expect(t.directory.isTeamAddress(workspace, 'address-of-anna')).toBe(true);
  if (!again.ok) throw new Error('the login was refused');
  await t.sessions.logout(again.value.actor);
  expect(t.directory.isTeamAddress(workspace, 'address-of-anna')).toBe(false);
  expect((await reopened()).isTeamAddress(workspace, 'address-of-olga')).toBe(true);
});

test('[TM26] a session that moves takes its new address with it', async () => {
  const { owner, workspace } = await aWorkspace();
  t.clock.advance(60_000);
  await t.sessions.authenticate(cookieOf(owner), 'train');
  expect(t.directory.isTeamAddress(workspace, 'train')).toBe(true);
  expect((await reopened()).isTeamAddress(workspace, 'train')).toBe(true);
});

test('[TM27] the first visitor of a site is noted once', async () => {
  const { workspace, site } = await aWorkspace();
  const told = new Promise<void>((resolve) => t.directory.onChange(() => resolve()));
  t.directory.markSeen(site.id, 5_000);
  t.directory.markSeen(site.id, 6_000);
  await told;
  t.directory.markSeen(site.id, 7_000);
  expect(t.directory.site(site.id)?.seenAt).toBe(5_000);
  expect((await reopened()).site(site.id)?.seenAt).toBe(5_000);
  expect(changes).toEqual([{ kind: 'install', workspace }]);
});

test('[TM27] an outage leaves it to the next visitor', async () => {
  const { site } = await aWorkspace();
  away = true;
  t.directory.markSeen(site.id, 5_000);
  // A write queued behind it ends after it.
  await expect(t.directory.addSite(aSite())).rejects.toThrow(Outage);
  await Promise.resolve();
  expect(t.directory.site(site.id)?.seenAt).toBeNull();
  away = false;
  const told = new Promise<void>((resolve) => t.directory.onChange(() => resolve()));
  t.directory.markSeen(site.id, 6_000);
  await told;
  expect(t.directory.site(site.id)?.seenAt).toBe(6_000);
});
