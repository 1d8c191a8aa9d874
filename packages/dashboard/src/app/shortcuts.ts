import { useEffect, useEffectEvent } from 'react';

/** Whether a key press is text for somebody else: shortcuts keep out of fields, of open dialogs and of the system's own combinations. */
export function isTyping(event: KeyboardEvent): boolean {
  const { target } = event;
  return (
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    (target instanceof HTMLElement &&
      (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest('dialog') !== null))
  );
}
/** The second key of `G V` counts this long after the first. */
const SEQUENCE_MS = 1_200;

export const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

/** `G` and then one of the keys of `go`; ⌘K or Ctrl+K from everywhere; `?` outside of fields. */
export function useShortcuts(q: {
  readonly go: Readonly<Record<string, () => unknown>>;
  readonly onPalette: () => void;
  readonly onHelp: () => void;
}): void {
  const onKey = useEffectEvent((event: KeyboardEvent, isSecond: boolean) => {
    const key = event.key.toLowerCase();
    if ((event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey && key === 'k') {
      event.preventDefault();
      q.onPalette();
    } else if (isTyping(event)) return;
    else if (event.key === '?') q.onHelp();
    else if (isSecond) q.go[key]?.();
  });
  useEffect(() => {
    let startedAt = Number.NEGATIVE_INFINITY;
    const listen = (event: KeyboardEvent): void => {
      onKey(event, performance.now() - startedAt < SEQUENCE_MS);
      startedAt = event.key.toLowerCase() === 'g' && !isTyping(event) ? performance.now() : Number.NEGATIVE_INFINITY;
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
