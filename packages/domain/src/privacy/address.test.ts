import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress } from './address.ts';
import { cidrContains, inRanges, isLocal, isPrivateAddress, parseCidr, parseRanges } from './cidr.ts';

const canonical = (text: string): string | null => {
  const address = parseAddress(text);
  return address && formatAddress(address);
};

describe('addresses', () => {
  it.each<[string, string | null]>([
    ['203.0.113.7', '203.0.113.7'],
    ['0.0.0.0', '0.0.0.0'],
    ['255.255.255.255', '255.255.255.255'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:cb00:7107', '203.0.113.7'],
    ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['[fe80::1%25en0]', 'fe80::1'],
    ['2001:0DB8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['', null],
    ['203.0.113', null],
    ['203.0.113.256', null],
    ['203.0.113.07', null],
    ['203.0.113.7:80', null],
    [' 203.0.113.7', null],
    ['1:2:3:4:5:6:7', null],
    ['1:2:3:4:5:6:7:8:9', null],
    ['1::2::3', null],
    ['1:2:3:4:5:6:7:8::', null],
    ['::1:2:3:4:5:6:7:8', null],
    ['12345::', null],
    ['::1.2.3.4:5', null],
    ['1.2.3.4::', null],
    [':::', null],
    [':1', null],
    ['%eth0', null],
    ['unknown', null],
    ['x'.repeat(10_000), null],
  ])('[PV1] %j is read as %j', (text, read) => {
    expect(canonical(text)).toBe(read);
  });

  it('[PV1] every IPv6 address survives being written and read, in RFC 5952 form', () => {
    const word = fc.oneof(fc.constant(0), fc.nat(0xffff));
    fc.assert(
      fc.property(fc.array(word, { minLength: 8, maxLength: 8 }), (words) => {
        const text = words.map((w) => w.toString(16).padStart(4, '0')).join(':');
        const address = parseAddress(text);
        if (!address) throw new Error(`${text} was not read`);
        fc.pre(address.family === 6);
        const written = formatAddress(address);
        expect(parseAddress(written)).toEqual(address);
        // The URL parser of the platform is the reference for the short form.
        expect(`[${written}]`).toBe(new URL(`http://[${text}]/`).hostname);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each<[string, string, boolean]>([
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.1.2.3/8', '10.9.9.9', true],
    ['203.0.113.128/25', '203.0.113.128', true],
    ['203.0.113.128/25', '203.0.113.127', false],
    ['203.0.113.7', '203.0.113.7', true],
    ['203.0.113.7', '203.0.113.8', false],
    ['0.0.0.0/0', '8.8.8.8', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['::/0', '2001:db8::1', true],
    ['::/0', '8.8.8.8', false],
    ['2001:db8::/33', '2001:db8:7fff::1', true],
    ['2001:db8::/33', '2001:db8:8000::1', false],
    ['::ffff:10.0.0.0/104', '10.2.3.4', true],
    ['10.0.0.0/8', '::ffff:10.2.3.4', true],
  ])('[PV2] %s holds %s: %s', (range, text, held) => {
    const cidr = parseCidr(range);
    const address = parseAddress(text);
    expect(cidr && address && cidrContains(cidr, address)).toBe(held);
  });

  it.each([
    '',
    '/8',
    '10.0.0.0/',
    '10.0.0.0/33',
    '2001:db8::/129',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    '10.0.0.0/a',
    'home/8',
    '::ffff:10.0.0.0/90',
  ])('[PV2] %j is no range', (text) => {
    expect(parseCidr(text)).toBeNull();
  });

  it.each<[string, boolean, boolean]>([
    ['127.0.0.53', true, true],
    ['::1', true, true],
    ['10.0.0.1', true, true],
    ['172.15.0.1', false, false],
    ['172.16.0.1', true, true],
    ['172.32.0.1', false, false],
    ['192.168.1.1', true, true],
    ['169.254.1.1', true, true],
    ['fd00::1', true, true],
    ['fe80::1%eth0', true, true],
    ['100.64.0.1', true, false],
    ['100.128.0.1', false, false],
    ['0.0.0.0', true, false],
    ['::', true, false],
    ['8.8.8.8', false, false],
    ['2001:db8::1', false, false],
    ['::ffff:192.168.0.1', true, true],
  ])('[PV2] %s is without a place: %s, may be a proxy of ours: %s', (text, isPrivate, local) => {
    expect(isPrivateAddress(text)).toBe(isPrivate);
    const address = parseAddress(text);
    expect(address && isLocal(address)).toBe(local);
  });

  it('[PV2] a list of ranges holds what one of them holds, and leaves out what is none', () => {
    const ranges = parseRanges(['203.0.113.0/24', 'the office', '2001:db8::1']);
    expect(ranges).toHaveLength(2);
    expect(
      ['203.0.113.9', '::ffff:203.0.113.9', '2001:db8::1', '2001:db8::2', 'the office', ''].map((text) => inRanges(ranges, text)),
    ).toEqual([true, true, true, false, false, false]);
  });
});
