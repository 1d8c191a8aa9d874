import { type ContextEntry, CONTEXT_SETS, RULE_LIMITS, type RuleOutcome } from '@foyer/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileContexts, defaultEntries } from './context-rules.ts';
import { shippedRules } from './context-shipped.ts';

const set = (name: (typeof CONTEXT_SETS)[number], over: Partial<ContextEntry & { kind: 'set' }> = {}): ContextEntry => ({
  kind: 'set',
  set: name,
  enabled: true,
  off: [],
  ...over,
});
const rule = (id: string, context: RuleOutcome, path: string, over: Partial<ContextEntry & { kind: 'rule' }> = {}): ContextEntry => ({
  ...{ kind: 'rule', enabled: true, id, context, path, host: '', query: '', hash: '', note: '' },
  ...over,
});
const judge = (entries: ContextEntry[], url: string): RuleOutcome => {
  const compiled = compileContexts(entries);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  return compiled.value.judge(url);
};
const problems = (...entries: ContextEntry[]) => {
  const compiled = compileContexts(entries);
  return compiled.ok ? {} : compiled.error;
};
const finds = (pattern: Partial<ContextEntry & { kind: 'rule' }>, url: string) =>
  judge([rule('r', 'product', pattern.path ?? '/**', pattern)], url) === 'product';

describe('patterns', () => {
  it.each<[pattern: string, path: string, found: boolean]>([
    ['/a', '/a', true],
    ['/a', '/a/', true],
    ['/a/', '//a', true],
    ['/a', '/a/b', false],
    ['/a', '/A', true],
    ['/größe', '/gr%C3%B6%C3%9Fe', true],
    ['/grosse', '/Größe', true],
    ['/a/*', '/a/b', true],
    ['/a/*', '/a', false],
    ['/a/*', '/a/b/c', false],
    ['/a/**', '/a', true],
    ['/a/**', '/a/b/c', true],
    ['/a/**/z', '/a/z', true],
    ['/a/**/z', '/a/b/c/z', true],
    ['/a/**/z', '/a/z/b', false],
    ['/**/z', '/z', true],
    ['/**', '/', true],
    ['/', '/', true],
    ['/', '/a', false],
    ['/{a,b}/c', '/b/c', true],
    ['/{a,b}/c', '/c/c', false],
    ['/x{,.html}', '/x', true],
    ['/x{,.html}', '/x.html', true],
    ['/{a,b}-{1,2}', '/b-2', true],
    ['/*.html', '/x.html', true],
    ['/*.html', '/.html', true],
    ['/*-*.html', '/a-b.html', true],
    ['/*-*.html', '/ab.html', false],
    ['/a*a', '/aa', true],
    ['/a*a', '/a', false],
    ['/<number>-*.html', '/12-shirt.html', true],
    ['/<number>-*.html', '/x12-shirt.html', false],
    ['/<number>', '/12a', false],
    ['/*-<number>', '/a-1-22', true],
    ['/cart', '/de/cart', true],
    ['/cart', '/en-gb/cart', true],
    ['/cart', '/us_en/cart', true],
    ['/cart', '/gb/en/cart', true],
    ['/cart', '/index.php/cart', true],
    ['/cart', '/zh-hans-cn/cart', true],
    ['/cart', '/js/cart', false],
    ['/cart', '/blog/cart', false],
    ['/de/cart', '/de/cart', true],
    ['/de/cart', '/fr/cart', false],
    ['/cart', '/cart;jsessionid=1', true],
    ['/100%', '/100%', true],
  ])('[PC2] %s and %s: %s', (path, of, found) => {
    expect(finds({ path }, `https://shop.test${of}`)).toBe(found);
  });

  it.each<[host: string, of: string, found: boolean]>([
    ['', 'shop.test', true],
    ['shop.test', 'shop.test', true],
    ['shop.test', 'www.shop.test', true],
    ['www.shop.test', 'SHOP.test', true],
    ['shop.test', 'shop.test:8443', true],
    ['shop.test', 'en.shop.test', false],
    ['*.shop.test', 'en.shop.test', true],
    ['*.shop.test', 'shop.test', false],
    ['**.shop.test', 'shop.test', true],
    ['checkout.**', 'checkout.shop.test', true],
    ['checkout.**', 'mycheckout.shop.test', false],
    ['{de,at}.shop.test', 'at.shop.test', true],
  ])('[PC3] the host %j and %s: %s', (host, of, found) => {
    expect(finds({ host }, `https://${of}/x`)).toBe(found);
  });

  it.each<[over: { path?: string; query?: string; hash?: string }, url: string, found: boolean]>([
    [{ query: 's' }, '/?s=red', true],
    [{ query: 's' }, '/?q=red', false],
    [{ query: 'controller={cart,order}' }, '/index.php?id=1&controller=Cart', true],
    [{ query: 'controller={cart,order}' }, '/index.php?controller=contact', false],
    [{ query: 'a&b=1' }, '/?b=1&a=', true],
    [{ query: 'a&b=1' }, '/?b=1', false],
    [{ hash: '/cart' }, '/app#/cart', true],
    [{ hash: '/cart' }, '/app#!/cart', true],
    [{ hash: '/cart' }, '/app#/de/cart', true],
    [{ hash: '/cart' }, '/cart', false],
    [{ path: '/cart' }, '/app#/cart', true],
    [{ path: '/app', hash: '/cart' }, '/other#/cart', false],
    [{ path: '/cart' }, '/app#cart', false],
    [{ query: 's' }, '/#/search?s=1', true],
  ])('[PC4] %j and %s: %s', (over, url, found) => {
    expect(finds(over, `https://shop.test${url}`)).toBe(found);
  });

  it('[PC5] what is no pattern is refused with a sentence at its field', () => {
    const messages = [
      rule('a', 'cart', 'cart'),
      rule('b', 'cart', '/a?b'),
      rule('c', 'cart', '/a#/b'),
      rule('d', 'cart', '/**/a/**'),
      rule('e', 'cart', '/a**'),
      rule('f', 'cart', '/{a'),
      rule('g', 'cart', '/{a/b}'),
      rule('h', 'cart', '/{a,{b}}'),
      rule('i', 'cart', '/{}'),
      rule('j', 'cart', `/${'a/'.repeat(21)}`),
      rule('k', 'cart', `/${'{a,b,c,d,e,f,g,h}'.repeat(3)}`),
      rule('l', 'cart', '/a', { host: 'https://shop.test' }),
      rule('m', 'cart', '/a', { query: '=x' }),
      rule('n', 'cart', '/a', { hash: '/{b' }),
    ].map((entry) => Object.entries(problems(entry))[0]);
    expect(messages.map((found) => found?.[0])).toEqual([
      ...Array.from({ length: 11 }, () => 'entries.0.path'),
      'entries.0.host',
      'entries.0.query',
      'entries.0.hash',
    ]);
    expect(new Set(messages.map((found) => found?.[1])).size).toBeGreaterThan(9);
  });

  it('[PC5] too many rules, a rule twice and a set twice are refused', () => {
    const many = Array.from({ length: RULE_LIMITS.rules + 1 }, (_, i) => rule(`r${i}`, 'cart', '/a'));
    expect(problems(...many)).toEqual({ [`entries.${RULE_LIMITS.rules}`]: expect.stringContaining(String(RULE_LIMITS.rules)) });
    expect(problems(rule('a', 'cart', '/a'), rule('a', 'cart', '/b'))).toHaveProperty(['entries.1.id']);
    expect(problems(set('generic'), set('generic'))).toHaveProperty(['entries.1.set']);
  });

  it('[PC6] no address is slow, whatever the patterns', () => {
    const hostile = Array.from({ length: RULE_LIMITS.rules }, (_, i) => rule(`r${i}`, 'cart', `/${'*a'.repeat(149)}b`));
    const compiled = compileContexts([...hostile, ...defaultEntries()]);
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
    const addresses = [
      `https://shop.test/${'a'.repeat(1_900)}`,
      `https://shop.test/${'a'.repeat(299)}`,
      `https://shop.test/${'a/'.repeat(950)}`,
      `https://shop.test/${'de/'.repeat(600)}`,
      `https://shop.test/?${'a=1&'.repeat(450)}`,
      `https://shop.test/#/${'%'.repeat(1_900)}`,
      `https://${'a.'.repeat(900)}`,
    ];
    const started = performance.now();
    for (const url of addresses) expect(compiled.value.judge(url)).toBe('none');
    // The worst of them goes through 100 patterns of 300 characters: 3 million steps. Room for a machine that does other work.
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('[PC6] nothing that looks like an address, or not, makes a rule throw', () => {
    const compiled = compileContexts(defaultEntries());
    if (!compiled.ok) throw new Error('the shipped rules do not compile');
    const piece = fc.oneof(
      fc.constantFrom('/', '?', '#', '#/', '%', '%E0%A4', '@', ':', 'cart', 'de', '*', '[', ']', '\ud800', '..'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(typeof compiled.value.judge(`https://shop.test/${pieces.join('')}`)).toBe('string');
        expect(typeof compiled.value.judge(pieces.join(''))).toBe('string');
      }),
    );
  });
});

describe('the list of a site', () => {
  it('[PC7] the first rule that matches decides, own rules and sets in the order of the team', () => {
    const mine = rule('mine', 'none', '/cart');
    expect(judge([mine, set('generic')], 'https://shop.test/cart')).toBe('none');
    expect(judge([set('generic'), mine], 'https://shop.test/cart')).toBe('cart');
  });

  it('[PC7] a rule, a set, and a rule of a set can be switched off; a set that is not named is off', () => {
    const url = 'https://shop.test/cart';
    expect(judge([rule('a', 'product', '/cart', { enabled: false }), set('shopify')], url)).toBe('cart');
    expect(judge([set('shopify', { enabled: false })], url)).toBe('none');
    expect(judge([set('shopify', { off: ['shopify-cart'] })], url)).toBe('none');
    expect(judge([set('magento')], url)).toBe('none');
    expect(judge([], url)).toBe('none');
  });

  it('[PC8] every shipped rule compiles, has an id of its own, and none stands where it can never decide', () => {
    const ids = CONTEXT_SETS.flatMap((name) => shippedRules(name).map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(problems(...CONTEXT_SETS.map((name) => set(name)))).toEqual({});
    for (const name of CONTEXT_SETS) {
      const patterns = shippedRules(name).map(({ host, path, query, hash }) => JSON.stringify([host, path, query, hash]));
      expect(new Set(patterns).size).toBe(patterns.length);
    }
  });

  it('[PC9] explains which rule decided and which others would have', () => {
    const compiled = compileContexts([rule('mine', 'none', '/cart', { note: 'Go-karts' }), ...defaultEntries()]);
    if (!compiled.ok) throw new Error('does not compile');
    const { by, others } = compiled.value.explain('https://shop.test/de/cart');
    expect(by).toMatchObject({ from: 'own', id: 'mine', context: 'none', note: 'Go-karts' });
    expect(others.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['shopify-cart', 'woocommerce-cart', 'prestashop-cart', 'generic-cart']),
    );
    expect(compiled.value.explain('https://shop.test/nothing')).toEqual({ by: null, others: [] });
    expect(compiled.value.explain('no address')).toEqual({ by: null, others: [] });
  });
});
