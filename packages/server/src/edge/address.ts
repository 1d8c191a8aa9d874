/**
 * Whose address a request comes from. Behind proxies that is hearsay: a header is believed only as far as each hop that passed it on is
 * trusted, so nobody can choose an address for themselves (to dodge a block, or to appear elsewhere on the map).
 */
import { createHmac } from 'node:crypto';
import {
  type Address,
  type Cidr,
  cidrContains,
  formatAddress,
  isLocal,
  isLoopback,
  parseAddress,
  parseRanges,
  truncate,
} from '@foyer/domain/privacy';

export interface Trust {
  readonly ranges: readonly Cidr[];
  readonly loopback: boolean;
  readonly local: boolean;
  /** So many proxies stand in front, whatever their addresses; 0: go by address. */
  readonly hops: number;
}

/**
 * FOYER_TRUST_PROXY, split: `loopback` · `private` (loopback, RFC 1918, unique- and link-local) · addresses and CIDR ranges · or one
 * whole number of hops. Empty trusts nobody; entries that are none of these are left out (config.ts has refused them).
 */
export function parseTrust(entries: readonly string[]): Trust {
  const [only = ''] = entries;
  return {
    ranges: parseRanges(entries),
    loopback: entries.includes('loopback') || entries.includes('private'),
    local: entries.includes('private'),
    hops: entries.length === 1 && /^\d{1,2}$/.test(only) ? Number(only) : 0,
  };
}

export interface Peer {
  /** The socket's own peer; '' for a Unix socket. */
  readonly remoteAddress: string;
  /** X-Forwarded-For, all lines joined by commas. `Forwarded` is not read: proxies that write one of the two pass the other on as it came. */
  readonly forwardedFor: string | undefined;
}

/** More than this in front of one server is no deployment but an attempt to make parsing expensive. */
const MOST_HOPS = 20;
const MOST_HOP_CHARS = 80;

export interface Hop {
  /** As an address is written (RFC 5952); text that is none as it came. */
  readonly ip: string;
  /** A proxy that is believed: what it says it heard from counts. */
  readonly trusted: boolean;
}
export interface Resolved {
  /** Of the browser; '' when nothing says it. */
  readonly address: string;
  readonly from: 'socket' | 'x-forwarded-for';
  /** Everything that was said, the browser's end first, the socket's own peer last. */
  readonly chain: readonly Hop[];
}

/**
 * The address of the browser: the first from the right that is not a trusted proxy's; '' when nothing says it.
 * A value that is no address ends the search at the proxy that wrote it. IPv4 in IPv6 is unmapped, ports and zones are dropped.
 */
export const clientAddress = (peer: Peer, trust: Trust): string => {
  const { said, client } = search(peer, trust);
  return written(said[client]?.address);
};

/** The same with the way to it, for people who look for what is wrong with their proxies. */
export function resolveAddress(peer: Peer, trust: Trust): Resolved {
  const { said, client } = search(peer, trust);
  const chain = said.map(({ text, address }, k) => ({
    ip: address ? formatAddress(address) : text.slice(0, MOST_HOP_CHARS),
    trusted: k <= client && believes(trust, k, address),
  }));
  return { address: written(said[client]?.address), from: client === 0 ? 'socket' : 'x-forwarded-for', chain: chain.reverse() };
}

/** `said`: the socket's peer, then the header from its right end; `client`: the place of the browser in it. */
function search(peer: Peer, trust: Trust): { said: readonly { text: string; address: Address | null }[]; client: number } {
  const said = [{ text: peer.remoteAddress, address: parseAddress(peer.remoteAddress) }];
  const header = peer.forwardedFor ?? '';
  if (header !== '')
    for (const text of header.split(',').slice(-MOST_HOPS).reverse())
      said.push({ text: text.trim(), address: parseAddress(withoutPort(text.trim())) });
  let client = 0;
  while (believes(trust, client, said[client]!.address) && said[client + 1]?.address) client++;
  return { said, client };
}

/** Is the hop at place `k`, the socket's peer being 0, a proxy whose word counts? */
const believes = (trust: Trust, k: number, address: Address | null): boolean => (trust.hops > 0 ? k < trust.hops : trusts(trust, address));

const written = (address: Address | null | undefined): string => (address ? formatAddress(address) : '');

/** Whether the browser's own connection is https, as far as a trusted peer says. `forwardedProto`: X-Forwarded-Proto. */
export function isSecure(
  peer: { readonly remoteAddress: string; readonly encrypted: boolean; readonly forwardedProto: string | undefined },
  trust: Trust,
): boolean {
  if (peer.encrypted) return true;
  if (!trusts(trust, parseAddress(peer.remoteAddress))) return false;
  // The leftmost is what the first proxy, the one that met the browser, saw.
  return peer.forwardedProto?.split(',', 1)[0]?.trim().toLowerCase() === 'https';
}

/** Whether headers of this peer are believed at all. */
export const isTrustedPeer = (remoteAddress: string, trust: Trust): boolean => trusts(trust, parseAddress(remoteAddress));

function trusts(trust: Trust, address: Address | null): boolean {
  if (trust.hops > 0) return true;
  // No address: a Unix socket, so somebody on this machine.
  if (!address) return trust.loopback;
  return (
    (trust.loopback && isLoopback(address)) ||
    (trust.local && isLocal(address)) ||
    trust.ranges.some((range) => cidrContains(range, address))
  );
}

/** `203.0.113.7:51234` and `[2001:db8::1]:51234`, as Azure's and some other balancers write. */
const withoutPort = (text: string): string => /^(\[[^\]]*\]|\d+\.\d+\.\d+\.\d+):\d{1,5}$/.exec(text)?.[1] ?? text;

/**
 * What limits, blocks and *leave out own team* know an address by: HMAC-SHA256 under the installation's key, 128 bit in hex. Without the
 * key it cannot be turned back by trying all addresses. IPv6 counts by /64, because a household owns one and can change within it at will.
 */
export function addressHash(key: string, text: string): string {
  const address = parseAddress(text);
  const counted = !address ? '' : formatAddress(address.family === 6 ? truncate(address, 64) : address);
  return createHmac('sha256', key).update(counted).digest('hex').slice(0, 32);
}
