import { CITY_ORDER, type CityCounts, STATUSES, type Status } from '@foyer/protocol';

/** Counts by CITY_ORDER, all seven. */
export type Counts = Int32Array;
export const noCounts = (): Counts => new Int32Array(CITY_ORDER.length);

const ORDER_OF = Object.fromEntries(CITY_ORDER.map((status, i) => [status, i])) as Record<Status, number>;

/** Colours of a pin, in the order in which its ring shows them, from twelve o'clock on: the most urgent first. */
export const PIN_COLOURS = ['unassigned', 'chatting', 'ai', 'active', 'inactive'] as const satisfies readonly Status[];
export type PinColour = (typeof PIN_COLOURS)[number];
/** Assigned and Chatting are both blue, Resolved and Inactive both grey (product.md 2). */
const COLOUR_OF: Readonly<Record<Status, PinColour>> = {
  unassigned: 'unassigned',
  assigned: 'chatting',
  chatting: 'chatting',
  ai: 'ai',
  active: 'active',
  resolved: 'inactive',
  inactive: 'inactive',
};
export const colourIndex = (status: Status): number => PIN_COLOURS.indexOf(COLOUR_OF[status]);

/** `counts` as the wire has them (index first, trailing zeros left out), added to `into`; `sign` −1 takes them away. Answers how many. */
export function addCounts(into: Counts, counts: CityCounts, sign: 1 | -1 = 1): number {
  let total = 0;
  for (let i = 1; i < counts.length; i += 1) {
    const n = counts[i] ?? 0;
    into[i - 1]! += sign * n;
    total += n;
  }
  return total;
}

const countOf = (counts: Counts, status: Status): number => counts[ORDER_OF[status]] ?? 0;

/** The most urgent status that anybody here has. */
export function coreOf(counts: Counts): Status {
  for (const status of STATUSES) if (countOf(counts, status) > 0) return status;
  return 'inactive';
}

/**
 * Where each colour's part of the ring ends, 0–255, written to `into` at `at`: four bytes, the fifth colour ends where the ring does.
 * A colour that is there at all gets 6 of 255 at least, so that one waiting visitor among a thousand is seen.
 */
export function writeRing(counts: Counts, total: number, into: Uint8Array, at: number): void {
  const shares = [0, 0, 0, 0, 0];
  for (const status of STATUSES) shares[colourIndex(status)]! += countOf(counts, status);
  const least = 6;
  let spare = 255;
  let counted = 0;
  for (const n of shares) {
    if (n === 0) continue;
    if ((n / Math.max(1, total)) * 255 < least) spare -= least;
    else counted += n;
  }
  let end = 0;
  for (let i = 0; i < 4; i += 1) {
    const n = shares[i] ?? 0;
    const isSmall = (n / Math.max(1, total)) * 255 < least;
    if (n > 0) end += isSmall ? least : (n / Math.max(1, counted)) * spare;
    into[at + i] = Math.min(255, Math.round(end));
  }
}

/** `7`, `999`, `1.2k`, `12k`, `1M`: four signs at most, never rounded up to more than there are. */
export function badgeText(n: number): string {
  if (n < 1_000) return String(n);
  if (n < 10_000) return `${oneDigit(n / 1_000)}k`;
  if (n < 1_000_000) return `${Math.floor(n / 1_000)}k`;
  return n < 10_000_000 ? `${oneDigit(n / 1_000_000)}M` : `${Math.min(999, Math.floor(n / 1_000_000))}M`;
}
const oneDigit = (n: number): string => (Math.floor(n * 10) / 10).toFixed(1).replace('.0', '');

/**
 * Pixels from the middle of a pin to the outside of its gap, before the zoom's scale. Grows with the logarithm: 10 times as many, 4.5 px more.
 * `withRing`: also for a single visitor, who has none otherwise.
 */
export const pinRadius = (total: number, withRing: boolean): number =>
  total < 2 && !withRing ? 6 : 7.45 + 1.95 * Math.log(Math.max(2, total));

/** From this many pins on the world they shrink, and no further from that many. */
const CROWD = { from: 80, to: 420, shrink: 0.3, untilZoom: 4 } as const;

/** Times its radius is a pin's size on the screen: smaller where the world is, and smaller still while hundreds share it. */
export function pinScale(zoom: number, pins: number): number {
  const near = Math.min(1.1, Math.max(0.85, 0.85 + zoom * 0.05));
  const crowd = Math.min(1, Math.max(0, (pins - CROWD.from) / (CROWD.to - CROWD.from)));
  const far = Math.min(1, Math.max(0, (CROWD.untilZoom - zoom) / 2.5));
  // In steps, so that one visitor more or less does not make all pins breathe.
  return Math.round(near * (1 - CROWD.shrink * crowd * far) * 25) / 25;
}
