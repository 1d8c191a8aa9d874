/** Ids that sort by the time they were made. Branded, so that a tab's id cannot go where a visitor's belongs. */
declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]?: Name };
export type VisitId = Id<'visit'>;
export type VisitorId = Id<'visitor'>;
export type TabId = Id<'tab'>;
export type SiteId = Id<'site'>;
export type WorkspaceId = Id<'workspace'>;
export type NodeId = Id<'node'>;

/** Crockford's base 32 without look-alikes, in ASCII order, so text order is time order. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * 22 characters: 10 of epoch milliseconds, 12 random (60 bits: a collision within one millisecond of a million ids is < 1e-6).
 * `random` answers 32 bits.
 */
export function newId(nowMs: number, random: () => number): string {
  let time = '';
  let rest = Math.floor(nowMs);
  for (let i = 0; i < 10; i++) {
    time = DIGITS[rest % 32] + time;
    rest = Math.floor(rest / 32);
  }
  return time + randomText(12, random);
}

/** `length` characters of 5 random bits each. */
export function randomText(length: number, random: () => number): string {
  let text = '';
  let bits = 0;
  let left = 0;
  for (let i = 0; i < length; i++) {
    if (left < 5) {
      bits = random() >>> 0;
      left = 32;
    }
    text += DIGITS[bits & 31];
    bits >>>= 5;
    left -= 5;
  }
  return text;
}
