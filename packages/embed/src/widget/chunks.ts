/** What only some conversations need comes when it is first drawn or used. */
import { change, state } from './state.ts';

/** Answers the chunk, or undefined while it is under way; then everything is drawn again. What could not be fetched is tried with the next drawing. */
function lazy<T>(load: () => Promise<T>): () => T | undefined {
  let loaded: T | undefined;
  let loading: Promise<unknown> | undefined;
  return () => {
    loading ||= load().then(
      (chunk) => {
        loaded = chunk;
        change({});
      },
      () => (loading = undefined),
    );
    return loaded;
  };
}

let sound: Promise<typeof import('./sound.ts')> | undefined;
/** No browser lets a page ring that nobody has touched: so it is fetched with the first touch. */
export function listenForGesture(): void {
  const once = { once: true, passive: true, capture: true };
  const load = (): void => void (sound ||= import('./sound.ts'));
  for (const type of ['pointerdown', 'keydown']) addEventListener(type, load, once);
}
export const ring = (): void => {
  if (!state.isMuted && state.look?.sound) void sound?.then((chunk) => chunk.ring());
};

export const forms = lazy(() => import('./forms.tsx'));
export const cards = lazy(() => import('./invitation.tsx'));
/** An agent said hello, or the page is free for it now. */
export const offerCard = (): void => {
  if (state.card || state.conversation?.invitation) void import('./invitation.tsx').then((chunk) => chunk.offerCard());
};
export const files = lazy(() => import('./files.tsx'));
