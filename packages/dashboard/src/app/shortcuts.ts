import { useEffect, useRef } from 'react';

/** Whether a key press is text for somebody else: shortcuts keep out of fields and of the system's own combinations. */
export function isTyping(event: KeyboardEvent): boolean {
  const { target } = event;
  return (
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    (target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)))
  );
}
/** The second key of `G V` counts this long after the first. */
const SEQUENCE_MS = 1_200;

/** `G` and then one of the keys. */
export function useShortcuts(after: Readonly<Record<string, () => unknown>>): void {
  const latest = useRef(after);
  latest.current = after;
  useEffect(() => {
    let startedAt = Number.NEGATIVE_INFINITY;
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event)) return;
      const key = event.key.toLowerCase();
      if (performance.now() - startedAt < SEQUENCE_MS) latest.current[key]?.();
      startedAt = key === 'g' ? performance.now() : Number.NEGATIVE_INFINITY;
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
