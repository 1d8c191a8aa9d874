import type { Block, PastVisit } from '@foyer/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { VisitRecord } from '../../ports/history-store.ts';
import { aBlock, auditOf } from '../../team/team.testkit.ts';
import { anHttpEdge, codeOf, type HttpEdge } from './http.testkit.ts';

let t: HttpEdge;
beforeEach(async () => {
  t = await anHttpEdge();
});
afterEach(() => t.dispose());

test('[AP11] the list is asked for with filter, sort, direction, limit and site, within the own workspace; an empty parameter is none', async () => {
  const query = new URLSearchParams({
    filter: 'country:de "a b"',
    sort: 'pages',
    dir: 'asc',
    limit: '7',
    site: t.site.id,
    filtered: 'true',
  });
  const answer = await t.call(`GET /api/v1/visitors?${query}`, { as: t.owner });
  expect(answer.body).toMatchObject({ total: 1, live: 1, totals: { listed: 1, live: 1 }, rows: [{ id: 'visit-1', city: 'Berlin' }] });
  await t.call('GET /api/v1/visitors?filter=&sort=&limit=', { as: await t.join('agent', 'Anna') });
  const workspace = t.owner.actor.workspace;
  expect(t.live.asked).toEqual([
    { workspace, scope: { site: t.site.id, filtered: true }, filter: 'country:de "a b"', sort: 'pages', dir: 'asc', limit: 7, hidden: [] },
    { workspace, scope: {}, filter: '', sort: 'arrived', dir: 'desc', limit: 100, hidden: ['ip'] },
  ]);
});

test('[AP11] a filter that is none is 422 with its reason', async () => {
  const answer = await t.call('GET /api/v1/visitors?filter=nope:1', { as: t.owner });
  expect([answer.status, codeOf(answer)]).toEqual([422, 'bad_filter']);
});

test.each(['limit=1001', 'limit=-1', 'sort=ip', 'dir=up', 'filtered=perhaps', `filter=${'x'.repeat(501)}`])(
  '[AP11] %s is 422',
  async (query) => {
    expect((await t.call(`GET /api/v1/visitors?${query}`, { as: t.owner })).status).toBe(422);
  },
);

test('[TM2] the detail has an address for admins and none for agents', async () => {
  const admin = await t.call('GET /api/v1/visitors/visit-1', { as: await t.join('admin', 'Adam') });
  const agent = await t.call('GET /api/v1/visitors/visitor-1', { as: await t.join('agent', 'Anna') });
  expect(admin.body).toMatchObject({ id: 'visit-1', ip: '203.0.113.0' });
  expect(agent.body).toMatchObject({ id: 'visit-1' });
  expect('ip' in (agent.body as object)).toBe(false);
  expect((await t.call('GET /api/v1/visitors/gone', { as: t.owner })).status).toBe(404);
});

test('[AP12] places are kept by the browser, but not when there are none; an epoch that is over is 404', async () => {
  const all = await t.call('GET /api/v1/places?epoch=now', { as: t.owner });
  expect([all.status, all.headers.get('cache-control')]).toEqual([200, 'private, max-age=86400']);
  expect(all.body).toMatchObject({ epoch: 'now', from: 0, places: [{ index: 0, city: 'Berlin' }] });
  const rest = await t.call('GET /api/v1/places?epoch=now&from=1', { as: t.owner });
  expect([rest.body, rest.headers.get('cache-control')]).toEqual([{ epoch: 'now', from: 1, places: [] }, 'no-store']);
  expect(codeOf(await t.call('GET /api/v1/places?epoch=before', { as: t.owner }))).toBe('epoch_over');
});

test('[AP13] a listed visit is blocked by its address’s hash, and the block is taken back', async () => {
  const anna = await t.join('agent', 'Anna');
  const made = await t.call('POST /api/v1/visitors/visit-1/block', { as: anna, body: { note: ' spam ' } });
  expect(made.status).toBe(201);
  const block = made.body as Block;
  expect(block).toEqual({
    id: block.id,
    kind: 'address',
    what: '',
    label: 'Visitor 1',
    until: null,
    note: 'spam',
    createdAt: t.clock.now(),
    createdBy: anna.actor.user.id,
  });
  const { workspace } = t.owner.actor;
  expect(t.directory.isBlocked(workspace, { address: '', addressHash: 'hash-of-visitor' })).toBe(true);
  expect((await t.call('GET /api/v1/blocks', { as: t.owner })).body).toEqual([block]);
  expect((await t.call(`DELETE /api/v1/blocks/${block.id}`, { as: t.owner })).status).toBe(204);
  expect((await t.call(`DELETE /api/v1/blocks/${block.id}`, { as: t.owner })).status).toBe(404);
  expect(t.directory.isBlocked(workspace, { address: '', addressHash: 'hash-of-visitor' })).toBe(false);
  expect(
    auditOf(t.dataDir)
      .filter(({ action }) => action.startsWith('block.'))
      .map(({ action, detail }) => `${action} ${detail}`),
  ).toEqual([`block.add ${block.id}: spam`, `block.remove ${block.id}: spam`]);
});

test('[AP13] whoever looks at a visit finds its blocks, to take them back; they close its address out until then', async () => {
  const anna = await t.join('agent', 'Anna');
  const ofVisit = async () => (await t.call('GET /api/v1/visitors/visitor-1/blocks', { as: anna })).body;
  expect(await ofVisit()).toEqual([]);
  const block = (await t.call('POST /api/v1/visitors/visit-1/block', { as: t.owner })).body as Block;
  await t.directory.addBlock({ ...block, id: 'other', workspace: anna.actor.workspace, addressHash: 'hash-of-somebody' });
  expect(await ofVisit()).toEqual([block]);
  expect((await t.call(`DELETE /api/v1/blocks/${block.id}`, { as: anna })).status).toBe(204);
  expect(await ofVisit()).toEqual([]);
  expect((await t.call('GET /api/v1/visitors/gone/blocks', { as: anna })).status).toBe(404);
  expect((await t.call('GET /api/v1/visitors/visit-1/blocks', { as: await t.elsewhere() })).status).toBe(404);
});

test('[AP13] the list of blocks is bounded, newest first, and so is their number', async () => {
  const { workspace } = t.owner.actor;
  const add = (i: number) => t.directory.addBlock(aBlock({ id: `b${i}`, workspace, addressHash: `h${i}`, createdAt: i }));
  await Promise.all(Array.from({ length: 10_000 }, (_, i) => add(i)));
  const listed = async (query: string) => (await t.call(`GET /api/v1/blocks?${query}`, { as: t.owner })).body as Block[];
  expect([(await listed('')).length, (await listed('limit=1000')).length, (await listed('limit=1'))[0]?.id]).toEqual([200, 1_000, 'b9999']);
  expect((await t.call('GET /api/v1/blocks?limit=1001', { as: t.owner })).status).toBe(422);
  const refused = await t.call('POST /api/v1/visitors/visit-1/block', { as: t.owner });
  expect([refused.status, codeOf(refused)]).toEqual([409, 'too_many']);
  await t.call('DELETE /api/v1/blocks/b0', { as: t.owner });
  expect((await t.call('POST /api/v1/visitors/visit-1/block', { as: t.owner })).status).toBe(201);
});

test('[AP13] a block needs no body, and a visit that is listed', async () => {
  expect((await t.call('POST /api/v1/visitors/visit-1/block', { as: t.owner })).status).toBe(201);
  expect((await t.call('POST /api/v1/visitors/gone/block', { as: t.owner })).status).toBe(404);
});

const aVisit = (over: Partial<VisitRecord>): VisitRecord => ({
  workspace: t.owner.actor.workspace,
  site: t.site.id,
  visit: 'v1',
  visitor: 'vis',
  startedAt: Date.UTC(2026, 0, 1, 10),
  lastActivityAt: Date.UTC(2026, 0, 1, 10, 5),
  leftAt: 0,
  endedAt: null,
  pages: 3,
  trail: [{ at: 1, url: 'https://shop.fernhill.test/', title: 'Shop' }],
  tabs: { t: 3 },
  country: 'DE',
  region: 'BE',
  city: 'Berlin',
  place: 'DE|BE|Berlin',
  lat: 52,
  lon: 13,
  approximate: false,
  browser: 'Firefox',
  browserVersion: '1',
  os: 'Linux',
  osVersion: '',
  device: 'desktop',
  lang: 'de',
  timeZone: 'Europe/Berlin',
  screen: '',
  referrer: '',
  referrerHost: '',
  campaign: '',
  ip: '203.0.113.0',
  organisation: '',
  source: 'Widget',
  context: '',
  filtered: '',
  name: '',
  identity: '',
  goals: [],
  ...over,
});

test('[AP14] past visits come newest first, with addresses for those who may see them', async () => {
  await t.history.saveVisits([aVisit({}), aVisit({ visit: 'v2', startedAt: Date.UTC(2026, 0, 2), lastActivityAt: Date.UTC(2026, 0, 2) })]);
  const visits = (await t.call('GET /api/v1/visitors/vis/visits', { as: t.owner })).body as PastVisit[];
  expect(visits.map(({ visit, ip, pages }) => [visit, ip, pages])).toEqual([
    ['v2', '203.0.113.0', 3],
    ['v1', '203.0.113.0', 3],
  ]);
  const seenByAgent = (await t.call('GET /api/v1/visitors/vis/visits?limit=1', { as: await t.join('agent', 'Anna') })).body as PastVisit[];
  expect(seenByAgent.map((visit) => [visit.visit, 'ip' in visit])).toEqual([['v2', false]]);
  expect((await t.call('GET /api/v1/visitors/vis/visits', { as: await t.elsewhere() })).body).toEqual([]);
});

test('[AP14] reports answer the rollups of the range, as the store counted them', async () => {
  await t.history.saveVisits([aVisit({}), aVisit({ visit: 'v2', country: 'FR', pages: 1, tabs: { t: 1 } })]);
  const from = Date.UTC(2026, 0, 1, 10);
  const rows = async (query: string) =>
    (
      (await t.call(`GET /api/v1/reports/visits?${query}`, { as: t.owner })).body as {
        rows: { value: string; visits: number; pages: number }[];
      }
    ).rows;
  expect(await rows(`from=${from}&to=${from + 900_000}&step=quarter`)).toMatchObject([
    { site: '', from, dimension: 'total', visits: 2, pages: 4 },
  ]);
  expect(await rows(`from=${from + 900_000}&to=${from + 1_800_000}&step=quarter`)).toEqual([]);
  const byCountry = await rows(`from=${from}&to=${from + 1}&step=quarter&dimension=country&site=${t.site.id}`);
  expect(byCountry.map(({ value, visits }) => `${value} ${visits}`).sort()).toEqual(['DE 1', 'FR 1']);
});

test('[AP14] a range that ends before it begins, or is none, is 422', async () => {
  for (const query of ['from=2&to=1', 'from=1', 'from=yesterday&to=1', 'from=0&to=1&step=week']) {
    expect((await t.call(`GET /api/v1/reports/visits?${query}`, { as: t.owner })).status).toBe(422);
  }
});
