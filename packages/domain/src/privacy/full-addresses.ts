import { formatAddress, parseAddress } from './address.ts';

/** Addresses in free text. Loose on purpose (times and version numbers match too): what is found is still parsed. */
const IN_TEXT = /(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|(?:::ffff:)?\d{1,3}(?:\.\d{1,3}){3}|(?:[0-9a-f]{0,4}:){2,7}(?:[0-9a-f]{0,4}|\d{1,3}(?:\.\d{1,3}){3}))(?![\w:]|\.\d)/gi;

/** `text` with every IP address in it replaced by what `replace` makes of it. Text around addresses stays as it is. Linear. */
export function replaceAddresses(text: string, replace: (address: string) => string): string {
  // Every address has three dots or two colons; most texts have neither.
  if (!/\d\.\d{1,3}\.\d|:[0-9a-f]*:/i.test(text)) return text;
  return text.replace(IN_TEXT, (found) => (parseAddress(found) ? replace(found) : found));
}

/** Which of `addresses` stand in full, in any spelling, in `text`. For the tests that scan files and logs. */
export function containsFullAddress(text: string, addresses: readonly string[]): string[] {
  const sought = new Map(addresses.map((address) => [canonical(address), address]));
  const found = new Set<string>();
  replaceAddresses(text, (address) => {
    const hit = sought.get(canonical(address));
    if (hit !== undefined) found.add(hit);
    return address;
  });
  return [...found];
}

function canonical(text: string): string {
  const address = parseAddress(text);
  return address ? formatAddress(address) : text;
}
