/** What only some conversations need comes when it is first drawn or used. */
import { change, state } from './state.ts';

/**
 * Answers the chunk, or undefined while it is under way; then everything is drawn again, and `run` has it. What could not be fetched is tried
 * with the next drawing.
 */
function lazy<T>(load: () => Promise<T>): (run?: (chunk: T) => void) => T | undefined {
  let loaded: T | undefined;
  let loading: Promise<unknown> | undefined;
  return (run) => {
    loading ||= load().then(
      (chunk) => {
        loaded = chunk;
        change({});
      },
      () => (loading = undefined),
    );
    if (run) void loading.then(() => loaded && run(loaded));
    return loaded;
  };
}

const sound = lazy(() => import('./sound.ts'));
let isTouched = false;
/** No browser lets a page ring that nobody has touched, and who has no chat needs no bell: so it is fetched with a touch beside a chat. */
export function listenForGesture(): void {
  const touch = (): void => {
    isTouched = true;
    if (state.isOpen || state.conversation) sound();
  };
  for (const type of ['pointerdown', 'keydown']) addEventListener(type, touch, { passive: true, capture: true });
}
export const ring = (): void => {
  if (isTouched && !state.isMuted && state.look?.sound) sound((chunk) => chunk.ring());
};

export const emoji = lazy(() => import('./emoji.ts'));
export const forms = lazy(() => import('./forms.tsx'));
export const cards = lazy(() => import('./invitation.tsx'));
/** An agent said hello, or the page is free for it now. */
export const offerCard = (): void => {
  if (state.card || state.conversation?.invitation) cards((chunk) => chunk.offerCard());
};
export const files = lazy(() => import('./files.tsx'));
