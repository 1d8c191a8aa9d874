import type { ServerTime } from '../live/server-time.ts';

/** A console that cannot reach the server's socket plays the day by this machine's clock. */
const WAITS_MS = 3_000;

/** Epoch ms of the server, as soon as it is known: this machine's clock may be hours off, and a day that ends in the future has no end. */
export function serverNow(time: ServerTime): Promise<number> {
  if (time.now() !== 0) return Promise.resolve(time.now());
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      undo();
      resolve(time.now() || Date.now());
    };
    const timer = setTimeout(done, WAITS_MS);
    const undo = time.subscribe(done);
  });
}
