import { expect, test } from 'vitest';
import { canonicalOrigin, originAllowed, parseDomain } from './origins.ts';

const site = { domain: 'www.shop.example', origins: ['https://partner.example:8443'] };

test.each([
  ['https://shop.example', true],
  ['https://www.shop.example', true],
  ['http://shop.example', true],
  ['https://shop.example:3000', true],
  ['https://blog.eu.shop.example', true],
  ['https://SHOP.example', true],
  ['https://notshop.example', false],
  ['https://shop.example.evil.test', false],
  ['https://example', false],
  ['ftp://shop.example', false],
])('[TM20] a site of www.shop.example and the page %s: %s', (origin, allowed) => {
  expect(originAllowed(site, origin)).toBe(allowed);
});

test('[TM20] a site at an address takes that address and nothing that ends like it', () => {
  const atAddress = { domain: '10.0.0.7', origins: [] };
  expect(originAllowed(atAddress, 'http://10.0.0.7:8080')).toBe(true);
  expect(originAllowed(atAddress, 'http://evil.10.0.0.7')).toBe(false);
});

test.each(['http://localhost', 'http://localhost:5173', 'https://shop.localhost:1', 'http://127.0.0.1:9', 'http://[::1]:80'])(
  '[TM21] %s is always allowed',
  (origin) => {
    expect(originAllowed(site, origin)).toBe(true);
  },
);

test.each(['http://localhost.evil.test', 'http://127.0.0.1.evil.test', 'http://evillocalhost'])(
  '[TM21] %s is not this machine',
  (origin) => {
    expect(originAllowed(site, origin)).toBe(false);
  },
);

test.each([
  ['https://partner.example:8443', true],
  ['https://partner.example', false],
  ['http://partner.example:8443', false],
  ['https://sub.partner.example:8443', false],
])('[TM22] a listed origin holds exactly: %s %s', (origin, allowed) => {
  expect(originAllowed(site, origin)).toBe(allowed);
});

test.each([
  [null, true],
  ['null', false],
  ['', false],
  ['file://', false],
  ['https://shop.example/path', false],
  ['chrome-extension://abcdef', false],
])('[TM23] Origin %j: %s', (origin, allowed) => {
  expect(originAllowed(site, origin)).toBe(allowed);
});

test.each([
  ['shop.example', 'shop.example'],
  ['  Shop.Example ', 'shop.example'],
  ['https://www.shop.example:8080/cart?x=1#y', 'www.shop.example'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['shop.example.', 'shop.example'],
  ['localhost:3000', 'localhost'],
  ['192.168.1.5', '192.168.1.5'],
  ['[::1]:80', '[::1]'],
  ['', null],
  ['https://', null],
  ['mailto:me@shop.example', null],
  ['two words', null],
  ['a<b', null],
])('[TM14] what was typed for a domain, %j, is %j', (typed, domain) => {
  expect(parseDomain(typed)).toBe(domain);
});

test('[TM22] listed origins are kept in one form, so that the same one is not listed twice', () => {
  expect(canonicalOrigin('HTTPS://Partner.Example:443')).toBe('https://partner.example');
  expect(canonicalOrigin('https://user@partner.example')).toBeNull();
});
