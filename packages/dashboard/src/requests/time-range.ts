const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** In the address as they are here; the first is what an address without one means. */
export const RANGES = { '24h': 24 * HOUR_MS, '1h': HOUR_MS, '7d': 168 * HOUR_MS, '30d': 720 * HOUR_MS } as const;
export type Range = keyof typeof RANGES;
export const FIRST_RANGE: Range = '24h';
export const RANGE_NAMES: readonly Range[] = ['1h', '24h', '7d', '30d'];

/** Epoch ms; absent: open. */
export interface Span {
  readonly from?: number;
  readonly to?: number;
}
export type RangeProblem = 'from' | 'to' | 'order' | 'future';
export interface Asked {
  /** null: an own one. */
  readonly range: Range | null;
  readonly from: string;
  readonly to: string;
  readonly problem: RangeProblem | null;
}

/** What an address says about time: a range up to `now`, or local times of the workspace's zone (`2026-11-21T14:00`). */
export function askedOf(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  timeZone: string,
  now: number,
): Asked {
  const range = RANGE_NAMES.find((one) => one === from);
  if (to === undefined && (from === undefined || range)) return { range: range ?? FIRST_RANGE, from: '', to: '', problem: null };
  const own = { range: null, from: range ? '' : (from ?? ''), to: to ?? '' };
  const [a, b] = [own.from === '' ? null : localTime(own.from, timeZone), own.to === '' ? null : localTime(own.to, timeZone)];
  const problem = Number.isNaN(a)
    ? 'from'
    : Number.isNaN(b)
      ? 'to'
      : a !== null && b !== null && a >= b
        ? 'order'
        : (a ?? 0) > now
          ? 'future'
          : null;
  return { ...own, problem };
}

/** Epoch ms of what is asked, at `now`. An end that is no time is left open. */
export function spanOf({ range, from, to }: Asked, timeZone: string, now: number): Span {
  if (range !== null) return { from: Math.round(now - RANGES[range]) };
  const [a, b] = [localTime(from, timeZone), localTime(to, timeZone)];
  return { ...(Number.isNaN(a) ? {} : { from: a }), ...(Number.isNaN(b) ? {} : { to: b }) };
}

/**
 * Epoch ms of a local time of a zone; NaN: it is none. Of one that comes twice the first; one that clocks leap over is where it would be
 * had they not (as `Date` has it).
 */
export function localTime(text: string, timeZone: string): number {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)) return Number.NaN;
  const wanted = Date.parse(`${text}Z`);
  // The 30th of February is no date.
  if (Number.isNaN(wanted) || !new Date(wanted).toISOString().startsWith(text)) return Number.NaN;
  // No zone is more than 14 hours away, and none changes twice within two days.
  const before = offsetAt(wanted - DAY_MS, timeZone);
  const after = offsetAt(wanted + DAY_MS, timeZone);
  const exact = [wanted - before, wanted - after].filter((at) => at + offsetAt(at, timeZone) === wanted);
  return exact.length > 0 ? Math.min(...exact) : wanted - before;
}

const zones = new Map<string, Intl.DateTimeFormat>();
/** Milliseconds that clocks of the zone are ahead of UTC. */
function offsetAt(at: number, timeZone: string): number {
  let found = zones.get(timeZone);
  if (!found) {
    const options: Intl.DateTimeFormatOptions = {
      ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
      ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
    };
    try {
      found = new Intl.DateTimeFormat('sv-SE', { ...options, timeZone });
    } catch {
      found = new Intl.DateTimeFormat('sv-SE', options);
    }
    zones.set(timeZone, found);
  }
  // Sweden writes dates as ISO 8601 does.
  return Date.parse(`${found.format(at).replace(' ', 'T')}Z`) - Math.floor(at / 1_000) * 1_000;
}
