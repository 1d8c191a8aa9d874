import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress } from './address.ts';
import { containsFullAddress, replaceAddresses } from './full-addresses.ts';
import { maskAddress } from './mask.ts';
import { hasSignal, mayCollect, type Collect } from './signals.ts';

describe('masks', () => {
  it.each([
    ['203.0.113.77', '203.0.113.0', '203.0.0.0'],
    ['255.255.255.255', '255.255.255.0', '255.255.0.0'],
    ['::ffff:203.0.113.77', '203.0.113.0', '203.0.0.0'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::', '2001:db8::'],
    ['2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', '2001:db8:ffff::', '2001:db8::'],
    ['fe80::1%eth0', 'fe80::', 'fe80::'],
    ['::1', '::', '::'],
    ['2002:cb00:714d:1::2', '2002:cb00:7100::', '2002:cb00::'],
    ['not an address', '', ''],
    ['', '', ''],
  ])('[PV3] %s is kept as %s or %s', (full, byDefault, strong) => {
    expect(maskAddress(full, 'default')).toBe(byDefault);
    expect(maskAddress(full, 'strong')).toBe(strong);
    expect(maskAddress(full, 'none-stored')).toBe('');
  });

  it('[PV3] masking twice changes nothing, and strong never keeps more than default', () => {
    const anyAddress = fc.oneof(fc.ipV4(), fc.ipV6());
    fc.assert(
      fc.property(anyAddress, (text) => {
        const byDefault = maskAddress(text, 'default');
        const strong = maskAddress(text, 'strong');
        expect(maskAddress(byDefault, 'default')).toBe(byDefault);
        expect(maskAddress(byDefault, 'strong')).toBe(strong);
        expect(parseAddress(byDefault)).not.toBeNull();
      }),
    );
  });

  it('[PV4] addresses are found in text in every spelling, and nothing else changes', () => {
    const text =
      'GET /a?x=203.0.113.77:443 from ::ffff:203.0.113.78, [2001:DB8:1::9]:80 and 2001:db8:1:2:3:4:5:6. At 12:30:45 v1.2.3 (1.2.3.4.5) foo::bar a:b "198.51.100.1"';
    expect(replaceAddresses(text, () => '#')).toBe('GET /a?x=#:443 from #, [#]:80 and #. At 12:30:45 v1.2.3 (1.2.3.4.5) foo::bar a:b "#"');
  });

  it('[PV4] every address between ordinary separators is found', () => {
    const separator = fc.constantFrom(' ', ', ', '"', '(', '=', '\n', '[', '/', ';', ', from ');
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), separator, separator, (address, before, after) => {
        expect(containsFullAddress(`x${before}${address}${after}y`, [address])).toEqual([address]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('[PV4] a masked address is not the full one', () => {
    expect(containsFullAddress('203.0.113.0 2001:db8:1::', ['203.0.113.77', '2001:db8:1:2::3'])).toEqual([]);
    expect(containsFullAddress('ip 2001:0db8:0001:0002::0003.', ['2001:db8:1:2::3'])).toEqual(['2001:db8:1:2::3']);
  });
});

describe('signals', () => {
  const facts = { tracking: true, signal: false, signals: 'limit', cookieless: false } as const;
  it.each<[string, Parameters<typeof mayCollect>[0], Collect]>([
    ['nothing in the way', facts, 'all'],
    ['tracking off', { ...facts, tracking: false }, 'nothing'],
    ['a signal, limit', { ...facts, signal: true }, 'limited'],
    ['a signal, off', { ...facts, signal: true, signals: 'off' }, 'nothing'],
    ['a signal, ignored', { ...facts, signal: true, signals: 'ignore' }, 'all'],
    ['a signal ignored, cookieless', { ...facts, signal: true, signals: 'ignore', cookieless: true }, 'limited'],
    ['no signal, off', { ...facts, signals: 'off' }, 'all'],
    ['cookieless', { ...facts, cookieless: true }, 'limited'],
    ['tracking off beats all', { tracking: false, signal: true, signals: 'ignore', cookieless: true }, 'nothing'],
  ])('[PV5] %s', (_, given, collect) => {
    expect(mayCollect(given)).toBe(collect);
  });

  it.each<[{ secGpc?: string; dnt?: string }, boolean]>([
    [{}, false],
    [{ secGpc: '1' }, true],
    [{ dnt: '1' }, true],
    [{ secGpc: '0', dnt: '0' }, false],
    [{ secGpc: 'true' }, false],
    [{ dnt: 'unspecified' }, false],
  ])('[PV5] headers %j are a wish: %s', (headers, wish) => {
    expect(hasSignal(headers)).toBe(wish);
  });
});
