import { cidrContains, parseAddress, parseRanges } from '@foyer/domain/privacy';

/**
 * Ranges that are nobody's on the public internet (IANA special-purpose registries), and the ways to write an IPv4 address inside IPv6,
 * which reach the same machines by another name.
 */
const NOT_PUBLIC = parseRanges([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
]);

/** Whether an address is somebody's on the public internet. Text that is no address is not. */
export function isPublicAddress(text: string): boolean {
  const address = parseAddress(text);
  return address !== null && !NOT_PUBLIC.some((range) => cidrContains(range, address));
}
