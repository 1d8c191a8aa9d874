import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { t } from '../messages/catalogue.ts';
import { clampedWidth, rememberedWidth, rememberWidth, SIDEBAR } from './sidebar-width.ts';

/**
 * The sidebar's edge: dragged, or moved with the arrow keys; a double click gives the usual width back.
 * While it moves it writes the width past React: only the browser lays out, nothing is rendered.
 */
export function ResizeHandle() {
  const handle = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState(rememberedWidth);
  /** Where in the handle it was taken, so that the edge does not jump under the pointer. */
  const grip = useRef<number | null>(null);
  const startPx = useRef(0);
  const sidebar = (): HTMLElement | null => handle.current?.parentElement ?? null;

  const show = (px: number | null): void => {
    const page = sidebar()?.parentElement;
    if (px === null) page?.style.removeProperty('--sidebar-width');
    else page?.style.setProperty('--sidebar-width', `${px}px`);
  };
  useLayoutEffect(() => show(chosen), [chosen]);
  useEffect(() => {
    const element = sidebar();
    if (!element) return;
    const observer = new ResizeObserver(() => {
      handle.current?.setAttribute('aria-valuenow', String(Math.round(element.offsetWidth)));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const keep = (px: number | null): void => {
    setChosen(px);
    rememberWidth(px);
  };
  const isRtl = (): boolean => handle.current !== null && getComputedStyle(handle.current).direction === 'rtl';
  /** Width with the edge at this x of the screen. */
  const widthAt = (x: number): number => {
    const box = sidebar()?.getBoundingClientRect();
    if (!box) return SIDEBAR.minPx;
    return clampedWidth(isRtl() ? box.right - x + (grip.current ?? 0) : x - box.left - (grip.current ?? 0));
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    const box = sidebar()?.getBoundingClientRect();
    if (!box || event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.focus();
    event.currentTarget.setPointerCapture(event.pointerId);
    startPx.current = Math.round(box.width);
    grip.current = event.clientX - (isRtl() ? box.left : box.right);
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (grip.current !== null) show(widthAt(event.clientX));
  };
  const onPointerEnd = (event: PointerEvent): void => {
    if (grip.current === null) return;
    const px = widthAt(event.clientX);
    grip.current = null;
    // A click that moved nothing is no choice: the usual width stays what it is.
    if (px !== startPx.current) keep(px);
    else show(chosen);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const now = sidebar()?.offsetWidth ?? SIDEBAR.minPx;
    const wider = (isRtl() ? 'ArrowLeft' : 'ArrowRight') === event.key;
    const step = SIDEBAR.stepPx * (event.shiftKey ? 4 : 1);
    const to = {
      ArrowLeft: now + (wider ? step : -step),
      ArrowRight: now + (wider ? step : -step),
      Home: SIDEBAR.minPx,
      End: SIDEBAR.maxPx,
    }[event.key];
    if (to !== undefined) keep(clampedWidth(to));
    else if (event.key === 'Enter') keep(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={handle}
      className="resize-handle"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t.visitors.resize}
      aria-valuemin={SIDEBAR.minPx}
      aria-valuemax={SIDEBAR.maxPx}
      aria-valuenow={chosen ?? SIDEBAR.minPx}
      title={t.visitors.resizeHint}
      data-testid="resize-handle"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerCancel={onPointerEnd}
      onKeyDown={onKeyDown}
      onDoubleClick={() => keep(null)}
    />
  );
}
