import type { CloseAdvice } from '@foyer/protocol';

/** Full jitter: a random time up to a cap that doubles, so that a thousand consoles do not come back in the same second. */
export interface RetryRange {
  readonly minMs: number;
  readonly maxMs: number;
}
const FIRST_CAP_MS = 1_000;
const LAST_CAP_MS = 20_000;

/** The range the server asked for, else one that doubles with the failures since the last open connection. */
export function retryRange(advice: CloseAdvice | null, failures: number): RetryRange {
  if (advice?.maxMs !== undefined) return { minMs: Math.min(advice.minMs ?? 0, advice.maxMs), maxMs: advice.maxMs };
  return { minMs: 0, maxMs: Math.min(LAST_CAP_MS, FIRST_CAP_MS * 2 ** Math.min(failures, 10)) };
}

/** `random` in [0, 1). Never under 150 ms: a server that refuses at once must not be asked in a tight loop. */
export function retryDelayMs(range: RetryRange, random: number): number {
  return Math.max(150, range.minMs + random * (range.maxMs - range.minMs));
}

/** The close reason as advice; null when it is not ours (a proxy, the network). */
export function closeAdvice(reason: string): CloseAdvice | null {
  if (!reason.startsWith('{')) return null;
  try {
    const parsed: unknown = JSON.parse(reason);
    if (typeof parsed !== 'object' || parsed === null || !('code' in parsed) || typeof parsed.code !== 'string') return null;
    const ms = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.min(value, 600_000) : undefined);
    const minMs = ms('minMs' in parsed ? parsed.minMs : undefined);
    const maxMs = ms('maxMs' in parsed ? parsed.maxMs : undefined);
    return { code: parsed.code, ...(minMs === undefined ? {} : { minMs }), ...(maxMs === undefined ? {} : { maxMs }) };
  } catch {
    return null;
  }
}
