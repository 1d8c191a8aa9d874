import { describe, expect, it } from 'vitest';
import { addressHash, clientAddress, isSecure, isTrustedPeer, parseTrust, resolveAddress } from './address.ts';
import { ProxyWatch } from './proxy-watch.ts';

const trust = (list: string) => parseTrust(list.split(',').filter((entry) => entry !== ''));
const client = (remoteAddress: string, forwardedFor: string | undefined, list: string) =>
  clientAddress({ remoteAddress, forwardedFor }, trust(list));

describe('the address of the browser', () => {
  it.each([
    ['203.0.113.7', undefined],
    ['203.0.113.7', '198.51.100.1'],
    ['127.0.0.1', '198.51.100.1'],
  ])('[AD1] with no proxy trusted, %s that says %s is itself', (remote, said) => {
    expect(client(remote, said, '')).toBe(remote);
  });

  it.each([
    ['loopback', '127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['loopback', '::1', '198.51.100.1', '198.51.100.1'],
    ['loopback', '10.0.0.2', '198.51.100.1', '10.0.0.2'],
    ['loopback', '127.0.0.1', undefined, '127.0.0.1'],
    ['loopback', '127.0.0.1', '', '127.0.0.1'],
    ['private', '10.0.0.2', '198.51.100.1', '198.51.100.1'],
    ['private', '10.0.0.2', '198.51.100.1, 192.168.1.1', '198.51.100.1'],
    ['private', '10.0.0.2', '192.168.1.7', '192.168.1.7'],
    ['private', '203.0.113.7', '198.51.100.1', '203.0.113.7'],
    // What the browser made up stands left of what the proxy saw.
    ['private', '10.0.0.2', '1.2.3.4, 198.51.100.1', '198.51.100.1'],
    ['private', '10.0.0.2', '127.0.0.1, 198.51.100.1', '198.51.100.1'],
    ['203.0.113.0/24', '203.0.113.7', '198.51.100.1', '198.51.100.1'],
    ['203.0.113.0/24,loopback', '127.0.0.1', '198.51.100.1,203.0.113.9', '198.51.100.1'],
    ['2001:db8::1', '2001:db8::1', '2001:db8:9::7', '2001:db8:9::7'],
    ['1', '203.0.113.7', '1.2.3.4, 198.51.100.1', '198.51.100.1'],
    ['2', '203.0.113.7', '1.2.3.4, 198.51.100.1, 203.0.113.9', '198.51.100.1'],
    ['3', '203.0.113.7', '198.51.100.1', '198.51.100.1'],
    ['1', '203.0.113.7', undefined, '203.0.113.7'],
    // Only what a trusted hop wrote counts: beyond a value nobody can read there is no knowing.
    ['loopback', '127.0.0.1', 'unknown', '127.0.0.1'],
    ['private', '127.0.0.1', '198.51.100.1, _hidden, 10.0.0.1', '10.0.0.1'],
    ['loopback', '127.0.0.1', '198.51.100.1, ', '127.0.0.1'],
    ['loopback', '', '198.51.100.1', '198.51.100.1'],
    ['', '', '198.51.100.1', ''],
  ])('[AD2] trusting %s, %s that says %j is %s', (list, remote, said, expected) => {
    expect(client(remote, said, list)).toBe(expected);
  });

  it.each<[string, string, string | undefined, string, string]>([
    ['', '203.0.113.7', undefined, 'socket', '203.0.113.7-'],
    ['', '203.0.113.7', '198.51.100.1', 'socket', '198.51.100.1- 203.0.113.7-'],
    ['loopback', '127.0.0.1', undefined, 'socket', '127.0.0.1+'],
    ['loopback', '127.0.0.1', '198.51.100.1:51234', 'x-forwarded-for', '198.51.100.1- 127.0.0.1+'],
    // A trusted address that somebody made up stands for nothing.
    ['private', '10.0.0.2', '127.0.0.1, 198.51.100.1, 10.0.0.3', 'x-forwarded-for', '127.0.0.1- 198.51.100.1- 10.0.0.3+ 10.0.0.2+'],
    ['private', '10.0.0.2', '192.168.1.7', 'x-forwarded-for', '192.168.1.7+ 10.0.0.2+'],
    ['loopback', '::ffff:127.0.0.1', 'unknown', 'socket', 'unknown- 127.0.0.1+'],
    ['2', '203.0.113.7', '1.2.3.4, 198.51.100.1, 203.0.113.9', 'x-forwarded-for', '1.2.3.4- 198.51.100.1- 203.0.113.9+ 203.0.113.7+'],
    ['loopback', '', '198.51.100.1', 'x-forwarded-for', '198.51.100.1- +'],
    ['', '', undefined, 'socket', '-'],
  ])('[AD11] the way to the address, trusting %s: %s that says %j', (list, remoteAddress, forwardedFor, from, way) => {
    const resolved = resolveAddress({ remoteAddress, forwardedFor }, trust(list));
    expect(resolved.from).toBe(from);
    expect(resolved.chain.map(({ ip, trusted }) => `${ip}${trusted ? '+' : '-'}`).join(' ')).toBe(way);
    expect(resolved.address).toBe(client(remoteAddress, forwardedFor, list));
  });

  it('[AD11] what is shown of a header is bounded', () => {
    const said = Array.from({ length: 500 }, () => 'x'.repeat(500)).join(',');
    const { chain } = resolveAddress({ remoteAddress: '127.0.0.1', forwardedFor: said }, trust('loopback'));
    expect([chain.length, Math.max(...chain.map(({ ip }) => ip.length))]).toEqual([21, 80]);
  });

  it('[AD2] a header of thousands of hops is read from its end only', () => {
    const said = `${Array.from({ length: 5_000 }, () => '10.0.0.1').join(',')},198.51.100.1`;
    expect(client('127.0.0.1', said, 'private')).toBe('198.51.100.1');
    expect(client('127.0.0.1', `198.51.100.1,${said.replaceAll('198.51.100.1', '10.9.9.9')}`, 'private')).toMatch(/^10\./);
  });

  it.each([
    ['::ffff:203.0.113.7', undefined, '203.0.113.7'],
    ['fe80::1%eth0', undefined, 'fe80::1'],
    ['::ffff:127.0.0.1', '198.51.100.1:51234', '198.51.100.1'],
    ['127.0.0.1', '[2001:DB8::1]:443', '2001:db8::1'],
    ['127.0.0.1', ' 2001:db8:0::1 ', '2001:db8::1'],
    ['127.0.0.1', '::ffff:c633:6401', '198.51.100.1'],
  ])('[AD3] %s that says %s is %s', (remote, said, expected) => {
    expect(client(remote, said, 'loopback')).toBe(expected);
  });

  it.each<[string, boolean, string | undefined, boolean]>([
    ['203.0.113.7', true, undefined, true],
    ['203.0.113.7', false, 'https', false],
    ['127.0.0.1', false, 'https', true],
    ['127.0.0.1', false, 'HTTPS, http', true],
    ['127.0.0.1', false, 'http, https', false],
    ['127.0.0.1', false, undefined, false],
  ])('[AD4] %s, encrypted %s, says %s: secure %s', (remoteAddress, encrypted, forwardedProto, secure) => {
    expect(isSecure({ remoteAddress, encrypted, forwardedProto }, trust('loopback'))).toBe(secure);
  });

  it('[AD4] a peer is trusted by address, and nobody is without a list', () => {
    expect(isTrustedPeer('127.0.0.1', trust('loopback'))).toBe(true);
    expect(isTrustedPeer('127.0.0.1', trust(''))).toBe(false);
  });
});

describe('address hashes', () => {
  it('[AD5] one address has one hash in every spelling, 128 bit, and another under another key', () => {
    const hash = addressHash('key', '203.0.113.7');
    expect(hash).toMatch(/^[0-9a-f]{32}$/);
    expect(addressHash('key', '::ffff:203.0.113.7')).toBe(hash);
    expect(addressHash('key', '203.0.113.8')).not.toBe(hash);
    expect(addressHash('other', '203.0.113.7')).not.toBe(hash);
  });

  it('[AD5] an IPv6 household is its /64', () => {
    const hash = addressHash('key', '2001:db8:1:2::3');
    expect(addressHash('key', '2001:db8:1:2:ffff::9')).toBe(hash);
    expect(addressHash('key', '2001:db8:1:3::3')).not.toBe(hash);
  });
});

describe('proxy not trusted', () => {
  const behindProxy = { remoteAddress: '172.18.0.2', isForwarded: true, isTrusted: false };
  const direct = { remoteAddress: '203.0.113.7', isForwarded: false, isTrusted: false };
  const watched = (...connections: [number, typeof direct][]) => {
    const watch = new ProxyWatch();
    for (const [times, connection] of connections) for (let i = 0; i < times; i++) watch.note(connection);
    return watch;
  };

  it('[AD6] is on when nearly all come from one private address with headers not believed', () => {
    expect(watched([60, behindProxy]).notTrusted).toBe(false);
    expect(watched([61, behindProxy]).notTrusted).toBe(true);
    expect(watched([61, behindProxy], [3, direct]).notTrusted).toBe(true);
  });

  it('[AD6] stays on until fewer than 80 % do, then goes off', () => {
    expect(watched([64, behindProxy], [13, direct]).notTrusted).toBe(true);
    expect(watched([64, behindProxy], [14, direct]).notTrusted).toBe(false);
    expect(watched([64, behindProxy], [64, { ...behindProxy, isTrusted: true }]).notTrusted).toBe(false);
  });

  it.each([
    ['localhost without headers', { remoteAddress: '127.0.0.1', isForwarded: false, isTrusted: false }],
    ['a trusted proxy', { ...behindProxy, isTrusted: true }],
    ['a public address that forges headers', { remoteAddress: '203.0.113.7', isForwarded: true, isTrusted: false }],
  ])('[AD6] %s never raises it', (_, connection) => {
    expect(watched([1_000, connection]).notTrusted).toBe(false);
  });

  it('[AD6] two proxies that share the visitors do not count as one', () => {
    const watch = new ProxyWatch();
    for (let i = 0; i < 200; i++) watch.note({ ...behindProxy, remoteAddress: `10.0.0.${i % 2}` });
    expect(watch.notTrusted).toBe(false);
  });
});
