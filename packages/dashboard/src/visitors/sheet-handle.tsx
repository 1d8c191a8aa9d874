import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { t } from '../messages/catalogue.ts';
import { type SheetStop, sheetHeightPx, STOPS } from './sheet-stop.ts';

/** Less is a tap, not a drag. */
const SLOP_PX = 6;
/** A flick counts as going on for this long. */
const THROW_MS = 120;

/** The grip of the phone's list sheet: dragged, tapped, or moved with the arrow keys, from stop to stop. */
export function SheetHandle({ stop, onStop }: { readonly stop: SheetStop; readonly onStop: (stop: SheetStop) => void }) {
  const drag = useRef<{ y: number; heightPx: number; lastY: number; lastAt: number; speed: number; moved: boolean } | null>(null);
  const step = (by: number): void => onStop(STOPS[Math.min(2, Math.max(0, STOPS.indexOf(stop) + by))] ?? stop);

  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    const sheet = event.currentTarget.parentElement;
    if (!sheet) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = {
      y: event.clientY,
      heightPx: sheet.offsetHeight,
      lastY: event.clientY,
      lastAt: event.timeStamp,
      speed: 0,
      moved: false,
    };
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const state = drag.current;
    const sheet = event.currentTarget.parentElement;
    if (!state || !sheet) return;
    if (Math.abs(event.clientY - state.y) > SLOP_PX) state.moved = true;
    if (!state.moved) return;
    const passedMs = Math.max(1, event.timeStamp - state.lastAt);
    state.speed = (state.lastY - event.clientY) / passedMs;
    state.lastY = event.clientY;
    state.lastAt = event.timeStamp;
    sheet.style.setProperty('--sheet-height', `${Math.max(96, state.heightPx + state.y - event.clientY)}px`);
    sheet.toggleAttribute('data-dragged', true);
  };
  const onPointerEnd = (event: PointerEvent<HTMLElement>): void => {
    const state = drag.current;
    const sheet = event.currentTarget.parentElement;
    drag.current = null;
    if (!state || !sheet) return;
    sheet.style.removeProperty('--sheet-height');
    sheet.toggleAttribute('data-dragged', false);
    if (!state.moved) return;
    const pagePx = sheet.parentElement?.offsetHeight ?? window.innerHeight;
    const heading = state.heightPx + state.y - event.clientY + state.speed * THROW_MS;
    const away = (s: SheetStop): number => Math.abs(sheetHeightPx(s, pagePx) - heading);
    onStop([...STOPS].sort((a, b) => away(a) - away(b))[0] ?? stop);
    event.preventDefault();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    step(event.key === 'ArrowUp' ? 1 : -1);
  };
  const wasDragged = useRef(false);
  return (
    <button
      className="sheet-handle"
      type="button"
      aria-label={t.visitors.sheet[stop]}
      data-testid="sheet-handle"
      onPointerDown={(event) => {
        wasDragged.current = false;
        onPointerDown(event);
      }}
      onPointerMove={onPointerMove}
      onPointerUp={(event) => {
        wasDragged.current = drag.current?.moved ?? false;
        onPointerEnd(event);
      }}
      onPointerCancel={onPointerEnd}
      onKeyDown={onKeyDown}
      onClick={() => {
        // The click that ends a drag is no tap.
        if (!wasDragged.current) onStop(stop === 'full' ? 'half' : stop === 'half' ? 'full' : 'half');
      }}
    />
  );
}
