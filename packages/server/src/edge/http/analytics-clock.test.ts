import { SlewedClock } from '@foyer/domain/presence';
import type { AnalyticsOverview } from '@foyer/protocol';
import { expect, test } from 'vitest';
import { aVisit } from '../../ports/history-store.testkit.ts';
import { anHttpEdge } from './http.testkit.ts';

const HOUR = 3_600_000;

test('[AN28] after the wall clock was set back across midnight, the figures still end with the day that visits are counted in', async () => {
  let [wall, mono] = [Date.parse('2027-03-31T22:05:00Z'), 0];
  const slewed = new SlewedClock(mono, wall);
  const countedBy = (): number => Math.floor(slewed.now(mono, wall));
  const t = await anHttpEdge({ deps: { countedBy } });
  await t.call('PATCH /api/v1/settings', { as: t.owner, body: { timeZone: 'Europe/Prague' } });
  await t.history.setZone({ workspace: t.owner.actor.workspace, timeZone: 'Europe/Prague' });
  const overview = async (): Promise<AnalyticsOverview> =>
    (await t.call('GET /api/v1/analytics/overview?period=7d&step=day', { as: t.owner })).body as AnalyticsOverview;
  expect((await overview()).range.lastDay).toBe('2027-04-01');
  // Back by two hours, while a minute passes.
  [wall, mono] = [wall - 2 * HOUR, 60_000];
  const of = { workspace: t.owner.actor.workspace, site: t.site.id };
  await t.history.saveVisits([aVisit({ ...of, startedAt: countedBy() - 1_000 }), aVisit({ ...of, startedAt: countedBy() })]);
  const said = await overview();
  expect(said).toMatchObject({ at: countedBy(), range: { lastDay: '2027-04-01' }, figures: { visits: 2 } });
  expect(said.points.at(-1)).toMatchObject({ visits: 2 });
  // What was asked and who came and went ends by the same clock.
  const replay = (await t.call('GET /api/v1/replay', { as: t.owner })).body as { visits: unknown[] };
  expect(replay.visits).toHaveLength(2);
  const from = countedBy() + HOUR - 1_000;
  expect((await t.call(`GET /api/v1/request-log?from=${from}`, { as: t.owner })).status).toBe(200);
  await t.dispose();
});
