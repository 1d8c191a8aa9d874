import { type RefObject, useLayoutEffect, useRef } from 'react';

/** Says on the stage how high this is, so that what stood at the map's bottom stands above it. */
export function useRoom(): RefObject<HTMLElement | null> {
  const ref = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const bar = ref.current;
    const stage = bar?.parentElement;
    if (!bar || !stage) return;
    const say = (): void => stage.style.setProperty('--replay-room', `${bar.offsetHeight}px`);
    say();
    const observer = new ResizeObserver(say);
    observer.observe(bar);
    return () => {
      observer.disconnect();
      stage.style.removeProperty('--replay-room');
    };
  }, []);
  return ref;
}
