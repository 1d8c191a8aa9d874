import { maskAddress } from '@foyer/domain/privacy';
import type { Hello } from '@foyer/protocol';
import { describe, expect, it } from 'vitest';
import { describeAgent, judgeVisitor } from '../agent/index.ts';
import { UNKNOWN_PLACE } from '../geo/geo.ts';
import { newSettings } from '../team/settings.ts';
import { parseTrust } from './address.ts';
import { aHello, aNode, SITE, WORKSPACE } from './edge.testkit.ts';
import { languagesOf, seenBy } from './seen.ts';
import { Callers } from './upgrades.ts';
import { FilterReasons } from './visitor/filter-reasons.ts';

const CHROME = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const callers = new Callers(parseTrust(['private']), 'key');
/** From the last number of an address, from the zone, or not at all: enough to tell one answer from another. */
const geo = {
  lookup: (address: string, timeZone: string) => ({
    ...UNKNOWN_PLACE,
    place: `${address} ${timeZone}`,
    city: address,
    country: 'DE',
    organisation: 'ISP',
  }),
  toldBy: () => 'database' as const,
  source: { kind: 'built-in', type: 'city', builtAt: 5, attribution: null } as const,
};

type Case = { headers: Record<string, string>; remote?: string; hello?: Partial<Hello>; settings?: object };
const CASES: Record<string, Case> = {
  'a plain browser': { headers: { 'user-agent': CHROME, 'accept-language': 'de' } },
  'behind a proxy': { headers: { 'user-agent': CHROME, 'accept-language': 'de', 'x-forwarded-for': '198.51.100.9' }, remote: '10.0.0.2' },
  'with hints': {
    headers: { 'user-agent': CHROME, 'accept-language': 'de' },
    hello: { hints: { platform: 'Windows', platformVersion: '15.0.0', brands: [['Microsoft Edge', '140']] } },
  },
  'driven by a program': { headers: { 'user-agent': CHROME, 'accept-language': '' }, hello: { auto: true } },
  'a crawler': { headers: { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' } },
  'a left-out address': { headers: { 'user-agent': CHROME, 'accept-language': 'de' }, settings: { excludedAddresses: ['203.0.113.0/24'] } },
  'with a signal in the header': { headers: { 'user-agent': CHROME, 'accept-language': 'de', 'sec-gpc': '1' } },
  'with a signal of the page': { headers: { 'user-agent': CHROME, 'accept-language': 'de' }, hello: { signal: true } },
  'with a signal that is off': { headers: { 'user-agent': CHROME, 'accept-language': 'de', dnt: '1' }, settings: { signals: 'off' } },
  'with strong masks': { headers: { 'user-agent': CHROME, 'accept-language': 'de' }, settings: { ipMask: 'strong' } },
};

describe('how Foyer sees a browser', () => {
  it.each(Object.entries(CASES))(
    '[AP27] is how its visit is shown: %s',
    async (_, { headers, remote = '203.0.113.7', hello = {}, settings: over = {} }) => {
      const settings = { ...newSettings('UTC'), tracking: true, excludeOwnTeam: false, ...over };
      const reasons = new FilterReasons({ directory: { isTeamAddress: () => false }, judge: judgeVisitor });
      const assessing = { geo, describeAgent, maskAddress, leftOut: (...judged: Parameters<FilterReasons['of']>) => reasons.of(...judged) };
      const header = (name: string) => headers[name];
      const said = aHello(hello);

      const node = await aNode({ settings, assess: assessing });
      node.tab(callers.knock(remote, header)).say(said);
      const rows = [...(await node.listed()), ...(await node.listed('', { filtered: true }))];
      const detail = rows[0] && (await node.reads.detail({ workspace: WORKSPACE, id: rows[0].id, hidden: [] }));

      const seen = seenBy(
        {
          remoteAddress: remote,
          header,
          told: { timeZone: said.tz, screen: '', hints: said.hints, auto: said.auto === true, gpc: said.signal === true, dnt: false },
          site: SITE,
          settings,
        },
        { ...assessing, callers, trustedProxies: ['private'] },
      );
      expect(seen.signals.collect === 'nothing').toBe(rows.length === 0);
      if (!detail) return;
      expect({
        ip: seen.address.masked,
        city: seen.place.city,
        organisation: seen.place.organisation,
        browser: `${seen.browser.name} ${seen.browser.version} ${seen.browser.os} ${seen.browser.osVersion} ${seen.browser.device}`,
        filtered: seen.verdict.filtered,
      }).toEqual({
        ip: detail.ip,
        city: detail.city,
        organisation: detail.organisation,
        browser: `${detail.browser} ${detail.browserVersion} ${detail.os} ${detail.osVersion} ${detail.device}`,
        filtered: detail.filtered,
      });
      // A limited visit is known by an id that no cookie carries.
      expect(seen.signals.collect === 'limited').toBe(detail.visitor.startsWith('c'));
      expect([seen.place.source, seen.place.sourceBuiltAt]).toEqual(['DB-IP City Lite', 5]);
    },
  );

  it('[AP27] languages are listed by weight, then as written; what is not wanted is left out', () => {
    expect(languagesOf('de-AT,de;q=0.9, en;q=0.5,fr;q=0.95,*;q=0.1,it;q=0')).toEqual(['de-AT', 'fr', 'de', 'en', '*']);
    expect([languagesOf(''), languagesOf(';q=1'), languagesOf('de;q=x')]).toEqual([[], [], []]);
    expect(languagesOf('a,'.repeat(5_000))).toHaveLength(20);
  });
});
