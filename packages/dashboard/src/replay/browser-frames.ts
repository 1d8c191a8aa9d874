import type { Frames } from './player.ts';

/** The browser's own: none while the page is hidden. */
export const browserFrames: Frames = {
  next: (run) => {
    const id = requestAnimationFrame(run);
    return () => cancelAnimationFrame(id);
  },
};
export const isMotionUnwanted = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
