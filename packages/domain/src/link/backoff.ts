/** Wait a random time between the two (full jitter), so that a crowd does not come back as one. */
export interface RetryWindow {
  readonly minMs: number;
  readonly maxMs: number;
}

/** Longest wait of a visible tab: an agent who brings a server back sees everybody within five minutes without a reload. */
export const CAP_MS = 300_000;

/** A hidden tab has nobody waiting in front of it, and a phone's radio to spare. */
const HIDDEN_FACTOR = 4;

/**
 * How long to wait before the next try, in ms.
 *
 * Inside the window (counted from the loss) each try is drawn from what is left of it, so a tab that tried too early while
 * the server restarts is still back within the window. Past it, from up to as long as it has been away already, which
 * grows exponentially; at most `CAP_MS` more than `minMs`, four times that while hidden. A window without bounds is never. `chance` in [0, 1). Pure. Rules: LK1–LK3.
 */
export function nextDelayMs(
  { minMs = Infinity, maxMs = minMs }: Partial<RetryWindow>,
  awayMs: number,
  chance: number,
  hidden: boolean,
): number {
  const leftMs = maxMs - awayMs - minMs;
  return minMs + chance * (leftMs > 0 ? leftMs : Math.min(awayMs, CAP_MS) * (hidden ? HIDDEN_FACTOR : 1));
}
