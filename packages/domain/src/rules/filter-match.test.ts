import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Field, formatFilter, parseFilter } from './filter.ts';
import { type Column, fieldsOf, filterMatches, resolveSites, termMatches, usesField } from './filter-match.ts';
import { fold } from './fold.ts';

function read(text: string) {
  const result = parseFilter(text);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** Ana in São Paulo, on the pricing page, come from Google for the second time. */
const ANA: Partial<Record<Column, string | string[]>> = {
  name: 'Ana',
  city: 'São Paulo',
  region: 'São Paulo',
  country: 'BR',
  title: 'Pricing · Shop',
  url: 'https://shop.test/pricing/teams',
  referrer: 'https://www.google.com/',
  lang: 'pt-BR',
  status: 'active',
  browser: 'Firefox',
  os: 'Windows',
  device: 'desktop',
  context: 'checkout',
  campaign: 'spring',
  visitor: ['01jabc', '12'],
  ip: '203.0.113.0',
  is: ['online', 'browsing', 'returning'],
  site: 's1',
};
const finds = (text: string, visit: Partial<Record<Column, string | string[]>> = ANA): boolean =>
  filterMatches(read(text), (column) => [visit[column] ?? ''].flat().map(fold));

describe('what a filter finds', () => {
  it.each([
    ['', true],
    ['ana paulo', true],
    ['ana rio', false],
    ['ana,rio', true],
    ['-rio', true],
    ['-ana', false],
    ['-rio,ana', false],
    ['"paulo sao"', false],
    ['"sao paulo"', true],
    ['pricing -shop', false],
  ])('[FI1] %j finds Ana: %s', (text, found) => {
    expect(finds(text)).toBe(found);
  });

  it.each([
    ...['sao', 'SÃO', 'ana', 'paulo', 'br', 'brazil', 'pricing', 'shop.test', 'google', 'pt', 'portuguese', 'active'],
    ...['firefox', 'Fire', 'windows', 'checkout', 'In Checkout'],
  ])('[FI5] the free words %s find Ana', (words) => {
    expect(finds(words)).toBe(true);
  });

  it.each(['chrome', 'cart', 'desktop', 'spring', '01jabc', '203.0.113', 'returning', 's1'])(
    '[FI5] the free word %s does not: nothing of the row says it, or it needs its prefix',
    (word) => {
      expect(finds(word)).toBe(false);
    },
  );

  it.each([
    'browser:fire',
    'os:win',
    'device:desktop',
    'context:cart,checkout',
    'context:"in checkout"',
    'campaign:spring',
    'site:s1',
    'region:paulo',
    'name:ana',
    'title:shop',
  ])('[FI1] %s finds Ana', (text) => {
    expect(finds(text)).toBe(true);
  });

  it.each<[string, string, boolean]>([
    ['de', 'DE', true],
    ['de', 'DK', false],
    ['den', 'DK', true],
    ['ger', 'DE', true],
    ['germany', 'DE', true],
    ['many', 'DE', false],
    ['korea', 'KR', true],
    ['korea', 'KP', true],
    ['uk', 'GB', true],
    ['uk', 'UA', false],
    ['usa', 'US', true],
    ['us', 'US', true],
    ['us', 'RU', false],
    ['turkey', 'TR', true],
    ['turkiye', 'TR', true],
    ['holland', 'NL', true],
    ['"bosnia and"', 'BA', true],
    ['"saint lucia"', 'LC', true],
    ['"st. lucia"', 'LC', true],
    ['"cote d\'ivoire"', 'CI', true],
    ['ivory', 'CI', true],
    ['burma', 'MM', true],
    ['d', 'FR', false],
    ['d', 'DK', true],
    ['unknown', '', true],
    ['unknown', 'DE', false],
    ['zz', 'ZZ', true],
    ['deutschland', 'DE', true],
    ['vereinigte', 'GB', true],
    ['osterreich', 'AT', true],
    ['deutschland', 'AT', false],
  ])('[FI6] country:%s and a visitor from %j: %s', (sought, code, found) => {
    expect(finds(`country:${sought}`, { country: code })).toBe(found);
    // As a free word it is also looked for elsewhere; a place that is unknown is found by its prefix only.
    expect(finds(sought, { country: code || 'DE', referrer: 'https://x.test/' })).toBe(code !== '' && found);
  });

  it('[FI13] nothing a visitor says can make a filter throw', () => {
    const said = fc.oneof(
      fc.string({ maxLength: 35 }),
      fc.stringMatching(/^[a-zA-Z]{1,9}(-[a-zA-Z0-9]{1,8}){0,3}$/),
      fc.constantFrom('null', 'root', 'true', '\ud800', '\0', 'i-klingon', 'x-private', '__proto__', 'constructor'),
    );
    fc.assert(
      fc.property(said, said, fc.constantFrom('', 'lang:', 'country:', 'page:', 'city:'), (value, sought, prefix) => {
        const values = { name: value, city: value, region: value, country: value, title: value, url: value, referrer: value, lang: value };
        const filter = parseFilter(`${prefix}${JSON.stringify(sought)}`);
        if (filter.ok)
          expect(typeof filterMatches(filter.value, (column) => [fold(values[column as keyof typeof values] ?? '')])).toBe('boolean');
      }),
    );
  });

  it.each<[string, string, boolean]>([
    ['lang:de', 'de-AT', true],
    ['lang:de', 'de', true],
    ['lang:de', 'den', false],
    ['lang:de-at', 'de-DE', false],
    ['lang:german', 'de-AT', true],
    ['lang:deutsch', 'de-AT', true],
    ['lang:ger', 'de', true],
    ['lang:sl', 'sk', false],
    ['lang:slo', 'sk', true],
    ['china', 'zh-CN', false],
    ['chinese', 'zh-CN', true],
    ['lang:bokmal', 'nb-NO', true],
  ])('[FI7] %s and the language %s: %s', (text, lang, found) => {
    expect(finds(text, { lang })).toBe(found);
  });

  it.each<[string, string, string[], boolean]>([
    ['active', 'inactive', [], false],
    ['active', 'active', [], true],
    ['status:assigned', 'unassigned', [], false],
    ['status:un', 'unassigned', [], true],
    ['"ai chat"', 'ai', [], true],
    ['idle', 'inactive', [], true],
    ['status:left', 'inactive', ['left'], true],
    ['status:browsing', 'active', ['online', 'browsing'], true],
    ['status:returning', 'active', ['returning'], false],
    ['is:ret', 'active', ['online', 'returning'], true],
    ['is:new', 'active', ['returning'], false],
    ['-is:online', 'inactive', ['left'], true],
    ['is:offline', 'inactive', ['left'], true],
    ['is:active', 'active', [], true],
    ['is:active', 'inactive', [], false],
    ['left', 'inactive', ['left'], false],
  ])('[FI7] %s on a visit that is %s and %j: %s', (text, status, is, found) => {
    expect(finds(text, { status, is })).toBe(found);
  });

  it.each<[string, string, string, boolean]>([
    ['page:/pricing', 'https://a.test/pricing', '', true],
    ['page:/pricing', 'https://a.test/pricing/teams', '', true],
    ['page:/pricing', 'https://a.test/old/pricing', 'x/pricing', false],
    ['page:pricing', 'https://a.test/old/pricing', '', true],
    ['page:pricing', 'https://a.test/x', 'Our Pricing', true],
    ['page:pricing', 'https://pricing.test/x', '', false],
    ['page:/cart', 'https://a.test/app#/cart', '', true],
    ['page:/', 'https://a.test', '', true],
    ['url:a.test', 'https://a.test/x', '', true],
    ['/schön', 'https://a.test/sch%C3%B6n', '', true],
    ['page:/schon', 'https://a.test/sch%C3%B6n', '', true],
    ['sch%c3%b6n', 'https://a.test/sch%C3%B6n', '', true],
    ['100%', 'https://a.test/100%', '', true],
  ])('[FI8] %s on %s titled %j: %s', (text, url, title, found) => {
    expect(finds(text, { url, title })).toBe(found);
  });

  it.each<[string, string, boolean]>([
    ['203.0.113.77', '203.0.113.0', true],
    ['203.0.113.77', '203.0.0.0', true],
    ['203.0.114.77', '203.0.113.0', false],
    ['203.0.', '203.0.113.0', true],
    ['203.0.112.0/22', '203.0.113.0', true],
    ['203.0.0.0/24', '203.0.113.0', false],
    ['2001:db8:1:2::3', '2001:db8:1::', true],
    ['2001:db8::/32', '2001:db8:1::', true],
    ['203', '', false],
    ['203.0.113.0/99', '203.0.113.0', false],
  ])('[FI9] ip:%s and the stored %j: %s', (sought, ip, found) => {
    expect(finds(`ip:${sought}`, { ip })).toBe(found);
  });

  it.each<[string, Partial<Record<Column, string | string[]>>, boolean]>([
    ['referrer:direct', { referrer: '' }, true],
    ['referrer:direct', { referrer: 'https://x.test/' }, false],
    ['from:x.test', { referrer: 'https://x.test/' }, true],
    ['visitor:12', ANA, true],
    ['visitor:1', ANA, false],
    ['id:01J', ANA, true],
    ['city:unknown', { city: '' }, true],
    ['unknown', { city: '', country: 'DE' }, false],
  ])('[FI5] %s on %j: %s', (text, visit, found) => {
    expect(finds(text, visit)).toBe(found);
  });
});

describe('fields a filter looks into', () => {
  it.each<[string, Field, boolean]>([
    ['ip:1', 'ip', true],
    ['-ip:1', 'ip', true],
    ['a', 'ip', false],
    ['a', 'city', true],
    ['page:x', 'title', true],
    ['page:x', 'page', true],
    ['a', 'page', false],
    ['', 'city', false],
    ['status:ai', 'is', true],
  ])('[FI10] %j uses %s: %s', (text, field, used) => {
    expect(usesField(read(text), field)).toBe(used);
  });

  it('[FI10] every column of a term is one that termMatches reads', () => {
    for (const term of read('aa page:bb status:cc city:ee').terms) {
      for (const column of fieldsOf(term)) {
        expect(termMatches(term, column, term.any[0] ?? '')).toBe(column !== 'is');
        expect(termMatches(term, column, 'zzz')).toBe(false);
      }
    }
  });
});

describe('sites', () => {
  const sites = [
    { id: 'S1', key: 'k-one', name: 'Käse & Shop', domain: 'shop.test' },
    { id: 'S2', key: 'k-two', name: 'Blog', domain: 'blog.test' },
  ];
  it.each([
    ['site:shop', 'site:s1'],
    ['site:kase', 'site:s1'],
    ['site:.test', 'site:s1,s2'],
    ['site:k-two', 'site:s2'],
    ['site:s2', 'site:s2'],
    ['-site:blog', '-site:s2'],
    ['site:nobody', 'site:?'],
    ['plain', 'plain'],
  ])('[FI11] %s means %s', (typed, meant) => {
    expect(formatFilter(resolveSites(read(typed), sites))).toBe(meant);
  });
  it.each([
    ['goal:mailing', true],
    ['goal:"mailing list"', true],
    ['goal:newsletter', true],
    ['goal:list', true],
    ['goal:ist', false],
    ['goal:checkout', true],
    ['-goal:mailing', false],
  ])('[GO12] %s and a visit that reached Newsletter, which is called Mailing list by now: %s', (typed, found) => {
    const goals = [{ id: 'newsletter', name: 'Mailing list' }];
    const meant = formatFilter(resolveSites(read(typed), [{ ...sites[0]!, goals }]));
    expect(finds(meant, { goal: ['checkout newsletter'] })).toBe(found);
  });

  it('[FI11] a site nobody has finds nobody', () => {
    expect(finds(formatFilter(resolveSites(read('site:nobody'), sites)))).toBe(false);
  });
});
