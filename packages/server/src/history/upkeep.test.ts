import { expect, it, vi } from 'vitest';
import { freshStores } from '../adapters/store-sqlite/sqlite.testkit.ts';
import { aNode, SITE, WORKSPACE } from '../edge/edge.testkit.ts';
import { aVisit, DAY } from '../ports/history-store.testkit.ts';
import { newSettings } from '../team/settings.ts';
import { Upkeep } from './upkeep.ts';

const nobodyNoted = { notedVisitors: async () => [], deleteNotesOf: async () => 0 };

async function anUpkeep(history: Parameters<typeof aNode>[0] = {}, team: ConstructorParameters<typeof Upkeep>[0]['team'] = nobodyNoted) {
  const node = await aNode(history);
  const outages: string[] = [];
  const upkeep = new Upkeep({
    clock: node.clock,
    live: node.live,
    history: node.history,
    team,
    directory: node.directory,
    onOutage: (what) => void outages.push(what),
  });
  upkeep.start();
  return { ...node, upkeep, outages, node };
}

it('[OB17] each minute the online visits of each site are sampled', async () => {
  const { node, clock, history, upkeep, live } = await anUpkeep();
  node.arrive(0);
  node.arrive(1).session.closed();
  node.arrive(2);
  node.tab({ userAgent: 'bot' }).say({
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
  await clock.advanceAsync(120_000);
  const at = Math.floor(live.now() / 60_000) * 60_000;
  const samples = await history.onlineSamples({ workspace: WORKSPACE, from: 0, to: at + 1, limit: 9 });
  expect(samples.map((sample) => [sample.at - at, sample.online])).toEqual([
    [-60_000, 2],
    [0, 2],
  ]);
  upkeep.stop();
  await clock.advanceAsync(120_000);
  expect(await history.onlineSamples({ workspace: WORKSPACE, from: at + 1, to: at * 2, limit: 9 })).toEqual([]);
});

it('[OB17] visits silent for 31 minutes end, younger ones do not', async () => {
  const { clock, history, live } = await anUpkeep();
  const visit = (minutes: number) => aVisit({ workspace: WORKSPACE, startedAt: live.now() - minutes * 60_000 });
  const [old, young] = [visit(31), visit(29)];
  await history.saveVisits([old, young]);
  await clock.advanceAsync(60_000);
  expect(await history.visitsById([old.visit, young.visit])).toMatchObject([{ endedAt: old.lastActivityAt }, { endedAt: null }]);
});

it('[OB17] what is older than the workspace keeps goes, all of it, at once after the start and then once an hour', async () => {
  const { clock, history, live, node } = await anUpkeep({ settings: { keepVisitsDays: 30 } });
  const saved = async (days: number, count: number) => {
    const visits = Array.from({ length: count }, () => aVisit({ workspace: WORKSPACE, startedAt: live.now() - days * DAY }));
    await history.saveVisits(visits);
    return visits.map(({ visit }) => visit);
  };
  const [old, kept] = [await saved(31, 4_500), await saved(29, 3)];
  await clock.advanceAsync(60_000);
  expect(await history.visitsById([...old, ...kept])).toHaveLength(3);
  await node.change({ keepVisitsDays: 10 });
  await clock.advanceAsync(59 * 60_000);
  expect(await history.visitsById(kept)).toHaveLength(3);
  await clock.advanceAsync(2 * 60_000);
  expect(await history.visitsById(kept)).toEqual([]);
});

it('[ST12] notes about whom nobody has seen for as long as the workspace keeps visits go; newer notes and seen visitors keep theirs', async () => {
  const { team, dispose } = await freshStores();
  const { clock, history, live, outages } = await anUpkeep({ settings: { keepVisitsDays: 30 } }, team);
  await team.putSetupToken('token');
  const [workspace] = [{ id: WORKSPACE, name: '', settings: newSettings('UTC'), trackingInPlan: true, createdAt: 1 }];
  const owner = { id: 'owner', workspace: WORKSPACE, name: 'O', email: 'o@x.test', role: 'owner', passwordHash: '', createdAt: 1 } as const;
  await team.setUp({ tokenHash: 'token', workspace, owner, site: SITE });
  const daysAgo = (days: number) => live.now() - days * DAY;
  const met = async (visitor: string, days: number) =>
    history.meetVisitors([{ workspace: WORKSPACE, visitor, visit: `visit of ${visitor}`, startedAt: daysAgo(days) }]);
  let notes = 0;
  const noted = (visitor: string, days: number) =>
    team.addNote({
      note: { id: `n${++notes}`, workspace: WORKSPACE, visitor, text: 'x', createdAt: daysAgo(days), createdBy: 'owner' },
      most: 9,
    });
  for (let i = 0; i < 1_100; i++) await noted(`never-met-${i}`, 31);
  await met('old', 31);
  await noted('old', 40);
  await noted('old', 31);
  await met('old, but noted lately', 31);
  await noted('old, but noted lately', 40);
  await noted('old, but noted lately', 1);
  await met('seen', 29);
  await noted('seen', 40);
  await clock.advanceAsync(60_000);
  const left = async (visitor: string) => (await team.notes({ workspace: WORKSPACE, visitor })).length;
  await vi.waitFor(async () =>
    expect([await left('old'), await left('old, but noted lately'), await left('seen'), await left('never-met-1099')]).toEqual([
      0, 2, 1, 0,
    ]),
  );
  expect(await team.notedVisitors({ workspace: WORKSPACE, before: live.now(), after: '', limit: 9 })).toEqual([
    'old, but noted lately',
    'seen',
  ]);
  expect(outages).toEqual([]);
  await dispose();
});

it('[OB17] one that fails is reported and keeps nothing else from being done', async () => {
  const { node, upkeep, outages, history } = await anUpkeep({
    history: {},
  });
  vi.spyOn(history, 'sampleOnline').mockRejectedValue(new Error('away'));
  const endStale = vi.spyOn(history, 'endStale');
  vi.spyOn(history, 'purge').mockRejectedValue(new Error('away'));
  await upkeep.run();
  expect([outages, endStale.mock.calls.length]).toEqual([['take the online sample', 'delete old visits'], 1]);
  expect(node.outages).toEqual([]);
});
