import { formatAddress, parseAddress } from './address.ts';

/**
 * `text` with every IP address in it replaced by what `replace` makes of it; ports, brackets and the text around stay as they are.
 * Rather one too many than one too few: a version number of four small parts is taken for an address.
 * Cost: linear; two passes of maximal runs, so no input makes it backtrack.
 */
export function replaceAddresses(text: string, replace: (address: string) => string): string {
  if (text.includes(':'))
    text = text.replace(/[0-9a-f:.]+/gi, (run, at: number) => replaceV6(run, replace, text[at - 1] ?? '', text[at + run.length] ?? ''));
  if (text.includes('.')) text = text.replace(/[\d.]+/g, (run) => replaceV4(run, replace));
  return text;
}

const LETTER = /[\p{L}\p{N}_]/u;

function replaceV6(run: string, replace: (address: string) => string, before: string, after: string): string {
  if (!/:[0-9a-f]*:/i.test(run)) return run;
  // `id:2001:db8::1` — letters that are no hex end at a colon, which then is no part of the address; in `foo::bar` nothing is.
  const head = LETTER.test(before) ? (/^[0-9a-f]*:?/i.exec(run)?.[0] ?? '') : '';
  const tail = LETTER.test(after) ? (/:?[0-9a-f]*$/i.exec(run)?.[0] ?? '') : (/[.:]?$/.exec(run.replace(/::$/, '  '))?.[0] ?? '');
  const whole = run.slice(head.length, run.length - tail.length);
  // Without brackets a port or a label in hex letters looks like one group more.
  for (const [cutFront, cutBack] of [
    ['', ''],
    ['', /:[0-9a-f]*$/i.exec(whole)?.[0] ?? ''],
    [/^[0-9a-f]*:/i.exec(whole)?.[0] ?? '', ''],
  ] as const) {
    const part = whole.slice(cutFront.length, whole.length - cutBack.length);
    if (part.includes(':') && parseAddress(part)) return head + cutFront + replace(part) + cutBack + tail;
  }
  return run;
}

function replaceV4(run: string, replace: (address: string) => string): string {
  const [, head = '', part = '', tail = ''] = /^(\.*)([\d.]*\d)(\.*)$/.exec(run) ?? [];
  return parseAddress(part) ? head + replace(part) + tail : run;
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
