import { nextDelayMs, readCloseReason, type RetryWindow } from '@foyer/domain/link';

/** Without advice from the server: the network went, so the first try is soon. */
const FIRST_WINDOW: RetryWindow = { minMs: 0, maxMs: 1_000 };
/** Tabs wait up to minutes; an agent looks at the banner, and there are few of them. */
const LONGEST_AWAY_MS = 20_000;
/** A server that refuses at once must not be asked in a tight loop. */
const LEAST_MS = 150;

/**
 * How long to wait before the next try, in ms: within the window of the close reason, else of `hello` (`known`), else soon;
 * past the window a random part of the time away, at most 20 s more than the window asks. `chance` in [0, 1).
 */
export function reconnectDelayMs(q: {
  readonly reason: string;
  readonly known: RetryWindow | null;
  readonly awayMs: number;
  readonly chance: number;
}): number {
  const { minMs, maxMs } = readCloseReason(q.reason) || {};
  const isWindow = Number.isFinite(minMs) && Number.isFinite(maxMs);
  const window = isWindow ? { minMs: minMs ?? 0, maxMs: maxMs ?? 0 } : (q.known ?? FIRST_WINDOW);
  return Math.max(LEAST_MS, nextDelayMs(window, Math.min(q.awayMs, LONGEST_AWAY_MS), q.chance, false));
}
