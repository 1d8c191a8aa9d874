import type { TipIntent } from './tip-intent.ts';
import { placedTip } from './tip-place.ts';

/** Keeps the tooltip beside its row, on the screen and below the map's card, whatever it comes to say. Answers its own end. */
export function keepBeside(tip: HTMLElement, visit: string, intent: TipIntent): () => void {
  const row = document.getElementById(`visit-${visit}`);
  const sidebar = row?.closest('.sidebar');
  const body = tip.querySelector('[data-body]');
  const place = (): void => {
    if (!row || !sidebar) return;
    const placed = placedTip({
      row: row.getBoundingClientRect(),
      sidebar: sidebar.getBoundingClientRect(),
      card: document.querySelector('.map-card')?.getBoundingClientRect() ?? null,
      // As high as it would be if nothing in it had to scroll.
      tip: { width: tip.offsetWidth, height: tip.offsetHeight + (body ? body.scrollHeight - body.clientHeight : 0) },
      screen: { width: window.innerWidth, height: window.innerHeight },
      rtl: getComputedStyle(tip).direction === 'rtl',
    });
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
