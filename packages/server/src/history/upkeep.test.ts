import { expect, it, vi } from 'vitest';
import { aNode, WORKSPACE } from '../edge/edge.testkit.ts';
import { aVisit, DAY } from '../ports/history-store.testkit.ts';
import { Upkeep } from './upkeep.ts';

async function anUpkeep(history: Parameters<typeof aNode>[0] = {}) {
  const node = await aNode(history);
  const outages: string[] = [];
  const upkeep = new Upkeep({
    clock: node.clock,
    live: node.live,
    history: node.history,
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
