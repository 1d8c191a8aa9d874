import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnalyticsBreakdown, HistoryPage, HistoryVisit } from '@foyer/protocol';
import { aVisit, MINUTE } from '../../ports/history-store.testkit.ts';
import { anHttpEdge, type HttpEdge } from './http.testkit.ts';

let t: HttpEdge;
let now: number;
beforeAll(async () => {
  t = await anHttpEdge();
  now = t.clock.now();
});
afterAll(() => t.dispose());
const get = (path: string) => t.call(`GET /api/v1${path}`, { as: t.owner });
const own = (from: string, to: string): string => `period=own&from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`;
const fieldsOf = (body: unknown): string[] => Object.keys((body as { error: { fields?: object } }).error.fields ?? {});

describe('ranges and zones that cannot be', () => {
  test.each([
    [own('2026-02-30', '2026-03-01'), 'from'],
    [own('2026-13-01', '2026-12-31'), 'from'],
    [own('2026-01-01', '2025-12-31'), 'to'],
    [own('2026-01-01', 'tomorrow'), 'to'],
    [own('9999-01-01', '9999-01-02'), 'from'],
    [own('0000-00-00', '2026-01-01'), 'from'],
    [own('-001-01-01', '2026-01-01'), 'from'],
    [own('1990-01-01', '2026-01-01'), 'to'],
    [own('2026-01-01', '2026-01-01T00:00'), 'to'],
    [own('２０２６-01-01', '2026-01-02'), 'from'],
    [own("2026-01-0'", '2026-01-02'), 'from'],
    ['period=own&from=2026-01-01', 'to'],
    ['period=own', 'from'],
    ['period=last+week', 'period'],
    ['period=7d&step=second', 'step'],
    ['period=7d&tz=Mars/Olympus', 'tz'],
  ])('[AN15] ?%s is refused at `%s`, by every report', async (query, field) => {
    for (const report of ['overview', 'online', 'breakdown?dimension=page&', 'team', 'goals']) {
      if (query.includes('step=') && report !== 'overview' && report !== 'online') continue;
      const answer = await get(`/analytics/${report}${report.includes('?') ? '' : '?'}${query}`);
      expect([report, answer.status, fieldsOf(answer.body)]).toEqual([report, 422, [field]]);
    }
  });

  test.each(['Mars/Olympus', '', '+02:00', 'Europe/Berlin\u0000', '../../etc/localtime', 'x'.repeat(5_000), 7, null])(
    '[AN15] a workspace is not moved to the zone %j, and its reports stay in the one it has',
    async (timeZone) => {
      const answer = await t.call('PATCH /api/v1/settings', { as: t.owner, body: { timeZone } });
      expect([answer.status, fieldsOf(answer.body)]).toEqual([422, ['timeZone']]);
      expect((await get('/analytics/overview?period=today')).body).toMatchObject({ range: { timeZone: 'Europe/Berlin' } });
    },
  );

  test('[AN15] a day that a zone left out is none there, and the days around it are', async () => {
    await t.call('PATCH /api/v1/settings', { as: t.owner, body: { timeZone: 'Pacific/Apia' } });
    await t.history.setZone({ workspace: t.owner.actor.workspace, timeZone: 'Pacific/Apia' });
    const left = await get(`/analytics/overview?${own('2011-12-30', '2011-12-31')}`);
    expect([left.status, left.body]).toMatchObject([422, { error: { fields: { from: '2011-12-30 is no day in Pacific/Apia' } } }]);
    const around = await get(`/analytics/overview?${own('2011-12-29', '2011-12-31')}&step=day`);
    expect((around.body as { points: object[] }).points).toHaveLength(2);
    await t.call('PATCH /api/v1/settings', { as: t.owner, body: { timeZone: 'Europe/Berlin' } });
    await t.history.setZone({ workspace: t.owner.actor.workspace, timeZone: 'Europe/Berlin' });
  });
});

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'; DROP TABLE visit; --",
  '=HYPERLINK("http://evil.test","x")',
  '@SUM(A1)',
  '\u202Egnp.exe\u202C \u2066x',
  'a\u0000b\u0007c\u001Bd',
  '\uD800 alone',
  '{{constructor.constructor("x")()}}',
  'line\r\nSet-Cookie: a=b',
  '__proto__',
  'constructor',
  '(other)',
  '…'.repeat(500),
];

describe('what strangers write', () => {
  test('[AN21] titles, paths, referrers and campaigns of any text come back as text: in breakdowns, lists and files, and nothing else changes', async () => {
    const of = { workspace: t.owner.actor.workspace, site: t.site.id };
    await t.history.saveVisits(
      HOSTILE.map((text, i) =>
        aVisit({
          ...{
            ...of,
            visitor: `hostile-${i}`,
            startedAt: now - MINUTE,
            pages: 1,
            lang: text.slice(0, 30),
            city: text,
            place: `xx||${text}`,
          },
          ...{ referrer: `https://evil.test/?${text}`, referrerHost: text, campaign: text, browser: text, source: text },
          trail: [{ at: now - MINUTE, url: `https://shop.test/${encodeURIComponent(text.toWellFormed())}`, title: text }],
        }),
      ),
    );
    const wellFormed = HOSTILE.map((text) => text.toWellFormed()).sort();
    // Cut at 300 characters; and nobody gets into what is put together by its name.
    const counted = wellFormed.map((text) => (text === '(other)' ? '(other) ' : text.slice(0, 300))).sort();
    for (const dimension of ['referrer', 'campaign', 'browser'] as const) {
      const answer = await get(`/analytics/breakdown?dimension=${dimension}&period=today&limit=500`);
      expect([answer.status, answer.headers.get('content-type'), answer.headers.get('x-content-type-options')]).toEqual([
        ...[200, 'application/json', 'nosniff'],
      ]);
      const { rows, total } = answer.body as AnalyticsBreakdown;
      expect({ dimension, values: rows.map(({ value }) => value.toWellFormed()).sort() }).toEqual({ dimension, values: counted });
      expect(rows.every(({ visits }) => visits === 1)).toBe(true);
      expect(total.visits).toBe(HOSTILE.length);
    }
    const listed = (await get('/history/visits?limit=200')).body as HistoryPage<HistoryVisit>;
    expect(listed.rows.flatMap(({ trail }) => trail.map(({ title }) => title.toWellFormed())).sort()).toEqual(wellFormed);
    for (const text of HOSTILE) {
      const found = await get(`/history/visits?limit=200&text=${encodeURIComponent(text.toWellFormed().slice(0, 200))}`);
      expect([text, found.status]).toEqual([text, 200]);
      const exact = await get(`/history/visits?limit=200&campaign=${encodeURIComponent(text.toWellFormed().slice(0, 300))}`);
      expect(exact.status).toBe(200);
    }
    for (const file of ['visits', 'people']) {
      const { body } = await get(`/history/${file}.csv`);
      const cells = fieldsOfCsv(String(body).slice(1));
      expect(cells.filter((cell) => /^\s*[=+@-]./u.test(cell) && Number.isNaN(Number(cell)))).toEqual([]);
      expect(new Set(rowsOfCsv(String(body).slice(1)).map((row) => row.length)).size).toBe(1);
    }
    expect(({} as Record<string, unknown>)['visits']).toBeUndefined();
  });

  test('[AN10] of 100,000 paths the answer has the largest, says the rest as other, and no sum changes', async () => {
    const of = { workspace: t.owner.actor.workspace, site: t.site.id };
    const startedAt = now - 3 * 86_400_000;
    for (let from = 0; from < 2_500; from += 100)
      await t.history.saveVisits(
        Array.from({ length: 100 }, (_, i) =>
          aVisit({ ...of, startedAt, paths: ['/home', ...Array.from({ length: 40 }, (__, k) => `/p/${(from + i) * 40 + k}`)] }),
        ),
      );
    const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short' }).format(startedAt);
    const answer = (await get(`/analytics/breakdown?dimension=page&limit=100&${own(day, day)}`)).body as AnalyticsBreakdown;
    expect([answer.rows.length, answer.rows[0]?.value, answer.rows[0]?.pages, answer.more]).toEqual([100, '/home', 2_500, true]);
    expect(answer.other!.pages).toBeGreaterThan(98_000);
    expect(answer.total).toEqual({ visits: 2_500, pages: 102_500, before: null });
    expect(answer.rows.reduce((sum, { pages }) => sum + pages, answer.rest!.pages)).toBe(102_500);
    const overview = (await get(`/analytics/overview?${own(day, day)}`)).body;
    expect(overview).toMatchObject({ figures: { visits: 2_500, pages: 102_500 } });
    expect(JSON.stringify(answer).length).toBeLessThan(100_000);
  }, 120_000);
});

function rowsOfCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}
const fieldsOfCsv = (text: string): string[] => rowsOfCsv(text).flat();
