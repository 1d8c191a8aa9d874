import { type Address, parseAddress, truncate } from './address.ts';

export interface Cidr {
  readonly base: Address;
  readonly bits: number;
}

/** `10.0.0.0/8`, `2001:db8::/32`, or a single address. Bits beyond the prefix are cleared. null: neither. */
export function parseCidr(text: string): Cidr | null {
  const [, host = '', , length] = /^([^/]+)(\/(\d{1,3}))?$/.exec(text.trim()) ?? [];
  const address = parseAddress(host);
  if (!address) return null;
  const size = address.family === 4 ? 32 : 128;
  if (length === undefined) return { base: address, bits: size };
  // `::ffff:10.0.0.0/104` is 10.0.0.0/8; a shorter prefix would reach beyond the mapped range.
  const bits = Number(length) - (address.family === 4 && host.includes(':') ? 96 : 0);
  return bits < 0 || bits > size ? null : { base: truncate(address, bits), bits };
}

export function cidrContains(cidr: Cidr, address: Address): boolean {
  if (cidr.base.family !== address.family) return false;
  const start = truncate(address, cidr.bits).words;
  return cidr.base.words.every((word, i) => word === start[i]);
}

/** The ranges of a list, as people wrote them in settings; what is no range is left out. */
export const parseRanges = (texts: readonly string[]): readonly Cidr[] => texts.map(parseCidr).filter((cidr) => cidr !== null);

const LOOPBACK = parseRanges(['127.0.0.0/8', '::1']);
/** RFC 1918, RFC 4193 and link-local: where a proxy of one's own can stand. */
const LOCAL = parseRanges(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', 'fc00::/7', 'fe80::/10']);
/** Carrier-grade NAT (RFC 6598) and "this host": no place on the map, but strangers may be behind them, so never trusted unasked. */
const NOWHERE = parseRanges(['100.64.0.0/10', '0.0.0.0/8', '::']);

const within = (list: readonly Cidr[], address: Address): boolean => list.some((cidr) => cidrContains(cidr, address));

export const isLoopback = (address: Address): boolean => within(LOOPBACK, address);
/** Loopback, private, unique-local or link-local. */
export const isLocal = (address: Address): boolean => within(LOOPBACK, address) || within(LOCAL, address);

/** Not routed in the public internet, so without a place: local, carrier-grade NAT, unspecified. Text that is no address is not private. */
export function isPrivateAddress(text: string): boolean {
  const address = parseAddress(text);
  return address !== null && (isLocal(address) || within(NOWHERE, address));
}

/** Whether an address, as text, lies in one of the ranges. Text that is no address does not. */
export function inRanges(list: readonly Cidr[], text: string): boolean {
  if (list.length === 0) return false;
  const address = parseAddress(text);
  return address !== null && within(list, address);
}
