import { parseAddress } from './address.ts';
import { cidrContains, parseCidr } from './cidr.ts';
import { maskAddress } from './mask.ts';

/**
 * Whether the masked address `stored` may be that of `sought`: a full address (compared as it would have been stored), a range, or the
 * beginning of one. So `ip:203.0.113.77` finds the visits kept as `203.0.113.0`.
 */
export function findsAddress(sought: string, stored: string): boolean {
  if (stored === '') return false;
  if (stored.startsWith(sought)) return true;
  if (sought.includes('/')) {
    const range = parseCidr(sought);
    const address = parseAddress(stored);
    return range !== null && address !== null && cidrContains(range, address);
  }
  return parseAddress(sought) !== null && (maskAddress(sought, 'default') === stored || maskAddress(sought, 'strong') === stored);
}
