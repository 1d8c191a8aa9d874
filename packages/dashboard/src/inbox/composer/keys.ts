import { isMac } from '../../app/shortcuts.ts';
import { t } from '../../messages/catalogue.ts';

/** `⌘` or `Ctrl`, as the keyboard has it. */
export const commandKey = (): string => (isMac() ? '⌘' : t.composer.control);

/** As they stand on a keyboard. */
export const CAPS = { escape: 'Esc', takeOver: 'T', accept: 'A' } as const;

const KEY = 'foyer.enter';
/** Whether Enter sends; it is each agent's own choice, on this device. */
export function enterSends(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'line';
  } catch {
    return true;
  }
}
export function setEnterSends(sends: boolean): void {
  try {
    if (sends) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, 'line');
  } catch {
    // Holds until the page is left.
  }
}
