import { useEffect, useEffectEvent } from 'react';
import { isTyping } from '../app/shortcuts.ts';
import { areKeysHeld } from './held-keys.ts';

/** What stands on the keys, in every language. */
export const KEY_CAPS = { next: 'J', resolve: 'E' } as const;

/** Keys of the inbox, outside of fields. `G` begins a way to another page: the key after it is not ours. */
export function useInboxKeys(keys: Readonly<Record<string, () => void>>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (areKeysHeld() && event.key !== 'Escape') return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    // `/` needs Shift on some keyboards.
    const run = keys[event.shiftKey && /^[a-z]$/.test(key) ? `shift ${key}` : key];
    if (!run || isTyping(event)) return;
    event.preventDefault();
    run();
  });
  useEffect(() => {
    let isSecond = false;
    const listen = (event: KeyboardEvent): void => {
      if (!isSecond) onKey(event);
      isSecond = event.key.toLowerCase() === 'g' && !isTyping(event);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
