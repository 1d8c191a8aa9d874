import type { Settings } from '@foyer/protocol';
import { formatAddress, parseAddress, truncate } from './address.ts';

export type IpMask = Settings['ipMask'];
/** Under which something of an address is stored. */
export type Masking = Exclude<IpMask, 'none-stored'>;

/** Bits kept. /24 and /48 are what analytics tools settled on; /16 and /32 are the advice of German regulators and the CNIL. */
const KEPT = { default: { 4: 24, 6: 48 }, strong: { 4: 16, 6: 32 } } as const;

export const keptBits = (mode: Masking, family: 4 | 6): number => KEPT[mode][family];

/**
 * An address as it may be stored, logged and shown: `203.0.113.7` → `203.0.113.0`, `2001:db8:1:2::9` → `2001:db8:1::`.
 * '' with 'none-stored', and for text that is no address: what cannot be read cannot be masked. Masking twice changes nothing.
 */
export function maskAddress(text: string, mode: IpMask): string {
  if (mode === 'none-stored') return '';
  const address = parseAddress(text);
  if (!address) return '';
  // A 6to4 address has the whole IPv4 address in bits 16–47, within any /48.
  const sixToFour = address.family === 6 && address.words[0] === 0x2002;
  const bits = sixToFour ? 16 + KEPT[mode][4] : KEPT[mode][address.family];
  return formatAddress(truncate(address, Math.min(bits, address.family === 6 ? KEPT[mode][6] : 32)));
}
