import type { FilteredReport, Seen, SettingsPatch } from '@foyer/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aVisit, HOUR, MINUTE } from '../../ports/history-store.testkit.ts';
import type { VisitRecord } from '../../ports/history-store.ts';
import type { SignedIn } from '../../team/sessions.ts';
import { anHttpEdge, type Call, codeOf, type HttpEdge } from './http.testkit.ts';

let t: HttpEdge;
let anna: SignedIn;
let far: SignedIn;
beforeAll(async () => {
  t = await anHttpEdge();
  anna = await t.join('agent', 'Anna');
  far = await t.elsewhere();
});
afterAll(() => t.dispose());

const CHROME = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const BROWSER = { 'user-agent': CHROME, 'accept-language': 'de-AT,de;q=0.9,en;q=0.5' };
const change = async (body: Partial<SettingsPatch>) => {
  expect((await t.call('PATCH /api/v1/settings', { as: t.owner, body })).status).toBe(200);
};

describe('how Foyer sees me', () => {
  const seen = async (query = '', { headers = {}, ...call }: Call = {}): Promise<Seen> => {
    const answer = await t.call(`GET /api/v1/seen?${query}`, { as: t.owner, headers: { ...BROWSER, ...headers }, ...call });
    expect(answer.status).toBe(200);
    return answer.body as Seen;
  };
  beforeAll(() => change({ tracking: true, excludeOwnTeam: false }));

  it('[AP27] without a proxy the address is the socket’s, whatever headers say', async () => {
    const { address, place } = await seen('', {
      from: '203.0.113.7',
      headers: { 'x-forwarded-for': '198.51.100.1', 'x-real-ip': '198.51.100.2' },
    });
    expect(address).toEqual({
      ip: '203.0.113.7',
      masked: '203.0.113.0',
      from: 'socket',
      header: '198.51.100.1',
      unread: ['x-real-ip'],
      chain: [
        { ip: '198.51.100.1', trusted: false },
        { ip: '203.0.113.7', trusted: false },
      ],
      trustedProxies: ['loopback'],
    });
    expect(place).toEqual({
      country: 'DE',
      region: 'Berlin',
      city: 'Berlin',
      lat: 52.5,
      lon: 13.4,
      approximate: false,
      organisation: '',
      by: 'database',
      source: 'GeoLite2-City',
      sourceBuiltAt: 1_780_000_000_000,
    });
  });

  it('[AP27] behind a trusted proxy it is the one the header names, and each hop says whether it is believed', async () => {
    const { address } = await seen('', { from: '127.0.0.1', headers: { 'x-forwarded-for': '10.0.0.1, unknown, 203.0.113.7' } });
    expect(address).toMatchObject({
      ip: '203.0.113.7',
      from: 'x-forwarded-for',
      chain: [
        { ip: '10.0.0.1', trusted: false },
        { ip: 'unknown', trusted: false },
        { ip: '203.0.113.7', trusted: false },
        { ip: '127.0.0.1', trusted: true },
      ],
    });
  });

  it('[AP27] what the page says goes into it as a hello’s would: zone, screen, hints, signals', async () => {
    const hints = encodeURIComponent(JSON.stringify({ platform: 'Windows', platformVersion: '15.0.0' }));
    const one = await seen(`timeZone=Europe/Paris&screen=1920x1080.5x2&hints=${hints}&gpc=1`);
    expect(one.place).toMatchObject({ country: 'FR', approximate: true, by: 'time_zone', source: '', sourceBuiltAt: 0 });
    expect(one.browser).toEqual({ name: 'Chrome', version: '140', os: 'Windows', osVersion: '11', device: 'desktop' });
    expect([one.timeZone, one.screen, one.languages]).toEqual(['Europe/Paris', '1920 × 1081', ['de-AT', 'de', 'en']]);
    expect(one.signals).toEqual({ gpc: true, dnt: false, effect: 'limit', collect: 'limited' });
    expect(one.address.masked).toBe('');
    expect((await seen()).place).toMatchObject({ country: '', by: 'nothing', source: '' });
    for (const query of ['screen=big', 'hints=%7B', 'hints=%7B%22x%22%3A1%7D', 'gpc=maybe', 'more=1'])
      expect([query, (await t.call(`GET /api/v1/seen?${query}`, { as: t.owner })).status]).toEqual([query, 422]);
  });

  it('[AP27] signals may come with the request, and do what the workspace chose', async () => {
    const collected = async () => {
      const { signals } = await seen('', { headers: { 'sec-gpc': '1', dnt: '0' } });
      return [signals.gpc, signals.dnt, signals.effect, signals.collect];
    };
    expect(await collected()).toEqual([true, false, 'limit', 'limited']);
    await change({ signals: 'off' });
    expect(await collected()).toEqual([true, false, 'off', 'nothing']);
    await change({ signals: 'ignore' });
    expect(await collected()).toEqual([true, false, 'ignore', 'all']);
    await change({ signals: 'limit' });
    await change({ tracking: false });
    expect((await seen()).signals.collect).toBe('nothing');
    await change({ tracking: true });
  });

  it('[AP27] the verdict names every rule that holds, the one that decides first, as the site and the workspace have them', async () => {
    expect((await seen()).verdict).toEqual({ filtered: '', reasons: [], tolerated: [] });
    const both = { headers: { 'accept-language': '' } };
    expect((await seen('webdriver=true', both)).verdict).toEqual({
      filtered: 'Automated browser',
      reasons: [
        { rule: 'automated', text: 'Automated browser' },
        { rule: 'no_language', text: 'Automated browser (no language)' },
      ],
      tolerated: [],
    });
    await change({ excludeOwnTeam: true, excludedAddresses: ['192.0.2.0/24'] });
    // The session follows its member to a new address once a minute.
    t.clock.advance(MINUTE);
    const own = await seen('webdriver=true');
    expect(own.verdict.reasons.map(({ rule }) => rule)).toEqual(['automated', 'own_team', 'address']);
    expect(own.ownTeam).toEqual({ wouldBeLeftOut: true });
    await t.call(`PATCH /api/v1/sites/${t.site.id}`, { as: t.owner, body: { countAutomated: true } });
    const counted = (await seen('webdriver=true')).verdict;
    expect([counted.filtered, counted.tolerated.map(({ rule }) => rule)]).toEqual(['Own team', ['automated']]);
    await change({ excludeOwnTeam: false, excludedAddresses: [] });
    expect((await seen('webdriver=true')).verdict.filtered).toBe('');
    await t.call(`PATCH /api/v1/sites/${t.site.id}`, { as: t.owner, body: { countAutomated: false } });
  });

  it('[AP27] every member sees their own whole address, and no log ever holds it; a site of another workspace is 404', async () => {
    const from = '198.51.100.77';
    expect((await seen('', { as: anna, from })).address.ip).toBe(from);
    expect(JSON.stringify(t.logged)).not.toContain(from);
    expect((await t.call(`GET /api/v1/seen?site=${t.site.id}`, { as: far })).status).toBe(404);
    expect((await t.call('GET /api/v1/seen', { as: far })).status).toBe(200);
  });
});

describe('what was left out', () => {
  const report = async (query = '', as = t.owner) => (await t.call(`GET /api/v1/filtered?${query}`, { as })).body as FilteredReport;
  const quarter = () => Math.floor((t.clock.now() - 24 * HOUR) / (15 * MINUTE)) * 15 * MINUTE;
  let visits: VisitRecord[];
  beforeAll(async () => {
    const of = (filtered: string, agoMs: number, over: Partial<VisitRecord> = {}) =>
      aVisit({
        workspace: t.owner.actor.workspace,
        site: t.site.id,
        filtered,
        startedAt: t.clock.now() - agoMs,
        paths: ['/first', '/last'],
        ...over,
      });
    visits = [
      of('Bot: Googlebot', 0),
      of('Bot: Googlebot', 0),
      of('Own team', MINUTE, { ip: '203.0.113.0' }),
      of('Bot: Googlebot', 2 * MINUTE, { site: 'deleted' }),
      of('Something older', 23 * HOUR),
    ];
    await t.history.saveVisits([...visits, of('', 1), of('Own team', 25 * HOUR)]);
    await t.history.saveVisits([of('Own team', 0, { workspace: 'elsewhere' })]);
  });
  const newest = () => [...visits].sort((a, b) => b.startedAt - a.startedAt || (a.visit < b.visit ? 1 : -1));

  it('[AP28] rules with their counts and last time, and the visits, newest first', async () => {
    const found = await report();
    expect(found.since).toBe(quarter());
    const now = t.clock.now();
    expect(found.rules).toEqual([
      { rule: 'bot:googlebot', text: 'Bot: Googlebot', visits: 3, lastAt: now },
      { rule: 'own_team', text: 'Own team', visits: 1, lastAt: now - MINUTE },
      { rule: 'Something older', text: 'Something older', visits: 1, lastAt: now - 23 * HOUR },
    ]);
    expect(found.visits.map(({ visit }) => visit)).toEqual(newest().map(({ visit }) => visit));
    expect(found.next).toBeNull();
    const own = visits[2]!;
    expect(found.visits.find(({ visit }) => visit === own.visit)).toEqual({
      visit: own.visit,
      visitor: own.visitor,
      site: t.site.id,
      startedAt: own.startedAt,
      lastActivityAt: own.lastActivityAt,
      endedAt: null,
      pages: 2,
      url: 'https://shop.example/last',
      title: 'Page /last',
      country: 'CZ',
      city: 'Praha',
      browser: 'Firefox',
      os: 'Linux',
      rule: 'own_team',
      text: 'Own team',
      ip: '203.0.113.0',
    });
  });

  it('[AP28] a page follows where the one before ended; a site and a rule narrow it', async () => {
    const ids: string[] = [];
    for (let query = 'limit=2'; ;) {
      const page = await report(query);
      ids.push(...page.visits.map(({ visit }) => visit));
      if (page.next === null) break;
      query = `limit=2&before=${page.next}`;
    }
    expect(ids).toEqual(newest().map(({ visit }) => visit));
    expect((await report('rule=bot:googlebot')).visits).toHaveLength(3);
    const ofSite = await report(`site=${t.site.id}&rule=bot:googlebot`);
    expect([ofSite.visits.length, ofSite.rules[0]]).toEqual([2, expect.objectContaining({ rule: 'bot:googlebot', visits: 2 })]);
    expect((await report('rule=headless')).visits).toEqual([]);
    for (const query of ['before=x', 'before=1.', 'limit=0', 'limit=201', 'rule=%00'.repeat(90)])
      expect([query, (await t.call(`GET /api/v1/filtered?${query}`, { as: t.owner })).status]).toEqual([query, 422]);
  });

  it('[AP28] addresses only for those who may see them; another workspace’s site is 404, and its visits are its own', async () => {
    expect((await report('', anna)).visits.map((visit) => 'ip' in visit)).toEqual([false, false, false, false, false]);
    expect((await t.call(`GET /api/v1/filtered?site=${t.site.id}`, { as: far })).status).toBe(404);
    expect((await report('', far)).visits.map(({ rule }) => rule)).toEqual(['own_team']);
  });

  it('[AP28] a workspace whose plan has no tracking is told so', async () => {
    const edge = await anHttpEdge();
    const { workspace } = edge.owner.actor;
    edge.directory.adopt({ ...edge.directory.workspace(workspace)!, trackingInPlan: false }, edge.site);
    for (const route of ['GET /api/v1/filtered', 'GET /api/v1/filters'])
      expect([route, codeOf(await edge.call(route, { as: edge.owner }))]).toEqual([route, 'not_in_plan']);
    // Who was talked to has notes, tracked or not.
    expect(codeOf(await edge.call('GET /api/v1/visitors/x/notes', { as: edge.owner }))).not.toBe('not_in_plan');
    await edge.dispose();
  });
});
