import { isPrivateAddress } from '@foyer/domain/privacy';
import type { Seen } from '@foyer/protocol';

/**
 * `you`: the address that counts as the browser's · `claimed`: said by somebody who is not believed · `suspect`: counts as the browser's
 * but is a private address that passed something on, so a proxy · `perhaps`: the same with a public address, which may be either.
 */
export type Hop =
  { readonly kind: 'you' | 'claimed' | 'trusted' | 'suspect' | 'perhaps'; readonly ip: string } | { readonly kind: 'server' };

/** What is to be said about the address. */
export type Advice =
  /** `setting`: what FOYER_TRUST_PROXY would have to be. */
  | { readonly kind: 'proxyNotTrusted' | 'perhapsProxy'; readonly ip: string; readonly setting: string }
  | { readonly kind: 'noAddress' | 'sameMachine' | 'privateBehindProxy' | 'privateDirect' }
  | { readonly kind: 'fine'; readonly proxies: number };

type Address = Pick<Seen['address'], 'ip' | 'chain' | 'trustedProxies'>;

const isLoopback = (ip: string): boolean => /^127\.|^::1$/.test(ip);

/** Which hop of the chain counts as the browser: from the server's end the first that is no trusted proxy. */
const takenAt = (chain: Seen['address']['chain']): number =>
  Math.max(
    0,
    chain.findLastIndex((hop) => !hop.trusted),
  );

/** From the browser to this server. */
export function wayOf({ chain }: Pick<Address, 'chain'>): readonly Hop[] {
  const taken = takenAt(chain);
  const hops = chain.map(({ ip }, i): Hop => {
    if (i === taken) return { kind: i === 0 ? 'you' : isPrivateAddress(ip) ? 'suspect' : 'perhaps', ip };
    return { kind: i < taken ? 'claimed' : 'trusted', ip };
  });
  return [...hops, { kind: 'server' }];
}

export function adviceOf({ ip, chain, trustedProxies }: Address): Advice {
  if (takenAt(chain) > 0)
    return { kind: isPrivateAddress(ip) ? 'proxyNotTrusted' : 'perhapsProxy', ip, setting: settingWith(trustedProxies, ip) };
  if (ip === '') return { kind: 'noAddress' };
  if (!isPrivateAddress(ip)) return { kind: 'fine', proxies: chain.length - 1 };
  if (chain.length > 1) return { kind: 'privateBehindProxy' };
  return { kind: isLoopback(ip) ? 'sameMachine' : 'privateDirect' };
}

/** FOYER_TRUST_PROXY with one proxy more: a number of hops counts one more, a list has its address too. */
function settingWith(trusted: readonly string[], ip: string): string {
  const [only = ''] = trusted;
  if (trusted.length === 1 && /^\d+$/.test(only)) return String(Number(only) + 1);
  return [...trusted, isLoopback(ip) ? 'loopback' : ip].join(',');
}
