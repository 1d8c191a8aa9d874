import { isPrivateAddress } from '@foyer/domain/privacy';
import type { Seen } from '@foyer/protocol';

export type Hop =
  /** `you`: the address that counts as the browser's. `claimed`: said by somebody who is not believed. */
  { readonly kind: 'you' | 'claimed' | 'trusted' | 'suspect'; readonly ip: string } | { readonly kind: 'server' };

/** What is to be said about an address, the most urgent first. */
export type Advice =
  | { readonly kind: 'proxyNotTrusted'; readonly setting: string }
  | { readonly kind: 'noAddress' | 'sameMachine' | 'privateBehindProxy' | 'privateDirect' }
  | { readonly kind: 'fine'; readonly proxies: number };

const isLoopback = (ip: string): boolean => /^127\.|^::1$/.test(ip);

/** Which hop of the chain counts as the browser: from the server's end the first that is no trusted proxy. */
const takenAt = (chain: Seen['address']['chain']): number =>
  Math.max(
    0,
    chain.findLastIndex((hop) => !hop.trusted),
  );

/** From the browser to this server. A hop in the middle that is taken for the browser is a suspect: somebody said that more is behind it. */
export function wayOf({ chain }: Pick<Seen['address'], 'chain'>): readonly Hop[] {
  const taken = takenAt(chain);
  const hops = chain.map(({ ip }, i): Hop => {
    if (i === taken) return { kind: i === 0 ? 'you' : 'suspect', ip };
    return { kind: i < taken ? 'claimed' : 'trusted', ip };
  });
  return [...hops, { kind: 'server' }];
}

export function adviceOf({ ip, chain }: Pick<Seen['address'], 'ip' | 'chain'>): Advice {
  const taken = takenAt(chain);
  if (taken > 0) return { kind: 'proxyNotTrusted', setting: isLoopback(ip) ? 'loopback' : ip };
  if (ip === '') return { kind: 'noAddress' };
  const isBehindProxy = chain.length > 1;
  if (!isPrivateAddress(ip)) return { kind: 'fine', proxies: chain.length - 1 };
  if (isBehindProxy) return { kind: 'privateBehindProxy' };
  return { kind: isLoopback(ip) ? 'sameMachine' : 'privateDirect' };
}
