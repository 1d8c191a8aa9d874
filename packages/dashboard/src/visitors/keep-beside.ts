import type { TipIntent } from './tip-intent.ts';
import { placedInRow, placedTip } from './tip-place.ts';

/** Keeps the tooltip beside its row, or in a row of the monitor's table beside the pointer; on the screen, whatever it comes to say. Answers its own end. */
export function keepBeside(tip: HTMLElement, visit: string, intent: TipIntent): () => void {
  const row = document.getElementById(`visit-${visit}`);
  const sidebar = row?.closest('.sidebar');
  const body = tip.querySelector('[data-body]');
  const x = intent.get()?.by === 'pointer' ? intent.at.x : null;
  const place = (): void => {
    if (!row) return;
    const at = {
      row: row.getBoundingClientRect(),
      // As high as it would be if nothing in it had to scroll.
      tip: { width: tip.offsetWidth, height: tip.offsetHeight + (body ? body.scrollHeight - body.clientHeight : 0) },
      screen: { width: window.innerWidth, height: window.innerHeight },
      rtl: getComputedStyle(tip).direction === 'rtl',
    };
    const placed = sidebar
      ? placedTip({
          ...at,
          sidebar: sidebar.getBoundingClientRect(),
          card: document.querySelector('.map-card')?.getBoundingClientRect() ?? null,
        })
      : placedInRow({ ...at, x });
    tip.style.left = `${placed.left}px`;
    tip.style.top = `${placed.top}px`;
    tip.style.maxHeight = `${placed.maxHeight}px`;
    intent.placed(tip.getBoundingClientRect());
  };
  place();
  const observer = new ResizeObserver(place);
  observer.observe(tip);
  if (body) for (const part of body.children) observer.observe(part);
  window.addEventListener('resize', place);
  row?.toggleAttribute('data-tip', true);
  return () => {
    observer.disconnect();
    window.removeEventListener('resize', place);
    row?.toggleAttribute('data-tip', false);
    intent.placed(null);
  };
}
