import fc from 'fast-check';
import { parseFilter } from '@foyer/domain/rules';
import { describe, expect, test } from 'vitest';
import { hostOf, pathOf, webAddress } from './address.ts';
import { filterPieces, joinFilter, splitFilter } from './filter-text.ts';
import { passwordStrength } from './password.ts';
import { activity, duration } from './time.ts';
import { tokenOf } from './token.ts';
import { domainOf } from './domain.ts';

describe('words', () => {
  test.each([
    [0, 'Active', 'active'],
    [59_999, 'Active', 'active'],
    [60_000, '1m ago', 'recent'],
    [4 * 60_000 + 59_999, '4m ago', 'recent'],
    [9 * 60_000 + 59_999, '9m ago', 'recent'],
    [10 * 60_000, 'Idle 10m', 'idle'],
    [12 * 60_000, 'Idle 12m', 'idle'],
    [29 * 60_000, 'Idle 29m', 'idle'],
    [-5_000, 'Active', 'active'],
  ])('[DA11] %i ms after the last activity reads %s', (agoMs, text, tone) => {
    expect(activity({ lastActivityAt: 1_000_000_000 - agoMs, online: true, now: 1_000_000_000 })).toEqual({ text, tone });
  });

  test('[DA11] who left less than a minute ago is not called active', () => {
    expect(activity({ lastActivityAt: 0, online: false, now: 30_000 }).text).toBe('Just left');
  });

  test('[DA11] durations read in their two largest units', () => {
    expect([0, 59_999, 60_000, 222_000, 3_599_999, 3_900_000].map(duration)).toEqual([
      '0s',
      '59s',
      '1m 00s',
      '3m 42s',
      '59m 59s',
      '1h 05m',
    ]);
  });

  test.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    '//evil.example',
    'blob:https://x',
    'https://',
    '',
    'http:/x',
    'java\nscript:1',
  ])('[DA12] %j is no link', (text) => {
    expect(webAddress(text)).toBeNull();
  });

  test('[DA12] whatever the text, a link is http or https', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (text) => {
        const address = webAddress(text);
        expect(address === null || /^https?:\/\//.test(address)).toBe(true);
      }),
    );
  });

  test('[DA12] paths and hosts are shown as people write them', () => {
    expect(pathOf('https://x.example/b%C3%BCcher/%E0%A4%A')).toBe('/b%C3%BCcher/%E0%A4%A');
    expect(pathOf('https://x.example/b%C3%BCcher#a')).toBe('/bücher#a');
    expect(pathOf('not an address')).toBe('not an address');
    expect(hostOf('https://www.x.example/a')).toBe('x.example');
  });

  test('[DA13] pieces joined by a space mean the same filter', () => {
    const text = fc
      .array(
        fc.constantFrom('country:de', '-page:"a b"', 'sao', '"two words"', 'a,b', 'status:active', '-x', '"', '\\', ' ', 'page:', '“q”'),
        { maxLength: 8 },
      )
      .map((parts) => parts.join(' '));
    fc.assert(
      fc.property(text, (filter) => {
        expect(parseFilter(filterPieces(filter).join(' '))).toEqual(parseFilter(filter));
        const { tokens, draft } = splitFilter(filter);
        const again = splitFilter(joinFilter(tokens, draft));
        expect(joinFilter(again.tokens, again.draft)).toBe(joinFilter(tokens, draft));
      }),
    );
  });

  test('[DA13] terms with a prefix, a dash, quotes or alternatives become tokens; words stay text', () => {
    expect(splitFilter('sao country:de -page:/jobs "two words" a,b tent')).toEqual({
      tokens: ['country:de', '-page:/jobs', '"two words"', 'a,b'],
      draft: 'sao tent',
    });
  });

  test('[DA26] password strength goes by length, and one repeated character is not length', () => {
    expect(
      ['', 'short', 'aaaaaaaaaaaaaa', 'ten chars!', 'thirteen char', 'correct horse battery staple'].map((p) => passwordStrength(p).bars),
    ).toEqual([0, 1, 1, 2, 3, 4]);
  });

  test('[DA26] set-up takes a whole link, its fragment or the bare token, and a pasted address for a domain', () => {
    expect(['#token=a%2Bb', 'https://x.example/setup#token=abc', ' abc ', '#abc'].map(tokenOf)).toEqual(['a+b', 'abc', 'abc', 'abc']);
    expect(['https://Shop.Example.com/cart?x=1', 'shop.example.com', 'localhost:3000/a'].map(domainOf)).toEqual([
      'shop.example.com',
      'shop.example.com',
      'localhost:3000',
    ]);
  });
});
