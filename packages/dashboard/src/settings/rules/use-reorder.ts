import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';

export interface Reorder {
  /** Index of the line that is dragged, and where it would stand if it were let go now. */
  readonly drag: { readonly from: number; readonly to: number } | null;
  readonly handleProps: (index: number) => {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerCancel: () => void;
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  };
}

/** From the edges of what scrolls, and how far a frame scrolls there. */
const EDGE_PX = 56;
const STEP_PX = 12;

/**
 * Lines of a list are put in order by their handles: dragged by pointer or finger, moved by arrow keys, Home and End. Esc gives a drag up.
 * `list` has one child for each line. What is moved by key keeps the focus.
 */
export function useReorder(list: RefObject<HTMLElement | null>, onMove: (from: number, to: number) => void): Reorder {
  const [drag, setDrag] = useState<Reorder['drag']>(null);
  const at = useRef({ y: 0, frame: 0 });
  const focusOn = useRef<number | null>(null);

  const lines = (): HTMLElement[] => [...(list.current?.children ?? [])].filter((child) => child instanceof HTMLElement);
  /** Between which lines the pointer is: the index among the others. */
  const targetOf = (y: number, from: number): number => {
    let to = 0;
    for (const [i, line] of lines().entries()) {
      const { top, height } = line.getBoundingClientRect();
      if (i !== from && y > top + height / 2) to++;
    }
    return to;
  };

  const follow = useEffectEvent((y: number): void => {
    const to = drag ? targetOf(y, drag.from) : 0;
    if (drag && drag.to !== to) setDrag({ ...drag, to });
  });
  const isDragging = drag !== null;
  useEffect(() => {
    if (!isDragging) return;
    const scroller = scrollerOf(list.current);
    const position = at.current;
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      setDrag(null);
    };
    const turn = (): void => {
      const box = scroller?.getBoundingClientRect();
      const { y } = position;
      if (scroller && box) {
        if (y < box.top + EDGE_PX) scroller.scrollTop -= STEP_PX;
        else if (y > Math.min(box.bottom, window.innerHeight) - EDGE_PX) scroller.scrollTop += STEP_PX;
      }
      follow(y);
      position.frame = requestAnimationFrame(turn);
    };
    position.frame = requestAnimationFrame(turn);
    window.addEventListener('keydown', onKey, true);
    return () => {
      cancelAnimationFrame(position.frame);
      window.removeEventListener('keydown', onKey, true);
    };
  }, [isDragging, list]);

  // The line was taken out of the page and put back: the browser took the focus from its handle.
  useLayoutEffect(() => {
    if (focusOn.current === null) return;
    lines()[focusOn.current]?.querySelector<HTMLElement>('[data-handle]')?.focus();
    focusOn.current = null;
  });

  const drop = (y: number): void => {
    const to = drag ? targetOf(y, drag.from) : 0;
    if (drag && to !== drag.from) onMove(drag.from, to);
    setDrag(null);
  };
  return {
    drag,
    handleProps: (index) => ({
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        at.current.y = event.clientY;
        setDrag({ from: index, to: index });
      },
      onPointerMove: (event) => {
        at.current.y = event.clientY;
      },
      onPointerUp: (event) => drop(event.clientY),
      onPointerCancel: () => setDrag(null),
      onKeyDown: (event) => {
        const last = lines().length - 1;
        const to = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: last }[event.key];
        if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        if (to < 0 || to > last || to === index) return;
        focusOn.current = to;
        onMove(index, to);
      },
    }),
  };
}

/** On a phone another element scrolls than on a desk. */
function scrollerOf(inside: HTMLElement | null): HTMLElement | null {
  for (let element = inside?.parentElement ?? null; element; element = element.parentElement) {
    if (element.scrollHeight > element.clientHeight && /auto|scroll/.test(getComputedStyle(element).overflowY)) return element;
  }
  return null;
}
