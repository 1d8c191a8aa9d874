import { type KeyboardEvent, type PointerEvent, useState } from 'react';

export interface Cursor {
  /** Place of the chart that is read; null: none. */
  readonly at: number | null;
  /** It was moved by keys: what it says is read out. */
  readonly byKeys: boolean;
  readonly on: {
    readonly onKeyDown: (event: KeyboardEvent) => void;
    readonly onPointerMove: (event: PointerEvent) => void;
    readonly onPointerDown: (event: PointerEvent) => void;
    readonly onPointerLeave: (event: PointerEvent) => void;
    readonly onBlur: () => void;
  };
}
/** What Page Up and Page Down pass over: a week of days. */
const PAGE = 7;

/** Which of `count` places is read: by arrows, Home, End, Page Up and Down, or the pointer; Esc lets go. `placeAt`: x within the element, px. */
export function useCursor(count: number, placeAt: (x: number) => number): Cursor {
  const [state, set] = useState<{ readonly at: number; readonly byKeys: boolean } | null>(null);
  const within = (at: number): number => Math.max(0, Math.min(count - 1, at));
  const point = (event: PointerEvent): void => {
    if (count > 0) set({ at: within(placeAt(event.clientX - event.currentTarget.getBoundingClientRect().left)), byKeys: false });
  };
  return {
    at: state && count > 0 ? within(state.at) : null,
    byKeys: state?.byKeys ?? false,
    on: {
      onKeyDown(event) {
        if (count === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
        if (event.key === 'Escape' && state) {
          event.stopPropagation();
          return set(null);
        }
        const from = state?.at;
        const to = {
          ArrowRight: from === undefined ? 0 : from + 1,
          ArrowLeft: from === undefined ? count - 1 : from - 1,
          PageDown: (from ?? -PAGE) + PAGE,
          PageUp: (from ?? count - 1 + PAGE) - PAGE,
          Home: 0,
          End: count - 1,
        }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        set({ at: within(to), byKeys: true });
      },
      onPointerMove: (event) => {
        if (event.pointerType !== 'touch') point(event);
      },
      onPointerDown: point,
      onPointerLeave: (event) => {
        if (event.pointerType !== 'touch') set(null);
      },
      onBlur: () => set(null),
    },
  };
}
