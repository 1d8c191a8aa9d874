import { expect, it } from 'vitest';
import { parseTrust } from './address.ts';
import { Callers, headersOf } from './upgrades.ts';

const headers = (given: Record<string, string>) => (name: string) => given[name];

it('[WS25] what is known of a caller comes from its peer and its headers', () => {
  const callers = new Callers(parseTrust([]), 'key');
  const known = callers.knock(
    '::ffff:203.0.113.7',
    headers({ origin: 'https://shop.test', 'user-agent': 'UA', 'accept-language': 'de', 'sec-gpc': '1', 'x-forwarded-for': '9.9.9.9' }),
  );
  expect(known).toEqual({
    origin: 'https://shop.test',
    address: '203.0.113.7',
    addressHash: callers.addressHashOf('203.0.113.7', undefined),
    userAgent: 'UA',
    acceptLanguage: 'de',
    secGpc: '1',
    dnt: undefined,
  });
  expect(known.addressHash).not.toContain('203');
});

it('[WS25] behind a proxy that is trusted it is the browser’s address; the same for upgrades and posts', () => {
  const callers = new Callers(parseTrust(['loopback']), 'key');
  const known = callers.knock('127.0.0.1', headers({ 'x-forwarded-for': '9.9.9.9, 198.51.100.4' }));
  expect(known).toMatchObject({
    origin: null,
    address: '198.51.100.4',
    userAgent: '',
    acceptLanguage: '',
    addressHash: callers.addressHashOf('127.0.0.1', '198.51.100.4'),
  });
});

it('[PG8] our own pages are told from everybody else’s by where they are, whatever a proxy did to the scheme', () => {
  const callers = new Callers(parseTrust([]), 'key', 'https://foyer.test');
  const isOwn = (origin: string | undefined, host: string): boolean =>
    callers.read('203.0.113.7', headers({ host, ...(origin === undefined ? {} : { origin }) })).isOwnPage === true;
  expect(isOwn('https://chat.test', 'chat.test')).toBe(true);
  expect(isOwn('http://127.0.0.1:8080', '127.0.0.1:8080')).toBe(true);
  expect(isOwn('https://foyer.test', '10.0.0.5:8080')).toBe(true);
  expect(isOwn('http://127.0.0.1:3000', '127.0.0.1:8080')).toBe(false);
  expect(isOwn('https://shop.test', 'chat.test')).toBe(false);
  expect(isOwn('null', 'chat.test')).toBe(false);
  expect(isOwn(undefined, 'chat.test')).toBe(false);
});

it('[AD6] forwarding headers that are not believed are noticed', () => {
  const callers = new Callers(parseTrust([]), 'key');
  for (let i = 0; i < 64; i++) callers.knock('10.0.0.1', headers({ 'x-forwarded-for': `198.51.100.${i}` }));
  expect(callers.proxyWatch.notTrusted).toBe(true);
});

it('[WS25] a header that comes several times is one list', () => {
  const header = headersOf({ headers: { 'x-forwarded-for': 'a, b', 'set-cookie': ['c', 'd'] } });
  expect([header('x-forwarded-for'), header('set-cookie'), header('origin')]).toEqual(['a, b', 'c, d', undefined]);
});
