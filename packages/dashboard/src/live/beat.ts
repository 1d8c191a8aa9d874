/**
 * How long what has changed waits to be shown, when it is shown every so often at most: not at all after a rest, else until the next beat,
 * which is the same for all with the same `everyMs`. What changes together is drawn in one frame of the page: each costs its layout.
 */
export const beatMs = (now: number, shownAt: number, everyMs: number): number =>
  everyMs === 0 || now - shownAt >= everyMs ? 0 : everyMs - (now % everyMs);
