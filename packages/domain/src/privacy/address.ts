/** IP addresses as values: every textual form in, one form out (RFC 5952). */

/** 16-bit words, high first: 2 for IPv4, 8 for IPv6. */
export interface Address {
  readonly family: 4 | 6;
  readonly words: readonly number[];
}

/**
 * Reads an address: dotted IPv4, IPv6 in any form (`::`, embedded IPv4, upper case), in brackets or with a zone id, which is dropped.
 * An IPv4 address inside IPv6 (`::ffff:203.0.113.7`, `::ffff:cb00:7107`) comes out as IPv4: the same person must not be two.
 * null: not an address; leading zeros (octal to some readers, decimal to others) and ports are none.
 */
export function parseAddress(text: string): Address | null {
  if (text.length > 80) return null;
  const v4 = parseV4(text);
  if (v4) return { family: 4, words: v4 };
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const zone = bare.indexOf('%');
  const words = parseV6(zone > 0 ? bare.slice(0, zone) : bare);
  if (!words) return null;
  const mapped = words.slice(0, 5).every((w) => w === 0) && words[5] === 0xffff;
  return mapped ? { family: 4, words: words.slice(6) } : { family: 6, words };
}

function parseV4(text: string): number[] | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return null;
  const bytes: number[] = [];
  for (const part of match.slice(1)) {
    const byte = Number(part);
    if (byte > 255 || (part.length > 1 && part.startsWith('0'))) return null;
    bytes.push(byte);
  }
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return [a * 256 + b, c * 256 + d];
}

function parseV6(text: string): number[] | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [left, right] = halves.map((half, i) => groups(half, i === halves.length - 1));
  if (!left || right === null) return null;
  if (right === undefined) return left.length === 8 ? left : null;
  const missing = 8 - left.length - right.length;
  // "::" stands for at least one group.
  return missing < 1 ? null : [...left, ...Array<number>(missing).fill(0), ...right];
}

/** Words of `a:b:c`; only the last group of the whole address may be dotted IPv4. */
function groups(text: string, isLast: boolean): number[] | null {
  if (text === '') return [];
  const words: number[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      words.push(Number.parseInt(part, 16));
      continue;
    }
    const v4 = isLast && i === parts.length - 1 ? parseV4(part) : null;
    if (!v4) return null;
    words.push(...v4);
  }
  return words.length > 8 ? null : words;
}

/** RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups (the first of equals) as `::`. */
export function formatAddress(address: Address): string {
  const { words } = address;
  if (address.family === 4) return words.flatMap((w) => [w >> 8, w & 255]).join('.');
  let from = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && words[end] === 0) end++;
    if (end - i > length) [from, length] = [i, end - i];
    if (end > i) i = end;
  }
  const hex = words.map((w) => w.toString(16));
  return from < 0 ? hex.join(':') : `${hex.slice(0, from).join(':')}::${hex.slice(from + length).join(':')}`;
}

/** The first `bits` bits, the rest 0. */
export function truncate(address: Address, bits: number): Address {
  const words = address.words.map((word, i) => {
    const kept = Math.min(16, Math.max(0, bits - i * 16));
    return word & (0xffff << (16 - kept)) & 0xffff;
  });
  return { family: address.family, words };
}
