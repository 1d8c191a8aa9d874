import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RequestLog } from '../../history/request-log.ts';
import { MINUTE, aVisit } from '../../ports/history-store.testkit.ts';
import { anHttpEdge, type HttpEdge } from './http.testkit.ts';
import { BreakdownAnswer, GoalsFiguresAnswer, OnlineAnswer, OverviewAnswer, TeamFiguresAnswer } from './routes/analytics-answers.ts';
import { PeopleAnswer, PersonAnswer, ReplayShape, VisitAnswer, VisitsAnswer } from './routes/history-answers.ts';
import { RequestsAnswer, RequestTopsAnswer } from './routes/request-log.ts';

let t: HttpEdge;
let log: RequestLog;
let now: number;
beforeAll(async () => {
  t = await anHttpEdge();
  now = t.clock.now();
  log = new RequestLog({
    store: t.history,
    clock: t.clock,
    now: () => t.clock.now(),
    settings: (workspace) => t.directory.settings(workspace),
    lookup: () => ({ country: 'DE', city: 'Berlin' }),
    browserOf: () => 'Firefox',
    maskAddress: (address) => address.replace(/\d+$/, '0'),
    onOutage: (what, cause) => {
      throw new Error(what, { cause });
    },
  });
  Object.assign(t.deps, { requestLog: log });
  const of = { workspace: t.owner.actor.workspace, site: t.site.id };
  await t.history.saveVisits([
    aVisit({
      ...of,
      visitor: 'x',
      startedAt: now - 2 * MINUTE,
      goals: [{ goal: 'checkout', at: now, value: 9.5, currency: 'EUR' }],
      paths: ['/', '/=cmd'],
    }),
    aVisit({ ...of, visitor: 'y', startedAt: now - MINUTE, name: '=HYPERLINK("http://x")' }),
    aVisit({ ...of, workspace: 'elsewhere', site: 'far-site', startedAt: now }),
  ]);
  await t.history.sampleOnline([{ ...of, at: now - MINUTE, online: 2 }]);
});
afterAll(() => t.dispose());

const get = (path: string) => t.call(`GET /api/v1${path}`, { as: t.owner });

describe('history and analytics over REST', () => {
  test('[AN14] answers are what their schemas say, and of one workspace alone', async () => {
    const { visit } = (await t.history.pastVisits({ workspace: t.owner.actor.workspace, visitor: 'x', limit: 1 })).rows[0]!.visit;
    const checked: readonly (readonly [string, v.GenericSchema])[] = [
      ['/analytics/overview?period=today&compare=true', OverviewAnswer],
      ['/analytics/breakdown?dimension=page&period=7d', BreakdownAnswer],
      ['/analytics/breakdown?dimension=city&compare=true', BreakdownAnswer],
      ['/analytics/online?period=today', OnlineAnswer],
      ['/analytics/team', TeamFiguresAnswer],
      ['/analytics/goals', GoalsFiguresAnswer],
      ['/history/people', PeopleAnswer],
      ['/history/visits?limit=1', VisitsAnswer],
      ['/history/people/x', PersonAnswer],
      [`/history/visits/${visit}`, VisitAnswer],
      ['/replay', ReplayShape],
      ['/request-log', RequestsAnswer],
      ['/request-log/tops', RequestTopsAnswer],
    ];
    for (const [path, schema] of checked) {
      const answer = await get(path);
      const parsed = v.safeParse(schema, answer.body);
      expect({ path, issues: parsed.issues, body: parsed.output }).toEqual({ path, issues: undefined, body: answer.body });
    }
    expect((await get('/analytics/overview')).body).toMatchObject({
      figures: { visits: 2, visitors: 2, pages: 3, bounces: 1 },
    });
    expect((await get('/history/visits')).body).toMatchObject({
      rows: [{ visitor: 'y' }, { visitor: 'x', goals: [{ goal: 'checkout' }] }],
    });
  });

  test.each([
    ['/analytics/overview?period=own&from=2026-02-02&to=2026-02-01', 422],
    ['/analytics/overview?period=own&from=2026-02-31&to=2026-03-01', 422],
    // Days without a period are an own range, not the last seven days.
    ['/analytics/overview?from=2026-02-31&to=2026-03-01', 422],
    ['/analytics/breakdown?dimension=page&from=2026-02-02&to=2026-02-01', 422],
    ['/analytics/overview?period=7d&from=2026-01-01&to=2026-01-02', 422],
    ['/analytics/overview?period=90d&step=quarter', 422],
    ['/analytics/overview?period=always', 422],
    ['/analytics/overview?site=far-site', 404],
    ['/analytics/breakdown', 422],
    ['/analytics/breakdown?dimension=filtered', 422],
    ['/history/visits?after=x', 422],
    ['/history/visits?from=2026-01-02&to=2026-01-01', 422],
    ['/history/people?limit=1000', 422],
    ['/history/people?site=far-site', 404],
    ['/request-log?ip=%27%20OR%201', 422],
    ['/request-log?status=9', 422],
    ['/replay?from=5&to=5', 422],
    ['/replay?from=0&to=999999999999', 422],
  ])('[AN15] %s is refused with %i, and says why', async (path, status) => {
    const answer = await get(path);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ error: { message: expect.stringMatching(/./) } });
  });

  test('[HV1] one of them is asked for by its id; who is not there, or elsewhere, is not found', async () => {
    expect((await get('/history/people/x')).body).toMatchObject({ id: 'x', visits: 1, goals: { checkout: 1 } });
    expect((await get('/history/people/nobody')).status).toBe(404);
    expect((await get(`/history/people/${encodeURIComponent('@a/b@c.example')}`)).status).toBe(404);
    expect((await get('/history/visits/nothing')).status).toBe(404);
    const [far] = (await t.history.pastVisits({ workspace: 'elsewhere', limit: 1 })).rows;
    expect((await get(`/history/visits/${far!.visit.visit}`)).status).toBe(404);
  });

  test('[HL9] both lists come as files, with no formula in them', async () => {
    const visits = await get('/history/visits.csv');
    expect(visits.headers.get('content-type')).toContain('text/csv');
    expect(visits.headers.get('content-disposition')).toBe('attachment; filename="visits.csv"');
    expect(visits.body).toContain('"\'=HYPERLINK(""http://x"")"');
    expect(String(visits.body).trim().split('\r\n')).toHaveLength(3);
    expect(
      String((await get('/history/people.csv?goal=checkout')).body)
        .trim()
        .split('\r\n'),
    ).toHaveLength(2);
  });

  test('[HL13] files name a site by its name and its id', async () => {
    for (const [kind, more] of [
      ['visits', ''],
      ['people', '?goal=checkout'],
    ] as const) {
      const lines = String((await get(`/history/${kind}.csv${more}`)).body)
        .trim()
        .split('\r\n');
      const head = lines[0]!.split(',');
      const said = lines[1]!.split(',');
      expect([said[head.indexOf('site')], said[head.indexOf('site_id')]]).toEqual([t.site.name, t.site.id]);
    }
  });

  test('[HV3] a visitor id that is typed finds that visitor; what only looks like one is words', async () => {
    const visitor = 'v-3f9a0c11';
    const of = { workspace: t.owner.actor.workspace, site: t.site.id, startedAt: now - 40 * 24 * 60 * MINUTE };
    const met = aVisit({ ...of, visitor });
    await t.history.saveVisits([met, aVisit({ ...of, visitor: 'z', name: 'Jürgen-Knowles' })]);
    await t.history.meetVisitors([{ workspace: of.workspace, visitor, visit: met.visit, startedAt: of.startedAt }]);
    const found = async (path: string) => ((await get(path)).body as { rows: { id: string; visitor?: string }[] }).rows;
    expect(await found(`/history/people?text=${visitor}`)).toMatchObject([{ id: visitor }]);
    expect(await found(`/history/visits?text=${visitor}`)).toMatchObject([{ id: met.visit }]);
    expect(await found('/history/people?text=jurgen-knowles')).toMatchObject([{ id: 'z' }]);
  });

  test('[RQ7] what a member asks is in the log by its route, with its outcome; what reads the log is not', async () => {
    await log.flush();
    await get('/history/visits?after=x');
    await t.call('GET /api/v1/team');
    await log.flush();
    const { rows } = (await get('/request-log?endpoint=/api/v1/history/visits&status=4')).body as { rows: object[] };
    expect(rows[0]).toMatchObject({ source: 'console', method: 'GET', status: 422, error: 'invalid', ip: '192.0.2.0', country: 'DE' });
    const all = (await get('/request-log?limit=200&reads=true')).body as { rows: { endpoint: string }[]; ipMasked: boolean };
    expect(all.rows.some(({ endpoint }) => endpoint.includes('request-log') || endpoint === '/api/v1/team')).toBe(false);
    expect(all.ipMasked).toBe(true);
    expect(((await get('/request-log?reads=1&ip=192.0.2.77')).body as { rows: object[] }).rows.length).toBe(all.rows.length);
    expect(((await get('/request-log?ip=192.0.3')).body as { rows: object[] }).rows).toEqual([]);
    expect((await get('/request-log/tops')).body).toMatchObject({ countries: [{ country: 'DE' }] });
  });

  test('[RQ9] what pages read and got is a source of its own, left out until it, its endpoint or all is asked for; files and failures are not', async () => {
    await log.flush();
    await get('/history/visits?limit=1');
    await get('/history/visits.csv');
    await get('/history/visits?after=x');
    await log.flush();
    const found = async (query: string) =>
      ((await get(`/request-log?limit=200${query}`)).body as { rows: { source: string; endpoint: string; status: number }[] }).rows;
    const endpoint = '/api/v1/history/visits';
    const usual = await found('');
    expect(usual.some(({ source }) => source === 'console_read')).toBe(false);
    expect(usual.some((row) => row.endpoint === `${endpoint}.csv` && row.source === 'console')).toBe(true);
    expect(usual.some((row) => row.endpoint === endpoint && row.status === 422)).toBe(true);
    expect((await found(`&endpoint=${endpoint}`))[1]).toMatchObject({ source: 'console_read', status: 200 });
    const reads = await found('&source=console_read');
    expect(reads.length).toBeGreaterThan(0);
    expect(reads.every(({ source }) => source === 'console_read')).toBe(true);
    expect((await found('&reads=true')).length).toBe(usual.length + reads.length);
    const tops = async (query: string) => (await get(`/request-log/tops${query}`)).body as { endpoints: { requests: number }[] };
    const sum = async (query: string) => (await tops(query)).endpoints.reduce((all, { requests }) => all + requests, 0);
    expect(await sum('?reads=true')).toBe((await sum('')) + reads.length);
  });

  test.each([
    ['ip=999.1.1.1', 'ip', /an address/],
    ['ip=1.2.3.4.5', 'ip', /an address/],
    ['ip=256.', 'ip', /an address/],
    ['ip=2001:db8:::', 'ip', /an address/],
    ['ip=12345:', 'ip', /an address/],
    ['ip=..', 'ip', /an address/],
    ['status=9999', 'status', /first digit/],
    ['status=9', 'status', /first digit/],
    ['source=moon', 'source', /one of these/],
    ['country=DEU', 'country', /two letters/],
    ['from=9999999999999999', 'from', /at most/],
    ['from=-1', 'from', /whole number/],
    ['from=4102444800000', 'from', /future/],
    ['from=20&to=10', 'to', /before/],
    ['reads=maybe', 'reads', /true or false/],
    ['limit=0', 'limit', /at least/],
  ])('[RQ10] %s is refused at its field', async (query, field, why) => {
    const { status, body } = await get(`/request-log?${query}`);
    expect(status).toBe(422);
    expect((body as { error: { fields: Record<string, string> } }).error.fields[field]).toMatch(why);
  });
});
