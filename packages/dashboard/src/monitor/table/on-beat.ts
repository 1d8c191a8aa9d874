import { beatMs } from '../../live/beat.ts';

/** What changes in rows is drawn this often at most. Counts and the order of rows have beats that are multiples of it. */
const BEAT_MS = 250;

const waiting = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let drawnAt = Number.NEGATIVE_INFINITY;

function draw(): void {
  timer = undefined;
  drawnAt = performance.now();
  const now = [...waiting];
  waiting.clear();
  for (const run of now) run();
}

/**
 * Subscribes so that whatever several rows hear between two beats is drawn together: a frame of the page costs its layout and painting,
 * whether one cell changes in it or forty. After a rest a change is drawn at once.
 */
export function subscribeOnBeat(subscribe: (run: () => void) => () => void, run: () => void): () => void {
  const undo = subscribe(() => {
    waiting.add(run);
    if (timer !== undefined) return;
    const waitMs = beatMs(performance.now(), drawnAt, BEAT_MS);
    if (waitMs === 0) draw();
    else timer = setTimeout(draw, waitMs);
  });
  return () => {
    undo();
    waiting.delete(run);
  };
}
