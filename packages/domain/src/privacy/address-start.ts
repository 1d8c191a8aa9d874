import { parseAddress } from './address.ts';
import { type IpMask, keptBits, maskAddress, type Masking } from './mask.ts';

/**
 * What stored addresses begin with when they are those of `text`, an address or the beginning of one: `198.51.100.23` → `198.51.100.0`,
 * `198.51.1` → `198.51.1`, `2001:0DB8:` → `2001:db8:`. What the workspace masks is cut off a beginning as it is off an address.
 * null: no address begins like that. '' with 'none-stored'.
 */
export function addressStart(text: string, mode: IpMask): string | null {
  const typed = text.trim().toLowerCase();
  const isAddress = parseAddress(typed) !== null;
  if (!isAddress && !/^[\da-f.:]{1,45}$/.test(typed)) return null;
  if (mode === 'none-stored') return isAddress || addressStart(typed, 'default') !== null ? '' : null;
  if (isAddress) return maskAddress(typed, mode);
  return startOfV4(typed, keptBits(mode, 4) / 8) ?? startOfV6(typed, mode);
}

/** Of dotted bytes, `kept` of which are stored. The last may go on: `25` is a beginning of 250 as well. */
function startOfV4(text: string, kept: number): string | null {
  if (!/^\d{1,3}(\.\d{1,3}){0,3}\.?$/.test(text) || /^(\d+\.){4}$/.test(text)) return null;
  const parts = text.split('.');
  const bytes = parts.filter((part) => part !== '');
  if (bytes.some((byte) => Number(byte) > 255 || (byte.length > 1 && byte.startsWith('0')))) return null;
  return bytes.length > kept ? `${bytes.slice(0, kept).join('.')}.` : text;
}

/** Of groups as RFC 5952 writes them. */
function startOfV6(text: string, mode: Masking): string | null {
  if (!/^[\da-f:]+$/.test(text) || text.includes(':::') || /^:[^:]/.test(text)) return null;
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const groups = text.split(':').filter((group) => group !== '');
  const isOpen = halves.length === 1;
  if (groups.some((group) => group.length > 4) || groups.length > (isOpen ? 8 : 7)) return null;
  // Eight groups and a colon: nothing can follow.
  if (isOpen && groups.length === 8) return null;
  const kept = keptBits(mode, 6) / 16;
  if (isOpen && groups.length > kept) return maskAddress(`${groups.slice(0, kept).join(':')}::`, mode);
  // `0db8` is written `db8`; a single 0 may be the beginning of nothing else.
  return text.replace(/(^|:)0+(?=[\da-f])/g, '$1');
}
