/** Focus stays in the panel while it is open, and goes back to the launcher with it. */
import { close } from './panel-state.ts';
import { change, state } from './state.ts';
import { shadow } from './stage.ts';

const REACHABLE = 'a[href],button:not(:disabled),input:not(:disabled),textarea,select,[tabindex="0"]';

/** For the panel's `ref`: runs when it comes and when it goes. A field that came with it has the focus already (composer.tsx). */
export function focusOnOpen(panel: HTMLElement | null): void {
  const root = shadow();
  if (!panel?.contains(root!.activeElement)) (panel ?? root?.getElementById('launcher'))?.focus();
}

export function closesOnEscape(event: KeyboardEvent): void {
  // The page's own shortcuts are not for what is written here.
  event.stopPropagation();
  if (event.key === 'Escape') return state.popover ? change({ popover: '' }) : close();
  if (event.key !== 'Tab') return;
  const panel = event.currentTarget as HTMLElement;
  const stops = [...panel.querySelectorAll<HTMLElement>(REACHABLE)].filter((one) => one.offsetParent);
  const active = shadow()!.activeElement;
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (active !== edge && !(event.shiftKey && active === panel)) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}
